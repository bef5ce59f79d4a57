"""The keys of exported tables, as SQL has them: what names a row, and what it refers to."""

from __future__ import annotations

from archive.exporting.rows import BAG_URN, BAGS
from archive.model.columns import Table

NOT_UNIQUE = frozenset({"statements", "relations"})
"""Tables in which two rows may be the same: two people may say the same twice."""
_DOCUMENTS = "documents"


def constraints(table: Table) -> list[str]:
    """What stands after the columns where a table is created.

    Args:
        table: one of `exported_tables`; those that it refers to are created, and filled, before it.
    """
    bag, document = BAG_URN.name, f"{BAG_URN.name}, document_id"
    lines = [] if table.name in NOT_UNIQUE else [f"PRIMARY KEY ({', '.join(table.key)})"]
    if table.name != BAGS.name:
        lines.append(f"FOREIGN KEY ({bag}) REFERENCES {BAGS.name} ({bag})")
    if table.name not in {BAGS.name, _DOCUMENTS}:
        lines.append(f"FOREIGN KEY ({document}) REFERENCES {_DOCUMENTS} ({document})")
    return lines
