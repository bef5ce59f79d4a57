"""Writes schemas/findings.md, the table of all finding codes, or says with --check whether it is up to date."""

import sys
from collections.abc import Iterator
from pathlib import Path

from archive.model.codes import CODES

PAGE = Path(__file__).resolve().parent.parent / "schemas" / "findings.md"
ABOUT = (
    "Everything that a command finds wrong, or worth knowing, has one of these codes, a place, and a remedy. An error "
    "makes the verdict `invalid` (or `undetermined`, where it only says that something could not be checked), a "
    "warning and a notice do not. The last column names the rule that a code stands for. This page is written by "
    "`tools/findings_table.py`."
)


def page() -> str:
    """The page, as Markdown, sorted by code."""
    return "# The codes of findings\n\n" + ABOUT + "\n" + "".join(_lines())


def _lines() -> Iterator[str]:
    yield "\n| code | weight | what it means | what to do | rule |\n| --- | --- | --- | --- | --- |\n"
    for code in sorted(CODES.values(), key=lambda one: one.name):
        cells = (f"`{code.name}`", code.severity.value, code.meaning, code.remedy, code.source)
        yield "| " + " | ".join(cell.replace("|", "\\|").replace("\n", " ") for cell in cells) + " |\n"


def main(arguments: list[str]) -> int:
    """Writes or checks; the exit code is 1 where a check finds the page out of date."""
    wanted = page()
    if arguments == ["--check"]:
        is_current = PAGE.is_file() and PAGE.read_text(encoding="utf-8") == wanted
        if not is_current:
            sys.stderr.write("schemas/findings.md is out of date; run: python tools/findings_table.py\n")
        return int(not is_current)
    if arguments:
        sys.exit("usage: findings_table.py [--check]")
    PAGE.write_text(wanted, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
