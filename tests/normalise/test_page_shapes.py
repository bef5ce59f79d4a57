"""Pages of many programs, in eight languages: nothing of their text is lost, and nothing around it is kept."""

from __future__ import annotations

import pytest

from archive.normalise.documents import normalise
from archive.normalise.recipes import recipe_named
from archive.sources import read
from tests.normalise.page_shapes import FURNITURE, SENTENCES, SHAPES, page

_LANGUAGES = tuple(SENTENCES)
_CASES = [
    (shape, _LANGUAGES[(number + step) % len(_LANGUAGES)]) for number, shape in enumerate(SHAPES) for step in (0, 3, 5)
]


def kept(markup: str) -> str:
    passages = normalise(read("page.html", markup.encode()), recipe_named("default")).passages
    return " ".join("\n".join(one.text for one in passages if one.kept).split())


@pytest.mark.parametrize(("shape", "language"), _CASES)
def test_the_text_of_a_page_is_kept_and_what_stands_around_it_is_not(shape: str, language: str) -> None:
    markup, expected = page(language, shape)
    found = kept(markup)
    assert [piece for piece in expected if piece not in found] == []
    assert [piece for piece in FURNITURE if piece in found] == []
