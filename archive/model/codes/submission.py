"""Codes of findings about a corpus folder: corpus.toml, the sheet, the sidecars, the files."""

from __future__ import annotations

from archive.model.codes.table import error, notice, warning

_CONFIGURATION = (
    error(
        "corpus.malformed",
        "corpus.toml is not readable as TOML.",
        "Correct the line that the finding names; text stands between quotes, and every key is written once.",
        "TOML 1.0.0",
    ),
    error("corpus.encoding", "corpus.toml is not UTF-8.", "Save corpus.toml as UTF-8 in your editor.", "TOML 1.0.0"),
    notice("corpus.byte-order-mark", "corpus.toml begins with a byte-order mark.", "Nothing; it is read without."),
    error("corpus.too-large", "corpus.toml is larger than any such file needs to be.", "Keep it under 1 MiB."),
    error(
        "corpus.unknown-key",
        "corpus.toml has a key that this program does not know.",
        "Correct the name of the key, or move what is your own under [additional].",
    ),
    error("corpus.missing-key", "corpus.toml lacks a key that every corpus needs.", "Add the line to corpus.toml."),
    error("corpus.wrong-type", "A value in corpus.toml is of the wrong kind.", "Write the value as the finding asks."),
    error("corpus.wrong-value", "A value in corpus.toml cannot be used.", "Write the value as the finding asks."),
    error(
        "corpus.unsafe-name",
        "The slug or the version cannot be part of the name of a folder.",
        "Use letters without accents, digits, dots, hyphens and underscores, beginning with a letter or a digit.",
    ),
    error(
        "corpus.reserved-label",
        "[bag-info] sets a line that packing itself writes.",
        "Remove the line from [bag-info]; packing fills it in.",
        "RFC 8493, 2.2.2",
    ),
    error(
        "corpus.schema-missing",
        "The schema that corpus.toml names is not a file in the corpus folder.",
        "Put the schema into the folder, or correct `schema` in corpus.toml.",
    ),
    error(
        "corpus.tag-file-missing",
        "A file that [tag-files] in corpus.toml names is not in the corpus folder.",
        "Put the file into the folder, or correct the line under [tag-files].",
    ),
    error(
        "corpus.reserved-name",
        "A name that this program reads for itself is taken by something other than a plain file.",
        "Put a plain file in its place, or rename it; links are not followed.",
    ),
    error(
        "corpus.list-missing",
        "A list that corpus.toml names, of withdrawn documents or of withheld passages, is not a file in the folder.",
        "Put the list into the folder, or correct the line of corpus.toml.",
    ),
    error(
        "withdrawn.malformed",
        "A row in the list of withdrawn documents cannot be used.",
        "Write identifier, reason and date into it as the finding asks.",
    ),
    error(
        "withdrawn.still-there",
        "A document that was withdrawn is still in the corpus.",
        "Move its files out of the folder with their rows and sidecars, or take it off the list.",
    ),
    error(
        "withdrawn.not-named",
        "A file looks like a list of withdrawn documents, and corpus.toml does not name it, so it would be packed.",
        'Write `withdrawn = "its name"` into corpus.toml, or move the file out of the folder.',
    ),
    error(
        "redactions.malformed",
        "A line in the list of withheld passages cannot be used.",
        "Write the line as the finding asks; see 'Redactions' in the README.",
    ),
    error(
        "redactions.not-named",
        "A file looks like a list of withheld passages, and corpus.toml does not name it, so it would be packed.",
        'Write `redactions = "its name"` into corpus.toml, or move the file out of the folder.',
    ),
    error("corpus.file-unreadable", "A file of the corpus could not be read.", "Give yourself leave to read it."),
    error(
        "folder.unreadable",
        "A folder could not be listed, so nothing is known of what is in it.",
        "See to it that you may read it, and run the command again.",
    ),
)

