"""Progress for a person at a terminal: what is being done, how much of it, how fast, and the time left."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import IO, TYPE_CHECKING, cast

from archive.cli.streams import Forgiving, on_terminal
from archive.model.progress import Listener, Progress, unheard

if TYPE_CHECKING:
    from rich.progress import Progress as Bars
    from rich.progress import TaskID


@contextmanager
def listening(*, quiet: bool) -> Iterator[Listener]:
    """A listener for the time of one verb.

    Args:
        quiet: whether to show nothing even at a terminal.

    Returns:
        The listener that draws bars on standard error, or one that does nothing where nobody watches.
    """
    if quiet or not on_terminal():
        yield unheard
        return
    with bars() as drawn:
        yield _Drawing(drawn)


def bars() -> Bars:
    """The bars, which vanish when the work is done, so that only the result stays on the screen."""
    from rich.console import Console

    from archive.cli.progress_lines import Lines

    return Lines(Console(file=cast("IO[str]", Forgiving())))


class _Drawing:
    """A listener that draws; one bar for each stage."""

    def __init__(self, drawn: Bars) -> None:
        self._bars = drawn
        self._tasks: dict[str, TaskID] = {}

    def __call__(self, moment: Progress) -> None:
        if moment.stage not in self._tasks:
            self._tasks[moment.stage] = self._bars.add_task(moment.stage, total=moment.total, rate="")
        task = self._tasks[moment.stage]
        elapsed = self._bars.tasks[list(self._tasks).index(moment.stage)].elapsed or 0.0
        self._bars.update(task, completed=moment.done, total=moment.total, rate=rate(moment, elapsed))


_WORKED_ON = ("packed", "fit", "exported", "files", "documents")
"""What a verb counts its work in; the first that its report knows."""


def pace(counts: Mapping[str, int], seconds: float) -> str | None:
    """How much was done in what time, in one line; None for a verb that counts no work.

    Args:
        counts: of the report.
        seconds: by the clock.

    >>> pace({"packed": 500, "bytes": 2_000_000}, 2.0)
    '500 documents, 2,000,000 bytes in 2.0 s: 250/s, 1.0 MB/s'
    """
    name = next((one for one in _WORKED_ON if one in counts), None)
    if name is None or not counts[name]:
        return None
    moment = Progress("", done=counts[name], bytes_done=counts.get("bytes", 0))
    size = f", {moment.bytes_done:,} bytes" if moment.bytes_done else ""
    what = "files" if name == "files" else "documents"
    quick = rate(moment, seconds)
    return f"{moment.done:,} {what}{size} in {seconds:,.1f} s" + (f": {quick}" if quick else "")


def rate(moment: Progress, seconds: float) -> str:
    """Items and bytes a second, in a few characters.

    >>> rate(Progress("staging", done=500, bytes_done=2_000_000), 2.0)
    '250/s, 1.0 MB/s'
    """
    if seconds <= 0:
        return ""
    items = f"{moment.done / seconds:,.0f}/s"
    return f"{items}, {moment.bytes_done / seconds / 1e6:,.1f} MB/s" if moment.bytes_done else items
