"""A citation: what a reader needs to find a passage again and to see that it is the same."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Citation:
    """What is cited, and the digests that hold it.

    Attributes:
        creators: who made the document.
        title: its title, or None.
        publisher: who made it available, or None.
        date: when it was issued, as EDTF, or None.
        source_url: where it was captured, or None.
        corpus: the title of the corpus, or its identifier.
        version: the version of the corpus.
        access_level: who may read the bag.
        urn: the identifier of the bag.
        document_id: the document.
        passages: identifier and sha256 of each cited passage, in order; none where the whole document is cited.
        original_sha256: of the document's original.
        root_digest: of the bag, or None where it has no tagmanifest-sha256.txt.
        locators: where the passages stand in the format's own terms, each once: `page=3`.
    """

    creators: tuple[str, ...]
    title: str | None
    publisher: str | None
    date: str | None
    source_url: str | None
    corpus: str
    version: str
    access_level: str
    urn: str
    document_id: str
    passages: tuple[tuple[str, str], ...]
    original_sha256: str
    root_digest: str | None
    locators: tuple[str, ...] = ()

    def sentences(self) -> tuple[str, ...]:
        """The citation in sentences: the document, the corpus, the place, and the digests.

        >>> one = Citation((), "T", None, "2011", None, "C", "1", "open", "urn:x", "d", (("p1", "ab"),), "cd", None)
        >>> one.sentences()[0]
        '"T", 2011.'
        >>> one.sentences()[2]
        'Document d, passage p1.'
        >>> from dataclasses import replace
        >>> replace(one, locators=("page=3",)).sentences()[2]
        'Document d, page 3, passage p1.'
        """
        names = "; ".join(self.creators)
        made = ", ".join(filter(None, (names, f'"{self.title or self.document_id}"', self.publisher)))
        closed = "" if self.access_level == "open" else f" ({self.access_level})"
        places = "".join(f", {one.replace('=', ' ', 1)}" for one in self.locators)
        passages = "".join(f", passage {name}" for name, _ in self.passages)
        digests = [f"sha256 of passage {name} {digest}" for name, digest in self.passages]
        digests.append(f"of the original {self.original_sha256}")
        if self.root_digest:
            digests.append(f"of the bag's tagmanifest-sha256.txt {self.root_digest}")
        return (
            f"{made}, {self.date or 'no date'}." + (f" {self.source_url}" if self.source_url else ""),
            f"In: {self.corpus}, version {self.version}{closed}, {self.urn}.",
            f"Document {self.document_id}{places}{passages}.",
            f"{'; '.join(digests)}.",
        )
