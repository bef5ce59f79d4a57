"""Codes of findings about what is inside documents: formats, characters, text layers, embedded metadata."""

from __future__ import annotations

from archive.model.codes.table import Code, error, notice, warning

CODES: tuple[Code, ...] = (
    warning(
        "format.name-disagrees",
        "The ending of the file's name says one format, its content another; the content is believed.",
        "Check that the file is the one you meant; rename it if only the name is wrong.",
    ),
    notice(
        "text.not-read",
        "No text is taken from files of this format; the file is packed as it is.",
        "Nothing, if the original is enough; else add a transcript of it with the role `transcript`.",
    ),
    warning(
        "text.too-large",
        "The document is larger than text is read from; the file is packed as it is.",
        "Split the document if its text matters, or raise `text_mib` or `file_mib` under `[limits]` in corpus.toml; or"
        " leave it: the original is kept whole.",
    ),
    warning(
        "text.too-many-blocks",
        "The document falls into more lines or elements than are read; the file is packed as it is.",
        "Split the document if its text matters, or raise `blocks` (of a PDF `pages`) under `[limits]` in corpus.toml;"
        " or leave it: the original is kept whole.",
    ),
    warning(
        "text.undecodable-bytes",
        "Some bytes do not belong to the document's character encoding; each stands as U+FFFD in the text.",
        "Look at the places named; if another copy of the document is whole, use that.",
    ),
    notice(
        "text.control-characters",
        "The text holds NULs or other control characters that no text needs; they are left out of the passages.",
        "Look at the places named; they are often the trace of a broken transfer.",
    ),
    warning(
        "text.mojibake-repaired",
        "A text that was decoded with the wrong encoding and saved so was repaired, as the recipe asks; the repaired"
        " text is a layer of its own, and the original stays as it was.",
        "Read the places named; where a repair is wrong, pack with a recipe that repairs nothing.",
    ),
    warning(
        "text.mojibake",
        "Some text looks as if it had been decoded with the wrong encoding and saved so; nothing was changed.",
        "Capture the document again if you can; else leave it: the text is what the file says.",
    ),
    notice(
        "text.empty",
        "The document holds no text: it is empty, or white space and control characters only.",
        "Check that the capture is complete.",
    ),
    warning(
        "document.encrypted",
        "The document is encrypted and asks for a password, so its text is not read; the file is packed as it is.",
        "Add a copy without the password, or a transcript with the role `transcript`, if the text matters.",
    ),
    warning(
        "document.malformed",
        "The document is damaged, or not what its format asks for, so its text or a part of it cannot be read; the file"
        " is packed as it is.",
        "If another copy of the document is whole, use that; else leave it: the original is kept.",
    ),
    notice(
        "document.part-empty",
        "Chapters of a book hold no text, as covers and pages of pictures do.",
        "Look at the chapters named; where they hold pictures of text that matters, add a transcript (role"
        " `transcript`).",
    ),
    warning(
        "document.expands-too-far",
        "The document would unpack to far more than it holds, or in far more parts, so its text is not read; the file"
        " is packed as it is.",
        "Look at where the file comes from; a document that is built like this was made to do harm or is damaged.",
    ),
    warning(
        "document.reader-crashed",
        "The program that reads this format broke down over the document, so its text is not read; the file is packed"
        " as it is, and no other document is touched.",
        "Open the file and save it anew if its text matters, and add that copy; the original is kept.",
    ),
    warning(
        "document.reader-too-slow",
        "The reading of the document took more time than one document may take, so its text is not read; the file is"
        " packed as it is.",
        "Split the document, or save it anew, if its text matters, or raise `seconds` under `[limits]` in corpus.toml;"
        " the original is kept.",
    ),
    warning(
        "pdf.no-text",
        "Pages of the document hold no text, most likely because they are pictures of pages; nothing is made up for"
        " them.",
        "Add a transcript (role `transcript`) or the result of a text recognition (role `ocr`), if the text matters.",
    ),
    notice(
        "pdf.attachments",
        "Files are attached to a PDF. Those that are documents have records of their own, where the PDF is the first"
        " file of its document; the others are packed inside it.",
        "Nothing, if the others do not matter; else save them and add them as files of their own.",
        "ISO 32000-1, 7.11.4",
    ),
    notice(
        "pdf.recognised-text",
        "The text of these pages lies invisibly over pictures of them: a program recognised it and may have misread.",
        "Nothing, if that is good enough; compare it with the picture before you quote it.",
    ),
    notice(
        "charset.guessed",
        "The document does not say its character encoding; it was told from the bytes alone.",
        "Look at the text; where it is wrong, save the document as UTF-8 beside the original.",
    ),
    warning(
        "charset.declaration-disagrees",
        "The document names a character encoding that its bytes do not fit; the bytes are believed.",
        "Nothing, if the text reads well.",
    ),
    warning(
        "markup.malformed",
        "A part that states metadata (JSON-LD in a page, front matter in Markdown) is not in the form that it"
        " should have, so little or nothing is taken from it.",
        "Correct it at the source, or give the metadata in the sheet.",
    ),
    warning(
        "markup.overloaded",
        "An element of the page has more attributes, or the page states more of itself, than any page needs. The text"
        " is read; what is beyond is not looked at, and no other extractor is asked what the main text is.",
        "Look at where the file comes from; a page that is built like this was made to do harm or is damaged.",
    ),
    warning(
        "original.hidden-personal-data",
        "The file holds something about a person that a reader of its text does not see, such as a user's name in a"
        " path or the author of a revision; in an open bag it is an error until somebody has decided.",
        "Take it out of a copy of the file and pack that; or, where it may be read by all, write `accepted` under"
        " hidden_personal_data in the sheet, in the sidecar, or in corpus.toml under [defaults].",
    ),
    notice(
        "original.not-searched",
        "Whether the file, or one in it, hides something about a person is not known: what it holds is not looked"
        " through here. In an open bag this is a warning until somebody has decided.",
        "Look at it with the program that made it; where it may be read by all, write `accepted` under"
        " hidden_personal_data in the sheet, in the sidecar, or in corpus.toml under [defaults].",
    ),
    warning(
        "jsonl.malformed-line",
        "A line of a JSON lines file is not a JSON object; it is packed in its file, and a record tells of it. Where it"
        " speaks of access this is an error, since nobody can tell which level it asks for.",
        "Nothing, if the original is enough; else correct the line: each must be one complete JSON object in UTF-8.",
        "RFC 8259",
    ),
    warning(
        "jsonl.line-too-long",
        "A line of a JSON lines file is longer than lines are read; it is packed in its file, and a record tells of it."
        " Where it speaks of access this is an error, since nobody can tell which level it asks for.",
        "If its text matters take the document out of the container and add it as a file of its own, or raise"
        " `text_mib` under `[limits]` in corpus.toml.",
    ),
    error(
        "jsonl.duplicate-member",
        "Two lines of a JSON lines file have the same id.",
        "Give each line an id of its own; the first one keeps it.",
    ),
    error(
        "jsonl.id-not-usable",
        "The id of a line in a JSON lines file is neither a string with content nor a whole number.",
        "Give the line an id that is a string, or none: then its line number is used.",
    ),
    error(
        "jsonl.text-missing",
        "A line of a JSON lines file has no text, or its text is no string.",
        "Give the line a string under `text`, or name the right key in corpus.toml under `[json_lines]`.",
    ),
    warning(
        "jsonl.field-not-usable",
        "A known field of a line in a JSON lines file holds a value that cannot be taken.",
        "Make it a string, or a list of strings where the field holds several.",
    ),
    error(
        "jsonl.repeated-key",
        "A key stands twice in an object of a JSON lines file; some readers take the first value, some the last.",
        "Keep one of them. Where no field of ours is concerned this is a warning, and the line is packed.",
        "RFC 7493, 2.3",
    ),
    warning(
        "jsonl.lone-surrogate",
        "An escape in a JSON lines file is half of a pair and no character; it stands as U+FFFD in the text.",
        "Correct it at the source: most often a text was cut in the middle of a character.",
        "RFC 7493, 2.1",
    ),
)
