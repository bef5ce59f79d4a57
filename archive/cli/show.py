"""`archive show`: what is in a bag, for a person."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Unpack

import click

from archive.cli.options import Manner, every_verb_alone, examples


class ShowOptions(Manner):
    """The options of `archive show`."""

    due: bool
    on: datetime | None


@click.command(
    short_help="Show what is in a bag.",
    epilog=examples(
        "archive show bags/my-corpus-1",
        "archive show bags/my-corpus-1 report.html",
        "archive show bags/my-corpus-1 --json",
        "archive show bags/my-corpus-1 --due --on 2030-01-01",
        "archive show bags --due",
    ),
)
@click.argument("bag", type=click.Path())
@click.argument("document", required=False)
@click.option("--due", is_flag=True, help="List the reviews and the ends of embargoes that have come due.")
@click.option(
    "--on",
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="DATE",
    help="With --due: ask about this day. [default: today, UTC]",
)
@every_verb_alone
def show(bag: str, document: str | None, **options: Unpack[ShowOptions]) -> int:
    """Shows what is in BAG, or one DOCUMENT of it by its identifier; of a folder of bags, a line a bag.

    BAG is a folder, or a zip, a tar or a compressed tar. It reads and does not verify; `archive validate` does that.
    With --due, of a folder of bags, it exits with 3 where a bag could not be asked.
    """
    from archive.cli.showing import present, present_due
    from archive.operations.show import show as operation

    if options["due"]:
        from archive.operations.show_due import due, due_on_shelf
        from archive.operations.show_shelf import is_shelf

        if document is not None:
            raise click.UsageError("--due looks at whole bags: leave out the document")
        day = None if options["on"] is None else options["on"].date()
        return present_due(due_on_shelf(bag, day) if is_shelf(Path(bag)) else due(bag, day), options)
    if options["on"] is not None:
        raise click.UsageError("--on names the day for --due: give both or neither")

    return present(operation(bag, document), bag, options)
