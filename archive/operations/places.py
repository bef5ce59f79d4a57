"""Opens what a person names as a bag: a folder, a serialised bag, or the URL of either."""

from __future__ import annotations

import os
from dataclasses import dataclass

from archive.errors import BagUnreadableError, StorageError
from archive.model.findings import Finding
from archive.model.limits import DEFAULT_LIMITS, Limits
from archive.storage.local import LocalStore
from archive.storage.origins import LocalFile
from archive.storage.remote import RemoteFile
from archive.storage.serialised import open_serialised
from archive.storage.stores import Store
from archive.storage.urls import from_url, is_url


@dataclass(frozen=True, slots=True)
class Place:
    """A bag that was found and not yet read.

    Attributes:
        store: its base folder.
        findings: what is wrong with its serialisation.
        media: `folder`, or what it is serialised as, by the extension: `zip`, `tar`, `tar.gz` and so on.
        is_on_disk: whether it is a folder on this machine.
    """

    store: Store
    findings: tuple[Finding, ...] = ()
    media: str = "folder"
    is_on_disk: bool = False


def open_place(named: str, limits: Limits = DEFAULT_LIMITS, algorithms: tuple[str, ...] | None = None) -> Place:
    """Opens a bag; reads no payload, except of what can be read only in a stream.

    Args:
        named: the path or the URL.
        limits: the bounds.
        algorithms: see `archive.storage.serialised.open_serialised`.

    Raises:
        BagUnreadableError: there is no such thing, it cannot be read, or it is no bag in any form.
        LimitError: it is a bomb, or holds more than is allowed.
    """
    try:
        behind = from_url(named) if is_url(named) else _on_disk(named)
        if isinstance(behind, LocalFile | RemoteFile):
            opened = open_serialised(behind, limits, algorithms)
            return Place(opened.store, opened.findings, opened.media)
    except StorageError as error:
        raise BagUnreadableError(error.what, where=error.where or named, remedy=error.remedy) from error
    return Place(behind, is_on_disk=isinstance(behind, LocalStore))


def _on_disk(named: str) -> LocalStore | LocalFile:
    return LocalFile(named) if os.path.isfile(named) else LocalStore(named)  # noqa: PTH113 - a NUL must not raise
