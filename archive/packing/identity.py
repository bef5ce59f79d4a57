"""Names that follow from what a bag is, and from nothing else: its folder, its URN, the identifiers of its events."""

from __future__ import annotations

import re
import uuid

from archive.errors import UsageError
from archive.model.corpora import Corpus
from archive.model.fields import AccessLevel

LAYOUT = "1"
"""The major version of the layout of our bags, in bag-info.txt."""

_SAFE_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._+-]{0,149}\Z")


def bag_name(corpus: Corpus, level: AccessLevel, name: str | None) -> str:
    """The folder of a bag: `<slug>-<version>`, or `name`, with `-<level>` unless the level is open.

    Raises:
        UsageError: `name` is no safe name for a folder.
    """
    if name is not None and (not _SAFE_NAME.match(name) or name.endswith(".")):
        raise UsageError(
            f"{name[:80]!r} cannot be the name of a bag",
            remedy="Use letters, digits, and . _ + - inside, 150 characters at most",
        )
    stem = f"{corpus.slug}-{corpus.version}" if name is None else name
    return stem if level is AccessLevel.OPEN else f"{stem}-{level.value}"


def bag_urn(corpus: Corpus, level: AccessLevel, part: int = 1) -> str:
    """The URN of a bag: a uuid5 (RFC 9562, 5.5) of corpus identifier, version, level and part."""
    members = (corpus.identifier, corpus.version, level.value, str(part))
    name = "https://w3id.org/corpus-archive/bag?" + "&".join(f"{len(one)}:{one}" for one in members)
    return uuid.uuid5(uuid.NAMESPACE_URL, name).urn


def event_id(urn: str, event_type: str, document_id: str | None = None) -> str:
    """The URN of an event: the same event of the same bag always has the same."""
    name = f"{event_type}\n{document_id}" if document_id is not None else event_type
    return uuid.uuid5(uuid.UUID(urn), name).urn
