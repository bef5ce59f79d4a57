"""From runs to ratios: a table for a person, JSON for programs, a plot."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from benchmarks.contests import Contest, Contestant
from benchmarks.measuring import Measured


@dataclass(frozen=True, slots=True)
class Standing:
    """How one contestant did: the quickest of its runs, with the least CPU and the largest peak of any."""

    name: str
    wall: float
    cpu: float
    peak: int
    times_ours: float
    is_limit: bool
    trouble: str = ""


@dataclass(frozen=True, slots=True)
class Result:
    """A contest and how all did, in the order of the contest; those that could not run have `trouble`."""

    contest: str
    question: str
    items: int
    size: int
    standings: tuple[Standing, ...]


def compare(contest: Contest, runs: Sequence[tuple[Contestant, Sequence[Measured]]]) -> Result:
    """Ratios of each contestant's wall time to that of the first, ours."""
    ours = min((one.wall for one in runs[0][1] if one.exit_code == 0), default=float("nan"))
    return Result(
        contest.name,
        contest.question,
        contest.items,
        contest.size,
        tuple(_standing(contestant, measured, ours) for contestant, measured in runs),
    )


def _standing(contestant: Contestant, runs: Sequence[Measured], ours: float) -> Standing:
    failed = next((one for one in runs if one.exit_code != 0), None)
    if contestant.lacks:
        trouble = f"left out: {', '.join(contestant.lacks)} is not installed"
    elif failed is not None:
        trouble = f"failed with exit code {failed.exit_code}: {failed.last_words}"
    else:
        wall = min(one.wall for one in runs)
        least, most = min(one.cpu for one in runs), max(one.peak for one in runs)
        return Standing(contestant.name, wall, least, most, wall / ours, contestant.is_limit)
    nothing = float("nan")
    return Standing(contestant.name, nothing, nothing, 0, nothing, contestant.is_limit, trouble)


def as_table(result: Result) -> str:
    """Lines for a terminal of 100 columns."""
    lines = [result.question, f"{'':40}{'wall s':>9}{'CPU s':>9}{'MB':>7}{'items/s':>10}{'MB/s':>8}{'x ours':>8}"]
    for one in result.standings:
        if one.trouble:
            lines.append(f"  {one.name:38}  {one.trouble}")
            continue
        rates = f"{result.items / one.wall:10,.0f}{result.size / one.wall / 1e6:8.0f}"
        lines.append(f"  {one.name:38}{one.wall:9.2f}{one.cpu:9.2f}{one.peak / 1e6:7.0f}{rates}{one.times_ours:8.2f}")
    return "\n".join(lines) + "\n"


def as_json(results: Sequence[Result]) -> str:
    """All figures; seconds and bytes. What could not be measured is null."""
    values = [asdict(one) for one in results]
    for result in values:
        for standing in result["standings"]:
            standing.update({key: None for key, value in standing.items() if value != value})  # noqa: PLR0124 - not a number
    return json.dumps(values, indent=2, ensure_ascii=False, allow_nan=False) + "\n"


def draw(results: Sequence[Result], target: Path) -> None:
    """Bars of wall time as multiples of ours, one panel a contest, as SVG or PNG by the ending of `target`."""
    import matplotlib as mpl

    mpl.use("Agg")
    import matplotlib.pyplot as plt

    rows = [len(one.standings) for one in results]
    figure, panels = plt.subplots(
        len(results), 1, figsize=(9, 1 + 0.32 * sum(rows) + 0.6 * len(rows)), height_ratios=rows, squeeze=False
    )
    for (panel,), result in zip(panels, results, strict=True):
        sound = [one for one in reversed(result.standings) if not one.trouble]
        colours = [
            "#b0b0b0" if one.is_limit else "#1f5f8b" if one.name.startswith("archive") else "#c9803c" for one in sound
        ]
        bars = panel.barh([one.name for one in sound], [one.times_ours for one in sound], color=colours)
        panel.bar_label(bars, labels=[f" {one.times_ours:.2f}" for one in sound], fontsize=8)
        panel.set_title(result.question, loc="left", fontsize=9)
        panel.spines[["top", "right"]].set_visible(False)
        panel.tick_params(labelsize=8)
    figure.tight_layout()
    figure.savefig(target)
    plt.close(figure)
