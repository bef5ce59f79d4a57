"""The one place where a file that no text is taken from is looked through for what it says of persons.

It stands alone or lies in an archive, a web archive, a message or a page. What is not looked through is said to be so.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from archive.engine import LostError
from archive.errors import LimitError, StorageError
from archive.model.codes import finding
from archive.model.findings import Finding, Where
from archive.model.spans import Layer
from archive.sources.apart import EXTRACTORS, call, take_out
from archive.sources.characters.charsets import detect
from archive.sources.limits import Limits
from archive.sources.office.parts import Parts, UnreadableError
from archive.sources.protocol import Opaque, TextInput
from archive.sources.signatures import by_signature
from archive.sources.unseen.packages import OLE
from archive.sources.unseen.people import HIDDEN, NOT_SEARCHED, People
from archive.storage.tars import looks_like_tar

_RICH_TEXT, _PICTURE = "application/rtf", "image/"
_ZIP, _OFFICE, _ODF = "application/zip", "application/vnd.openxmlformats-", "application/vnd.oasis.opendocument."
_OF_OFFICE, _OF_PROGRAMS = frozenset({"[Content_Types].xml", "mimetype"}), frozenset({"META-INF/MANIFEST.MF"})
"""Parts by which a zip shows what it is; the files in any other are looked through one by one."""
_TAR, _WARC = "application/x-tar", "application/warc"
"""The same."""
_UNKNOWN = "application/octet-stream"
_SAYS_NOTHING = (b"wOFF", b"wOF2", b"\0\1\0\0\0", b"OTTO", b"\0\0\1\0", b"\0asm", b"BM")
"""Fonts, icons, programs for pages, and bitmaps: what has no place for such things."""
_HEAD = 1 << 14
_MOST_KINDS, _MOST_NAMES = 20, 3
"""Kinds that are told of many files, and files that are named for each."""


@dataclass(frozen=True, slots=True)
class Searched:
    """What was found.

    Attributes:
        kinds: of things that it hides, in words.
        left: what was not looked through, in words; empty where all was.
    """

    kinds: tuple[str, ...] = ()
    left: str = ""

    def findings(self, path: str) -> Iterator[Finding]:
        """One for each."""
        where = Where(file=path)
        for kind in self.kinds:
            yield finding(HIDDEN, where=where, found=kind)
        if self.left:
            yield _not_searched(where, self.left)


def _not_searched(where: Where, what: str) -> Finding:
    """The finding about what was not looked through."""
    return finding(NOT_SEARCHED, where=where, found=what)


def searched(path: str, data: bytes, limits: Limits) -> Searched:
    """What a file hides of persons.

    Args:
        path: its name, for findings.
        data: all of its bytes.
        limits: how much is read.
    """
    shown = by_signature(data)
    form = shown.media_type if shown is not None else ""
    if not form:
        return _of_text(path, data, limits)
    if len(data) > limits.largest_file:
        return Searched(left=f"{form}: it is too large")
    if form.startswith(_PICTURE) or form == _RICH_TEXT:
        return _looked_at(form, data)
    if form in EXTRACTORS:
        return _by_its_reader(form, Opaque(path, data, limits))
    if form in {OLE, _ZIP} or form.startswith((_OFFICE, _ODF)):
        return _apart(form, Opaque(path, data, limits))
    is_opened = form == _WARC or (form == _TAR and looks_like_tar(data))
    return Searched(left="" if is_opened else form)


def not_looked_for(head: bytes) -> str:
    """What a file is that is not worth reading whole, since nothing can be looked for in it; else an empty string.

    Args:
        head: its first bytes.
    """
    shown = by_signature(head)
    if shown is None:
        return ""
    form = shown.media_type
    is_one = form.startswith((_PICTURE, _OFFICE, _ODF)) or form in {_RICH_TEXT, OLE, _ZIP} or form in EXTRACTORS
    return "" if is_one else form


def may_hide_in_markup(data: bytes) -> bool:
    """Whether a text is looked through for what stands in its tags.

    Args:
        data: its beginning, or all of it.
    """
    return b"<" in data[:_HEAD]


def _of_text(path: str, data: bytes, limits: Limits) -> Searched:
    """Text stands in the open, but for what stands in tags."""
    if not data or data.startswith(_SAYS_NOTHING):
        return Searched()
    detected = detect(data[: limits.charset_sample], sample=limits.charset_sample)
    if detected is None:
        return Searched(left=_UNKNOWN)
    if not may_hide_in_markup(data):
        return Searched()
    from archive.sources.unseen.markup import hidden_in_markup

    text = TextInput(Layer(None, detected.charset, data), detected.start, path)
    return Searched(tuple(dict.fromkeys(one.found for one in hidden_in_markup(text))))


def _looked_at(form: str, data: bytes) -> Searched:
    from archive.sources.unseen import richtext

    people = People("")
    if form == _RICH_TEXT:
        richtext.look(data, people)
    else:
        people.add_pictures(data)
    return _of(people)


def _by_its_reader(form: str, document: Opaque) -> Searched:
    done = take_out(form, document)
    said = done.taken_out.taken.findings if done.taken_out is not None else ()
    kinds = tuple(one.found for one in said if one.code == HIDDEN)
    left = next((one.found for one in said if one.code == NOT_SEARCHED), "")
    return Searched(kinds, left)


def _apart(form: str, document: Opaque) -> Searched:
    try:
        found = call(_carry_out, document, document.limits)
    except LostError as error:
        return Searched(left=f"{form}: {error.how}")
    return replace(found, left=found.left and f"{form}: {found.left}")


def _carry_out(document: Opaque) -> Searched:
    from archive.sources.unseen import compound, packages

    people = People("")
    try:
        if document.data.startswith(b"PK"):
            parts = Parts(document)
            if parts.names.isdisjoint(_OF_OFFICE):
                return Searched(left="" if parts.names.isdisjoint(_OF_PROGRAMS) else "it is not opened")
            packages.look(parts, people, document.limits)
        else:
            compound.look(document.data, people)
    except UnreadableError as error:
        return Searched(left=f"it cannot be read: {error.found}"[:120])
    return _of(people)


def _of(people: People) -> Searched:
    return Searched(tuple(people.kinds()), "; ".join(people.left))


class Collected:
    """What the files in a file hide that are no documents, of each kind how many of them and which.

    Args:
        where: they lie.
        limits: how much is read.
    """

    def __init__(self, where: Where, limits: Limits) -> None:
        self._where = where
        self._limits = limits
        self._hidden = _Kinds()
        self._left = _Kinds()

    def add(self, name: str, pieces: Iterable[bytes], head: bytes = b"") -> None:
        """Looks through one more.

        Args:
            name: its own.
            pieces: its bytes; what they raise is what was not looked through.
            head: its first bytes, where they are at hand; then the others are asked for only where they matter.
        """
        left = not_looked_for(head)
        if left:
            self.leave(name, left)
            return
        try:
            data = _joined(pieces, self._limits.largest_file + 1)
        except (StorageError, LimitError):
            self.leave(name, "files that cannot be read")
            return
        found = searched(name, data, self._limits)
        for kind in found.kinds:
            self.note(kind, name)
        if found.left:
            self.leave(name, found.left)

    def note(self, kind: str, name: str) -> None:
        """Notes what was found elsewhere."""
        self._hidden.add(kind, name)

    def leave(self, name: str, what: str) -> None:
        """Notes what is not looked through."""
        self._left.add(what, name)

    def findings(self) -> Iterator[Finding]:
        """One for each kind of thing, and one for all that was not looked through."""
        for said in self._hidden.in_words():
            yield finding(HIDDEN, where=self._where, found=said)
        left = list(self._left.in_words())
        if left:
            yield _not_searched(self._where, "; ".join(left))


class _Kinds:
    """Names of files by what they hide: the first of each kind, and how many there are."""

    def __init__(self) -> None:
        self._names: dict[str, list[str]] = {}
        self._counts: dict[str, int] = {}

    def add(self, kind: str, name: str) -> None:
        """One more."""
        if kind in self._names or len(self._names) < _MOST_KINDS:
            names = self._names.setdefault(kind, [])
            self._counts[kind] = self._counts.get(kind, 0) + 1
            if len(names) < _MOST_NAMES:
                names.append(name.encode("utf-8", "backslashreplace").decode("utf-8")[:80])

    def in_words(self) -> Iterator[str]:
        """Each kind, with names."""
        for kind, names in self._names.items():
            more = ", ..." if self._counts[kind] > len(names) else ""
            count = f"{self._counts[kind]:,} files: " if self._counts[kind] > 1 else ""
            yield f"{kind} ({count}{', '.join(names)}{more})"


def _joined(pieces: Iterable[bytes], most: int) -> bytes:
    found = bytearray()
    for piece in pieces:
        found += piece[: most - len(found)]
        if len(found) >= most:
            break
    return bytes(found)
