"""`archive trace`: from a passage, a quotation or an annotation to its bytes."""

from __future__ import annotations

from typing import Unpack

import click

from archive.cli.options import Manner, every_verb_alone, examples


class TraceOptions(Manner):
    """The options of `archive trace`."""

    quote: str | None
    annotation: str | None
    cite: bool


@click.command(
    short_help="Take a quotation back to its bytes.",
    epilog=examples(
        "archive trace bags/my-corpus-1 report.html 12",
        "archive trace bags/my-corpus-1 report.html p471b102769fdc0cebefe9d4f",
        'archive trace bags/my-corpus-1 --quote "came early that year"',
        'archive trace bags/my-corpus-1 report.html --quote "came early" --cite',
        "archive trace bags/my-corpus-1 --annotation urn:example:figure-3",
        "archive trace bags/my-corpus-1 report.html      # the whole document",
    ),
)
@click.argument("bag", type=click.Path())
@click.argument("document", required=False)
@click.argument("passage", required=False)
@click.option("--quote", metavar="TEXT", help="Look for TEXT: in the PASSAGE, the DOCUMENT, or all of the bag.")
@click.option("--annotation", metavar="ID", help="Take the annotation ID: its identifier, or how it ends.")
@click.option("--cite", is_flag=True, help="Print a citation with identifiers and digests, where all holds.")
@every_verb_alone
def trace(bag: str, document: str | None, passage: str | None, **options: Unpack[TraceOptions]) -> int:
    """Shows the bytes behind a PASSAGE of a DOCUMENT, a quotation or an annotation, and checks them there and then.

    BAG is a folder, or a zip, a tar or a compressed tar. PASSAGE is a passage_id or its number from 0. The files that
    hold the bytes are read again, their digests compared with every manifest, the manifests with the tag manifests,
    and the text is derived from the bytes once more.

    In a quotation, white space, quotation marks, hyphens and dashes, invisible characters and Unicode normalisation
    are forgiven, and it is said where they were. Exits with 1 where it stands nowhere, or something does not hold.
    """
    from archive.cli.tracing import present
    from archive.operations.trace import trace as operation

    found = operation(bag, document, passage, quote=options["quote"], annotation=options["annotation"])
    return present(found, bag, options, cite=options["cite"])
