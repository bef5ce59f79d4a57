"""By what a document is held against all others: digests of its bytes and text, and the signature of its text."""

from __future__ import annotations

from typing import NamedTuple

from archive.model.relations import own_group
from archive.normalise.resemblance import band_keys, signature


class Likeness(NamedTuple):
    """What a worker says of a document, so that its like can be found; a tuple, since each document has one.

    Attributes:
        bytes_sha256: of the original, or of the document's own bytes in a container.
        text_sha256: of the text, or None where there is none.
        signature: of the text; empty where it has no word.
        bands: the keys of its bands (`archive.normalise.resemblance.band_keys`).
    """

    bytes_sha256: str
    text_sha256: str | None
    signature: bytes
    bands: bytes

    @property
    def group(self) -> str:
        """The duplicate group of the document as long as nothing like it is found."""
        return own_group(self.text_sha256, self.bytes_sha256)


def likeness_of(bytes_sha256: str, text_sha256: str | None, text: str) -> Likeness:
    """The likeness of a document that was built.

    Args:
        bytes_sha256: of the original, or of the document's own bytes in a container.
        text_sha256: of the text, or None where there is none.
        text: the text; empty where texts are not compared.
    """
    signed = signature(text)
    return Likeness(bytes_sha256, text_sha256, signed, band_keys(signed))
