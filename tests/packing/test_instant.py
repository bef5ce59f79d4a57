"""The one instant of a pack: declared by the environment or read once."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.errors import UsageError
from archive.packing.instant import instant_of_packing

LATEST = 253402300799  # the last second of the year 9999


@given(seconds=st.integers(0, LATEST))
def test_a_declared_instant_is_taken_as_it_is(seconds: int) -> None:
    found = instant_of_packing({"SOURCE_DATE_EPOCH": str(seconds)})
    assert found.declared
    assert found.at == datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=seconds)
    assert found.timestamp == f"{found.at:%Y}".zfill(4) + f"-{found.at:%m-%dT%H:%M:%S}Z"
    assert found.date == found.timestamp[:10]


@pytest.mark.parametrize("given_", ["x", "-1", "1.5", " 1", "1_000", "١", str(LATEST + 1), "9" * 30, "0x1", "+1"])
def test_what_is_no_number_of_seconds_is_refused(given_: str) -> None:
    with pytest.raises(UsageError) as refusal:
        instant_of_packing({"SOURCE_DATE_EPOCH": given_})
    assert refusal.value.remedy


@pytest.mark.parametrize("environment", [{}, {"SOURCE_DATE_EPOCH": ""}])
def test_else_the_clock_is_read_to_the_second(environment: dict[str, str]) -> None:
    found = instant_of_packing(environment)
    assert not found.declared
    assert found.at.microsecond == 0
    assert abs(datetime.now(UTC) - found.at) < timedelta(minutes=1)


def test_the_environment_of_the_process_is_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "0")
    assert instant_of_packing().timestamp == "1970-01-01T00:00:00Z"
