"""`archive diff`: what changed between two bags."""

from __future__ import annotations

from time import perf_counter
from typing import Unpack

import click

from archive.cli.options import Manner, every_verb_alone, examples


@click.command(
    short_help="Show what changed between two bags.",
    epilog=examples(
        "archive diff bags/my-corpus-1.0 bags/my-corpus-1.1",
        "archive diff bags/my-corpus-1.0 bags/my-corpus-1.1 --json > changes.json",
    ),
)
@click.argument("a", type=click.Path())
@click.argument("b", type=click.Path())
@every_verb_alone
def diff(a: str, b: str, **options: Unpack[Manner]) -> int:
    """Shows what changed from bag A to bag B: documents added, removed, renamed (the same original) and changed.

    Both must have been made by corpus-archive. It reads and does not verify; `archive validate` does that. Exits with
    0 whether or not there are differences, with 3 where one of the two cannot be read.
    """
    from archive.cli.differing import present
    from archive.cli.progress import listening
    from archive.cli.running import tell_pace
    from archive.operations.diff import diff as operation

    silent = options["quiet"] or options["as_json"]
    began = perf_counter()
    with listening(quiet=silent) as listener:
        found = operation(a, b, listener=listener)
    taken = perf_counter() - began
    exit_code = present(found, options)
    if not silent:
        tell_pace({"documents": found.counts["before"] + found.counts["after"]}, taken)
    return exit_code
