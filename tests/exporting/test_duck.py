from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from archive.errors import StorageError, UsageError
from archive.exporting import duck
from archive.exporting.duck import DuckDatabase
from archive.exporting.keys import NOT_UNIQUE
from archive.exporting.rows import BAGS, exported_tables, keyed
from archive.model.columns import TABLE
from archive.operations.export import export
from tests.elsewhere import need_packages
from tests.exporting.test_table_formats import document


def test_duckdb_has_the_values_and_types(river: Path, closed: Path, tmp_path: Path) -> None:
    need_packages("duckdb")
    import duckdb

    export(river, closed, to=tmp_path / "out", format="duckdb")
    with closing(duckdb.connect(str(tmp_path / "out/corpus.duckdb"), read_only=True)) as database:
        assert database.sql("SELECT count(*) FROM documents").fetchall() == [(6,)]
        assert database.sql("SELECT creators FROM documents WHERE document_id = 'winter' LIMIT 1").fetchall() == [
            (["Kim, Example"],)
        ]
        types = dict(database.sql("SELECT column_name, data_type FROM duckdb_columns() WHERE table_name = 'documents'")
                     .fetchall())  # fmt: skip
        assert (types["date_issued_earliest"], types["subjects"]) == ("DATE", "VARCHAR[]")
        commented = database.sql("SELECT count(*) FROM duckdb_columns() WHERE comment IS NULL AND NOT internal")
        assert commented.fetchall() == [(0,)]
        keys = database.sql(
            "SELECT constraint_type, count(*) FROM duckdb_constraints() GROUP BY 1 ORDER BY 1"
        ).fetchall()
        tables = exported_tables()
        expected = {"PRIMARY KEY": len(tables) - len(NOT_UNIQUE) + 1, "FOREIGN KEY": 2 * len(tables) - 3}
        assert {kind: number for kind, number in keys if kind in expected} == expected
        found = database.sql(
            "SELECT DISTINCT access_level FROM search('the FROZE') JOIN bags USING (bag_urn) ORDER BY 1"
        )
        assert found.fetchall() == [("open",), ("restricted",)]
        assert database.sql("SELECT document_id FROM search('북쪽')").fetchall() == [("강",)]


SOME_TEXTS = {
    "en": "The children went to School, and the children learnt",
    "zh": "朝鲜妇女的孩子没有户口",
    "ja": "日本語とABCカタカナ",
    "ko": "아이들은 학교에 다니지 못했다",
    "fr": "L'été à l'École",
    "el": "ΣΊΣΥΦΟΣ",
    "one": "One of many children, and of many more in this long text",
    "empty": "",
}


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("children", ["en", "one"]), ("learnt CHILDREN", ["en"]), ("child", []), ("户口", ["zh"]), ("孩", ["zh"]),
        ("妇女 户口", ["zh"]), ("妇女户口", []), ("朝鲜妇女", ["zh"]), ("カタカナ", ["ja"]), ("abc", ["ja"]),
        ("학교", ["ko"]), ("ete ecole", ["fr"]), ("Σίσυφος", ["el"]), ("", []), ("'; --", []),
    ],
)  # fmt: skip
def test_duckdb_is_searched_in_every_script(words: str, found: list[str], searchable: Any) -> None:
    assert [name for (name,) in searchable.execute("SELECT document_id FROM search(?)", [words]).fetchall()] == found


@pytest.fixture(scope="module")
def searchable() -> Iterator[Any]:
    """A database that has passages and the search in them."""
    need_packages("duckdb")
    import duckdb

    with closing(duckdb.connect()) as database:
        columns = "bag_urn VARCHAR, document_id VARCHAR, passage_id VARCHAR, ordinal BIGINT, text VARCHAR"
        database.execute(f"CREATE TABLE passages ({columns})")
        for name, text in SOME_TEXTS.items():
            database.execute("INSERT INTO passages VALUES ('u', ?, 'p', 0, ?)", [name, text])
        for statement in duck.search_statements():
            database.execute(statement)
        yield database


def test_duckdb_takes_rows_in_parts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    need_packages("duckdb")
    import duckdb

    monkeypatch.setattr(duck, "AT_ONCE_ROWS", 1)
    database = DuckDatabase(tmp_path)
    with pytest.raises(StorageError, match="refers to none"):
        database.write(keyed(TABLE["documents"]), [document(document_id="a")])
    bag = [None if column.nullable else "" for column in BAGS.columns]
    bag[0], bag[6] = "urn:uuid:1", datetime(2024, 5, 3, tzinfo=UTC)
    database.write(BAGS, [bag])
    database.write(keyed(TABLE["documents"]), [document(document_id="a")])
    with pytest.raises(StorageError, match="the same key"):
        database.write(keyed(TABLE["documents"]), [document(document_id="a")])
    database.close()
    with pytest.raises(StorageError, match="cannot be written"):
        DuckDatabase(tmp_path / "nowhere")
    assert duckdb


def test_a_path_that_duckdb_cannot_have_is_refused() -> None:
    need_packages("duckdb")
    with pytest.raises(UsageError, match="not UTF-8"):
        DuckDatabase(Path("folder\udcff"))


def test_without_duckdb_the_message_says_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "duckdb", None)
    with pytest.raises(UsageError, match="pip install duckdb"):
        DuckDatabase(tmp_path)
