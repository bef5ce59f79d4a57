"""What `archive trace` has to say: a passage or a quotation, its bytes, and the checksums that were checked."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from archive.model.citations import Citation
from archive.model.findings import Finding, Severity
from archive.model.reports import BagSummary, Report, Verdict


@dataclass(frozen=True, slots=True)
class ByteRange:
    """Bytes of a payload file.

    Attributes:
        layer: its payload path.
        byte_start: the first byte, from 0.
        byte_end: the byte after the last.
        charset: what decodes them.
        source: the bytes as text before the projection, cut where they are many.
        sha256: of these bytes.
    """

    layer: str
    byte_start: int
    byte_end: int
    charset: str
    source: str
    sha256: str


@dataclass(frozen=True, slots=True)
class TracedPart:
    """The part of a passage in which a quotation stands.

    Attributes:
        text: the part.
        char_start: its first character in the passage, in code points.
        char_count: its length.
        document_char_start: its first character in the text of the document; None where the passage is not kept.
        narrowed: whether `spans` are the bytes of this part alone; else they are those of the whole passage.
        spans: the bytes, in order.
    """

    text: str
    char_start: int
    char_count: int
    document_char_start: int | None
    narrowed: bool
    spans: tuple[ByteRange, ...]


@dataclass(frozen=True, slots=True)
class TracedPassage:
    """A passage and its bytes.

    Attributes:
        document_id, passage_id, ordinal, kind, kept, reason, language, locator, projection, sha256, text: as in the
            record.
        spans: where it stands, in order.
        follows: whether the projection, carried out again on these bytes, gave this text, and it has this digest.
        part: the part in which a quotation stands, or None where the whole passage was asked for.
    """

    document_id: str
    passage_id: str
    ordinal: int
    kind: str
    kept: bool
    reason: str
    language: str
    locator: str
    projection: str
    sha256: str
    text: str
    spans: tuple[ByteRange, ...]
    follows: bool
    part: TracedPart | None = None


@dataclass(frozen=True, slots=True)
class TracedAnnotation:
    """What an annotation says of a place.

    Attributes:
        annotation_id, motivation, creators, created, comment: as in the record.
        figure: the number that the words state, as in the record, or None.
    """

    annotation_id: str
    motivation: tuple[str, ...]
    creators: tuple[str, ...]
    created: str | None
    comment: str | None
    figure: dict[str, Any] | None


@dataclass(frozen=True, slots=True)
class TracedPlace:
    """One place: one passage, or the passages through which a quotation runs; a whole document has none.

    Attributes:
        document_id: the document.
        source_path: the true name of its source.
        original: the payload path of its original.
        record_file: the payload path of the file of records that has its record.
        record_line: the line there, from 1.
        passages: in order.
        forgiven: in what the quotation differs from what stands there; nothing where it is the same letter for letter.
        checked: how many passages of the document were projected again for this.
        citation: what to cite.
        annotation: the annotation that was asked for, or None.
    """

    document_id: str
    source_path: str
    original: str
    record_file: str
    record_line: int
    passages: tuple[TracedPassage, ...]
    forgiven: tuple[str, ...]
    checked: int
    citation: Citation
    annotation: TracedAnnotation | None = None


@dataclass(frozen=True, slots=True)
class ProtectingLine:
    """The line of a manifest that protects a file.

    Attributes:
        manifest: the name of the manifest.
        algorithm: its algorithm.
        line: the number of the line, from 1.
        stated: the digest in it.
        found: the digest of the file as it is now.
    """

    manifest: str
    algorithm: str
    line: int
    stated: str
    found: str

    @property
    def holds(self) -> bool:
        """Whether the two are the same."""
        return self.stated == self.found


@dataclass(frozen=True, slots=True)
class CheckedFile:
    """A file that was read again, and what protects it.

    Attributes:
        path: relative to the bag.
        role: `original`, `layer`, `record` or `manifest`.
        bytes: its size.
        lines: every line of every manifest that lists it; of tag manifests for a manifest.
    """

    path: str
    role: str
    bytes: int
    lines: tuple[ProtectingLine, ...]

    @property
    def holds(self) -> bool:
        """Whether it is listed, and every manifest that lists it has its digest."""
        return bool(self.lines) and all(line.holds for line in self.lines)


@dataclass(frozen=True, slots=True)
class NearMiss:
    """A passage that comes near a quotation which is nowhere: what they share, from 0 to 1, and how it begins."""

    document_id: str
    passage_id: str
    ordinal: int
    likeness: float
    text: str


@dataclass(frozen=True, slots=True)
class Trace:
    """The outcome of tracing.

    Attributes:
        path: the folder of the bag.
        urn: its identifier.
        access_level: who may read it.
        root_digest: of the bag as it is now, or None where it has no tagmanifest-sha256.txt.
        quote: what was looked for, or None.
        places: where it stands.
        files: what was read again: originals, layers, records, manifests.
        near_misses: the passages that come nearest where there is no place.
        findings: what is wrong, and what was forgiven.
    """

    path: str
    urn: str
    access_level: str
    root_digest: str | None
    quote: str | None
    places: tuple[TracedPlace, ...] = ()
    files: tuple[CheckedFile, ...] = ()
    near_misses: tuple[NearMiss, ...] = ()
    findings: tuple[Finding, ...] = ()

    @property
    def exit_code(self) -> int:
        """0 where something was found and all of it holds, else 1."""
        return 1 if any(one.severity is Severity.ERROR for one in self.findings) else 0

    def __bool__(self) -> bool:
        """True where something was found and all of it holds."""
        return self.exit_code == 0

    @property
    def report(self) -> Report:
        """The same as a report; `valid` says that what was traced holds, and nothing of the rest of the bag."""
        verdict = Verdict.INVALID if self.exit_code else Verdict.VALID
        return Report(
            "trace",
            verdict if self.places else Verdict.UNDETERMINED,
            self.findings,
            {"places": len(self.places), "files": len(self.files)},
            (BagSummary(self.path, self.urn, self.root_digest),),
        )

    def as_json(self) -> dict[str, Any]:
        """All attributes under their names but the findings; `holds` with every file and line."""
        found = asdict(self)
        del found["findings"]
        for place, shown in zip(self.places, found["places"], strict=True):
            shown["citation"]["sentences"] = list(place.citation.sentences())
        for file, shown in zip(self.files, found["files"], strict=True):
            shown["holds"] = file.holds
            for line, written in zip(file.lines, shown["lines"], strict=True):
                written["holds"] = line.holds
        return found
