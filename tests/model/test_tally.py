"""Findings in bounded number."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from archive.model.codes import finding
from archive.model.findings import Finding, Severity, Where
from archive.model.reports import Report, Verdict
from archive.model.tally import Tally


def one(row: int, code: str = "payload.missing", severity: Severity | None = None) -> Finding:
    return finding(code, where=Where(file="a", row=row), found=str(row), severity=severity)


def test_the_first_are_listed_and_the_others_counted() -> None:
    tally = Tally(2)
    tally.extend(one(row) for row in range(10))
    tally.add(one(0, "payload.unlisted"))
    first, second, more, other = tally
    assert (first, second, other) == (one(0), one(1), one(0, "payload.unlisted"))
    assert (more.code, more.count, more.where) == ("payload.missing", 8, Where())
    assert more.found == "8 more of this kind, which are not listed"
    assert Report("validate", Verdict.INVALID, tuple(tally)).count(Severity.ERROR) == 11


def test_severities_are_apart() -> None:
    tally = Tally(1)
    tally.extend(one(row, severity=severity) for row in range(3) for severity in (Severity.WARNING, Severity.ERROR))
    assert [(found.severity, found.count) for found in tally] == [
        (Severity.WARNING, 1),
        (Severity.WARNING, 2),
        (Severity.ERROR, 1),
        (Severity.ERROR, 2),
    ]


def test_of_documents_all_errors_are_held() -> None:
    tally = Tally(2, holds_errors=True)
    tally.extend(one(row, severity=severity) for row in range(9) for severity in (Severity.WARNING, Severity.ERROR))
    held = [found for found in tally if found.count == 1]
    assert sum(found.severity is Severity.ERROR for found in held) == 9
    assert sum(found.count for found in tally) == 18
    assert list(Tally.of_documents(held)) == held


@given(st.lists(st.integers(0, 30), max_size=6), st.integers(1, 4), st.integers(1, 4))
def test_tallies_of_tallies_lose_nothing(sizes: list[int], inner: int, outer: int) -> None:
    whole = Tally(outer)
    for size in sizes:
        part = Tally(inner)
        part.extend(one(row) for row in range(size))
        whole.extend(part)
    found = list(whole)
    assert sum(each.count for each in found) == sum(sizes)
    assert len(found) <= outer + 1
