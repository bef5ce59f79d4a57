"""`archive init`: the two files that make a folder of documents a corpus."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Unpack

import click

from archive.cli.advice import again, following
from archive.cli.options import Manner, every_verb, examples

if TYPE_CHECKING:
    from archive.model.reports import Report


class InitOptions(Manner):
    """The options of `archive init`."""

    out: str | None
    mint_ids: bool


@click.command(
    short_help="Add a starter corpus.toml and metadata.csv to a folder.",
    epilog=examples(
        "archive init corpus",
        "archive init corpus --out drafts        # leaves corpus untouched",
        "archive init corpus --mint-ids          # opaque identifiers, for a sensitive corpus",
    ),
)
@click.argument("folder", type=click.Path())
@click.option("--out", type=click.Path(), metavar="DIR", help="Write the two files to DIR. [default: FOLDER]")
@click.option("--mint-ids", is_flag=True, help="Give every document a random identifier that says nothing of it.")
@every_verb
def init(folder: str, **options: Unpack[InitOptions]) -> int:
    """Adds a starter corpus.toml and metadata.csv to FOLDER.

    The sheet has one row for each document, those in zips, mailboxes and the like included where a file holds 200 at
    most (10,000 in all). What could be read off the documents stands in columns that begin with 'suggested.'; packing
    ignores them until you accept a column by deleting 'suggested.' from its header. Files that exist are never
    overwritten.
    """
    from archive.cli.running import run
    from archive.operations.init import init as operation

    out = options["out"]

    def advice(_: Report, exit_code: int) -> Iterator[str]:
        if exit_code:
            return again("Correct what is listed above, then run the command again.")
        return _next_step(folder, out)

    return run(
        lambda listener: operation(
            folder, out=out, mint_ids=options["mint_ids"], jobs=options["jobs"], listener=listener
        ),
        options,
        advice,
    )


def _next_step(folder: str, out: str | None) -> Iterator[str]:
    place = "" if out is None else "move both files into the folder, then "
    yield f"Fill in corpus.toml and metadata.csv; {place}check the corpus."
    yield from following("check", folder)
