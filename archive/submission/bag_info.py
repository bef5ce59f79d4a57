"""Reads [bag-info]: lines of the person's own for bag-info.txt (RFC 8493, 2.2.2)."""

from __future__ import annotations

from collections.abc import Iterator

from archive.submission.toml_values import Table

SET_BY_PACKING = frozenset(
    {"bagit-version", "tag-file-character-encoding", "payload-oxum", "bagging-date", "bag-size", "bag-software-agent"}
)
"""Labels, in lower case, that only packing may write; so are all that begin with Corpus-Archive-."""
_OURS = "corpus-archive-"


def read_bag_info(table: Table) -> tuple[tuple[str, str], ...]:
    """The lines in the order of the table; a list gives a line for each of its texts."""
    return tuple(line for label in table.content for line in _lines(table, label))


def _lines(table: Table, label: str) -> Iterator[tuple[str, str]]:
    plain = label.strip().lower()
    if plain in SET_BY_PACKING or plain.startswith(_OURS):
        table.note("corpus.reserved-label", label, found=label)
        return
    if label != label.strip() or not label or ":" in label or not label.isprintable():
        expected = "a label without a colon, a line break or blanks at its ends"
        table.note("corpus.wrong-value", label, found=label, expected=expected)
        return
    texts = table.texts(label)
    if not texts and isinstance(table.content[label], str):
        table.note("corpus.wrong-value", label, found="empty text", expected="text, or no such line")
    for text in texts:
        if len(text.splitlines()) > 1 or any(end in text for end in "\r\n"):
            table.note("corpus.wrong-value", label, found="several lines", expected="text on one line")
        else:
            yield label, text
