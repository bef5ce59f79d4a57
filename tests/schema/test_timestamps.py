from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.schema.timestamps import is_day, is_timestamp, timestamp_advice


@given(st.datetimes(timezones=st.just(UTC)))
def test_every_moment_that_python_writes_is_a_timestamp(moment: datetime) -> None:
    assert is_timestamp(moment.isoformat())
    assert is_timestamp(moment.isoformat().replace("+00:00", "Z"))
    assert is_day(moment.date().isoformat())


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2024",
        "2024-05-03",
        "2024-05-03T10:00Z",
        "2024-05-03t10:00:00Z",
        "2024-05-03T10:00:00z",
        "2024-05-03T10:00:00",
        "2024-05-03 10:00:00Z",
        "2024-02-30T10:00:00Z",
        "2024-05-03T24:00:00Z",
        "2024-05-03T10:00:60Z",
        "0000-01-01T00:00:00Z",
        "2024-05-03T10:00:00+0900",
        "2024-05-03T10:00:00+24:00",
        "2024-05-03T10:00:00Z\n",
        "２024-05-03T10:00:00Z",
        "2024-05-03T10:00:00.Z",
        "2024-05-03T10:00:00." + "1" * 10 + "Z",
    ],
)
def test_what_is_no_timestamp_is_refused(text: str) -> None:
    assert not is_timestamp(text)


@pytest.mark.parametrize(
    "text", ["", "2024", "2024-5-3", "20240503", "2024-02-30", "0000-01-01", "2024-05-03\n", "2024-W18-5"]
)
def test_what_is_no_day_is_refused(text: str) -> None:
    assert not is_day(text)


GENERAL = "a moment such as 2024-05-03T10:00:00Z"


@pytest.mark.parametrize(
    ("text", "advice"),
    [
        ("20240503100000", "2024-05-03T10:00:00Z if that is the time in UTC"),
        ("2024-05-03 10:00", "2024-05-03T10:00:00Z if that is the time in UTC"),
        ("2024-05-03T10:00:00z", "2024-05-03T10:00:00Z"),
        ("2024-05-03 10:00:01.5 UTC", "2024-05-03T10:00:01.5Z"),
        ("2024-05-03T10:00:00+0900", "2024-05-03T10:00:00+09:00"),
        ("2024-05-03", "the time as well, such as 2024-05-03T00:00:00Z"),
        ("2024-05-03T10:00:00+9900", GENERAL),
        ("20241303100000", GENERAL),
        ("yesterday", GENERAL),
    ],
)
def test_advice(text: str, advice: str) -> None:
    assert timestamp_advice(text) == advice
