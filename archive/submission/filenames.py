r"""Finds the file, the folder or the member that a row of the sheet names.

A name is taken literally first. Only where nothing has that name are a leading `./`, Archivematica's `objects/` or
`data/`, backslashes, blanks at the ends and the Unicode form forgiven; a difference in case is not, since two files
may differ in it, but it is named. What a cell cannot hold stands as bytes in it, `\xNN`, as it does in identifiers.
"""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from functools import cached_property
from typing import NamedTuple

from archive.model.containers import kind_named

_DRIVE = re.compile(r"[A-Za-z]:[\\/]")
_PREFIXES = ("objects/", "data/")
_ESCAPED_BYTE = re.compile(rb"\\x([0-9a-fA-F]{2})")
_COMPARED_AT_MOST = 2_000
_SUGGESTED_AT_MOST = 50


class Target(NamedTuple):
    """What a row names: a file, a member of a container, or a folder (the empty path is the whole corpus)."""

    path: str
    member: str | None = None
    is_folder: bool = False


class Missing(NamedTuple):
    """Why a row names nothing: the code of the finding, what was found, and the path that was perhaps meant."""

    code: str
    found: str
    meant: str | None = None


def unescaped(name: str) -> str:
    r"""A name with the bytes that are written as `\xNN`.

    >>> unescaped(r"caf\xc3\xa9.txt"), unescaped(r"a\x0ab")
    ('café.txt', 'a\nb')
    """
    data = name.encode("utf-8", "surrogateescape")
    return _ESCAPED_BYTE.sub(lambda found: bytes.fromhex(found[1].decode()), data).decode("utf-8", "surrogateescape")


class Names:
    """The names that a sheet may use.

    Args:
        files: path -> size of the files that may be documents.
        folders: the folders that were walked.
        others: path -> what it is, for all else that lies in the folder.
        kind_of: which kind of container a file is, if any.
    """

    def __init__(
        self,
        files: Mapping[str, int],
        folders: frozenset[str],
        others: Mapping[str, str],
        kind_of: Callable[[str], str | None] = kind_named,
    ) -> None:
        self.files = files
        self.folders = folders
        self.others = others
        self._kind_of = kind_of
        self._suggested = 0

    def find(self, written: str) -> Target | Missing:
        """What a row names.

        Args:
            written: the cell as it stands in the sheet.
        """
        if written in self.files:
            return Target(written)
        name = written.strip()
        plain = unescaped(name)
        if _leads_out(name):
            where_to = Missing("sheet.filename-escapes", f"{name} leads out of the corpus folder")
            return Target(plain) if plain in self.files else where_to
        for form in _forms(name):
            target = self._literally(form) or self._literally(self._of_form(_form(form)))
            if target is not None:
                return target
        return self._literally(plain) or self._missing(name)

    def _literally(self, name: str) -> Target | None:
        if name in self.files:
            return Target(name)
        folder = name.rstrip("/")
        if name and (folder in self.folders or not folder):
            return Target(folder, is_folder=True)
        return self._member(name)

    def _member(self, name: str) -> Target | None:
        at = name.find("#")
        while at >= 0:
            path = self._of_form(_form(name[:at]))
            if path and name[at + 1 :] and self._kind_of(path) is not None:
                return Target(path, name[at + 1 :])
            at = name.find("#", at + 1)
        return None

    def _missing(self, name: str) -> Missing:
        """Why nothing has that name."""
        forms = list(_forms(name))
        other = next((self.others[form] for form in forms if form in self.others), None)
        if other:
            return Missing("sheet.row-without-file", f"{name} is no document: {other}")
        whole = name.split("#", 1)[0]
        if "#" in name and whole in self.files:
            found = f"{whole} holds one document, not members"
            return Missing("sheet.row-without-file", found)
        meant = self._near(forms[-1])
        if meant is None:
            return Missing("sheet.row-without-file", f"no file is called {name}")
        how = "differs in case only" if meant.casefold() == _form(forms[-1]).casefold() else "is the nearest name"
        return Missing("sheet.row-without-file", f"no file is called {name}; {meant} {how}", meant)

    def _near(self, name: str) -> str | None:
        form = _form(name)
        near = self._by_case.get(form.casefold()) or self._by_last_part.get(form.rpartition("/")[2].casefold())
        if near or self._suggested >= _SUGGESTED_AT_MOST or len(self.files) > _COMPARED_AT_MOST:
            return near or None
        self._suggested += 1
        close = difflib.get_close_matches(form, self.files, n=1, cutoff=0.85)
        return close[0] if close else None

    def _of_form(self, form: str) -> str:
        """The one path whose normal form this is, or an empty string."""
        found = [*([form] if form in self.files else []), *self._unnormalised.get(form, ())]
        return found[0] if len(found) == 1 else ""

    @cached_property
    def _unnormalised(self) -> dict[str, list[str]]:
        """The paths that are not in normal form, by theirs."""
        found: dict[str, list[str]] = {}
        for path in self.files:
            if not (path.isascii() or (form := _form(path)) == path):
                found.setdefault(form, []).append(path)
        return found

    @cached_property
    def _by_case(self) -> dict[str, str]:
        return _unique((_form(path).casefold(), path) for path in self.files)

    @cached_property
    def _by_last_part(self) -> dict[str, str]:
        return _unique((_form(path).rpartition("/")[2].casefold(), path) for path in self.files)


def _unique(pairs: Iterator[tuple[str, str]]) -> dict[str, str]:
    """The keys that one path only has, so that nothing is guessed between two."""
    found: dict[str, str] = {}
    for key, path in pairs:
        found[key] = "" if key in found else path
    return {key: path for key, path in found.items() if path}


def _form(name: str) -> str:
    return unicodedata.normalize("NFC", name)


def _forms(name: str) -> Iterator[str]:
    """A name and what else it may stand for, the most literal first."""
    yield name
    plain = name.replace("\\", "/")
    while plain.startswith("./"):
        plain = plain[2:].lstrip("/")
    plain = re.sub(r"/(?:\./|/)+", "/", plain) or "/"
    yield "/" if plain == "." else plain
    for prefix in _PREFIXES:
        if plain.startswith(prefix) or plain == prefix[:-1]:
            yield plain[len(prefix) :] or "/"


def _leads_out(name: str) -> bool:
    plain = name.replace("\\", "/")
    return ".." in plain.split("/") or plain.startswith("/") or _DRIVE.match(name) is not None
