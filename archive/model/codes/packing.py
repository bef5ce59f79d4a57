"""Codes of findings about packing itself: names, staging, publication, the second opinion."""

from __future__ import annotations

from archive.model.codes.table import error, notice

CODES = (
    notice(
        "path.escaped",
        "A name is not portable, so it is stored under an escaped name.",
        "Nothing; the record's source_path keeps the true name.",
    ),
    error(
        "run.failed",
        "The work could not be finished, so nothing can be said of the rest.",
        "Remove the cause that the message names, then run the same command again.",
    ),
    error(
        "run.refused",
        "The command itself was wrong: an option, a name, or a folder that is not a corpus.",
        "Correct the command; `archive COMMAND --help` shows examples.",
    ),
    error(
        "run.interrupted",
        "The run was stopped before its end.",
        "Run the same command again; nothing has to be cleaned up first.",
    ),
    error(
        "run.fault",
        "Something happened that should not have: a fault of this program, not of the corpus or the bag.",
        "Please report it with what the same command prints when it runs with ARCHIVE_DEBUG=1.",
    ),
    error(
        "table.unreadable",
        "A table is missing, damaged, or has not the columns of its layout.",
        "Restore the file from another copy of the bag, or make the tables again from the records.",
    ),
    error(
        "table.differs",
        "A table does not say what the records say; it was rebuilt from them and compared.",
        "Trust the records, which are the source, and make the tables again from them; find out who changed which.",
    ),
)
