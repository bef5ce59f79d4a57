"""`archive check`: everything that packing would find, without packing."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePath
from typing import TYPE_CHECKING, Unpack

import click

from archive.cli.advice import again, chosen, following
from archive.cli.options import StrictManner, access, every_verb, examples, limits, strict

if TYPE_CHECKING:
    from archive.model.reports import Report


class CheckOptions(StrictManner):
    """The options of `archive check`."""

    recipe: str | None
    access: str | None
    limits: dict[str, int]


@click.command(
    short_help="Say what packing would find, without packing.",
    epilog=examples(
        "archive check corpus",
        "archive check corpus/metadata.csv    # the sheet alone; no document is opened",
        "archive check corpus --strict",
        "archive check corpus --json > report.json",
    ),
)
@click.argument("folder", type=click.Path())
@click.option("--recipe", metavar="NAME", help="Check as this recipe would pack: default, text, languages, none.")
@access
@limits
@strict
@every_verb
def check(folder: str, **options: Unpack[CheckOptions]) -> int:
    """Says everything that packing FOLDER would find, and packs nothing.

    Reads corpus.toml, metadata.csv, the sidecars and the documents, and names for every problem its file, row and
    column. Changes nothing. In the place of FOLDER stands the sheet in it (metadata.csv, metadata.xlsx or
    metadata.ods) where that alone is to be checked.
    """
    from archive.cli.running import run
    from archive.operations.check import check as operation

    def advice(_: Report, exit_code: int) -> Iterator[str]:
        if exit_code:
            return again("Correct what is listed above, then check again.")
        place = PurePath(folder)
        same = chosen(recipe=options["recipe"], access=options["access"], limits=options["limits"])
        if place.name in {"metadata.csv", "metadata.xlsx", "metadata.ods"}:
            return following("check", str(place.parent), *same)
        return following("pack", folder, "--to", "bags", *same)

    return run(
        lambda listener: operation(
            folder,
            recipe=options["recipe"],
            access=options["access"],
            limits=options["limits"],
            jobs=options["jobs"],
            listener=listener,
        ),
        options,
        advice,
    )
