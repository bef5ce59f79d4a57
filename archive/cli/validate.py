"""`archive validate`: checks any bag."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING, Unpack

import click

from archive.cli.advice import again, following
from archive.cli.options import StrictManner, every_verb, examples, strict

if TYPE_CHECKING:
    from archive.model.reports import Report
    from archive.operations.validate import CrossCheck


_UNDETERMINED = 3
_PATIENCE = 3600.0
"""Seconds that the reference implementation may take for one bag."""


class ValidateOptions(StrictManner):
    """The options of `archive validate`."""

    depth: str
    expect: str | None
    profile: str | None
    cross_check: bool


@click.command(
    short_help="Check any BagIt bag.",
    epilog=examples(
        "archive validate bags/my-corpus-1",
        "archive validate bags/my-corpus-1 --depth complete",
        "archive validate my-corpus-1.zip",
        "archive validate bags/my-corpus-1 --profile national-library.json",
        "archive validate bags/* --json > report.json",
    ),
)
@click.argument("bags", nargs=-1, required=True, metavar="BAG...", type=click.Path())
@click.option(
    "--depth",
    type=click.Choice(["oxum", "complete", "fixity", "derivation", "reproduction"]),
    default="fixity",
    show_default=True,
    help="How far to look: sizes and counts; names; all digests; how records, passages and tables follow from the "
    "bytes; the labels, made again. The last two are for bags that `archive pack` made.",
)
@click.option("--expect", metavar="DIGEST", help="The root digest that was kept elsewhere; the bag must have it.")
@click.option("--profile", metavar="FILE", type=click.Path(), help="A BagIt profile (JSON) that each bag must meet.")
@click.option("--cross-check", is_flag=True, help="Ask the reference implementation too, and say where the two differ.")
@strict
@every_verb
def validate(bags: tuple[str, ...], **options: Unpack[ValidateOptions]) -> int:
    """Checks each BAG, whoever made it: its declaration, its manifests, and every file that they list.

    A bag is a folder, a zip, a tar or a compressed tar (gz, bz2, xz, zst), which is not unpacked, or the address of
    one of these (s3://, gs://, abfs://, file://).

    'valid' means whole and unchanged since its manifests were written; only a root digest that was kept elsewhere
    (--expect) shows that nobody wrote them anew.
    """
    from archive.cli.running import run
    from archive.operations.validate import validate as operation

    def advice(_: Report, exit_code: int) -> Iterator[str]:
        if exit_code == _UNDETERMINED:
            return again("See to what is said above, then validate again.")
        if exit_code:
            return again("Restore what is listed above from another copy, then validate again.")
        is_address = "://" in bags[0]  # `show` opens none
        return iter(()) if is_address else following("show", bags[0])

    return run(
        lambda listener: operation(
            *bags,
            depth=options["depth"],
            expect=options["expect"],
            profile=options["profile"],
            jobs=options["jobs"],
            listener=listener,
            cross_check=_asked() if options["cross_check"] else None,
        ),
        options,
        advice,
    )


def _asked() -> CrossCheck:
    from archive.operations.judge import judge

    return partial(judge, seconds=_PATIENCE)
