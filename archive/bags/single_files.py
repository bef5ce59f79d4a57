"""Files that are checked one by one: large ones, those that not all manifests list, those of no local folder."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import chain

from archive.bags.batches import MOST_BYTES as LARGE
from archive.bags.batches import Batch, batches_of
from archive.bags.expectations import Expectation
from archive.model.bags import Manifest
from archive.model.digests import ALGORITHMS


class SingleFiles:
    """Some files, with what the manifests say of each.

    Args:
        keys: which; what no manifest lists is left out.
        files: their sizes.
        manifests: the manifests.
        aliases: listed path to the file that answers to it.

    Attributes:
        count: how many files there are.
        bytes: how many bytes they have.
    """

    def __init__(
        self,
        keys: Iterable[str],
        files: Mapping[str, int],
        manifests: Iterable[Manifest],
        aliases: Mapping[str, str],
    ) -> None:
        self._files = files
        self._manifests = [one for one in manifests if one.algorithm in ALGORITHMS]
        wanted = dict.fromkeys(keys)
        self._rows = [_rows(one, wanted, aliases) for one in self._manifests]
        listed = set().union(*self._rows)
        self._keys = [key for key in wanted if key in listed]
        self.count = len(self._keys)
        self.bytes = sum(map(files.__getitem__, self._keys))

    def batches(self, most: int) -> Iterator[Batch]:
        """The pieces of work, the largest files first, so that none of them is left for the end.

        Args:
            most: files in one piece.
        """
        size_of = self._files.__getitem__
        large = sorted((key for key in self._keys if size_of(key) > LARGE), key=lambda key: -size_of(key))
        others = (key for key in self._keys if size_of(key) <= LARGE)
        manifests = tuple((one.file, one.algorithm) for one in self._manifests)
        expected = (Expectation(key, size_of(key), self._digests(key)) for key in chain(large, others))
        return batches_of(manifests, expected, most)

    def algorithms(self) -> Iterator[tuple[str, set[str]]]:
        """Each file, and by which algorithms it is listed."""
        for key in self._keys:
            named = zip(self._manifests, self._rows, strict=True)
            yield key, {manifest.algorithm for manifest, rows in named if key in rows}

    def _digests(self, key: str) -> tuple[str | None, ...]:
        return tuple(
            manifest.entries.digest_at(rows[key]) if key in rows else None
            for manifest, rows in zip(self._manifests, self._rows, strict=True)
        )


def _rows(manifest: Manifest, wanted: Mapping[str, None], aliases: Mapping[str, str]) -> dict[str, int]:
    """The row of each file that is wanted; where a path is listed twice, the first line counts."""
    rows: dict[str, int] = {}
    for row, path in enumerate(manifest.entries.paths if wanted else ()):
        key = aliases.get(path, path) if aliases else path
        if key in wanted:
            rows.setdefault(key, row)
    return rows
