from __future__ import annotations

import pytest

from archive.schema.patterns import fits, is_name_pattern, is_pattern


def test_expressions_mean_what_ecma_262_says() -> None:
    assert fits("^a$", "a")
    assert not fits("^a$", "a\n")
    assert not fits("^\\d$", "٣")
    assert fits("\\p{L}", "가")
    assert fits("(?=b)b", "ab")
    assert not fits("a", "\ud800a")
    assert not fits("[", "a")


def test_what_is_an_expression() -> None:
    assert is_pattern("^(?!x).*$")
    assert not is_pattern("(?P<")


@pytest.mark.parametrize(
    ("pattern", "good"), [("^x-", True), ("(a+)+", False), ("(a|b){2}", False), ("\\p{L}", False), ("[", False)]
)
def test_patterns_for_names_are_plain(pattern: str, good: bool) -> None:
    assert is_name_pattern(pattern) is good
