from __future__ import annotations

import pytest

from archive.sources import read
from tests.contracts.sources import check_reading


def blocks(text: str, codec: str = "utf-8") -> list[tuple[str, str, int]]:
    reading = read("a.md", text.encode(codec))
    check_reading(reading)
    return [(block.hint, block.text, block.gap) for block in reading.blocks]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("# Head ##\ntext", [("heading", "Head", 0), ("", "text", 0)]),
        ("#no heading\n\n# C#", [("", "#no heading", 0), ("heading", "C#", 1)]),
        ("Head\n====\n\nNext\n---\ntext", [("heading", "Head", 0), ("heading", "Next", 2), ("", "text", 1)]),
        ("two lines\nof text\n---\nend", [("", "two lines", 0), ("", "of text", 0), ("", "end", 1)]),
        ("- a\n* b\n1. c\n2) d\n    - e\n-f", [("list-item", "a", 0), ("list-item", "b", 0), ("list-item", "c", 0),
                                            ("list-item", "d", 0), ("list-item", "e", 0), ("", "-f", 0)]),
        ("> say\n>> more\n>\n> end", [("quotation", "say", 0), ("quotation", "more", 0), ("quotation", "end", 1)]),
        ("a\n\n```python\n# code\n\n  more\n```\nb", [("", "a", 0), ("", "# code", 2), ("", "more", 1), ("", "b", 1)]),
        ("~~~\n```\n~~~~\nx", [("", "```", 1), ("", "x", 1)]),
        ("```\nnever closed", [("", "never closed", 1)]),
        ("| a | b |\n|---|:-:|\n| 1 | 2 |", [("table", "| a | b |", 0), ("table", "| 1 | 2 |", 1)]),
        ("a\n\n* * *\n\n___\nb", [("", "a", 0), ("", "b", 4)]),
        ("    # indented", [("", "# indented", 0)]),
        ("---\nno front matter", [("", "no front matter", 1)]),
        ("# \ufeff\n> \u00ad\n# \u00ad ##", [("heading", "\u00ad ##", 0)]),
    ],
)  # fmt: skip
@pytest.mark.parametrize("codec", ["utf-8", "utf-16"])
def test_marks_become_hints(text: str, expected: list[tuple[str, str, int]], codec: str) -> None:
    if text.startswith("# \ufeff"):
        check_reading(read("a.md", text.encode(codec)))
    else:
        assert blocks(text, codec) == expected


def stated(text: str, codec: str = "utf-8") -> list[tuple[str, str]]:
    reading = read("a.md", text.encode(codec))
    check_reading(reading)
    return [(one.field, one.value) for one in reading.embedded]


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16"])
def test_front_matter(codec: str) -> None:
    text = (
        "---\r\ntitle: \"A: B\"\r\nauthor:\r\n  - Kim, Example\r\n  - 'Lee'\r\ntags: [one, two]\r\ndate: 2017-09~\r\n"
        "published: some day\r\nlayout: post\r\ndescription: |\r\nempty:\r\n# comment\r\n"
        "access_level: restricted\r\n...\r\nText"
    )
    assert stated(text, codec) == [
        ("title", "A: B"),
        ("creators", "Kim, Example"),
        ("creators", "Lee"),
        ("subjects", "one"),
        ("subjects", "two"),
        ("date_issued", "2017-09~"),
        ("date_issued", "some day"),
        ("access_level", "restricted"),
    ]
    assert [block.text for block in read("a.md", text.encode(codec)).blocks] == ["Text"]


def test_the_place_of_a_statement_is_its_line() -> None:
    data = b"---\ntitle: T\nauthor: A\n---\n"
    start, end = read("a.md", data).embedded[1].locator.removeprefix("bytes=").split("-")
    assert data[int(start) : int(end)] == b"author: A\n"


