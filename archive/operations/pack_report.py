"""What `pack` reports."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from archive.model.findings import Finding, errors_in
from archive.model.reports import Report, Verdict
from archive.operations.pack_call import Call
from archive.operations.pack_level import Outcome


def is_publishable(call: Call, outcomes: Sequence[Outcome]) -> bool:
    """Whether there is a bag, and no level stands against publishing all of them.

    Args:
        call: one of `pack`.
        outcomes: what came of each level.
    """
    left = [one for one in outcomes if not one.is_gone]
    return bool(left) and call.may_publish and all(one.summary is not None for one in left)


def packing_report(call: Call, outcomes: Sequence[Outcome], known: Sequence[Finding], waiting: int) -> Report:
    """The report.

    Args:
        call: one of `pack`.
        outcomes: what came of each level; none where none was packed.
        known: what was to be said before.
        waiting: how many documents were not looked at.
    """
    published = is_publishable(call, outcomes)
    new = [Path(one.summary.path).name for one in outcomes if one.summary is not None]
    of_graves = call.lineage.findings(call.to, new)
    said = {one for outcome in outcomes for one in outcome.findings} | {*known, *of_graves}
    findings = tuple(sorted(said, key=_order))
    return Report(
        command="pack",
        verdict=Verdict.VALID if published and not errors_in(findings) else Verdict.INVALID,
        findings=findings,
        counts=_counts(call, outcomes, waiting),
        bags=tuple(one.summary for one in outcomes if one.summary is not None) if published else (),
        result=_result(call, outcomes if published else ()) or None,
    )


def _counts(call: Call, outcomes: Sequence[Outcome], waiting: int) -> dict[str, int]:
    rejected = sum(len(one.made.rejected) + len(one.earlier.rejected) for one in outcomes)
    failed = call.corpus.unlisted + sum(len(one.made.failed) + len(one.earlier.failed) for one in outcomes)
    fit = sum(one.made.documents for one in outcomes)
    ignored = len(call.corpus.submission.ignored)
    published = is_publishable(call, outcomes)
    written = [one.made for one in outcomes] if published else []
    return {
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


def _result(call: Call, published: Sequence[Outcome]) -> dict[str, Any]:
    differences = [one.changes.as_json() for one in published if one.changes is not None]
    found: dict[str, Any] = {"changes": differences} if differences else {}
    if call.work.timing.is_running:
        found["steps"] = call.work.timing.as_json()
    return found


def _order(one: Finding) -> tuple[object, ...]:
    return one.order
