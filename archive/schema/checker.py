"""The careful engine: `jsonschema`, which words errors. Importing it takes up to 1.8 s, so only a bad record does."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from archive.schema import shipped
from archive.schema.formats import FORMATS

if TYPE_CHECKING:
    from collections.abc import Callable

    from jsonschema import FormatChecker
    from jsonschema.protocols import Validator as Engine


@cache
def format_checker() -> FormatChecker:
    """Our formats and no others."""
    from jsonschema import FormatChecker

    checker = FormatChecker(formats=())
    for name, check in FORMATS.items():
        checker.checks(name)(_for_text(check))
    return checker


def _for_text(check: Callable[[str], bool]) -> Callable[[Any], bool]:
    return lambda value: not isinstance(value, str) or check(value)


@cache
def careful(name: str) -> Engine:
    """The engine for a shipped schema; it resolves nothing from outside."""
    from jsonschema import Draft202012Validator
    from referencing import Registry

    return Draft202012Validator(shipped.schema(name), format_checker=format_checker(), registry=Registry())
