from __future__ import annotations

import pytest

from archive.model.markup import as_html, is_xml, without_data_addresses

PICTURE = b"data:image/png;base64," + b"QUJD" * 40
SPACE = b"http://www.w3.org/1999/xhtml"


def test_addresses_that_hold_files_do_not_count() -> None:
    page = b'<img src="%b"><style>a{background:url(%b)}</style>' % (PICTURE, PICTURE)
    assert without_data_addresses(page) == len(page) - 2 * len(PICTURE)
    assert without_data_addresses(b"data: a word, and data:image/png;base64,short") == 45


def test_large_pages_are_asked_about_without_their_pictures() -> None:
    page = b'<p>a<img src="%b">' % PICTURE
    assert as_html(page, 10) == b'<p>a<img src="data:,">'
    assert as_html(page, 1_000) == page


@pytest.mark.parametrize(
    ("tag", "expected"),
    [
        (b"<script src='a'/>", b"<script src='a'></script>"),
        (b"<br/>", b"<br/>"),
        (b"<a href=b/>", b"<a href=b/>"),
        (b"<!-- <a/> -->", b"<!-- <a/> -->"),
        (b"<![CDATA[a]]>", b"a"),
    ],
)
def test_xml_is_written_as_html(tag: bytes, expected: bytes) -> None:
    start = b"<?xml version='1.0'?>"
    assert as_html(start + tag, 1_000) == start + expected
    assert as_html(tag, 1_000) == tag


def test_names_lose_the_prefix_of_the_root() -> None:
    page = b"<h:html xmlns:h='%b'><h:p/>a</h:html>" % SPACE
    assert is_xml(page)
    assert as_html(page, 1_000) == b"<html xmlns:h='%b'><p></p>a</html>" % SPACE
