from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pyarrow.dataset as ds
import pyarrow.parquet as pq
import pytest

from archive.errors import BagUnreadableError
from archive.tables.dataset import TableDataset
from tests.elsewhere import need_packages


@pytest.fixture
def path(tmp_path: Path) -> Path:
    numbers = pa.table({"a": list(range(1000)), "b": ["x"] * 1000})
    pq.write_table(numbers, tmp_path / "t.parquet", write_page_checksum=True, compression="none", use_dictionary=False)
    return tmp_path / "t.parquet"


def test_it_is_a_dataset_like_any_other(path: Path) -> None:
    found = TableDataset.opened(str(path))
    assert found.filter(ds.field("a") < 3).to_table().num_rows == found.head(3).num_rows == 3
    assert found.count_rows(filter=ds.field("a") > 997) == 2
    need_packages("duckdb", "polars")
    import duckdb
    import polars

    assert duckdb.sql("select count(*) from found where a < 5").fetchall() == [(5,)]
    assert polars.scan_pyarrow_dataset(found).filter(polars.col("a") < 5).collect().height == 5


def test_damage_is_an_error_of_ours(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[data.index((500).to_bytes(8, "little"))] ^= 1
    path.write_bytes(data)
    found = TableDataset.opened(str(path))
    with pytest.raises(BagUnreadableError, match=r"t\.parquet: the table is damaged .*`archive validate`"):
        found.filter(ds.field("a") >= 0).to_table()
    path.write_bytes(data[:9])
    with pytest.raises(BagUnreadableError, match="no Parquet file"):
        TableDataset.opened(str(path))
