"""Writes schemas/data-dictionary.md from the columns in the code, or says with --check whether it is up to date."""

import sys
from pathlib import Path

from archive.describe.dictionary import crosswalk, data_dictionary

PAGE = Path(__file__).resolve().parent.parent / "schemas" / "data-dictionary.md"
ABOUT = (
    "Every table of a bag and every column, as the Parquet files, `data/datapackage.json`, `data/croissant.json` and "
    "`data/README.md` of each bag have them too. This page is written by `tools/data_dictionary.py`."
)
CROSSWALK = (
    "Columns of the documents table in the words of Dublin Core terms, schema.org, DataCite 4.6 and PREMIS 3.0; an "
    "empty cell means that there is no word for the same thing."
)


def page() -> str:
    """The page, as Markdown."""
    blocks = ("# The data dictionary", ABOUT, data_dictionary(2), "## What others call it", CROSSWALK, crosswalk())
    return "\n\n".join(blocks) + "\n"


def main(arguments: list[str]) -> int:
    """Writes or checks; the exit code is 1 where a check finds the page out of date."""
    wanted = page()
    if arguments == ["--check"]:
        is_current = PAGE.is_file() and PAGE.read_text(encoding="utf-8") == wanted
        if not is_current:
            sys.stderr.write("schemas/data-dictionary.md is out of date; run: python tools/data_dictionary.py\n")
        return int(not is_current)
    if arguments:
        sys.exit("usage: data_dictionary.py [--check]")
    PAGE.write_text(wanted, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
