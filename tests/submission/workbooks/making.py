"""Workbooks made by hand: just the parts and marks that the readers look at."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence
from xml.sax.saxutils import escape, quoteattr

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_LINKS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
BOOK = (
    f'<workbook xmlns="{_MAIN}" xmlns:r="{_LINKS}"><workbookPr/><sheets><sheet name="one" sheetId="1" r:id="rId1"/>'
    '<sheet name="two" sheetId="2" r:id="rId2" state="hidden"/></sheets></workbook>'
)
LINKS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="rId1" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Target="/xl/other.xml"/>'
    "</Relationships>"
)
STYLES = (
    f'<styleSheet xmlns="{_MAIN}"><numFmts><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd"/>'
    '<numFmt numFmtId="165" formatCode="[Red]0.0&quot; days&quot;;yyyy"/></numFmts><cellStyleXfs><xf numFmtId="14"/>'
    '</cellStyleXfs><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="164"/><xf numFmtId="165"/><xf/>'
    "</cellXfs>"
    "</styleSheet>"
)


def zipped(parts: Mapping[str, str | bytes]) -> bytes:
    """A zip of parts."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return stream.getvalue()


def _sheet(rows: str) -> str:
    return f'<worksheet xmlns="{_MAIN}"><sheetData>{rows}</sheetData></worksheet>'


def xlsx_of(rows: str, **parts: str) -> bytes:
    """A workbook with these `row` elements; other parts by their short names."""
    whole = {
        "xl/workbook.xml": parts.get("book", BOOK),
        "xl/_rels/workbook.xml.rels": parts.get("links", LINKS),
        "xl/styles.xml": parts.get("styles", STYLES),
        "xl/worksheets/sheet1.xml": _sheet(rows),
        "xl/other.xml": _sheet('<row><c t="str"><v>secret</v></c></row>'),
    }
    if "strings" in parts:
        whole["xl/sharedStrings.xml"] = f'<sst xmlns="{_MAIN}">{parts["strings"]}</sst>'
    return zipped(whole)


def xlsx(*rows: Sequence[str]) -> bytes:
    """A workbook whose cells are all text."""
    cells = [[f"<c t={quoteattr('inlineStr')}><is><t>{escape(cell)}</t></is></c>" for cell in row] for row in rows]
    return xlsx_of("".join(f"<row>{''.join(row)}</row>" for row in cells))


def ods_of(rows: str, hidden: str = "two") -> bytes:
    """A workbook with these `table:table-row` elements in its first table, the second of two; one may be hidden."""
    spaces = "".join(
        f' xmlns:{one}="urn:oasis:names:tc:opendocument:xmlns:{one}:1.0"'
        for one in ("office", "style", "table", "text")
    )
    style = f'<style:style style:name="{hidden}"><style:table-properties table:display="false"/></style:style>'
    second = "<table:table-row><table:table-cell><text:p>secret</text:p></table:table-cell></table:table-row>"
    tables = f'<table:table table:style-name="one">{rows}</table:table>'
    tables += f'<table:table table:style-name="two">{second}</table:table>'
    return zipped(
        {
            "content.xml": f"<office:document-content{spaces}><office:automatic-styles>{style}"
            f"</office:automatic-styles><office:body><office:spreadsheet>{tables}"
            "</office:spreadsheet></office:body></office:document-content>"
        }
    )


def ods(*rows: Sequence[str]) -> bytes:
    """A workbook whose cells are all text."""
    cells = [[f"<table:table-cell><text:p>{escape(cell)}</text:p></table:table-cell>" for cell in row] for row in rows]
    return ods_of("".join(f"<table:table-row>{''.join(row)}</table:table-row>" for row in cells))
