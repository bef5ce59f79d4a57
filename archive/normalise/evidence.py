"""What a whole corpus says about furniture: short lines that stand in several of its documents.

The evidence of a bag is gathered within one access level and travels in `data/evidence/repeated-lines.jsonl`: a first
line `{"documents": n}`, then one line `{"documents": n, "line": "..."}` for each repeated line, sorted.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import islice
from typing import Self

from archive.model.blocks import Reading
from archive.model.canonical import canonical_json
from archive.model.composing import composed
from archive.storage.spill import SortedRuns

LONGEST_LINE = 200
"""Lines of more characters are not counted: furniture that repeats is short."""
MOST_LINES = 2_000
"""Lines of one document that are counted; a longer document is no page of a site."""
FEWEST_DOCUMENTS = 3
"""A line in fewer documents says nothing about a site: two captures may be of one page."""
MOST_HELD = 200_000
"""Different lines that an accumulator holds before it writes them out."""

_MOST_REMEMBERED = 60
_DIGIT = re.compile(r"\d")
_HALF = re.compile("[\ud800-\udfff]")
"""Half of a character, which no file of UTF-8 can hold."""


def line_key(text: str) -> str:
    """A line as it is counted: without case, and with neither white space, digits nor normal forms told apart."""
    return _remembered(text) if len(text) <= _MOST_REMEMBERED else _key(text)


def _key(text: str) -> str:
    folded = " ".join((text.lower() if text.isascii() else composed(text).casefold()).split())
    return _DIGIT.sub("#", folded)


_remembered = lru_cache(maxsize=8_192)(_key)
"""The same of short lines, which the pages of a site share."""


def line_keys(reading: Reading) -> frozenset[str]:
    """The short lines of a document, each once, as they are counted."""
    return keys_of(block.text for block in reading.blocks)


def keys_of(texts: Iterable[str]) -> frozenset[str]:
    """The same of the texts of its blocks, of which no more are asked for than count."""
    return frozenset(line_key(text) for text in islice(texts, MOST_LINES) if 1 < len(text) <= LONGEST_LINE)


@dataclass(frozen=True, slots=True)
class RepeatedLines:
    """How many documents of a corpus hold a line.

    Attributes:
        documents: how many there are.
        counts: a line as `line_key` gives it -> the number of documents that hold it.
    """

    documents: int = 0
    counts: Mapping[str, int] = field(default_factory=dict)

    def of(self, text: str) -> int:
        """In how many documents the line stands; 0 where that is too few to matter.

        Steps ask no more than whether there are any: a new version of a corpus keeps the labels of a document as long
        as the same of its lines are repeated (`archive.packing.before`).
        """
        return self.counts.get(line_key(text), 0) if self.counts else 0

    def to_bytes(self) -> bytes:
        """The evidence as the bag keeps it.

        >>> RepeatedLines(9, {"menu": 4}).to_bytes().decode().splitlines()
        ['{"documents":9}', '{"documents":4,"line":"menu"}']
        """
        return b"".join(self.chunks())

    def chunks(self) -> Iterator[bytes]:
        """The same, line by line."""
        yield canonical_json({"documents": self.documents}) + b"\n"
        for line in sorted(self.counts, key=_bytes_of):
            yield canonical_json({"documents": self.counts[line], "line": line}) + b"\n"

    @classmethod
    def from_bytes(cls, data: bytes) -> Self:
        """The evidence that `to_bytes` wrote.

        Raises:
            ValueError: it is not in that form.
        """
        total: int | None = None
        counts: dict[str, int] = {}
        for line in data.splitlines():
            match json.loads(line):
                case {"documents": int(documents), "line": str(text)} if total is not None:
                    counts[text] = documents
                case {"documents": int(documents), **rest} if total is None and not rest:
                    total = documents
                case _:
                    msg = f"not a line of repeated-lines.jsonl: {line[:80]!r}"
                    raise ValueError(msg)
        if total is None:
            msg = "repeated-lines.jsonl says in its first line how many documents there were; it has none"
            raise ValueError(msg)
        return cls(total, counts)


NO_EVIDENCE = RepeatedLines()
"""What a corpus of one document says."""


def _bytes_of(line: str) -> bytes:
    return line.encode("utf-8", "surrogatepass")


class LineCounter:
    """Counts lines over any number of documents in bounded memory; what does not fit goes to sorted runs on disk.

    Use it as a context manager; the runs are removed at its end. The outcome does not depend on the order of the
    documents.

    Args:
        folder: where runs may be written, or None for the system's folder for temporary files.
        most_held: different lines held in memory at a time.
    """

    def __init__(self, folder: str | None = None, *, most_held: int = MOST_HELD) -> None:
        self._held: Counter[str] = Counter()
        self._documents = 0
        self._most_held = most_held
        self._runs = SortedRuns(folder)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Remove what was written to disk."""
        self._runs.close()

    def add(self, lines: Iterable[str]) -> None:
        """Count one document's lines, as `line_keys` gives them.

        Raises:
            StorageError: a run could not be written.
        """
        self.add_together(1, set(lines))

    def add_together(self, documents: int, lines: Collection[str]) -> None:
        """Count the lines of several documents, each once for every document that holds it.

        Raises:
            StorageError: a run could not be written.
        """
        self._documents += documents
        self._held.update(lines if _is_writable("".join(lines)) else filter(_is_writable, lines))
        if len(self._held) > self._most_held:
            self._runs.add((line, str(count)) for line, count in self._held.items())
            self._held.clear()

    def result(self) -> RepeatedLines:
        """What has been counted; lines of fewer than `FEWEST_DOCUMENTS` documents are left out.

        Raises:
            StorageError: a run could not be read back.
        """
        held = ((line, str(count)) for line, count in self._held.items())
        counts: dict[str, int] = {}
        for line, several in self._runs.merged(held):
            count = sum(int(one) for one in several)
            if count >= FEWEST_DOCUMENTS:
                counts[line] = count
        return RepeatedLines(self._documents, counts)


def _is_writable(line: str) -> bool:
    return line.isascii() or _HALF.search(line) is None
