"""From readings and plans to a record: pure functions, no input or output."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from operator import itemgetter

from archive.model.blocks import Observation, Reading
from archive.model.corpora import TEXT_ROLES
from archive.model.fields import Source
from archive.model.passages import Kind, Passage, passage_ids
from archive.model.records import PARAGRAPH_BREAK, FileJson, OwnFormatJson, PassageJson, SpanJson, TextJson
from archive.model.spans import Span
from archive.model.statements import Statement

_NO_SPACE = bytes(byte for byte in range(128) if byte != ord(" "))
"""What of ASCII is no space."""

LAYER_ROLE = "layer"
"""The role of a derived text layer among a document's files."""


@dataclass(frozen=True, slots=True)
class StoredLayer:
    """A layer of a reading, as it is stored.

    Attributes:
        path: its payload path.
        sha256: of the whole stored file.
        charset: by its WHATWG name.
        data: the bytes to be stored, or None where the layer is the original.
        digests: of `data`, by algorithm; empty where the layer is the original.
    """

    path: str
    sha256: str
    charset: str
    data: bytes | None = None
    digests: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class ReadFile:
    """One file of a document after it was read and labelled.

    Attributes:
        role: its role.
        path: its payload path.
        size: in bytes.
        sha256: of the file.
        reading: what the reader took out of it.
        layers: where the reading's layers are stored, by index.
        passages: as labelled.
        observations: embedded and extracted ones, with the source of each.
    """

    role: str
    path: str
    size: int
    sha256: str
    reading: Reading
    layers: tuple[StoredLayer, ...] = ()
    passages: tuple[Passage, ...] = ()
    observations: tuple[tuple[Source, Observation], ...] = field(default=())


def statements_of(file: ReadFile, reader_agent: str) -> Iterator[Statement]:
    """What a file says of itself, and what its text says, as statements."""
    for source, seen in file.observations:
        is_in_layer = seen.layer is not None and seen.layer < len(file.layers)
        path = file.layers[seen.layer or 0].path if is_in_layer else file.path
        agent = seen.agent or reader_agent
        yield Statement(seen.field, seen.value, source, agent, path, seen.locator, reason=seen.reason)


def file_entries(files: Sequence[ReadFile]) -> list[FileJson]:
    """The files of a document and the layers taken from them, as the record has them."""
    return [entry for file in files for entry in (_original(file), *_layers(file))]


def own_format_entry(file: ReadFile) -> OwnFormatJson | None:
    """What the document is, where it is a file in a container; else None."""
    own = file.reading.own_format
    return None if own is None else {"media_type": own.media_type, "puid": own.puid, "puid_basis": own.puid_basis}


def _original(file: ReadFile) -> FileJson:
    reading = file.reading
    return {
        "role": file.role,
        "path": file.path,
        "bytes": file.size,
        "sha256": file.sha256,
        "media_type": reading.media_type,
        "charset": reading.charset,
        "puid": reading.puid,
        "puid_basis": reading.puid_basis,
        "derived_from": None,
    }


def _layers(file: ReadFile) -> Iterator[FileJson]:
    for layer in file.layers:
        if layer.data is not None:
            yield {
                "role": LAYER_ROLE,
                "path": layer.path,
                "bytes": len(layer.data),
                "sha256": layer.sha256,
                "media_type": "text/plain",
                "charset": layer.charset,
                "puid": None,
                "puid_basis": "",
                "derived_from": file.path,
            }


def text_file(files: Sequence[ReadFile]) -> int | None:
    """The index of the file that the text is taken from: the first of `TEXT_ROLES` that holds any; None for none."""
    for role in TEXT_ROLES:
        for number, file in enumerate(files):
            if file.role == role and any(passage.kept for passage in file.passages):
                return number
    return None


def passage_entries(files: Sequence[ReadFile], text_file: int | None) -> tuple[list[PassageJson], TextJson, str]:
    """The passages of all files, and the text of the document in figures and as it stands.

    Args:
        files: in the order of their roles.
        text_file: the index of the file whose passages may be kept, or None.
    """
    entries: list[PassageJson] = []
    kept: list[str] = []
    position = 0
    seen: set[str] = set()
    for number, file in enumerate(files):
        paths = [layer.path for layer in file.layers]
        identifiers = passage_ids([layer.sha256 for layer in file.layers], map(_SPANS, file.passages))
        # Not a call for each passage: of all that is made of a document, these are most.
        for identifier, passage in zip(identifiers, file.passages, strict=True):
            if identifier in seen:
                continue  # the same bytes under two roles: one passage says it
            seen.add(identifier)
            spans, text, projection, kind, is_kept, reason, language, locator = passage
            first, count = -1, 0
            if is_kept and number == text_file:
                first, count = position, len(text)
                position += count + len(PARAGRAPH_BREAK)
                kept.append(text)
            elif is_kept:
                is_kept, reason = False, f"the text is taken from another file; this one is the {file.role}"
            entries.append(
                {  # in the order of the names, as the record is written (see `archive.model.canonical`)
                    "char_count": count,
                    "char_start": first,
                    "kept": is_kept,
                    "kind": _KINDS[kind],
                    "language": language,
                    "locator": locator,
                    "ordinal": len(entries),
                    "passage_id": identifier,
                    "projection": projection,
                    "reason": reason,
                    "sha256": sha256(text.encode("utf-8")).hexdigest(),
                    "spans": [_span(spans[0], paths)] if len(spans) == 1 else [_span(span, paths) for span in spans],
                    "text": text,
                }
            )
    whole = PARAGRAPH_BREAK.join(kept)
    figures: TextJson = {
        "characters": len(whole),
        "words": word_count(whole),
        "sha256": _sha256_of(whole, entries) if kept else None,
    }
    return entries, figures, whole


def word_count(text: str) -> int:
    r"""How many words (runs of anything but white space) a text has that passages make up.

    The rule of derivation has left nothing between words but one space or line breaks, and no space at either end of a
    line, so that it takes a tenth of the time of `str.split`; in ASCII spaces are what is left when all else is taken
    out, in a third of the time of counting them.

    >>> word_count("one two\n\nthree")
    3
    """
    lines = text.split("\n")
    spaces = len(text.encode("ascii").translate(None, _NO_SPACE)) if text.isascii() else text.count(" ")
    return spaces + len(lines) - lines.count("")


def _sha256_of(text: str, entries: Sequence[PassageJson]) -> str:
    """The digest of a text, which is that of its one passage where it has but one."""
    return entries[0]["sha256"] if len(entries) == 1 else sha256(text.encode("utf-8")).hexdigest()


_KINDS = {kind: kind.value for kind in Kind}
"""Asked of each passage, and a member of an enumeration takes four times as long to tell."""
_SPANS = itemgetter(0)
"""The spans of a passage."""


def _span(span: Span, paths: Sequence[str]) -> SpanJson:
    layer, start, end = span
    return {"byte_end": end, "byte_start": start, "layer": paths[layer]}
