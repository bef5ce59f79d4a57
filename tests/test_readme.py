"""What the README shows is what happens: the query over the figures of the sample corpus is run as it stands there."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest

from archive.model.columns import ANNOTATIONS
from tests.elsewhere import need_packages, run
from tests.packing.making import packed, records_of

BLOCK = re.compile(r"```python\n([^`]*annotations\.parquet[^`]*)```\n\n```text\n([^`]*)```")


@pytest.fixture(scope="module")
def sample(project: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return packed(project / "corpus", tmp_path_factory.mktemp("readme") / "bags")


def test_the_query_over_all_estimates_gives_what_the_readme_says(project: Path, sample: Path) -> None:
    need_packages("duckdb")
    found = BLOCK.search((project / "README.md").read_text("utf-8"))
    assert found is not None
    code, expected = found.groups()
    assert f'bag = "bags/{sample.name}/data/tables"' in code
    lines = run([sys.executable, "-c", code], sample.parent.parent, "").splitlines()
    pieces = [piece.strip("\n") for piece in f"\n{expected}".split("\n...\n")]
    whole = "\n".join(lines)
    at = 0
    for piece in pieces:
        place = whole.find(piece, at)
        assert place >= 0, piece
        at = place + len(piece)
    assert len(lines) == 2 * sum(len(one["annotations"]) for one in records_of(sample).values())


def test_every_figure_of_the_sample_says_who_counts_what(sample: Path) -> None:
    figures = [one["figure"] for record in records_of(sample).values() for one in record["annotations"]]
    assert len(figures) == 30
    for figure in figures:
        assert figure["unit"]
        assert figure["population"]
        assert figure["said_by"]


def test_what_the_readme_says_of_figures_are_their_columns(project: Path) -> None:
    readme = (project / "README.md").read_text("utf-8")
    for column in ANNOTATIONS.columns[11:-1]:
        assert f"`{column.name}`" in readme
