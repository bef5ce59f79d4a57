"""Portable names: how a source path becomes a path that every file system and every bag tool can hold.

A stored name has at most 200 bytes in each part and holds no `%`, no control or separator character, nothing that
Windows reserves, no `$` (some bag tools put the value of a variable there), no white space at its ends, no dot at its
end, no undecodable byte; it is in NFC, and no two stored names are twins (equal but for case or Unicode
normalisation). A name that breaks a rule is escaped. The escape has no `%` in it, because bag tools disagree about `%`
(RFC 8493, 2.1.3), and it is injective: `=` is always escaped, so

- `=XX` is one byte of UTF-8 in two upper-case hex digits;
- `==` and 32 hex digits are the beginning of the sha256 of the true name, for what had to be cut or told apart.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from itertools import islice

LONGEST_PART = 200
"""Bytes of UTF-8 in one part of a stored path."""

_RESERVED_CHARACTERS = frozenset('<>:"|?*\\%=$')
_RESERVED_STEMS = frozenset(
    {"con", "prn", "aux", "nul"} | {f"{port}{digit}" for port in ("com", "lpt") for digit in "123456789¹²³"}
)
_PLAIN = re.compile(r"[A-Za-z0-9_\-](?:[A-Za-z0-9_\-. ]*[A-Za-z0-9_\-])?")
"""Parts of which no character needs an escape, which are most; the others are looked at character by character."""
_AT_A_TIME = 1024
"""Paths that are looked at together."""
_ORDINARY = b"abcdefghijklmnopqrstuvwxyz0123456789_-. /"
_ODD_ENDS = ("/.", "/ ", "./", " /")
_MAY_BE_RESERVED = tuple(sorted({f"/{stem[:3]}" for stem in _RESERVED_STEMS}))
_RESERVED = re.compile(rf"/(?:{'|'.join(sorted(filter(str.isascii, _RESERVED_STEMS)))})[. /]")
_BIDI_CONTROLS = frozenset("\u200e\u200f\u061c\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff")
_UNSAFE_CATEGORIES = frozenset({"Cc", "Cs", "Zl", "Zp"})


def portable_part(part: str) -> str:
    """One part of a path in its portable form, twins apart.

    Args:
        part: a name without `/`, undecodable bytes as surrogates (PEP 383).

    >>> portable_part("100%.txt"), portable_part("aux.html"), portable_part("plain name.txt")
    ('100=25.txt', '=61ux.html', 'plain name.txt')
    """
    if len(part) <= LONGEST_PART and _PLAIN.fullmatch(part) and not _is_reserved(part):
        return part
    escaped = _escaped(part)
    return escaped if len(escaped.encode("utf-8")) <= LONGEST_PART else _with_digest(escaped, part)


def portable_alone(name: str) -> str:
    """A portable part for a name whose neighbours are not known, such as that of a document in a container.

    No two names get the same one, nor twins: a name that is not plain ASCII in lower case gets a digest.

    >>> portable_alone("page-7"), portable_alone("a/B")
    ('page-7', 'a=2FB==f42815d1626f4698011293de377e4735')
    """
    escaped = "=2F".join(portable_part(part) if part else "" for part in name.split("/"))
    if escaped == name and name.isascii() and name == name.lower():
        return name
    return _with_digest(escaped, name)


def portable_paths(paths: Iterable[str]) -> dict[str, str]:
    """The stored path for each of `paths`, which are all that a bag will hold.

    The answer depends on the set of paths and not on their order. Of twins in one folder one keeps its name (the
    first by bytes among those that need no escape); the others get a digest.

    Args:
        paths: relative paths with `/`, undecodable bytes as surrogates.

    Returns:
        source path to stored path, injective.

    Raises:
        ValueError: one path is a folder of another, which no file system holds.

    >>> portable_paths(["A/x.txt", "a/x.txt"])["A/x.txt"]
    'A/x.txt'
    """
    tree = _Folder()
    for path in paths:
        tree.add(path.split("/"))
    stored: dict[str, str] = {}
    tree.name_all((), (), stored)
    return stored


def renamed_paths(paths: Callable[[], Iterable[str]]) -> dict[str, str]:
    """The same for those of `paths` alone that are stored under another name, which are few of millions.

    A number for each path stays in memory meanwhile, and each folder. Two names can be twins only where these numbers
    are the same; those are looked at as `portable_paths` does.

    Args:
        paths: gives the paths, as often as it is called.

    Returns:
        source path to stored path.

    Raises:
        ValueError: one path is a folder of another.

    >>> renamed_paths(lambda: ["A/x.txt", "a/x.txt", "a/y.txt", "100%.txt"])["100%.txt"]
    '100=25.txt'
    """
    if _are_ordinary(paths):
        return {}
    folders: dict[str, str] = {"": ""}
    seen: set[int] = set()
    twins: set[int] = set()
    renamed: dict[str, str] = {}
    for path in paths():
        folder, _, name = path.rpartition("/")
        if folder not in folders:
            _enter(folder, folders, seen, twins)
        part = portable_part(name)
        _note(folder, part, seen, twins)
        if part != name or folders[folder] != folder:
            renamed[path] = f"{folders[folder]}/{part}" if folder else part
    if twins:
        renamed.update(portable_paths(path for path in paths() if not twins.isdisjoint(_marks_of(path))))
    return {path: stored for path, stored in renamed.items() if path != stored}


def _are_ordinary(paths: Callable[[], Iterable[str]]) -> bool:
    """Whether all paths are short, plain and in lower case, so that no two are twins, and none a folder.

    That is told of many at a time; where it is not so, this says nothing.
    """
    folders: set[str] = set()
    for some in _together(paths()):
        parts = f"/{'/'.join(some)}/"
        if not parts.isascii() or parts.encode("ascii").translate(None, _ORDINARY):
            return False
        is_odd = any(map(parts.__contains__, _ODD_ENDS)) or max(map(len, some)) > LONGEST_PART
        if is_odd or (any(map(parts.__contains__, _MAY_BE_RESERVED)) and _RESERVED.search(parts)):
            return False
        folders.update([path[: path.rfind("/") + 1] for path in some])
    above = {folder[:end] for folder in folders for end, one in enumerate(folder) if one == "/"}
    return all(map(above.isdisjoint, _together(paths())))


def _together(paths: Iterable[str]) -> Iterator[list[str]]:
    each = iter(paths)
    return iter(lambda: list(islice(each, _AT_A_TIME)), [])


def _enter(folder: str, folders: dict[str, str], seen: set[int], twins: set[int]) -> None:
    """Notes a folder, and those that it lies in, as names in the folders above them."""
    missing = []
    while folder not in folders:
        missing.append(folder)
        folder = folder.rpartition("/")[0]
    for one in reversed(missing):
        above, _, name = one.rpartition("/")
        part = portable_part(name)
        _note(above, part, seen, twins)
        folders[one] = f"{folders[above]}/{part}" if above else part


def _note(folder: str, part: str, seen: set[int], twins: set[int]) -> None:
    mark = hash((folder, _twin_key(part)))
    if mark in seen:
        twins.add(mark)
    seen.add(mark)


def _marks_of(path: str) -> Iterator[int]:
    """The numbers of a path and of its folders."""
    while path:
        path, _, name = path.rpartition("/")
        yield hash((path, _twin_key(portable_part(name))))


class _Folder:
    """A node of the tree of source names; a leaf has no children."""

    __slots__ = ("children", "is_file")

    def __init__(self) -> None:
        self.children: dict[str, _Folder] | None = None  # most have none, and there may be millions
        self.is_file = False

    def add(self, parts: list[str]) -> None:
        node = self
        for part in parts:
            node = node.child(part)
        node.is_file = True

    def child(self, part: str) -> _Folder:
        if self.children is None:
            self.children = {}
        found = self.children.get(part)
        if found is None:
            found = self.children[part] = _Folder()
        return found

    def name_all(self, source: tuple[str, ...], stored: tuple[str, ...], into: dict[str, str]) -> None:
        pending = [(self, source, stored)]
        while pending:
            node, true_parts, stored_parts = pending.pop()
            if node.is_file and node.children:
                msg = f"{'/'.join(true_parts)!r} cannot be a file and a folder"
                raise ValueError(msg)
            if node.is_file:
                into["/".join(true_parts)] = "/".join(stored_parts)
            children = node.children or {}
            names = _told_apart(children)
            pending.extend(
                (child, (*true_parts, part), (*stored_parts, names[part])) for part, child in children.items()
            )


def _told_apart(parts: Iterable[str]) -> dict[str, str]:
    names = {part: portable_part(part) for part in parts}
    groups: defaultdict[str, list[str]] = defaultdict(list)
    for part, name in names.items():
        groups[_twin_key(name)].append(part)
    for twins in groups.values():
        if len(twins) > 1:
            twins.sort(key=lambda part: (names[part] != part, part.encode("utf-8", "surrogateescape")))
            names.update({other: _with_digest(_escaped(other), other) for other in twins[1:]})
    return names


def _twin_key(name: str) -> str:
    if name.isascii():
        return name.lower()
    return unicodedata.normalize("NFC", unicodedata.normalize("NFKD", name).casefold())


def _escaped(part: str) -> str:
    name = unicodedata.normalize("NFC", part)
    head = len(name) - len(name.lstrip())
    tail = max(head, _end_of_safe(name))
    pieces = []
    is_escape = False
    for place, one in enumerate(name):
        # A combining mark after an escape would go together with its last digit: `=3E` and an acute make `=3É`.
        is_escape = not head <= place < tail or _is_unsafe(one) or (is_escape and unicodedata.combining(one) > 0)
        pieces.append(_byte_escape(one) if is_escape else one)
    if _is_reserved(name):
        pieces[0] = _byte_escape(name[0])
    return "".join(pieces)


def _is_reserved(name: str) -> bool:
    return name.split(".", 1)[0].rstrip(" ").lower() in _RESERVED_STEMS


def _is_unsafe(character: str) -> bool:
    return (
        character in _RESERVED_CHARACTERS
        or character in _BIDI_CONTROLS
        or unicodedata.category(character) in _UNSAFE_CATEGORIES
    )


def _byte_escape(character: str) -> str:
    return "".join(f"={byte:02X}" for byte in character.encode("utf-8", "surrogateescape"))


def _end_of_safe(name: str) -> int:
    end = len(name)
    while end and (name[end - 1].isspace() or name[end - 1] == "."):
        end -= 1
    return end


def _with_digest(escaped: str, true_name: str) -> str:
    mark = "==" + hashlib.sha256(true_name.encode("utf-8", "surrogateescape")).hexdigest()[:32]
    stem, dot, ending = escaped.rpartition(".")
    if not stem or len(ending.encode("utf-8")) > 16:
        stem, dot, ending = escaped, "", ""
    room = LONGEST_PART - len((mark + dot + ending).encode("utf-8"))
    return _cut(stem, room) + mark + dot + ending


def _cut(text: str, room: int) -> str:
    """The longest beginning of `text` in `room` bytes that ends in no half of an escape, space or dot."""
    cut = text.encode("utf-8")[:room].decode("utf-8", "ignore")
    if len(cut) < len(text):
        for back in (1, 2):
            if cut[-back:].startswith("="):
                cut = cut[:-back]
                break
        cut = cut.rstrip(". ")
    return cut
