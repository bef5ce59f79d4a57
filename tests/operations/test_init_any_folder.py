"""`init`, then `pack` unchanged, succeeds on any folder of documents and packs all of them."""

from __future__ import annotations

import json
import os
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import HealthCheck, assume, example, settings
from hypothesis import given as given_by
from hypothesis import strategies as st

from archive.model.findings import Severity
from archive.model.reports import Report
from archive.operations.check import check
from archive.operations.init import init
from archive.operations.pack import pack
from archive.submission import read_submission
from archive.submission.listing import list_folder
from tests.operations.another_user import as_another_user
from tests.packing.making import codes, expect_balance, expect_sound, records_of

NAMES = (
    "é.txt", "e\u0301.txt", "A.TXT", "a.txt", "a.txt.json", "a.txt.json.json", "=cmd|calc", "\\x3dcmd|calc",
    "objects", "data", "+1", "-2,5", "@x", 'say "so".txt', "one,two;three.txt", " leading", "trailing ", "a\nb", "a\rb",
    "crlf\r\n", "tab\t", "\x1b[31m", "\u2028", "\u202egpj.exe", "\ufeffmark", b"\xff", "\\xff", b"caf\xe9.jsonl",
    b"e\xcc\x81\xff", b"\xc3\xa9\xff", "x" * 250, "북" * 83, "metadata.csv", "corpus.toml", "Metadata.CSV",
    "annotations.jsonl", "metadata.csv.json", "corpus.toml.json", "CON", "aux.txt", "100%.txt", "a#1", "x.jsonl",
    "x.jsonl#1", "é.jsonl", "e\u0301.jsonl", "page.html", "page.html.json", "-rf", "~home", "back\\slash", "x..", "C:",
    "#", "'", "%00", "dot.", "manifest-sha256.txt", "bagit.txt", "é#1.txt", "\\", "\x85", "a\\x0ab",
    "x.zip", "y.mbox", "z.csv", "w.warc.gz", "v.tar", "x.zip#1",
)  # fmt: skip
ONE_LINE = b'{"text": "A line of its own."}\n'
NO_TEXT = (b"{}", b'{"title": 5}', b'{"title": "T", "title": "U"}', b'{"titel": "x"}')
BROKEN_LINES = (*NO_TEXT, b'{"title": NaN}', b"{")
"""As lines of JSON lines they are errors, each with its place; what is no object at all is a document instead."""
CONTENTS = (
    *NO_TEXT, ONE_LINE, b'{"id": "x", "text": "y"}\n', b'{"title": NaN}', b"", b"\n", b"Some words on a river.\n", b"{",
    b"[1]", b"null", b"\xff\xfe\x00", b"\0", b"<html><title>T</title><p>Words</p></html>", b"filename,title\r\na,b\r\n",
    b"%PDF-1.4", b"PK\3\4",
)  # fmt: skip
_TOP_ONLY = {b"metadata.csv", b"corpus.toml", b"annotations.jsonl"}
"""Names that mean something at the top of a corpus, where `init` refuses them or packing reads them for itself."""


def _bytes(name: str | bytes) -> bytes:
    return name if isinstance(name, bytes) else name.encode()


_name = st.sampled_from([_bytes(one) for one in NAMES]) | (
    st.binary(min_size=1, max_size=12).filter(lambda one: not {0, 47} & set(one) and not one.startswith((b".", b"~$")))
)
_path = st.lists(_name, min_size=1, max_size=3).filter(lambda parts: parts[0] not in _TOP_ONLY)
_tree = st.dictionaries(_path.map(b"/".join), st.sampled_from(CONTENTS), min_size=1, max_size=8)


def _make(folder: Path, tree: dict[bytes, bytes]) -> dict[bytes, bytes]:
    """Writes what a file system can hold of a tree: a name is a file or a folder."""
    made = {}
    for path, given in tree.items():
        data = ONE_LINE if path.endswith(b".jsonl") and given in BROKEN_LINES else given
        place = os.fsencode(folder) + b"/" + path
        try:
            os.makedirs(os.path.dirname(place), exist_ok=True)  # noqa: PTH103, PTH120 - bytes
            with open(place, "xb") as stream:  # noqa: PTH123 - bytes
                stream.write(data)
        except (FileExistsError, NotADirectoryError, IsADirectoryError):
            continue
        made[path] = data
    return made


def _errors(report: Report) -> list[str]:
    return [str(one.as_json()) for one in report.findings if one.severity is Severity.ERROR]


def _sidecars(folder: Path) -> int:
    """How many files describe another one and go along with it."""
    return len(read_submission(folder).contents.sidecars)


