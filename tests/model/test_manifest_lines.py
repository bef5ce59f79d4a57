"""The lines of a manifest as columns say the same as the lines themselves."""

from __future__ import annotations

import pickle

from hypothesis import given
from hypothesis import strategies as st

from archive.model.manifest_lines import ManifestEntry, ManifestLines

_PATHS = st.text(st.sampled_from("aAé/.\udc80\uffee"), min_size=1, max_size=4)
_ENTRIES = st.lists(
    st.builds(
        ManifestEntry,
        st.sampled_from(["00ff", "AB01", "abcd", "1234"]),
        _PATHS,
        st.just(0),
        st.sampled_from([None, None, "\t*x\udc80\r\n", " x"]),
    ).map(lambda entry: entry._replace(raw=entry.raw and entry.digest + entry.raw))
)


def filled(entries: list[ManifestEntry], length: int = 4) -> ManifestLines:
    lines = ManifestLines(length)
    for entry in entries:
        lines.add(entry)
    return lines


@given(_ENTRIES, st.lists(st.booleans()), st.sampled_from([0, 4]))
def test_what_was_put_in_comes_out(entries: list[ManifestEntry], gaps: list[bool], length: int) -> None:
    numbers = [1 + place + sum(gaps[: place + 1]) for place in range(len(entries))]
    entries = [entry._replace(line=line) for entry, line in zip(entries, numbers, strict=True)]
    lines = filled(entries, length)
    assert list(lines) == entries
    assert list(reversed(lines)) == entries[::-1]
    assert [lines[row] for row in range(len(lines))] == entries
    assert lines[1:3] == entries[1:3]
    assert lines.paths == [entry.path for entry in entries]
    assert lines.is_plain == all(entry.raw is None and entry.digest == entry.digest.lower() for entry in entries)
    keys = [entry.path.encode("utf-8", "surrogateescape") for entry in entries]
    assert lines.is_sorted == (keys == sorted(keys))
    assert list(pickle.loads(pickle.dumps(lines))) == entries


def test_plain_lines_come_many_at_a_time() -> None:
    lines = filled([ManifestEntry("AB01", "x", 1)])
    lines.extend_plain(["a", "b"], bytes.fromhex("00ff11ee"), 3)
    assert list(lines) == [ManifestEntry("AB01", "x", 1), ManifestEntry("00ff", "a", 3), ManifestEntry("11ee", "b", 4)]
    assert [lines.digest_at(row) for row in range(3)] == ["ab01", "00ff", "11ee"]


def test_it_shows_what_it_holds() -> None:
    assert repr(filled([ManifestEntry("00ff", "a", 1)])) == f"ManifestLines({ManifestEntry('00ff', 'a', 1)!r})"