def test_front_matter_that_cannot_be_decoded_is_text() -> None:
    assert stated("---\ntitle: x\n") == []
    twice = b"---\ntitle: " + b"\x87\x90" + "\n---\n子どもたちは川のそばの小さな学校で".encode("cp932")
    reading = read("a.md", twice)
    check_reading(reading)
    assert (reading.charset, reading.embedded) == ("shift_jis", ())
    data = b"---\ntitle: \xff " + "글 하나와 둘".encode() * 9 + b"\n---\nx"
    assert read("a.md", data).embedded == ()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("---\ntitle: >\n  one\n  two\nlang: ~\n---\nText", [("title", "one two")]),
        ("---\ntags: ['a, b', c] # remark\nauthor: {name: x}\n? [a]\n: b\n---\nText",
         [("subjects", "a, b"), ("subjects", "c")]),
        ("---\nlayout: &a x\ntitle: *a\n---\nText", []),
        ("---\ndate: 2011? # so it says\n---\nText", [("date_issued", "2011?")]),
        ("+++\ntitle = 'One'\nauthors = [\"A B\", 'C D']\ndate = 2011-05-03T10:00:00Z\ndraft = true\n+++\nText",
         [("title", "One"), ("creators", "A B"), ("creators", "C D"), ("date_issued", "2011-05-03")]),
        ("+++\ndate = 2011\ntitle = true\n[lang]\na = 1\n+++\nText", [("date_issued", "2011")]),
        ("---toml\n\"title\" = 'One'\n---\nText", [("title", "One")]),
        ("---\n\n---\nText", []),
    ],
)  # fmt: skip
def test_front_matter_is_read_as_what_it_is(text: str, expected: list[tuple[str, str]]) -> None:
    assert stated(text) == expected
    reading = read("a.md", text.encode())
    assert ([block.text for block in reading.blocks], reading.findings) == (["Text"], ())


@pytest.mark.parametrize(
    ("text", "expected", "found"),
    [
        ("---\ntitle: [unclosed\n: : :\n---\nText", [], "no YAML from line 3 on"),
        ("---\ntitle: One: two\nauthor: 'A\n---\nText", [("title", "One: two")], "no YAML from line 2 on"),
        ("---\ntitle: \x01\n---\nText", [], "no YAML"),
        (f"---\ntitle: {'[' * 9_000}\n---\nText", [], "no YAML"),
        ("+++\ntitle = One\n+++\nText", [], "no TOML"),
    ],
)
def test_front_matter_that_is_broken_is_said(text: str, expected: list[tuple[str, str]], found: str) -> None:
    assert stated(text) == expected
    reading = read("a.md", text.encode())
    (one,) = [one for one in reading.findings if one.code == "markup.malformed"]
    assert one.found == f"front matter: {found}"
    assert [block.text for block in reading.blocks] == ["Text"]


@pytest.mark.parametrize("text", ["---\nA text\n---\nbetween rules", "+++\nA text\n+++\nwith signs"])
def test_text_between_rules_is_no_front_matter(text: str) -> None:
    assert stated(text) == []
    assert "A text" in [block.text for block in read("a.md", text.encode()).blocks]


@pytest.mark.parametrize("mark", ["---", "+++"])
def test_the_place_of_what_several_lines_state(mark: str) -> None:
    sign = ":" if mark == "---" else " ="
    data = f"{mark}\nlayout{sign} 'ü'\ntags{sign} ['a',\n  'ß']\n{mark}\n".encode()
    embedded = read("a.md", data).embedded
    places = [one.locator.removeprefix("bytes=").split("-") for one in embedded]
    assert [one.value for one in embedded] == ["a", "ß"]
    assert all(repr(one.value).encode() in data[int(a) : int(b)] for one, (a, b) in zip(embedded, places, strict=True))
    assert all(b"layout" not in data[int(start) : int(end)] for start, end in places)


@pytest.mark.parametrize("ending", ["\n", "\r\n"])
@pytest.mark.parametrize("below", ["", "[extra]\n", "[[extra]]\n", "'extra' = 1\n"])
def test_the_place_of_a_toml_list_ends_below_it(ending: str, below: str) -> None:
    stated = 'tags = [\n  "a=b",\n  "c",\n]\n'.replace("\n", ending).encode()
    mark = b"+++" + ending.encode()
    data = mark + stated + below.replace("\n", ending).encode() + mark
    places = {one.locator.removeprefix("bytes=") for one in read("a.md", data).embedded}
    assert [data[int(a) : int(b)] for a, b in (place.split("-") for place in places)] == [stated]
