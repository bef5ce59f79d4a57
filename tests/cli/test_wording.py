from __future__ import annotations

import pytest

from archive.cli.wording import finding_lines, report_lines
from archive.model.codes import CODES, finding
from archive.model.findings import Finding, Severity, Where
from archive.model.reports import BagSummary, Report, Verdict
from archive.model.tally import Tally


def test_findings_are_grouped_errors_first_and_the_rest_is_counted() -> None:
    findings = [finding("path.escaped", where=Where(file="a.txt"))]
    findings += [finding("payload.missing", where=Where(file=f"data/{number:04}.txt")) for number in range(1234)]
    assert list(finding_lines(findings)) == [
        "error: payload.missing (1,234)",
        f"  {CODES['payload.missing'].meaning}",
        "  - data/0000.txt",
        "  - data/0001.txt",
        "  - data/0002.txt",
        "    and 1,231 more (--json lists them all)",
        f"  What to do: {CODES['payload.missing'].remedy}",
        "",
        "notice: path.escaped",
        f"  {CODES['path.escaped'].meaning}",
        "  - a.txt",
        f"  What to do: {CODES['path.escaped'].remedy}",
        "",
    ]


def test_remedies_that_differ_stand_with_their_finding() -> None:
    findings = [finding("run.failed", where=Where(file=name), remedy=f"Mend {name}") for name in ("a", "b")]
    findings.append(finding("run.failed", where=Where(file="c"), remedy=""))
    lines = list(finding_lines(findings))
    assert lines[2:7] == ["  - a", "    What to do: Mend a", "  - b", "    What to do: Mend b", "  - c"]


@pytest.mark.parametrize(
    ("one", "sentence"),
    [
        (finding("run.failed", where=Where(file="m.csv", row=3, column="date"), found="x", expected="a date"),
         "  - m.csv, row 3, column date: found x; expected a date"),
        (finding("run.failed", document="d-1", expected="a date"), "  - document d-1: expected a date"),
        (finding("run.failed", document="d-1", where=Where(file="a.txt", bytes="1-2")),
         "  - a.txt, bytes 1-2 (document d-1)"),
        (finding("run.failed", document="a.txt", where=Where(file="a.txt")), "  - a.txt"),
        (finding("run.failed", found="x" * 500), f"  - found {'x' * 160}..."),
        (finding("run.failed"), "  - the whole of it"),
        (finding("run.failed", where=Where(file="\x1b[2Jx"), found="a\nb"), r"  - \x1b[2Jx: found a\nb"),
    ],
)  # fmt: skip
def test_a_finding_says_where_what_and_what_should_be(one: Finding, sentence: str) -> None:
    assert list(finding_lines([one]))[2] == sentence


def test_an_unknown_code_is_shown_without_its_meaning() -> None:
    assert list(finding_lines([Finding("mine.own", Severity.WARNING)])) == [
        "warning: mine.own",
        "  - the whole of it",
        "",
    ]


def test_a_report_accounts_for_every_input_and_names_the_digests() -> None:
    report = Report(
        "pack",
        Verdict.VALID,
        counts={
            "inputs": 1200,
            "packed": 1198,
            "rejected": 0,
            "failed": 0,
            "ignored": 2,
            "bytes": 5_000_000,
            "kept_passages": 7,
        },
        bags=(BagSummary("bags/x-1", "urn:uuid:1", "ab" * 32, "cd" * 32),),
    )
    lines = list(report_lines(report))
    assert lines[:4] == [
        "bag bags/x-1",
        "  identifier      urn:uuid:1",
        f"  root digest     {'ab' * 32}",
        f"  content digest  {'cd' * 32}",
    ]
    assert "--expect DIGEST" in lines[4]
    assert lines[6:] == [
        "1,200 inputs = 1,198 packed + 0 rejected + 0 failed + 2 ignored",
        "5,000,000 bytes, 7 kept passages",
        "valid: no errors, no warnings, no notices",
    ]


def test_a_report_without_bags_is_short() -> None:
    report = Report("check", Verdict.INVALID, (finding("payload.missing"),), {"documents": 2}, (BagSummary("b"),))
    assert list(report_lines(report))[-3:] == ["bag b", "2 documents", "invalid: 1 error, no warnings, no notices"]


def test_inputs_are_added_up_where_nobody_counted_them() -> None:
    report = Report("pack", Verdict.VALID, counts={"packed": 1, "rejected": 2, "failed": 3, "ignored": 4})
    assert next(report_lines(report)) == "10 inputs = 1 packed + 2 rejected + 3 failed + 4 ignored"


def test_a_verb_that_checks_nothing_gives_no_verdict() -> None:
    assert list(report_lines(Report("init", Verdict.VALID, counts={"documents": 3}))) == ["3 documents"]


def test_what_was_held_back_because_of_others_is_accounted_for() -> None:
    counts = {"inputs": 5, "packed": 0, "rejected": 1, "failed": 0, "ignored": 0, "held_back": 4, "files": 1}
    assert list(report_lines(Report("pack", Verdict.INVALID, counts=counts)))[:2] == [
        "5 inputs = 0 packed + 1 rejected + 0 failed + 0 ignored + 4 held back",
        "1 file",
    ]


def test_what_is_left_of_a_corpus_is_not_called_invalid() -> None:
    report = Report("pack", Verdict.INVALID, (finding("date.not-edtf"),), {}, (BagSummary("b", root_digest="ab"),))
    assert list(report_lines(report))[-1] == "packed without what was rejected: 1 error, no warnings, no notices"


def test_a_check_counts_what_is_fit() -> None:
    counts = {"inputs": 5, "fit": 4, "rejected": 1, "failed": 0, "ignored": 0}
    assert list(report_lines(Report("check", Verdict.INVALID, counts=counts))) == [
        "5 inputs = 4 fit + 1 rejected + 0 failed + 0 ignored",
        "invalid: no errors, no warnings, no notices",
    ]


def test_what_is_counted_and_not_listed_is_spoken_of_as_a_number() -> None:
    tally = Tally(1000)
    tally.extend(finding("digest.mismatch", where=Where(file=f"data/{number:05}")) for number in range(10_000))
    lines = list(finding_lines(sorted(tally, key=lambda one: one.order)))
    assert len(lines) == 8
    assert lines[0] == "error: digest.mismatch (10,000)"
    assert lines[2:5] == ["  - data/00000", "  - data/00001", "  - data/00002"]
    assert lines[5] == "    and 9,997 more (--json lists 1,000 of them)"


def test_many_bags_have_their_verdicts_and_a_sum() -> None:
    bags = (
        BagSummary("a", verdict=Verdict.VALID),
        BagSummary("b", verdict=Verdict.INVALID),
        BagSummary("c", verdict=Verdict.VALID),
    )
    report = Report("validate", Verdict.INVALID, (finding("payload.missing"),), {"bags": 3}, bags)
    lines = list(report_lines(report))
    assert lines[5:8] == ["bag a: valid", "bag b: invalid", "bag c: valid"]
    assert lines[-2:] == ["bags: 2 valid, 1 invalid", "invalid: 1 error, no warnings, no notices"]
