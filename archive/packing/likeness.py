"""By what a document is held against all others: digests of its bytes and text, and the signature of its text."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

from archive.model.records import RecordJson, text_of
from archive.model.relations import own_group
from archive.normalise.resemblance import signature
from archive.packing.places import place_in
from archive.packing.tasks import DocumentTask
from archive.storage.trouble import told_in_words


@dataclass(frozen=True, slots=True)
class Likeness:
    """What a worker says of a document, so that its like can be found.

    Attributes:
        bytes_sha256: of the original, or of the document's own bytes in a container.
        text_sha256: of the text, or None where there is none.
        signature: of the text; empty where it has no word.
    """

    bytes_sha256: str
    text_sha256: str | None
    signature: bytes

    @property
    def group(self) -> str:
        """The duplicate group of the document as long as nothing like it is found."""
        return own_group(self.text_sha256, self.bytes_sha256)


def likeness_of(task: DocumentTask, record: RecordJson, folder: Path) -> Likeness:
    """The likeness of a document that was built.

    Args:
        task: of the document.
        record: as far as passages and the figures of the text.
        folder: where the sources' copies are read.

    Raises:
        StorageError: the bytes of a document in a container cannot be read again.
    """
    sha256 = record["text"]["sha256"]
    return Likeness(_bytes_sha256(task, folder), sha256, b"" if sha256 is None else signature(text_of(record)))


def _bytes_sha256(task: DocumentTask, folder: Path) -> str:
    file, member = task.files[0], task.member
    if member is None:
        return file.sha256
    location = place_in(folder, file.location)
    with told_in_words(location), location.open("rb") as stream:
        stream.seek(member.start)
        return hashlib.sha256(stream.read(member.end - member.start)).hexdigest()
