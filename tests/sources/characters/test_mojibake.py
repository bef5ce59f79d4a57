from __future__ import annotations

import pytest

from archive.sources import Limits, read
from tests.sources.sentences import SENTENCES


def reported(text: str, limits: Limits | None = None) -> list[tuple[str, str]]:
    reading = read("a.txt", text.encode(), limits=limits or Limits())
    return [(one.found, one.expected) for one in reading.findings if one.code == "text.mojibake"]


@pytest.mark.parametrize("language", SENTENCES)
def test_clean_text_is_left_alone(language: str) -> None:
    assert reported("\n".join(SENTENCES[language])) == []


@pytest.mark.parametrize(
    ("clean", "codec"),
    [("l’élève déjà arrivé", "cp1252"), (SENTENCES["korean"][0], "latin-1"), (SENTENCES["russian"][0], "cp1252")],
)
def test_text_decoded_wrongly_is_reported_and_kept(clean: str, codec: str) -> None:
    wrong = clean.encode().decode(codec, "ignore")
    found = reported(f"A clean line.\n{wrong}\n")
    assert len(found) == 1
    assert found[0][0] in wrong
    assert found[0][1].startswith("perhaps ")


def test_it_has_its_place_and_its_bound() -> None:
    wrong = "dÃ©jÃ vu Ã©tÃ©"
    reading = read("a.txt", f"ok\n{wrong}".encode())
    assert [one.where.bytes for one in reading.findings] == [f"3-{3 + len(wrong.encode())}"]
    assert reading.blocks[1].text == wrong
    assert len(reported("\n".join([wrong] * 9), Limits(most_places=4))) == 4


def test_what_looks_odd_but_is_right_stays_unreported() -> None:
    assert reported("Größe: 5 µm – „Maß“ … Å · ÂÊÎ") == []
