"""Names that follow from what a bag is, and from nothing else: its folder, its URN, the identifiers of its events."""

from __future__ import annotations

import re
import uuid

from archive.errors import UsageError
from archive.model.corpora import Corpus
from archive.model.fields import AccessLevel
from archive.model.versions import Holds

LAYOUT = "1"
"""The major version of the layout of our bags, in bag-info.txt."""

_SAFE_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._+-]{0,149}\Z")


def bag_name(corpus: Corpus, level: AccessLevel, name: str | None, holds: Holds = Holds.DOCUMENTS) -> str:
    """The folder of a bag: `<slug>-<version>`, or `name`, with `-<level>` unless the level is open.

    A bag of metadata alone has `-metadata` at its end.

    Raises:
        UsageError: `name` is no safe name for a folder.
    """
    if name is not None and (not _SAFE_NAME.match(name) or name.endswith(".")):
        raise UsageError(
            f"{name[:80]!r} cannot be the name of a bag",
            remedy="Use letters, digits, and . _ + - inside, 150 characters at most",
        )
    stem = f"{corpus.slug}-{corpus.version}" if name is None else name
    of_level = stem if level is AccessLevel.OPEN else f"{stem}-{level.value}"
    return of_level if holds is Holds.DOCUMENTS else f"{of_level}-{holds.value}"


def bag_urn(corpus: Corpus, level: AccessLevel, part: int = 1, holds: Holds = Holds.DOCUMENTS) -> str:
    """The URN of a bag: a uuid5 (RFC 9562, 5.5) of corpus identifier, version, level and part.

    The part of a bag of metadata alone says so.
    """
    named = str(part) if holds is Holds.DOCUMENTS else f"{part} {holds.value}"
    members = (corpus.identifier, corpus.version, level.value, named)
    name = "https://w3id.org/corpus-archive/bag?" + "&".join(f"{len(one)}:{one}" for one in members)
    return uuid.uuid5(uuid.NAMESPACE_URL, name).urn


def event_id(urn: str, event_type: str, document_id: str | None = None) -> str:
    """The URN of an event: the same event of the same bag always has the same."""
    name = f"{event_type}\n{document_id}" if document_id is not None else event_type
    return uuid.uuid5(uuid.UUID(urn), name).urn
