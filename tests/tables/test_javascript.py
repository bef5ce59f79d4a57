"""The tables in JavaScript, by hyparquet: the same values, and types without a surprise."""

from __future__ import annotations

import json

import pyarrow as pa
import pyarrow.parquet as pq

from archive.model.columns import TABLES, Type
from tests.elsewhere import need_program, node_modules, run

READ = """
import { asyncBufferFromFile, parquetReadObjects } from 'hyparquet'
import { compressors } from 'hyparquet-compressors'

// Dates of JavaScript keep milliseconds, so microseconds are asked for as they stand.
const parsers = { timestampFromMicroseconds: micros => ({ micros: String(micros) }) }
const told = (value) => {
  if (value === null || ['string', 'boolean', 'number'].includes(typeof value)) return value
  if (typeof value === 'bigint') return { whole: String(value) }
  if (value instanceof Date) return { day: value.toISOString().slice(0, 10) }
  return Array.isArray(value) ? value.map(told) : value
}
for (const path of process.argv.slice(2)) {
  const rows = await parquetReadObjects({ file: await asyncBufferFromFile(path), compressors, parsers })
  const plain = rows.map(row => Object.fromEntries(Object.entries(row).map(([name, value]) => [name, told(value)])))
  console.log(JSON.stringify(plain))
}
"""


def told(kind, value):
    if value is None:
        return None
    return {
        Type.INTEGER: lambda: {"whole": str(value)},
        Type.DATE: lambda: {"day": value.isoformat()},
        Type.TIMESTAMP: lambda: {"micros": str(pa.scalar(value, pa.timestamp("us", "UTC")).value)},
    }.get(kind, lambda: value)()


def test_hyparquet(paths, tmp_path):
    modules = node_modules("hyparquet", "hyparquet-compressors")
    files = [paths[table.name] for table in TABLES]
    command = [need_program("node"), "--input-type=module", "-", *files]
    (tmp_path / "node_modules").symlink_to(modules)  # from here a script on standard input finds its packages
    for table, line in zip(TABLES, run(command, tmp_path, READ).splitlines(), strict=True):
        rows = pq.read_table(paths[table.name]).to_pylist()
        kinds = {column.name: column.type for column in table.columns}
        assert json.loads(line) == [{name: told(kinds[name], value) for name, value in row.items()} for row in rows]
