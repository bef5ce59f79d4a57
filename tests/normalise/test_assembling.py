from __future__ import annotations

import textwrap
from collections.abc import Callable

from archive.model.blocks import Reading
from archive.normalise.documents import normalise
from archive.normalise.recipes import recipe_named
from archive.sources import read as reading_of_file

Read = Callable[[bytes], Reading]
PARAGRAPH = "The boats came home before the storm and nobody was lost, although the harbour master had feared it. " * 5


def texts(read: Read, text: str) -> list[str]:
    return [passage.text for passage in normalise(read(text.encode()), recipe_named("default")).passages]


def markdown(text: str) -> Reading:
    return reading_of_file("a.md", text.encode())


def test_broken_lines_are_joined(read: Read) -> None:
    wrapped = "\n\n".join(textwrap.fill(PARAGRAPH, 72) for _ in range(3))
    assert texts(read, wrapped) == [PARAGRAPH.strip()] * 3


def test_dense_scripts_are_joined_without_a_space(read: Read) -> None:
    line = "津波で車両を失った町の移動図書館が六年ぶりに走り始めた全国から寄せられた本"
    assert texts(read, "\n".join([line] * 6)) == [line * 6]


def test_whole_paragraphs_without_blank_lines_stay_apart(read: Read) -> None:
    assert texts(read, "\n".join([PARAGRAPH] * 5)) == [PARAGRAPH.strip()] * 5


def test_items_stay_apart(read: Read) -> None:
    items = [f"- {'word ' * 12}number {number}" for number in range(6)]
    assert texts(read, "\n".join(items)) == items


def test_stanzas_keep_their_lines(read: Read) -> None:
    poem = "One for the bride\ntwo for the bell\n\nthree for the gate\nfour for the well"
    passages = normalise(read(poem.encode()), recipe_named("default")).passages
    assert [passage.text for passage in passages] == poem.split("\n\n")
    assert all("keep-lines" in passage.projection for passage in passages)


def test_broken_items_and_paragraphs_of_markdown_are_joined() -> None:
    item = f"one {PARAGRAPH.strip()}"
    lines = ["## Heading", "", textwrap.fill(PARAGRAPH, 72), ""]
    lines += [textwrap.fill(f"- {item}", 72, subsequent_indent="  ") for _ in range(3)]
    found = normalise(markdown("\n".join(lines)), recipe_named("default")).passages
    assert [passage.text for passage in found] == ["Heading", PARAGRAPH.strip(), item, item, item]
    assert [passage.kind.value for passage in found[2:]] == ["list-item"] * 3


def test_short_items_of_markdown_stay_apart() -> None:
    found = normalise(markdown("- one\n- two\n- three\n- four\n- five\n"), recipe_named("default")).passages
    assert [passage.text for passage in found] == ["one", "two", "three", "four", "five"]
