from __future__ import annotations

import pytest

from archive.normalise.draft import Unit
from archive.normalise.folding import fold
from archive.normalise.phrases import phrase_of
from archive.normalise.vocabulary import vocabulary


@pytest.mark.parametrize("line", ["Health » Body & Fitness » Sleep", "#winter, #boats and #nets"])
def test_trails_and_tags(line: str) -> None:
    assert vocabulary().is_trail(line)


@pytest.mark.parametrize("line", ["From Tarn → Holm", "We are #1 in town, they say", "The boats came home."])
def test_what_is_neither(line: str) -> None:
    assert not vocabulary().is_trail(line)


def test_korean_words_that_go_on_are_not_the_phrase() -> None:
    words = vocabulary()
    assert words.begins_with("로그인 후 이용")
    assert not words.begins_with("로그인이라는 말을 배웠다")


def test_pieces() -> None:
    words = vocabulary()
    assert words.piece_in("all rights reserved by the north post") == "contains"
    assert words.piece_in("she found me on facebook") == "hint"
    assert words.piece_in("로그인하면 뉴스레터를 보냅니다") == "hint"
    assert words.piece_in("the boats came home") == ""
    assert words.is_aside("Ada Quill is a writer who lives in Holm.")


@pytest.mark.parametrize(
    ("line", "phrase"),
    [
        ("정치 경제 사회 문화", "section"),
        ("Главная Новости Общество Культура", "section"),
        ("Society changed the world", ""),
        ("Related: Ten ferries worth the wait", "begins"),
        ("延伸阅读：老渡口的历史", "begins"),
        ("Related to the ferryman: his aunt", ""),
    ],
)
def test_menus_and_names_of_other_documents(line: str, phrase: str) -> None:
    assert phrase_of(Unit((), line, weight=len(line)), fold(line), vocabulary()) == phrase
