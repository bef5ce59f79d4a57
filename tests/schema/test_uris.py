from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.schema.uris import LONGEST_URI, is_uri, uri_advice


@pytest.mark.parametrize(
    "text",
    ["https://example.org", "HTTP://EXAMPLE.org:80/a;b=c?d=/?#e/?", "https://example.org/a%20b", "http://[::1]:8080/",
     "http://[v1.fe:d]/", "http://user@example.org/", "urn:uuid:6f1ed002-ab5c-5d4e-9b11-0d9b6f3c1a11", "mailto:a@b.org",
     "file:///etc/hosts", "doi:10.5555/12345678", "a:", "a:/", "a:/b//c", "http://example.org:/", "tag:a,2011:b"],
)  # fmt: skip
def test_uris(text: str) -> None:
    assert is_uri(text)


@pytest.mark.parametrize(
    "text",
    ["", "example", "//example.org", "/a/b", "www.example.org", "http:///a", "https:", "http://a b/", "https://example.org/\n",
     "https://example.org/a|b", "https://example.org/100%", "https://example.org/%zz", "https://예.kr/", "http://[::1%25e]/",
     "http://[zz]/",
        "http://[1:2]/", "http://[::1", "http://x:99999/", "http://x:port/", "https://a.org/#a#b", "1a:b", "é:b",
     "https://a.org/" + "a" * LONGEST_URI, "https://a.org/\ud800"],
)  # fmt: skip
def test_what_is_no_uri_is_refused(text: str) -> None:
    assert not is_uri(text)


@pytest.mark.parametrize(
    ("text", "advice"),
    [
        ("www.example.org/a b", "https://www.example.org/a%20b if that is the address"),
        ("https://example.org/a|b", "https://example.org/a%7Cb"),
        ("https://example.org/100%", "https://example.org/100%25"),
        ("https://예.kr/가?x=[1]", "https://xn--2j5b.kr/%EA%B0%80?x=%5B1%5D"),
        ("http://a.org/#a#b", "http://a.org/#a%23b"),
        (" https://example.org ", "https://example.org"),
        ("http://a b/", "a whole address such as https://example.org/page"),
        ("http://예..kr/", "a whole address such as https://example.org/page"),
        ("C:\\files\\a.html", "a whole address such as https://example.org/page"),
        ("x.org/예?\ud800", "https://x.org/%EC%98%88?? if that is the address"),
        ("no address", "a whole address such as https://example.org/page"),
        ("a" * 9000, f"an address of at most {LONGEST_URI} characters"),
    ],
)
def test_advice(text: str, advice: str) -> None:
    assert uri_advice(text) == advice


@given(st.text(max_size=40) | st.text(alphabet="htps:/[]%#?@.a1가 ", max_size=40))
def test_whatever_is_proposed_is_a_uri(text: str) -> None:
    advice = uri_advice(text)
    if not advice.startswith("a whole address"):
        assert is_uri(advice.split()[0])
