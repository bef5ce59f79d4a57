"""The options that all verbs share, and what a caller chose by them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypedDict, TypeVar

import click

AnyFunction = TypeVar("AnyFunction", bound=Callable[..., Any])
_MOST_DIGITS = 80
"""Characters of a number that are read; Python reads some thousand at most, and no limit has so many."""


class Manner(TypedDict):
    """How a verb is to run and to speak.

    Attributes:
        jobs: the number of worker processes, or None for one on each core.
        quiet: whether to say nothing but errors.
        as_json: whether to print the envelope in place of words for a person.
    """

    jobs: int | None
    quiet: bool
    as_json: bool


class StrictManner(Manner):
    """The manner of a verb whose warnings may be made to count."""

    strict: bool


def every_verb(command: AnyFunction) -> AnyFunction:
    """Adds `--jobs`, `--quiet` and `--json`."""
    return _manner(command, "Use N processes. [default: one on each core]")


def every_verb_alone(command: AnyFunction) -> AnyFunction:
    """The same for a verb that works in one process, whatever it is given."""
    return _manner(command, "Taken as by every verb; this one works in a single process.")


def _manner(command: AnyFunction, of_jobs: str) -> AnyFunction:
    jobs = click.option("--jobs", type=click.IntRange(min=1), metavar="N", help=of_jobs)
    quiet = click.option("--quiet", "-q", is_flag=True, help="Say nothing but errors; the exit code says the rest.")
    as_json = click.option("--json", "as_json", is_flag=True, help="Print the report as one JSON object.")
    return jobs(quiet(as_json(command)))


def access(command: AnyFunction) -> AnyFunction:
    """Adds `--access`."""
    levels = click.Choice(["open", "embargoed", "restricted"])
    return click.option("--access", type=levels, help="Take the documents of this level alone. [default: all]")(command)


def limits(command: AnyFunction) -> AnyFunction:
    """Adds `--limit`."""
    from archive.model.settings import USUAL

    usual = ", ".join(f"{name}={value}" for name, value in USUAL.items())
    said = f"How much of a document is read; repeat. Before [limits] in corpus.toml. [default: {usual}]"
    return click.option("--limit", "limits", multiple=True, metavar="NAME=N", callback=_limits, help=said)(command)


def _limits(_: click.Context, __: click.Parameter, given: tuple[str, ...]) -> dict[str, int]:
    """The limits by name; that there are such, and that they may have these values, is for the verb to say."""
    found = {}
    for one in given:
        name, sign, value = one.partition("=")
        if not sign or not value.strip().isdecimal() or len(value) > _MOST_DIGITS:
            raise click.BadParameter(f"{one[:_MOST_DIGITS]!r} is no name and whole number, such as seconds=300")
        found[name.strip()] = int(value)
    return found


def strict(command: AnyFunction) -> AnyFunction:
    """Adds `--strict`."""
    return click.option("--strict", is_flag=True, help="Exit with 1 on warnings too.")(command)


def examples(*lines: str) -> str:
    """An epilogue for `--help` that shows commands as they are typed.

    >>> examples("archive check corpus").splitlines()[1:]
    ['Examples:', '  archive check corpus']
    """
    return "\n".join(["\b", "Examples:", *(f"  {line}" for line in lines)])
