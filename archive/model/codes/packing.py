"""Codes of findings about packing itself: names, staging, publication, the second opinion."""

from __future__ import annotations

from archive.model.codes.table import error, notice, warning

CODES = (
    notice(
        "path.escaped",
        "A name is not portable, so it is stored under an escaped name.",
        "Nothing; the record's source_path keeps the true name.",
    ),
    error(
        "source.changed",
        "A source was written to while it was being read, so that no one version of it was copied.",
        "Wait until nobody writes to the file, then pack again.",
    ),
    error(
        "source.unreadable",
        "A source cannot be read.",
        "Change its permissions, or move it out of the corpus, then pack again.",
    ),
    error(
        "access.stated-inside",
        "A file itself asks for a stricter access level than corpus.toml gives it.",
        "State access_level for the document in the sheet: the stricter one, or the wider one where you decided so.",
    ),
    notice(
        "metadata.conflict",
        "Two sources say different things of one field; the stronger one is used, both are kept as statements.",
        "Look at both; where the weaker one is right, write its value into the sheet.",
    ),
    notice(
        "metadata.unusable",
        "A value that the file itself states is not well formed, so it is kept as a statement and not used.",
        "Where it matters, write a well-formed value into the sheet.",
    ),
    notice(
        "document.duplicate",
        "A document has the same bytes or the same text as another; both are kept, and share a duplicate_group.",
        "Nothing, if both belong there; else take one of them out of the corpus.",
    ),
    notice(
        "document.near-duplicate",
        "A document says nearly the same as another; both are kept, and share a duplicate_group.",
        "Nothing, if both belong there; else take one of them out of the corpus.",
    ),
    warning(
        "relation.unknown-target",
        "A document is said to stand in a relation to one that is not in this bag, and no URI names it; it is kept as"
        " it is written.",
        "Write the identifier of the other document as the sheet has it, or a URI; or leave it if another bag has it.",
    ),
    error(
        "corpus.nothing-to-pack",
        "There is no document to pack: none in the folder, or none of the access level that was asked for.",
        "Put documents into the folder, or leave out --access.",
    ),
    error(
        "bag.judged-invalid",
        "The reference implementation does not accept the bag that was made, so it was not published.",
        "Please report it with the message; the bag is at fault, not the corpus.",
    ),
    notice(
        "bag.not-judged",
        "The bag is too large to be judged by the reference implementation without being asked to.",
        "Pack with --cross-check, or run `archive validate --cross-check` on the bag.",
    ),
    notice(
        "version.changed",
        "What changed in the documents since the bag of the version before.",
        "Look at it with `archive diff`, which names each of them.",
    ),
    notice(
        "version.reused",
        "Documents that did not change were taken from the version before; what was said of reading them is not"
        " said again.",
        "Nothing; pack without --previous to have every document read.",
    ),
    notice(
        "version.record-not-used",
        "The record of a document in the version before, or a layer stored with it, does not follow from the bytes;"
        " the document was read anew.",
        "Run `archive validate --depth derivation` on that bag, with --expect and the root digest that was kept"
        " elsewhere; somebody may have altered it.",
    ),
    notice(
        "version.removed-without-tombstone",
        "Documents of the version before are not in this one, and leave no tombstone.",
        "Nothing, if they were only moved; else list them as withdrawn (`withdrawn` in corpus.toml).",
    ),
    warning(
        "withdrawn.without-previous",
        "Documents are listed as withdrawn, and without the version before there is nothing to make their tombstones"
        " of.",
        "Pack with --previous and the bag that still has them.",
    ),
    notice(
        "withdrawn.not-in-previous",
        "Documents that are listed as withdrawn are not in the version before: they were withdrawn earlier, or their"
        " identifiers are misspelt.",
        "Nothing, if their tombstones are there already; else correct the list.",
    ),
    warning(
        "withdrawn.same-content",
        "A document has the same bytes or the same text as one that was withdrawn, and is packed under its own name.",
        "Move it out of the folder too and list it as withdrawn, unless it may stay.",
    ),
    error(
        "withdrawn.returned",
        "A document is to be packed that was withdrawn: the version before has its tombstone.",
        "Move its files out of the folder; if it may be there again, give it another identifier, since a tombstone"
        " stays.",
    ),
    notice(
        "withdrawn.still-held",
        "Another bag still holds a document that was withdrawn, or one with the same bytes or the same text.",
        "Decide what is to become of that bag, and tell those who have a copy of it.",
    ),
    error(
        "redactions.of-container",
        "The list of withheld passages names a file that holds many documents, and not one of them.",
        "Name the document: the identifier of the file, `#`, and the document's name in it, as `archive check --json`"
        " or `archive show` writes it.",
    ),
    error(
        "redactions.two-documents",
        "Two lines of the list make one redacted text of two documents.",
        "Give each document a redacted text of its own: another path under `redacted`.",
    ),
    error(
        "redactions.unknown-document",
        "The list of withheld passages names a document that is not in the corpus, nor in a file of many documents.",
        "Write the identifier as the sheet has it, or the path of the file where the sheet gives none.",
    ),
    error(
        "redactions.not-found",
        "What is to be withheld stands nowhere in its document, so that it may stand there in other words.",
        "Copy it from the text of the document, and correct what stands before or after it.",
    ),
    warning(
        "redactions.remains",
        "What is withheld still stands in the redacted text: within another word, in part, or where the line does not"
        " ask for it. An error where whole words stand in the text as it is packed: written in by hand, or brought back"
        " by a recipe that repairs texts.",
        "Read the redacted text; add a line to the list for each place that must go too, as it is written there.",
    ),
    error(
        "redactions.not-made",
        "The redacted text that the list asks for is not in the corpus.",
        "Run `archive redact` on the folder, and read what it makes.",
    ),
    error(
        "redactions.out-of-date",
        "The redacted text is not what the list and the document give now.",
        "Run `archive redact --replace` on the folder, and read what it makes; corrections belong into the list.",
    ),
    error(
        "redactions.original-as-open",
        "Whoever may read the redacted text may read the original too.",
        "Give the original a stricter access_level in the sheet.",
    ),
    error(
        "redactions.in-metadata",
        "What is withheld stands where more people may read it than its document: in the sheet, a sidecar, an"
        " annotation, corpus.toml or a file that it names, or the name of a file.",
        "Take it out there; where the words alone are no secret, give the line of the list a prefix or a suffix.",
    ),
    warning(
        "redactions.in-other-text",
        "What is withheld from one document stands in another that more people may read.",
        "Read that document: withhold the words there too, or give it a stricter access_level, if they should not"
        " be read.",
    ),
    warning(
        "redactions.in-other-bytes",
        "What is withheld from one document stands in the file of another that more people may read, beside its text:"
        " in a comment, an attribute, a property, or a part that is not shown; or in a file that holds many documents.",
        "Look into the file; pack a copy without it, or give the document a stricter access_level, if it should not be"
        " read.",
    ),
    error(
        "redactions.not-written",
        "A redacted text was not written, because something else is in its place.",
        "Move that file away, or name another in the list.",
    ),
    error(
        "redactions.differs",
        "The redacted text is not what the list and the document give now, and was left as it is: the list or the"
        " document has changed since, or somebody has written into it.",
        "Put what was changed by hand into the list; then run `archive redact --replace`, or move the file away and"
        " run `archive redact`.",
    ),
    notice(
        "bag.identical",
        "The bag is there already, with the same content.",
        "Nothing; it was left as it is.",
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
