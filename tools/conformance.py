"""Drives any validator over the BagIt conformance suite and prints what it says of each case, as a table.

    python tools/conformance.py SUITE                    ours and bagit-python, side by side
    python tools/conformance.py SUITE --also "NAME=COMMAND {bag}"   another command beside them

A case passes where the validator accepts what lies in a folder `valid` or `warning` and rejects what lies in
`invalid`, `linux-only` or `windows-only`. Accepting is ending with exit code 0. A validator has a minute for a case;
whatever else happens counts as a rejection, and is told.
"""

import argparse
import shlex
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

ACCEPTED = frozenset({"valid", "warning"})
SECONDS = 60.0
OURS = f"archive={shlex.quote(sys.executable)} -m archive validate --quiet {{bag}}"
REFERENCE = f"bagit={shlex.quote(sys.executable)} -m bagit --validate --quiet {{bag}}"


@dataclass(frozen=True)
class Tool:
    """A validator: its name, and its command with {bag} where the path goes."""

    name: str
    command: str

    @classmethod
    def parse(cls, text: str) -> "Tool":
        """From NAME=COMMAND.

        Raises:
            ValueError: there is no name, or no place for the bag.
        """
        name, equals, command = text.partition("=")
        if not (name and equals and "{bag}" in command):
            raise ValueError(f"{text!r} is not of the form NAME=COMMAND with {{bag}} in the command")
        return cls(name, command)

    def says(self, bag: Path) -> str:
        """`valid`, `invalid`, or how it went wrong."""
        with tempfile.TemporaryDirectory() as place:
            copy = Path(place) / bag.name  # some validators change what they check
            shutil.copytree(bag, copy, symlinks=True)
            words = [word.replace("{bag}", str(copy)) for word in shlex.split(self.command)]
            try:
                run = subprocess.run(words, capture_output=True, timeout=SECONDS, check=False, stdin=subprocess.DEVNULL)
            except subprocess.TimeoutExpired:
                return "invalid (no answer)"
            except OSError as error:
                return f"invalid ({type(error).__name__})"
        if run.returncode == 0:
            return "valid"
        return "invalid (crashed)" if b"Traceback (most recent call last)" in run.stderr else "invalid"


@dataclass(frozen=True)
class Row:
    """What came out for one case."""

    case: str
    expected: str
    said: tuple[str, ...]

    def cells(self) -> Iterator[str]:
        """The cells of its line in the table; a wrong answer is bold."""
        yield self.case
        yield self.expected
        for one in self.said:
            yield one if one.split(" ")[0] == self.expected else f"**{one}**"


def cases(suite: Path) -> list[Path]:
    """All bags of the suite, in a stable order."""
    return sorted(one for one in suite.glob("v*/*/*") if one.is_dir())


def judged(suite: Path, tools: Sequence[Tool]) -> Iterator[Row]:
    """What each tool says of each case."""
    for case in cases(suite):
        expected = "valid" if case.parent.name in ACCEPTED else "invalid"
        yield Row(str(case.relative_to(suite)), expected, tuple(tool.says(case) for tool in tools))


def table(rows: Sequence[Row], tools: Sequence[Tool]) -> str:
    """The table in Markdown, and under it how many cases each tool got right."""
    head = ["case", "expected", *(tool.name for tool in tools)]
    lines = [head, ["---"] * len(head), *(list(row.cells()) for row in rows)]
    right = [
        f"{tool.name}: {sum(row.said[place].split(' ')[0] == row.expected for row in rows)} of {len(rows)} as expected"
        for place, tool in enumerate(tools)
    ]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines) + "\n" + "\n".join(right) + "\n"


def main(arguments: Sequence[str]) -> int:
    """Prints the table; the exit code is 1 where the first tool got a case wrong."""
    parser = argparse.ArgumentParser(description="Drives validators over the BagIt conformance suite.")
    parser.add_argument("suite", type=Path, help="the folder of the suite")
    parser.add_argument("--also", action="append", default=[], metavar="NAME=COMMAND", help="another validator")
    parser.add_argument("--only", action="append", metavar="NAME=COMMAND", help="these validators, not the usual two")
    given = parser.parse_args(arguments)
    try:
        tools = [Tool.parse(one) for one in (*(given.only or (OURS, REFERENCE)), *given.also)]
    except ValueError as error:
        parser.error(str(error))
    if not cases(given.suite):
        parser.error(f"{given.suite} holds no cases")
    rows = list(judged(given.suite, tools))
    sys.stdout.write(table(rows, tools))
    return int(any(row.said[0].split(" ")[0] != row.expected for row in rows))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
