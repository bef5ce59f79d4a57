"""`archive export`: the records of bags in other formats."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Unpack

import click

from archive.cli.advice import again, following
from archive.cli.escapes import shown
from archive.cli.options import StrictManner, every_verb_alone, examples, strict

if TYPE_CHECKING:
    from archive.model.reports import Report

_FORMATS = ("tables", "csv", "jsonl", "text", "sqlite", "duckdb", "archivematica", "datacite", "premis")


class ExportOptions(StrictManner):
    """The options of `archive export`."""

    to: str
    format: str
    where: tuple[tuple[str, str], ...]
    since: str | None
    until: str | None


def _conditions(_: click.Context, __: click.Parameter, given: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    found = []
    for one in given:
        name, equals, value = one.partition("=")
        if not equals:
            raise click.BadParameter(f"{one!r} is not field=value")
        found.append((name.strip(), value))
    return tuple(found)


@click.command(
    short_help="Write the records in other formats.",
    epilog=examples(
        "archive export bags/my-corpus-1 --to sheets --format csv",
        "archive export bags/* --to corpus-db --format sqlite",
        "archive export bags/my-corpus-1 --to korean --format text --where language=ko",
        "archive export bags/my-corpus-1 --to decade --format jsonl --from 2001 --until 2010",
        "archive export bags/my-corpus-1 --to transfer/metadata --format archivematica",
        "archive export bags/my-corpus-1 --to again --format tables   # made again, and compared",
    ),
)
@click.argument("bags", nargs=-1, required=True, metavar="BAG...", type=click.Path())
@click.option("--to", required=True, metavar="FOLDER", type=click.Path(), help="The folder to make; new, or empty.")
@click.option("--format", required=True, type=click.Choice(_FORMATS), help="What to write.")
@click.option(
    "--where",
    multiple=True,
    metavar="FIELD=VALUE",
    callback=_conditions,
    help="Take documents with this value; given again, all must hold.",
)
@click.option("--from", "since", metavar="DATE", help="Take documents that may have been issued then or later.")
@click.option("--until", metavar="DATE", help="Take documents that may have been issued then or before.")
@strict
@every_verb_alone
def export(bags: tuple[str, ...], **options: Unpack[ExportOptions]) -> int:
    """Writes what the records of each BAG say in another format, into a new folder; the bags are only read.

    A BAG is a folder, or a zip, a tar or a compressed tar.

    Fields are the columns of the documents table (data/README.md of a bag lists them). A date is a year, a month or
    a day: 2011, 2011-05 or 2011-05-03. Undated documents are in no range of dates, nor are those from before the year
    1. Over many bags, every row names its bag.
    """
    from archive.cli.running import run
    from archive.operations.export import export as operation

    def advice(report: Report, exit_code: int) -> Iterator[str]:
        if not report.counts.get("exported"):
            yield from again("Nothing was written.")
            return
        yield f"Written to {shown(options['to'])}; README.md there says what it is."
        # The records are the source, so what they do not agree with was changed afterwards.
        yield from following("validate", *bags) if exit_code else following("show", bags[0])

    return run(
        lambda listener: operation(
            *bags,
            to=options["to"],
            format=options["format"],
            where=options["where"],
            since=options["since"],
            until=options["until"],
            listener=listener,
        ),
        options,
        advice,
    )
