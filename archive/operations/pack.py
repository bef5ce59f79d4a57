"""`pack`: a corpus becomes bags, one for each access level, each whole or not at all."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import Literal

from archive.engine import Team
from archive.engine.interrupts import undisturbed
from archive.errors import UsageError
from archive.model.codes import finding
from archive.model.digests import DEFAULT_ALGORITHMS
from archive.model.findings import Finding, errors_in
from archive.model.progress import Listener, Progress, unheard
from archive.model.reports import Report
from archive.model.settings import NONE_GIVEN
from archive.model.stopwatch import Timing
from archive.model.versions import Holds
from archive.operations.lineage import Lineage
from archive.operations.pack_call import Call
from archive.operations.pack_level import Outcome, packed_level
from archive.operations.pack_report import is_publishable, packing_report
from archive.operations.predecessors import open_predecessors
from archive.operations.profiles import GivenProfile, given_profile
from archive.packing.calling import call_workers
from archive.packing.corpus import Work, chosen_algorithms, open_corpus
from archive.packing.instant import instant_of_packing
from archive.packing.profile_needs import fitted


def pack(  # noqa: PLR0913 - one argument for each option of the verb
    folder: str | os.PathLike[str],
    to: str | os.PathLike[str],
    *,
    name: str | None = None,
    recipe: str | None = None,
    access: str | None = None,
    limits: Mapping[str, int] = NONE_GIVEN,
    rejected: Literal["stop", "allow"] = "stop",
    checksums: Sequence[str] = DEFAULT_ALGORITHMS,
    judge: Literal["auto", "always"] = "auto",
    profile: str | os.PathLike[str] | None = None,
    holds: Literal["documents", "metadata"] = "documents",
    previous: Sequence[str | os.PathLike[str]] = (),
    expect: Sequence[str] = (),
    jobs: int | None = None,
    listener: Listener = unheard,
    profile_steps: bool = False,
) -> Report:
    r"""Packs a corpus into bags.

    Args:
        folder: the corpus folder; it is never changed.
        to: the folder in which the bags appear; it is made if absent.
        name: the name of the bag's folder, else `<slug>-<version>`; both get `-<level>` unless the level is open.
        recipe: how text is labelled, else as corpus.toml says.
        access: pack the documents of this level alone.
        limits: how much of a document is read, by the names of `archive.model.settings`, else as corpus.toml says.
        rejected: `stop` publishes nothing where a document is rejected; `allow` packs the rest.
        checksums: algorithms of the manifests; sha256 is always among them.
        judge: `auto` asks the reference implementation about bags of up to 10,000 files and 1 GiB, `always` about all.
        profile: the file of a BagIt profile that the bags are to meet and to name, beside our own.
        previous: the bags of the version before, one for each level: what did not change is taken from them, and what
            was withdrawn leaves a tombstone. Older ones may be given with them: what was withdrawn since is told by
            its bytes and its text, too.
        expect: root digests that were kept elsewhere; each bag in `previous` must have one of them.
        holds: `metadata` packs bags of metadata alone, without originals and text, for texts that may not travel.
        jobs: how many processes may work, None for all processors.
        listener: hears of progress.
        profile_steps: whether the report's `result` says how long each step took, under `steps`.

    Returns:
        A report: `valid` where all documents asked for were packed. `invalid` speaks of the corpus: nothing was
        published, unless `rejected` is `allow`; then `bags` names what was packed without the rejected documents.

    Raises:
        UsageError: the call or the folder is wrong.
        TargetExistsError: a bag of that name is there, with other contents.
        LockedError: another run is writing the same bag.
        StorageError: the disk refused.

    >>> import tempfile, pathlib
    >>> place = pathlib.Path(tempfile.mkdtemp())
    >>> corpus = place / "corpus"; corpus.mkdir()
    >>> _ = (corpus / "corpus.toml").write_text('identifier = "e"\nversion = "1"\ntitle = "E"\naccess_level = "open"')
    >>> _ = (corpus / "letter.txt").write_text("Dear reader, this is all there is to say today.")
    >>> report = pack(corpus, place / "bags", jobs=1)
    >>> report.verdict.value, report.counts["packed"], pathlib.Path(report.bags[0].path).name
    ('valid', 1, 'e-1')
    """
    timing = Timing(is_running=profile_steps)
    algorithms = chosen_algorithms(checksums)
    with Team(jobs) as team:
        call_workers(team, Path(folder))
        corpus = open_corpus(Path(folder), recipe, access, limits, team)
        _refuse_inside(Path(folder), Path(to))
        before = open_predecessors(previous, corpus.submission.corpus, Holds(holds), expect)
        call = Call(
            corpus=corpus,
            lineage=Lineage.of(before, corpus.submission.withdrawn, corpus.submission.corpus.withdrawn or "", Path(to)),
            to=Path(to),
            name=name,
            rejected=rejected,
            judge=judge,
            work=Work(team, listener, instant_of_packing(), algorithms, Holds(holds), timing=timing),
        )
        timing.lead.lap("plan")
        return _packed(call) if profile is None else _for_profile(call, given_profile(profile), checksums)


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
