"""Starts the command `archive`, after a look at whether Python would find the right package of that name.

`archive` is a common name. Where a person's own `archive.py`, or another distribution's package, stands before ours
on Python's path, nothing of ours could even say so. So this module is installed outside the package, under a name of
its own: `corpus_archive` (see `force-include` in pyproject.toml).
"""

from __future__ import annotations

import sys
from importlib.util import find_spec
from pathlib import Path
from typing import NoReturn


def main() -> NoReturn:
    """The entry point of the console script."""
    stranger = foreign_package()
    if stranger is not None:
        sys.stderr.write(
            f"archive: Python finds another package called 'archive' before ours: {ascii(stranger)[1:-1]}\n"
            "What to do: take its folder from PYTHONPATH, or install corpus-archive into a virtual environment of "
            "its own.\n"
        )
        sys.exit(3)
    try:
        from archive.cli import main as command

        command()
    except KeyboardInterrupt as error:  # in the first moments, before the command line can speak
        exec("")  # noqa: S102 - lets the exit code count; see `archive.cli.program`
        sys.stderr.write("archive: interrupted; nothing was published\n")
        sys.exit(getattr(error, "exit_code", 130))


def foreign_package() -> str | None:
    """The place of the package `archive` that Python would import, unless it is ours; nothing is imported.

    Ours is known by what lies in it, not by where it lies: an editable installation has it in a checkout.
    """
    found = find_spec("archive")
    if found is None:
        return "no such package at all"
    if found.origin is None:
        return "a folder without __init__.py"
    return None if (Path(found.origin).parent / "cli" / "program.py").is_file() else found.origin


if __name__ == "__main__":
    main()
