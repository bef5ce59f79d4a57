from __future__ import annotations

import csv
import io
import json
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from archive.errors import StorageError
from archive.exporting import spreadsheets
from archive.exporting.bags import ExportedBag, strictest
from archive.exporting.cells import cell
from archive.exporting.lines import Lines
from archive.exporting.parquet import KeyedTables
from archive.exporting.rows import BAGS, RowFormat, exported_tables, keyed
from archive.exporting.spreadsheets import Spreadsheets
from archive.exporting.sqlite import Database
from archive.model.columns import TABLE, TABLES
from archive.operations.export import export
from archive.storage.memory import MemoryStore

NOWHERE = MemoryStore({})
"""A bag of which nothing is read."""


def read_csv(path: Path) -> list[dict[str, str]]:
    data = path.read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def document(**values: Any) -> tuple[Any, ...]:
    """A row of the documents table with its bag."""
    empty: dict[str, Any] = {"int64": 0, "double": 0.5, "bool": True, "string": "", "list<string>": []}
    row = [
        values.get(column.name, None if column.nullable else empty[column.type.value])
        for column in TABLE["documents"].columns
    ]
    return ("urn:uuid:1", *row)


def test_tables_are_made_again_byte_for_byte(river: Path, tmp_path: Path) -> None:
    report = export(river, to=tmp_path / "out", format="tables")
    assert report.findings == ()
    for table in TABLES:
        name = f"{table.name}.parquet"
        assert (tmp_path / "out" / name).read_bytes() == (river / "data/tables" / name).read_bytes()


def test_a_table_that_differs_is_said_and_the_records_hold(river: Path, tmp_path: Path) -> None:
    copy = Path(shutil.copytree(river, tmp_path / "copy"))
    tables = copy / "data/tables"
    pq.write_table(pq.read_table(tables / "files.parquet").slice(1), tables / "files.parquet")
    report = export(copy, to=tmp_path / "out", format="tables")
    assert {one.code for one in report.findings} <= {"table.differs", "table.unreadable"}
    assert report.exit_code == 1
    assert pq.read_table(tmp_path / "out/files.parquet").num_rows == 4
    (tables / "files.parquet").unlink()
    report = export(copy, to=tmp_path / "again", format="tables")
    assert [one.code for one in report.findings] == ["table.unreadable"]


def test_tables_of_several_bags_have_the_bag_in_their_key(river: Path, closed: Path, tmp_path: Path) -> None:
    report = export(river, closed, to=tmp_path / "out", format="tables")
    assert report.counts["exported"] == 6
    found = pq.read_table(tmp_path / "out/documents.parquet")
    assert found.column_names[:2] == ["bag_urn", "document_id"]
    assert len({(row["bag_urn"], row["document_id"]) for row in found.to_pylist()}) == 6
    assert pq.read_table(tmp_path / "out/bags.parquet").column("access_level").to_pylist() == ["open", "restricted"]


def test_csv_is_safe_for_spreadsheets(river: Path, tmp_path: Path) -> None:
    report = export(river, to=tmp_path / "out", format="csv")
    assert [one.code for one in report.findings] == ["export.neutralised"] * len(report.findings)
    rows = {row["document_id"]: row for row in read_csv(tmp_path / "out/documents.csv")}
    assert rows["summer"]["title"] == "'=A hot summer"
    assert rows["강"]["title"] == "강"
    assert rows["winter"]["creators"] == "Kim, Example"
    assert rows["winter"]["date_issued_earliest"] == "2011-12-03"
    assert b"\r\n" in (tmp_path / "out/documents.csv").read_bytes()


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@x", "\tx", "\rx", "\nx", "＝1", "'x"])
def test_whatever_begins_like_a_formula_is_neutralised(text: str, tmp_path: Path) -> None:
    sheets = Spreadsheets(tmp_path)
    sheets.write(keyed(TABLE["documents"]), [document(title=text, creators=[text, "b"])])
    assert [one.where.column for one in sheets.finish()] == ["title", "creators"]
    (row,) = read_csv(tmp_path / "documents.csv")
    assert row["title"] == f"'{text}"
    assert row["creators"] == f"'{text}\nb"


def test_numbers_and_nothing_are_no_formulas(tmp_path: Path) -> None:
    sheets = Spreadsheets(tmp_path)
    sheets.write(keyed(TABLE["documents"]), [document(character_count=-1)])
    assert sheets.finish() == []
    (row,) = read_csv(tmp_path / "documents.csv")
    assert (row["character_count"], row["title"], row["sample_key"]) == ("-1", "", "0.5")


