"""Bags behind addresses, against a service that answers as S3 does."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from archive.errors import UsageError
from archive.model.limits import Limits
from archive.model.reports import Report, Verdict
from archive.operations.validate import validate
from archive.storage.urls import _for_arrow, _parts
from tests.bags.making import bag
from tests.storage.archives import FORMATS, serialised
from tests.storage.s3_service import Service, serving

WHOLE = bag()
BAGS = {f"whole/{key}": data for key, data in WHOLE.items()}
WRONG = {"denied/data/a.txt": "403", "cut/data/a.txt": "cut", "busy/bagit.txt": "503", "zip/cut.zip": "cut"}
STORED = {
    **BAGS,
    **{f"a b é/{key}": data for key, data in WHOLE.items()},
    **{f"changed/{key}": data for key, data in {**WHOLE, "data/a.txt": b"thirf"}.items()},
    **{f"holey/{key}": data for key, data in WHOLE.items() if key != "data/a.txt"},
    **{f"{name}/{key}": data for name in ("denied", "cut", "busy") for key, data in WHOLE.items()},
    **{f"twice/{key}": data for key, data in {**WHOLE, "data//x": b"1", "data/e/f": b"2"}.items()},
    **{f"one.{form}": serialised(WHOLE, form) for form in FORMATS},
    "zip/cut.zip": serialised(WHOLE, "zip"),
}


@pytest.fixture(scope="module")
def service() -> Iterator[Service]:
    with serving(STORED, WRONG) as one:
        yield one


@pytest.fixture(autouse=True)
def credentials(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("ACCESS_KEY_ID", "SECRET_ACCESS_KEY", "EC2_METADATA_DISABLED"):
        monkeypatch.setenv(f"AWS_{name}", "true")


def codes(report: Report) -> set[str]:
    return {one.code for one in report.findings}


@pytest.mark.parametrize("path", ["whole", "whole/", "a b é"])
def test_a_folder(service: Service, path: str) -> None:
    report = validate(service.url(path))
    assert (report.verdict, report.findings, report.counts["files"]) == (Verdict.VALID, (), 4)


@pytest.mark.parametrize("form", FORMATS)
def test_a_serialised_bag(service: Service, form: str) -> None:
    report = validate(service.url(f"one.{form}"))
    assert report.verdict is Verdict.VALID
    assert codes(report) <= {"serialised.base-name"}


@pytest.mark.parametrize(
    ("path", "verdict", "expected"),
    [
        ("changed", Verdict.INVALID, {"digest.mismatch"}),
        ("holey", Verdict.INVALID, {"payload.missing", "oxum.mismatch"}),
        ("denied", Verdict.INVALID, {"file.unreadable"}),
        ("twice", Verdict.INVALID, {"payload.unlisted", "oxum.mismatch"}),
        ("none", Verdict.UNDETERMINED, {"bag.unreadable"}),
    ],
)
def test_what_is_wrong(service: Service, path: str, verdict: Verdict, expected: set[str]) -> None:
    report = validate(service.url(path))
    assert (report.verdict, codes(report)) == (verdict, expected)


@pytest.mark.parametrize("path", ["cut", "busy", "zip/cut.zip"])
def test_trouble_with_the_service_says_nothing_against_the_bag(
    service: Service, monkeypatch: pytest.MonkeyPatch, path: str
) -> None:
    monkeypatch.setattr("archive.storage.urls._SECONDS", 1)
    report = validate(service.url(path))
    assert (report.verdict, report.exit_code, codes(report)) == (Verdict.UNDETERMINED, 3, {"bag.unreadable"})
    assert "could not be reached" in report.findings[0].found


@pytest.mark.parametrize("url", ["s3://key:secret@bags/b", "abfs://c@a.example/b?sv=1&sig=secret"])
def test_no_password_gets_into_a_report(url: str) -> None:
    with pytest.raises(UsageError) as raised:
        validate(url)
    assert "secret" not in str(raised.value)


@pytest.mark.parametrize("url", ["s3://", "s3:///x", "s3://[x/b", "s3://bags/a%00", "gopher://x/y"])
def test_what_is_no_address(url: str) -> None:
    report = validate(url)
    assert (report.verdict, codes(report)) == (Verdict.UNDETERMINED, {"bag.unreadable"})


def test_google_is_not_asked_for_a_quarter_of_an_hour() -> None:
    assert _for_arrow(_parts("GS://bags/a b%2Fc")) == "gs://bags/a%20b%2Fc?retry_limit_seconds=30"
    assert _for_arrow(_parts("gs://b/c?retry_limit_seconds=5")) == "gs://b/c?retry_limit_seconds=5"


def test_more_than_a_bag_may_hold(service: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("archive.storage.remote.DEFAULT_LIMITS", Limits(entries=5))
    report = validate(service.url("whole"))
    assert (report.verdict, codes(report)) == (Verdict.UNDETERMINED, {"serialised.bomb"})


def test_one_request_at_a_time_where_one_job_is_asked_for(service: Service) -> None:
    assert validate(service.url("whole"), jobs=1).verdict is Verdict.VALID
