from __future__ import annotations

import pickle

from archive.normalise import recipe as recipes_module
from archive.normalise.recipe import Recipe
from archive.normalise.recipes import recipe_named
from archive.normalise.verse import KeepVerse


def test_a_recipe_spells_itself_out() -> None:
    described = recipe_named("default").describe()
    assert next(step["name"] for step in described["steps"]) == "assemble-lines"
    assert "pycld2" in described["dependencies"]
    assert described["unicode"]
    assert len(described["steps"][1]["settings"]["vocabulary"]) == 64


def test_settings_change_the_digest() -> None:
    one, other = Recipe("mine", (KeepVerse(),)), Recipe("mine", (KeepVerse(longest=60),))
    assert one.digest() != other.digest()
    assert one.digest() == Recipe("mine", (KeepVerse(),)).digest()
    assert recipe_named("none").describe()["dependencies"] == {}


def test_limits_belong_to_it_where_they_are_unusual() -> None:
    usual = recipe_named("text")
    assert usual.within({"seconds": 120}) == usual
    other = usual.within({"seconds": 60, "nesting": 3, "blocks": 2000})
    assert other.describe()["limits"] == {"blocks": 2000, "seconds": 60}
    assert other.digest() != usual.digest()


def test_a_recipe_pickles() -> None:
    one = recipe_named("default")
    assert pickle.loads(pickle.dumps(one)) == one


def test_a_dependency_that_is_not_installed_has_no_version() -> None:
    assert recipes_module._version_of("no-such-distribution") == "unknown"