_SHEET = (
    error(
        "sheet.encoding",
        "The sheet is not UTF-8.",
        "Save it again as 'CSV UTF-8': the program cannot guess the encoding without risking wrong names.",
    ),
    error("sheet.nul", "The sheet holds NUL bytes.", "Save it again as 'CSV UTF-8' from your spreadsheet program."),
    error("sheet.too-large", "The sheet is larger than this program reads.", "Split the corpus into several."),
    error(
        "sheet.quotes",
        "A row's quotation marks do not add up, so nobody can tell where its cells end.",
        'Close the quotation mark that opens a cell; inside a quoted cell write "" for one ".',
        "RFC 4180, 2",
    ),
    error("sheet.no-header", "The sheet has no header.", "Write the names of the columns in the first row."),
    error(
        "sheet.filename-column",
        "The sheet needs one column called filename.",
        "Call the column that names the files `filename`, and only that one.",
    ),
    notice(
        "sheet.separator",
        "The cells of the sheet are not separated by commas.",
        "Nothing; the separator that the header uses is used throughout.",
        "RFC 4180, 2",
    ),
    error(
        "sheet.several",
        "There is more than one sheet, so nobody can tell which one counts.",
        "Keep one of metadata.csv, metadata.xlsx and metadata.ods at the top of the folder.",
    ),
    error(
        "sheet.workbook-unreadable",
        "The sheet is a workbook that cannot be read.",
        "Open it in a spreadsheet program and save it again, or save it as 'CSV UTF-8' under the name metadata.csv.",
    ),
    warning(
        "sheet.date-rewritten",
        "A spreadsheet program has taken what was typed for a date; what it was in the words of the source is gone.",
        "Compare with the source: 'spring 2017' or '03/05/2011' may have become another day. Format the column as "
        "text, then type the date again as EDTF.",
        "EDTF (ISO 8601-2)",
    ),
    warning(
        "sheet.cell-computed",
        "A cell holds a formula; the value that the spreadsheet program last computed is used.",
        "Put the value itself into the cell.",
    ),
    error(
        "sheet.cell-error",
        "A cell holds an error of a spreadsheet program in the place of a value.",
        "Write the value into the cell, or empty it.",
    ),
    warning(
        "sheet.cell-merged",
        "Cells of the workbook are merged into one, so that its value stands in the first of them alone; the others are"
        " read as empty.",
        "Undo the merging, and write the value into each cell that it is meant for.",
    ),
    notice(
        "sheet.other-sheets",
        "The workbook has other sheets; the first that is shown is read, and nothing of the others.",
        "Nothing, if they hold other things; else bring all rows into the first sheet.",
    ),
    warning(
        "sheet.digits-lost",
        "A cell holds a number of more than fifteen digits, of which spreadsheet programs keep fifteen.",
        "Format the column as text, then type the number again.",
    ),
    warning(
        "sheet.unknown-column",
        "The sheet has a column that this program does not know, so its values are not used.",
        "Rename the column, or declare it in corpus.toml: additional_columns = [...].",
    ),
    warning(
        "sheet.unnamed-column",
        "A column without a name holds values, which are not used.",
        "Give the column a name in the first row, or empty it.",
    ),
    notice(
        "sheet.suggestions",
        "The sheet has suggested.* columns, which packing ignores.",
        "Check them, and delete `suggested.` from the header of those that you accept.",
    ),
    error(
        "sheet.ragged-row",
        "A row has more or fewer cells than the header.",
        "Give the row one cell for each column; put text that holds a separator between quotation marks.",
        "RFC 4180, 2",
    ),
    error("sheet.cell-too-long", "A cell holds more text than metadata should.", "Shorten it, or use a sidecar."),
    error("sheet.empty-filename", "A row names no file.", "Write the file's name into the row, or remove the row."),
    error(
        "sheet.filename-escapes",
        "A row names a file outside the corpus folder.",
        "Move the file into the folder and write its name relative to the folder.",
    ),
    error(
        "sheet.row-without-file",
        "A row of the sheet names a file that is not in the folder.",
        "Correct the filename in that row, or remove the row.",
    ),
    error(
        "sheet.row-without-member",
        "A row of the sheet names a member that the container does not hold.",
        "Correct what stands after `#` in that row, or remove the row.",
    ),
    error(
        "sheet.duplicate-row",
        "Two rows of the sheet name the same file.",
        "Keep one of the rows.",
    ),
    warning(
        "sheet.file-without-row",
        "A file of the folder has no row in the sheet.",
        "Add a row for the file, or move the file out of the folder.",
    ),
    error(
        "sheet.unknown-role",
        "A file's role is not one that this program knows.",
        "Use page, screenshot, scan, ocr, translation or transcript.",
    ),
    error(
        "sheet.value-twice",
        "A row gives two values to a field that holds one.",
        "Keep one of the values.",
    ),
    warning(
        "sheet.rows-disagree",
        "The rows of one document's files give different values to a field that holds one.",
        "Give the same value in each row, or in one of them; until then the first file's is used.",
    ),
    error(
        "sheet.container-row",
        "A role is stated for a file that holds many documents.",
        "Remove the role: each of its documents is a page of its own.",
    ),
    warning(
        "sheet.misnamed",
        "A file looks like the sheet but has another name or place, so it is packed as a document.",
        "Save it as metadata.csv, metadata.xlsx or metadata.ods at the top of the corpus folder.",
    ),
)

