"""The bounds within which documents are read, all in one place."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Self

from archive.engine.bounds import Bounds
from archive.model.limits import Limits as Expansion
from archive.model.settings import USUAL

MIB = 1024 * 1024
SECONDS_A_MIB = 4
"""Of processor time to find the documents in each MiB of a container, ten times what the slowest sound ones take."""
MOST_ENTRIES = 250_000
"""Entries of an archive; more give `container.bomb`."""


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
        largest_file: bytes of a document whose text has to be taken out of it (PDF, word processors, books); larger
            ones give `text.too-large`.
        most_pages: pages of a PDF; more give `text.too-many-blocks`.
        most_parts: entries of a zip that is one document; more give `document.expands-too-far`.
        largest_part: bytes of one part of a document, once it is unpacked; more give `document.expands-too-far`.
        seconds: of processor time that a reader in a process of its own has for one document; more give
            `document.reader-too-slow`. Generous, so that the speed of a machine shows as rarely as can be.
        document_seconds: of processor time that a worker has for one document, from reading to its record, beside what
            runs in a process of its own; more give `document.reader-too-slow`. As generous: within the other bounds
            nothing is known that takes a third of it.
        patience: seconds by the clock, for a reader that waits and computes nothing.
        memory: bytes that a worker, or a reader in a process of its own, may hold; more give
            `document.reader-crashed`.
        nesting: containers in one another that are opened, the outermost not counted; more give `container.nested`.
        unquestioned: bytes that may come out of a container at whatever ratio.
        ratio: bytes that may come out of it for each byte in it, where that is more; more give `container.bomb`.
        text_is_wanted: whether the lines of plain text are looked at; where they are not, nothing is said of them.
        lines_are_wanted: whether a text without markup is divided into lines; where not, it is one block.
    """

    largest_text: int = 16 * MIB
    most_blocks: int = 250_000
    largest_line: int = 16 * MIB
    deepest_json: int = 64
    most_places: int = 20
    sample: int = 8192
    charset_sample: int = 128 * 1024
    largest_file: int = 128 * MIB
    most_pages: int = 20_000
    most_parts: int = 20_000
    largest_part: int = 64 * MIB
    seconds: int = 60
    document_seconds: int = 120
    patience: int = 900
    memory: int = 3072 * MIB
    nesting: int = 3
    unquestioned: int = 1024 * MIB
    ratio: int = 100
    text_is_wanted: bool = True
    lines_are_wanted: bool = True

    @classmethod
    def of(cls, settings: Mapping[str, int]) -> Self:
        """Those that a person set.

        Args:
            settings: by their names in `archive.model.settings`; the usual values of others.
        """
        said = {**USUAL, **settings}
        return cls(
            largest_text=said["text_mib"] * MIB,
            most_blocks=said["blocks"],
            largest_line=said["text_mib"] * MIB,
            largest_file=said["file_mib"] * MIB,
            most_pages=said["pages"],
            most_parts=said["parts"],
            largest_part=said["part_mib"] * MIB,
            seconds=said["seconds"] // 2,
            document_seconds=said["seconds"],
            memory=said["memory_mib"] * MIB,
            nesting=said["nesting"],
            unquestioned=said["expanded_mib"] * MIB,
            ratio=said["ratio"],
        )

    @property
    def expansion(self) -> Expansion:
        """What a container may make this program do."""
        return Expansion(unquestioned=self.unquestioned, ratio=self.ratio, entries=MOST_ENTRIES)

    @property
    def of_document(self) -> Bounds:
        """What one document may take of a worker."""
        return Bounds(seconds=self.document_seconds, memory=self.memory, patience=self.patience)

    def of_container(self, size: int) -> Bounds:
        """What may be taken to find the documents in a container, or in a stretch of one, of so many bytes."""
        seconds = self.document_seconds + SECONDS_A_MIB * size // MIB
        return Bounds(seconds=seconds, memory=self.memory, patience=self.patience)
