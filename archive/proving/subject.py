"""What is to be proved: a bag that was read, what is known to be damaged in it, and its own record."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from archive.bags.contents import LAYOUT_LABEL, Contents
from archive.bags.rules.ours import KNOWN_LAYOUT
from archive.errors import LimitError, StorageError
from archive.model.codes import finding
from archive.model.fault_words import fault_words
from archive.model.findings import Finding, Severity, Where
from archive.model.limits import DEFAULT_LIMITS, Limits
from archive.model.progress import Listener, unheard
from archive.proving.records import is_newer_minor
from archive.proving.shards import BATCH_BYTES
from archive.schema.validation import Validator
from archive.storage.packed import TarStore, ZipStore
from archive.storage.scanned import ScannedStore
from archive.storage.stores import Store, read_whole

BAG_JSON = "data/bag.json"
_BAG_VERSION = "1.0"
_WHOLE = 1 << 62


class BlockedError(ValueError):
    """A part of the check cannot be carried out; it holds the findings that say why."""

    def __init__(self, *findings: Finding) -> None:
        super().__init__(*findings)
        self.findings = findings


@dataclass(frozen=True)
class Subject:
    """A bag to be proved.

    Attributes:
        store: where it is.
        bag: what it holds, as it was read and checked.
        damaged: the paths of files that are known to be missing, unreadable, or not what the manifests say.
        jobs: how many processes may work; None for all processors.
        listener: hears of the progress.
        limits: the bounds.
    """

    store: Store
    bag: Contents
    damaged: frozenset[str] = frozenset()
    jobs: int | None = None
    listener: Listener = unheard
    limits: Limits = field(default=DEFAULT_LIMITS)

    @property
    def batch_bytes(self) -> int:
        """Bytes of records in one piece of work: all of a file where it would be unpacked anew for each piece."""
        return _WHOLE if isinstance(self.store, ZipStore | TarStore) else BATCH_BYTES

    @cached_property
    def sha256(self) -> Mapping[str, str]:
        """Payload path to sha256 in lower-case hex, as the manifest has it; empty without such a manifest."""
        for manifest in self.bag.manifests:
            if manifest.algorithm == "sha256":
                aliases = self.bag.aliases
                return {aliases.get(one.path, one.path): one.digest.lower() for one in reversed(manifest.entries)}
        return {}

    def require_ours(self) -> None:
        """Goes on only with a bag of a layout that this program knows.

        Raises:
            BlockedError: it is another.
        """
        if not self.bag.is_ours:
            raise BlockedError(finding("stage.not-applicable", found="a bag that was not made by this program"))
        layout = self.bag.info.first(LAYOUT_LABEL) if self.bag.info else None
        if layout is None or layout.partition(".")[0] != KNOWN_LAYOUT:
            raise BlockedError(skipped("", f"records and tables: the bag has the layout {layout!r}"[:120]))
        if isinstance(self.store, ScannedStore):
            said = "records and tables: a compressed tar can be read from its beginning alone"
            raise BlockedError(replace(skipped("", said), remedy="Unpack the bag and validate the folder."))

    def read(self, key: str, limit: int) -> bytes:
        """The bytes of a payload file that is not damaged.

        Raises:
            BlockedError: it is damaged or missing, or too large, or cannot be read.
        """
        if key in self.damaged or key not in self.bag.payload:
            raise BlockedError(skipped(key, "what depends on this file"))
        try:
            with self.store.reader() as reader:
                return read_whole(reader, key, limit)
        except (StorageError, LimitError) as error:
            unreadable = finding("file.unreadable", where=Where(file=key), found=error.what)
            raise BlockedError(unreadable, skipped(key, "what depends on this file")) from error

    def bag_json(self) -> tuple[Mapping[str, Any], list[Finding]]:
        """The bag's own record, and what may be said of it all the same.

        Raises:
            BlockedError: it is damaged, no JSON, or does not meet its schema.
        """
        data = self.read(BAG_JSON, self.limits.bag_json)
        after = skipped(BAG_JSON, "records, derivation and tables")
        try:
            found = json.loads(data.decode("utf-8"))
            findings = list(_against_schema(found))
        except (ValueError, RecursionError) as error:
            said = fault_words(error)
            raise BlockedError(finding("bag-json.unreadable", where=Where(file=BAG_JSON), found=said), after) from error
        if any(one.severity is Severity.ERROR for one in findings):
            raise BlockedError(*findings, after)
        return found, findings


def _against_schema(info: object) -> Iterator[Finding]:
    newer = is_newer_minor(info.get("bag_version") if isinstance(info, dict) else None, _BAG_VERSION)
    for one in Validator("bag").check(info, within=Where(file=BAG_JSON)):
        # A later minor version may have more members, which a reader keeps; the schema of this one cannot judge it.
        yield replace(one, severity=Severity.NOTICE) if newer else one


def skipped(key: str, what: str) -> Finding:
    """The finding that a part of the check was not carried out.

    Args:
        key: the file that it would have needed, or an empty string.
        what: what was left out.
    """
    return finding("stage.skipped", where=Where(file=key or None), found=f"not checked: {what}")
