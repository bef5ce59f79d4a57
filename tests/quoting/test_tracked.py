from __future__ import annotations

import re

from archive.quoting.tracked import Tracked


def test_a_text_remembers_where_it_came_from() -> None:
    text = Tracked.of("a  b", 10).replaced(re.compile(" +"), lambda _: " ")
    assert (text.text, text.starts, text.ends) == ("a b", [10, 11, 13], [11, 13, 14])
    assert text.source(1, 3) == (11, 14)
    assert (text + Tracked.of("c", 14)).text == "a bc"
    assert text.kept(2, 3) == Tracked("b", [13], [14])


def test_what_is_left_as_it_is_costs_nothing() -> None:
    text = Tracked.of("abc")
    assert text.replaced(re.compile("x"), lambda _: "y") is text
    assert text.replaced(re.compile("a"), lambda match: match[0]) is text
    assert text.normalised("NFC") is text


def test_marks_go_together_with_their_letter() -> None:
    text = Tracked.of("xe\u0301\u0327y").normalised("NFC")
    assert text.text == "xȩ́y"
    assert text.source(1, 2) == (1, 4)
    assert Tracked.of("가".encode().decode()).normalised("NFC").text == "가"
    assert Tracked.of("\u1100\u1161").normalised("NFC") == Tracked("가", [0], [2])
    assert Tracked.of("").normalised("NFC").text == ""
