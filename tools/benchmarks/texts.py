"""Documents of real-looking text: the n-th one is the same on every machine.

Sentences come from a pool made once, so that two hundred thousand documents take seconds; each document has sentences
of its own too (numbers, dates), so that none is a near-duplicate of another.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

_SEED = 8493
_POOL = 20_000
_LENGTH = 3_000

_WHO = (
    "the woman", "her daughter", "a neighbour", "the broker", "an official", "the teacher", "his mother",
    "the village head", "a researcher", "the family", "a volunteer", "the boy", "the grandmother",
    "a border guard", "the reporter", "a lawyer",
)  # fmt: skip
_DID = (
    "waited for", "remembered", "asked about", "wrote down", "could not find", "described", "spoke of", "kept",
    "paid for", "returned to", "looked after", "heard about", "carried", "hid", "registered", "had never seen",
)  # fmt: skip
_WHAT = (
    "the school in the town", "the household register", "a letter from the south", "the road along the river",
    "the winter", "the house near the station", "the names of the children", "the papers", "a telephone number",
    "the market", "the fine", "the night of the crossing", "the clinic", "the fields behind the village",
    "the answer of the office", "the photograph",
)  # fmt: skip
_HOW = (
    "after many years", "without a word", "in the spring", "because nobody else would", "when the police had gone",
    "although it was dangerous", "in a low voice", "before the harvest", "for the first time",
    "as the law requires", "while the others slept", "with the help of a church", "on the second day",
    "as far as anyone knows",
)  # fmt: skip
_KOREAN = (
    "그 여자는 오랫동안 기다렸다고 말했다.", "아이는 학교에 다닐 수 없었다.", "마을 사람들은 아무 말도 하지 않았다.",
    "어머니는 강을 건너던 밤을 기억한다.", "서류가 없어서 병원에도 가지 못했다.", "그해 겨울은 몹시 추웠다고 한다.",
    "할머니가 아이를 돌보았다.", "담당 기관은 답을 주지 않았다.", "연구자들은 여러 집을 찾아가 물었다.",
)  # fmt: skip
_TOWNS = ("Yanji", "Helong", "Tumen", "Longjing", "Hunchun", "Dandong", "Antu", "Wangqing")
_MONTHS = ("January", "March", "April", "June", "August", "September", "October", "December")


@dataclass(frozen=True, slots=True)
class Text:
    """One document: a headline, a line with a date, paragraphs."""

    number: int
    title: str
    dateline: str
    paragraphs: tuple[str, ...]

    @property
    def body(self) -> str:
        """The text alone, a blank line between paragraphs."""
        return "\n\n".join((self.title, self.dateline, *self.paragraphs)) + "\n"

    @property
    def page(self) -> str:
        """The text as a page copied whole: with the furniture of a site around it."""
        return (
            "Home\nNews\nOpinion\nContact us\n\n"
            + self.body
            + "\nShare this article\nRelated articles\nPrivacy policy\n"
        )


@cache
def _sentences() -> tuple[str, ...]:
    chance = random.Random(_SEED)  # noqa: S311 - data, not secrets
    return tuple(_sentence(chance) for _ in range(_POOL))


def _sentence(chance: random.Random) -> str:
    words = f"{chance.choice(_WHO)} {chance.choice(_DID)} {chance.choice(_WHAT)}"
    if chance.random() < 0.7:
        words += f" {chance.choice(_HOW)}"
    if chance.random() < 0.4:
        words += f", and {chance.choice(_WHO)} {chance.choice(_DID)} {chance.choice(_WHAT)}"
    return words[0].upper() + words[1:] + "."


def text(number: int) -> Text:
    """The n-th document, of about 3,000 bytes; one in ten is Korean."""
    chance = random.Random(_SEED * 1_000_003 + number)  # noqa: S311 - data, not secrets
    pool = _KOREAN if number % 10 == 3 else _sentences()
    town = chance.choice(_TOWNS)
    dateline = f"{town}, {chance.randint(1, 28)} {chance.choice(_MONTHS)} {chance.randint(1998, 2024)}"
    paragraphs: list[str] = []
    length = 0
    while length < _LENGTH - 200:
        chosen = chance.choices(pool, k=chance.randint(2, 6))
        chosen.append(
            f"In {chance.randint(1995, 2024)} there were {chance.randint(10, 99_999):,} in case {chance.random():.9f}."
        )
        paragraphs.append(" ".join(chosen))
        length += len(paragraphs[-1].encode("utf-8")) + 2
    return Text(
        number, f"What {chance.choice(_WHO)} said in {town} about {chance.choice(_WHAT)}", dateline, tuple(paragraphs)
    )


def texts(count: int) -> Iterator[Text]:
    """The first documents, in order."""
    return map(text, range(count))
