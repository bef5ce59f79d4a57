from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.model import derivation
from archive.model.charsets import CODECS, STATEFUL_CODECS, decode, decode_stateful
from archive.model.derivation import PARTS_AS_LINES, PIECEWISE, WHOLE
from archive.model.derivation_rule import RULE_TEXT
from archive.model.spans import Layer, Span
from archive.normalise.projection import (
    lines_kept,
    operations_of,
    project,
    project_spans,
    projection,
    prose,
    prose_cjk,
)


def said(text: str, operations: str) -> str:
    return project([(text.encode(), "utf-8")], f"1:{operations}")


@pytest.mark.parametrize(
    ("operations", "text", "expected"),
    [
        ("", "as it is \r\n", "as it is \r\n"),
        ("json", r"a\n\"\u00e9\ud83d\ude00\/", 'a\n"é😀/'),
        ("json", r"\ud83d and \udc00", "\ufffd and \ufffd"),
        ("json", r"half an escape \u12 \x \\", "half an escape \\u12 \\x \\"),
        ("tags", "a<b>c</b><br>d<BR/>e<brx>f<!-- x > y -->g<!doctype x>h", "ac\nd\nefgh"),
        ("tags", '<a title="x > y">z</a> 1 < 2 <3', "z 1 < 2 <3"),
        ("tags", "<![CDATA[ kept ]]>", " kept "),
        (
            "cdata",
            "a<b c='<![CDATA[<'><![CDATA[d <e> & f]]>g<!-- <![CDATA[ -->h",
            "a<b c='<![CDATA[<'>d &lt;e> &amp; fg<!-- <![CDATA[ -->h",
        ),
        ("cdata,tags,entities", "<p>a &amp; <![CDATA[&amp; <b>]]></p><![CDATA[ < c", "a & &amp; <b> < c"),
        ("tags", "cut <a href='", "cut "),
        ("tags", "<!-->a<!--->b<!-- x --!>c<!-- open", "abc"),
        ("entities", "&lt;b&gt; &amp;amp; &#44032;&#xAC00; &nosuch; &#0; &hellip;", "<b> &amp; 가가 &nosuch; \ufffd …"),
        ("entities", f"&#{'9' * 5000};x&#x{'f' * 9};", "\ufffdx\ufffd"),
        ("tags,entities", "&lt;b&gt;<i>x</i>", "<b>x"),
        ("controls", "a\0b\x1bc\x7f\x9fd\ufeff\te", "abcd\te"),
        ("controls", "a\vb\fc\x85d\u2028e\u2029f\r\n", "a\nb\nc\nd\ne\nf\r\n"),
        ("soft-hyphens", "Regen\u00adbogen", "Regenbogen"),
        ("join-lines", " one \r\n\r two\n\u3000three\n", "one two three"),
        ("join-lines-cjk", " 一 \n二\r\n三", "一二三"),
        ("keep-lines", "a \r\n  b\t\rc\u00a0", "a\n  b\nc"),
        ("spaces", " \u00a0a\t \u3000b \n  c \n\n", "a b\nc"),
        ("nfc", "e\u0301", "é"),
    ],
)
def test_each_operation_says_what_the_rule_says(operations: str, text: str, expected: str) -> None:
    assert said(text, operations) == expected


def test_parts_are_put_together_with_nothing_or_with_a_line_break() -> None:
    parts = [(b"a\\u00e9", "utf-8"), (b"\xc7\xd1", "euc-kr")]
    assert project(parts, "1:json") == "aé한"
    assert project(parts, "1:parts-as-lines,json,join-lines") == "aé 한"
    assert project([], "1:nfc") == ""


@pytest.mark.parametrize(
    ("written", "word"),
    [
        ("2:nfc", "version 1"),
        ("nfc", "version 1"),
        ("", "version 1"),
        ("1:shout", "not an operation"),
        ("1:nfc,", "not an operation"),
        ("1:nfc,parts-as-lines", "stands first"),
        ("1:nfc,json", "before what works on the whole"),
    ],
)
def test_what_is_not_known_is_refused_in_words(written: str, word: str) -> None:
    with pytest.raises(ValueError, match=word):
        project([(b"x", "utf-8")], written)


def test_a_charset_that_is_not_known_is_refused() -> None:
    with pytest.raises(ValueError, match="not a charset"):
        project([(b"x", "utf-7")], "1:")


def test_projections_are_written_as_the_rule_says() -> None:
    assert projection(()) == "1:"
    assert operations_of("1:") == ()
    assert prose(("tags", "entities")).startswith("1:tags,entities,controls,")
    assert "join-lines-cjk" in prose_cjk()
    assert operations_of(lines_kept()) == ("controls", "soft-hyphens", "keep-lines", "spaces", "nfc")
    with pytest.raises(ValueError, match="known ones"):
        projection(["shout"])


def test_spans_of_several_layers() -> None:
    layers = [Layer(None, "utf-8", b"one two"), Layer("text", "windows-1252", b"\xe9t\xe9", offset=10)]
    assert project_spans(layers, [Span(1, 10, 13), Span(0, 3, 7)], "1:nfc") == "été two"


@settings(deadline=None)
@given(st.text())
@pytest.mark.parametrize(
    "name", ["controls", "soft-hyphens", "join-lines", "join-lines-cjk", "keep-lines", "spaces", "nfc"]
)
def test_tidying_twice_changes_nothing_more(name: str, text: str) -> None:
    once = WHOLE[name](text)
    assert WHOLE[name](once) == once


@settings(deadline=None)
@given(st.binary(), st.sampled_from(sorted(CODECS)), st.lists(st.sampled_from(sorted(WHOLE))))
def test_any_bytes_have_a_text(data: bytes, charset: str, operations: list[str]) -> None:
    text = project([(data, charset)], projection(operations))
    text.encode("utf-8")


@pytest.mark.unmeasured
@pytest.mark.parametrize("name", [*PIECEWISE, *WHOLE])
@pytest.mark.parametrize(
    "hostile",
    [
        "<",
        "<!--",
        "<a ",
        "<a b='",
        '<a b="" ',
        "&",
        "&#",
        "\\",
        "\\u",
        "\\ud800",
        " ",
        "\r",
        "\n ",
        "<![CDATA[",
        "</",
        "=",
        "\u0301",
    ],
)
def test_no_text_takes_more_than_one_pass(name: str, hostile: str) -> None:
    text = hostile * (400_000 // len(hostile))
    start = time.process_time()
    (PIECEWISE | WHOLE)[name](text)
    assert time.process_time() - start < 5


def test_stateful_encodings_are_decoded_as_a_whole() -> None:
    for charset, codec in STATEFUL_CODECS.items():
        assert decode_stateful("한 text".encode(codec, "ignore"), charset).endswith(" text")


def test_damage_becomes_the_replacement_character() -> None:
    assert decode(b"a\xf0\x9f\x98b", "utf-8") == "a\ufffdb"
    assert decode(b"\xb0<", "euc-kr") == "\ufffd<"


def test_the_page_names_every_operation_charset_and_the_expression() -> None:
    for name in (PARTS_AS_LINES, *PIECEWISE, *WHOLE):
        assert f"| `{name}` |" in RULE_TEXT
    for charset, codec in CODECS.items():
        assert f"| {charset} | {codec} |" in RULE_TEXT
    shown = RULE_TEXT.partition("only make it fast):")[2].partition("\nCharsets")[0]
    assert "".join(line.strip() for line in shown.splitlines()) == derivation.TAG
