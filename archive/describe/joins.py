"""Which columns of a table name rows of another."""

from __future__ import annotations

from archive.model.columns import DOCUMENTS, PASSAGES, Table


def joins(table: Table) -> tuple[tuple[tuple[str, ...], str], ...]:
    """The columns of `table` with the table in which columns of the same names hold each value once.

    >>> from archive.model.columns import SPANS
    >>> joins(SPANS)
    ((('document_id',), 'documents'), (('document_id', 'ordinal'), 'passages'))
    """
    names = {column.name for column in table.columns}
    if table.name == DOCUMENTS.name or "document_id" not in names:
        return ()
    to_documents = (("document_id",), DOCUMENTS.name)
    if table.name != PASSAGES.name and "ordinal" in names:
        return to_documents, (("document_id", "ordinal"), PASSAGES.name)
    return (to_documents,)
