"""Makes the data, lets all contestants run in turn, and prints the ratios."""

from __future__ import annotations

import argparse
import os
import shutil
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from benchmarks.comparing import Result, as_json, as_table, compare, draw
from benchmarks.contests import CONTESTS as OTHERS
from benchmarks.contests import Contest, Contestant, Scale, programs
from benchmarks.formats import FORMATS, contest_of
from benchmarks.measuring import Measured, measure

_CHUNK = 4 * 1024 * 1024
_FULL = Scale()
CONTESTS = {**OTHERS, **{f"format-{name}": contest_of(name) for name in FORMATS}}
"""Makers of contests, by name."""
_GROUPS = {"formats": tuple(f"format-{name}" for name in FORMATS)}
_TOOLS = Path(__file__).resolve().parent.parent
_PATHS = os.pathsep.join(map(str, (_TOOLS, _TOOLS.parent)))


def main(arguments: Sequence[str]) -> int:
    """Runs the contests; 1 where ours could not run in one of them."""
    given = _parser().parse_args(arguments)
    scale = Scale(given.documents, given.large_files, given.mebibytes, given.pages)
    place = given.place.resolve()
    place.mkdir(parents=True, exist_ok=True)
    results: list[Result] = []
    wanted = [name for one in given.contests or CONTESTS for name in _GROUPS.get(one, (one,))]
    for name in wanted:
        print(f"{name}: making the data", file=sys.stderr, flush=True)
        results.append(_held(CONTESTS[name](place, scale), place, given.repeats))
        print(as_table(results[-1]), flush=True)
        _write(results, given.json, given.plot)
    return 1 if any(one.standings[0].trouble for one in results) else 0


def _held(contest: Contest, place: Path, repeats: int) -> Result:
    """All contestants in turn, as often as asked, so that what else the machine does meets all alike."""
    _read_once(contest.data)
    runs: dict[str, list[Measured]] = {one.name: [] for one in contest.contestants}
    for number in range(repeats):
        for one in contest.contestants:
            if one.lacks or any(run.exit_code != 0 for run in runs[one.name]):
                continue
            print(f"{contest.name}: {one.name} ({number + 1} of {repeats})", file=sys.stderr, flush=True)
            runs[one.name].append(_run(one, place))
    return compare(contest, [(one, runs[one.name]) for one in contest.contestants])


def _read_once(data: Path) -> None:
    """Reads all data, so that the first contestant finds them where the others do: in the system's memory."""
    for path in data.rglob("*"):
        if path.is_file():
            with path.open("rb", buffering=0) as file:
                while file.read(_CHUNK):
                    pass


def _run(one: Contestant, place: Path) -> Measured:
    with tempfile.TemporaryDirectory(dir=place, prefix="out-") as folder:
        out = Path(folder) / "out"
        if one.copies is not None:
            shutil.copytree(one.copies, out)
        words = [word.replace("{out}", str(out)) for word in one.command]
        return measure(words, folder=place, environment={"PYTHONPATH": _PATHS, "PATH": programs()})


def _write(results: Sequence[Result], into: Path | None, plot: Path | None) -> None:
    if into is not None:
        into.write_text(as_json(results), encoding="utf-8")
    if plot is not None:
        draw(results, plot)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python3 tools/run_benchmarks.py",
        description="Measures ours and its peers on the same data in one run.",
        epilog="The full run needs 25 GB of disk and hours. Minutes: --documents 20000 --large-files 4 --mebibytes 128",
    )
    parser.add_argument(
        "contests", nargs="*", choices=[*CONTESTS, *_GROUPS, []], metavar="CONTEST", help=", ".join((*OTHERS, *_GROUPS))
    )
    place = Path(tempfile.gettempdir()) / "corpus-archive-benchmarks"
    parser.add_argument(
        "--place", type=Path, default=place, help="where the data are made and kept (default: %(default)s)"
    )
    parser.add_argument("--documents", type=int, default=_FULL.documents, help="texts of 3 KB (default: %(default)s)")
    parser.add_argument("--large-files", type=int, default=_FULL.large_files, help="default: %(default)s")
    parser.add_argument(
        "--mebibytes", type=int, default=_FULL.mebibytes, help="size of a large file (default: %(default)s)"
    )
    parser.add_argument(
        "--pages", type=int, default=_FULL.pages, help="web pages, and documents of each format (default: %(default)s)"
    )
    parser.add_argument(
        "--repeats", type=int, default=3, help="runs of each contestant, in turn (default: %(default)s)"
    )
    parser.add_argument("--json", type=Path, help="write all figures to this file")
    parser.add_argument("--plot", type=Path, help="draw the ratios into this .svg or .png file")
    return parser


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
