from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.model.charsets import decode
from archive.model.derivation import PIECEWISE, WHOLE, operations_of, project
from archive.quoting import narrowing
from archive.quoting.narrowing import narrowed

_TEXT = st.lists(
    st.sampled_from(
        ["a", "B", "é", "e", "\u0301", "\u0327", "각", "ᄀ", "ᅡ", "ᆨ", " ", "\t", "\u3000", "\n", "\r", "\r\n", "\u00ad",
         "\x00", "\u2028", "&amp;", "&#233;", "&nbsp;", "&", ";", "<b>", "</b>", "<br>", "<!-- x -->", "<", ">", "\\n",
         "\\u00e9", "\\ud83d\\ude00", "\\", "ﬁ", "\u0958", "क", "\u093c"]
    )
).map("".join)  # fmt: skip
_OPERATIONS = st.tuples(
    st.sampled_from(["", "parts-as-lines,"]),
    st.lists(st.sampled_from(sorted(PIECEWISE)), max_size=1),
    st.lists(st.sampled_from(sorted(WHOLE)), max_size=6),
).map(lambda one: f"1:{one[0]}{','.join((*one[1], *one[2]))}".rstrip(","))


@given(st.lists(_TEXT, min_size=1, max_size=3), _OPERATIONS)
def test_the_tracked_rule_gives_what_the_rule_gives(texts: list[str], projection: str) -> None:
    pieces = [(text.encode(), "utf-8") for text in texts]
    assert narrowing._carried_out(texts, operations_of(projection)).text == project(pieces, projection)


@given(st.lists(_TEXT, min_size=1, max_size=3), _OPERATIONS, st.data())
def test_narrower_bytes_give_exactly_the_part(texts: list[str], projection: str, data: st.DataObject) -> None:
    pieces = [(text.encode(), "utf-8") for text in texts]
    text = project(pieces, projection)
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(0, len(text)))
    found = narrowed(pieces, projection, start, end)
    if found is not None:
        assert project([(pieces[at][0][one:other], "utf-8") for at, one, other in found], projection) == text[start:end]


@given(st.text("abc", min_size=1).map(lambda text: f"x{text}z"), st.data())
def test_plain_text_is_always_narrowed_to_its_own_bytes(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    assert narrowed([(text.encode(), "utf-8")], "1:join-lines,spaces,nfc", start, end) == [(0, start, end)]


@pytest.mark.parametrize(
    ("charset", "text", "projection", "wanted", "expected"),
    [
        ("euc-kr", "북한 사람", "1:nfc", "사람", b"\xbb\xe7\xb6\xf7"),
        ("utf-16le", "one two", "1:", "two", b"t\0w\0o\0"),
        ("utf-8", "He said <i>no</i>.", "1:tags", "said no.", b"said <i>no</i>."),
        ("utf-8", "Caf\u0065\u0301 &eacute;t", "1:entities,nfc", "fé é", b"fe\xcc\x81 &eacute;"),
        ("utf-8", r"a \"b\" \u0041", "1:json", '"b" A', rb"\"b\" \u0041"),
        ("utf-8", "in\u00adter\r\n  rupted", "1:soft-hyphens,join-lines,spaces", "ter rup", b"ter\r\n  rup"),
    ],
)
def test_bytes_of_a_part(charset: str, text: str, projection: str, wanted: str, expected: bytes) -> None:
    codec = {"euc-kr": "cp949", "utf-16le": "utf-16-le"}.get(charset, charset)
    pieces = [(text.encode(codec), charset)]
    start = project(pieces, projection).index(wanted)
    found = narrowed(pieces, projection, start, start + len(wanted))
    assert found is not None
    assert [pieces[at][0][one:other] for at, one, other in found] == [expected]


def test_a_part_may_run_through_several_pieces() -> None:
    pieces = [(b"first line", "utf-8"), (b"second line", "utf-8")]
    assert narrowed(pieces, "1:parts-as-lines", 6, 17) == [(0, 6, 10), (1, 0, 6)]
    assert narrowed(pieces, "1:parts-as-lines", 0, 5) == [(0, 0, 5)]
    assert narrowed(pieces, "1:parts-as-lines", 11, 17) == [(1, 0, 6)]


def test_what_cannot_be_told_apart_is_not_narrowed(monkeypatch: pytest.MonkeyPatch) -> None:
    undecodable = b"a\xe2\x82b"
    assert decode(undecodable, "utf-8") == "a\ufffdb"
    assert narrowed([(undecodable, "utf-8")], "1:", 2, 3) is None
    assert narrowed([(b"a", "utf-8")], "1:", 0, 0) is None
    assert narrowed([(b"a", "utf-8")], "1:", 0, 2) is None
    monkeypatch.setattr(narrowing, "LONGEST", 2)
    assert narrowed([(b"abc", "utf-8")], "1:", 0, 1) is None


def test_a_part_that_needs_its_surroundings_is_not_narrowed() -> None:
    # Alone, the first blank of a kept line end would go.
    assert narrowed([(b"a b", "utf-8")], "1:keep-lines", 0, 2) is None
