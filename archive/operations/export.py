"""The verb `export`: writes the records of bags in other formats. Never writes into a bag."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack, closing
from dataclasses import replace
from itertools import chain, count
from pathlib import Path

from archive.bags.contents import CONTENT_DIGEST_LABEL
from archive.bags.protection import read_once
from archive.engine.interrupts import undisturbed
from archive.errors import BagUnreadableError, StorageError, TargetExistsError, UsageError
from archive.exporting.bags import ExportedBag
from archive.exporting.formats import check_format, format_of
from archive.exporting.notes import FILE, PAGE, description, page
from archive.exporting.protocol import Format
from archive.exporting.selection import Selection, is_undated, selection
from archive.model.bags import DECLARATION
from archive.model.codes import finding
from archive.model.fault_words import shape_words
from archive.model.findings import Finding
from archive.model.paths import portable_part
from archive.model.progress import Listener, Progress, unheard
from archive.model.reports import BagSummary, Report, Verdict
from archive.operations.bag_folder import BagFolder, opened_bag
from archive.packing.software import NAME, own_version
from archive.storage.staging import Staging
from archive.storage.stores import Store
from archive.storage.trouble import explained, told_in_words

STAGE = "exporting"
_ROOT = "tagmanifest-sha256.txt"
_EVERY = 100
"""After how many documents the listener hears of the progress."""


def export(
    *bags: str | os.PathLike[str],
    to: str | os.PathLike[str],
    format: str,  # noqa: A002 - the name of the option
    where: Iterable[tuple[str, str]] = (),
    since: str | None = None,
    until: str | None = None,
    listener: Listener = unheard,
) -> Report:
    """Writes what the records of bags say in another format, into a new folder.

    Documents are keyed by the identifier of their bag, since two bags may have documents of one identifier. The folder
    appears whole or not at all. Nothing of the bags is verified; `archive.validate` does that.

    Args:
        bags: one or more bags of ours, in folders or serialised.
        to: the folder to make; it does not exist, or is empty.
        format: `tables`, `csv`, `jsonl`, `text`, `sqlite`, `duckdb`, `archivematica`, `datacite` or `premis`.
        where: columns of the documents table and the values that they must have, all of them; of a list, one value.
        since: take documents that may have been issued on the first day of this year, month or day or later.
        until: take documents that may have been issued on the last day of this year, month or day or before.
        listener: hears of the progress.

    Returns:
        A report whose findings say what the format could not hold as it is; `counts` has the bytes of what was written.

    Raises:
        UsageError: no bag, the same bag twice, an unknown format or field, a range of dates that is none, or a target
            within a bag.
        TargetExistsError: the target has something in it.
        BagUnreadableError: a bag is not ours or cannot be read.
        StorageError: the target cannot be written.
    """
    check_format(format)
    chosen = selection(where, since, until)
    target = _target(Path(to))
    with ExitStack() as end, ExitStack() as stack:
        folders = [stack.enter_context(opened_bag(Path(bag))) for bag in bags]
        opened = _exported(folders)
        exporting = _Exporting(format, chosen, opened, listener)
        staging = stack.enter_context(Staging(target))
        try:
            findings = exporting.write(staging.path, folders)
        except OSError as error:
            raise explained(error, error.filename or target) from error
        if exporting.counts["exported"]:
            with told_in_words(target):
                _write_notes(staging.path, exporting, findings)
                exporting.counts["bytes"] = _octets(staging.path)
                if target.is_dir():
                    target.rmdir()  # it was empty when we began; it is refused if it no longer is
            end.enter_context(undisturbed())
            staging.publish()
    return Report(
        command="export",
        verdict=Verdict.VALID if exporting.counts["exported"] else Verdict.INVALID,
        findings=tuple(sorted(findings, key=lambda one: one.order)),
        counts=dict(exporting.counts),
        bags=tuple(
            BagSummary(str(folder.path), bag.urn, bag.root_digest, bag.content_digest)
            for folder, bag in zip(folders, opened, strict=True)
        ),
    )


class _Exporting:
    """One export under way."""

    def __init__(self, name: str, chosen: Selection, bags: tuple[ExportedBag, ...], listener: Listener) -> None:
        self.format = name
        self.chosen = chosen
        self.bags = bags
        self.listener = listener
        self.counts = Counter(bags=len(bags), documents=0, exported=0)
        self.undated = 0

    def write(self, folder: Path, sources: Sequence[BagFolder]) -> list[Finding]:
        """Writes all files of the format, and says what there is to say."""
        made = format_of(self.format, folder, self.bags, whole=self.chosen.is_everything)
        with closing(made):
            for source, bag in zip(sources, self.bags, strict=True):
                self._write(made, source, bag)
            findings = made.finish()
        if not self.counts["exported"]:
            looked = self.counts["documents"]
            remedy = None if looked else "Export another bag: this one holds no documents, but what is left of them"
            findings.append(finding("export.nothing-selected", found=f"{looked:,} documents looked at", remedy=remedy))
        findings += [
            finding("export.metadata-alone", found=f"{bag.title}, version {bag.version} ({bag.access_level})")
            for bag in self.bags
            if not bag.has_originals
        ]
        if self.undated:
            findings.append(finding("export.undated", found=f"{self.undated:,} undated"))
        return findings

    def _write(self, made: Format, source: BagFolder, bag: ExportedBag) -> None:
        made.begin(bag)
        try:
            for record in source.records():
                self.counts["documents"] += 1
                if self.counts["documents"] % _EVERY == 0:
                    self.listener(Progress(STAGE, self.counts["documents"], self._total()))
                if self.chosen.takes(record):
                    self.counts["exported"] += 1
                    made.add(record)
                elif self.chosen.by_date and is_undated(record["metadata"]):
                    self.undated += 1
            made.end()
        except (KeyError, TypeError, AttributeError, StopIteration) as error:
            what = f"a record has not the shape of a record ({shape_words(error)})"
            remedy = "Run `archive validate`, which says what is wrong with it"
            raise BagUnreadableError(what, where=str(source.path), remedy=remedy) from error

    def _total(self) -> int:
        stated = [bag.info.get("counts", {}).get("documents", 0) for bag in self.bags]
        return max(self.counts["documents"], sum(one for one in stated if isinstance(one, int)))


def _octets(folder: Path) -> int:
    return sum((Path(place) / name).stat().st_size for place, _, names in os.walk(folder) for name in names)


def _target(path: Path) -> Path:
    """The target as it may be written, or an error that says why not."""
    target = Path(os.path.abspath(path))  # noqa: PTH100 - `resolve` would follow a link at the end
    if target.is_symlink() or (target.exists() and not target.is_dir()):
        raise TargetExistsError(
            "there is something else already", where=str(path), remedy="Give a new folder with --to"
        )
    if target.is_dir() and any(target.iterdir()):
        raise TargetExistsError("the folder is not empty", where=str(path), remedy="Give a new folder with --to")
    for place in (target, *target.resolve().parents, *target.parents):
        if (place / DECLARATION).is_file():
            what = "the place is in a bag, and nothing is ever written into a bag"
            raise UsageError(what, where=str(path), remedy="Give a folder outside of every bag with --to")
    return target


def _exported(folders: Sequence[BagFolder]) -> tuple[ExportedBag, ...]:
    if not folders:
        raise UsageError("there is no bag to export", remedy="Give a bag")
    found = [_bag(folder) for folder in folders]
    urns = Counter(bag.urn for bag in found)
    twice = next((urn for urn, number in urns.items() if number > 1), None)
    if twice is not None:
        raise UsageError(f"two of the bags have the identifier {twice}", remedy="Give each bag once")
    if len(found) == 1:
        return tuple(found)
    return tuple(replace(bag, folder=f"{name}/") for bag, name in zip(found, _folders(found), strict=True))


def _folders(bags: Sequence[ExportedBag]) -> Iterator[str]:
    """A name for each bag; of two bags that would have the same, the second has a number, else one would be lost."""
    taken: set[str] = set()
    for bag in bags:
        level = "" if bag.access_level == "open" else f"-{bag.access_level}"
        holds = "" if bag.has_originals else "-metadata"
        first = portable_part(f"{bag.corpus['slug']}-{bag.version}{level}{holds}")
        numbered = (f"{first}-{number}" for number in count(2))
        name = next(one for one in chain([first], numbered) if one.casefold() not in taken)
        taken.add(name.casefold())
        yield name


def _bag(folder: BagFolder) -> ExportedBag:
    info = folder.info
    if info is None:
        what = "corpus-archive did not make this bag, so it has no records to export"
        raise BagUnreadableError(what, where=str(folder.path), remedy="Its payload is in data/, as its makers put it")
    try:
        info["access_level"], info["corpus"]["slug"], info["corpus"]["version"]
        info["urn"], info["packed_at"], info["events"]
    except (KeyError, TypeError) as error:
        what = f"bag.json has not the shape that it should have ({shape_words(error)})"
        remedy = "Run `archive validate`, which says what is wrong with it"
        raise BagUnreadableError(what, where=str(folder.path), remedy=remedy) from error
    content = None if folder.tags is None else folder.tags.first(CONTENT_DIGEST_LABEL)
    return ExportedBag(folder.store, info, _root_digest(folder.store), content)


def _root_digest(store: Store) -> str | None:
    with store.reader() as reader:
        try:
            return read_once(reader, _ROOT, ["sha256"], []).digests["sha256"]
        except StorageError:
            return None


def _write_notes(folder: Path, exporting: _Exporting, findings: list[Finding]) -> None:
    counts = {name: exporting.counts[name] for name in ("bags", "documents", "exported")}
    tool = {"name": NAME, "version": own_version()}
    said = page(exporting.format, exporting.bags, exporting.chosen, counts)
    (folder / PAGE).write_text(said, "utf-8", "backslashreplace", newline="\n")
    described = description(exporting.format, exporting.bags, exporting.chosen, counts, findings, tool)
    (folder / FILE).write_text(described, "utf-8", newline="\n")
