"""What the detector says becomes a tag that a record may hold."""

from __future__ import annotations

import pycld2
import pytest

from archive.normalise.languages import tag_of
from archive.schema.languages import canonical, is_language_tag


@pytest.mark.parametrize("code", sorted({code for _, code in pycld2.LANGUAGES}))
def test_every_code_of_the_detector_becomes_a_canonical_tag(code: str) -> None:
    tag = tag_of(code)
    assert is_language_tag(tag)
    assert canonical(tag) == tag
