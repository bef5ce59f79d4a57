"""Findings and reports: what they say, their order, what a report's exit code is."""

from __future__ import annotations

import itertools
import json
import pickle
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.model.depths import Depth
from archive.model.findings import NOWHERE, Finding, Severity, Where, errors_in
from archive.model.reports import BagSummary, Report, Verdict

WORDS = st.text("abc", max_size=2)
PLACES = st.builds(
    Where,
    file=st.none() | WORDS.filter(bool),
    row=st.none() | st.integers(1, 3),
    column=st.none() | WORDS.filter(bool),
    pointer=st.none() | WORDS.filter(bool),
    bytes=st.none() | WORDS.filter(bool),
)
FINDINGS = st.builds(
    Finding,
    code=WORDS,
    severity=st.sampled_from(Severity),
    document=st.none() | WORDS.filter(bool),
    where=PLACES,
    found=WORDS,
    expected=WORDS,
    remedy=WORDS,
)


@given(st.lists(FINDINGS, max_size=8), st.randoms())
def test_the_order_of_work_does_not_show(findings: list[Finding], random: Random) -> None:
    shuffled = list(findings)
    random.shuffle(shuffled)
    assert sorted(shuffled, key=lambda one: one.order) == sorted(findings, key=lambda one: one.order)


@given(FINDINGS, FINDINGS)
def test_the_order_tells_all_findings_apart(one: Finding, other: Finding) -> None:
    assert (one.order == other.order) == (one == other)


def test_findings_are_ordered_by_place() -> None:
    places = [
        NOWHERE,
        Where("a.csv"),
        Where("a.csv", 2),
        Where("a.csv", 2, "title"),
        Where("a.csv", 10),
        Where("b.csv", 1),
    ]
    findings = [Finding("a.b", Severity.ERROR, where=where) for where in places]
    for permuted in itertools.permutations(findings):
        assert sorted(permuted, key=lambda one: one.order) == findings


@pytest.mark.parametrize(
    ("where", "said"),
    [
        (NOWHERE, ""),
        (Where("a.csv"), "a.csv"),
        (Where("a.csv", 2, "title"), "a.csv, row 2, column title"),
        (Where("a.json", pointer="/a/0"), "a.json, /a/0"),
        (Where("a.txt", bytes="0-5"), "a.txt, bytes 0-5"),
        (Where(row=0, column=""), "row 0, column "),
    ],
)
def test_a_place_in_words(where: Where, said: str) -> None:
    assert str(where) == said


@given(FINDINGS)
def test_a_finding_is_plain_json(finding: Finding) -> None:
    written = finding.as_json()
    assert json.loads(json.dumps(written)) == written
    assert list(written) == ["code", "severity", "document", "where", "found", "expected", "remedy"]
    assert list(written["where"]) == ["file", "row", "column", "pointer", "bytes"]
    assert Finding(**{**written, "where": Where(**written["where"])}) == finding


@given(FINDINGS)
def test_a_finding_travels(finding: Finding) -> None:
    assert pickle.loads(pickle.dumps(finding)) == finding


def of(*severities: Severity) -> tuple[Finding, ...]:
    return tuple(Finding(f"a.{number}", severity) for number, severity in enumerate(severities))


def test_errors_are_told_from_the_rest() -> None:
    findings = of(Severity.WARNING, Severity.ERROR, Severity.NOTICE, Severity.ERROR)
    assert errors_in(findings) == [findings[1], findings[3]]


@pytest.mark.parametrize(
    ("verdict", "severities", "code"),
    [
        (Verdict.VALID, [], 0),
        (Verdict.VALID, [Severity.WARNING, Severity.NOTICE], 0),
        (Verdict.COMPLETE, [], 0),
        (Verdict.SIZES_MATCH, [], 0),
        (Verdict.VALID, [Severity.ERROR], 1),
        (Verdict.INVALID, [], 1),
        (Verdict.INVALID, [Severity.ERROR], 1),
        (Verdict.UNDETERMINED, [], 3),
        (Verdict.UNDETERMINED, [Severity.ERROR], 3),
    ],
)
def test_exit_codes(verdict: Verdict, severities: list[Severity], code: int) -> None:
    report = Report("validate", verdict, of(*severities))
    assert report.exit_code == code
    assert bool(report) == (code == 0)


def test_findings_are_counted_by_severity() -> None:
    report = Report("check", Verdict.VALID, of(Severity.WARNING, Severity.NOTICE, Severity.WARNING))
    assert [report.count(one) for one in Severity] == [0, 2, 1]


def test_a_report_travels() -> None:
    summary = BagSummary("out/bag", urn="urn:uuid:1", root_digest="a" * 64)
    report = Report("pack", Verdict.VALID, of(Severity.NOTICE), {"documents": 2}, (summary,))
    assert pickle.loads(pickle.dumps(report)) == report
    assert summary.as_json() == {
        "path": "out/bag",
        "urn": "urn:uuid:1",
        "root_digest": "a" * 64,
        "content_digest": None,
        "verdict": None,
    }


def test_no_bag_is_valid_before_its_digests_are_checked() -> None:
    """RFC 8493, 3."""
    assert (Depth.OXUM.best, Depth.COMPLETE.best) == (Verdict.SIZES_MATCH, Verdict.COMPLETE)
    assert all((depth.best is Verdict.VALID) == depth.reaches(Depth.FIXITY) for depth in Depth)


def test_each_depth_takes_in_those_before_it() -> None:
    for one, other in itertools.combinations(Depth, 2):
        assert other.reaches(one)
        assert not one.reaches(other)
    assert all(depth.reaches(depth) for depth in Depth)
