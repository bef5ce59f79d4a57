"""Relations that were found between two documents, as numbers until the record of each is completed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from archive.storage.bucketed import Buckets

_TOGETHER = 256
"""Documents whose relations lie in one bucket: as many as eight bits tell apart."""
_DOCUMENT, _RANK, _OTHER, _SCORE = 56, 54, 22, 8
"""Where in a number stand the document, the rank, the other document and the score; the agreement is at its end."""


Noted = tuple[int, int, int, int]
"""One relation of a document: its rank (0, 1 and 2 for the same bytes, the same text, and nearly the same), the number
of the other document, how alike the texts are in ten-thousandths (0 where they are the same), and how many bins of
their signatures agree (0 where nobody asked)."""


class Notes:
    """Relations by the documents that have them; to be closed.

    Args:
        folder: where the temporary file is made, or None for the system's folder for them.
        most_held: relations in memory.

    Raises:
        StorageError: the folder cannot be written.
    """

    def __init__(self, folder: str | None, most_held: int) -> None:
        self._buckets = Buckets(folder, most_held)

    def add(self, document: int, rank: int, other: int) -> None:
        """Notes that a document is the same as another, each once.

        Raises:
            StorageError: the disk refused.
        """
        self._buckets.put(document // _TOGETHER, document % _TOGETHER << _DOCUMENT | rank << _RANK | other << _OTHER)

    def add_near(self, rank: int, document: int, others: Iterable[tuple[int, int, int]]) -> None:
        """Notes for a document and each of others that they are nearly the same, each pair once.

        Args:
            rank: of the relation.
            document: the number of the document.
            others: the number of each other, the score and the agreement.

        Raises:
            StorageError: the disk refused.
        """
        put, mine = self._buckets.put, rank << _RANK | document << _OTHER
        own = document % _TOGETHER << _DOCUMENT | rank << _RANK
        for other, score, agreement in others:
            alike = score << _SCORE | agreement
            put(document // _TOGETHER, own | other << _OTHER | alike)
            put(other // _TOGETHER, other % _TOGETHER << _DOCUMENT | mine | alike)

    def __iter__(self) -> Iterator[tuple[int, list[Noted]]]:
        """The documents that have any in ascending order, each with its relations by rank and by the other document.

        Raises:
            StorageError: the disk refused.
        """
        for bucket in self._buckets:
            document, mine = -1, list[int]()
            for number in sorted(self._buckets.of(bucket)):
                one = bucket * _TOGETHER + (number >> _DOCUMENT)
                if one != document:
                    if mine:
                        yield document, list(map(_read, mine))
                    document, mine = one, []
                mine.append(number)
            yield document, list(map(_read, mine))

    def close(self) -> None:
        """Removes the file."""
        self._buckets.close()


def _read(number: int) -> Noted:
    return number >> _RANK & 3, number >> _OTHER & 0xFFFFFFFF, number >> _SCORE & 0x3FFF, number & 0xFF
