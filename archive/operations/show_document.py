"""One document as its record has it, with who said what and where they disagree."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from archive.errors import ArchiveError, BagUnreadableError, UsageError
from archive.model.fault_words import shape_words
from archive.model.fields import FIELDS
from archive.model.overview import (
    AnnotationLine,
    DocumentView,
    EventLine,
    FieldView,
    FileLine,
    PassageLine,
    RelationLine,
    Said,
)
from archive.model.versions import holds_of
from archive.operations.bag_folder import BagFolder, NoBagError, opened_bag
from archive.operations.one_record import find_record

FIRST_CHARACTERS = 80
"""How much of a passage is shown."""
_MOST_NAMED = 5


def view(folder: BagFolder, document: str) -> DocumentView:
    """The view of one document.

    Args:
        folder: the bag.
        document: a `document_id`.

    Raises:
        UsageError: the bag has no records, or none of that document; the message names those that come near.
        BagUnreadableError: a record cannot be read, or has not the shape of a record.
        StorageError: a file of records is missing.
    """
    with folder.store.reader() as reader:
        return _viewed(folder, find_record(folder, reader, document).record)


def view_among(bags: Sequence[Path], document: str) -> DocumentView:
    """The view of a document that one of several bags has; bags that cannot be read are passed over.

    Args:
        bags: their folders, or the files that they are packed in; a packed file that is no bag has no document.
        document: a `document_id`.

    Raises:
        UsageError: none of them has it, or several have.
        BagUnreadableError, StorageError: see `view`.
    """
    unread: list[Path] = []
    found = [bag for bag in bags if _has(bag, document, unread)]
    if len(found) != 1:
        what = f"several bags here have {document!r}: {_names(found)}" if found else f"no bag here has {document!r}"
        what += f"; not to be read: {_names(unread)}" if unread and not found else ""
        remedy = "Name one of these bags" if found else "Name a document as `archive show` lists it for a bag"
        raise UsageError(what, remedy=remedy)
    with opened_bag(found[0]) as folder:
        return view(folder, document)


def _names(bags: Sequence[Path]) -> str:
    return ", ".join(bag.name for bag in bags[:_MOST_NAMED]) + (", ..." if len(bags) > _MOST_NAMED else "")


def _has(bag: Path, document: str, unread: list[Path]) -> bool:
    """Whether a bag has a document; one that cannot be read is noted."""
    try:
        with opened_bag(bag) as folder, folder.store.reader() as reader:
            find_record(folder, reader, document)
    except (UsageError, NoBagError):
        return False
    except ArchiveError:
        unread.append(bag)
        return False
    return True


def _viewed(folder: BagFolder, record: Mapping[str, Any]) -> DocumentView:
    try:
        return DocumentView(
            path=str(folder.path),
            urn=(folder.info or {}).get("urn"),
            document_id=record["document_id"],
            source_path=record["source_path"],
            original=record["original"],
            fields=tuple(_fields(record["metadata"], record["statements"])),
            files=tuple(_file(one) for one in record["files"]),
            passages=tuple(_passage(one) for one in record["passages"]),
            characters=record["text"]["characters"],
            words=record["text"]["words"],
            text_sha256=record["text"]["sha256"],
            additional=record["additional"],
            relations=tuple(RelationLine(**_taken(RelationLine, one)) for one in record["relations"]),
            annotations=tuple(AnnotationLine(**_taken(AnnotationLine, one)) for one in record.get("annotations", ())),
            events=tuple(EventLine(**_taken(EventLine, one)) for one in record["events"]),
            duplicate_group=record["duplicate_group"],
            holds=holds_of(folder.info or {}).value,
        )
    except (KeyError, TypeError, AttributeError) as error:
        what = f"the record has not the shape of a record ({shape_words(error)})"
        remedy = "Run `archive validate`, which says what is wrong with it"
        raise BagUnreadableError(what, where=f"document {record.get('document_id')}", remedy=remedy) from error


def _taken(shape: type, said: Mapping[str, Any]) -> dict[str, Any]:
    """The members of a part of a record that are shown."""
    return {one.name: said[one.name] for one in dataclasses.fields(shape)}


def _fields(metadata: Mapping[str, Any], statements: list[Mapping[str, Any]]) -> Iterator[FieldView]:
    known = [field.name for field in FIELDS]
    others = sorted({*metadata, *(one["field"] for one in statements)} - set(known))
    for name in (*known, *others):
        value = metadata.get(name)
        values = () if value is None else tuple(value) if isinstance(value, list) else (str(value),)
        said = tuple(_said(one) for one in statements if one["field"] == name)
        if values or said:
            yield FieldView(name, values, said, in_conflict=_in_conflict(said))


def _in_conflict(said: tuple[Said, ...]) -> bool:
    used = {one.value for one in said if one.used}
    unused = {one.value for one in said if not one.used}
    return bool(unused - used) if used else len(unused) > 1


def _said(statement: Mapping[str, Any]) -> Said:
    return Said(
        value=statement["value"],
        source=statement["source"],
        agent=statement["agent"],
        file=statement["file"],
        locator=statement["locator"],
        used=statement["used"],
        reason=statement.get("reason", ""),
    )


def _file(file: Mapping[str, Any]) -> FileLine:
    return FileLine(
        role=file["role"],
        path=file["path"],
        bytes=file["bytes"],
        sha256=file["sha256"],
        media_type=file["media_type"],
        charset=file["charset"],
        derived_from=file["derived_from"],
    )


def _passage(passage: Mapping[str, Any]) -> PassageLine:
    return PassageLine(
        passage_id=passage["passage_id"],
        ordinal=passage["ordinal"],
        kind=passage["kind"],
        kept=passage["kept"],
        reason=passage["reason"],
        language=passage["language"],
        locator=passage["locator"],
        characters=len(passage["text"]),
        beginning=_beginning(passage["text"]),
    )


def _beginning(text: str) -> str:
    """The first words on one line, whole words where the words are short enough."""
    line = " ".join(text[: 4 * FIRST_CHARACTERS].split())
    if len(line) <= FIRST_CHARACTERS:
        return line
    cut = line[:FIRST_CHARACTERS]
    words, space, _ = cut.rpartition(" ")
    return f"{words if space and len(words) > FIRST_CHARACTERS // 2 else cut}…"
