"""Codes of findings about what a bag of ours says of itself: records, derivation, tables, counts, labels."""

from __future__ import annotations

from archive.model.codes.table import error, notice

_ANOTHER_COPY = "Restore the file from another copy of the bag, or ask those who made it."
_WHO_CHANGED = "Find out who changed the bag after it was packed; trust a copy whose root digest was kept elsewhere."

CODES = (
    error(
        "stage.not-applicable",
        "A depth was asked for that is only for bags of this program's own layout, and this is another's.",
        "Ask for --depth fixity, which is the deepest for a bag that others made.",
    ),
    error(
        "stage.skipped",
        "A part of the check was not carried out, because what it needs is damaged or missing.",
        "Restore what the other findings name, then validate again; nothing can be said of this part until then.",
    ),
    error("bag-json.unreadable", "The bag's own record, bag.json, cannot be read.", _ANOTHER_COPY),
    error("bag-json.differs", "The bag says something of itself that is not so.", _WHO_CHANGED),
    error("content-digest.differs", "The content digest that is stated is not that of the content.", _WHO_CHANGED),
    error(
        "evidence.unreadable",
        "The evidence about repeated lines, from which labels follow, cannot be read.",
        _ANOTHER_COPY,
    ),
    error(
        "file.without-record",
        "A file stands among the originals or the derived layers, and no record knows of it.",
        _WHO_CHANGED,
    ),
    error("record.malformed", "A line in a file of records is no JSON object that can be read.", _ANOTHER_COPY),
    error(
        "record.not-canonical",
        "A record is not in the canonical form of JSON, so that two readers may read it differently.",
        _WHO_CHANGED,
        "RFC 8785",
    ),
    error(
        "record.out-of-order",
        "The records are not sorted by identifier, or two have the same one.",
        _WHO_CHANGED,
    ),
    error(
        "record.recipe",
        "A record names another recipe than the one that bag.json spells out.",
        _WHO_CHANGED,
    ),
    error(
        "record.access-level",
        "A record has another access level than its bag; a bag holds one.",
        "Keep the bag from those who may not read the document, and ask those who made it.",
    ),
    error(
        "record.holds-more",
        "A record holds text, or tells of it, in a bag that is to hold metadata alone.",
        "Keep the bag from those who may not read the text, and ask those who made it.",
    ),
    error(
        "record.relation-differs",
        "A record stands in a relation, or in a group of duplicates, that does not follow from what it says.",
        _WHO_CHANGED,
    ),
    error(
        "record.file-differs",
        "A record says something of a file that is not so: its size, its digest, its place, or that it is there.",
        _WHO_CHANGED,
    ),
    error(
        "record.metadata-differs",
        "A value in a record's metadata does not follow from the statements that are marked as used.",
        _WHO_CHANGED,
    ),
    error(
        "record.text-differs",
        "The figures of a document's text are not those of its kept passages.",
        _WHO_CHANGED,
    ),
    error(
        "passage.spans",
        "A passage names bytes that are not there, not the document's own, or more than a passage can have.",
        _WHO_CHANGED,
    ),
    error("passage.not-derived", "The text of a passage does not follow from its bytes.", _WHO_CHANGED),
    error(
        "passage.differs",
        "A passage says something of itself that is not so: its identifier, its digest, its place in the text.",
        _WHO_CHANGED,
    ),
    error(
        "passage.not-reproduced",
        "The same recipe, run again, labels the text in another way.",
        _WHO_CHANGED,
    ),
    error(
        "layer.not-reproduced",
        "The same software, run again, takes another text out of the original than the stored layer holds.",
        _WHO_CHANGED,
    ),
    error(
        "statement.not-reproduced",
        "The same recipe, run again, reads other metadata out of the document.",
        _WHO_CHANGED,
    ),
    notice(
        "reproduction.not-here",
        "The labels cannot be made again here: this installation is not the one that made them, or a document was given"
        " up because reading it took too much.",
        "Nothing, or install what bag.json names under software and recipe, and validate again.",
    ),
)
