"""What word-processor files of all kinds have in common: parts, a layer that is written, and people named unseen."""

from __future__ import annotations

from collections.abc import Iterable

from archive.model.blocks import Observation
from archive.sources.layering import LayerWriter
from archive.sources.office.parts import Parts
from archive.sources.protocol import Opaque, Taken, TakenOut
from archive.sources.unseen import packages
from archive.sources.unseen.people import People


class Document:
    """A document under reading; what reads one kind of it is made from this.

    Args:
        document: the file.

    Raises:
        UnreadableError: it is no zip that can be read.
    """

    def __init__(self, document: Opaque) -> None:
        self.limits = document.limits
        self.parts = Parts(document)
        self.writer = LayerWriter(document.limits)
        self.people = People(document.path)

    def taken_out(self, embedded: Iterable[Observation]) -> TakenOut:
        """All that was read.

        Args:
            embedded: what the document states of itself; while it is read, more people may be found.
        """
        from lxml import etree

        stated = tuple(embedded)
        packages.look(self.parts, self.people, self.limits, states_makers=True)
        taken = Taken(
            tuple(self.writer.blocks), stated, tuple(self.people.findings()), unshown=tuple(self.writer.unshown)
        )
        return TakenOut(self.writer.data, taken, f"lxml {etree.__version__}", is_own=True)
