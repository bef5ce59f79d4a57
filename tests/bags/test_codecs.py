"""Reading then writing gives the same bytes; reading never raises; writing then reading gives the same values."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.bags.declaration import declaration_bytes, read_declaration
from archive.bags.fetches import read_fetches, write_fetches
from archive.bags.manifests import manifest_bytes, manifest_name, read_manifest, write_manifest
from archive.bags.tags import bag_info_bytes, label_fault, read_tags, value_fault, write_tags
from archive.bags.text import codec_of
from archive.errors import UsageError
from archive.model.bags import VERSIONS, Declaration
from archive.model.limits import Limits
from archive.model.manifest_lines import ManifestEntry

NAME = "manifest-md5.txt"
DIGEST = "d41d8cd98f00b204e9800998ecf8427e"
versions = st.sampled_from(sorted(VERSIONS))
PIECES = (
    f"""{DIGEST}|{DIGEST.upper()}|  | |\t|*|./|data/a|%0A%25|%|\r|\n|\r\n|é|\x85|\u2028|:|Label|-|12|\0|\udcff|..|~|#"""
)
pieces = st.sampled_from([*PIECES.split("|"), "Payload-Oxum: 1.1", "http://example.org/", " - "])
lines = st.lists(pieces, max_size=30).map("".join)
tag_files = st.one_of(st.binary(max_size=200), lines.map(lambda text: text.encode("utf-8", "surrogateescape")))
entries = st.lists(
    st.builds(
        ManifestEntry,
        st.text("0123456789abcdef", min_size=32, max_size=32),
        st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=20).map(lambda name: f"data/{name}"),
    ),
    unique_by=lambda entry: entry.path,
    max_size=8,
)


@given(tag_files, versions)
@settings(max_examples=500)
def test_a_manifest_read_and_written_is_the_same(data: bytes, version: tuple[int, int]) -> None:
    assert write_manifest(read_manifest(data, NAME, "utf-8", version)[0]) == data


@given(tag_files, versions)
@settings(max_examples=500)
def test_bag_info_read_and_written_is_the_same(data: bytes, version: tuple[int, int]) -> None:
    assert write_tags(read_tags(data, "bag-info.txt", "utf-8", version)[0]) == data


@given(tag_files, versions)
@settings(max_examples=500)
def test_fetch_read_and_written_is_the_same(data: bytes, version: tuple[int, int]) -> None:
    assert write_fetches(read_fetches(data, "utf-8", version)[0]) == data


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_canonical_lines_carry_no_text_of_their_own(ending: str) -> None:
    manifest_text = f"{DIGEST}  data/a{ending}{DIGEST} *data/b{ending}{DIGEST}  data/c%25{ending}{DIGEST}  data/d"
    manifest = read_manifest(manifest_text.encode(), NAME, "utf-8", (1, 0))[0]
    assert [entry.raw is None for entry in manifest.entries] == [True, False, True, False]
    assert write_manifest(manifest) == manifest_text.encode()
    info_text = f"A: 1{ending}B:  2{ending}C: 3{ending}  4{ending}D: 5{ending}"
    tags = read_tags(info_text.encode(), "bag-info.txt", "utf-8", (1, 0))[0]
    assert [line.raw is None for line in tags.lines] == [True, False, False, True]
    assert [line.value for line in tags.lines] == ["1", "2", "3\n4", "5"]
    assert write_tags(tags) == info_text.encode()
    fetch_text = f"http://a 1 data/a{ending}http://b  - data/b{ending}"
    fetches = read_fetches(fetch_text.encode(), "utf-8", (1, 0))[0]
    assert [(entry.length, entry.raw is None) for entry in fetches.entries] == [(1, True), (None, False)]
    assert write_fetches(fetches) == fetch_text.encode()


@given(lines, st.sampled_from(["utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp949", "iso8859-1"]), versions)
def test_other_encodings_are_kept(text: str, codec: str, version: tuple[int, int]) -> None:
    data = text.encode(codec, "ignore")
    assert write_manifest(read_manifest(data, NAME, codec, version)[0]) == data
    assert write_tags(read_tags(data, "bag-info.txt", codec, version)[0]) == data


@given(st.binary(max_size=80), st.sampled_from(["utf-16", "cp949", "ascii", "utf-8"]))
def test_bytes_of_another_encoding_are_kept_too(data: bytes, codec: str) -> None:
    manifest, found = read_manifest(data, NAME, codec, (1, 0))
    assert write_manifest(manifest) == data
    assert all(one.where.file == NAME for one in found)


