"""Pieces of the work of checking digests, as they go to worker processes.

What says what is wrong with a file is loaded only where something is: a worker that finds nothing starts quickly.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from archive.bags.expectations import Expectation
from archive.bags.small_files import Part, Seals, checked, digested
from archive.bags.written import Block, stands_there
from archive.model.digests import quick_maker
from archive.storage.local import LocalReader
from archive.storage.stores import Reader, Store

if TYPE_CHECKING:
    from archive.model.findings import Finding

MOST_FILES = 512
"""Files in one piece of work."""
MOST_BYTES = 64 << 20
"""Bytes in one piece of work, unless a single file has more."""


@dataclass(frozen=True, slots=True)
class Task:
    """What all batches share: where the files are."""

    store: Store


class Batch(NamedTuple):
    """A piece of work.

    Attributes:
        manifests: the file name and the algorithm of each manifest.
        parts: small files that every manifest lists, in a folder of this machine; or such as are begun before that is
            known, without digests.
        others: all others.
        blocks: for files that are begun early, where the lines of all of them should stand in each manifest; nothing
            where that cannot be told.
    """

    manifests: tuple[tuple[str, str], ...]
    parts: tuple[Part, ...] = ()
    others: tuple[Expectation, ...] = ()
    blocks: tuple[Block, ...] = ()


class Outcome(NamedTuple):
    """What one batch came to.

    Attributes:
        files: how many were looked at.
        bytes: how many bytes they have.
        findings: what is wrong with them.
        sizes: for each part in which they were unknown, the bytes of each file.
        seals: for each part without digests, the seals of what was found; nothing was compared with anything.
        is_as_written: whether the files are just as the manifests say where their lines should stand; then there are
            no seals.
    """

    files: int
    bytes: int
    findings: list[Finding]
    sizes: tuple[array[int], ...] = ()
    seals: tuple[Seals, ...] = ()
    is_as_written: bool = False


def check_batch(task: Task, batch: Batch) -> Outcome:
    """Checks some files, or begins with some; a module-level function, so that it can be sent to a worker."""
    if batch.parts and not batch.parts[0].digests:
        return _begun(task, batch)
    count = size = 0
    learned: list[array[int]] = []
    with task.store.reader() as reader:
        closer = list(batch.others)
        if batch.parts:
            makers = [quick_maker(algorithm) for _, algorithm in batch.manifests]
            for part in batch.parts:
                sizes, suspects = checked(_local(reader), part, makers)
                closer.extend(_expectation(part, sizes, place) for place in suspects)
                count += len(sizes)
                size += sum(sizes)
                if not part.sizes:
                    learned.append(sizes)
        for one in batch.others:
            count += 1
            size += one.size
        return Outcome(count, size, _looked_at(reader, batch, closer) if closer else [], tuple(learned))


def _begun(task: Task, batch: Batch) -> Outcome:
    """Reads small files of which it is not known yet what they should be."""
    makers = [quick_maker(algorithm) for _, algorithm in batch.manifests]
    with task.store.reader() as reader:
        local = _local(reader)
        found = [digested(local, part, makers) for part in batch.parts]
        is_as_written = bool(batch.blocks) and all(
            stands_there(local, block, zip(batch.parts, (one.columns[place] for one in found), strict=True))
            for place, block in enumerate(batch.blocks)
        )
    return Outcome(
        sum(len(one.sizes) for one in found),
        sum(sum(one.sizes) for one in found),
        [],
        tuple(one.sizes for part, one in zip(batch.parts, found, strict=True) if not part.sizes),
        () if is_as_written else tuple(one.seals for one in found),
        is_as_written,
    )


def _looked_at(reader: Reader, batch: Batch, closer: list[Expectation]) -> list[Finding]:
    from archive.bags.careful import Plans

    plans = Plans(batch.manifests)
    return [found for one in closer for found in plans.check(reader, one)]


def _local(reader: Reader) -> LocalReader:
    if not isinstance(reader, LocalReader):  # pragma: no cover - parts are made for local stores alone
        raise TypeError(type(reader).__name__)
    return reader


def _expectation(part: Part, sizes: array[int], place: int) -> Expectation:
    name, count = part.names.split("\0")[place], len(sizes)
    widths = [len(joined) // count for joined in part.digests]
    digests = tuple(
        joined[place * width : (place + 1) * width].hex() for joined, width in zip(part.digests, widths, strict=True)
    )
    return Expectation(f"{part.folder}/{name}" if part.folder else name, sizes[place], digests)


def batches_of(
    manifests: tuple[tuple[str, str], ...], expectations: Iterator[Expectation], most: int = MOST_FILES
) -> Iterator[Batch]:
    """Files put together to pieces of work, at most so many to a piece."""
    others: list[Expectation] = []
    size = 0
    for one in expectations:
        if others and (len(others) >= most or size + one.size > MOST_BYTES):
            yield Batch(manifests, (), tuple(others))
            others, size = [], 0
        others.append(one)
        size += one.size
    if others:
        yield Batch(manifests, (), tuple(others))
