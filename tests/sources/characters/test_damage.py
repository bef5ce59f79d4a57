"""Whatever happens to the bytes of a document on its way, its reader ends by the contract and is not lost."""

from __future__ import annotations

import random

import pytest

from archive.sources import read
from tests.contracts.sources import check_reading
from tests.sources.opaque import docx, epub, lines, odt, pdf, word

WHOLE = {
    "a.pdf": pdf([lines("Words in a line.", "And more of them.")] * 3, information={"Title": "A title"}),
    "a.docx": docx(word("Words in a line.") * 9),
    "a.odt": odt("<text:p>Words in a line.</text:p>" * 9),
    "a.epub": epub({"one.xhtml": "<p>Words in a line.</p>", "two.xhtml": "<p>More.</p>"}),
}


@pytest.mark.parametrize("name", WHOLE)
def test_damaged_bytes_are_no_crash(name: str) -> None:
    chance = random.Random(name)
    whole = WHOLE[name]
    assert read(name, whole).blocks
    for _ in range(150):
        damaged = bytearray(whole)
        for _ in range(chance.randint(1, 12)):
            at = chance.randrange(len(damaged))
            if chance.random() < 0.2:
                del damaged[at : at + chance.randint(1, 40)]
            else:
                damaged[at] = chance.randrange(256)
        reading = read(name, bytes(damaged))
        check_reading(reading)
        lost = [one for one in reading.findings if one.code.startswith("document.reader-")]
        assert not lost, (lost, bytes(damaged))
