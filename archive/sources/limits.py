"""The bounds within which documents are read, all in one place."""

from __future__ import annotations

from dataclasses import dataclass

MIB = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """How much of one document is read; what is beyond is packed, and a finding says that its text was not read.

    Attributes:
        largest_text: bytes of a document that is read as text; larger ones give `text.too-large`.
        most_blocks: blocks in one document; more give `text.too-many-blocks`.
        largest_line: bytes of one line of a JSON lines container; longer ones give `jsonl.line-too-long`.
        deepest_json: levels of nesting in a JSON value; deeper ones are malformed to us.
        most_places: places that findings of one kind name in one document; the rest is counted.
        sample: bytes from the beginning that decide on the format.
        charset_sample: bytes that the detector of legacy charsets sees.
    """

    largest_text: int = 16 * MIB
    most_blocks: int = 250_000
    largest_line: int = 16 * MIB
    deepest_json: int = 64
    most_places: int = 20
    sample: int = 8192
    charset_sample: int = 128 * 1024
