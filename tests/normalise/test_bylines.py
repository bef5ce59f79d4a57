from __future__ import annotations

import pytest

from archive.normalise.bylines import (
    bare_names,
    is_byline,
    korean_with_calling,
    name_in_opening,
    names_in_byline,
    paper_in_byline,
)
from archive.normalise.front_words import front_words
from archive.normalise.heads import sender
from archive.normalise.names import is_arabic_name, is_latin_name, is_person
from archive.normalise.vocabulary import vocabulary


@pytest.mark.parametrize(
    ("line", "people"),
    [
        ("Veröffentlicht am 3. Oktober 2021 von Dietlinde Faber", ("Dietlinde Faber",)),
        ("Published 3 May 2011 at 6:12 pm by Ada Quill", ("Ada Quill",)),
        ("3 May 2011 | Words: Ada Quill and Jon Reed", ("Ada Quill", "Jon Reed")),
        ("BYLINE: Ada Quill in Oslo", ("Ada Quill",)),
        ("Das Gespräch führte Jasper Thoms", ("Jasper Thoms",)),
        ("Propos recueillis par Aurore Delmas", ("Aurore Delmas",)),
        ("Беседовал Игорь Ланской", ("Игорь Ланской",)),
        ("Текст: Ольга Тимченко", ("Ольга Тимченко",)),
        ("كتبت سلمى الحداد", ("سلمى الحداد",)),
        ("بقلم: نادر الخطيب", ("نادر الخطيب",)),
        ("بقلم: وكالة الأنباء", ()),
        ("Tác giả: Trần Thu Hà", ("Trần Thu Hà",)),
        ("2018年03月05日 08:15 来源:青河晚报 作者:林若水", ("林若水",)),
        ("〔記者林映彤／綜合報導〕", ("林映彤",)),
        ("本报记者 沈一舟 通讯员 高岩", ("沈一舟",)),
        ("文／藤代みなと", ("藤代みなと",)),
        ("田村はるか記者", ("田村はるか",)),
        ("延吉＝柴山航", ("柴山航",)),
        ("作成者: 藤代みなと", ("藤代みなと",)),
        ("작성자 은하수", ("은하수",)),
        ("취재 기자", ()),
        ("사회부 기자", ()),
        ("By PETA-Team", ()),
        ("By September", ()),
        ("Rozmawiała Halina Rokicka", ("Halina Rokicka",)),
        ("Door Wietske Oldenhof", ("Wietske Oldenhof",)),
        ("Interview: the woman who keeps the log", ()),
    ],
)
def test_bylines_of_many_languages(line: str, people: tuple[str, ...]) -> None:
    assert names_in_byline(line, vocabulary()) == people


@pytest.mark.parametrize(
    ("line", "people"),
    [
        ("Ada Quill", ("Ada Quill",)),
        ("Ada Quill and Jon Reed", ("Ada Quill", "Jon Reed")),
        ("Ada Quill in Tumen", ("Ada Quill",)),
        ("Ada Quill, Staff Reporter", ("Ada Quill",)),
        ("Reporter", ()),
        ("Ada Quill, Yanji", ("Ada Quill",)),
        ("Kang Mi Jin", ("Kang Mi Jin",)),
        ("Nguyễn Văn Bình", ("Nguyễn Văn Bình",)),
        ("New York", ()),
        ("ADA QUILL", ()),
        ("Ada Quill:", ()),
        ("Ort Saarbrücken", ()),
        ("김하늘", ()),
        ("Ada Quill " * 12, ()),
    ],
)
def test_bare_names(line: str, people: tuple[str, ...]) -> None:
    assert bare_names(line, vocabulary(), front_words()) == people


def test_names_in_openings() -> None:
    words = vocabulary()
    assert name_in_opening("(도문=예시신문) 김하늘 기자 = 강이 얼었다.", words) == "김하늘"
    assert name_in_opening("[예시뉴스 김하늘 기자] 강이 얼었다.", words) == ""
    assert name_in_opening("新华社长春3月18日电（记者 柯以安、孟繁）记者了解到", words) == "柯以安"
    assert name_in_opening("【延吉＝小宮山拓】川が凍った。", words) == "小宮山拓"
    assert name_in_opening("【ソウル＝共同】川が凍った。", words) == ""
    assert name_in_opening("The river froze.", words) == ""


def test_newspapers_in_bylines() -> None:
    assert paper_in_byline("青波新聞 記者 田村はるか") == "青波新聞"
    assert paper_in_byline("By Ada Quill, Example Daily") == ""
    assert paper_in_byline("예시일보 " * 40) == ""


def test_koreans_with_what_they_are() -> None:
    assert korean_with_calling("오세린 동해대 교수") == "오세린"
    assert korean_with_calling("새벽 교수") == ""
    assert korean_with_calling("교수 " * 40) == ""


@pytest.mark.parametrize(
    ("value", "name"),
    [
        ("Ada Quill <ada@example.org>", "Ada Quill"),
        ("'Quill, Ada' (desk)", "Ada Quill"),
        ("ada@example.org", ""),
        ("Field desk", ""),
        ("이서영 <a@example.kr>", "이서영"),
    ],
)
def test_senders(value: str, name: str) -> None:
    assert sender(value) == name


def test_what_may_be_a_name() -> None:
    words, places = vocabulary(), front_words()
    assert is_latin_name("Sofia Berg", words, places)
    assert not is_latin_name("", words, places)
    assert not is_latin_name("Buenos Aires", words, places)
    assert is_person("田村はるか", words)
    assert not is_person("共同通信", words)
    assert is_arabic_name("سامر الجندي")
    assert not is_arabic_name("وكالة الأنباء")
    assert not is_byline("By night the boats came home.")
