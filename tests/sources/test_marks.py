from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from archive.sources.marks import _BUILT, _CONTENT, _HUMP, _MARK_OF_PART, _MARK_OF_WORD, _WORDS, _of_names

WORDS = [
    *_MARK_OF_WORD,
    *_MARK_OF_PART,
    "article",
    "Content",
    "conTent",
    "elementor",
    "so-",
    "widget",
    "\u0130",
    "K\u212a",
]
NAMES = st.lists(st.sampled_from([*WORDS, "-", "_", " ", "x", "S", "000"]) | st.text(max_size=3), max_size=8).map(
    "".join
)


def plainly(value: str) -> set[str]:
    """What a name says of its element, each word asked about by itself."""
    lowered = _HUMP.sub("-", value).lower()
    if "widget" in lowered and _BUILT.search(lowered):
        lowered = lowered.replace("widget", "module")
    marks = {_MARK_OF_WORD[word] for word in _WORDS.findall(lowered) if word in _MARK_OF_WORD}
    marks.update(mark for part, mark in _MARK_OF_PART.items() if part in value.lower())
    return marks | {"content"} if _CONTENT.search(lowered) else marks


@given(NAMES)
def test_one_pass_finds_what_each_word_asked_about_by_itself_says(value: str) -> None:
    assert _of_names(value) == plainly(value)
