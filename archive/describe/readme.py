"""The two pages that a bag carries for people: README.md beside the manifests, and data/README.md under them."""

from __future__ import annotations

from textwrap import indent

from archive.describe.dictionary import crosswalk, data_dictionary
from archive.describe.facts import BagFacts
from archive.describe.markdown import code, line, page, paragraphs, table
from archive.model.versions import Holds

LEVELS = {
    "open": "Open: everyone may read it.",
    "embargoed": "Embargoed: nobody may pass it on before the review date that stands with each document "
    "(`review_date`), and not then either without a person's decision.",
    "restricted": "Restricted: only those whom the contact below has allowed may read it, and nobody may pass it on.",
}
"""What each access level means, in words."""


def bag_readme(facts: BagFacts) -> bytes:
    """README.md at the top of a bag: short; what this is, how to check it, where to read on.

    Args:
        facts: of this bag.

    Returns:
        CommonMark in UTF-8 with LF.
    """
    return page(
        f"# {line(facts.title)}, version {line(facts.version)}",
        _in_short(facts),
        paragraphs(facts.description),
        "## Before anything else: check it",
        "Run in this folder, with the tools that every Linux has (on macOS: `shasum -a 256 -c`):",
        _shell(_checks(facts)),
        "Or with any BagIt tool (RFC 8493), for instance `bagit.py --validate .`, or `archive validate .` of "
        "corpus-archive. A bag that passes is the one that was packed only if the digest of "
        "`tagmanifest-sha256.txt` is the one that was written down elsewhere when it was packed."
        if "sha256" in facts.algorithms
        else "Or with any BagIt tool (RFC 8493).",
        "## Where to read on",
        "`data/README.md` says what lies where, by what rule the text follows from the originals, how to check that, "
        "how to load the tables, and what every column means.",
        _contact(facts),
    )


def payload_readme(facts: BagFacts, rule: str) -> bytes:
    """data/README.md: the page with which a stranger can use the bag and check every claim of it.

    Args:
        facts: of this bag.
        rule: the published rule of derivation, as Markdown whose headings begin at level 3.

    Returns:
        CommonMark in UTF-8 with LF.
    """
    return page(
        f"# {line(facts.title)}, version {line(facts.version)}",
        _in_short(facts),
        paragraphs(facts.description),
        _rights(facts),
        _datasheet(facts),
        "## What lies where",
        "The folder above this one is a BagIt bag (RFC 8493). Everything in this folder, `data/`, is its payload: "
        "each file stands with its checksum in the manifests beside it.",
        table(("Path", "What it is"), ((f"`{path}`", what) for path, what in _layout(facts))),
        "Records and `bag.json` are the one source; the tables follow from them and can be made again at any time.",
        *(_WITHOUT_TEXT if facts.holds is Holds.METADATA else (*_WITH_TEXT, rule)),
        "## How to check it",
        "1. **The bytes.** In the folder above this one (on macOS: `shasum -a 256 -c`):",
        indent(_shell(_checks(facts)), "   "),
        "   or with any BagIt tool, for instance the Library of Congress's: `bagit.py --validate .`",
        "2. **The bag as a whole, the records, the tables.** With corpus-archive: `archive validate .`; it says more "
        "than whether checksums agree, and what to do about each thing that it finds.",
        *(_CHECK_OF_TEXT if facts.holds is Holds.DOCUMENTS else ()),
        f"{_LAST_CHECK[facts.holds]}. {_SAME_BAG}",
        "Most readers of Parquet give a damaged table as if it were whole, so check before you load.",
        "## How to load it",
        "Run these in the folder above this one.",
        *_loading(facts),
        "## The data dictionary",
        "A column that may not be null always has a value; a list without values is an empty list. Dates are EDTF "
        "(ISO 8601-2), with their bounds as plain days beside them. Languages are BCP 47 tags, media types are "
        "IANA's, formats are PRONOM's.",
        data_dictionary(3),
        "## What others call it",
        "Columns of the documents table in the words of Dublin Core terms, schema.org, DataCite 4.6 and PREMIS 3.0; an "
        "empty cell means that there is no word for the same thing. `ro-crate-metadata.json` uses those of schema.org.",
        crosswalk(),
        _contact(facts),
    )


