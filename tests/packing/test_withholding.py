"""Passages that are withheld: what comes in their place, and what a careless list is told."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.packing.withholding import mark, without
from archive.submission.redactions import Redaction


def entry(exact: str, prefix: str = "", suffix: str = "", reason: str = "identity") -> Redaction:
    return Redaction("a", "a-open.txt", exact, prefix, suffix, reason, 1)


@pytest.mark.parametrize(
    ("text", "entries", "left"),
    [
        ("Mina came. Mina left.", [entry("Mina")], "[withheld: identity] came. [withheld: identity] left."),
        ("Mina came. Mina left.", [entry("Mina", suffix="left")], "Mina came. [withheld: identity] left."),
        ("Mina came. Mina left.", [entry("Mina", prefix="came.")], "Mina came. [withheld: identity] left."),
        ("Ana ate a banana", [entry("Ana"), entry("ate")], "[withheld: identity] a banana"),
        ("Kim  Mina spoke", [entry("Kim"), entry("Mina")], "[withheld: identity] spoke"),
        ("a Kim Mina b", [entry("Kim Mina"), entry("Kim", reason="family")], "a [withheld: family, identity] b"),
        ("미나는 갔다", [entry("미나")], "[withheld: identity]는 갔다"),
        ("so O\u2019Brien said", [entry("O'Brien")], "so [withheld: identity] said"),
        ("by Mi\u00adna alone", [entry("Mina")], "by [withheld: identity] alone"),
        ("by Mi\u0301na alone", [entry("M\u00edna")], "by [withheld: identity] alone"),
        ("one\n\ntwo\nthree", [entry("one two")], "[withheld: identity]\nthree"),
    ],
)
def test_what_is_withheld_is_replaced(text: str, entries: list[Redaction], left: str) -> None:
    assert without(text, entries) == (left, ())


@pytest.mark.parametrize("exact", ["Minna", "MINA", "\u00ad", "an"])
def test_what_stands_nowhere_as_whole_words_is_said(exact: str) -> None:
    assert without("banana Mina", [entry(exact)]) == ("banana Mina", (entry(exact),))


pieces = st.text(st.characters(codec="utf-8", exclude_categories=["Cs"]), min_size=1, max_size=40)


@given(one=pieces, other=pieces)
def test_nothing_of_it_shows(one: str, other: str) -> None:
    """Whatever the withheld passage is, and however long, the same is left."""
    if not one.strip() or not other.strip():
        return
    for secret in (one, other):
        left, missing = without(f"Before it: <{secret}> and after.", [entry(f"<{secret}>")])
        assert not missing
        assert left == f"Before it: {mark(['identity'])} and after."
