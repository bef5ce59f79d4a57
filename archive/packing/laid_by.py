"""What the first way through the sources read, laid by for the second, so that no page and no member is read twice.

Plain text is not: to read it again takes no longer than to keep it. Whatever is not there any more is read again, and
nothing of this shows in a bag.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path

from archive.model.texts import Texts
from archive.packing.tasks import DocumentTask
from archive.storage.laying_by import LayingBy
from archive.storage.staging import sweep
from archive.storage.trouble import told_in_words

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

    @property
    def knows_members(self) -> bool:
        """Whether anything is known of documents in containers."""
        return len(self._members) > 0

    def note(self, places: Iterable[str]) -> None:
        """Keeps the places of documents in containers, which come in the order of their tasks."""
        for one in places:
            self._members.add(one)

    def beside(self, tasks: Iterable[DocumentTask]) -> Iterator[DocumentTask]:
        """All tasks, those of documents in containers with their places."""
        places = iter(self._members)
        for task in tasks:
            place = "" if task.member is None else next(places, "")
            yield task._replace(laid_by=place) if place else task

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
