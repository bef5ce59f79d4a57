"""What every reader must do, whatever the format. Tests call `check_reading` on whatever a reader gave."""

from __future__ import annotations

import pickle
import re
from itertools import pairwise

from archive.model.blocks import Reading
from archive.model.charsets import CODECS
from archive.model.codes import CODES
from archive.model.derivation import carry_out, project, projection
from archive.model.fields import FIELD

LOCATOR = re.compile(r"bytes=(\d+)-(\d+)\Z")
PROPERTY = re.compile(r"(?:part=[^;]+;)?property=\S+\Z")


def check_reading(reading: Reading) -> None:
    """The spans are right, the text follows from them, the value travels, the findings are documented."""
    check_blocks(reading)
    check_embedded(reading)
    assert pickle.loads(pickle.dumps(reading)) == reading
    assert all(one.code in CODES for one in reading.findings)
    assert "/" in reading.media_type
    assert (reading.puid is None) == (reading.puid_basis == "")
    if not reading.text_was_read:
        assert not reading.blocks
        assert reading.findings


def check_blocks(reading: Reading) -> None:
    every = (*reading.blocks, *reading.unshown)
    assert len({block.operations for block in every}) <= 1
    for block in every:
        assert block.spans
        pieces = []
        for span in block.spans:
            layer = reading.layers[span.layer]
            assert layer.charset in CODECS
            assert layer.offset <= span.start < span.end <= layer.offset + len(layer.data)
            pieces.append((layer.slice(span), layer.charset))
        assert all(one.end <= other.start for one, other in pairwise(block.spans) if one.layer == other.layer)
        assert block.text == project(pieces, projection(block.operations))
        assert carry_out((block.text,), ("controls", "soft-hyphens", "join-lines", "spaces"))
        assert block.gap >= 0
        assert block.indent >= 0
    spans = sorted((span.layer, span.start, span.end) for block in every for span in block.spans)
    assert all(one[0] != other[0] or one[2] <= other[1] for one, other in pairwise(spans))


def check_embedded(reading: Reading) -> None:
    for one in reading.embedded:
        assert one.field in FIELD
        assert one.value.strip()
        one.value.encode("utf-8")
        place = LOCATOR.match(one.locator)
        if one.layer is None:
            assert place or PROPERTY.match(one.locator)
            continue
        assert place
        layer = reading.layers[one.layer]
        assert layer.offset <= int(place[1]) < int(place[2]) <= layer.offset + len(layer.data)
