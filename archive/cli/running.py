"""Runs one verb: shows progress, prints the result, and gives the exit code."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from time import perf_counter

from archive.cli.envelope import envelope, written
from archive.cli.escapes import shown
from archive.cli.failures import Failure, failure_of
from archive.cli.options import Manner
from archive.cli.progress import listening, pace
from archive.cli.streams import on_terminal, say, tell
from archive.cli.wording import finding_lines, report_lines
from archive.engine.imports import BUILDS_GRAMMARS, keep_out
from archive.errors import StorageError
from archive.model.codes import CODES, finding
from archive.model.findings import Severity, Where, errors_in
from archive.model.progress import Listener
from archive.model.reports import Report, Verdict

Advice = Callable[[Report, int], Iterator[str]]
"""What to say after a report with that exit code; the last line is the command to run next."""


def run(work: Callable[[Listener], Report], manner: Manner, advice: Advice) -> int:
    """Does the work and prints its report.

    Args:
        work: the verb, which takes a listener.
        manner: how to speak; a manner with `strict` makes warnings count.
        advice: what follows the report for a person.

    Returns:
        The exit code.

    Raises:
        ArchiveError: the verb came to no result.
    """
    keep_out(BUILDS_GRAMMARS)
    silent = manner["quiet"] or manner["as_json"]
    began = perf_counter()
    with listening(quiet=silent) as listener:
        report = work(listener)
    taken = perf_counter() - began
    try:
        return _printed(report, manner, advice, taken)
    except KeyboardInterrupt as error:
        error.add_note("the work was done before, and only what came of it was not said to the end")
        raise


def _printed(report: Report, manner: Manner, advice: Advice, taken: float) -> int:
    """The exit code, once all is said."""
    strict = bool(manner.get("strict", False))
    exit_code = report.exit_code
    if strict and exit_code == 0 and report.count(Severity.WARNING):
        exit_code = 1
    if manner["as_json"]:
        say(written(envelope(report, exit_code, report.result)))
    elif manner["quiet"]:
        for line in finding_lines(errors_in(report.findings)):
            say(line)
    else:
        for line in report_lines(report):
            say(line)
        for line in advice(report, exit_code):
            say(line)
        tell_pace(report.counts, taken)
    return exit_code


def tell_pace(counts: Mapping[str, int], seconds: float) -> None:
    """Says at a terminal how much was done in what time; it is of the run, not of the result, and differs each time."""
    said = pace(counts, seconds)
    if said is not None and on_terminal():
        tell(said)


def print_failure(failure: Failure, command: str, *, as_json: bool) -> int:
    """Says why there is no result.

    Args:
        failure: what happened.
        command: the verb, or `archive` where none was reached.
        as_json: whether standard output is to hold an envelope nevertheless.

    Returns:
        The exit code.
    """
    if not as_json:
        _tell(failure)
        return failure.exit_code
    one = finding(failure.code, where=Where(file=failure.where or None), found=failure.what, remedy=_remedy(failure))
    try:
        say(written(envelope(Report(command, Verdict.UNDETERMINED, (one,)), failure.exit_code)))
    except StorageError as error:
        _tell(failure)
        if failure_of(error) != failure:
            _tell(failure_of(error))
    return failure.exit_code


def _tell(failure: Failure) -> None:
    place = f"{shown(failure.where)}: " if failure.where else ""
    tell(f"archive: {place}{shown(failure.what)}")
    tell(f"What to do: {shown(_remedy(failure))}")


def _remedy(failure: Failure) -> str:
    return failure.remedy or CODES[failure.code].remedy
