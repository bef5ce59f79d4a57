"""`archive pack`: a corpus becomes bags."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Unpack

import click

from archive.cli.advice import again, following
from archive.cli.options import StrictManner, access, every_verb, examples, limits, strict

if TYPE_CHECKING:
    from archive.model.reports import Report


class PackOptions(StrictManner):
    """The options of `archive pack`."""

    name: str | None
    recipe: str | None
    access: str | None
    limits: dict[str, int]
    allow_rejected: bool
    checksum: tuple[str, ...]
    profile: str | None
    cross_check: bool
    without_text: bool
    previous: tuple[str, ...]
    expect: tuple[str, ...]
    profile_steps: bool


@click.command(
    short_help="Write one bag for each access level of a corpus.",
    epilog=examples(
        "archive pack corpus --to bags",
        "archive pack corpus --to bags --access open",
        "archive pack corpus --to bags --allow-rejected --json > report.json",
        "archive pack corpus --to bags --checksum sha512 --name border-2026",
        "archive pack corpus --to bags --profile national-library.json",
        "archive pack corpus --to bags --without-text",
        "archive pack corpus --to newer --previous bags/my-corpus-0.9",
    ),
)
@click.argument("folder", type=click.Path())
@click.option("--to", required=True, type=click.Path(), metavar="DIR", help="The folder that the bag appears in.")
@click.option("--name", metavar="NAME", help="Name the bag so. [default: slug and version from corpus.toml]")
@click.option(
    "--recipe",
    metavar="NAME",
    help="How text is read: default; text, which takes nothing for furniture; languages, which takes texts whole; "
    "none, for originals alone.",
)
@access
@limits
@click.option("--allow-rejected", is_flag=True, help="Pack the rest where documents are rejected.")
@click.option(
    "--checksum", multiple=True, metavar="NAME", help="A checksum algorithm; repeat. [default: sha256, sha512]"
)
@click.option(
    "--profile", metavar="FILE", type=click.Path(), help="Make bags that meet this BagIt profile (JSON) and name it."
)
@click.option(
    "--cross-check", is_flag=True, help="Have the reference implementation judge the bag, however large it is."
)
@click.option(
    "--previous",
    multiple=True,
    metavar="BAG",
    type=click.Path(),
    help="The bag of the version before: take what did not change from it; repeat for other access levels.",
)
@click.option(
    "--expect",
    multiple=True,
    metavar="DIGEST",
    help="The root digest of the bag before that was kept elsewhere; repeat for each --previous.",
)
@click.option(
    "--without-text", is_flag=True, help="Pack metadata alone, without originals and text: for what may not travel."
)
@click.option("--profile-steps", is_flag=True, help="Say how long each step took.")
@strict
@every_verb
def pack(folder: str, to: str, **options: Unpack[PackOptions]) -> int:
    """Packs the corpus in FOLDER into bags under DIR, one for each access level.

    A bag appears whole or not at all; FOLDER is never changed. Where one document is rejected nothing is published,
    unless --allow-rejected is given. Keep the root digest that is printed somewhere else than the bag.
    """
    from archive.cli.running import run
    from archive.cli.steps import step_lines
    from archive.cli.streams import tell
    from archive.model.digests import DEFAULT_ALGORITHMS
    from archive.model.findings import errors_in
    from archive.operations.pack import pack as operation

    def advice(report: Report, _: int) -> Iterator[str]:
        for line in step_lines(report.result):
            tell(line)
        bags = [bag.path for bag in report.bags]
        if bags:
            return following("validate", *bags)
        may_allow = not options["allow_rejected"] and all(one.document for one in errors_in(report.findings))
        rest = ", or give --allow-rejected to pack the rest" if may_allow else ""
        return again(f"Nothing was published. Correct the errors above, then pack again{rest}.")

    return run(
        lambda listener: operation(
            folder,
            to,
            name=options["name"],
            recipe=options["recipe"],
            access=options["access"],
            limits=options["limits"],
            rejected="allow" if options["allow_rejected"] else "stop",
            checksums=options["checksum"] or DEFAULT_ALGORITHMS,
            profile=options["profile"],
            holds="metadata" if options["without_text"] else "documents",
            previous=options["previous"],
            expect=options["expect"],
            judge="always" if options["cross_check"] else "auto",
            jobs=options["jobs"],
            listener=listener,
            profile_steps=options["profile_steps"],
        ),
        options,
        advice,
    )
