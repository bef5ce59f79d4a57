from __future__ import annotations

import pytest

from archive.model.charsets import CODECS, STATEFUL_CODECS
from archive.sources import read
from archive.sources.characters.charsets import Detected, detect
from archive.sources.characters.labels import charset_of_label
from archive.sources.characters.legacy import guess
from tests.sources.sentences import LEGACY, SENTENCES

ENGLISH = "An English page about it, with many plain words around the quotation and more after it. "

MATRIX = [
    (language, charset)
    for language, charsets in LEGACY.items()
    for charset in (*charsets, "utf-8", "utf-16le", "utf-16be")
]


def decoded(data: bytes, found: Detected | None) -> str:
    assert found is not None
    codec = CODECS.get(found.charset) or STATEFUL_CODECS[found.charset]
    return data[found.start :].decode(codec, "replace")


@pytest.mark.parametrize(("language", "charset"), MATRIX)
def test_each_language_reads_the_same_from_each_of_its_encodings(language: str, charset: str) -> None:
    codec = CODECS.get(charset) or STATEFUL_CODECS[charset]
    one, two, three = SENTENCES[language]
    for text in (one, f"{one} {two} {three}", "\n".join((one, two, three)) * 20, f"{ENGLISH * 5}{one} {ENGLISH}"):
        data = text.encode(codec, "replace")
        assert decoded(data, detect(data)) == data.decode(codec)


@pytest.mark.parametrize("language", SENTENCES)
@pytest.mark.parametrize("codec", ["utf-8-sig", "utf-16", "utf-32"])
def test_a_byte_order_mark_settles_it(language: str, codec: str) -> None:
    data = SENTENCES[language][0].encode(codec)
    found = detect(data)
    assert decoded(data, found) == SENTENCES[language][0]
    assert found is not None
    assert not found.guessed


@pytest.mark.parametrize(
    ("data", "charset"),
    [
        (b"", "utf-8"),
        (b"plain", "utf-8"),
        (b"\xef\xbb\xbf", "utf-8"),
        (b"\xff\xfe", "utf-16le"),
        (b"+/v8-+rLA-", "utf-7"),
        ("ein Wort".encode("utf-16-le"), "utf-16le"),
        ("ein Wort".encode("utf-16-be"), "utf-16be"),
        ("글 하나. ".encode() * 9 + b"\xff", "utf-8"),
        ("글 하나".encode()[:-1], "utf-8"),
        ("한글".encode("cp949"), "euc-kr"),
        ("Діти вчилися".encode("cp1251"), "windows-1251"),
        (b"a few \0 in a text of some length, which goes on for quite a while", "utf-8"),
        ("Don’t “quote” me — not yet… it costs £5".encode("mac_roman"), "macintosh"),
        ("José and Zoë met François at the café; Señora Núñez paid £3 – or ¼.".encode("cp1252"), "windows-1252"),
        ("我在IBM公司用iPhone和Excel做PPT，2019年用Java写APP。".encode("gb18030"), "gb18030"),
        ("В 1998 г. A. Ivanov работал в IBM и Apple, писал на C++.".encode("koi8_r"), "koi8-r"),
        ("雨季過後，渡口幾乎沒有人。".encode("utf-16-le"), "utf-16le"),
        (b"~{ is no mark of an encoding ~}", "utf-8"),
    ],
)
def test_single_cases(data: bytes, charset: str) -> None:
    found = detect(data)
    assert found is not None
    assert found.charset == charset


@pytest.mark.parametrize(
    "data",
    [
        bytes(range(32)) * 8,
        b"\0" * 100,
        b"\xff\xfe\x00\x00" + bytes(range(256)) * 4,
        b"\xff\xfe" + bytes(range(1, 32)) * 20,
        bytes(range(256)) * 200,
        b"\x01\x02\x03" * 20_000,
    ],
)
def test_what_is_no_text_is_said_to_be_none(data: bytes) -> None:
    assert detect(data) is None


def test_what_a_page_declares_counts_for_pages_only() -> None:
    page = '<meta charset="iso-8859-2">Łódź'.encode("iso8859-2")
    found = detect(page, markup=True)
    assert found == Detected("iso-8859-2", declared="iso-8859-2")
    xml = '<?xml version="1.0" encoding="KOI8-R"?><p>дети</p>'.encode("koi8-r")
    assert decoded(xml, detect(xml, markup=True)).endswith("<p>дети</p>")
    assert detect(page) != found


def test_a_declaration_that_does_not_fit_is_not_believed() -> None:
    korean = SENTENCES["korean"][0]
    page = f"<meta charset=shift_jis>{korean}".encode("cp949")
    assert decoded(page, detect(page, markup=True)).endswith(korean)
    for label in ("utf-8", "utf-16", "klingon", "iso-2022-jp"):
        page = f"<meta charset={label}>{korean}".encode("cp949")
        found = detect(page, markup=True)
        assert found is not None
        assert (found.charset, found.guessed, found.declared) == ("euc-kr", True, label)


def test_labels() -> None:
    assert charset_of_label(" UTF8 ") == "utf-8"
    assert charset_of_label("cp1251") == "windows-1251"
    assert charset_of_label("iso8859_9") == "windows-1254"
    assert charset_of_label("rot13") is None
    assert charset_of_label("a\0b") is None


def test_bytes_that_fit_nothing_have_no_encoding() -> None:
    assert guess(b"\x81\x8d\x8f\x90\x9d" * 3, 1024) is None
    assert guess("ÄÖ".encode("cp1252"), 1024) is not None


def test_a_nul_in_a_short_text_leaves_it_a_text_with_a_finding() -> None:
    data = b"Call Marta.\0 The key is under the pot."
    reading = read("note.txt", data)
    assert reading.charset == "utf-8"
    (one,) = [one for one in reading.findings if one.code == "text.control-characters"]
    assert (one.found, one.where.bytes) == ("1 at bytes 11-12", "11-12")
    assert detect(b"\0\1\2abc") is None


@pytest.mark.parametrize(
    ("data", "found"),
    [
        ("An escape \x1b[31m and an upper one \x9b here.".encode(), "2 at bytes 10-11, 33-35"),
        ("A line that ends here\x85and one with é and \x80.".encode(), "1 at bytes 43-45"),
        (b"The end of a file of DOS.\r\n\x1a", ""),
        (b"No end \x1a of a file.", "1 at bytes 7-8"),
        ("Žluťoučký kůň úpěl ďábelské ódy \x90 a ještě šestý řádek.".encode("iso8859_2"), "1 at bytes 32-33"),
        ("An é\x07 in UTF-16".encode("utf-16"), ""),
    ],
)
def test_every_control_character_that_no_passage_holds_is_counted(data: bytes, found: str) -> None:
    findings = read("note.txt", data).findings
    assert [one.found for one in findings if one.code == "text.control-characters"] == ([found] if found else [])


@pytest.mark.parametrize("damage", [b"\xff and \xe9 here", b"\xe9 und \xfc x", b"\x92 \xa0 end"])
def test_a_few_bad_bytes_among_sequences_of_utf8_are_damage(damage: bytes) -> None:
    found = detect("Café, naïve — and “so” on: ".encode() + damage)
    assert found is not None
    assert (found.charset, found.guessed) == ("utf-8", False)


@pytest.mark.parametrize("text", ["Café.", "Ein Mädchen", "niño", "Où ?", "it’s “so”"])
def test_little_evidence_speaks_for_the_west(text: str) -> None:
    assert decoded(text.encode("cp1252"), detect(text.encode("cp1252"))) == text
    found = detect(text.encode("cp1252"))
    assert found is not None
    assert found.charset == "windows-1252"
