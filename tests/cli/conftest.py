"""Verbs that answer as a test wants, so that the command line is tested alone."""

from __future__ import annotations

import sys
from collections.abc import Callable
from types import ModuleType
from typing import Any

import pytest
from click.testing import CliRunner, Result

from archive.cli.program import program


class Verb:
    """Stands in for an operation: remembers its call, and answers or raises."""

    def __init__(self, answer: Any) -> None:
        self.answer = answer
        self.given: tuple[Any, ...] = ()
        self.named: dict[str, Any] = {}

    def __call__(self, *given: Any, **named: Any) -> Any:
        self.given, self.named = given, named
        if isinstance(self.answer, BaseException):
            raise self.answer
        return self.answer(**named) if callable(self.answer) else self.answer


@pytest.fixture
def verb(monkeypatch: pytest.MonkeyPatch) -> Callable[[str, Any], Verb]:
    """Puts an answer in the place of `archive.operations.<name>`."""

    def put(name: str, answer: Any) -> Verb:
        stand_in = Verb(answer)
        module = ModuleType(f"archive.operations.{name}")
        setattr(module, name, stand_in)
        monkeypatch.setitem(sys.modules, module.__name__, module)
        return stand_in

    return put


@pytest.fixture
def archive_command() -> Callable[..., Result]:
    """Runs the command line in this process; standard output and standard error apart."""

    def run(*words: str, **more: Any) -> Result:
        return CliRunner().invoke(program, list(words), **more)

    return run
