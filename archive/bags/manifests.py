"""The codec of manifests and tag manifests (RFC 8493, 2.1.3 and 2.2.1): bytes to entries, and back."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import partial
from itertools import count, repeat

from archive.bags import names
from archive.bags.text import Strays, blank_line, decoded, encoded, joined, line_at
from archive.model.bags import Form, Manifest, ManifestEntry, Stray
from archive.model.codes import finding
from archive.model.digests import ALGORITHMS, hex_length, normalised
from archive.model.findings import Finding, Severity, Where
from archive.model.limits import DEFAULT_LIMITS, Limits
from archive.model.tally import Tally

_NAME = re.compile(r"(tag)?manifest-(.+)\.txt", re.DOTALL)
_LINE = re.compile(r"([0-9A-Fa-f]+)([ \t]+)(\*?)((?:\./)*)([^\r\n]+)")
_LONGEST_SHOWN = 120
_CHUNK = 1 << 18
"""Characters of a manifest that are looked at at a time."""
_MEANS_SOMETHING = "*. \t"
_WITHOUT_DIGITS = dict.fromkeys(map(ord, "0123456789abcdef"))
_entry: Callable[[tuple[str, str, int, None]], ManifestEntry] = partial(tuple.__new__, ManifestEntry)
"""Makes an entry without the detour that a call of the class takes; there may be millions."""
_LONGEST_PLAIN = 4096


def manifest_name(file: str) -> tuple[bool, str] | None:
    """Whether a file at the base is a manifest, and of what algorithm.

    Returns:
        whether it is a tag manifest, and the name of the algorithm as written; None for any other file.

    >>> manifest_name("tagmanifest-sha512.txt"), manifest_name("manifest.txt")
    ((True, 'sha512'), None)
    """
    match = _NAME.fullmatch(file)
    return (match[1] is not None, match[2]) if match else None


def manifest_bytes(entries: Iterable[ManifestEntry]) -> bytes:
    r"""A manifest in the canonical form: sorted by the bytes of the paths, lower-case digits, LF, UTF-8.

    >>> manifest_bytes([ManifestEntry("AB", "data/b"), ManifestEntry("cd", "data/50%")])
    b'cd  data/50%25\nab  data/b\n'
    """
    lines = sorted((entry.path.encode("utf-8", "surrogateescape"), entry.digest.lower()) for entry in entries)
    return b"".join(
        digest.encode() + b"  " + path.replace(b"%", b"%25").replace(b"\n", b"%0A").replace(b"\r", b"%0D") + b"\n"
        for path, digest in lines
    )


def write_manifest(manifest: Manifest) -> bytes:
    """The bytes of a manifest that was read: the same ones, unless entries were changed."""
    lines = [Stray(entry.line, entry.raw or _canonical(entry, manifest.form)) for entry in manifest.entries]
    return encoded(joined((*lines, *manifest.strays)), manifest.form)


def read_manifest(
    data: bytes, file: str, codec: str, version: tuple[int, int], limits: Limits = DEFAULT_LIMITS
) -> tuple[Manifest, list[Finding]]:
    """What a manifest lists, and what of it was not understood or not well written.

    Args:
        data: its bytes.
        file: its name.
        codec: the codec of the bag's tag files.
        version: the version of BagIt that the bag declares.
        limits: the bounds on a line and on the number of findings.

    Returns:
        the manifest with every line in it, understood or stray; the findings.
    """
    name = manifest_name(file)
    algorithm = normalised(name[1]) if name else ""
    text, form, found = decoded(data, codec, file)
    length = hex_length(algorithm) if algorithm in ALGORITHMS else None
    reading = _Reading(file, form, version, length, limits)
    reading.take_all(text)
    found.extend(reading.found)
    return Manifest(file, algorithm, tuple(reading.entries), reading.strays.all(), form), found


class _Reading:
    """The state of reading one manifest."""

    def __init__(self, file: str, form: Form, version: tuple[int, int], length: int | None, limits: Limits) -> None:
        self.file = file
        self.version = version
        self.length = length
        self.ending = form.ending
        self.entries: list[ManifestEntry] = []
        self.strays = Strays()
        self.found = Tally(limits.of_one_kind)
        self.longest = limits.line
        digits = r"[0-9a-f]+" if length is None else f"[0-9a-f]{{{length}}}"
        # Most lines of most manifests: in the canonical form, with nothing in the path that means something.
        self.plain = re.compile(
            rf"({digits})  ([^%\r\n*. \t][^%\r\n]{{0,{_LONGEST_PLAIN}}}){re.escape(form.ending)}(?!\n)"
        )

    def take_all(self, text: str) -> None:
        place, number = 0, 1
        while place < len(text):
            end = text.rfind("\n", place, place + _CHUNK) + 1
            many = self._plain_lines(text[place:end], number) if end > place else None
            if many:
                self.entries.extend(many)
                place, number = end, number + len(many)
            else:
                place, number = self._one_by_one(text, place, end or place + _CHUNK, number)

    def _plain_lines(self, chunk: str, number: int) -> list[ManifestEntry] | None:
        """Lines as most manifests have them, all at once; None where one of them is otherwise."""
        length = self.length
        if length is None or self.ending != "\n" or "%" in chunk or "\r" in chunk:
            return None
        lines = chunk.split("\n")
        lines.pop()
        between = {line[length : length + 3] for line in lines}
        if not all(len(one) == 3 and one[:2] == "  " and one[2] not in _MEANS_SOMETHING for one in between):
            return None
        if len(max(lines, key=len)) > min(self.longest, length + 2 + _LONGEST_PLAIN):
            return None
        digests = [line[:length] for line in lines]
        if "".join(digests).translate(_WITHOUT_DIGITS):
            return None
        start = length + 2
        paths = [line[start:] for line in lines]
        return list(map(_entry, zip(digests, paths, count(number), repeat(None))))

    def _one_by_one(self, text: str, place: int, until: int, number: int) -> tuple[int, int]:
        plain, take = self.plain.match, self.entries.append
        while place < min(until, len(text)):
            match = plain(text, place)
            if match:
                take(ManifestEntry(match[1], match[2], number))
            else:
                match = line_at(text, place)
                self.take(number, match.group())
            place = match.end()
            number += 1
        return place, number

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
        self.entries.append(entry if canonical else entry._replace(raw=raw))

    def _stray(self, number: int, raw: str, line: str) -> None:
        self.strays.add(number, raw)
        if not line.strip(" \t"):
            self.found.add(blank_line(self.file, number))
            return
        digits = f"{self.length} hex digits" if self.length else "hex digits"
        expected = f"{digits}, white space, and a path"
        self._warn("manifest.malformed-line", number, line, expected)

    def _warn(self, code: str, number: int, was: str, expected: str = "") -> None:
        where = Where(file=self.file, row=number)
        self.found.add(finding(code, where=where, found=was[:_LONGEST_SHOWN], expected=expected))


def _canonical(entry: ManifestEntry, form: Form) -> str:
    return f"{entry.digest}  {names.written(entry.path)}{form.ending}"


def severity_by(version: tuple[int, int]) -> Severity:
    """An error from version 1.0 on, a warning before: for what only 1.0 forbids."""
    return Severity.ERROR if version >= (1, 0) else Severity.WARNING
