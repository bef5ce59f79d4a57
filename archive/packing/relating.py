"""What can be said of documents only together: which are duplicates, and to what stated relations lead.

While records are built they are spooled to disk with their signatures; once all are there, relations are found and
the records completed in their order. A record without relations goes through byte for byte. What grows with the
corpus in memory is some seventy bytes a document, and while pairs are picked twenty more; everything else spills.

Every pair that is called near-duplicate was compared on its texts. A signature only picks pairs, and no pair is picked
from a crowd: where more than `candidates.MOST_BEFORE` texts agree in a band, each is compared with so many before it,
so that the work grows with the number of documents and not with its square.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, closing
from functools import cache, lru_cache
from itertools import chain, compress, pairwise, repeat
from typing import Any

from archive.model.codes import finding
from archive.model.content import written
from archive.model.findings import Finding
from archive.model.records import text_of
from archive.model.relations import FOUND, NEAR_DUPLICATE, SAME_BYTES, SAME_TEXT
from archive.normalise import resemblance
from archive.normalise.shared_shingles import SharedShingles
from archive.packing.built import Built
from archive.packing.candidates import Candidates
from archive.packing.completed import Completed, Completing, name_in, named
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
_RANKS = {relation: rank for rank, relation in enumerate(FOUND)}
_BASIS = ("sha256 of the original", "sha256 of the text")


class Relating:
    """Gathers built documents and gives them back with their relations; to be closed.

    Args:
        folder: where temporary files are made, or None for the system's folder for them.
        most_held: numbers of each kind in memory.
    """

    def __init__(self, folder: str | None = None, *, most_held: int = MOST_HELD) -> None:
        self._folder = folder
        self._most_held = most_held
        self._stack = ExitStack()
        self._lines = self._stack.enter_context(closing(Spool(folder)))
        self._names = self._stack.enter_context(closing(Spool(folder)))
        self._signs = self._stack.enter_context(closing(Spool(folder)))
        self._text = lru_cache(_TEXTS_AT_HAND)(self._read_text)
        self._signature = lru_cache(_SIGNATURES_AT_HAND)(self._read_signature)
        self._name = lru_cache(_NAMES_AT_HAND)(self._read_name)
        self._known = cache(lambda: frozenset(map(name_in, self._names)))
        self._groups = Groups()
        self._ends, self._relating = array("I"), array("I")
        self._first_with_text = array("I")  # numbers of documents, of which there are fewer than four thousand million
        self._by_bytes, self._by_text = array("Q"), array("Q")
        self._with_text, self._signed = array("I"), array("I")
        self._bands = self._stack.enter_context(
            closing(Columns(resemblance.BANDS, folder, most_held // resemblance.BANDS))
        )
        self._notes = self._stack.enter_context(closing(Notes(folder, most_held)))

    def close(self) -> None:
        """Removes the files."""
        self._stack.close()

    def add(self, documents: Sequence[Built]) -> None:
        """Takes in the next documents.

        Raises:
            StorageError: the disk refused.
        """
        if not documents:
            return
        number, likenesses = len(self._lines), [one.likeness for one in documents]
        numbers = range(number, number + len(documents))
        own = [bytes.fromhex(one.bytes_sha256) for one in likenesses]
        texts = [bytes.fromhex(one.text_sha256 or "") for one in likenesses]
        self._ends.append(numbers.stop)
        self._names.add_all([named(one.document_id, one.content_sha256) for one in documents])
        self._lines.add_all([one.line + b"\n" for one in documents])
        self._relating.extend(compress(numbers, [one.is_relating for one in documents]))
        self._groups.add([one.group for one in likenesses])
        self._first_with_text.extend(numbers)
        self._by_bytes.frombytes(b"".join([digest[:_KEY] for digest in own]))
        self._by_text.frombytes(b"".join([digest[:_KEY] for digest in texts]))
        self._with_text.extend(compress(numbers, texts))
        self._bands.add(b"".join([one.bands for one in likenesses]))
        self._signed.extend(compress(numbers, [one.signature for one in likenesses]))
        self._signs.add_all([a + b + one.signature for a, b, one in zip(own, texts, likenesses, strict=True)])

    def completed(self) -> Iterator[Completed]:
        """All documents in their order, as they were added together; to be called once, when all were.

        Raises:
            StorageError: the disk refused.
        """
        self._find()
        relating = iter((*self._relating, len(self._lines)))
        noted = chain(self._notes, ((len(self._lines), []),))
        (at, mine), states = next(noted), next(relating)
        for first, stop in pairwise((0, *self._ends)):
            some = Completing(self._names.some(first, stop), self._lines.some(first, stop))
            groups = self._groups.of(first, stop)
            while (number := min(at, states)) < stop:
                group = None if groups is None else groups[number - first]
                self._complete(number, some, number - first, mine if at == number else (), group)
                if at == number:
                    at, mine = next(noted)
                if states == number:
                    states = next(relating)
            yield some.done(groups)

    def _complete(self, number: int, some: Completing, place: int, found: Sequence[Noted], group: str | None) -> None:
        record = read_json(some.line(place))
        stated = list(stated_relations(record, self._known()))
        relations = [*map(self._relation, found), *(one.as_json() for one, _ in stated)]
        if relations:
            record["relations"] = relations
            record["duplicate_group"] = group or record["duplicate_group"]
            some.change(place, written(record, quick_json), relations)
        some.findings += self._duplicates(number, record["document_id"], found)
        some.findings += [one for _, wrong in stated for one in wrong]

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
        with closing(Candidates(len(self._lines), self._folder, self._most_held)) as candidates:
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
        return text_of(read_json(self._lines.at(number)))

    def _read_name(self, number: int) -> str:
        return name_in(self._names.at(number))


@cache
def _decimal(score: int) -> str:
    return resemblance.decimal(score)


@cache
def _estimated(agreement: int) -> str:
    estimate = resemblance.decimal(resemblance.ten_thousandths(agreement, resemblance.BINS))
    return f"{resemblance.METHOD}, estimated {estimate}"
