"""What changed between two records of a document."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from archive.model.assembling import LAYER_ROLE
from archive.model.content import OWN_AGENT, content_of
from archive.model.differences import Change, DocumentChange, PassageChanges, PassageLine
from archive.model.fields import Source
from archive.model.paths import portable_part
from archive.model.versions import tombstone_id

Record = Mapping[str, Any]

FIRST_PASSAGES = 20
"""How many passages of each kind of change are listed."""
_BEGINNING = 80
_BY_PROGRAM = frozenset({Source.EMBEDDED.value, Source.EXTRACTED.value})
_LOOKED_AT = frozenset(
    {"record_version", "document_id", "source_path", "original", "metadata", "files", "text", "passages", "events"}
)
_OF_THE_RECIPE = frozenset({"recipe"})
"""Said once for the whole bag."""


def change_of(before: Record, after: Record) -> DocumentChange | None:
    """What is not the same in two records, or None where nothing of what they say of the document changed.

    The recipe and the events of the packing itself are no part of that, as in the content digest.

    Args:
        before: the older one.
        after: the newer one.

    Raises:
        KeyError, TypeError, AttributeError: one of them has not the shape of a record.
    """
    if before == after:
        return None
    renamed = before["document_id"] != after["document_id"]
    change = DocumentChange(
        document_id=after["document_id"],
        was=before["document_id"] if renamed else None,
        original=tuple(_changes(_original(before), _original(after))),
        metadata=tuple(_changes(before["metadata"], after["metadata"])),
        files=tuple(_changes(_files(before), _files(after))),
        text=tuple(_changes(before["text"], after["text"])),
        passages=_passages(before["passages"], after["passages"]),
        others=tuple(_others(before, after)),
    )
    return change if renamed or change.parts else None


def original_sha256(record: Record) -> str:
    """The digest of a record's original.

    Raises:
        KeyError, TypeError: the record has not the shape of a record.
    """
    return str(_original(record)["original_sha256"])


def evidence_of(record: Record) -> str:
    """What names the evidence of a document whatever it is called: the digest of its original and its member there.

    A container (JSON lines, an archive of web pages) is the original of many documents, which their members tell apart.

    Raises:
        KeyError, TypeError: the record has not the shape of a record.
    """
    sha256 = original_sha256(record)
    if not sha256:  # a bag of metadata alone that does not tell it: nothing but its name names the document
        return f"- {record['document_id']}"
    return f"{sha256} {member_of(record['source_path'], record['original'])}"


def grave_of(record: Record) -> str:
    """The identifier of the tombstone that the document of a record leaves where it is withdrawn.

    Where a bag of metadata alone does not tell the digest of the original, that of the record's content takes its
    place: it too is known to those alone who hold the bag.

    Raises:
        KeyError, TypeError: the record has not the shape of a record.
    """
    secret = original_sha256(record) or hashlib.sha256(content_of(record)).hexdigest()
    return tombstone_id(str(record["document_id"]), secret)


def metadata_of(record: Record) -> dict[str, Any]:
    """What a record says of its document without files, text, and what programs read in them.

    Raises:
        KeyError, TypeError: the record has not the shape of a record.
    """
    files = [{**one, "bytes": 0, "sha256": ""} for one in record["files"] if one["role"] != LAYER_ROLE]
    people = [one for one in record["statements"] if one["source"] not in _BY_PROGRAM]
    alone = {"files": files, "text": {}, "passages": [], "statements": people, "events": [], "duplicate_group": ""}
    return {**record, **alone, "annotations": []}


def changes_between(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[Change]:
    """The members that are not the same, by name.

    >>> changes_between({"a": 1, "b": 2}, {"b": 3})
    [Change(field='a', before=1, after=None), Change(field='b', before=2, after=3)]
    """
    return list(_changes(before, after))


def member_of(source_path: str, original: str) -> str:
    """The name of a document in the file that holds it with others; empty where it has its file to itself.

    Args:
        source_path: as in the record: a container's member follows `#`.
        original: the payload path of the original.

    >>> member_of("in/many.jsonl#7", "data/originals/in/many.jsonl"), member_of("a#b.txt", "data/originals/a#b.txt")
    ('7', '')
    """
    stored = original.rpartition("/")[2]
    if "#" not in source_path or _is_stored_as(source_path, stored):
        return ""
    places = [place for place, character in enumerate(source_path) if character == "#"]
    return next((source_path[at + 1 :] for at in places if _is_stored_as(source_path[:at], stored)), "")


def _is_stored_as(path: str, stored: str) -> bool:
    """Whether the last part of a true name is stored so; the stored name of a twin has the digest of the true one."""
    name = path.rpartition("/")[2]
    digest = hashlib.sha256(name.encode("utf-8", "surrogateescape")).hexdigest()
    return portable_part(name) == stored or f"=={digest[:32]}" in stored


def _changes(before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[Change]:
    for name in sorted({*before, *after}):
        if before.get(name) != after.get(name):
            yield Change(name, before.get(name), after.get(name))


def _original(record: Record) -> dict[str, Any]:
    path = record["original"]
    for file in record["files"]:
        if file["path"] == path:
            return {
                "original": path,
                "source_path": record["source_path"],
                "original_sha256": file["sha256"],
                "original_bytes": file["bytes"],
            }
    msg = f"no file of the record has the path of its original, {path}"
    raise KeyError(msg)


def _files(record: Record) -> dict[str, Any]:
    return {file["path"]: file["sha256"] for file in record["files"] if file["path"] != record["original"]}


def _others(before: Record, after: Record) -> Iterator[str]:
    for name in sorted({*before, *after} - _LOOKED_AT - _OF_THE_RECIPE):
        one, other = before.get(name), after.get(name)
        if name == "statements" and _said(one) == _said(other):
            continue  # a row of the sheet that moved is no change
        if one != other:
            yield name
    if _events(before) != _events(after):
        yield "events"


def _said(statements: Any) -> Any:
    if not isinstance(statements, list):
        return statements
    return [
        {**one, "locator": ""} if isinstance(one, Mapping) and one.get("source") == "sheet" else one
        for one in statements
    ]


def _events(record: Record) -> list[Any]:
    """What happened to the document; the identifier of an event follows from the bag, so it is another in each."""
    own = [event for event in record["events"] if not event["agent"].startswith(OWN_AGENT)]
    return [{name: value for name, value in event.items() if name != "event_id"} for event in own]


def _passages(before: Iterable[Record], after: Iterable[Record]) -> PassageChanges | None:
    older: defaultdict[str, list[Record]] = defaultdict(list)
    for one in before:
        older[one["sha256"]].append(one)
    same = 0
    added: list[PassageLine] = []
    relabelled: list[PassageLine] = []
    for one in after:
        twins = older[one["sha256"]]
        if not twins:
            added.append(_line(one))
            continue
        twin = next((each for each in twins if _label(each) == _label(one)), twins[0])
        twins.remove(twin)
        if _label(twin) == _label(one):
            same += 1
        else:
            relabelled.append(_line(one, was=_label(twin)))
    removed = sorted((_line(one) for left in older.values() for one in left), key=lambda line: line.ordinal)
    if not added and not relabelled and not removed:
        return None
    return PassageChanges(
        same,
        len(added),
        len(removed),
        len(relabelled),
        tuple(added[:FIRST_PASSAGES]),
        tuple(removed[:FIRST_PASSAGES]),
        tuple(relabelled[:FIRST_PASSAGES]),
    )


def _label(passage: Record) -> str:
    return f"{passage['kind']}, {'kept' if passage['kept'] else 'not kept'}, {passage['language']}"


def _line(passage: Record, was: str | None = None) -> PassageLine:
    text = " ".join(passage["text"][: 4 * _BEGINNING].split())
    beginning = text if len(text) <= _BEGINNING else f"{text[:_BEGINNING]}…"
    return PassageLine(passage["passage_id"], passage["ordinal"], _label(passage), was, beginning)
