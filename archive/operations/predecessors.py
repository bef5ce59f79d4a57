"""The bags of the version before: opened, held against what is to be packed, and checked as far as they are used."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from archive.bags.contents import CONTENT_DIGEST_LABEL
from archive.bags.protection import listings, read_once
from archive.errors import BagUnreadableError, StorageError, UsageError
from archive.model.bags import BAG_INFO
from archive.model.corpora import Corpus
from archive.model.fault_words import shape_words
from archive.model.fields import AccessLevel
from archive.model.versions import Holds, Predecessor, Tombstone, holds_of, predecessor_of, tombstones_of
from archive.normalise.evidence import NO_EVIDENCE, RepeatedLines
from archive.operations.bag_folder import BAG_JSON, BagFolder, read_bag_folder
from archive.operations.record_files import listed_files
from archive.packing.before import Before
from archive.packing.keeping import EVIDENCE
from archive.storage.local import LocalReader, LocalStore
from archive.storage.stores import read_whole
from archive.submission.configuration import read_configuration

_MANIFEST, _ROOT = "manifest-sha256.txt", "tagmanifest-sha256.txt"
_CONFIGURATION = "data/submission/corpus.toml"
_LONGEST_CONFIGURATION = 16 << 20
_LONGEST_EVIDENCE = 1 << 30
_SHA256 = re.compile("[0-9a-f]{64}")
_VALIDATE = "Run `archive validate` on it, and give a sound copy"


@dataclass(frozen=True, slots=True)
class OpenedPredecessor:
    """One bag of the version before.

    Attributes:
        folder: the bag.
        level: its access level.
        named: what names it in the new bag.
        tombstones: what it says was withdrawn.
        before: its records, as far as they may be used; None where it holds metadata alone.
        follows: the root digest of the bag that came before this one; empty where none did.
        older: the bags of that level that came before it, as far as they are given too.
    """

    folder: Path
    level: AccessLevel
    named: Predecessor
    tombstones: tuple[Tombstone, ...]
    before: Before | None
    follows: str = ""
    older: tuple[Path, ...] = ()


def open_predecessors(
    paths: Iterable[str | os.PathLike[str]], corpus: Corpus, holds: Holds, expect: Sequence[str] = ()
) -> dict[AccessLevel, OpenedPredecessor]:
    """The bags of the version before, by level.

    Args:
        paths: their folders, one bag for each level; of several that came one after the other, the last is the one.
        corpus: what is to be packed.
        holds: what the new bags are to hold.
        expect: root digests that were kept elsewhere; each bag must have one of them. None: nothing is expected.

    Raises:
        UsageError: a bag is of another corpus, of the same version, holds something else, or two are of one level and
            did not come one after the other; or what is expected is no digest, or there is no bag to have it.
        BagUnreadableError: it is no bag of ours, a part of it that would be used is not what its manifests say, or it
            has another root digest than expected.
        StorageError: a file of it cannot be read.
    """
    opened = [_opened(Path(path), corpus, holds) for path in paths]
    if expect:
        _expect_roots(opened, [_digest(one) for one in expect])
    levels = dict.fromkeys(one.level for one in opened)
    return {level: _newest([one for one in opened if one.level is level]) for level in levels}


def _expect_roots(opened: Sequence[OpenedPredecessor], expected: Sequence[str]) -> None:
    if not opened:
        what = "a root digest is expected, and there is no bag before that could have it"
        raise UsageError(what, remedy="Give --previous too")
    for one in opened:
        if one.named.root_digest not in expected:
            raise BagUnreadableError(
                f"this bag has the root digest {one.named.root_digest}, which is not the one that is expected",
                where=str(one.folder),
                remedy="Give the digest that was kept of this bag; if it is another, somebody wrote the manifests anew",
            )


def _digest(expect: str) -> str:
    digest = expect.strip().lower()
    if not _SHA256.fullmatch(digest):
        raise UsageError(f"{expect!r} is not a sha256 in hex", remedy="Give the 64 hex digits that pack printed")
    return digest


def _newest(bags: Sequence[OpenedPredecessor]) -> OpenedPredecessor:
    """The one of a level that all others came before, as the bags themselves say."""
    known = {one.follows for one in bags}
    last = [one for one in bags if one.named.root_digest not in known]
    if len(last) != 1:
        what = f"this bag and {last[0].folder} are both {last[0].level}, and neither came after the other"
        remedy = "Give --previous once for each access level; of older versions give all, up to the one before"
        raise UsageError(what, where=str(last[1].folder), remedy=remedy)
    return replace(last[0], older=tuple(one.folder for one in bags if one is not last[0]))


def _opened(path: Path, corpus: Corpus, holds: Holds) -> OpenedPredecessor:
    folder = read_bag_folder(path)
    if folder.info is None:
        what = "corpus-archive did not make this bag, so it cannot be the version before"
        raise BagUnreadableError(what, where=str(path), remedy="Give --previous a bag that `archive pack` made")
    try:
        _expect_same(path, folder.info, corpus, holds)
        return _earlier(folder, folder.info)
    except (KeyError, TypeError, AttributeError, ValueError) as error:
        what = f"bag.json has not the shape that it should have ({shape_words(error)})"
        raise BagUnreadableError(what, where=str(path), remedy=_VALIDATE) from error


def _expect_same(path: Path, info: Mapping[str, Any], corpus: Corpus, holds: Holds) -> None:
    before = info["corpus"]
    if before["identifier"] != corpus.identifier:
        raise UsageError(
            f"this bag is of the corpus {before['identifier']!r}, and {corpus.identifier!r} is to be packed",
            where=str(path),
            remedy="Give --previous the bag of an earlier version of this corpus",
        )
    if before["version"] == corpus.version:
        raise UsageError(
            f"this bag is of version {corpus.version}, the one that is to be packed",
            where=str(path),
            remedy="Raise `version` in corpus.toml",
        )
    if holds_of(info) is not holds:
        raise UsageError(
            f"this bag holds {holds_of(info).value}, and the new one is to hold {holds.value}",
            where=str(path),
            remedy="Give --previous a bag of the same kind",
        )


def _earlier(folder: BagFolder, info: Mapping[str, Any]) -> OpenedPredecessor:
    shards = listed_files(info)
    with LocalStore(str(folder.path)).reader() as reader:
        digests = _checked(folder.path, reader, [BAG_JSON, *shards, EVIDENCE, _CONFIGURATION])
        root = read_once(reader, _ROOT, ("sha256",), ()).digests["sha256"]
        configuration = read_whole(reader, _CONFIGURATION, _LONGEST_CONFIGURATION)
        has_evidence = EVIDENCE in digests
        evidence = (
            RepeatedLines.from_bytes(read_whole(reader, EVIDENCE, _LONGEST_EVIDENCE)) if has_evidence else NO_EVIDENCE
        )
    stated = None if folder.tags is None else folder.tags.first(CONTENT_DIGEST_LABEL)
    named = Predecessor(info["urn"], info["corpus"]["version"], (stated or "").removeprefix("sha256:"), root)
    before = Before(
        folder=folder.path,
        urn=info["urn"],
        packed_at=info["packed_at"],
        shards=tuple(shards),
        recipe=info["recipe"]["digest"],
        software=tuple(info["software"]),
        evidence=evidence,
        corpus=read_configuration(configuration).corpus,
    )
    is_whole = holds_of(info) is Holds.DOCUMENTS
    earlier = predecessor_of(info)
    return OpenedPredecessor(
        folder=folder.path,
        level=AccessLevel(info["access_level"]),
        named=named,
        tombstones=tombstones_of(info),
        before=before if is_whole else None,
        follows="" if earlier is None else earlier.root_digest,
    )


def _checked(path: Path, reader: LocalReader, paths: Sequence[str]) -> dict[str, str]:
    """The sha256 of some payload files, which the manifest states, and the tag manifest the manifest's.

    A file that the manifest does not list is none of the bag's; only the evidence may be missing.

    Raises:
        BagUnreadableError: one of them is not what it should be.
    """
    tags = listings(reader, [_ROOT], [_MANIFEST, BAG_INFO])
    payload = listings(reader, [_MANIFEST], paths)
    found = {}
    for name, lines in {**tags, **payload}.items():
        if not lines:
            if name == EVIDENCE:
                continue
            raise BagUnreadableError("the manifest does not list this file", where=f"{path}/{name}", remedy=_VALIDATE)
        digest = _sha256(path, reader, name)
        if any(line.digest != digest for line in lines):
            what = "this file is not the one that the manifest lists"
            raise BagUnreadableError(what, where=f"{path}/{name}", remedy=_VALIDATE)
        found[name] = digest
    return found


def _sha256(path: Path, reader: LocalReader, name: str) -> str:
    try:
        return read_once(reader, name, ("sha256",), ()).digests["sha256"]
    except StorageError as error:
        raise BagUnreadableError(error.what, where=f"{path}/{name}", remedy=_VALIDATE) from error
