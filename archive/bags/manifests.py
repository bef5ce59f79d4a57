"""The codec of manifests and tag manifests (RFC 8493, 2.1.3 and 2.2.1): bytes to entries, and back."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from itertools import chain

from archive.bags import names
from archive.bags.faults import Faults
from archive.bags.text import Decoding, Strays, blank_line, encoded, joined, line_at
from archive.model.bags import Form, Manifest, Stray
from archive.model.codes import finding
from archive.model.digests import ALGORITHMS, hex_length, normalised
from archive.model.findings import Finding, Severity, Where
from archive.model.limits import DEFAULT_LIMITS, Limits
from archive.model.manifest_lines import ManifestEntry, ManifestLines

_NAME = re.compile(r"(tag)?manifest-(.+)\.txt", re.DOTALL)
_LINE = re.compile(r"([0-9A-Fa-f]+)([ \t]+)(\*?)((?:\./)*)([^\r\n]+)")
_BLANK = re.compile(r"^[ \t]*\n", re.MULTILINE)
_MALFORMED, _BLANK_LINE = "manifest.malformed-line", "tagfile.blank-line"
_LONGEST_SHOWN = 120
_CHUNK = 1 << 18
"""Characters of a manifest that are looked at at a time."""
_MEANS_SOMETHING = frozenset(("*", ".", " ", "\t", ""))
"""What a path does not begin with, where it is to be taken as it stands."""
_UPPER = "ABCDEF"
_LONGEST_PLAIN = 4096


def uncounted(_: int) -> None:
    """Lets a manifest have any number of lines."""


def manifest_name(file: str) -> tuple[bool, str] | None:
    """Whether a file at the base is a manifest, and of what algorithm.

    Returns:
        whether it is a tag manifest, and the name of the algorithm as written; None for any other file.

    >>> manifest_name("tagmanifest-sha512.txt"), manifest_name("manifest.txt")
    ((True, 'sha512'), None)
    """
    match = _NAME.fullmatch(file)
    return (match[1] is not None, match[2]) if match else None


def path_as_written(raw: str) -> str:
    """The path in the text of a line that was understood, before anything in it is decoded.

    >>> path_as_written("ab *./data/100%0a")
    'data/100%0a'
    """
    match = _LINE.fullmatch(raw.rstrip("\r\n"))
    return match[5] if match else raw


def manifest_bytes(entries: Iterable[ManifestEntry]) -> bytes:
    r"""A manifest in the canonical form: sorted by the bytes of the paths, lower-case digits, LF, UTF-8.

    >>> manifest_bytes([ManifestEntry("AB", "data/b"), ManifestEntry("cd", "data/50%")])
    b'cd  data/50%25\nab  data/b\n'
    """
    lines = sorted((entry.path.encode("utf-8", "surrogateescape"), entry.digest.lower()) for entry in entries)
    return plain_lines([path for path, _ in lines], [digest for _, digest in lines])


def plain_lines(paths: Sequence[bytes], digests: Sequence[str]) -> bytes:
    r"""Lines of a manifest in the canonical form.

    Args:
        paths: they, in order.
        digests: of the files, in lower-case hex.

    >>> plain_lines([b"data/50%", b"data/b"], ["cd", "ab"])
    b'cd  data/50%25\nab  data/b\n'
    """
    if not paths:
        return b""
    values = "\0".join(digests).encode("ascii").split(b"\0")
    together = b"".join(paths)
    if any(sign in together for sign in (b"%", b"\n", b"\r")):
        paths = [path.replace(b"%", b"%25").replace(b"\n", b"%0A").replace(b"\r", b"%0D") for path in paths]
    return b"".join([b"%b  %b\n" % line for line in zip(values, paths, strict=True)])


def write_manifest(manifest: Manifest) -> bytes:
    """The bytes of a manifest that was read: the same ones, unless entries were changed."""
    lines = [Stray(entry.line, entry.raw or _canonical(entry, manifest.form)) for entry in manifest.entries]
    return encoded(joined((*lines, *manifest.strays)), manifest.form)


def read_manifest(
    data: bytes, file: str, codec: str, version: tuple[int, int], limits: Limits = DEFAULT_LIMITS
) -> tuple[Manifest, list[Finding]]:
    """What a manifest lists, and what of it was not understood or not well written; see `manifest_of`."""
    return manifest_of((data,), file, codec, version, limits)


def manifest_of(
    pieces: Iterable[bytes],
    file: str,
    codec: str,
    version: tuple[int, int],
    limits: Limits = DEFAULT_LIMITS,
    counted: Callable[[int], None] = uncounted,
) -> tuple[Manifest, list[Finding]]:
    """What a manifest lists, and what of it was not understood or not well written.

    Args:
        pieces: its bytes; a manifest in UTF-8 is not held in memory whole.
        file: its name.
        codec: the codec of the bag's tag files.
        version: the version of BagIt that the bag declares.
        limits: the bounds on a line and on the number of findings.
        counted: hears how many lines were read, again and again; what it raises ends the reading.

    Returns:
        the manifest with every line in it, understood or stray; the findings.
    """
    name = manifest_name(file)
    algorithm = normalised(name[1]) if name else ""
    length = hex_length(algorithm) if algorithm in ALGORITHMS else None
    decoding = Decoding(pieces, codec, file)
    blocks = decoding.blocks()
    first = next(blocks)  # now the form is known
    reading = _Reading(file, decoding.form, version, length, limits)
    for text in chain((first,), blocks):
        before = reading.number
        reading.take_all(text)
        counted(reading.number - before)
    found = [*decoding.found, *reading.found.all()]
    return Manifest(file, algorithm, reading.lines, reading.strays.all(), decoding.form), found


class _Reading:
    """The state of reading one manifest."""

    def __init__(self, file: str, form: Form, version: tuple[int, int], length: int | None, limits: Limits) -> None:
        self.file = file
        self.version = version
        self.length = length
        self.ending = form.ending
        self.lines = ManifestLines(length or 0)
        self.number = 1
        self.strays = Strays()
        self.found = Faults(limits.of_one_kind)
        self.longest = limits.line
        digits = r"[0-9a-f]+" if length is None else f"[0-9a-f]{{{length}}}"
        self.promising = re.compile(
            r"^[0-9A-Fa-f]" + ("+" if length is None else f"{{{length}}}") + r"[ \t]", re.MULTILINE
        )
        # Most lines of most manifests: in the canonical form, with nothing in the path that means something.
        self.plain = re.compile(
            rf"({digits})  ([^%\r\n*. \t][^%\r\n]{{0,{_LONGEST_PLAIN}}}){re.escape(form.ending)}(?!\n)"
        )

    def take_all(self, text: str) -> None:
        """Takes whole lines, which follow those that were taken before."""
        place = 0
        while place < len(text):
            end = text.rfind("\n", place, place + _CHUNK) + 1
            chunk = text[place:end]
            if end > place and (self._plain_lines(chunk) or self._hopeless_lines(chunk)):
                place = end
            else:
                place = self._one_by_one(text, place, end or place + _CHUNK)

    def _plain_lines(self, chunk: str) -> bool:
        """Takes lines as most manifests have them, all at once; nothing where one of them is otherwise."""
        if self.length is None or self.ending != "\n" or "%" in chunk or "\r" in chunk:
            return False
        lines = chunk.split("\n")
        lines.pop()
        start = self.length + 2
        binary = _digests_of(lines, self.length)
        if binary is None or max(map(len, lines)) > min(self.longest, start + _LONGEST_PLAIN):
            return False
        paths = [line[start:] for line in lines]
        if not _MEANS_SOMETHING.isdisjoint({path[:1] for path in paths}):
            return False
        self.lines.extend_plain(paths, binary, self.number)
        self.number += len(lines)
        return True

    def _hopeless_lines(self, chunk: str) -> bool:
        """Takes lines of which none can be understood, once no finding about them will be made any more."""
        if not any(map(self.found.is_full, (_MALFORMED, _BLANK_LINE))) or "\r" in chunk or self.promising.search(chunk):
            return False
        count, blank = chunk.count("\n"), len(_BLANK.findall(chunk))
        more = [(code, some) for code, some in ((_MALFORMED, count - blank), (_BLANK_LINE, blank)) if some]
        if not all(self.found.is_full(code) for code, _ in more):
            return False
        for code, some in more:
            self.found.count(code, some)
        self.strays.add(self.number, chunk, count)
        self.number += count
        return True

    def _one_by_one(self, text: str, place: int, until: int) -> int:
        plain, take = self.plain.match, self.lines.add
        while place < min(until, len(text)):
            match = plain(text, place)
            if match:
                take(ManifestEntry(match[1], match[2], self.number))
            else:
                match = line_at(text, place)
                self.take(self.number, match.group())
            place = match.end()
            self.number += 1
        return place

    def take(self, number: int, raw: str) -> None:
        line = raw.rstrip("\r\n")
        match = _LINE.fullmatch(line) if len(line) <= self.longest else None
        if not match or (self.length is not None and len(match[1]) != self.length):
            self._stray(number, raw, line)
            return
        digest, _, star, dots, path = match.groups()
        if star:
            self._warn("manifest.asterisk", number, line)
        if dots:
            self._warn("manifest.dot-slash", number, line)
        if self.version >= (1, 0) and names.has_bare_percent(path):
            self._warn("manifest.bare-percent", number, path)
        entry = ManifestEntry(digest, names.read(path, self.version), number)
        canonical = raw == f"{digest}  {names.written(entry.path)}{self.ending}"
        self.lines.add(entry if canonical else entry._replace(raw=raw))

    def _stray(self, number: int, raw: str, line: str) -> None:
        self.strays.add(number, raw)
        if not line.strip(" \t"):
            self.found.add(_BLANK_LINE, blank_line, self.file, number)
            return
        digits = f"{self.length} hex digits" if self.length else "hex digits"
        expected = f"{digits}, white space, and a path"
        self._warn(_MALFORMED, number, line, expected)

    def _warn(self, code: str, number: int, was: str, expected: str = "") -> None:
        self.found.add(code, self._fault, code, number, was, expected)

    def _fault(self, code: str, number: int, was: str, expected: str) -> Finding:
        where = Where(file=self.file, row=number)
        return finding(code, where=where, found=was[:_LONGEST_SHOWN], expected=expected)


def _digests_of(lines: Sequence[str], length: int) -> bytes | None:
    """The digests in binary, where every line begins with so many lower-case hex digits and two spaces; else None."""
    start = length + 2
    heads = "".join([line[:start] for line in lines])
    count = len(lines)
    if len(heads) != count * start or not heads[length::start] == heads[length + 1 :: start] == " " * count:
        return None
    try:
        binary = bytes.fromhex(heads)  # passes over white space; where that took the place of digits, bytes are missing
    except ValueError:
        return None
    return binary if len(binary) * 2 == count * length and not any(map(heads.__contains__, _UPPER)) else None


def _canonical(entry: ManifestEntry, form: Form) -> str:
    return f"{entry.digest}  {names.written(entry.path)}{form.ending}"


def severity_by(version: tuple[int, int]) -> Severity:
    """An error from version 1.0 on, a warning before: for what only 1.0 forbids."""
    return Severity.ERROR if version >= (1, 0) else Severity.WARNING
