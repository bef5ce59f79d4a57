from __future__ import annotations

import hashlib
import importlib.util
import json
import subprocess
import sys
import unicodedata
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.model.charsets import CODECS
from archive.model.derivation import PARTS_AS_LINES, PIECEWISE, WHOLE, project, projection

CHECKER = Path(__file__).resolve().parents[2] / "tools" / "check_derivation.py"
TEXT = b"One\r\nline. <b>Two</b> &amp; more."


def load() -> ModuleType:
    spec = importlib.util.spec_from_file_location("check_derivation", CHECKER)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


CHECK = load()

MARKS = (
    *"<>&#;=\"'\\/!-[] \t\r\n\v\f\x85\u2028\u2029\u00a0\u3000\u00ad\ufeff\0é",
    *("<br>", "<!--", "-->", "&amp;", "<a href=", "<![CDATA[", "]]>", "&#65;", "&#999999999;"),
    *("\\ud83d", "\\ude00", "\\n", "\\u", "e\u0301"),
)
HOSTILE = st.lists(st.sampled_from(MARKS)).map("".join)


@settings(deadline=None)
@given(
    st.lists(st.one_of(st.text(), HOSTILE), max_size=3),
    st.booleans(),
    st.lists(st.sampled_from(sorted(PIECEWISE)), max_size=1),
    st.lists(st.sampled_from(sorted(WHOLE)), max_size=5),
)
def test_it_repeats_the_rule(parts: list[str], lines: bool, first: list[str], then: list[str]) -> None:
    written = projection([*([PARTS_AS_LINES] if lines else []), *first, *then])
    clean = [part.encode("utf-8", "replace") for part in parts]
    expected = project([(part, "utf-8") for part in clean], written)
    assert CHECK.derive([part.decode() for part in clean], written) == expected


def test_it_knows_every_charset() -> None:
    for charset, codec in CODECS.items():
        data = "Ж한é中 text".encode(codec, "ignore")
        assert data.decode(CHECK.CODECS.get(charset, charset.removeprefix("x-"))) == data.decode(codec)


def passage(start: int, end: int, text: str, operations: str, **changes: Any) -> dict[str, Any]:
    made = {
        "passage_id": "p1",
        "projection": f"1:{operations}",
        "kept": True,
        "text": text,
        "sha256": hashlib.sha256(text.encode()).hexdigest(),
        "char_start": 0,
        "char_count": len(text),
        "spans": [{"layer": "data/originals/a.txt", "byte_start": start, "byte_end": end}],
    }
    return made | changes


def bag(place: Path, *passages: dict[str, Any]) -> Path:
    files = [{"path": "data/originals/a.txt", "charset": "utf-8"}, {"path": "../a.txt", "charset": "utf-8"}]
    record = {"document_id": "a", "files": files, "passages": passages}
    folder = place / "bag"
    (folder / "data" / "records").mkdir(parents=True)
    (folder / "data" / "originals").mkdir()
    (folder / "data" / "originals" / "a.txt").write_bytes(TEXT)
    (place / "a.txt").write_bytes(TEXT)
    (folder / "data" / "records" / "00000.jsonl").write_text(json.dumps(record) + "\n", "utf-8")
    return folder


RIGHT = passage(0, 10, "One line.", "join-lines,spaces")
UNKEPT = passage(11, 21, "Two", "tags", kept=False, char_start=-1, char_count=0)
SECOND = passage(22, 33, "& more.", "entities,spaces", char_start=11)


def test_a_bag_whose_passages_follow_from_their_bytes(tmp_path: Path) -> None:
    place = bag(tmp_path, RIGHT, UNKEPT, SECOND)
    ran = subprocess.run([sys.executable, "-I", CHECKER, place], capture_output=True, text=True, check=False)
    assert (ran.returncode, ran.stdout, ran.stderr) == (0, "3 passages checked, 0 wrong\n", "")


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"text": "One Line."}, "should be ['One line.'"),
        ({"sha256": "0" * 64}, "should be ['One line.'"),
        ({"char_start": 1}, ", 0, 9]"),
        ({"char_count": 8}, ", 0, 9]"),
        ({"kept": False}, ", -1, 0]"),
        ({"projection": "2:join-lines"}, "KeyError('2:join-lines')"),
        ({"projection": "1:shout"}, "KeyError('shout')"),
        ({"projection": "1:join-lines,json"}, "KeyError('json')"),
        ({"projection": "1:join-lines,parts-as-lines"}, "KeyError('parts-as-lines')"),
        ({"spans": [{"layer": "data/b.txt", "byte_start": 0, "byte_end": 1}]}, "KeyError('data/b.txt')"),
        ({"spans": [{"layer": "../a.txt", "byte_start": 0, "byte_end": 10}]}, "is not in the subpath"),
        ({"spans": [{"layer": "data/originals/a.txt", "byte_start": 0}]}, "KeyError"),
    ],
)
def test_every_lie_is_found(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], changes: dict[str, Any], why: str
) -> None:
    place = bag(tmp_path, RIGHT | changes)
    assert CHECK.main(place) == 1
    said = capsys.readouterr().out
    assert why in said
    assert said.endswith("1 passages checked, 1 wrong\n")


def test_a_folder_that_is_no_bag_of_ours_is_said_to_be_none(tmp_path: Path) -> None:
    with pytest.raises(SystemExit, match="has no data/records"):
        CHECK.main(tmp_path)


@pytest.mark.parametrize("marks", ["\u0301\u0323\u0345\u0f72\u05b0", "\u0f73\u0f75\u0301", "\u0344\u0316\uac00"])
def test_very_many_marks_are_no_trouble(marks: str) -> None:
    some = "e" + "".join(marks[(at * at + at // 7) % len(marks)] for at in range(2500)) + "c\u0327"
    assert CHECK.derive([some], "1:nfc") == unicodedata.normalize("NFC", some)
    assert len(CHECK.derive([some * 100], "1:nfc")) > 100_000  # by insertion it would take minutes


def test_it_is_short_enough_to_be_read() -> None:
    lines = CHECKER.read_text("utf-8").splitlines()
    code = [one for one in lines if one.strip() and not one.startswith(("import ", "from ", '"""'))]
    assert len(lines) <= 80
    assert len(code) <= 55
