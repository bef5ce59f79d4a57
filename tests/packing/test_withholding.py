"""Passages that are withheld: what comes in their place, and what a careless list is told."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.packing.withholding import mark, without, without_marks
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
        ("KIM MINA, kim-mina, Kim_Mina", [entry("Kim Mina")], ", ".join(["[withheld: identity]"] * 3)),
        ("by kim\u2010\nmina, k\u00efm", [entry("KIM\u00a0MINA")], "by [withheld: identity], k\u00efm"),
        (
            "\u0130pek, ipek; ISIK, \u0131\u015f\u0131k",
            [entry("\u0130PEK"), entry("\u0131s\u0131k")],
            "[withheld: identity], [withheld: identity]; [withheld: identity], \u0131\u015f\u0131k",
        ),
        ("MINA came, Mina", [entry("Mina", prefix="came,")], "MINA came, [withheld: identity]"),
        ("By Mina\n\nMina was born", [entry("Mina")], "By [withheld: identity]\n\n[withheld: identity] was born"),
        (
            "Kim\r\nMina \t Lee",
            [entry("Kim"), entry("Mina"), entry("Lee")],
            "[withheld: identity]\r\n[withheld: identity]",
        ),
        ("a -Mina- b", [entry("-Mina-")], "a [withheld: identity] b"),
    ],
)
def test_what_is_withheld_is_replaced(text: str, entries: list[Redaction], left: str) -> None:
    assert without(text, entries) == (left, ())


@pytest.mark.parametrize("exact", ["Minna", "Mi", "\u00ad", "-", "an"])
def test_what_stands_nowhere_as_whole_words_is_said(exact: str) -> None:
    assert without("banana Mina", [entry(exact)]) == ("banana Mina", (entry(exact),))


@pytest.mark.parametrize("exact", ["Mina", "MINA", "-"])
def test_a_line_with_a_prefix_is_carried_out_as_it_is_written(exact: str) -> None:
    assert bool(without("by Mina", [entry(exact, prefix="by")])[1]) is (exact != "Mina")


def test_the_words_of_marks_withhold_nothing() -> None:
    assert without_marks(f"family {mark(['family', 'place'])}, [withheld: name]") == "family \u25a0, [withheld: name]"


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
