"""Looks for a quotation in the records of a bag."""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from archive.model.traces import NearMiss
from archive.operations.one_record import Located
from archive.operations.trace_hits import Hit, Part
from archive.quoting.searching import Likeness, places

MOST_NEAR_MISSES = 5
LEAST_LIKENESS = 0.3


def hits_in(located: Located, passages: list[dict[str, Any]], quotation: str) -> list[Hit]:
    """Every place of one document in which a quotation stands.

    Args:
        located: its record.
        passages: those of its passages that are looked at; the kept ones are read as one text, the others each alone.
        quotation: what is looked for.
    """
    kept = [one for one in passages if one["kept"]]
    texts = [kept, *([one] for one in passages if not one["kept"])]
    found = [(text, place) for text in texts for place in places([one["text"] for one in text], quotation)]
    hits = [
        Hit(
            located,
            tuple(Part(text[part.index], part.start, part.end) for part in place.parts),
            tuple(one.value for one in place.forgiven),
        )
        for text, place in found
    ]
    return sorted(hits, key=lambda hit: (hit.parts[0].passage["ordinal"], hit.parts[0].start))


def nearest(
    records: Iterable[Located], quotation: str, taken: Callable[[dict[str, Any]], list[dict[str, Any]]]
) -> tuple[NearMiss, ...]:
    """The passages that come nearest to a quotation, nearest first.

    Args:
        records: those that are looked at.
        quotation: what stands in none of them.
        taken: gives the passages of a record that are looked at.
    """
    likeness = Likeness(quotation)

    def candidates() -> Iterator[tuple[float, NearMiss]]:
        for located in records:
            for one in taken(located.record):
                share = likeness.of(one["text"])
                if share >= LEAST_LIKENESS:
                    document = located.record["document_id"]
                    yield share, NearMiss(document, one["passage_id"], one["ordinal"], round(share, 3), one["text"])

    best = heapq.nlargest(MOST_NEAR_MISSES, candidates(), key=lambda one: one[0])
    return tuple(miss for _, miss in best)
