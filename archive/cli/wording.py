"""A report in words for a person: findings grouped, errors first, the same remedy said once."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping

from archive.cli.escapes import shown
from archive.model.codes import CODES
from archive.model.findings import Finding, Severity
from archive.model.reports import BagSummary, Report, Verdict

SHOWN_OF_EACH = 3
"""How many findings of one code are shown; `--json` has them all."""
LONGEST_VALUE = 160
"""How many characters of a value are shown."""

_WEIGHT = {severity: rank for rank, severity in enumerate((Severity.ERROR, Severity.WARNING, Severity.NOTICE))}
_WITHOUT_VERDICT = frozenset({"init", "export"})
"""Verbs that check nothing."""
_TAKEN = ("packed", "fit")
"""What came of the good inputs: `pack` packs them, `check` calls them fit."""
_LEFT = ("rejected", "failed", "ignored")
_HELD_BACK = "held_back"
"""Documents without a fault that were not packed: of a level that was not asked for, or because of others."""


def report_lines(report: Report) -> Iterator[str]:
    """The whole report: findings, bags, counts, and the verdict last where there is one."""
    yield from finding_lines(report.findings)
    for bag in report.bags:
        yield from _bag_lines(bag, alone=len(report.bags) == 1)
    if report.command not in _WITHOUT_VERDICT and any(bag.root_digest for bag in report.bags):
        yield "  Keep the root digest somewhere else than the bag; `archive validate BAG --expect DIGEST` then shows"
        yield "  that nothing was replaced. A valid bag is whole; that alone does not make it authentic."
    yield from _count_lines(report.counts)
    if report.command not in _WITHOUT_VERDICT:
        yield from _verdict_lines(report)


def finding_lines(findings: Iterable[Finding]) -> Iterator[str]:
    """The findings by code, errors first, the first few of each with their place."""
    groups: defaultdict[tuple[int, str], list[Finding]] = defaultdict(list)
    for finding in findings:
        groups[_WEIGHT[finding.severity], finding.code].append(finding)
    for key in sorted(groups):
        yield from _group_lines(groups[key])
        yield ""


def _group_lines(group: list[Finding]) -> Iterator[str]:
    # What is counted and not listed is spoken of last, as a number.
    listed = [finding for finding in group if finding.count == 1]
    total = sum(finding.count for finding in group)
    first = group[0]
    number = f" ({total:,})" if total > 1 else ""
    yield f"{first.severity.value}: {first.code}{number}"
    known = CODES.get(first.code)
    if known is not None:
        yield f"  {known.meaning}"
    remedies = {finding.remedy for finding in group}
    for finding in listed[:SHOWN_OF_EACH]:
        yield f"  - {_sentence(finding)}"
        if len(remedies) > 1 and finding.remedy:
            yield f"    What to do: {shown(finding.remedy)}"
    more = total - min(len(listed), SHOWN_OF_EACH)
    if more:
        how_many = "them all" if total == len(listed) else f"{len(listed):,} of them"
        yield f"    and {more:,} more (--json lists {how_many})"
    if len(remedies) == 1 and first.remedy:
        yield f"  What to do: {shown(first.remedy)}"


def _sentence(finding: Finding) -> str:
    place = str(finding.where)
    if finding.document is not None and finding.document != finding.where.file:
        place = f"{place} (document {finding.document})" if place else f"document {finding.document}"
    parts = []
    if finding.found:
        parts.append(f"found {_brief(finding.found)}")
    if finding.expected:
        parts.append(f"expected {_brief(finding.expected)}")
    matter = "; ".join(parts)
    return ": ".join(part for part in (_brief(place), matter) if part) or "the whole of it"


def _brief(text: str) -> str:
    if len(text) > LONGEST_VALUE:
        text = f"{text[:LONGEST_VALUE]}..."
    return shown(text)


def _verdict_lines(report: Report) -> Iterator[str]:
    each = Counter(bag.verdict for bag in report.bags if bag.verdict is not None)
    if sum(each.values()) > 1:
        yield "bags: " + ", ".join(f"{each[verdict]:,} {verdict.value}" for verdict in Verdict if each[verdict])
    yield f"{_said(report)}: {_tally(report)}"


def _said(report: Report) -> str:
    """The verdict; that of `pack` is about the corpus, and a bag of what was left of it is not called invalid."""
    is_rest = report.command == "pack" and report.verdict is Verdict.INVALID and report.bags
    return "packed without what was rejected" if is_rest else report.verdict.value


def _bag_lines(bag: BagSummary, *, alone: bool) -> Iterator[str]:
    yield f"bag {shown(bag.path)}" if alone or bag.verdict is None else f"bag {shown(bag.path)}: {bag.verdict.value}"
    if bag.urn:
        yield f"  identifier      {shown(bag.urn)}"
    if bag.root_digest:
        yield f"  root digest     {shown(bag.root_digest)}"
    if bag.content_digest:
        yield f"  content digest  {shown(bag.content_digest)}"


def _count_lines(counts: Mapping[str, int]) -> Iterator[str]:
    """Every input accounted for, and what else was counted."""
    taken = next((name for name in _TAKEN if name in counts), None)
    if taken is not None:
        parts = {name: counts.get(name, 0) for name in (taken, *_LEFT)}
        if counts.get(_HELD_BACK):
            parts["held back"] = counts[_HELD_BACK]
        yield f"{sum(parts.values()):,} inputs = " + " + ".join(f"{number:,} {name}" for name, number in parts.items())
    told = {"inputs", *_TAKEN, *_LEFT, _HELD_BACK} if taken is not None else set()
    others = [name for name in counts if name not in told]
    if others:
        yield ", ".join(counted(name, counts[name]) for name in others)


def counted(name: str, number: int) -> str:
    """A count in words.

    >>> counted("tag_files", 1), counted("bytes", 12345)
    ('1 tag file', '12,345 bytes')
    """
    words = name.replace("_", " ")
    return f"{number:,} {words.removesuffix('s') if number == 1 else words}"


def _tally(report: Report) -> str:
    words = []
    for severity in _WEIGHT:
        number = report.count(severity)
        plural = "" if number == 1 else "s"
        words.append(f"{number:,} {severity.value}{plural}" if number else f"no {severity.value}s")
    return ", ".join(words)
