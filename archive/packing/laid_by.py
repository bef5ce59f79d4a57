"""What the first way through the sources read, laid by for the second, so that no page and no member is read twice.

Plain text is not: to read it again takes no longer than to keep it. Whatever is not there any more is read again, and
nothing of this shows in a bag.
"""

from __future__ import annotations

import pickle
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from archive.model.blocks import Reading
from archive.model.texts import Texts
from archive.storage.laying_by import LayingBy
from archive.storage.staging import sweep
from archive.storage.trouble import told_in_words

if TYPE_CHECKING:
    from archive.packing.tasks import DocumentTask

_FOLDER = ".laid-by-"


class LaidBy:
    """The readings of one run, in a folder of the bag in the making, until they are closed.

    Args:
        staging: the bag in the making; None where nothing is laid by, as in a check, which may not fill a disk.

    Attributes:
        laying: what workers lay by with, and fetch.

    Raises:
        StorageError: the disk refused.
    """

    def __init__(self, staging: Path | None) -> None:
        self.laying: LayingBy | None = None
        self._members = Texts()
        if staging is not None:
            with told_in_words(staging):
                self.laying = LayingBy(tempfile.mkdtemp(prefix=_FOLDER, dir=staging))

    def note(self, places: Iterable[str]) -> None:
        """Keeps the places of documents in containers, which come in the order of their tasks."""
        for one in places:
            self._members.add(one)

    def beside(self, tasks: Iterable[DocumentTask]) -> Iterator[DocumentTask]:
        """All tasks, those of documents in containers with their places."""
        places = iter(self._members)
        for task in tasks:
            place = "" if task.member is None else next(places, "")
            yield replace(task, laid_by=place) if place else task

    def close(self) -> None:
        """Removes all of it.

        Raises:
            StorageError: the disk refused.
        """
        laying, self.laying = self.laying, None
        if laying is not None:
            folder = Path(laying.folder)
            with told_in_words(folder):
                sweep(folder)
                folder.rmdir()


def lay(laying: LayingBy | None, reading: Reading, sha256: str) -> str:
    """Keeps what was read of a document.

    Args:
        laying: where; None where nothing is kept.
        reading: as the document stands.
        sha256: of the document's own bytes.

    Returns:
        The place where it lies, or an empty string.
    """
    return "" if laying is None else laying.lay(pickle.dumps((reading, sha256), pickle.HIGHEST_PROTOCOL))


def fetched(laying: LayingBy | None, place: str) -> tuple[Reading, str] | None:
    """What was read of a document, and the sha256 of its own bytes; None where it is to be read."""
    value = laying.fetch(place) if laying is not None and place else None
    if value is None:
        return None
    found: tuple[Reading, str] = pickle.loads(value)  # noqa: S301 - from a file that this run made and nobody else may
    return found
