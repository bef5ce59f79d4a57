"""Which reader opens which kind of container."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from types import MappingProxyType

from archive.model import containers as kinds
from archive.sources.containers.nested import Nesting
from archive.sources.containers.protocol import Container
from archive.sources.limits import Limits

_DEFAULT = Limits()


@cache
def reader_of(kind: str, limits: Limits = _DEFAULT) -> Container:
    """The reader of a kind of container.

    Args:
        kind: one of those in `archive.model.containers`.
        limits: how much is read.
    """
    return _READERS[kind](limits)


_NESTING = Nesting(reader_of)


def _json_lines(_: Limits) -> Container:
    from archive.sources.jsonlines.reading import JsonLines

    return JsonLines()


def _csv(_: Limits) -> Container:
    from archive.sources.tables.reading import Csv

    return Csv()


def _warc(limits: Limits) -> Container:
    from archive.sources.webarchives.warc import Warc

    return Warc(limits)


def _wacz(limits: Limits) -> Container:
    from archive.sources.archives.wacz import Wacz

    return Wacz(limits)


def _mbox(_: Limits) -> Container:
    from archive.sources.mail.mbox import Mbox

    return Mbox(_NESTING)


def _letter(limits: Limits) -> Container:
    from archive.sources.mail.attachments import Letter

    return Letter(_NESTING, limits)


def _pdf(_: Limits) -> Container:
    from archive.sources.pdf.attachments import Pdf

    return Pdf(_NESTING)


def _zip(limits: Limits) -> Container:
    from archive.sources.archives.zipped import Zip

    return Zip(_NESTING, limits)


def _tar(limits: Limits) -> Container:
    from archive.sources.archives.tarred import Tar

    return Tar(_NESTING, limits)


_READERS: MappingProxyType[str, Callable[[Limits], Container]] = MappingProxyType(
    {
        kinds.JSON_LINES: _json_lines,
        kinds.CSV: _csv,
        kinds.WARC: _warc,
        kinds.WACZ: _wacz,
        kinds.MBOX: _mbox,
        kinds.MAIL: _letter,
        kinds.PDF: _pdf,
        kinds.ZIP: _zip,
        kinds.TAR: _tar,
    }
)
"""Kind -> what makes its reader, whose modules are imported when the first container of the kind comes."""
