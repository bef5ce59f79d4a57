"""`check`: everything that packing would find, without packing."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from archive.engine import Team
from archive.model.codes import finding
from archive.model.corpora import LevelPlan
from archive.model.findings import Finding, by_document, error_codes, errors_in
from archive.model.progress import Listener, Progress, unheard
from archive.model.reports import Report, Verdict
from archive.model.settings import NONE_GIVEN
from archive.packing.calling import call_workers
from archive.packing.corpus import Opened, Work, in_whole_sheet, open_corpus
from archive.packing.instant import instant_of_packing
from archive.packing.metadata_alone import metadata_findings
from archive.packing.seen import Seen
from archive.submission import Partition
from archive.submission.sheet_files import SHEETS

_TOLD_EVERY = 1000


def check(
    folder: str | os.PathLike[str],
    *,
    recipe: str | None = None,
    access: str | None = None,
    limits: Mapping[str, int] = NONE_GIVEN,
    jobs: int | None = None,
    listener: Listener = unheard,
) -> Report:
    """Reads all documents of a corpus and builds their records, and writes nothing.

    Args:
        folder: the corpus folder; or the sheet in it, and then no document is opened.
        recipe: how text is labelled, else as corpus.toml says.
        access: look at the documents of this level alone.
        limits: how much of a document is read, by the names of `archive.model.settings`, else as corpus.toml says.
        jobs: how many processes may work, None for all processors.
        listener: hears of progress.

    Returns:
        A report: `valid` where packing would pack everything. `counts["fit"]` says how many documents would be packed,
        `counts["bytes"]` how large the files are that were read.

    Raises:
        UsageError: the call or the folder is wrong.
        StorageError: the disk refused.
    """
    place = Path(folder)
    look = _look_at_documents
    if place.name in SHEETS and place.is_file():
        place, look = place.parent, _look_at_metadata
    with Team(jobs) as team:
        looks_into_files = look is _look_at_documents
        if looks_into_files:
            call_workers(team, place)
        corpus = open_corpus(place, recipe, access, limits, team if looks_into_files else None)
        partition = corpus.partition()
        work = Work(team, listener, instant_of_packing())
        plans = corpus.levels(partition)
        seen = [look(corpus, partition, plan, work) for plan in plans]
    held_back = len(partition.documents) - sum(len(plan.documents) for plan in plans)
    report = _report(corpus, seen, held_back)
    if not looks_into_files:
        return report
    return replace(report, counts={**report.counts, "bytes": sum(plan.documents.octets() for plan in plans)})


def _report(corpus: Opened, seen: Sequence[Seen], held_back: int) -> Report:
    """What was seen of the levels that are wanted; `held_back` are the documents of the others."""
    ignored = len(corpus.submission.ignored)
    rejected = sum(one.rejected for one in seen)
    failed = corpus.unlisted + sum(one.failed for one in seen)
    fit = sum(one.fit for one in seen)
    every = set(corpus.findings) | {one for level in seen for one in level.findings}
    if not seen:
        every.add(finding("corpus.nothing-to-pack"))
    findings = tuple(sorted(every, key=lambda one: one.order))
    return Report(
        command="check",
        verdict=Verdict.INVALID if errors_in(findings) else Verdict.VALID,
        findings=findings,
        counts={
            "inputs": fit + rejected + failed + ignored + held_back,
            "fit": fit,
            "rejected": rejected,
            "failed": failed,
            "ignored": ignored,
            "held_back": held_back,
            "passages": sum(one.passages for one in seen),
        },
    )


def _look_at_documents(corpus: Opened, partition: Partition, plan: LevelPlan, work: Work) -> Seen:
    from archive.packing.looking import look  # a sheet alone is checked without all that reads documents

    return look(corpus, partition, plan, work)


def _look_at_metadata(corpus: Opened, partition: Partition, plan: LevelPlan, work: Work) -> Seen:
    validator = corpus.validator(partition, plan)
    known = by_document(corpus.findings)
    findings: list[Finding] = []
    rejected = 0
    for number, document in enumerate(plan.documents, start=1):
        found = metadata_findings(document, validator)
        findings.extend(found)
        rejected += bool(error_codes((*found, *known.get(document.document_id, ()))))
        if number % _TOLD_EVERY == 0:
            work.listener(Progress("checking metadata", number, len(plan.documents)))
    return Seen(
        findings=in_whole_sheet(findings, partition, plan.level),
        fit=len(plan.documents) - rejected,
        rejected=rejected,
        failed=0,
        passages=0,
    )
