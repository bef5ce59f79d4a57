"""`archive show`: what is in a bag, for a person."""

from __future__ import annotations

from typing import Unpack

import click

from archive.cli.options import Manner, every_verb, examples


@click.command(
    short_help="Show what is in a bag.",
    epilog=examples(
        "archive show bags/my-corpus-1",
        "archive show bags/my-corpus-1 report.html",
        "archive show bags/my-corpus-1 --json",
    ),
)
@click.argument("bag", type=click.Path())
@click.argument("document", required=False)
@every_verb
def show(bag: str, document: str | None, **options: Unpack[Manner]) -> int:
    """Shows what is in BAG, or one DOCUMENT of it by its identifier.

    It reads and does not verify; `archive validate` does that.
    """
    from archive.cli.showing import present
    from archive.operations.show import show as operation

    return present(operation(bag, document), bag, options)
