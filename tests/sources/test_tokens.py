from __future__ import annotations

import pytest

from archive.model.markup import is_xml
from archive.sources import read
from archive.sources.tokens import CDATA, Dialect, dialect_of, tokens
from tests.contracts.sources import check_reading

START = '<?xml version="1.0"?>'
SPACE = "http://www.w3.org/1999/xhtml"


def cut(data: bytes, dialect: Dialect) -> list[tuple[bytes, bytes, bool, bool]]:
    return [(data[start:end], *told) for start, end, *told in tokens(data, 0, len(data), dialect)]  # type: ignore[misc]


def xhtml(body: str, head: str = "", root: str = "html", before: str = START) -> list[tuple[str, str]]:
    prefix = root.removesuffix("html")
    name = f"xmlns:{prefix[:-1]}" if prefix else "xmlns"
    page = f'{before}<{root} {name}="{SPACE}"><{prefix}head>{head}</{prefix}head><{prefix}body>{body}</{prefix}body>'
    reading = read("a.xhtml", f"{page}</{root}>".encode())
    check_reading(reading)
    return [(block.hint, block.text) for block in reading.blocks]


@pytest.mark.parametrize(
    "name", ["script", "style", "title", "textarea", "iframe", "noframes", "xmp", "svg", "template"]
)
@pytest.mark.parametrize("before", [START, "", "<!DOCTYPE html>\n"])
def test_an_element_of_xml_that_closes_itself_swallows_nothing(name: str, before: str) -> None:
    for tag in (f"<{name}/>", f'<{name} src="a.js" />', f"<{name} a='b'/>"):
        assert xhtml(f"{tag}<p>One</p>{tag}<p>two</p>", tag, before=before) == [("", "One"), ("", "two")]


def test_in_html_a_slash_closes_nothing_but_drawings_and_formulas() -> None:
    html = Dialect()
    assert cut(b"<script/>x", html) == [(b"<script/>x", b"script", False, True)]
    assert cut(b"<svg/>x</svg>", html)[:3] == [
        (b"<svg/>", b"svg", False, False),
        (b"", b"svg", True, False),
        (b"x", b"", False, False),
    ]
    assert cut(b"<title/>x", html) == [(b"<title/>", b"title", False, False), (b"x", b"", False, False)]


def test_the_slash_of_an_address_closes_nothing() -> None:
    found = cut(b"<a href=x/>y<br/><b c/>", Dialect(is_xml=True))
    assert [(name, closes) for _, name, closes, _ in found] == [
        (b"a", False), (b"", False), (b"br", False), (b"b", False), (b"b", True),
    ]  # fmt: skip


def test_names_with_a_prefix_are_those_without() -> None:
    body = "<h:h1>Head</h:h1><h:p>one<h:br/>two <h:b>three</h:b></h:p><h:script>no</h:script>"
    body += "<h:ul><h:li>four</h:li></h:ul>"
    assert xhtml(body, "<h:title>Title</h:title>", "h:html") == [
        ("title", "Title"), ("heading", "Head"), ("", "one"), ("", "two three"), ("list-item", "four"),
    ]  # fmt: skip
    found = dialect_of(f'{START}<html xmlns="{SPACE}"><v:svg xmlns:v="http://www.w3.org/2000/svg"/>'.encode(), 0)
    assert found == Dialect(is_xml=True, prefixes=(b"v:",))


def test_definitions_of_a_document_type_are_no_text() -> None:
    kind = '<!DOCTYPE html [ <!ENTITY a "]>"> <!-- ]> --> <?x ]> ?> <!ELEMENT p ANY> ]>'
    assert xhtml("<p>One</p>", before=START + kind) == [("", "One")]
    assert cut(b"<!DOCTYPE html>a<!DOCTYPE x [ b]>", Dialect())[-1] == (b"<!DOCTYPE x [ b]>", b"!", False, False)
    assert cut(b"<!DOCTYPE html [ <!X> a", Dialect())[-1] == (b" a", b"", False, False)


def test_a_section_of_xml_that_holds_markup_is_one_piece() -> None:
    xml = Dialect(is_xml=True)
    assert cut(b"a<![CDATA[b <c> & d]]>e", xml) == [
        (b"a", b"", False, False),
        (b"<![CDATA[b <c> & d]]>", CDATA, False, False),
        (b"e", b"", False, False),
    ]
    assert [name for _, name, _, _ in cut(b"<![CDATA[b c]]>", xml)] == [b"!", b"", b"!"]
    assert cut(b"<![CDATA[b <c", xml) == [(b"<![CDATA[b <c", CDATA, False, False)]
    assert cut(b"<![CDATA[b", xml)[-1] == (b"b", b"", False, False)


def test_what_is_xml() -> None:
    assert is_xml(b"\xef\xbb\xbf \n<?xml version='1.0'?><x>", 3)
    assert is_xml(f"<!-- a --><HTML lang='en' xmlns='{SPACE}'>".encode())
    assert is_xml(f'<h:html xmlns:h="{SPACE}">'.encode())
    assert not is_xml(b"<html lang='en'><p>" + SPACE.encode())
    assert not is_xml(b"")


def test_many_prefixes_and_elements_that_nobody_closes() -> None:
    spaces = " ".join(f'xmlns:p{number}="{SPACE}"' for number in range(40))
    assert len(dialect_of(f"{START}<html {spaces}>".encode(), 0).prefixes) == 16
    found = cut(b"<object>a<object>b", Dialect())
    assert [(name, is_unread) for _, name, _, is_unread in found if name] == [(b"object", False), (b"object", False)]


def test_a_literal_section_stays_exact_in_every_passage() -> None:
    body = "<p>one <![CDATA[a < b & <i>c</i>]]> two</p><p>three &amp; four<img alt='five'/></p>"
    assert xhtml(body) == [("", "one a < b & <i>c</i> two"), ("", "three & four")]
    reading = read("a.xhtml", f'{START}<html xmlns="{SPACE}">{body}</html>'.encode())
    assert {block.operations for block in (*reading.blocks, *reading.unshown)} == {("cdata", "tags", "entities")}


@pytest.mark.parametrize("length", [1, 11, 12, 13, 14, 15, 16, 17, 40, 254])
def test_names_are_read_whole_however_long(length: int) -> None:
    name = b"Abcdefgh"[:length].ljust(length, b"x")
    for tag, closes in ((b"<%s>" % name, False), (b"</%s>" % name, True), (b"<%s a='b'>" % name, False)):
        assert cut(tag + b"text", Dialect())[0] == (tag, name.lower(), closes, False)