_SIDECARS = (
    error("sidecar.malformed", "A sidecar is not readable as JSON.", "Correct the place that is named.", "RFC 8259"),
    error("sidecar.not-an-object", "A sidecar is not a JSON object.", 'Write it as {"title": "...", ...}.', "RFC 8259"),
    error("sidecar.too-large", "A sidecar is larger than metadata should be.", "Keep it under 1 MiB."),
    error("sidecar.repeated-key", "A sidecar has a key twice.", "Keep one of them.", "RFC 8259, 4"),
    warning(
        "sidecar.unknown-key",
        "A sidecar has a key that this program does not know, so its value is not used.",
        "Rename the key, or put it under `additional`.",
    ),
    error(
        "sidecar.wrong-type",
        "A value in a sidecar is of the wrong kind.",
        "Write text between quotation marks, and several values as a list.",
    ),
    warning(
        "sidecar.identifier-differs",
        "The sidecar gives another identifier than the sheet; the sheet's is used.",
        "Make the two agree.",
    ),
    warning(
        "sidecar.without-document",
        "A sidecar describes a file that is no document.",
        "Name the sidecar after a document, or list it in the sheet if it is one itself.",
    ),
)

_IGNORED = (
    notice(
        "ignored.hidden",
        "A name that begins with a dot is hidden, so what it names is not packed.",
        "Nothing; or take away the dot where it is a document.",
    ),
    notice(
        "ignored.system",
        "Operating systems and office programs leave such files behind; they are not packed.",
        "Nothing; or rename it where it is a document.",
    ),
    notice(
        "ignored.link",
        "A link is not followed, since it may lead out of the corpus; what it points to is not packed by it.",
        "Nothing, if that lies in the folder as well; else put the file itself in the place of the link.",
    ),
    notice("ignored.special", "A pipe, a socket or a device is no document.", "Nothing; or put a plain file there."),
    notice("ignored.empty-folder", "A folder holds nothing, and bags keep no empty folders.", "Nothing."),
)

_DOCUMENTS = (
    warning(
        "access.unstated",
        "Nobody states who may read some of the documents, so they are restricted.",
        'Add a line to corpus.toml, above all [tables]: access_level = "restricted" (or open, or embargoed).',
    ),
    error(
        "access.unknown-level",
        "An access level is not one that this program knows.",
        "Write open, embargoed or restricted.",
    ),
    warning(
        "access.conflict",
        "Several places state different access levels for a document; the strictest is used.",
        "Make them agree.",
    ),
    warning(
        "access.stricter-folder",
        "A row for a folder states a stricter access level than one of the documents in it has, so nothing else that"
        " the row says is taken for that document.",
        "Nothing, if the document may be read by more people; write what is to be said of it into its own row.",
    ),
    error(
        "access.embargo-without-date",
        "An embargoed document has no review date.",
        "State review_date as YYYY-MM-DD in the sheet, the sidecar or corpus.toml.",
    ),
    error(
        "access.mixed-container",
        "A member of a file has another access level than the file, which is packed whole.",
        "Give the file and its members one access level, or split the file in two.",
    ),
    error(
        "document.identifier-role-twice",
        "Two files of one document have the same role.",
        "Give each file of the document its own role, or its own identifier.",
    ),
    error(
        "document.identifier-clash",
        "Two documents have the same identifier.",
        "Give one of them another identifier in the sheet.",
    ),
    error(
        "document.identifier-unfit",
        "An identifier is too long or holds control characters.",
        "Give the document an identifier of at most 512 bytes without control characters in the sheet.",
    ),
    warning(
        "path.not-utf8",
        "A file's name is not UTF-8; its identifier writes the odd bytes as \\xNN.",
        "Nothing, or rename the file in your own copy, or give it an identifier in the sheet.",
    ),
    warning(
        "path.control-character",
        "A file's name holds control characters; its identifier writes them as \\xNN.",
        "Nothing, or rename the file in your own copy, or give it an identifier in the sheet.",
    ),
)

CODES = _CONFIGURATION + _SHEET + _SIDECARS + _IGNORED + _DOCUMENTS
