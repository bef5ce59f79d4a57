from __future__ import annotations

from pathlib import Path

import pytest

from archive.model.codes import submission

RAISED_WHEN_CONTAINERS_ARE_READ = {"sheet.row-without-member"}


@pytest.mark.parametrize("code", sorted({code.name for code in submission.CODES} - RAISED_WHEN_CONTAINERS_ARE_READ))
def test_every_code_has_a_case_here(code: str):
    here = Path(__file__)
    others = (one.read_text("utf-8") for one in here.parent.glob("test_*.py") if one != here)
    assert any(f'"{code}"' in text for text in others)


def test_no_code_stands_twice():
    names = [code.name for code in submission.CODES]
    assert len(names) == len(set(names))
