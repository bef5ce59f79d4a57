"""The first way through the sources: each is read once, copied under digests, and its lines are counted.

With a place to copy to, the copy is what everything after this reads; without one (a check), the source is measured.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import NamedTuple

from archive import sources
from archive.engine import Part, parts
from archive.errors import SourceChangedError, SourceUnreadableError
from archive.model.blocks import Reading
from archive.model.codes import finding
from archive.model.crossing import Crossing
from archive.model.findings import Finding, Where
from archive.normalise.evidence import keys_of, line_keys
from archive.packing.batching import divided
from archive.packing.kept_readings import lay
from archive.packing.places import name_in
from archive.sources.limits import Limits
from archive.storage import copying
from archive.storage.laying_by import LayingBy
from archive.storage.trouble import told_in_words

LARGEST_BATCH = 8 * 1024 * 1024
"""Bytes of sources in one task, unless one source alone is larger."""
MOST_IN_BATCH = 64
"""Sources in one task."""


class Wanted(NamedTuple):
    """One source to be taken in; a tuple, as the next one, since every file has them.

    Attributes:
        path: relative to the corpus folder, undecodable bytes as surrogates.
        stored: the payload path of the copy (`data/originals/...`).
        size: in bytes, as listed.
        is_counted: whether its lines are evidence about furniture.
    """

    path: str
    stored: str
    size: int
    is_counted: bool


class Took(NamedTuple):
    """What came of one source.

    Attributes:
        wanted: what was asked for.
        size: in bytes, as read.
        digests: lower-case hex by algorithm.
        failure: why it could not be taken, or None; then the rest means nothing.
        laid_by: where what was read of it lies, or an empty string.
    """

    wanted: Wanted
    size: int = 0
    digests: tuple[tuple[str, str], ...] = ()
    failure: Finding | None = None
    laid_by: str = ""

    def digest(self, algorithm: str) -> str:
        """The digest by one algorithm."""
        return dict(self.digests)[algorithm]

    @property
    def copy(self) -> tuple[str, int, bytes]:
        """The payload path of the copy, its size, and its digests in binary."""
        return self.wanted.stored, self.size, bytes.fromhex("".join([digest for _, digest in self.digests]))


@dataclass(frozen=True, slots=True)
class Counted(Crossing):
    """Lines of some documents that are evidence.

    Attributes:
        documents: how many there are.
        lines: their keys, each once for every document that holds it.
    """

    documents: int
    lines: tuple[str, ...]

    @classmethod
    def of(cls, documents: Sequence[frozenset[str]]) -> Counted:
        """The lines of documents together."""
        return cls(len(documents), tuple(chain.from_iterable(documents)))


@dataclass(frozen=True, slots=True)
class TookSeveral(Crossing):
    """What came of one batch: of each source, and of the lines of those in which there are any."""

    sources: tuple[Took, ...]
    counted: Counted


@dataclass(frozen=True, slots=True)
class Take:
    """What all tasks of taking share.

    Attributes:
        corpus: the folder of the sources.
        staging: the folder of the bag in the making, or None where nothing is copied.
        algorithms: normalised names; sha256 is among them.
        limits: how much of a document is read as text.
        laying: where what was read is kept; None where nothing is.
    """

    corpus: Path
    staging: Path | None
    algorithms: tuple[str, ...]
    limits: Limits
    laying: LayingBy | None = None

    def all(self, wanted: Sequence[Wanted]) -> TookSeveral:
        """Takes one batch."""
        took, lines = [], []
        for part, source in parts(wanted):
            one, own = self._counted(source, part)
            took.append(one)
            if own:
                lines.append(own)
        return TookSeveral(tuple(took), Counted.of(lines))

    def _counted(self, wanted: Wanted, part: Part) -> tuple[Took, frozenset[str]]:
        whole = self.limits.largest_text if wanted.is_counted else 0
        took, data = self.one(wanted, whole, is_again=part.is_again)
        if took.failure is not None or not wanted.is_counted or took.size > self.limits.largest_text:
            return took, frozenset()
        if part.loss is not None:
            lost = sources.given_up(data, part.loss, Where(file=shown(wanted.path)), self.limits)
            return took._replace(laid_by=lay(self.laying, lost, took.digest("sha256"))), frozenset()
        part.limit(self.limits.of_document)
        found = sources.read_plainly(shown(wanted.path), data, limits=self.limits)
        if not isinstance(found, Reading):
            return took, keys_of(found)
        return took._replace(laid_by=lay(self.laying, found, took.digest("sha256"))), line_keys(found)

    def one(self, wanted: Wanted, whole: int, *, is_again: bool = False) -> tuple[Took, bytes]:
        """Takes one source, of which all bytes are given back where they are no more than `whole`, else none.

        Args:
            wanted: the source.
            whole: up to how many bytes are given back.
            is_again: whether its copy may be there already, or a part of it.
        """
        try:
            taken = self._copied(wanted, whole, is_again=is_again)
        except SourceChangedError:
            return Took(wanted, failure=finding("source.changed", where=Where(file=shown(wanted.path)))), b""
        except SourceUnreadableError as error:
            where = Where(file=shown(wanted.path))
            return Took(wanted, failure=finding("source.unreadable", where=where, found=error.what)), b""
        return Took(wanted, taken.size, tuple(taken.digests.items())), taken.data

    def _copied(self, wanted: Wanted, whole: int, *, is_again: bool) -> copying.Taken:
        source = name_in(str(self.corpus), wanted.path)
        if self.staging is None:
            return copying.measure(source, self.algorithms, whole=whole)
        target = name_in(str(self.staging), wanted.stored)
        if is_again:
            with told_in_words(Path(target)):
                Path(target).unlink(missing_ok=True)
        return copying.copy(source, target, self.algorithms, whole=whole)


def take(shared: Take, batch: tuple[Wanted, ...]) -> TookSeveral:
    """The task for an engine."""
    return shared.all(batch)


def batches(wanted: Iterable[Wanted]) -> Iterator[tuple[Wanted, ...]]:
    """Sources in batches of a few dozen or a few megabytes, in their order."""
    return divided(wanted, _is_enough)


def _is_enough(batch: Sequence[Wanted], size: int, one: Wanted) -> bool:
    return len(batch) == MOST_IN_BATCH or size + one.size > LARGEST_BATCH


def shown(path: str) -> str:
    r"""A source path as text: bytes that are not UTF-8 are written as `\xNN`.

    >>> shown("caf\udce9.txt")
    'caf\\xe9.txt'
    """
    return path.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