_LAYOUT = (
    ("bag.json", "the bag's own record: counts, events, what was left out, the recipe, versions, the datasheet"),
    ("originals/", "byte for byte what was given, under names that every system can hold"),
    ("derived/", "text layers taken from formats whose bytes do not hold the text plainly"),
    (
        "records/",
        "one JSON object a line for each document: metadata, who said what, files, passages, annotations and the rest",
    ),
    ("tables/", "the same as Parquet tables, for analysis"),
    ("evidence/", "what the whole corpus said about page furniture, such as lines that stand on every page"),
    ("submission/", "the metadata as it was given: the sheet, the sidecars, `corpus.toml`, the annotations"),
    (
        "schemas/",
        "the JSON schemas of records and `bag.json`, the profile that the bag meets, the terms of annotated figures",
    ),
)

_LOADING = (
    "**pandas**",
    """```python
import pandas as pd

documents = pd.read_parquet("data/tables/documents.parquet")
passages = pd.read_parquet("data/tables/passages.parquet")
kept = passages[passages["kept"]].merge(documents[["document_id", "title", "date_issued"]], on="document_id")
```""",
    "**polars**",
    """```python
import polars as pl

documents = pl.read_parquet("data/tables/documents.parquet")
by_language = documents.explode("languages").group_by("languages").len().sort("len", descending=True)
```""",
    "**DuckDB**",
    """```python
import duckdb

counts = duckdb.sql(\"\"\"
    SELECT document_id, title, count(*) AS quotations
    FROM 'data/tables/documents.parquet' JOIN 'data/tables/passages.parquet' USING (document_id)
    WHERE kind = 'quotation'
    GROUP BY document_id, title
    ORDER BY quotations DESC, document_id
\"\"\").fetchall()
```""",
    "**From a passage to its bytes**",
    """```python
import duckdb

pieces = duckdb.sql(\"\"\"
    SELECT passages.text, layer, byte_start, byte_end
    FROM 'data/tables/passages.parquet' AS passages JOIN 'data/tables/spans.parquet' AS spans
        USING (document_id, ordinal)
    ORDER BY document_id, ordinal, part
    LIMIT 10
\"\"\").fetchall()
for text, layer, byte_start, byte_end in pieces:
    with open(layer, "rb") as file:
        file.seek(byte_start)
        evidence = file.read(byte_end - byte_start)
```""",
    "**What documents state in figures, with the words behind each**, where somebody annotated them",
    """```python
import duckdb

figures = duckdb.sql(\"\"\"
    SELECT value, value_low, value_high, unit, population, place, coalesce(period, period_stated) AS time, said_by,
        quotation, document_id
    FROM 'data/tables/annotations.parquet'
    WHERE coalesce(value, value_low, value_high) IS NOT NULL
    ORDER BY unit, document_id, char_start
\"\"\").fetchall()
```""",
    "**Others**",
    """- Spark: `spark.read.parquet("data/tables/documents.parquet")`.
- Hugging Face `datasets`, if this bag is open: `load_dataset("/the/path/of/this/folder", "documents")`, with the whole
  path; every table that has rows is a configuration.
- JavaScript: hyparquet with hyparquet-compressors; a date of JavaScript keeps milliseconds.
- fastparquet does not keep what is here: it turns the year 1 into 1754 and forgets that times are in UTC. pyarrow keeps
  it.""",
)


