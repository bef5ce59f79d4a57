"""What every reader of a container must do. Tests call `read_all` on whatever bytes they like."""

from __future__ import annotations

import io
import pickle
from collections.abc import Iterable, Sequence

from archive.model.blocks import Reading
from archive.model.codes import CODES
from archive.model.containers import NO_RENAMES, Renames
from archive.model.findings import Finding
from archive.model.tally import Tally
from archive.sources.containers import Member
from archive.sources.containers.protocol import Content, Given
from archive.sources.containers.registry import reader_of
from archive.sources.limits import Limits
from archive.storage.kinds import kind_in
from tests.contracts.sources import check_blocks


def read_all(
    data: bytes, path: str = "a.warc", *, renames: Renames = NO_RENAMES, limits: Limits | None = None
) -> tuple[list[tuple[Member, Content]], list[Finding]]:
    """All members of a container with what they hold, and what is said of it; the contract is held to each."""
    given = Given(path, renames, limits or Limits())
    kind = kind_in(path, io.BytesIO(data), renames)
    if kind is None:
        return [], []
    reader = reader_of(kind, given.limits)

    opened = reader.opened(io.BytesIO(data))
    if opened is None:
        return [], []
    found = Tally()
    members = list(reader.members(given, opened, found))
    assert len({one.name for one in members if not one.findings}) == len([one for one in members if not one.findings])
    read = []
    for member in members:
        assert pickle.loads(pickle.dumps(member)) == member
        if member.findings:
            continue
        content = reader.read(given, opened, member)
        check_member(content.reading, data)
        assert reader.read(given, opened, member) == content
        read.append((member, content))
    assert all(one.code in CODES for one in found)
    return read, list(found)


def check_member(reading: Reading, data: bytes) -> None:
    check_blocks(reading)
    for layer in reading.layers:
        if layer.name is None:
            assert data[layer.offset : layer.offset + len(layer.data)] == layer.data
            assert reading.charset == layer.charset
    for one in reading.embedded:
        assert one.value.strip()
        one.value.encode("utf-8")


def texts(read: Iterable[tuple[Member, Content]]) -> list[list[str]]:
    return [[block.text for block in content.reading.blocks] for _, content in read]


def codes(findings: Sequence[Finding]) -> list[str]:
    return sorted(one.code for one in findings)
