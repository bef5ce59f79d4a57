"""Holds what bag.json and bag-info.txt say of the bag against what is there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from archive.bags.contents import CONTENT_DIGEST_LABEL, IDENTIFIER_LABEL, Contents
from archive.model.bags import BAG_INFO
from archive.model.canonical import canonical_json
from archive.model.codes import finding
from archive.model.columns import TABLES
from archive.model.digests import digests_of
from archive.model.findings import Finding, Where
from archive.model.versions import (
    HOLDS_LABEL,
    PREVIOUS_LABEL,
    PREVIOUS_ROOT_LABEL,
    holds_of,
    predecessor_of,
    standing_lines,
    tombstones_of,
)
from archive.proving.subject import BAG_JSON, Subject

RECORDS, TABLE_FOLDER = "data/records/", "data/tables/"
_LONGEST_SHOWN = 160
_STANDING = {
    HOLDS_LABEL: "/holds",
    PREVIOUS_LABEL: "/previous/urn",
    PREVIOUS_ROOT_LABEL: "/previous/root_digest",
}


def differs(pointer: str, found: object, expected: object) -> Iterator[Finding]:
    """A finding where bag.json says something else than what is so."""
    if found != expected:
        where = Where(file=BAG_JSON, pointer=pointer)
        shown = str(found)[:_LONGEST_SHOWN]
        yield finding("bag-json.differs", where=where, found=shown, expected=str(expected)[:_LONGEST_SHOWN])


def of_itself(info: Mapping[str, Any], bag: Contents) -> Iterator[Finding]:
    """What can be said without a record: the URN, the balance of the counts, the digest of the recipe."""
    named = bag.info.all(IDENTIFIER_LABEL) if bag.info else []
    if info["urn"] not in named:
        yield from differs("/urn", info["urn"], f"one of {IDENTIFIER_LABEL} in {BAG_INFO}: {', '.join(named)}")
    counts = info["counts"]
    parts = ("packed", "rejected", "failed", "ignored")
    yield from differs("/counts/inputs", counts["inputs"], sum(counts[part] for part in parts))
    yield from differs("/counts/rejected", counts["rejected"] + counts["failed"], len(info["rejections"]))
    yield from _of_standing(info, bag)
    recipe = {name: value for name, value in info["recipe"].items() if name != "digest"}
    try:
        digest = digests_of(canonical_json(recipe), ("sha256",))["sha256"]
    except (ValueError, RecursionError):
        digest = "none, since the recipe holds what canonical JSON cannot"
    yield from differs("/recipe/digest", info["recipe"]["digest"], digest)


def _of_standing(info: Mapping[str, Any], bag: Contents) -> Iterator[Finding]:
    """Whether bag-info.txt says the same of what the bag holds and of its predecessor; the order of the tombstones."""
    expected = dict(standing_lines(holds_of(info), predecessor_of(info)))
    for label, pointer in _STANDING.items():
        found = bag.info.all(label) if bag.info else []
        said = [expected[label]] if label in expected else []
        yield from differs(pointer, said, list(found))
    ids = [one.id for one in tombstones_of(info)]
    yield from differs("/tombstones", ids, sorted(set(ids)))


def of_files(info: Mapping[str, Any], subject: Subject) -> Iterator[Finding]:
    """Whether the files of records and tables are those that there are, with their digests."""
    shards = [one["path"] for one in info["records"]]
    yield from _files("/records", shards, subject.bag, RECORDS)
    if sorted(shards) != shards:
        yield from differs("/records", "files out of order", "files sorted by name")
    yield from _files("/tables", [one["path"] for one in info["tables"]], subject.bag, TABLE_FOLDER)
    wanted = {table.name: f"{TABLE_FOLDER}{table.name}.parquet" for table in TABLES}
    named = {one["name"]: one["path"] for one in info["tables"]}
    for name, path in wanted.items():
        yield from differs(f"/tables/{name}", named.get(name, "no such table"), path)
    for kind in ("records", "tables"):
        for number, one in enumerate(info[kind]):
            stated = subject.sha256.get(one["path"])
            if stated is not None:
                yield from differs(f"/{kind}/{number}/sha256", one["sha256"], stated)


def _files(pointer: str, listed: Sequence[str], bag: Contents, folder: str) -> Iterator[Finding]:
    there = {key for key in bag.payload if key.startswith(folder)}
    for number, path in enumerate(listed):
        if path not in there:
            yield from differs(f"{pointer}/{number}/path", path, f"a file under {folder}")
    for path in sorted(there - set(listed)):
        yield finding("bag-json.differs", where=Where(file=path), found="a file that bag.json does not list")
    if len(set(listed)) != len(listed):
        yield from differs(pointer, "a file twice", "each file once")


def of_counts(info: Mapping[str, Any], rows: Mapping[str, int], documents: Mapping[str, int]) -> Iterator[Finding]:
    """Whether the counts are those of the records.

    Args:
        info: bag.json.
        rows: how many rows of each table follow from the records.
        documents: how many records each file of records has.
    """
    for name in ("packed", "documents"):
        yield from differs(f"/counts/{name}", info["counts"][name], rows.get("documents", 0))
    yield from differs("/counts/passages", info["counts"]["passages"], rows.get("passages", 0))
    for number, one in enumerate(info["records"]):
        yield from differs(f"/records/{number}/documents", one["documents"], documents.get(one["path"], 0))
    expected = Counter(rows)
    expected["events"] += len(info["events"])
    for number, one in enumerate(info["tables"]):
        yield from differs(f"/tables/{number}/rows", one["rows"], expected[one["name"]])


def of_content(info: Mapping[str, Any], bag: Contents, digest: str) -> Iterator[Finding]:
    """Whether bag.json and bag-info.txt state the content digest that the content has."""
    stated = info.get("content_digest")
    if stated is not None and stated != digest:
        where = Where(file=BAG_JSON, pointer="/content_digest")
        yield finding("content-digest.differs", where=where, found=str(stated), expected=digest)
    lines = list(bag.info.named(CONTENT_DIGEST_LABEL)) if bag.info else []
    if not lines:
        expected = f"{CONTENT_DIGEST_LABEL}: sha256:{digest}"
        yield finding("content-digest.differs", where=Where(file=BAG_INFO), found="nothing", expected=expected)
    for line in lines:
        if line.value != f"sha256:{digest}":
            where = Where(file=BAG_INFO, row=line.line)
            shown = line.value[:_LONGEST_SHOWN]
            yield finding("content-digest.differs", where=where, found=shown, expected=f"sha256:{digest}")
