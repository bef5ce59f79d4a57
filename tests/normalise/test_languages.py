"""What the detector says becomes a tag that a record may hold."""

from __future__ import annotations

import pycld2
import pytest

from archive.normalise.documents import normalise
from archive.normalise.languages import identify, tag_of
from archive.normalise.recipes import recipe_named
from archive.schema.languages import canonical, is_language_tag
from archive.sources import read


@pytest.mark.parametrize("code", sorted({code for _, code in pycld2.LANGUAGES}))
def test_every_code_of_the_detector_becomes_a_canonical_tag(code: str) -> None:
    tag = tag_of(code)
    assert is_language_tag(tag)
    assert canonical(tag) == tag


@pytest.mark.parametrize(
    ("text", "tag"),
    [
        ("หลังฝนตกแทบไม่มีใคร", "th"),
        ("בחורף הלכה האם לשוק", "he"),
        ("די קינדער האָבן זיך געלערנט", "yi"),
        ("Η γάτα κοιμάται", "el"),
        ("მდინარის პირას პატარა სკოლა იდგა", "ka"),
        ("Գետի ափին փոքրիկ դպրոց կար", "hy"),
        ("ບ້ານຂອງພວກເຮົາຢູ່ໃກ້ແມ່ນ້ຳ", "lo"),
        ("ஆற்றின் அருகே ஒரு சிறிய பள்ளி", "ta"),
        ("A word, α and β, in a formula of some length for a test", "en"),
    ],
)
def test_a_script_that_one_language_writes_settles_it(text: str, tag: str) -> None:
    assert identify(text)[0] == tag


def test_a_document_of_many_languages_has_none() -> None:
    lines = ["xkq zzt mrp wvl brg", "Baum und Haus", "la maison", "дом и сад", "une phrase", "кот", "子どもの学校"]
    reading = read("a.txt", "\n\n".join(lines).encode())
    languages = [
        one.value for one in normalise(reading, recipe_named("default")).observations if one.field == "language"
    ]
    assert languages == []


def test_chinese_stands_in_a_document_of_many_languages() -> None:
    lines = [
        "The boats came home before the storm, and nobody was lost at the pier that night.",
        "배는 폭풍 전에 돌아왔다.",
    ]
    lines += ["Лодки вернулись домой до бури.", "暴风雨来临之前，渔船都回到了码头，没有人说话。"]
    passages = normalise(read("a.txt", "\n\n".join(lines).encode()), recipe_named("default")).passages
    assert passages[-1].language == "zh-Hans"
