"""What a person does next: the last line after a report is a command to run."""

from __future__ import annotations

from collections.abc import Iterator

import click

from archive.cli.escapes import command_line


def following(*words: str) -> Iterator[str]:
    """The line that names the next command."""
    yield f"Next: {command_line(('archive', *words))}"


def again(sentence: str) -> Iterator[str]:
    """The line that names the same command again, after a sentence that says what to do before."""
    yield sentence
    given = click.get_current_context().find_root().obj
    yield from following(*(word for word in given or () if word not in {"--quiet", "-q"}))