@given(st.one_of(st.binary(), lines.map(lambda text: text.encode("utf-8", "surrogateescape"))))
def test_any_declaration_can_be_read(data: bytes) -> None:
    declaration, found = read_declaration(data)
    assert declaration.version in VERSIONS
    assert codec_of(declaration.encoding)
    assert found or data.count(b"\n") + data.count(b"\r") > 0


@given(versions, st.sampled_from(["UTF-8", "ISO-8859-1", "UTF-16"]))
def test_a_declaration_written_and_read_is_the_same(version: tuple[int, int], encoding: str) -> None:
    declaration = Declaration(version, encoding)
    assert read_declaration(declaration_bytes(declaration)) == (declaration, [])


@given(entries)
def test_entries_written_and_read_are_the_same(listed: list[ManifestEntry]) -> None:
    manifest, found = read_manifest(manifest_bytes(listed), NAME, "utf-8", (1, 0))
    assert found == []
    assert manifest.is_canonical
    assert {(one.digest, one.path) for one in manifest.entries} == {(one.digest, one.path) for one in listed}
    assert [one.line for one in manifest.entries] == list(range(1, len(listed) + 1))


@given(st.lists(st.tuples(st.text(min_size=1, max_size=12), st.text(min_size=1, max_size=40)), max_size=6))
def test_no_value_makes_a_line_of_its_own(told: list[tuple[str, str]]) -> None:
    fit = [(label, value) for label, value in told if not label_fault(label) and not value_fault(value)]
    fit = [(label, value) for label, value in fit if (label + value).isprintable() or "\n" in value]
    try:
        data = bag_info_bytes(fit)
    except (UsageError, UnicodeEncodeError):
        return
    tags, found = read_tags(data, "bag-info.txt", "utf-8", (1, 0))
    assert [line.label for line in tags.lines] == [label for label, _ in fit]
    assert found == []
    for line, (_, value) in zip(tags.lines, fit, strict=True):
        assert line.value.split() == value.split()


@pytest.mark.parametrize("label", ["", " a", "a ", "a:b", "a\nb", "a\x07", "a\u2028"])
def test_labels_that_cannot_stand(label: str) -> None:
    with pytest.raises(UsageError, match="label"):
        bag_info_bytes([(label, "value")])


@pytest.mark.parametrize("value", ["", "  \n ", "a\0b", "\x1b[2J"])
def test_values_that_cannot_stand(value: str) -> None:
    with pytest.raises(UsageError, match="value"):
        bag_info_bytes([("Label", value)])


@pytest.mark.parametrize("line_break", ["\n", "\r", "\r\n", "\u2028", "\x85", "\x0b", "\x1c"])
def test_line_breaks_in_values_are_folded(line_break: str) -> None:
    assert bag_info_bytes([("Label", f"one{line_break}Two: three")]) == b"Label: one\n  Two: three\n"


@pytest.mark.parametrize("name", ["manifest.txt", "manifest-.txt", "data/manifest-md5.txt", "manifest-md5.TXT"])
def test_what_is_no_manifest(name: str) -> None:
    assert manifest_name(name) is None


@pytest.mark.parametrize(
    "encoding", ["rot13", "base64", "idna", "utf-8-sig", "", "a b", "unicode_escape", "no-such", "x" * 61, "zlib"]
)
def test_what_is_no_encoding(encoding: str) -> None:
    assert codec_of(encoding) is None


@pytest.mark.parametrize("bad", ["x\n", "\n \t\n", "x\n\n", "x\ny\n  \n" + "a" * 63 + "  data/a\n"])
def test_lines_that_are_only_counted_are_counted_right(bad: str) -> None:
    good = "a" * 64 + "  data/x\n"
    text = (bad * 100_000)[:300_000].rpartition("\n")[0] + "\n" + good + bad * 3 + good
    manifest, found = read_manifest(text.encode(), "manifest-sha256.txt", "utf-8", (1, 0), Limits(of_one_kind=10))
    lines = text.splitlines()
    blank = sum(not line.strip(" \t") for line in lines)
    counted = {code: sum(one.count for one in found if one.code == code) for code in {one.code for one in found}}
    expected = {"tagfile.blank-line": blank, "manifest.malformed-line": len(lines) - blank - 2}
    assert counted == {code: count for code, count in expected.items() if count}
    assert [entry.line for entry in manifest.entries] == [n for n, line in enumerate(lines, 1) if line == good[:-1]]
    assert write_manifest(manifest).decode() == text
