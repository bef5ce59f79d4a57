"""What a serialised bag holds, before anything of it is believed: names checked, twins found, the base folder chosen.

A *name* is what stands in the archive; a *key* is the path that unpacking it would make, from the folder in which it
is unpacked; what comes out is relative to the base folder of the bag.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Generic, NamedTuple, TypeVar

from archive.errors import LimitError
from archive.model.codes import finding
from archive.model.escaping import escapes
from archive.model.findings import Where
from archive.model.limits import Limits
from archive.model.tally import Tally
from archive.storage.stores import Entry, Kind, order_of

_MARK = "bagit.txt"
_SHOWN = 240
_MOST_NAMED = 5
Member = TypeVar("Member")


class Listed(NamedTuple, Generic[Member]):
    """What stands under a key."""

    kind: Kind
    size: int
    member: Member


@dataclass(frozen=True, slots=True)
class Folder(Generic[Member]):
    """The base folder of a serialised bag.

    Attributes:
        name: its name; empty where the bag was serialised from within.
        entries: all that is in it, relative to it, in the order of the bytes of the keys.
        members: each file's place in the archive, by its key relative to the folder.
    """

    name: str
    entries: tuple[Entry, ...]
    members: Mapping[str, Member]


@dataclass
class Listing(Generic[Member]):
    """The state of listing one serialised bag."""

    limits: Limits
    found: Tally = field(default_factory=Tally)
    _listed: dict[str, Listed[Member]] = field(default_factory=dict)
    _count: int = 0

    def add(self, name: str, kind: Kind, size: int, member: Member) -> str | None:
        """Takes one entry.

        Returns:
            its key, or None where the entry was left out, which a finding then says.

        Raises:
            LimitError: there are more entries than are allowed.
        """
        self._count += 1
        if self._count > self.limits.entries:
            raise LimitError(f"It holds more than {self.limits.entries} files and folders")
        why = escapes(name)
        if why:
            self._say("path.escapes-bag", name, expected=f"a path in the bag, not {why}")
            return None
        parts = [part for part in name.split("/") if part not in {"", "."}]
        fault = self._fault(name, parts, kind)
        if fault:
            self._say("serialised.entry-name", name, expected=fault)
            return None
        key = "/".join(parts)
        if "\\" in name:
            self._say("serialised.backslash", name, expected="/ between folders")
        if key:
            self._take(key, Listed(kind, size, member))
        return key or None

    def _fault(self, name: str, parts: list[str], kind: Kind) -> str:
        if not parts and kind is not Kind.FOLDER:
            return "a name"
        if len(order_of(name)) > self.limits.name:
            return f"at most {self.limits.name} bytes"
        return f"at most {self.limits.depth} folders in one another" if len(parts) > self.limits.depth else ""

    def _take(self, key: str, listed: Listed[Member]) -> None:
        before = self._listed.get(key)
        if before is not None and not (before.kind is listed.kind is Kind.FOLDER):
            self._say("serialised.duplicate-entry", key, expected="one entry of a name")
        self._listed[key] = listed

    def _say(self, code: str, name: str, expected: str) -> None:
        self.found.add(finding(code, where=Where(file=name[:_SHOWN]), expected=expected))

    def get(self, key: str) -> Listed[Member] | None:
        """What stands under a key so far, or None."""
        return self._listed.get(key)

    def folder(self, stem: str | None) -> Folder[Member]:
        """The base folder; what is wrong with it is added to the findings.

        Args:
            stem: the name of the file without its extension; None where it tells nothing.
        """
        self._drop_what_is_below_files()
        name = self._base()
        if name and stem is not None and name != stem:
            self.found.add(finding("serialised.base-name", where=Where(file=name[:_SHOWN]), expected=stem[:_SHOWN]))
        start = len(name) + 1 if name else 0
        inside = {key[start:]: listed for key, listed in self._listed.items() if not name or key.startswith(name + "/")}
        entries = [Entry(key, one.kind, one.size if one.kind is Kind.FILE else 0) for key, one in inside.items()]
        entries.extend(Entry(key, Kind.FOLDER, 0) for key in _folders_above(inside) if key not in inside)
        entries.sort(key=lambda one: order_of(one.key + "/" if one.kind is Kind.FOLDER else one.key))
        members = {key: one.member for key, one in inside.items() if one.kind is Kind.FILE}
        return Folder(name, tuple(entries), members)

    def _drop_what_is_below_files(self) -> None:
        # A file, or a link, in whose place there is a folder as well: what is below might be written through the link.
        solid = {key for key, one in self._listed.items() if one.kind is not Kind.FOLDER}
        below = [key for key in self._listed if any(folder in solid for folder in _above(key))]
        for key in below:
            self._say("serialised.duplicate-entry", key, expected="a folder above it, and no file or link of that name")
            del self._listed[key]

    def _base(self) -> str:
        """The top folder that holds the bag."""
        if (mark := self._listed.get(_MARK)) and mark.kind is Kind.FILE:
            self.found.add(finding("serialised.without-folder", where=Where(file=_MARK)))
            return ""
        tops: dict[str, bool] = {}
        for key in self._listed:
            top, slash, _ = key.partition("/")
            tops[top] = tops.get(top, False) or bool(slash) or self._listed[key].kind is Kind.FOLDER
        folders = sorted((top for top, is_folder in tops.items() if is_folder), key=order_of)
        bags = [top for top in folders if f"{top}/{_MARK}" in self._listed]
        base = next(iter(bags or folders), "")
        others = sorted(tops.keys() - {base}, key=order_of)
        for other in others[:_MOST_NAMED]:
            expected = f"{base} alone" if base else "one folder, which is the bag"
            where = Where(file=other[:_SHOWN])
            self.found.add(finding("serialised.several-entries", where=where, expected=expected))
        return base


def _folders_above(keys: Mapping[str, object]) -> Iterator[str]:
    return iter({folder for key in keys for folder in _above(key)})


def _above(key: str) -> Iterator[str]:
    place = key.find("/")
    while place >= 0:
        yield key[:place]
        place = key.find("/", place + 1)
