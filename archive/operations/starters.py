"""What `init` writes: a starter corpus.toml and a starter metadata.csv, as bytes."""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from archive.model.fields import FIELDS

BYTE_ORDER_MARK = b"\xef\xbb\xbf"
"""Begins the sheet, since Excel takes a CSV file without it for a legacy encoding and spoils every name in it."""

FOR_A_PERSON = (
    "identifier",
    "title",
    "creators",
    "publisher",
    "date_issued",
    "language",
    "source_url",
    "rights",
    "access_level",
    "review_date",
)
"""The columns that stand empty for a person to fill in."""

MOST_COLUMNS = 10
"""How many columns of suggestions one field may have: a field with many values is a repeated column."""
LONGEST_SUGGESTION = 2_000
"""Characters; what is longer is no value for a cell."""

_LONGEST_SLUG = 60
_NOT_SLUG = re.compile(r"[^a-z0-9]+")
_RESERVED = re.compile(r"con|prn|aux|nul|com[0-9]|lpt[0-9]")
"""Names that Windows keeps for devices."""
_NEEDS_QUOTES = re.compile(r'[,;"\t\r\n]|^\s|\s$')
FORMULA = tuple("=+-@")
"""What a spreadsheet program takes for the beginning of a formula."""

Suggestions = Mapping[str, tuple[str, ...]]
"""Field -> values."""


@dataclass(frozen=True, slots=True)
class StarterRow:
    """One row of the sheet.

    Attributes:
        filename: as it is to stand in the sheet.
        identifier: a minted one, or an empty string.
        suggestions: what was read off the document.
    """

    filename: str
    identifier: str = ""
    suggestions: Suggestions = field(default_factory=dict)


def slug_of(name: str) -> str:
    """A name for bags from the name of a folder: ASCII, stable, and never empty.

    Where letters had to be left out, a digest of the true name tells it from others.

    >>> slug_of("Border reports (2024)"), slug_of("북한 2024"), slug_of("Été")
    ('border-reports-2024', '2024-b31ac63c', 'ete')
    """
    folded = "".join(one for one in unicodedata.normalize("NFKD", name.casefold()) if not unicodedata.combining(one))
    plain = _NOT_SLUG.sub("-", folded).strip("-")[:_LONGEST_SLUG].strip("-")
    if plain and not any(one.isalnum() and not one.isascii() for one in folded):
        return f"corpus-{plain}" if _RESERVED.fullmatch(plain) else plain
    mark = hashlib.sha256(unicodedata.normalize("NFC", name).encode("utf-8", "surrogatepass")).hexdigest()[:8]
    return f"{plain or 'corpus'}-{mark}"


def title_of(name: str) -> str:
    r"""A title from the name of a folder: one line without control characters.

    >>> title_of("border\nreports"), title_of("\udcff ")
    ('border reports', 'Untitled corpus')
    """
    readable = "".join(" " if unicodedata.category(one)[0] in "CZ" else one for one in name)
    return " ".join(unicodedata.normalize("NFC", readable).split()) or "Untitled corpus"


def starter_corpus(name: str) -> bytes:
    """A corpus.toml for a folder of that name, with every decision left to a person as a comment."""
    slug = slug_of(name)
    return _CORPUS.format(slug=_toml(slug), title=_toml(title_of(name))).encode("utf-8")


def starter_sheet(rows: Sequence[StarterRow]) -> bytes:
    """A metadata.csv: `filename`, empty columns for a person, and columns of suggestions.

    Returns:
        UTF-8 with a byte-order mark, rows ended by CR LF (RFC 4180).
    """
    columns = suggested_columns(rows)
    header = ["filename", *FOR_A_PERSON, *(f"suggested.{name}" for name, _ in columns)]
    lines = [header]
    for row in rows:
        own = [row.identifier if name == "identifier" else "" for name in FOR_A_PERSON]
        lines.append([row.filename, *own, *(_nth(row.suggestions.get(name, ()), number) for name, number in columns)])
    text = "".join(",".join(map(_cell, line)) + "\r\n" for line in lines)
    return BYTE_ORDER_MARK + text.encode("utf-8")


def suggested_columns(rows: Iterable[StarterRow]) -> list[tuple[str, int]]:
    """The columns of suggestions in the order of the fields, each with the index of the value that it shows."""
    most: Counter[str] = Counter()
    for row in rows:
        for name, values in row.suggestions.items():
            most[name] = max(most[name], len(values))
    return [(known.name, number) for known in FIELDS for number in range(min(most[known.name], MOST_COLUMNS))]


