"""The recipes that there are, by name."""

from __future__ import annotations

from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING

from archive.errors import UsageError
from archive.normalise.recipe import Recipe

if TYPE_CHECKING:
    from collections.abc import Callable

    from archive.normalise.step import Step

RECIPES = ("default", "default-repaired", "languages", "none", "text", "text-repaired")
"""The recipes that there are, sorted by name."""


@cache
def recipe_named(name: str) -> Recipe:
    """The recipe of that name; steps that it does not have are not even imported.

    Raises:
        UsageError: there is none.

    >>> recipe_named("none").steps
    ()
    """
    if name not in RECIPES:
        raise UsageError(
            f"there is no recipe {name!r}",
            where="recipe",
            remedy=f"Name one of these: {', '.join(RECIPES)}.",
        )
    kind, _, repaired = name.partition("-")
    is_whole = kind == _WHOLE
    return Recipe(name, _STEPS[kind](), repairs=bool(repaired), divides=not is_whole, compares=not is_whole)


def _labelling() -> tuple[Step, ...]:
    from archive.normalise.labelling import labelling

    return labelling()


def _as_it_stands() -> tuple[Step, ...]:
    """Of texts that have no page around them."""
    from archive.normalise.assembling import AssembleLines
    from archive.normalise.languages import IdentifyLanguages

    return AssembleLines(), IdentifyLanguages()


def _whole() -> tuple[Step, ...]:
    """Of texts of which nothing but their languages is asked."""
    from archive.normalise.languages import IdentifyLanguages
    from archive.normalise.whole import TakeWhole

    return TakeWhole(), IdentifyLanguages()


_WHOLE = "languages"
_STEPS: MappingProxyType[str, Callable[[], tuple[Step, ...]]] = MappingProxyType(
    {"default": _labelling, "text": _as_it_stands, _WHOLE: _whole, "none": tuple}
)
