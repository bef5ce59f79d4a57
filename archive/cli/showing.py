"""Prints what `archive show` found: in words, or as the envelope with the whole of it under `result`."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from archive.cli.advice import following
from archive.cli.bag_view import overview_lines
from archive.cli.document_view import document_lines
from archive.cli.due_view import due_lines, due_shelf_lines
from archive.cli.envelope import envelope, written
from archive.cli.options import Manner
from archive.cli.shelf_view import shelf_lines
from archive.cli.streams import say
from archive.model.due import DueList, DueShelf
from archive.model.overview import DocumentView, Overview
from archive.model.reports import BagSummary, Report, Verdict
from archive.model.shelf import Shelf

_MOST_TO_NAME = 4
"""Bags of a folder up to which the command to run next names all of them."""


def present(found: Overview | DocumentView | Shelf, bag: str, manner: Manner) -> int:
    """Prints an overview, a document, or a folder of bags.

    Args:
        found: what to print.
        bag: the bag as the person named it, for the command to run next.
        manner: how to speak.

    Returns:
        The exit code: 0, since what cannot be shown is raised as an error before.
    """
    if manner["as_json"]:
        say(written(envelope(_report(found), 0, found.as_json())))
    elif not manner["quiet"]:
        for line in _lines(found, bag):
            say(line)
    return 0


def present_due(found: DueList | DueShelf, manner: Manner) -> int:
    """Prints what is due.

    Args:
        found: what to print.
        manner: how to speak.

    Returns:
        The exit code: 0, whether or not anything is due; 3 where a bag could not be asked, for a review that has come
        due may be missed there.
    """
    exit_code = 3 if isinstance(found, DueShelf) and found.problems else 0
    if manner["as_json"]:
        lists = found.bags if isinstance(found, DueShelf) else (found,)
        report = Report(
            "show",
            Verdict.UNDETERMINED,
            counts={"due": sum(len(one.documents) for one in lists)},
            bags=tuple(BagSummary(one.path, one.urn) for one in lists),
        )
        say(written(envelope(report, exit_code, found.as_json())))
    elif not manner["quiet"]:
        for line in due_shelf_lines(found) if isinstance(found, DueShelf) else due_lines(found):
            say(line)
    return exit_code


def _lines(found: Overview | DocumentView | Shelf, bag: str) -> Iterator[str]:
    if isinstance(found, Shelf):
        yield from shelf_lines(found)
        yield "Nothing of this was verified."
        names = [str(Path(bag) / one.name) for one in found.bags]
        yield from following("validate", *names) if len(names) <= _MOST_TO_NAME else following("show", names[0])
        return
    yield from overview_lines(found) if isinstance(found, Overview) else document_lines(found)
    yield "Nothing of this was verified."
    yield from following("validate", bag)


def _report(found: Overview | DocumentView | Shelf) -> Report:
    """Showing checks nothing, so its verdict is open."""
    if isinstance(found, Shelf):
        bags = tuple(BagSummary(str(Path(found.path) / one.name), one.urn, one.root_digest) for one in found.bags)
        return Report("show", Verdict.UNDETERMINED, counts=found.counts, bags=bags)
    if isinstance(found, DocumentView):
        return Report("show", Verdict.UNDETERMINED, bags=(BagSummary(found.path, found.urn),))
    summary = BagSummary(found.path, found.urn, found.root_digest, found.content_digest)
    return Report("show", Verdict.UNDETERMINED, counts=found.counts, bags=(summary,))