def fit_for_cell(value: str) -> str | None:
    r"""A suggestion in one line as a cell may hold it, or None where no cell should.

    A value that a spreadsheet program would carry out as a formula gets a blank before it, which reading the sheet
    takes away again.

    >>> fit_for_cell("A  title\n"), fit_for_cell("=1+1"), fit_for_cell("\x00"), fit_for_cell(" ")
    ('A title', ' =1+1', None, None)
    """
    text = " ".join(value.split())
    if not text or len(text) > LONGEST_SUGGESTION or any(unicodedata.category(one) in {"Cc", "Cs"} for one in text):
        return None
    return f" {text}" if text.startswith(FORMULA) else text


def _nth(values: Sequence[str], number: int) -> str:
    return values[number] if number < len(values) else ""


def _cell(text: str) -> str:
    return '"' + text.replace('"', '""') + '"' if _NEEDS_QUOTES.search(text) else text


def _toml(text: str) -> str:
    """A basic string (TOML 1.0.0): the escapes of JSON, and DEL, which JSON leaves as it is."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


_CORPUS = """\
# What this corpus is. A line that begins with # is not read: take the # away and write your own words.
# `archive check FOLDER` says what is missing or wrong; `archive pack FOLDER --to DIR` packs.

# A name that stays the same through all versions: an ARK, a DOI or another URI, if there is one.
identifier = {slug}
# The bag will be called <slug>-<version>. Raise the version whenever a document or a row changes; then
# `archive pack FOLDER --to DIR --previous BAG` takes over what did not change, and says what did.
slug = {slug}
version = "1"
title = {title}
# description = "What these documents are, in a sentence or two."
# creator = "The organisation or project that gathered them"
language = "en"  # of the descriptions in this file, as BCP 47

# A decision that only you can make: who may read the documents. As long as nobody says, they are restricted.
# A row of the sheet, or a sidecar, may say otherwise for one document; of two levels the stricter one counts.
# access_level = "open"  # or "restricted", or "embargoed" with a review_date
# review_date = "2030-01-01"  # when the level is to be looked at again; an embargo never ends by itself

# licence = "CC-BY-4.0"  # of the texts: an SPDX identifier or a URI
# metadata_licence = "CC0-1.0"  # of this file and the sheet
recipe = "default"  # how text is read; "text" takes nothing for furniture, "none" packs the originals alone
# "languages" takes whole texts and their languages, undivided and uncompared: for large collections of clean text.
# "default-repaired" and "text-repaired" also repair text that was decoded with the wrong encoding and saved so.

# Lists in this folder. What is withdrawn (columns identifier, reason, date) leaves a tombstone in the next version, and
# this list goes into no bag. What is withheld is taken out of a text by `archive redact`; see the README.
# withdrawn = "withdrawn.csv"
# redactions = "withheld.jsonl"
# additional_columns = ["shelf mark"]  # columns of the sheet that are your own
# schema = "our-records.schema.json"  # rules of your own, which may only narrow those of this program
# viewer = true  # whether a hub that hosts the bag may show its rows on a page

# Whom to ask: a role, not a person.
# [contact]
# role = "Archivist"
# organization = "Example Archive"
# email = "archive@example.org"

# What holds for every document that says nothing else itself.
# [defaults]
# publisher = "Example Daily"
# rights = "In copyright"
# hidden_personal_data = "accepted"  # of files with comments, or names in their properties: once you have looked

# Columns whose cells hold several values, and what stands between them.
# [lists]
# creators = ";"

# Which columns of CSV files hold the texts of documents and what is known of them, and keys of JSON lines.
# [csv]
# Body = "text"
# Headline = "title"
# [json_lines]
# body = "text"

# How much of a document is read, where the usual is not enough; `archive pack --help` lists all limits.
# [limits]
# seconds = 300  # of processor time for one document
# text_mib = 64  # of a document that is read as text

# What a reader has to know before relying on the corpus. Write a sentence for each.
# [datasheet]
# purpose = "Why was the corpus made, and for what may it be used?"
# selection = "How were the documents chosen, by whom, and what was left out on purpose?"
# gaps = "What is missing that a reader would expect?"
# consent = "Were those who speak or are spoken of asked, and how?"
# sensitivity = "Who could be harmed by what the documents say?"
# takedown_contact = "Whom does a person write to who wants a document withdrawn?"

# Lines of your own for bag-info.txt.
# [bag-info]
# Source-Organization = "Example Archive"

# Files of this folder that the bag is to have as tag files, where an institution asks for them.
# [tag-files]
# "mets.xml" = "for-the-library/mets.xml"

# What an archive needs of its own; it is kept in the bag as it stands.
# [additional]
# shelf_mark = "Ms. 17"
"""