@pytest.mark.parametrize(("text", "long"), [("x" * 32_767, False), ("x" * 32_768, True), ("𐀀" * 16_384, True)])
def test_a_long_cell_stands_in_a_file_of_its_own(text: str, long: bool, tmp_path: Path) -> None:
    sheets = Spreadsheets(tmp_path)
    sheets.write(keyed(TABLE["documents"]), [document(text=text)])
    assert [one.code for one in sheets.finish()] == (["export.long-cell"] if long else [])
    (row,) = read_csv(tmp_path / "documents.csv")
    if not long:
        assert row["text"] == text
        return
    assert row["text"].endswith("characters, in long-cells/documents-0000002-text.txt]")
    assert (tmp_path / "long-cells/documents-0000002-text.txt").read_text("utf-8") == text


def test_more_rows_than_a_spreadsheet_opens_are_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spreadsheets, "MOST_ROWS", 2)
    sheets = Spreadsheets(tmp_path)
    sheets.write(keyed(TABLE["documents"]), [document(), document()])
    (found,) = sheets.finish()
    assert (found.code, found.where.file) == ("export.too-many-rows", "documents.csv")


def test_every_kind_of_value_has_its_cell() -> None:
    assert [cell(one) for one in (True, False, 1, 0.25, ["a", "b"], None)] == ["true", "false", "1", "0.25", "a\nb", ""]


def test_json_lines_have_types(river: Path, tmp_path: Path) -> None:
    export(river, to=tmp_path / "out", format="jsonl")
    rows = [json.loads(line) for line in (tmp_path / "out/documents.jsonl").read_text("utf-8").splitlines()]
    assert [row["document_id"] for row in rows] == ["odd", "summer", "winter", "강"]
    assert rows[2]["creators"] == ["Kim, Example"]
    assert (rows[0]["text"], rows[2]["date_issued_latest"]) == (None, "2011-12-03")
    events = [json.loads(line) for line in (tmp_path / "out/events.jsonl").read_text("utf-8").splitlines()]
    assert all(event["occurred_at"].endswith("Z") for event in events)
    (bag,) = (tmp_path / "out/bags.jsonl").read_text("utf-8").splitlines()
    assert json.loads(bag)["access_level"] == "open"


def test_sqlite_has_keys_joins_and_full_text(river: Path, closed: Path, tmp_path: Path) -> None:
    export(river, closed, to=tmp_path / "out", format="sqlite")
    with closing(sqlite3.connect(tmp_path / "out/corpus.sqlite")) as database:
        ask = lambda question: database.execute(question).fetchall()  # noqa: E731
        assert ask("PRAGMA integrity_check") == [("ok",)]
        assert ask("PRAGMA foreign_key_check") == []
        assert ask("SELECT count(*) FROM documents") == [(6,)]
        assert ask(
            "SELECT DISTINCT b.access_level FROM passages_search s JOIN passages p ON p.rowid = s.rowid"
            " JOIN bags b USING (bag_urn) WHERE passages_search MATCH 'froze' ORDER BY 1"
        ) == [("open",), ("restricted",)]
        assert ask("SELECT p.document_id FROM passages_search s JOIN passages p ON p.rowid = s.rowid"
                   " WHERE passages_search MATCH '북쪽*'") == [("강",)]  # fmt: skip
        assert ask("SELECT value FROM documents, json_each(creators) WHERE document_id = 'winter' LIMIT 1") == [
            ("Kim, Example",)
        ]
        assert ask("SELECT count(*) FROM spans s JOIN passages p USING (bag_urn, document_id, ordinal)") == ask(
            "SELECT count(*) FROM spans"
        )


def test_two_rows_of_one_key_are_refused(tmp_path: Path) -> None:
    database = Database(tmp_path)
    with pytest.raises(StorageError, match="the same key"):
        database.write(keyed(TABLE["documents"]), [document(), document()])
    with pytest.raises(StorageError, match="cannot be written"):
        database.write(keyed(TABLE["documents"]), [("too", "few")])
    database.close()
    with pytest.raises(StorageError, match="cannot be written"):
        Database(tmp_path / "nowhere")


@pytest.mark.parametrize("make", [Spreadsheets, Lines, Database, lambda folder: KeyedTables(folder, ())])
def test_a_sink_is_let_go_of_at_any_time(make: Any, tmp_path: Path) -> None:
    sink = make(tmp_path)
    sink.write(BAGS, [])
    sink.close()
    sink.close()


def test_the_bag_is_in_every_key() -> None:
    assert all(table.key[0] == "bag_urn" for table in exported_tables())
    format_ = RowFormat(None)  # type: ignore[arg-type]
    format_.end()  # a bag that never began has no end


def test_an_unknown_level_is_the_strictest() -> None:
    bags = tuple(
        ExportedBag(NOWHERE, {"access_level": level}, None, None) for level in ("open", "secret", "restricted")
    )
    assert strictest(bags) == "secret"
    assert strictest(bags[:1]) == "open"
