"""`archive redact`: the texts without what is withheld, to be read before they go out."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Unpack

import click

from archive.cli.advice import again, chosen, following
from archive.cli.options import StrictManner, every_verb_alone, examples, limits, strict

if TYPE_CHECKING:
    from archive.model.reports import Report


class RedactOptions(StrictManner):
    """The options of `archive redact`."""

    replace: bool
    limits: dict[str, int]


@click.command(
    short_help="Make redacted texts from a list of withheld passages.",
    epilog=examples("archive redact corpus", "archive redact corpus --replace"),
)
@click.argument("folder", type=click.Path())
@click.option("--replace", is_flag=True, help="Make texts anew that differ from what the list gives now.")
@limits
@strict
@every_verb_alone
def redact(folder: str, **options: Unpack[RedactOptions]) -> int:
    """Makes the redacted texts that FOLDER asks for, in FOLDER, as documents of their own.

    corpus.toml names the list under `redactions`: one JSON object a line with document, redacted (the file to be
    made), exact (what is withheld), perhaps prefix and suffix, and a coded reason. Read each text before you open it
    in the sheet. Packing refuses a redacted text that is out of date; after a change of the list, look at what differs
    and make it anew with --replace, which discards what was written into it by hand. Packing with a --limit takes texts
    that were made with the same one.
    """
    from archive.cli.running import run
    from archive.operations.redact import redact as operation

    def advice(_: Report, exit_code: int) -> Iterator[str]:
        if exit_code:
            return again("Correct what is listed above, then make the texts again.")
        return following("check", folder, *chosen(limits=options["limits"]))

    return run(lambda _: operation(folder, replace=options["replace"], limits=options["limits"]), options, advice)
