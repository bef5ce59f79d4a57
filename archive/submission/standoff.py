"""The lists that stand beside a corpus and are no documents: what was withdrawn, and which passages are withheld."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from pathlib import Path

from archive.model.codes import finding
from archive.model.corpora import Corpus
from archive.model.findings import Finding, Where
from archive.submission.drafts_in_order import Drafts
from archive.submission.files import Files
from archive.submission.identifiers import shown
from archive.submission.limits import LIMITS
from archive.submission.listing import path_in
from archive.submission.redactions import Redactions, looks_like_redactions, read_redactions
from archive.submission.sidecars import ENDING
from archive.submission.toml_values import CONFIGURATION
from archive.submission.withdrawals import Withdrawal, looks_like_withdrawals, read_withdrawals

_OF_LINES = frozenset({"json", "jsonl", "ndjson"})
_OF_LISTS = _OF_LINES | {"csv"}
Read = Callable[[str, int], bytes | None]
"""Gives the bytes of a file of the corpus, so many at most; None where it cannot be read, which is a finding there."""


@dataclass(frozen=True, slots=True)
class Lists:
    """What both lists say.

    Attributes:
        redactions: the passages that are withheld, or None where corpus.toml names no list.
        withdrawn: the documents that were withdrawn.
        name: the file that lists them.
        findings: what is wrong with the lists.
    """

    redactions: Redactions | None
    withdrawn: tuple[Withdrawal, ...]
    name: str
    findings: tuple[Finding, ...]

    def still_there(self, drafts: Drafts) -> Iterator[Finding]:
        """Documents that were withdrawn and would be packed all the same."""
        withdrawn = {one.document_id for one in self.withdrawn}
        if not withdrawn:
            return
        there = withdrawn.intersection(drafts.identifiers())
        there.update(withdrawn.intersection(member.document_id for member in drafts.members()))
        for one in self.withdrawn:
            if one.document_id in there:
                where = Where(file=shown(self.name), row=one.row)
                yield finding("withdrawn.still-there", document=one.document_id, where=where)


def read_lists(corpus: Corpus, files: Collection[str], read: Read) -> Lists:
    """Reads the lists that corpus.toml names.

    Args:
        corpus: what corpus.toml says.
        files: the files of the corpus folder.
        read: reads one of them.
    """
    findings: list[Finding] = []
    data = {}
    for key, name in (("redactions", corpus.redactions), ("withdrawn", corpus.withdrawn)):
        if name is not None and name not in files:
            where = Where(file=CONFIGURATION, pointer=f"/{key}")
            findings.append(finding("corpus.list-missing", where=where, found=name))
        data[key] = read(name, LIMITS.listed) if name is not None and name in files else None
    redactions: Redactions | None = None
    withdrawn: tuple[Withdrawal, ...] = ()
    if corpus.redactions is not None and data["redactions"] is not None:
        redactions, wrong = read_redactions(data["redactions"], corpus.redactions)
        findings.extend(wrong)
    if corpus.withdrawn is not None and data["withdrawn"] is not None:
        withdrawn, wrong = read_withdrawals(data["withdrawn"], corpus.withdrawn)
        findings.extend(wrong)
    return Lists(redactions, withdrawn, corpus.withdrawn or "", tuple(findings))


def lists_not_named(folder: Path, files: Files) -> Iterator[Finding]:
    """Lists that corpus.toml does not name, which must never be packed as documents.

    Args:
        folder: the corpus folder.
        files: those in it that would be.
    """
    for path in files.ending(*_OF_LISTS):
        ending = path.lower().rpartition(".")[2]
        if ending not in _OF_LISTS:
            continue
        if path.removesuffix(ENDING) != path and path.removesuffix(ENDING) in files:
            continue  # a sidecar
        if ending in _OF_LINES and looks_like_redactions(_first_line(path_in(folder, path))):
            yield finding("redactions.not-named", where=Where(file=shown(path)))
        if ending == "csv" and looks_like_withdrawals(_first_line(path_in(folder, path))):
            yield finding("withdrawn.not-named", where=Where(file=shown(path)))


def _first_line(path: bytes) -> bytes:
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    except OSError:
        return b""  # that it cannot be read is said when it is taken in
    with os.fdopen(descriptor, "rb") as stream:
        data = stream.read(LIMITS.sidecar)
    return next((line for line in data.splitlines() if line.strip()), b"")