_WITH_TEXT = (
    "## The rule of derivation",
    (
        "No text in this bag was written by a program of its own accord. Every passage names *spans*: ranges of bytes "
        "in a file of this bag, the original itself or a stored text layer. Its text follows from those bytes by the "
        "rule below; programs only said what kind of passage it is, in which language, and whether to keep it."
    ),
)
_WITHOUT_TEXT = (
    "## What is not in it",
    (
        "This bag holds metadata alone: no original, no text, no passage; the tables of passages, spans and "
        "annotations have no rows. Paths under `data/originals/` say where a document stands in the bag that holds it. "
        "In an open bag the size and the sha256 of each original are given, so that whoever has the document can "
        "tell that it is the one; in an embargoed or restricted bag they are 0 and empty, and the figures of the text "
        "with them, because a digest lets anyone test a guess."
    ),
)
_CHECK_OF_TEXT = (
    (
        "3. **The text.** Take the rule above and repeat it: fifty lines of any language are enough. The source of "
        "corpus-archive has such a program, `tools/check_derivation.py`, which uses nothing but Python itself."
    ),
)
_SAME_BAG = (
    "**That it is the same bag.** Checksums show that nothing has changed since they were written, not who wrote them. "
    "Compare the sha256 of `tagmanifest-sha256.txt` with the one that was printed when the bag was packed and kept "
    "somewhere else."
)
_LAST_CHECK = {Holds.DOCUMENTS: 4, Holds.METADATA: 3}
_OF_TEXT = frozenset({"originals/", "derived/", "evidence/"})


def _layout(facts: BagFacts) -> list[tuple[str, str]]:
    return [one for one in _LAYOUT if facts.holds is Holds.DOCUMENTS or one[0] not in _OF_TEXT]


def _loading(facts: BagFacts) -> tuple[str, ...]:
    if facts.holds is Holds.DOCUMENTS:
        return _LOADING
    return ('```python\nimport pandas as pd\n\ndocuments = pd.read_parquet("data/tables/documents.parquet")\n```',)


def _in_short(facts: BagFacts) -> str:
    level = LEVELS.get(facts.access_level, line(facts.access_level))
    maker = f" Put together by {line(facts.creator)}." if facts.creator.strip() else ""
    documents = _counted(facts.documents, "document")
    what = (
        f"An archive of {documents} in {_counted(facts.passages, 'passage')} of text"
        if facts.holds is Holds.DOCUMENTS
        else f"The metadata of {documents}, without the documents and their text"
    )
    short = f"{what}, packed as a BagIt bag with the identifier {code(facts.urn)}.{maker}\n\n**{level}**"
    return "\n\n".join([short, *_before(facts)])


def _before(facts: BagFacts) -> list[str]:
    """What was before: the version that this one follows, and what was withdrawn."""
    said = []
    if facts.previous is not None:
        said.append(
            f"It follows version {line(facts.previous.version)}, the bag {code(facts.previous.urn)} with the root "
            f"digest `sha256:{facts.previous.root_digest}`."
        )
    if facts.tombstones:
        were = "was" if facts.tombstones == 1 else "were"
        said.append(
            f"{_counted(facts.tombstones, 'document')} {were} withdrawn from this corpus; `data/bag.json` has a "
            "tombstone for each. Whoever still holds one of them is asked not to pass it on."
        )
    return said


def _counted(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def _checks(facts: BagFacts) -> list[str]:
    return [
        f"{algorithm}sum -c --quiet {kind}-{algorithm}.txt"
        for algorithm in facts.algorithms
        if algorithm in {"md5", "sha1", "sha224", "sha256", "sha384", "sha512"}
        for kind in ("tagmanifest", "manifest")
    ]


def _shell(commands: list[str]) -> str:
    return "```sh\n" + "\n".join(commands) + "\n```" if commands else ""


def _rights(facts: BagFacts) -> str:
    stated = (("the texts", facts.licence), ("the metadata", facts.metadata_licence))
    lines = [f"- Licence of {what}: {line(licence)}" for what, licence in stated if licence.strip()]
    where = "Rights that are stated for single documents stand in the documents table (`rights`, `rights_uri`)."
    return "\n".join(["## Rights", "", *lines, *([""] if lines else []), where])


def _datasheet(facts: BagFacts) -> str:
    if not facts.datasheet:
        return ""
    entries = [f"### {line(heading)}\n\n{paragraphs(text)}" for heading, text in facts.datasheet]
    return "\n\n".join(["## What to know before trusting it", *entries])


def _contact(facts: BagFacts) -> str:
    if not facts.contact:
        return ""
    return "\n".join(["## Contact", "", *(f"- {line(label)}: {line(value)}" for label, value in facts.contact)])
