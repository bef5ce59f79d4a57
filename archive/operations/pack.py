"""`pack`: a corpus becomes bags, one for each access level, each whole or not at all."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Literal

from archive.bags.profiles.profile import Profile
from archive.engine import Team
from archive.errors import UsageError
from archive.model.codes import finding
from archive.model.corpora import LevelPlan
from archive.model.differences import Difference
from archive.model.digests import DEFAULT_ALGORITHMS
from archive.model.fields import AccessLevel
from archive.model.findings import Finding, Severity, Where, by_document, errors_in
from archive.model.progress import Listener, Progress, unheard
from archive.model.reports import BagSummary, Report, Verdict
from archive.model.settings import NONE_GIVEN
from archive.model.stopwatch import Timing
from archive.model.versions import Holds
from archive.operations.already_packed import expect_identical, summary_of
from archive.operations.judge import Judge
from archive.operations.lineage import Lineage, Standing, changes
from archive.operations.predecessors import open_predecessors
from archive.operations.profiles import GivenProfile, expect_met, falls_short, given_profile
from archive.packing.calling import call_workers
from archive.packing.corpus import Opened, Work, chosen_algorithms, in_whole_sheet, open_corpus
from archive.packing.finishing import Finishing
from archive.packing.identity import bag_name, bag_urn
from archive.packing.instant import instant_of_packing
from archive.packing.making import Making
from archive.packing.profile_needs import fitted
from archive.packing.rejecting import Earlier
from archive.packing.tried import Tried
from archive.storage.staging import Staging, sweep
from archive.storage.trouble import told_in_words

MOST_JUDGED_FILES = 10_000
"""Files of a bag up to which the reference implementation judges it without being asked."""
MOST_JUDGED_BYTES = 1024**3
"""Bytes up to which it does."""
SECONDS_TO_JUDGE = 3600.0


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
        packing = _Packing(
            corpus=corpus,
            lineage=Lineage.of(before, corpus.submission.withdrawn, corpus.submission.corpus.withdrawn or "", Path(to)),
            to=Path(to),
            name=name,
            rejected=rejected,
            judge=judge,
            work=Work(team, listener, instant_of_packing(), algorithms, Holds(holds), timing=timing),
        )
        timing.lead.lap("plan")
        return packing.run() if profile is None else packing.for_profile(given_profile(profile), checksums)


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


@dataclass(frozen=True, slots=True)
class _Outcome:
    """What came of one level; `is_gone` where all of its documents were left out."""

    made: Tried
    earlier: Earlier
    findings: tuple[Finding, ...]
    summary: BagSummary | None = None
    staging: Staging | None = None
    is_gone: bool = False
    changes: Difference | None = None


@dataclass(frozen=True, slots=True)
class _Packing:
    """One call of `pack`."""

    corpus: Opened
    lineage: Lineage
    to: Path
    name: str | None
    rejected: str
    judge: str
    work: Work
    profile: Profile | None = None

    @property
    def may_publish(self) -> bool:
        """Whether what is known of the corpus lets anything be published."""
        if self.rejected == "allow":
            return self.corpus.is_fit
        return not any(one.severity is Severity.ERROR for one in self.corpus.findings)

    def for_profile(self, given: GivenProfile, checksums: Sequence[str]) -> Report:
        """Packs bags that meet a profile, unless it is known beforehand that they cannot."""
        if given.profile is None:
            return self._unpacked((*self.corpus.findings, *given.findings))
        ready = fitted(self.corpus, checksums, given.profile, self.work.instant)
        known = (*self.corpus.findings, *given.findings, *ready.findings)
        if errors_in(ready.findings):
            return self._unpacked(known)
        corpus = replace(ready.corpus, findings=known)
        work = replace(self.work, algorithms=ready.algorithms, profiles=given.travelling)
        return replace(self, corpus=corpus, work=work, profile=given.profile).run()

    def run(self) -> Report:
        partition = self.corpus.partition(also=self.lineage.bereft)
        plans = self.corpus.levels(partition)
        if not plans:
            return self._unpacked((*self.corpus.findings, finding("corpus.nothing-to-pack")))
        self.lineage.expect_levels([plan.level for plan in plans])
        with ExitStack() as stagings:
            outcomes = [self._level(plan, stagings) for plan in plans]
            if self._is_publishable(outcomes):
                for outcome in outcomes:
                    if outcome.staging is not None:
                        self.work.listener(Progress("publishing", 1, 1))
                        outcome.staging.publish()
                        self.work.timing.lead.lap("publish")
        waiting = len(partition.documents) - sum(len(plan.documents) for plan in plans)
        return self._report(outcomes, self.corpus.findings, waiting)

    def _is_publishable(self, outcomes: Sequence[_Outcome]) -> bool:
        left = [one for one in outcomes if not one.is_gone]
        return bool(left) and self.may_publish and all(one.summary is not None for one in left)

    def _level(self, plan: LevelPlan, stagings: ExitStack) -> _Outcome:
        """One level: tried again without what was rejected, as long as something is left and that is allowed."""
        level, documents = plan.level, plan.documents
        target = self._target(level)
        staging = stagings.enter_context(Staging(target))
        # Importing it takes as long as judging a small bag does, and may be done meanwhile.
        judge = stagings.enter_context(Judge()) if self._is_judged(len(documents), documents.octets()) else None
        earlier = Earlier()
        lost: tuple[Finding, ...] = ()
        while (made := self._make(level, staging.path, earlier)) is not None:
            is_last = made.is_finished or self.rejected == "stop" or made.next.without == earlier.without
            if is_last or not self.may_publish:
                outcome = _Outcome(made, earlier, (*lost, *made.findings))
                if not made.is_finished or not self.may_publish:
                    return outcome
                return self._seal(outcome, target, staging, level, judge)
            earlier = made.next
            lost = (*lost, *(one for one in made.findings if _is_of_what_is_left_out(one, earlier)))
            with told_in_words(staging.path):
                sweep(staging.path)
        return _Outcome(Tried(()), earlier, lost, is_gone=True)

    def _target(self, level: AccessLevel) -> Path:
        return self.to / bag_name(self.corpus.submission.corpus, level, self.name, self.work.holds)

    def _make(self, level: AccessLevel, staging: Path, earlier: Earlier) -> Tried | None:
        """One try; None where nothing is left to be packed."""
        partition = self.corpus.partition(earlier.without, self.lineage.bereft)
        plan = next((one for one in partition.levels if one.level is level), None)
        if plan is None:
            return None
        standing = self.lineage.standing(level)
        gathering = self.corpus.gathering(partition, plan, self.work, staging, earlier.without)
        finishing = Finishing(
            gathering=gathering,
            instant=self.work.instant,
            ignored=plan.ignored,
            earlier=earlier,
            holds=self.work.holds,
            previous=standing.earlier.named if standing.earlier is not None else None,
            tombstones=standing.tombstones,
        )
        making = Making(
            finishing=finishing,
            known=by_document(self.corpus.findings),
            stops=self.rejected == "stop",
            before=standing.earlier.before if standing.earlier is not None else None,
        )
        made = making.make(staging)
        return replace(made, findings=in_whole_sheet(made.findings, partition, plan.level))

    def _seal(
        self, outcome: _Outcome, target: Path, staging: Staging, level: AccessLevel, judge: Judge | None
    ) -> _Outcome:
        """The last questions before a bag may be published: is it there already, and does the judge accept it?"""
        standing = self.lineage.standing(level)
        urn = bag_urn(self.corpus.submission.corpus, level, holds=self.work.holds)
        summary = outcome.made.summary(target, urn)
        if os.path.lexists(target):
            expect_identical(target, outcome.made.content, standing)
            expect_met(target, self.profile)
            same = finding("bag.identical", where=Where(file=target.name))
            return replace(outcome, summary=summary_of(target), findings=(*outcome.findings, same))
        verdict = (
            *falls_short(staging.path, self.profile),
            *self._judge(outcome.made, staging.path, judge),
            *self.lineage.graves.in_new(staging.path),
        )
        self.work.timing.lead.lap("judge")
        findings = (*outcome.findings, *verdict)
        if any(one.severity is Severity.ERROR for one in verdict):
            return replace(outcome, findings=findings)
        return self._compared(replace(outcome, summary=summary, staging=staging, findings=findings), standing)

    def _compared(self, outcome: _Outcome, standing: Standing) -> _Outcome:
        """The same with what changed since the version before."""
        if outcome.staging is None or outcome.summary is None:
            return outcome
        found, said = changes(standing, outcome.staging.path, outcome.summary)
        reused = outcome.made.reused
        taken = (finding("version.reused", found=f"{reused} of {outcome.made.documents}"),) if reused else ()
        return replace(outcome, changes=found, findings=(*outcome.findings, *said, *taken))

    def _is_judged(self, files: int, octets: int) -> bool:
        """Whether the reference implementation is asked about a bag of so many files and bytes."""
        return self.judge != "auto" or (files <= MOST_JUDGED_FILES and octets <= MOST_JUDGED_BYTES)

    def _judge(self, made: Tried, bag: Path, judge: Judge | None) -> tuple[Finding, ...]:
        if not self._is_judged(made.files, made.octets):
            return (finding("bag.not-judged", found=f"{made.files} files, {made.octets} bytes"),)
        self.work.listener(Progress("asking the reference implementation", 0, 1))
        with judge or Judge() as one:
            judgement = one.ask(bag, seconds=SECONDS_TO_JUDGE)
        return () if judgement.accepted else (finding("bag.judged-invalid", found=judgement.said),)

    def _unpacked(self, known: Sequence[Finding]) -> Report:
        return self._report([], known, len(self.corpus.submission.documents))

    def _report(self, outcomes: Sequence[_Outcome], known: Sequence[Finding], waiting: int) -> Report:
        """The report; `waiting` is the number of documents that were not looked at."""
        rejected = sum(len(one.made.rejected) + len(one.earlier.rejected) for one in outcomes)
        failed = self.corpus.unlisted + sum(len(one.made.failed) + len(one.earlier.failed) for one in outcomes)
        fit = sum(one.made.documents for one in outcomes)
        published = self._is_publishable(outcomes)
        ignored = len(self.corpus.submission.ignored)
        written = [one.made for one in outcomes] if published else []
        counts = {
            "inputs": fit + rejected + failed + ignored + waiting,
            "packed": fit if published else 0,
            "rejected": rejected,
            "failed": failed,
            "ignored": ignored,
            "held_back": waiting if published else waiting + fit,
            "passages": sum(one.made.passages for one in outcomes),
            "files": sum(one.files for one in written),
            "bytes": sum(one.octets for one in written),
        }
        new = [Path(one.summary.path).name for one in outcomes if one.summary is not None]
        of_graves = self.lineage.findings(self.to, new)
        said = {one for outcome in outcomes for one in outcome.findings} | {*known, *of_graves}
        findings = tuple(sorted(said, key=_order))
        differences = [one.changes.as_json() for one in outcomes if one.changes is not None and published]
        result: dict[str, Any] = {"changes": differences} if differences else {}
        if self.work.timing.is_running:
            result["steps"] = self.work.timing.as_json()
        return Report(
            command="pack",
            verdict=Verdict.VALID if published and not errors_in(findings) else Verdict.INVALID,
            findings=findings,
            counts=counts,
            bags=tuple(one.summary for one in outcomes if one.summary is not None) if published else (),
            result=result or None,
        )


def _is_of_what_is_left_out(one: Finding, earlier: Earlier) -> bool:
    return one.severity is Severity.ERROR or one.document in earlier.without


def _order(one: Finding) -> tuple[object, ...]:
    return one.order