@settings(max_examples=30, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
@given_by(tree=_tree)
@example(tree={_bytes(name): b"Some words about a river.\n" for name in NAMES if _bytes(name) not in _TOP_ONLY})
@example(tree={b"x.jsonl": CONTENTS[5], b"x.jsonl#x": b"", b"x.jsonl#1": b"", b"x.jsonl.json": b"{"})
@example(tree={"é.jsonl".encode(): ONE_LINE, "e\u0301.jsonl".encode(): ONE_LINE})
@example(tree={b"/".join([b"d" * 200] * 3 + [b"x.jsonl"]): ONE_LINE, b"/".join([b"d" * 200] * 3 + [b"y"]): b""})
def test_a_folder_that_init_began_passes_the_check(tree: dict[bytes, bytes]) -> None:
    with TemporaryDirectory() as place:
        folder = Path(place)
        _make(folder, tree)
        files = list_folder(folder).files  # all but what operating systems leave behind
        assume(files)
        init(folder, jobs=1)
        report = check(folder, jobs=1)
        assert _errors(report) == []
        assert report.counts["fit"] == len(files) - _sidecars(folder)
        assert report.counts["inputs"] == report.counts["fit"] + report.counts["ignored"]


def test_all_of_them_are_packed(tmp_path: Path) -> None:
    folder = tmp_path / "some documents"
    folder.mkdir()
    wanted = {}
    for number, name in enumerate(one for one in NAMES if _bytes(one) not in _TOP_ONLY):
        wanted[_bytes(name)] = CONTENTS[number % len(CONTENTS)]
        wanted[b"objects of/" + _bytes(name)] = b"Words about a river, number %d.\n" % number
    made = _make(folder, wanted)
    init(folder, jobs=1)
    report = pack(folder, tmp_path / "bags", jobs=1)
    assert _errors(report) == []
    assert report.exit_code == 0
    expect_balance(report)
    (bag,) = report.bags
    assert report.counts["packed"] == len(made) - _sidecars(folder)
    expect_sound(Path(bag.path))
    originals = {path.read_bytes() for path in (Path(bag.path) / "data/originals").rglob("*") if path.is_file()}
    assert originals >= set(made.values()) - {b"{}"}  # which a sidecar may be
    assert len(records_of(Path(bag.path))) == report.counts["packed"]


def test_a_broken_sidecar_that_speaks_of_access_stays_one_and_stops_the_pack(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Words.")
    (tmp_path / "a.txt.json").write_text('{"access_level": "restricted",}')
    (tmp_path / "b.txt").write_text("Words.")
    (tmp_path / "b.txt.json").write_text('{"title": "x",}')
    began = init(tmp_path, jobs=1)
    assert [one.where.file for one in began.findings if one.code == "starter.sidecar-as-document"] == ["b.txt.json"]
    report = check(tmp_path, jobs=1)
    assert [(one.code, one.where.file) for one in report.findings if one.severity is Severity.ERROR] == [
        ("sidecar.malformed", "a.txt.json")
    ]


def test_a_sidecar_that_may_not_be_read_stays_one(tmp_path: Path) -> None:
    with TemporaryDirectory() as open_place:  # pytest's own folders are closed to others
        folder = Path(open_place) / "letters"
        folder.mkdir()
        for place in (folder.parent, folder):
            place.chmod(0o777)
        (folder / "a.txt").write_text("Words.")
        (folder / "a.txt.json").write_text("{}")
        (folder / "a.txt.json").chmod(0)
        ran = as_another_user("init", folder, "--json")
        assert json.loads(ran.stdout)["counts"]["documents"] == 1, ran.stderr


def test_paths_that_cannot_be_identifiers_get_some_and_it_is_said(tmp_path: Path) -> None:
    for name in ("é.txt", "e\u0301.txt", "plain.txt"):
        (tmp_path / name).write_text("Words.")
    report = init(tmp_path, jobs=1)
    (said,) = (one for one in report.findings if one.code == "starter.identifiers-given")
    assert said.found == "2 documents: é.txt, é.txt"
    assert "starter.name-unfit" not in codes(report)


def test_a_name_that_cannot_be_written_in_any_way_has_no_row(tmp_path: Path) -> None:
    (tmp_path / "objects").mkdir()
    for name in ("=k", "objects/=k", "\\x3dk", "\\x3d\\x6b", "\\x3D\\x6B"):
        (tmp_path / name).write_text("Words.")
    report = init(tmp_path, jobs=1)
    assert [one.where.file for one in report.findings if one.code == "starter.name-unfit"] == ["=k"]
    assert check(tmp_path, jobs=1).counts["fit"] == 5
