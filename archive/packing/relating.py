"""What can be said of documents only together: which are duplicates, and to what stated relations lead.

While records are built they are spooled to disk with their signatures; once all are there, relations are found and
the records completed in their order. A record without relations goes through byte for byte. What grows with the
corpus in memory is some forty bytes a document; everything else spills.

Every pair that is called near-duplicate was compared on its texts. A signature only picks pairs, and no pair is picked
from a crowd: where more than `candidates.MOST_BEFORE` texts agree in a band, each is compared with so many before it,
so that the work grows with the number of documents and not with its square.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from functools import cache, lru_cache
from itertools import compress, repeat
from types import TracebackType
from typing import Any, NamedTuple, Self

from archive.model.codes import finding
from archive.model.content import written
from archive.model.findings import Finding
from archive.model.records import text_of
from archive.model.relations import FOUND, NEAR_DUPLICATE, SAME_BYTES, SAME_TEXT
from archive.normalise import resemblance
from archive.normalise.shared_shingles import SharedShingles
from archive.packing.built import Built
from archive.packing.candidates import Candidates
from archive.packing.grouping import Groups
from archive.packing.noted import Noted, Notes
from archive.packing.repeated import Columns, places_of_equals
from archive.packing.stating import stated_relations
from archive.schema.quick_json import quick_json, read_json
from archive.storage.spooled import Spool

MOST_NAMED = 1000
"""Exact duplicates that the first of them names; each of them names the first."""
MOST_HELD = 250_000
"""Numbers of each kind (keys of bands, pairs, relations) that are held in memory."""
_LEAST_ESTIMATE = 77
"""Of 128 bins of two signatures so many agree, or the texts are not compared (0.8 less five standard deviations)."""
_TEXTS_AT_HAND, _SIGNATURES_AT_HAND, _NAMES_AT_HAND = 2, 4096, 4096
_DIGEST = 32
_KEY = 8
_HEAD = _DIGEST + 1
_ALONE, _RELATING = b"\0", b"\1"
_NO_MORE: tuple[int, list[Noted]] = (-1, [])
_RANKS = {relation: rank for rank, relation in enumerate(FOUND)}
_BASIS = ("sha256 of the original", "sha256 of the text")


class Completed(NamedTuple):
    """A record with its relations; a tuple, since each document has one.

    Attributes:
        document_id: of the document.
        line: the record in the form of RFC 8785, without a line end.
        content_sha256: of the record's content.
        group: its duplicate group.
        is_regrouped: whether it is another than the document came with.
        relations: as the record has them.
        findings: duplicates before it, and relations that lead nowhere.
    """

    document_id: str
    line: bytes
    content_sha256: str
    group: str
    is_regrouped: bool
    relations: Sequence[Mapping[str, Any]] = ()
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
        most_held: numbers of each kind in memory.
    """

    def __init__(self, folder: str | None = None, *, most_held: int = MOST_HELD) -> None:
        self._folder = folder
        self._most_held = most_held
        self._stack = ExitStack()
        self._lines = self._stack.enter_context(Spool(folder))
        self._names = self._stack.enter_context(Spool(folder))
        self._signs = self._stack.enter_context(Spool(folder))
        self._text = lru_cache(_TEXTS_AT_HAND)(self._read_text)
        self._signature = lru_cache(_SIGNATURES_AT_HAND)(self._read_signature)
        self._name = lru_cache(_NAMES_AT_HAND)(self._read_name)
        self._known = cache(lambda: frozenset(map(_named, self._names)))
        self._groups = Groups()
        self._first_with_text = array("I")  # numbers of documents, of which there are fewer than four thousand million
        self._by_bytes, self._by_text = array("Q"), array("Q")
        self._with_text, self._signed = array("I"), array("I")
        self._bands = self._stack.enter_context(Columns(resemblance.BANDS, folder, most_held // resemblance.BANDS))
        self._notes = self._stack.enter_context(Notes(folder, most_held))

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
        found = iter(self._notes)
        at, noted = next(found, _NO_MORE)
        for number, (written_name, spooled) in enumerate(zip(self._names, self._lines, strict=True)):
            mine: list[Noted] = []
            if at == number:
                mine = noted
                at, noted = next(found, _NO_MORE)
            yield self._completed(number, _named(written_name), spooled, mine)

    def _completed(self, number: int, name: str, spooled: bytes, found: Sequence[Noted]) -> Completed:
        content, line = spooled[:_DIGEST].hex(), spooled[_HEAD:]
        group, is_regrouped = self._groups.of(number)
        if not (found or is_regrouped) and spooled[_DIGEST:_HEAD] == _ALONE:
            return Completed(name, line, content, group, is_regrouped)
        record = read_json(line)
        stated = list(stated_relations(record, self._known()))
        relations = [*map(self._relation, found), *(one.as_json() for one, _ in stated)]
        if relations or is_regrouped:
            record["relations"] = relations
            record["duplicate_group"] = group
            own = written(record, quick_json)
            line, content = own.line, own.content_sha256
        findings = (*self._duplicates(number, name, found), *(one for _, wrong in stated for one in wrong))
        return Completed(name, line, content, group, is_regrouped, relations, findings)

    def _relation(self, one: Noted) -> dict[str, Any]:
        """A relation as the record has it (`archive.model.relations.Relation`)."""
        rank, other, score, agreement = one
        return {
            "relation": FOUND[rank],
            "target": self._name(other),
            "target_type": "document",
            "score": _decimal(score) if score else None,
            "basis": _estimated(agreement) if score else _BASIS[rank],
        }

    def _duplicates(self, number: int, name: str, found: Sequence[Noted]) -> Iterator[Finding]:
        """One finding for a document that comes after its like: with the surest and the nearest of them."""
        before = [(rank, -score, other) for rank, other, score, _ in found if other < number]
        if not before:
            return
        rank, score, other = min(before)
        relation, target = FOUND[rank], self._name(other)
        is_near = relation == NEAR_DUPLICATE
        code = "document.near-duplicate" if is_near else "document.duplicate"
        said = f"near to {target}, {_decimal(-score)} alike" if is_near else f"{relation.replace('-', ' ')} as {target}"
        yield finding(code, document=name, found=said)

    def _find(self) -> None:
        for places in places_of_equals(self._by_bytes):
            for members in self._agreeing(places, slice(_DIGEST)):
                self._same(members, SAME_BYTES)
        for places in places_of_equals(self._by_text):
            for members in self._agreeing([self._with_text[at] for at in places], slice(_DIGEST, 2 * _DIGEST)):
                self._same(members, SAME_TEXT)
        if not self._signed:
            return
        with Candidates(len(self._lines), self._folder, self._most_held) as candidates:
            for band in range(resemblance.BANDS):
                for places in places_of_equals(self._bands.column(band)):
                    # each text once, whatever the number of its copies
                    candidates.add(sorted({self._first_with_text[self._signed[at]] for at in places}))
            shared = SharedShingles(self._text)
            for one, others in candidates.compared():
                self._compare(one, others, shared)

    def _agreeing(self, members: Sequence[int], part: slice) -> Iterator[list[int]]:
        """Documents whose digests begin alike, divided into those whose digests are the same."""
        alike: dict[bytes, list[int]] = {}
        for one in members:
            alike.setdefault(self._signs.at(one)[part], []).append(one)
        return (same for same in alike.values() if len(same) > 1)

    def _same(self, members: Sequence[int], relation: str) -> None:
        first, rank = members[0], _RANKS[relation]
        for count, other in enumerate(members[1:]):
            self._groups.join(first, other)
            self._notes.add(other, rank, first)
            if count < MOST_NAMED:
                self._notes.add(first, rank, other)
            if relation == SAME_TEXT:
                self._first_with_text[other] = first

    def _compare(self, one: int, others: Sequence[int], shared: SharedShingles) -> None:
        agreements = map(resemblance.agreement, repeat(self._signature(one)), map(self._signature, others))
        likely = [
            (other, agreed) for other, agreed in zip(others, agreements, strict=False) if agreed >= _LEAST_ESTIMATE
        ]
        alike = shared.resemblances(one, [other for other, _ in likely])
        near = [
            (other, resemblance.ten_thousandths(both, either), agreed)
            for (other, agreed), (both, either) in zip(likely, alike, strict=True)
            if resemblance.is_near(both, either)
        ]
        for other, _, _ in near:
            self._groups.join(one, other)
        self._notes.add_near(_RANKS[NEAR_DUPLICATE], one, near)

    def _read_signature(self, number: int) -> int:
        return int.from_bytes(self._signs.at(number)[2 * _DIGEST :], "little")

    def _read_text(self, number: int) -> str:
        return text_of(read_json(self._lines.at(number)[_HEAD:]))

    def _read_name(self, number: int) -> str:
        return _named(self._names.at(number))


@cache
def _decimal(score: int) -> str:
    return resemblance.decimal(score)


@cache
def _estimated(agreement: int) -> str:
    estimate = resemblance.decimal(resemblance.ten_thousandths(agreement, resemblance.BINS))
    return f"{resemblance.METHOD}, estimated {estimate}"


def _spooled(one: Built) -> bytes:
    return bytes.fromhex(one.content_sha256) + (_RELATING if one.is_relating else _ALONE) + one.line


def _named(written: bytes) -> str:
    return written.decode("utf-8", "surrogatepass")
