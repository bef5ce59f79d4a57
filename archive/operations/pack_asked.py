"""What a call of `pack` asks for, and how it is done, once the workers are called.

It stands apart from the verb because all that packs is imported here, which takes as long as a worker takes to start.
"""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from archive.engine import Team
from archive.engine.interrupts import undisturbed
from archive.errors import UsageError
from archive.model.codes import finding
from archive.model.findings import Finding, errors_in
from archive.model.progress import Listener, Progress
from archive.model.reports import Report
from archive.model.stopwatch import Timing
from archive.model.versions import Holds
from archive.operations.lineage import Lineage
from archive.operations.pack_call import Call
from archive.operations.pack_level import Outcome, packed_level
from archive.operations.pack_report import is_publishable, packing_report
from archive.operations.predecessors import open_predecessors
from archive.operations.profiles import GivenProfile, given_profile
from archive.packing.corpus import Work, chosen_algorithms, open_corpus
from archive.packing.instant import instant_of_packing
from archive.packing.profile_needs import fitted


@dataclass(frozen=True, slots=True)
class Asked:
    """The arguments of `archive.operations.pack.pack`, where each is told; `is_timed` is its `profile_steps`."""

    folder: Path
    to: Path
    name: str | None
    recipe: str | None
    access: str | None
    limits: Mapping[str, int]
    rejected: Literal["stop", "allow"]
    checksums: Sequence[str]
    judge: Literal["auto", "always"]
    profile: str | os.PathLike[str] | None
    holds: Holds
    previous: Sequence[str | os.PathLike[str]]
    expect: Sequence[str]
    listener: Listener
    is_timed: bool


def packed(asked: Asked, team: Team) -> Report:
    """Packs what was asked for.

    Args:
        asked: the call.
        team: what works.

    Returns:
        What `archive.operations.pack.pack` gives, which says what is raised, too.
    """
    timing = Timing(is_running=asked.is_timed)
    algorithms = chosen_algorithms(asked.checksums)
    corpus = open_corpus(asked.folder, asked.recipe, asked.access, asked.limits, team)
    _refuse_inside(asked.folder, asked.to)
    before = open_predecessors(asked.previous, corpus.submission.corpus, asked.holds, asked.expect)
    call = Call(
        corpus=corpus,
        lineage=Lineage.of(before, corpus.submission.withdrawn, corpus.submission.corpus.withdrawn or "", asked.to),
        to=asked.to,
        name=asked.name,
        rejected=asked.rejected,
        judge=asked.judge,
        work=Work(team, asked.listener, instant_of_packing(), algorithms, asked.holds, timing=timing),
    )
    timing.lead.lap("plan")
    if asked.profile is None:
        return _packed(call)
    return _for_profile(call, given_profile(asked.profile), asked.checksums)


def _refuse_inside(folder: Path, to: Path) -> None:
    first = next((place for place in (to, *to.parents) if os.path.lexists(place)), None)
    if first is not None and not first.is_dir():
        raise UsageError(
            f"the bags are to appear in a folder, and {first} is none",
            where=str(to),
            remedy="Give --to the folder in which the bags are to appear; it is made if absent",
        )
    if to.resolve().is_relative_to(folder.resolve()):
        raise UsageError(
            "the bags would appear inside the corpus, which is never changed",
            where=str(to),
            remedy="Give --to a folder beside the corpus",
        )


def _for_profile(call: Call, given: GivenProfile, checksums: Sequence[str]) -> Report:
    """Packs bags that meet a profile, unless it is known beforehand that they cannot."""
    if given.profile is None:
        return _unpacked(call, (*call.corpus.findings, *given.findings))
    ready = fitted(call.corpus, checksums, given.profile, call.work.instant)
    known = (*call.corpus.findings, *given.findings, *ready.findings)
    if errors_in(ready.findings):
        return _unpacked(call, known)
    corpus = replace(ready.corpus, findings=known)
    work = replace(call.work, algorithms=ready.algorithms, profiles=given.travelling)
    return _packed(replace(call, corpus=corpus, work=work, profile=given.profile))


def _packed(call: Call) -> Report:
    """Packs all levels, and publishes their bags only once all of them are there."""
    partition = call.corpus.partition(also=call.lineage.bereft)
    plans = call.corpus.levels(partition)
    if not plans:
        return _unpacked(call, (*call.corpus.findings, finding("corpus.nothing-to-pack")))
    call.lineage.expect_levels([plan.level for plan in plans])
    with ExitStack() as end:
        with ExitStack() as stagings:
            outcomes = [packed_level(call, plan, stagings) for plan in plans]
            if is_publishable(call, outcomes):
                call.work.team.close()  # whatever takes time is done before
                end.enter_context(undisturbed())  # else some would be there, and nobody would be told which
                _publish(call, outcomes)
        waiting = len(partition.documents) - sum(len(plan.documents) for plan in plans)
        return packing_report(call, outcomes, call.corpus.findings, waiting)


def _publish(call: Call, outcomes: Sequence[Outcome]) -> None:
    for outcome in outcomes:
        if outcome.staging is not None:
            call.work.listener(Progress("publishing", 1, 1))
            outcome.staging.publish()
            call.work.timing.lead.lap("publish")


def _unpacked(call: Call, known: Sequence[Finding]) -> Report:
    return packing_report(call, [], known, len(call.corpus.submission.documents))
