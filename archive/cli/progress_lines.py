"""The lines of progress, one for each stage: of each as much as the terminal is wide, and the time left above all."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, Task, TimeRemainingColumn
from rich.table import Table
from rich.text import Text

_LAYOUTS: tuple[tuple[str, ...], ...] = (
    ("stage", "bar", "counts", "rate", "left"),
    ("stage", "bar", "counts", "items", "left"),
    ("stage", "bar", "counts", "left"),
    ("stage", "counts", "left"),
    ("stage", "left"),
)
"""What is shown, the most first."""
_SHORTEST_BAR, _LONGEST_BAR = 10, 40
_STAGE = 16
"""Places of a stage's name that stay before anything is left out for it."""
_COUNTS, _LEFT = MofNCompleteColumn(), TimeRemainingColumn()


@dataclass(frozen=True, slots=True)
class Layout:
    """What is shown, and how many places each part has."""

    parts: tuple[str, ...]
    widths: Mapping[str, int]


def layout_for(widths: Mapping[str, int], places: int) -> Layout:
    """What fits into lines of so many places.

    Args:
        widths: the places that the parts want, but for the bar, which takes what is left.
        places: of a line.

    >>> layout_for({"stage": 7, "counts": 9, "rate": 17, "items": 6, "left": 12}, 60).parts
    ('stage', 'bar', 'counts', 'rate', 'left')
    >>> layout_for({"stage": 35, "counts": 9, "rate": 17, "items": 6, "left": 12}, 60).parts
    ('stage', 'counts', 'left')
    """
    for parts in _LAYOUTS:
        rest = places - sum(widths[one] for one in parts if one not in {"stage", "bar"}) - (len(parts) - 1)
        bar = min(rest - widths["stage"], _LONGEST_BAR)
        if bar >= _SHORTEST_BAR if "bar" in parts else rest >= min(widths["stage"], _STAGE):
            break
    parts = tuple(one for one in parts if one == "bar" or widths[one])
    return Layout(parts, {**widths, "stage": max(1, min(widths["stage"], rest)), "bar": bar})


class Lines(Progress):
    """Draws them; the field `rate` of a task says how quick it is.

    Args:
        terminal: that they are drawn on; when the work is done they vanish, so that only the result stays there.
    """

    def __init__(self, terminal: Console) -> None:
        self._terminal = terminal
        super().__init__(console=terminal, transient=True)

    def make_tasks_table(self, tasks: Iterable[Task]) -> Table:
        """All lines, for as long as the terminal is as wide as it is now."""
        shown = [task for task in tasks if task.visible]
        rows = [_texts(task) for task in shown]
        layout = layout_for(_widest(rows), self._terminal.width)
        table = Table.grid(padding=(0, 1))
        for part in layout.parts:
            table.add_column(width=layout.widths[part], no_wrap=True, overflow="ellipsis")
        bar = BarColumn(layout.widths["bar"])
        for task, row in zip(shown, rows, strict=True):
            table.add_row(*(bar(task) if part == "bar" else row[part] for part in layout.parts))
        return table


def _texts(task: Task) -> dict[str, Text]:
    rate = str(task.fields["rate"])
    left = _LEFT.render(task)
    return {
        "stage": Text(task.description),
        "counts": _COUNTS.render(task),
        "rate": Text(rate),
        "items": Text(rate.partition(", ")[0]),
        "left": left.append(" left", style="none") if left.plain else left,
    }


def _widest(rows: Sequence[Mapping[str, Text]]) -> dict[str, int]:
    parts = {part for layout in _LAYOUTS for part in layout} - {"bar"}
    return {part: max((row[part].cell_len for row in rows), default=0) for part in parts}
