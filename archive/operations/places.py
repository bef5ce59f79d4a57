"""Opens what a person names as a bag: a folder, a serialised bag, or the URL of either."""

from __future__ import annotations

import os
from dataclasses import dataclass

from archive.errors import BagUnreadableError, StorageError
from archive.model.findings import Finding
from archive.model.limits import DEFAULT_LIMITS, Limits
from archive.storage.local import LocalStore
from archive.storage.schemes import is_url
from archive.storage.stores import Store


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
    if not is_url(named) and not os.path.isfile(named):  # noqa: PTH113 - a NUL must not raise
        return Place(LocalStore(named), is_on_disk=True)
    try:
        return _elsewhere(named, limits, algorithms)
    except StorageError as error:
        raise BagUnreadableError(error.what, where=error.where or named, remedy=error.remedy) from error


def _elsewhere(named: str, limits: Limits, algorithms: tuple[str, ...] | None) -> Place:
    # What reads zips and tars, and what lies behind URLs, takes as long to import as all that checks a small folder.
    from archive.storage.origins import LocalFile
    from archive.storage.remote import RemoteFile
    from archive.storage.serialised import open_serialised
    from archive.storage.urls import from_url

    behind = from_url(named) if is_url(named) else LocalFile(named)
    if isinstance(behind, LocalFile | RemoteFile):
        opened = open_serialised(behind, limits, algorithms)
        return Place(opened.store, opened.findings, opened.media)
    return Place(behind, is_on_disk=isinstance(behind, LocalStore))
