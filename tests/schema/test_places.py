from __future__ import annotations

from typing import Any

import pytest

from archive.model.findings import Where
from archive.schema.places import Origins


def of(
    statements: Any, value: Any = "x", *, columns: tuple[str, ...] = (), path: tuple[Any, ...] = ("metadata", "title")
) -> Where:
    record = {"metadata": {"title": value, "creators": ["x", "y"]}, "statements": statements}
    return Origins(columns, "data/submission/").place(record, path)


def said(locator: str, **more: Any) -> dict[str, Any]:
    return {"field": "title", "value": "x", "file": "data/submission/a.csv", "locator": locator, "used": True} | more


@pytest.mark.parametrize(
    ("statement", "expected"),
    [
        (said("cell=4,2"), Where("a.csv", row=4, column="2", pointer="/metadata/title")),
        (said("bytes=12-20"), Where("a.csv", bytes="12-20", pointer="/metadata/title")),
        (said("/title"), Where("a.csv", pointer="/title")),
        (said("page=3"), Where("a.csv", pointer="/metadata/title")),
        (said("cell=4,2", file=""), Where(pointer="/metadata/title")),
        (said("cell=4,2", value="other"), Where(pointer="/metadata/title")),
        (
            said("cell=4,2", file="data/originals/a.jsonl"),
            Where("a.jsonl", row=4, column="2", pointer="/metadata/title"),
        ),
    ],
)
def test_each_kind_of_place(statement: dict[str, Any], expected: Where) -> None:
    assert of([statement]) == expected


def test_the_used_statement_comes_first_and_the_column_has_its_name() -> None:
    where = of([said("cell=1,1", used=False), said("cell=2,2")], columns=("filename", "Title"))
    assert (where.row, where.column) == (2, "Title")


def test_each_value_of_a_list_has_its_own_place() -> None:
    statements = [said("cell=1,3", field="creators"), said("cell=1,4", field="creators", value="y")]
    assert of(statements, path=("metadata", "creators", 1)).column == "4"
    assert of(statements, path=("metadata", "creators", 9)).file is None
    assert of(statements, path=("metadata", "creators", "z")).file is None


@pytest.mark.parametrize("statements", [None, 5, [None], [{}], {}])
def test_broken_statements_do_no_harm(statements: Any) -> None:
    assert of(statements) == Where(pointer="/metadata/title")
    assert Origins().place(None, ()) == Where(pointer="")
