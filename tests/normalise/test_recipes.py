from __future__ import annotations

import pytest

from archive.errors import UsageError
from archive.normalise.recipes import RECIPES, recipe_named


def test_each_recipe_is_called_what_it_is_asked_for_by() -> None:
    assert [recipe_named(name).name for name in RECIPES] == sorted(RECIPES)


def test_an_unknown_recipe_is_named() -> None:
    with pytest.raises(UsageError, match=r"default, default-repaired, languages, none"):
        recipe_named("best")
