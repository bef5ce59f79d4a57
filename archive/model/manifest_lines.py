"""The lines of a manifest, kept as columns: a manifest may have ten million of them.

A line in the plain form (lower-case digits, nothing about it that has to be kept) costs its path, the digest in
binary, and the eight bytes that point at the path. Of all others the text is kept too, as bytes behind one another.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from itertools import islice
from operator import le
from typing import NamedTuple, overload


class ManifestEntry(NamedTuple):
    """One line of a manifest.

    Attributes:
        digest: hex digits, as written.
        path: the path from the base of the bag, decoded, without a leading `./`.
        line: its number, from 1.
        raw: the text with its ending, which begins with the digest, where that is not `digest`, two spaces, path and
            the file's ending, else None.
    """

    digest: str
    path: str
    line: int = 0
    raw: str | None = None


class ManifestLines(Sequence[ManifestEntry]):
    """What a manifest lists, in its order; filled while it is read, then left alone.

    Args:
        hex_length: hex digits of a digest; 0 where the algorithm is not known, and each line may have its own length.

    Attributes:
        paths: the paths, in the order of the lines.
        digests: the digests in binary, one behind the other, each of `width` bytes; where the algorithm is not known,
            or the lines were `checked` before, nothing.
        width: bytes of a digest.
    """

    __slots__ = ("_ahead", "_ends", "_others", "_rows", "_texts", "digests", "paths", "width")

    def __init__(self, hex_length: int = 0) -> None:
        self.width = hex_length // 2
        self.paths: list[str] = []
        self.digests = bytearray()
        # The rows of the others, and where in `_texts` the text of each ends: that of the line, or of its digest alone
        # where nothing else about it is unusual.
        self._others, self._ends, self._texts = array("Q"), array("Q"), bytearray()
        # From each of these rows on, the number of a line is the row and so much more.
        self._rows, self._ahead = array("Q"), array("Q")

    @classmethod
    def checked(cls, paths: list[str]) -> ManifestLines:
        """Lines in the plain form, one for each path, whose digests were found to be right and are not kept."""
        lines = cls()
        lines.extend_plain(paths, b"", 1)
        return lines

    def add(self, entry: ManifestEntry) -> None:
        """Takes one more line; where the algorithm is known, its digest has the right number of hex digits."""
        row = len(self.paths)
        self.paths.append(entry.path)
        self.digests += bytes.fromhex(entry.digest) if self.width else b""
        self._number(row, entry.line)
        if not self.width or entry.raw is not None or entry.digest != entry.digest.lower():
            self._texts += (entry.raw or entry.digest).encode("utf-8", "surrogatepass")
            self._others.append(row)
            self._ends.append(len(self._texts))

    def extend_plain(self, paths: Sequence[str], digests: bytes, line: int) -> None:
        """Takes lines in the plain form that follow one another; `line` is the number of the first."""
        self._number(len(self.paths), line)
        self.paths.extend(paths)
        self.digests += digests

    @property
    def is_plain(self) -> bool:
        """Whether every line has lower-case digits and the file's own form."""
        return all(text == text.lower() and not _has_more(text) for text in self._odd())

    @property
    def is_sorted(self) -> bool:
        """Whether the lines come in the order of the bytes of their paths."""
        # UTF-8 sorts as its characters do, but for the surrogates that stand for bytes that are no UTF-8.
        if all(map(str.isascii, self.paths)):
            return all(map(le, self.paths, islice(self.paths, 1, None)))
        keys = [path.encode("utf-8", "surrogateescape") for path in self.paths]
        return all(map(le, keys, islice(keys, 1, None)))

    def digest_at(self, row: int) -> str:
        """The digest of a line, in lower-case hex; empty where the algorithm is not known."""
        return self.digests[row * self.width : (row + 1) * self.width].hex()

    def raw_at(self, row: int) -> str | None:
        """The text of a line with its ending, where that is not the plain form."""
        text = self._text_at(row)
        return text if text is not None and _has_more(text) else None

    def __len__(self) -> int:
        return len(self.paths)

    @overload
    def __getitem__(self, index: int) -> ManifestEntry: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[ManifestEntry]: ...
    def __getitem__(self, index: int | slice) -> ManifestEntry | Sequence[ManifestEntry]:
        rows = range(len(self.paths))[index]
        return self._at(rows) if isinstance(rows, int) else [self._at(row) for row in rows]

    def __iter__(self) -> Iterator[ManifestEntry]:
        return map(self._at, range(len(self.paths)))

    def __reversed__(self) -> Iterator[ManifestEntry]:
        return map(self._at, reversed(range(len(self.paths))))

    def __repr__(self) -> str:
        return f"{type(self).__name__}({', '.join(map(repr, self))})"

    def _at(self, row: int) -> ManifestEntry:
        line = row + self._ahead[bisect_right(self._rows, row) - 1]
        text = self._text_at(row)
        if text is None:
            return ManifestEntry(self.digest_at(row), self.paths[row], line)
        return ManifestEntry(text.split(maxsplit=1)[0], self.paths[row], line, text if _has_more(text) else None)

    def _text_at(self, row: int) -> str | None:
        place = bisect_left(self._others, row)
        return self._odd_text(place) if place < len(self._others) and self._others[place] == row else None

    def _odd_text(self, place: int) -> str:
        start = self._ends[place - 1] if place else 0
        return self._texts[start : self._ends[place]].decode("utf-8", "surrogatepass")

    def _odd(self) -> Iterator[str]:
        return map(self._odd_text, range(len(self._others)))

    def _number(self, row: int, line: int) -> None:
        if not self._ahead or self._ahead[-1] != line - row:
            self._rows.append(row)
            self._ahead.append(line - row)


def _has_more(text: str) -> bool:
    """Whether a text that was kept is that of a whole line, and not of a digest alone."""
    return " " in text or "\t" in text
