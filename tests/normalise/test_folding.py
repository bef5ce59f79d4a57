from __future__ import annotations

from archive.normalise.folding import fold


def test_folding() -> None:
    assert fold("  Comments (12): ") == "comments #"
    assert fold("Don’t miss") == "don't miss"
    assert fold("Kon\u00adtakt") == "kontakt"


def test_a_long_line_is_folded_as_a_short_one() -> None:
    assert fold("Comments (12): " * 99 + "A") == "comments #: " * 99 + "a"
