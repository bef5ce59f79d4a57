"""Readings made from texts, and texts with what a careful reader would say of each line.

A file of `texts` begins with lines `= field: value` (`none` where the text does not say), then has one line for each
line of the text, after a letter and a bar: T title, D dateline, Y byline, C caption, B body, J body that goes on from
the line before (a program or a typist broke it), K kept under any kind, F furniture. All of them were written for these
tests.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from archive.model.blocks import Reading
from archive.model.spans import Layer
from archive.sources import text as plain_text
from archive.sources.limits import Limits
from archive.sources.protocol import TextInput

TEXTS = Path(__file__).resolve().parent / "texts"


@dataclass(frozen=True)
class LabelledText:
    name: str
    expected: dict[str, str]
    lines: tuple[tuple[str, str], ...]

    @property
    def data(self) -> bytes:
        return "\n".join(text for _, text in self.lines).encode()


def labelled_text(path: Path) -> LabelledText:
    expected: dict[str, str] = {}
    lines: list[tuple[str, str]] = []
    for line in path.read_text("utf-8").splitlines():
        if line.startswith("= "):
            field, _, value = line[2:].partition(": ")
            expected[field] = value
        else:
            lines.append((line[0], line[2:]))
    return LabelledText(path.stem, expected, tuple(lines))


def reading_of(data: bytes, charset: str = "utf-8") -> Reading:
    layer = Layer(None, charset, data)
    taken = plain_text.read(TextInput(layer), Limits())
    return Reading("text/plain", charset=charset, layers=(layer,), blocks=taken.blocks)


@pytest.fixture(scope="session")
def read() -> Callable[[bytes], Reading]:
    return reading_of


@pytest.fixture(params=sorted(TEXTS.glob("*.txt")), ids=lambda path: path.stem)
def labelled(request: pytest.FixtureRequest) -> LabelledText:
    return labelled_text(request.param)
