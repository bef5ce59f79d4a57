"""Lines of progress fit into the terminal, and the time left is always to be seen."""

from __future__ import annotations

import io
import re
from itertools import product

import pytest
from rich.console import Console

from archive.cli.progress_lines import Lines, layout_for

STAGES = [
    ("copying", 0, None, ""),
    ("building records", 999_999, 1_000_000, "12,345/s, 1,234.5 MB/s"),
    ("asking the reference implementation", 0, 1, "0/s"),
]


def drawn(places: int) -> list[str]:
    terminal = Console(file=io.StringIO(), width=places, force_terminal=True)
    lines = Lines(terminal)
    for stage, done, total, rate in STAGES:
        lines.add_task(stage, completed=done, total=total, rate=rate)
    with terminal.capture() as captured:
        terminal.print(lines.make_tasks_table(lines.tasks))
    return re.sub(r"\x1b\[[0-9;]*m", "", captured.get()).splitlines()


@pytest.mark.parametrize("places", [40, 60, 80, 120, 200])
def test_every_line_fits_and_ends_with_the_time_left(places: int) -> None:
    unknown, *known = drawn(places)
    assert len(known) == 2
    assert all(len(line.rstrip()) <= places for line in (unknown, *known))
    assert all(line.rstrip().endswith("left") for line in known)
    assert "left" not in unknown


def test_what_matters_less_is_left_out_first() -> None:
    wide, middle, narrow = (drawn(places)[1] for places in (120, 90, 60))
    assert "━" in wide
    assert "12,345/s, 1,234.5 MB/s" in wide
    assert "━" in middle
    assert "12,345/s " in middle
    assert "MB/s" not in middle
    assert "━" not in narrow
    assert "999999/1000000" in narrow
    assert "999999" not in drawn(36)[1]


@pytest.mark.parametrize("places", [60, 61, 75, 80, 100, 300])
def test_no_layout_is_wider_than_the_terminal(places: int) -> None:
    for stage, counts, rate, items, left in product((0, 1, 20, 40), repeat=5):
        if items <= rate:
            layout = layout_for({"stage": stage, "counts": counts, "rate": rate, "items": items, "left": left}, places)
            assert sum(layout.widths[part] for part in layout.parts) + len(layout.parts) - 1 <= places
