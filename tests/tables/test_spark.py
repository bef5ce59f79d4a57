"""The tables in Spark: the same values, and types without a surprise."""

from __future__ import annotations

import json

import pyarrow.parquet as pq

from archive.model.columns import TABLES, Type
from tests.elsewhere import need_packages, need_program, run_python

SPARK = {
    Type.STRING: "string",
    Type.INTEGER: "bigint",
    Type.DOUBLE: "double",
    Type.BOOLEAN: "boolean",
    Type.DATE: "date",
    Type.TIMESTAMP: "timestamp",
    Type.STRINGS: "array<string>",
}
READ = """
import json, sys
import pyarrow.parquet as pq
from pyspark.sql import SparkSession

settings = {
    "spark.ui.enabled": "false",
    "spark.sql.session.timeZone": "UTC",
    "spark.driver.bindAddress": "127.0.0.1",
    "spark.driver.host": "127.0.0.1",
    "spark.driver.memory": "512m",
    "spark.sql.shuffle.partitions": "1",
    "spark.sql.adaptive.enabled": "false",
    "spark.sql.codegen.wholeStage": "false",  # a few hundred rows are read sooner than code for them is compiled
    "spark.driver.extraJavaOptions": "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC",
    "spark.log.level": "ERROR",
}
builder = SparkSession.builder.master("local[1]")
for name, value in settings.items():
    builder = builder.config(name, value)
spark = builder.getOrCreate()
types = {}
for path in sys.argv[1:]:
    frame = spark.read.parquet(path)
    assert frame.toArrow().to_pylist() == pq.read_table(path).to_pylist(), path
    types[path] = dict(frame.dtypes)
documents, passages = (spark.read.parquet(path) for path in sys.argv[1:3])
print(json.dumps({"types": types, "joined": documents.join(passages, "document_id").count()}))
spark.stop()
"""


def test_spark(paths, tmp_path):
    need_packages("pyspark", "pandas")
    need_program("java")
    files = [paths[table.name] for table in TABLES]
    said = json.loads(run_python(READ, tmp_path, *files, SPARK_LOCAL_IP="127.0.0.1").splitlines()[-1])
    assert list(said["types"].values()) == [
        {column.name: SPARK[column.type] for column in table.columns} for table in TABLES
    ]
    assert said["joined"] == pq.read_metadata(paths["passages"]).num_rows
