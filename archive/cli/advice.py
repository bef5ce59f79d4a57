"""What a person does next: the last line after a report is a command to run."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import click

from archive.cli.escapes import command_line


def following(*words: str) -> Iterator[str]:
    """The line that names the next command."""
    yield f"Next: {command_line(('archive', *words))}"


def chosen(*, recipe: str | None = None, access: str | None = None, limits: Mapping[str, int]) -> Iterator[str]:
    """What was chosen for this command and has to be chosen for the next as well, as words of it."""
    for option, value in (("--recipe", recipe), ("--access", access)):
        if value is not None:
            yield from (option, value)
    for name, number in limits.items():
        yield from ("--limit", f"{name}={number}")


def again(sentence: str) -> Iterator[str]:
    """The line that names the same command again, after a sentence that says what to do before."""
    yield sentence
    given = click.get_current_context().find_root().obj
    yield from following(*(word for word in given or () if word not in {"--quiet", "-q"}))
