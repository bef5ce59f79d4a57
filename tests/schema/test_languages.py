from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.schema import languages
from archive.schema.languages import canonical, is_language_tag, suggestion

CANONICAL = {
    "en": "en",
    "ko": "ko",
    "und": "und",
    "mul": "mul",
    "zxx": "zxx",
    "mis": "mis",
    "prk": "prk",
    "EN-gb": "en-GB",
    "zh-hant-tw": "zh-Hant-TW",
    "ko-Kore-KP": "ko-Kore-KP",
    "es-419": "es-419",
    "en-001": "en-001",
    "iw": "he",
    "en-BU": "en-MM",
    "zh-yue": "yue",
    "zh-cmn": "cmn",
    "i-klingon": "tlh",
    "art-lojban": "jbo",
    "sgn-us": "ase",
    "en-GB-oed": "en-GB-oxendict",
    "de-1996": "de-1996",
    "sl-rozaj-biske-1994": "sl-rozaj-biske-1994",
    "en-u-ca-gregory": "en-u-ca-gregory",
    "en-u-ca-gregory-a-bbb-x-Mine": "en-a-bbb-u-ca-gregory-x-mine",
    "x-ours": "x-ours",
    "qaa": "qaa",
    "qtz-Qabx-XZ": "qtz-Qabx-XZ",
    "ja-Latn-hepburn-heploc": "ja-Latn-hepburn-alalc97",
}


@pytest.mark.parametrize("tag", CANONICAL)
def test_valid_tags_and_their_canonical_form(tag: str) -> None:
    assert is_language_tag(tag)
    assert canonical(tag) == CANONICAL[tag]


@pytest.mark.parametrize(
    "tag",
    [
        "",
        " ",
        "en ",
        "en\n",
        "English",
        "kor",
        "ger",
        "en_GB",
        "en-UK",
        "ko-KPX",
        "xx",
        "de-9999",
        "en-en-en",
        "x-",
        "x",
        "de-1901-1901",
        "en-a-bb-a-cc",
        "aaaa-1",
        "a-bc",
        "en-",
        "-en",
        "en--GB",
        "root",
        "yue-zh",
        "en-yue",
        "한국어",
        "a" * 9999,
        "en-x-" + "a" * 200,
        "en-Xxxx",
        "es-999",
        "zh-yue-cmn",
    ],
)
def test_what_is_no_tag_of_the_registry_is_refused(tag: str) -> None:
    assert not is_language_tag(tag)
    assert canonical(tag) is None


@pytest.mark.parametrize(
    ("text", "tag"),
    [
        ("English", "en"),
        ("korean", "ko"),
        ("kor", "ko"),
        ("ger", "de"),
        ("deu", "de"),
        ("en_GB", "en-GB"),
        ("en-UK", "en-GB"),
        ("en_US.UTF-8", "en-US"),
        ("한국어", "ko"),
        ("Deutsch", "de"),
        ("中文", "zh"),
        ("en ", "en"),
        ("Greek", "el"),
        ("Chinese", "zh"),
        ("", None),
        ("two words", None),
        ("a" * 999, None),
        ("eng; kor", None),
    ],
)
def test_names_and_other_codes_lead_to_a_tag(text: str, tag: str | None) -> None:
    assert suggestion(text) == tag


@given(st.text(max_size=12) | st.from_regex(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8}){0,3}", fullmatch=True))
def test_the_canonical_form_is_valid_and_stays(text: str) -> None:
    once = canonical(text)
    if once is not None:
        assert canonical(once) == once
    meant = suggestion(text)
    assert meant is None or is_language_tag(meant)


def test_tags_that_need_no_registry_stand_in_it(monkeypatch: pytest.MonkeyPatch) -> None:
    plain = languages._PLAIN
    monkeypatch.setattr(languages, "_PLAIN", frozenset())
    assert [tag for tag in sorted(plain) if canonical.__wrapped__(tag) != tag] == []
