"""What the shape of a line says for its being a title, and which lines are none whatever stands around them."""

from __future__ import annotations

import re

from archive.normalise.bylines import is_byline
from archive.normalise.dates import find_date, without_time
from archive.normalise.draft import Unit
from archive.normalise.front_words import front_words
from archive.normalise.frontlines import FEW_LETTERS, is_brief

_SHORTEST_BESIDE_DATE = 12
_NO_TITLE = re.compile(
    r"^\W?\d{1,2}:\d\d|^[←→]|[:：—–-]\s*$"
    r"|^\W?(?:[QAF]|question|answer|frage|antwort|réponse|pregunta|respuesta|domanda|risposta|pergunta|resposta|вопрос|ответ"
    r"|문|답|질문|답변|问|答|問|hỏi|đáp|س|ج)\s?\d{0,3}\s?[.:：]\s",
    re.IGNORECASE,
)
"""What begins with a time of the day or as a turn of a conversation, or announces what follows."""
_CODE = re.compile(r"\w+/\w+/\w+")


def is_no_title(text: str) -> bool:
    """Whether a line begins with a time of the day or as a turn of a conversation, or announces what follows.

    >>> is_no_title("Question: Who built the boats?"), is_no_title("Who built the boats?")
    (True, False)
    """
    if text.isascii() and "." not in text and ":" not in text and text.rstrip()[-1:] != "-":
        return False  # a quick look, which most headlines do not pass
    return _NO_TITLE.search(text) is not None


def is_section_and_date(text: str) -> bool:
    """Whether a line is a word or two beside a date, as the name of a section is."""
    found = find_date(text, day_first=True)
    if found is None or front_words().has_genre(text):
        return False
    rest = without_time(f"{text[: found.start]} {text[found.end :]}")
    return len(rest.strip(" ,.|-–—/")) < _SHORTEST_BESIDE_DATE


def of_its_shape(unit: Unit) -> float:
    """What the shape of a line says for its being a title."""
    text = unit.text.strip(" *_#")
    front = front_words()
    has_genre = front.has_genre(text)
    score = 1.0 if has_genre else 0.0
    if text[:1].islower():
        score -= 2.0
    if is_brief(unit) and not has_genre:
        score -= 1.0
    if text.endswith((".", "。", ":", "：", ",")):
        score -= 1.2 if text.endswith((".", "。")) else 2.5
    if is_byline(text):
        score -= 1.0
    if _CODE.search(text):
        score -= 2.0
    if text[:1].isdigit() and unit.weight < FEW_LETTERS:
        score -= 1.0
    if find_date(text, day_first=True) is not None:
        score -= 0.3 if has_genre else 1.5
    return score + (1.0 if unit.hint == "heading" else 0.0)
