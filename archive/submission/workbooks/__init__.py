"""Reads a sheet that a spreadsheet program saved as a workbook, metadata.xlsx or metadata.ods, as a CSV file.

A workbook is a zip of XML files. They are read with the standard library, one part at a time and as a stream; a part
that declares a document type is refused, so that no entity is ever expanded, and no part may grow beyond a bound.
"""

from __future__ import annotations

from archive.submission.workbooks.reading import WORKBOOKS, read_workbook

__all__ = ["WORKBOOKS", "read_workbook"]
