"""Nothing that a corpus folder may hold crashes the reading of it."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.model.codes import CODES
from archive.submission import read_configuration, read_submission
from tests.submission.making import CORPUS_TOML, Folder

_CELLS = st.text(st.sampled_from('a.htm#/,;"\n\r\t \\é\0\u2028x'), max_size=12)
_KEYS = st.sampled_from(["identifier", "slug", "access_level", "[defaults]\ntitle", "[lists]\nplaces", "[bag-info]\nA"])
_VALUES = st.sampled_from(['"x"', "1", "nan", "[1]", "{}", "2020-01-01", "true", '["a", []]', '""', "inf"])


@settings(max_examples=200, deadline=None)
@given(st.lists(_CELLS, max_size=12), st.binary(max_size=20), st.lists(st.tuples(_KEYS, _VALUES), max_size=2))
def test_any_sheet_sidecar_and_configuration(cells: list[str], noise: bytes, more: list[tuple[str, str]]):
    with tempfile.TemporaryDirectory() as place:
        folder = Folder(Path(place)).files("a.htm", "in/a.htm", "x.jsonl")
        folder.toml("".join(f"{key} = {value}\n" for key, value in more))
        folder.write("metadata.csv", "filename,title,identifier\n" + ",".join(cells)).write("a.htm.json", noise)
        submission = read_submission(folder.path)
        assert {one.code for one in submission.findings} <= CODES.keys()
        for plan in submission.levels():
            for document in plan.documents:
                assert document.files
                document.document_id.encode()


@given(st.binary(max_size=100))
def test_any_bytes_as_configuration(data: bytes):
    read_configuration(data)
    read_configuration(CORPUS_TOML.encode() + data)


def test_the_order_of_listing_does_not_show(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    from archive.submission import listing

    folder = Folder(tmp_path).files("b", "a/x", "c/y", "c/z", ".h", "a.json").write("a/x.json", '{"titel": 1}')
    folder.sheet("filename,identifier", "b,1", "c/y,1", "missing,2", "c,")
    first = folder.read()
    plain = listing.os.scandir

    class Backwards:
        def __init__(self, path: bytes) -> None:
            with plain(path) as entries:
                self.entries = sorted(entries, key=lambda entry: entry.name, reverse=True)

        def __enter__(self) -> list[object]:
            return list(self.entries)

        def __exit__(self, *_: object) -> None:
            return None

    monkeypatch.setattr(listing.os, "scandir", Backwards)
    assert (folder.read().ignored, folder.read().findings) == (first.ignored, first.findings)
    assert list(folder.read().levels()) == list(first.levels())
