"""Writes the table of all finding codes into the README, or says with --check whether it is up to date."""

import sys
from collections.abc import Iterator
from pathlib import Path

from archive.model.codes import CODES

README = Path(__file__).resolve().parent.parent / "README.md"
BEGIN = "<!-- findings: written by tools/findings_table.py -->\n"
END = "<!-- end of findings -->\n"


def table() -> str:
    """The table, as Markdown, sorted by code."""
    return "".join(_lines())


def _lines() -> Iterator[str]:
    yield "\n| code | weight | what it means | what to do | rule |\n| --- | --- | --- | --- | --- |\n"
    for code in sorted(CODES.values(), key=lambda one: one.name):
        cells = (f"`{code.name}`", code.severity.value, code.meaning, code.remedy, code.source)
        yield "| " + " | ".join(cell.replace("|", "\\|").replace("\n", " ") for cell in cells) + " |\n"
    yield "\n"


def with_table(readme: str) -> str:
    """The README with the table in its place.

    Raises:
        SystemExit: the README has not the two marks between which the table stands.
    """
    before, begin, rest = readme.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not begin or not end:
        sys.exit(f"README.md lacks the lines {BEGIN.strip()} and {END.strip()}")
    return before + BEGIN + table() + END + after


def main(arguments: list[str]) -> int:
    """Writes or checks; the exit code is 1 where a check finds the README out of date."""
    written = README.read_text(encoding="utf-8")
    wanted = with_table(written)
    if arguments == ["--check"]:
        if written != wanted:
            sys.stderr.write("README.md is out of date; run: python tools/findings_table.py\n")
        return int(written != wanted)
    if arguments:
        sys.exit("usage: findings_table.py [--check]")
    README.write_text(wanted, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
