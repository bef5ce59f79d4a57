"""What is there already where a bag is to be published: the same bag, or something else that is never replaced."""

from __future__ import annotations

from pathlib import Path

from archive.bags.reader import read_bag
from archive.bags.stated import ROOT
from archive.errors import BagUnreadableError, SourceUnreadableError, TargetExistsError
from archive.model.depths import Depth
from archive.model.reports import BagSummary
from archive.model.versions import predecessor_of, tombstones_of
from archive.operations.bag_folder import read_bag_folder
from archive.operations.lineage import Standing
from archive.operations.validate import validate
from archive.storage.copying import measure
from archive.storage.local import LocalStore


def expect_identical(target: Path, content: str, standing: Standing) -> None:
    """Goes on only where the bag that is there is the one that was made.

    Args:
        target: what is there.
        content: the content digest of the bag that was made.
        standing: what that bag takes over from the version before.

    Raises:
        TargetExistsError: it is another, or it is damaged.
    """
    if summary_of(target).content_digest != f"sha256:{content}" or not _takes_over(target, standing):
        raise TargetExistsError(
            "something with this name is there already, and it is not the same bag",
            where=str(target),
            remedy="Raise `version` in corpus.toml, or give --name",
        )
    if not validate(target, depth=Depth.OXUM):  # a look at sizes and counts; all digests would cost as much as packing
        raise TargetExistsError(
            "the same bag was packed here before, and is damaged now",
            where=str(target),
            remedy="Run `archive validate` on it, move it away, and pack again",
        )


def _takes_over(target: Path, standing: Standing) -> bool:
    try:
        info = read_bag_folder(target).info or {}
        before = standing.earlier.named if standing.earlier is not None else None
        return (predecessor_of(info), tombstones_of(info)) == (before, standing.tombstones)
    except (BagUnreadableError, KeyError, TypeError):
        return False


def summary_of(target: Path) -> BagSummary:
    """What names the bag that is there; little, where it is none."""
    try:
        bag = read_bag(LocalStore(str(target)), Depth.OXUM)
    except BagUnreadableError:
        return BagSummary(str(target))
    if bag.info is None:
        return BagSummary(str(target))
    return BagSummary(
        path=str(target),
        urn=bag.info.first("External-Identifier"),
        root_digest=_root_digest_of(target),
        content_digest=bag.info.first("Corpus-Archive-Content-Digest"),
    )


def _root_digest_of(target: Path) -> str | None:
    try:
        return measure(target / ROOT, ("sha256",)).digests["sha256"]
    except SourceUnreadableError:
        return None
