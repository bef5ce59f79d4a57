"""Which reader opens which kind of container."""

from __future__ import annotations

from types import MappingProxyType

from archive.model import containers as kinds
from archive.model.containers import NO_RENAMES, Renames
from archive.sources.archives.tarred import Tar
from archive.sources.archives.wacz import Wacz
from archive.sources.archives.zipped import Zip
from archive.sources.containers.nested import Nesting
from archive.sources.containers.protocol import Container
from archive.sources.jsonlines.reading import JsonLines
from archive.sources.mail.attachments import Letter
from archive.sources.mail.mbox import Mbox
from archive.sources.tables.reading import Csv
from archive.sources.webarchives.warc import Warc


def reader_of(path: str, renames: Renames = NO_RENAMES) -> Container | None:
    """The reader of the container that a name promises, or None.

    Args:
        path: of the file.
        renames: what corpus.toml calls things in containers.
    """
    kind = kinds.kind_of(path, renames.csv.values())
    return None if kind is None else CONTAINERS.get(kind)


_NESTING = Nesting(reader_of)
CONTAINERS: MappingProxyType[str, Container] = MappingProxyType(
    {
        kinds.JSON_LINES: JsonLines(),
        kinds.CSV: Csv(),
        kinds.WARC: Warc(),
        kinds.WACZ: Wacz(),
        kinds.MBOX: Mbox(_NESTING),
        kinds.MAIL: Letter(_NESTING),
        kinds.ZIP: Zip(_NESTING),
        kinds.TAR: Tar(_NESTING),
    }
)
"""Kind -> its reader."""
