"""The careful way to check a file against the manifests: what it is, what can be read of it, what differs."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from archive.bags.expectations import Expectation
from archive.errors import LimitError, StorageError
from archive.model.codes import finding
from archive.model.digests import Hasher, maker
from archive.model.findings import Finding, Where
from archive.storage.local import LocalReader
from archive.storage.stores import Reader


class Plans:
    """How the files of one batch are checked.

    Args:
        manifests: the file name and the algorithm of each manifest.
    """

    def __init__(self, manifests: tuple[tuple[str, str], ...]) -> None:
        self._manifests = manifests
        self._plans: dict[tuple[bool, ...], _Plan] = {}

    def check(self, reader: Reader, one: Expectation) -> Iterator[Finding]:
        """Reads a file once, and yields a finding if it is not as it should be."""
        kind = tuple(digest is not None for digest in one.digests)
        plan = self._plans.get(kind) or self._plans.setdefault(kind, _Plan.of(self._manifests, kind))
        try:
            problem = plan.check(reader, one)
        except (StorageError, LimitError) as error:
            problem = finding("file.unreadable", where=Where(file=one.key), found=error.what)
        if problem:
            yield problem


@dataclass(frozen=True, slots=True)
class _Plan:
    """How files are checked that the same manifests list: one hasher for each algorithm."""

    places: tuple[int, ...]
    files: tuple[str, ...]
    which: tuple[int, ...]
    algorithms: tuple[str, ...]
    makers: tuple[Callable[[bytes], Hasher], ...]

    @classmethod
    def of(cls, manifests: tuple[tuple[str, str], ...], kind: tuple[bool, ...]) -> _Plan:
        places = tuple(place for place, listed in enumerate(kind) if listed)
        algorithms = tuple(dict.fromkeys(manifests[place][1] for place in places))
        return cls(
            places,
            tuple(manifests[place][0] for place in places),
            tuple(algorithms.index(manifests[place][1]) for place in places),
            algorithms,
            tuple(maker(algorithm) for algorithm in algorithms),
        )

    def check(self, reader: Reader, one: Expectation) -> Finding | None:
        digests = self._digests(reader, one.key)
        for place, which in zip(self.places, self.which, strict=True):
            if one.digests[place] != digests[which]:
                return self._mismatch(one, digests)
        return None

    def _digests(self, reader: Reader, key: str) -> list[str]:
        if isinstance(reader, LocalReader):
            empty = [make(b"") for make in self.makers]
            reader.feed(key, [one.update for one in empty])
            return [one.hexdigest() for one in empty]
        from archive.storage.scanned import ScannedReader  # what reads tars is not needed for folders

        if isinstance(reader, ScannedReader):
            return reader.store.digests(key, self.algorithms)
        pieces = reader.pieces(key)
        first = next(pieces, b"")
        hashers = [make(first) for make in self.makers]
        for piece in pieces:
            for one in hashers:
                one.update(piece)
        return [one.hexdigest() for one in hashers]

    def _mismatch(self, one: Expectation, digests: list[str]) -> Finding:
        wrong = [
            (self.files[index], digests[which], one.digests[place])
            for index, (place, which) in enumerate(zip(self.places, self.which, strict=True))
            if one.digests[place] != digests[which]
        ]
        return finding(
            "digest.mismatch",
            where=Where(file=one.key),
            found=", ".join(dict.fromkeys(digest for _, digest, _ in wrong)),
            expected=", ".join(f"{digest} in {file}" for file, _, digest in wrong),
        )
