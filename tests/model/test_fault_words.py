from __future__ import annotations

import io
import json
import lzma
import zipfile
import zlib
from collections.abc import Callable
from typing import Any
from xml.parsers import expat

import pytest
from lxml import etree

from archive.model.fault_words import fault_words, shape_words

_GROWING = b'<!DOCTYPE a [<!ENTITY b "%s"><!ENTITY c "%s"><!ENTITY d "%s">]><a>&d;</a>' % (
    b"x" * 9_000,
    b"&b;" * 3_000,
    b"&c;" * 3_000,
)
_RAISED = (ValueError, SyntaxError, expat.ExpatError, zlib.error, lzma.LZMAError, zipfile.BadZipFile)


def by_libxml(data: bytes) -> Any:
    return etree.fromstring(data, etree.XMLParser(resolve_entities=False))


def by_expat(data: bytes) -> Any:
    return expat.ParserCreate().Parse(data, True)


def by_zip(data: bytes) -> Any:
    return zipfile.ZipFile(io.BytesIO(data))


@pytest.mark.parametrize(
    ("parse", "data", "said"),
    [
        (by_libxml, b"", "it is empty, or does not begin as XML does (line 1, column 1)"),
        (by_libxml, b"<a><b></a>", "an end tag that does not fit the element that is open (line 1, column 11)"),
        (by_libxml, b"<a>" * 300, "elements nested too deeply (line 1, column 771)"),
        (by_libxml, _GROWING, "entities that grow beyond measure"),
        (by_libxml, b"<a>\0</a>", "a character that XML does not allow (line 1, column 4)"),
        (by_libxml, b"<a x=1/>", "its markup is broken (line 1, column 6)"),
        (by_expat, b"<a><b></a>", "an end tag that does not fit the element that is open (line 1, column 9)"),
        (by_expat, b"", "it is empty, or an element does not end (line 1, column 1)"),
        (by_expat, b"<a>\0</a>", "its markup is broken (line 1, column 4)"),
        (json.loads, b'{"a": 1\n "b": 2}', "no JSON from line 2, character 2 on"),
        (json.loads, b"\xff", "no UTF-8 from byte 1 on"),
        (by_zip, b"", "it is no zip, or a damaged one"),
        (zlib.decompress, b"x", "its compressed bytes are damaged"),
        (lzma.decompress, b"x", "its compressed bytes are damaged"),
        (int, b"x", "its reader came upon something that it does not expect"),
    ],
)
def test_what_parsers_say_is_said_in_words(parse: Callable[[bytes], Any], data: bytes, said: str) -> None:
    with pytest.raises(_RAISED) as caught:
        parse(data)
    words = fault_words(caught.value)
    assert words.startswith(said)
    assert not any(jargon in words for jargon in ("Error", "<string>", "XML_PARSE", "libxml", "xmlCtxt"))


def test_what_runs_out_is_said_in_words() -> None:
    assert fault_words(MemoryError()) == "out of memory"
    assert fault_words(RecursionError()) == "values are nested too deeply"
    assert fault_words(EOFError()) == "it is cut short"


def test_shapes_are_said_in_words() -> None:
    assert shape_words(KeyError("kind")) == "'kind' is missing"
    assert shape_words(KeyError()) == shape_words(AttributeError("x")) == "a value is of another kind"
