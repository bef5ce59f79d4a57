from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import archive
from archive.errors import UsageError
from archive.exporting.selection import selection


def chosen(bag: Path, *where: tuple[str, str], since: str | None = None, until: str | None = None) -> list[str]:
    wanted = selection(where, since, until)
    return [record["document_id"] for record in archive.open(bag).records() if wanted.takes(record)]


@pytest.mark.parametrize(
    ("where", "expected"),
    [
        ([], ["odd", "summer", "winter", "강"]),
        ([("language", "ko")], ["강"]),
        ([("creators", "Kim, Example")], ["winter"]),
        ([("creators", "Kim")], []),
        ([("media_type", "text/plain"), ("publisher", "Example Daily")], ["winter"]),
        ([("media_type", "text/plain"), ("document_id", "summer")], []),
        ([("character_count", "0")], ["odd"]),
        ([("date_issued_earliest", "2011-12")], ["winter"]),
    ],
)
def test_conditions_all_hold(river: Path, where: list[tuple[str, str]], expected: list[str]) -> None:
    assert chosen(river, *where) == expected


@pytest.mark.parametrize(
    ("since", "until", "expected"),
    [
        ("2011", None, ["summer", "winter"]),
        ("2012-06", None, ["summer"]),
        (None, "2011-12-03", ["winter"]),
        (None, "2011-12-02", []),
        ("2011-12-03", "2011-12-03", ["winter"]),
        ("2012-02", "2012-03", ["summer"]),
        ("2013", None, []),
    ],
)
def test_dates_overlap_the_range(river: Path, since: Any, until: Any, expected: list[str]) -> None:
    assert chosen(river, since=since, until=until) == expected


@pytest.mark.parametrize(
    ("where", "since", "until", "said"),
    [
        ([("nothing", "x")], None, None, "no field 'nothing'"),
        ([("text", "x")], None, None, "no field 'text'"),
        ([("word_count", "many")], None, None, "is a number"),
        ([], "yesterday", None, "no date"),
        ([], "../2011", None, "no date"),
        ([], None, "2011/..", "no date"),
        ([], "20XX", None, "no date"),
        ([], "2011~", None, "no date"),
        ([], None, "2011/2012", "no date"),
        ([], "2011-02-30", None, "no date"),
        ([], "-0100", None, "before the year 1"),
        ([], "2014", "2012", "ends before it begins"),
    ],
)
def test_what_cannot_be_selected_by_is_refused(where: Any, since: Any, until: Any, said: str) -> None:
    with pytest.raises(UsageError, match=said):
        selection(where, since, until)


def test_a_selection_can_be_written_down() -> None:
    assert selection([("language", "ko")], "2011", "2011").as_json() == {
        "where": [["language", "ko"]],
        "from": "2011-01-01",
        "until": "2011-12-31",
    }
