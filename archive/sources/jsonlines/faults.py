"""What other readers of a line may take otherwise: keys that stand twice, and halves of surrogate pairs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace

from archive.model.codes import finding
from archive.model.findings import Finding, Severity
from archive.model.json_faults import REPEATED_KEY, JsonFault, may_hold_half, said_by
from archive.sources.containers.protocol import Member
from archive.sources.jsonlines.listing import name_of
from archive.sources.jsonlines.places import Places
from archive.sources.jsonlines.scanning import faults_in
from archive.sources.limits import Limits


def unsafe(line: str, renames: Mapping[str, str], member: Member, limits: Limits) -> Iterator[Finding]:
    """Keys that stand twice and halves of surrogate pairs, of which other readers make something else.

    The first ones of a kind have findings of their own, the others are counted: a line may hold a million.
    """
    places = Places(line, member.start)
    counts: Counter[tuple[str, Severity]] = Counter()
    last: dict[tuple[str, Severity], JsonFault] = {}
    for one in faults_in(line):
        kind = one.kind, _weight(one, line, renames)
        counts[kind] += 1
        if counts[kind] <= limits.most_places:
            yield from _findings(one, line, places, member, kind[1])
        else:
            last[kind] = one
    for kind, one in last.items():
        more = f"{counts[kind] - limits.most_places:,} more of this kind, the last of them here"
        yield from (replace(said, found=more) for said in _findings(one, line, places, member, kind[1]))


def _weight(one: JsonFault, line: str, renames: Mapping[str, str]) -> Severity:
    if one.kind != REPEATED_KEY or one.pointer.count("/") != 1:
        return Severity.WARNING
    key = said_by(line[one.start : one.end])
    return Severity.ERROR if key in {"id", "text"} or name_of(key, renames) else Severity.WARNING


def _findings(one: JsonFault, line: str, places: Places, member: Member, weight: Severity) -> Iterator[Finding]:
    bounds = f"{places.at(one.start)}-{places.at(one.end)}"
    where = replace(member.where, pointer=one.pointer, bytes=bounds)
    written = line[one.start : one.end]
    said = written[:80].encode("utf-8", "replace").decode("utf-8")
    if one.kind == REPEATED_KEY:
        yield finding("jsonl.repeated-key", where=where, found=f"{said} a second time", severity=weight)
    elif may_hold_half(written):  # else it is a byte that cannot be decoded, of which another finding tells
        yield finding("jsonl.lone-surrogate", where=where, found=said)
