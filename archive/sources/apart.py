"""The readers that run in a process apart, since what they stand on may crash, hang or swell: one for each worker.

The process is started when the first such document comes and serves all later ones. A document over a bound costs
itself alone: it is a finding, and its original is packed as it is.
"""

from __future__ import annotations

import atexit
import threading
from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from types import MappingProxyType
from typing import TypeVar

from archive.engine import Apart, Bounds, LostError
from archive.model.codes import finding
from archive.model.findings import Finding, Where
from archive.sources.layering import TooMuchTextError
from archive.sources.limits import Limits
from archive.sources.office.parts import UnreadableError
from archive.sources.pronom import Identified, identify
from archive.sources.protocol import Beginning, Extractor, Opaque, Taken, TakenOut
from archive.sources.unseen.people import NOT_SEARCHED

_ENCRYPTED = "fmt/494"
"""PRONOM's Microsoft Office Encrypted Document: OOXML under a password, which is no zip then."""
Item = TypeVar("Item")
Result = TypeVar("Result")

EXTRACTORS: MappingProxyType[str, str] = MappingProxyType(
    {
        "application/pdf": "archive.sources.pdf.reading",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "archive.sources.office.docx",
        "application/vnd.oasis.opendocument.text": "archive.sources.office.odt",
        "application/epub+zip": "archive.sources.office.epub",
    }
)
"""Media type -> the module whose `take_out` takes the text out; it is loaded where it works, and nowhere else."""


@dataclass(frozen=True, slots=True)
class Work:
    """What is asked of the process: a format, and where there is a reader of it the text too."""

    media_type: str
    document: Opaque | Beginning


@dataclass(frozen=True, slots=True)
class Done:
    """What comes back."""

    identified: Identified
    taken_out: TakenOut | None


def take_out(media_type: str, document: Opaque | Beginning) -> Done:
    """The format of a document that is no plain text, and its text where a reader takes it out.

    Args:
        media_type: what the beginning of the document shows.
        document: the document.

    Returns:
        What was found; a reader that was lost over the document is a finding in it.
    """
    work = Work(media_type, document)
    try:
        return call(_carry_out, work, document.limits)
    except LostError as error:
        code = "document.reader-too-slow" if error.is_late else "document.reader-crashed"
        one = finding(code, where=Where(file=document.path), found=error.how)
    lost = _nothing(work, one)
    if media_type not in EXTRACTORS:
        return Done(Identified(), lost)
    try:  # the format at least
        return Done(call(_carry_out, Work("", document), document.limits).identified, lost)
    except LostError:
        return Done(Identified(), lost)


def _carry_out(work: Work) -> Done:
    identified = identify(work.document.pieces())
    if identified.puid == _ENCRYPTED:
        one = _finding(work, "document.encrypted", "")
        return Done(identified, _nothing(work, one))
    module = EXTRACTORS.get(work.media_type) or EXTRACTORS.get(identified.media_type)
    if module is None:
        return Done(identified, None)
    extractor: Extractor = import_module(module).take_out
    try:
        return Done(identified, extractor(work.document.whole()))
    except TooMuchTextError as error:
        one = _finding(work, error.code, error.found, error.expected)
    except UnreadableError as error:
        one = _finding(work, error.code, error.found)
    return Done(identified, _nothing(work, one))


def _nothing(work: Work, one: Finding) -> TakenOut:
    """What is given of a document that cannot be read: nobody has seen what it hides, either."""
    left = _finding(work, NOT_SEARCHED, f"{work.media_type}: it cannot be read")
    return TakenOut(taken=Taken(findings=(one, left), text_was_read=False))


def _finding(work: Work, code: str, found: str, expected: str = "") -> Finding:
    return finding(code, where=Where(file=work.document.path), found=found, expected=expected)


_lock = threading.Lock()
_processes: dict[Bounds, Apart] = {}


def call(task: Callable[[Item], Result], item: Item, limits: Limits) -> Result:
    """Returns `task(item)` as the process apart has it, for a function at the top of a module.

    Raises:
        LostError: the process ended over it, or it took too long.
        WorkerError: no process could be started.
    """
    bounds = Bounds(seconds=limits.seconds, memory=limits.memory, patience=limits.patience)
    with _lock:
        if bounds not in _processes:
            close()
            _processes[bounds] = Apart(bounds)
        return _processes[bounds].call(task, item)


@atexit.register
def close() -> None:
    """Ends the process, if there is one."""
    while _processes:
        _processes.popitem()[1].close()
