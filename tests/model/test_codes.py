"""The table of codes: every code is documented, and every documented code is used."""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from archive.model.codes import _PARTS as PARTS
from archive.model.codes import CODES, finding
from archive.model.codes.table import Code
from archive.model.findings import Severity, Where

NAME = re.compile(r"[a-z0-9-]+(\.[a-z0-9-]+)+\Z")


@pytest.fixture(scope="session")
def modules(project: Path) -> dict[Path, ast.Module]:
    """All modules of the package but the table itself."""
    paths = sorted((project / "archive").rglob("*.py"))
    return {path: ast.parse(path.read_text("utf-8")) for path in paths if path.parent.name != "codes"}


def calls(modules: dict[Path, ast.Module]) -> Iterator[tuple[Path, ast.Call]]:
    for path, module in modules.items():
        for node in ast.walk(module):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "finding":
                yield path, node


def test_no_code_stands_twice() -> None:
    counts = Counter(code.name for part in PARTS for code in part.CODES)
    assert [name for name, count in counts.items() if count > 1] == []
    assert list(CODES) == list(counts)


@pytest.mark.parametrize("code", CODES.values(), ids=lambda code: code.name)
def test_every_row_is_whole(code: Code) -> None:
    assert NAME.match(code.name)
    assert code.meaning.endswith(".")
    assert code.remedy.endswith(".")
    for text in (code.meaning, code.remedy):
        assert text == text.strip()
        assert "\n" not in text
    assert code.source == code.source.strip()


@pytest.mark.unmeasured
def test_every_code_that_is_raised_is_documented(modules: dict[Path, ast.Module]) -> None:
    named = [
        (path.name, call.args[0].value)
        for path, call in calls(modules)
        if call.args and isinstance(call.args[0], ast.Constant)
    ]
    assert named
    assert [(where, code) for where, code in named if code not in CODES] == []


@pytest.mark.unmeasured
def test_every_documented_code_is_raised(modules: dict[Path, ast.Module]) -> None:
    said = set[str]()
    patterns = list[re.Pattern[str]]()
    for node in (node for module in modules.values() for node in ast.walk(module)):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            said.add(node.value)
        elif isinstance(node, ast.JoinedStr) and NAME.match(_example(node)):
            patterns.append(re.compile("".join(_pattern(piece) for piece in node.values)))
    unsaid = [code for code in CODES if code not in said and not any(one.fullmatch(code) for one in patterns)]
    assert unsaid == []


def _example(put_together: ast.JoinedStr) -> str:
    """A name that it could make; one that begins with a part not known here is no name of a code."""
    pieces = [piece.value if isinstance(piece, ast.Constant) else "x" for piece in put_together.values]
    return "".join(map(str, pieces)) if isinstance(put_together.values[0], ast.Constant) else ""


def _pattern(piece: ast.expr) -> str:
    return re.escape(str(piece.value)) if isinstance(piece, ast.Constant) else "[a-z0-9-]+"


def test_a_finding_has_what_the_table_says() -> None:
    made = finding("payload.missing", document="a", where=Where("data/a.txt"), found="nothing", expected="a file")
    assert (made.code, made.severity, made.remedy) == (
        "payload.missing",
        Severity.ERROR,
        CODES["payload.missing"].remedy,
    )
    assert (made.document, made.where, made.found, made.expected) == ("a", Where("data/a.txt"), "nothing", "a file")


def test_a_finding_may_know_better() -> None:
    made = finding("payload.missing", severity=Severity.NOTICE, remedy="")
    assert (made.severity, made.remedy) == (Severity.NOTICE, "")


def test_a_code_that_nobody_documented_is_a_fault() -> None:
    with pytest.raises(KeyError):
        finding("payload.vanished")
