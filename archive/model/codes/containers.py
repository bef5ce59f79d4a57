"""Codes of findings about files that hold many documents: web archives, mail, archives, tables."""

from __future__ import annotations

from archive.model.codes.table import Code, notice, warning

CODES: tuple[Code, ...] = (
    notice(
        "container.no-documents",
        "The name of a file says that it holds many documents; none was found in it, so it is one document itself.",
        "Nothing, if the original is enough; else look at what the file is.",
    ),
    warning(
        "container.mostly-broken",
        "More documents of a container are broken or empty than whole, over 10,000 of them; what is behind them is not"
        " read. Where none is whole it is one document itself.",
        "Look at the first broken ones; often one quotation mark or the wrong encoding is behind all. Correct the file"
        " and pack again.",
    ),
    notice(
        "container.not-documents",
        "Some of what a container holds is no document, or is one that is left out; it is packed inside"
        " the original, and no record speaks of it.",
        "Nothing, if these do not matter; else take them out and add them as files of their own.",
    ),
    warning(
        "container.name-twice",
        "Two documents of a container have the same name; the later one has its number in its name too.",
        "Nothing, unless a row of the sheet speaks of one of them: then look which one it means.",
    ),
    warning(
        "container.damaged",
        "A part of a container cannot be read; what stands before and behind it is read.",
        "Look at the bytes named; if another copy of the file is whole, use that.",
    ),
    warning(
        "container.bomb",
        "Far more comes out of a part of a container than is in it, or it holds more than is read; that part is left"
        " unread.",
        "If you trust it, take the documents out of the container yourself and add them as files, or raise what stands"
        " in its way under `[limits]` in corpus.toml (`ratio`, `expanded_mib`, `file_mib`, `parts`).",
    ),
    warning(
        "container.not-listed",
        "To find the documents in a container took more time or memory than it may, or the program that does so broke"
        " down over it; what was not found is packed inside the original, and no record speaks of it. Where rows may"
        " ask for a level of access this is an error.",
        "Divide the container, or take its documents out and add them as files.",
    ),
    warning(
        "container.type-disagrees",
        "What a container says of a document's format is not what the document's content shows; the content is"
        " believed.",
        "Nothing, if the text reads well.",
    ),
    warning(
        "container.encrypted",
        "An entry of an archive, or a message, is encrypted, so that nothing of it can be read.",
        "Decrypt it and add it as a file, if it may be packed.",
    ),
    warning(
        "warc.malformed-record",
        "Something in a web archive is no WARC record, or its length does not lead to the next one.",
        "Look at the bytes named; if another copy of the file is whole, use that.",
        "ISO 28500:2017, 4",
    ),
    warning(
        "warc.record-cut-short",
        "A record of a web archive is cut short: fewer bytes are there than it says, or the crawler says so itself.",
        "If another copy of the file is whole, use that; else leave it: what is there is packed and read.",
        "ISO 28500:2017, 5.13",
    ),
    warning(
        "warc.digest-mismatch",
        "The digest that a record of a web archive states of itself is not that of its bytes.",
        "Treat the record as damaged or changed since it was captured; compare with another copy of the file.",
        "ISO 28500:2017, 5.8",
    ),
    notice(
        "warc.digest-unchecked",
        "Digests that records of a web archive state could not be checked.",
        "Nothing, if the file is trusted for other reasons; the bag's own digests hold from now on.",
        "ISO 28500:2017, 5.8",
    ),
    warning(
        "warc.body-damaged",
        "The compressed or chunked body of a captured page cannot be decoded to its end; what came out is read.",
        "If another capture of the page is whole, use that.",
        "RFC 9110, 8.4",
    ),
    notice(
        "mail.attachments",
        "Files are attached to a message that are no documents, such as pictures; they are packed inside it.",
        "Nothing, if these do not matter; else save them and add them as files of their own.",
    ),
    warning(
        "mail.part-damaged",
        "A part of a message is not encoded as it says; what came out is read.",
        "If another copy of the message is whole, use that.",
        "RFC 2045, 6",
    ),
    warning(
        "mail.too-many-parts",
        "A message has more parts than are looked at; what is behind them is packed inside it, and not read.",
        "Nothing, if the text is whole; else save what is missing and add it as files of its own.",
    ),
    warning(
        "mail.head-too-long",
        "The head of a message is longer than is looked at; what is behind that in it is passed over.",
        "Look at the file: a head of such a length is no letter's.",
        "RFC 5322, 2.2",
    ),
    notice(
        "mail.before-first",
        "Something stands in a mailbox before the first message, and is packed inside it alone.",
        "Nothing, if it is no letter; else look at the beginning of the file.",
        "RFC 4155",
    ),
    warning(
        "mail.no-message",
        "What should be a message does not begin with the fields of one, so no text is taken from it.",
        "Look at the bytes named; if another copy of the mailbox is whole, use that.",
        "RFC 5322, 2.2",
    ),
    warning(
        "container.nested",
        "A container lies in too many others, and is not opened.",
        "Take it out and add it as a file of its own, or raise `nesting` under `[limits]` in corpus.toml.",
    ),
    warning(
        "wacz.digest-mismatch",
        "A file of a WACZ does not have the digest that its list of files states, or is not there.",
        "Treat the file as damaged or changed since it was made; compare with another copy.",
        "WACZ 1.1.1, 5.2.5",
    ),
    notice(
        "wacz.digest-unchecked",
        "A WACZ states no digest of a file, or one that cannot be checked.",
        "Nothing, if the file is trusted for other reasons; the bag's own digests hold from now on.",
        "WACZ 1.1.1, 5.2.5",
    ),
    notice(
        "csv.not-opened",
        "A table is packed as one document, since corpus.toml does not say which of its columns holds texts.",
        "Nothing, if it is data; else write `[csv]` into corpus.toml and below it the header of that column, as in"
        ' `Body = "text"`: each row is a document then.',
    ),
    warning(
        "csv.no-text-column",
        "corpus.toml names a column of texts for CSV files, and a CSV file has no such column; it is one document"
        " itself.",
        "Nothing, if the file is a table of data; else correct the name of the column in corpus.toml under `[csv]`.",
    ),
    warning(
        "csv.malformed-row",
        "A row of a CSV file is not written as RFC 4180 has it, is too long, or lacks the cell of its text; it is"
        " packed in its file, and a record tells of it. In a table with a column of access levels this is an error.",
        "Nothing, if the original is enough; else correct the row: quotation marks around a cell are closed, and those"
        " within it doubled.",
        "RFC 4180, 2",
    ),
    warning(
        "csv.row-length",
        "A row of a CSV file has more or fewer cells than the header.",
        "Look whether the cells of this row stand under the right headers.",
        "RFC 4180, 2",
    ),
    warning(
        "csv.field-not-usable",
        "A known column of a CSV file holds a value that cannot be taken.",
        "Correct the value, or give the metadata in the sheet.",
    ),
)
