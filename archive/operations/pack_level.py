"""The bag of one access level: tried again without what was rejected, and looked at before it may be published."""

from __future__ import annotations

import os
from contextlib import ExitStack
from dataclasses import dataclass, replace

from archive.model.codes import finding
from archive.model.corpora import LevelPlan
from archive.model.differences import Difference
from archive.model.fields import AccessLevel
from archive.model.findings import Finding, Severity, Where, by_document, errors_in
from archive.model.reports import BagSummary
from archive.operations.already_packed import expect_identical, summary_of
from archive.operations.judge import Judge
from archive.operations.lineage import Standing, changes
from archive.operations.pack_call import Call
from archive.operations.pack_judging import called_in, judged
from archive.operations.profiles import expect_met, falls_short
from archive.packing.corpus import in_whole_sheet
from archive.packing.finishing import Finishing
from archive.packing.identity import bag_urn
from archive.packing.making import Making
from archive.packing.rejecting import Earlier
from archive.packing.tried import Tried
from archive.storage.staging import Staging, sweep
from archive.storage.trouble import told_in_words


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one level.

    Attributes:
        made: what came of the last try.
        earlier: what that left out.
        findings: all of them.
        summary: what names the bag; None where there is none.
        staging: where it waits to be published; None where nothing does.
        is_gone: whether all of the level's documents were left out.
        changes: what changed since the version before, where there is one.
    """

    made: Tried
    earlier: Earlier
    findings: tuple[Finding, ...]
    summary: BagSummary | None = None
    staging: Staging | None = None
    is_gone: bool = False
    changes: Difference | None = None


def packed_level(call: Call, plan: LevelPlan, stagings: ExitStack) -> Outcome:
    """Makes the bag of one level, without publishing it.

    Args:
        call: one of `pack`.
        plan: the documents of the level.
        stagings: keeps the bag in the making until all levels are there.

    Raises:
        TargetExistsError: a bag of that name is there, with other contents.
        LockedError: another run is writing the same bag.
        StorageError: the disk refused.
        WorkerError: a worker process died, or the judge cannot be started.
    """
    staging = stagings.enter_context(Staging(call.target(plan.level)))
    judge = called_in(call, len(plan.documents), plan.documents.octets())
    if judge is not None:
        stagings.enter_context(judge)
    return _Level(call, plan.level, staging, judge).packed()


@dataclass(frozen=True, slots=True)
class _Level:
    """One level, its bag in the making, and the judge if one was called in."""

    call: Call
    level: AccessLevel
    staging: Staging
    judge: Judge | None

    @property
    def _standing(self) -> Standing:
        return self.call.lineage.standing(self.level)

    def packed(self) -> Outcome:
        """Tries again without what was rejected, as long as something is left and that is allowed."""
        call, staging = self.call, self.staging.path
        earlier = Earlier()
        lost: tuple[Finding, ...] = ()
        while (made := self._try(earlier)) is not None:
            is_last = made.is_finished or call.rejected == "stop" or made.next.without == earlier.without
            if is_last or not call.may_publish:
                outcome = Outcome(made, earlier, (*lost, *made.findings))
                return self._sealed(outcome) if made.is_finished and call.may_publish else outcome
            earlier = made.next
            lost = (*lost, *(one for one in made.findings if _is_of_what_is_left_out(one, earlier)))
            with told_in_words(staging):
                sweep(staging)
        return Outcome(Tried(()), earlier, lost, is_gone=True)

    def _try(self, earlier: Earlier) -> Tried | None:
        """One try; None where nothing is left to be packed."""
        call, before = self.call, self._standing.earlier
        partition = call.corpus.partition(earlier.without, call.lineage.bereft)
        plan = next((one for one in partition.levels if one.level is self.level), None)
        if plan is None:
            return None
        making = Making(
            finishing=Finishing(
                gathering=call.corpus.gathering(partition, plan, call.work, self.staging.path, earlier.without),
                instant=call.work.instant,
                ignored=plan.ignored,
                earlier=earlier,
                holds=call.work.holds,
                previous=before.named if before is not None else None,
                tombstones=self._standing.tombstones,
            ),
            known=by_document(call.corpus.findings),
            stops=call.rejected == "stop",
            before=before.before if before is not None else None,
        )
        made = making.make(self.staging.path)
        return replace(made, findings=in_whole_sheet(made.findings, partition, plan.level))

    def _sealed(self, outcome: Outcome) -> Outcome:
        """The last questions before a bag may be published: is it there already, and does the judge accept it?"""
        call, bag = self.call, self.staging.path
        target = call.target(self.level)
        if os.path.lexists(target):
            expect_identical(target, outcome.made.content, self._standing)
            expect_met(target, call.profile)
            same = finding("bag.identical", where=Where(file=target.name))
            return replace(outcome, summary=summary_of(target), findings=(*outcome.findings, same))
        verdict = (
            *falls_short(bag, call.profile),
            *judged(call, outcome.made, bag, self.judge),
            *call.lineage.graves.in_new(bag),
        )
        call.work.timing.lead.lap("judge")
        outcome = replace(outcome, findings=(*outcome.findings, *verdict))
        if errors_in(verdict):
            return outcome
        urn = bag_urn(call.corpus.submission.corpus, self.level, holds=call.work.holds)
        return self._compared(replace(outcome, staging=self.staging), outcome.made.summary(target, urn))

    def _compared(self, outcome: Outcome, summary: BagSummary) -> Outcome:
        """The same with what changed since the version before, and with what names the bag."""
        found, said = changes(self._standing, self.staging.path, summary)
        reused = outcome.made.reused
        taken = (finding("version.reused", found=f"{reused} of {outcome.made.documents}"),) if reused else ()
        return replace(outcome, summary=summary, changes=found, findings=(*outcome.findings, *said, *taken))


def _is_of_what_is_left_out(one: Finding, earlier: Earlier) -> bool:
    return one.severity is Severity.ERROR or one.document in earlier.without
