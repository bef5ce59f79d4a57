"""What came of each source that was taken in, on disk: a million of them do not fit into memory beside all else."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from archive.model.digests import hex_length
from archive.model.findings import Finding
from archive.packing.taking import Took, Wanted
from archive.storage.spooled import Spool

_SIZE = 8


class TakenSources:
    """What came of sources, in the order in which they were wanted.

    Args:
        wanted: gives what was wanted, as often as it is called, in the same order.
        algorithms: of the digests.
        folder: where the temporary file is made, or None for the system's folder for temporary files.
    """

    def __init__(
        self, wanted: Callable[[], Iterator[Wanted]], algorithms: Sequence[str], folder: str | None = None
    ) -> None:
        self._wanted = wanted
        self._algorithms = [(algorithm, hex_length(algorithm) // 2) for algorithm in algorithms]
        self._end = _SIZE + sum(length for _, length in self._algorithms)
        self._spool = Spool(folder)
        self._failures: dict[int, Finding] = {}

    def add(self, took: Took) -> None:
        """Takes in what came of the next one.

        Raises:
            StorageError: the disk is full.
        """
        if took.failure is not None:
            self._failures[len(self._spool)] = took.failure
            self._spool.add(b"")
            return
        laid_by = took.laid_by.encode("ascii")
        by_name = dict(took.digests)
        digests = bytes.fromhex("".join([by_name[algorithm] for algorithm, _ in self._algorithms]))
        self._spool.add(took.size.to_bytes(_SIZE, "big") + digests + laid_by)

    def __iter__(self) -> Iterator[Took]:
        for number, (wanted, value) in enumerate(zip(self._wanted(), self._spool, strict=True)):
            failure = self._failures.get(number)
            if failure is not None:
                yield Took(wanted, failure=failure)
            else:
                yield Took(wanted, int.from_bytes(value[:_SIZE], "big"), self._digests(value), None, self._place(value))

    def _digests(self, value: bytes) -> tuple[tuple[str, str], ...]:
        found, at = [], _SIZE
        for algorithm, length in self._algorithms:
            found.append((algorithm, value[at : at + length].hex()))
            at += length
        return tuple(found)

    def _place(self, value: bytes) -> str:
        return value[self._end :].decode("ascii")

    def close(self) -> None:
        """Removes the file."""
        self._spool.close()
