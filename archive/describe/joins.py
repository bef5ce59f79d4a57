"""Which columns of a table name rows of another."""

from __future__ import annotations

from archive.model.columns import ANNOTATION_SPANS, ANNOTATIONS, DOCUMENTS, PASSAGES, Table

_FURTHER = (
    (("document_id", "ordinal"), PASSAGES.name),
    (("document_id", "passage_id"), PASSAGES.name),
)


def joins(table: Table) -> tuple[tuple[tuple[str, ...], str], ...]:
    """The columns of `table` with the table in which columns of the same names hold each value once.

    >>> from archive.model.columns import SPANS
    >>> joins(SPANS)
    ((('document_id',), 'documents'), (('document_id', 'ordinal'), 'passages'))
    """
    names = {column.name for column in table.columns}
    if table.name == DOCUMENTS.name or "document_id" not in names:
        return ()
    found: list[tuple[tuple[str, ...], str]] = [(("document_id",), DOCUMENTS.name)]
    if table.name != PASSAGES.name:
        found += [(columns, other) for columns, other in _FURTHER if names.issuperset(columns)]
    if table.name == ANNOTATION_SPANS.name:
        found.append((ANNOTATIONS.key, ANNOTATIONS.name))
    return tuple(found)
