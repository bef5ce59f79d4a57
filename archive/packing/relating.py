"""What can be said of documents only together: which are duplicates, and to what stated relations lead.

While records are built they are spooled to disk with their signatures; once all are there, relations are found and
the records completed in their order. A record without relations goes through byte for byte. What grows with the
corpus in memory is some forty bytes a document; everything else spills.

Every pair that is called near-duplicate was compared on its texts. A signature only picks pairs, and no pair is picked
from a crowd: where more than `MOST_BEFORE` texts agree in a band, each is compared with so many before it, so that the
work grows with the number of documents and not with its square.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from functools import cache, lru_cache
from itertools import compress
from types import TracebackType
from typing import Any, NamedTuple, Self

from archive.model.codes import finding
from archive.model.content import written
from archive.model.findings import Finding
from archive.model.records import text_of
from archive.model.relations import NEAR_DUPLICATE, SAME_BYTES, SAME_TEXT, Relation
from archive.normalise import resemblance
from archive.packing.built import Built
from archive.packing.grouping import Groups
from archive.packing.repeated import Columns, places_of_equals
from archive.packing.stating import stated_relations
from archive.schema.quick_json import quick_json, read_json
from archive.storage.spill import Pair, SortedRuns
from archive.storage.spooled import Spool

MOST_BEFORE = 16
"""Texts before it, in the order of identifiers, that a text is compared with in one band."""
MOST_NAMED = 1000
"""Exact duplicates that the first of them names; each of them names the first."""
MOST_HELD = 100_000
"""Pairs of a key and a document that are held in memory."""
_LEAST_ESTIMATE = 77
"""Of 128 bins of two signatures so many agree, or the texts are not compared (0.8 less five standard deviations)."""
_TEXTS_AT_HAND = 8
_DIGEST = 32
_KEY = 8
_HEAD = _DIGEST + 1
_ALONE, _RELATING = b"\0", b"\1"
_NO_MORE: tuple[str, list[str]] = ("-1", [])
_BASIS = {SAME_BYTES: "sha256 of the original", SAME_TEXT: "sha256 of the text"}


class Completed(NamedTuple):
    """A record with its relations; a tuple, since each document has one.

    Attributes:
        document_id: of the document.
        line: the record in the form of RFC 8785, without a line end.
        content_sha256: of the record's content.
        group: its duplicate group.
        is_regrouped: whether it is another than the document came with.
        has_relations: whether there are any.
        findings: duplicates before it, and relations that lead nowhere.
    """

    document_id: str
    line: bytes
    content_sha256: str
    group: str
    is_regrouped: bool
    has_relations: bool
    findings: tuple[Finding, ...] = ()

    @property
    def record(self) -> dict[str, Any]:
        """The record, parsed."""
        found: dict[str, Any] = read_json(self.line)
        return found


class Relating:
    """Gathers built documents and gives them back with their relations; use it as a context manager.

    Args:
        folder: where temporary files are made, or None for the system's folder for them.
        most_held: pairs in memory.
    """

    def __init__(self, folder: str | None = None, *, most_held: int = MOST_HELD) -> None:
        self._most_held = most_held
        self._stack = ExitStack()
        self._lines = self._stack.enter_context(Spool(folder))
        self._names = self._stack.enter_context(Spool(folder))
        self._text = lru_cache(maxsize=_TEXTS_AT_HAND)(self._read_text)
        self._known = cache(lambda: frozenset(map(_named, self._names)))
        self._signs = self._stack.enter_context(Spool(folder))
        self._groups = Groups()
        self._first_with_text = array("I")  # numbers of documents, of which there are fewer than four thousand million
        self._by_bytes, self._by_text = array("Q"), array("Q")
        self._with_text, self._signed = array("I"), array("I")
        self._bands = self._stack.enter_context(Columns(resemblance.BANDS, folder, most_held // resemblance.BANDS))
        self._picked = self._runs(folder)
        self._found = self._runs(folder)

    def _runs(self, folder: str | None) -> _HeldRuns:
        held = _HeldRuns(folder, self._most_held)
        self._stack.callback(held.close)
        return held

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stack.close()

    def add(self, documents: Sequence[Built]) -> None:
        """Takes in the next documents.

        Raises:
            StorageError: the disk refused.
        """
        number, likenesses = len(self._lines), [one.likeness for one in documents]
        numbers = range(number, number + len(documents))
        own = [bytes.fromhex(one.bytes_sha256) for one in likenesses]
        texts = [bytes.fromhex(one.text_sha256 or "") for one in likenesses]
        self._names.add_all([one.document_id.encode("utf-8", "surrogatepass") for one in documents])
        self._lines.add_all(list(map(_spooled, documents)))
        self._groups.add([one.group for one in likenesses])
        self._first_with_text.extend(numbers)
        self._by_bytes.frombytes(b"".join([digest[:_KEY] for digest in own]))
        self._by_text.frombytes(b"".join([digest[:_KEY] for digest in texts]))
        self._with_text.extend(compress(numbers, texts))
        self._bands.add(b"".join([one.bands for one in likenesses]))
        self._signed.extend(compress(numbers, [one.signature for one in likenesses]))
        self._signs.add_all([a + b + one.signature for a, b, one in zip(own, texts, likenesses, strict=True)])

    def completed(self) -> Iterator[Completed]:
        """All documents in their order, with their relations; to be called once, when all were added.

        Raises:
            StorageError: the disk refused.
        """
        self._find()
        found = self._found.merged()
        at, values = next(found, _NO_MORE)
        for number, (written_name, spooled) in enumerate(zip(self._names, self._lines, strict=True)):
            mine: list[str] = []
            if int(at) == number:
                mine = values
                at, values = next(found, _NO_MORE)
            yield self._completed(number, _named(written_name), spooled, mine)

    def _completed(self, number: int, name: str, spooled: bytes, found: Sequence[str]) -> Completed:
        content, line = spooled[:_DIGEST].hex(), spooled[_HEAD:]
        group, is_regrouped = self._groups.of(number)
        if not (found or is_regrouped) and spooled[_DIGEST:_HEAD] == _ALONE:
            return Completed(name, line, content, group, is_regrouped, has_relations=False)
        record = read_json(line)
        stated = list(stated_relations(record, self._known()))
        relations = [*(self._relation(one) for one in found), *(one for one, _ in stated)]
        if relations or is_regrouped:
            record["relations"] = [one.as_json() for one in relations]
            record["duplicate_group"] = group
            own = written(record, quick_json)
            line, content = own.line, own.content_sha256
        findings = (*self._duplicates(number, name, found), *(one for _, wrong in stated for one in wrong))
        return Completed(name, line, content, group, is_regrouped, bool(relations), findings)

    def _relation(self, value: str) -> Relation:
        rank, other, score, basis = value.split("\t")
        relation = (SAME_BYTES, SAME_TEXT, NEAR_DUPLICATE)[int(rank)]
        return Relation(relation, _named(self._names.at(int(other))), "document", score or None, basis)

    def _duplicates(self, number: int, name: str, found: Sequence[str]) -> Iterator[Finding]:
        """One finding for a document that comes after its like: with the surest and the nearest of them."""
        before = [self._relation(value) for value in found if int(value.split("\t")[1]) < number]
        if not before:
            return
        best = min(before, key=lambda one: (one.relation != SAME_BYTES, one.relation != SAME_TEXT, _further(one)))
        is_near = best.relation == NEAR_DUPLICATE
        code = "document.near-duplicate" if is_near else "document.duplicate"
        alike = f", {best.score} alike" if is_near else ""
        said = f"{best.relation.replace('-', ' ')} as {best.target}" if not is_near else f"near to {best.target}{alike}"
        yield finding(code, document=name, found=said)

    def _find(self) -> None:
        for places in places_of_equals(self._by_bytes):
            for members in self._agreeing(places, slice(_DIGEST)):
                self._same(members, is_text=False)
        for places in places_of_equals(self._by_text):
            for members in self._agreeing([self._with_text[at] for at in places], slice(_DIGEST, 2 * _DIGEST)):
                self._same(members, is_text=True)
        for band in range(resemblance.BANDS if self._signed else 0):
            for places in places_of_equals(self._bands.column(band)):
                self._pick([self._signed[at] for at in places])
        for one, others in self._picked.merged():
            for other in dict.fromkeys(others):
                self._compare(int(other), int(one))

    def _agreeing(self, members: Sequence[int], part: slice) -> Iterator[list[int]]:
        """Documents whose digests begin alike, divided into those whose digests are the same."""
        alike: dict[bytes, list[int]] = {}
        for one in members:
            alike.setdefault(self._signs.at(one)[part], []).append(one)
        return (same for same in alike.values() if len(same) > 1)

    def _same(self, members: Sequence[int], *, is_text: bool) -> None:
        first, relation = members[0], SAME_TEXT if is_text else SAME_BYTES
        for count, other in enumerate(members[1:]):
            self._groups.join(first, other)
            self._note(other, first, int(is_text), "", _BASIS[relation])
            if count < MOST_NAMED:
                self._note(first, other, int(is_text), "", _BASIS[relation])
            if is_text:
                self._first_with_text[other] = first

    def _pick(self, members: Sequence[int]) -> None:
        """Pairs of a band: each text once, whatever the number of its copies."""
        distinct = sorted({self._first_with_text[one] for one in members})
        for at, one in enumerate(distinct):
            for other in distinct[max(0, at - MOST_BEFORE) : at]:
                self._picked.add(f"{one:012d}", f"{other:012d}")

    def _compare(self, one: int, other: int) -> None:
        agreement = resemblance.agreement(self._signature(one), self._signature(other))
        if agreement < _LEAST_ESTIMATE:
            return
        both, either = resemblance.resemblance(self._text(one), self._text(other))
        if not resemblance.is_near(both, either):
            return
        self._groups.join(one, other)
        estimate = resemblance.decimal(agreement, resemblance.BINS)
        basis = f"{resemblance.METHOD}, estimated {estimate}"
        for document, target in ((one, other), (other, one)):
            self._note(document, target, 2, resemblance.decimal(both, either), basis)

    def _note(self, document: int, target: int, rank: int, score: str, basis: str) -> None:
        self._found.add(f"{document:012d}", f"{rank}\t{target:012d}\t{score}\t{basis}")

    def _signature(self, number: int) -> bytes:
        return self._signs.at(number)[2 * _DIGEST :]

    def _read_text(self, number: int) -> str:
        return text_of(read_json(self._lines.at(number)[_HEAD:]))


class _HeldRuns:
    """Pairs in memory up to a number, and beyond it in sorted runs."""

    def __init__(self, folder: str | None, most_held: int) -> None:
        self._runs = SortedRuns(folder)
        self._held: list[Pair] = []
        self._most_held = most_held

    def add(self, key: str, value: str) -> None:
        self._held.append((key, value))
        if len(self._held) >= self._most_held:
            self._runs.add(self._held)
            self._held = []

    def merged(self) -> Iterator[tuple[str, list[str]]]:
        held, self._held = self._held, []
        return self._runs.merged(held)

    def close(self) -> None:
        self._runs.close()


def _spooled(one: Built) -> bytes:
    return bytes.fromhex(one.content_sha256) + (_RELATING if one.is_relating else _ALONE) + one.line


def _named(written: bytes) -> str:
    return written.decode("utf-8", "surrogatepass")


def _further(one: Relation) -> float:
    return -float(one.score or 1)
