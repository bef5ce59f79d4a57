"""Reads a whole corpus folder: what is a document, what is known of it, what is wrong, and which bag it goes into."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Collection
from dataclasses import dataclass, replace
from pathlib import Path

from archive.engine import Team
from archive.errors import UsageError
from archive.model.annotations import FILE as ANNOTATIONS
from archive.model.codes import finding
from archive.model.containers import Renames
from archive.model.corpora import Corpus, Ignored, LevelPlan
from archive.model.fields import FIELDS, AccessLevel
from archive.model.findings import Finding, Severity, Where
from archive.model.tally import Tally
from archive.submission.annotations import Annotations, Owners, read_annotations
from archive.submission.bindings import Bindings, bind
from archive.submission.configuration import Configuration, read_configuration
from archive.submission.drafts import Known, draft_documents
from archive.submission.drafts_in_order import Drafts
from archive.submission.filenames import Names
from archive.submission.files import Files
from archive.submission.identifiers import shown
from archive.submission.judgement import check_drafts, name_documents
from archive.submission.kinds_at_once import kinds_in
from archive.submission.limits import LIMITS
from archive.submission.listing import Listing, list_folder, path_in
from archive.submission.partition import Contents, Documents, Partition, divide
from archive.submission.row_table import RowTable
from archive.submission.rows import SHEET
from archive.submission.sheet import Sheet
from archive.submission.sheet_files import SHEETS, in_sheet_of, not_one_sheet, read_sheet_file
from archive.submission.sidecars import ENDING, Sidecar, read_sidecar
from archive.submission.standoff import lists_not_named, read_lists
from archive.submission.toml_values import CONFIGURATION
from archive.submission.withdrawals import Withdrawal


@dataclass(frozen=True, slots=True)
class Submission:
    """A corpus folder as it was read.

    An error whose `document` is None is about the corpus itself (a sheet that cannot be read may hide who is
    restricted): nothing may be packed until it is gone, whatever is said of rejected documents.

    Attributes:
        corpus: what corpus.toml says.
        ignored: what in the folder is no document, and why, sorted by path.
        findings: all that is wrong, sorted.
        contents: the folder's contents, from which plans are made.
        withdrawn: the documents that were withdrawn.
    """

    corpus: Corpus
    ignored: tuple[Ignored, ...]
    findings: tuple[Finding, ...]
    contents: Contents
    withdrawn: tuple[Withdrawal, ...] = ()

    @property
    def documents(self) -> Documents:
        """The plans of all documents, sorted by identifier, made when they are asked for."""
        return self.partition().documents

    def levels(self, without: Collection[str] = ()) -> tuple[LevelPlan, ...]:
        """A plan for each access level that has a document, the most open first.

        Args:
            without: identifiers of documents to leave out, with their rows and sidecars.
        """
        return self.partition(without).levels

    def partition(self, without: Collection[str] = (), also: Collection[AccessLevel] = ()) -> Partition:
        """The same, with what finds a statement's place again in the corpus folder.

        Args:
            without: identifiers of documents to leave out, with their rows and sidecars.
            also: levels that have a plan even where no document is of them.
        """
        return divide(self.contents, without, also)


def read_submission(folder: Path, team: Team | None = None) -> Submission:
    """Reads a corpus folder and changes nothing in it.

    Args:
        folder: the corpus folder.
        team: may look into its files, where there are many.

    Raises:
        UsageError: there is no such folder, or it holds no corpus.toml.
    """
    listing = list_folder(folder)
    _expect_configuration(folder, listing)
    reading = _Folder(folder, listing, team)
    return reading.submission()


def _expect_configuration(folder: Path, listing: Listing) -> None:
    if CONFIGURATION in listing.files:
        return
    reason = next((one.reason for one in listing.ignored if one.path == CONFIGURATION), None)
    if reason is not None or CONFIGURATION in listing.folders:
        what = f"{CONFIGURATION} is {reason or 'a folder'}"
        raise UsageError(what, where=str(folder), remedy="Put a plain file of that name into the folder")
    raise UsageError(
        f"the folder has no {CONFIGURATION}",
        where=str(folder),
        remedy=f"Run `archive init {folder}` to add a starter {CONFIGURATION} and {SHEET}",
    )


class _Folder:
    """What is gathered while a corpus folder is read."""

    def __init__(self, folder: Path, listing: Listing, team: Team | None) -> None:
        self.folder = folder
        self.listing = listing
        self.team = team
        self.findings = Tally.of_documents(listing.findings)
        self.ignored = list(listing.ignored)
        self.ignored_paths = frozenset(one.path for one in listing.ignored)
        self.sidecar_paths: frozenset[str] = frozenset()
        self.sheet_name = SHEET

    def submission(self) -> Submission:
        data = self._read(CONFIGURATION, LIMITS.configuration)
        configuration = read_configuration(data) if data is not None else _NO_CONFIGURATION
        self.findings.extend(configuration.findings)
        corpus = configuration.corpus
        schema = self._schema(corpus)
        lists = read_lists(corpus, self.listing.files, self._read)
        self.findings.extend(lists.findings)
        tag_files = self._tag_files(corpus)
        reserved = (schema, corpus.redactions, corpus.withdrawn, *tag_files)
        sheet = self._sheet(corpus)
        files = self._candidates(reserved, corpus.renames)
        bindings = self._bind(sheet, files, reserved)
        self.sidecar_paths = self._paths_of_sidecars(files, bindings)
        sidecars = self._sidecars(files, corpus)
        own = files.without(self.sidecar_paths)
        known = Known(corpus, bindings, sidecars, sheet.structural if sheet else {})
        drafts, found = draft_documents(own, known)
        self.findings.extend(found)
        self.findings.extend(check_drafts(drafts, known, sheet, configuration))
        contents = Contents(
            configuration=data or b"",
            sheet=sheet and replace(sheet, rows=RowTable()),
            sidecars=sidecars,
            schema=schema,
            tag_files=tag_files,
            drafts=drafts,
            statements=configuration.statements,
            own_columns=corpus.additional_columns,
            annotations=self._annotations(drafts),
            redactions=None if lists.redactions is None else lists.redactions.owned(Owners.of(drafts).owner),
            ignored=self.listing.ignored,
        )
        self.findings.extend(lists.still_there(drafts))
        named = name_documents(self.findings, drafts, bindings)
        findings = sorted((in_sheet_of(self.sheet_name, one) for one in named), key=lambda one: one.order)
        ignored = sorted(self.ignored, key=lambda one: one.path.encode("utf-8", "surrogateescape"))
        return Submission(corpus, tuple(ignored), tuple(findings), contents, lists.withdrawn)

    def _read(self, path: str, limit: int) -> bytes | None:
        """The bytes of a file, one more than the limit at most; None where it could not be read."""
        try:
            return _bytes_of(path_in(self.folder, path), limit + 1)
        except OSError as problem:
            where = Where(file=shown(path))
            self.findings.add(finding("corpus.file-unreadable", where=where, found=problem.strerror or str(problem)))
            return None

    def _schema(self, corpus: Corpus) -> str | None:
        if corpus.schema is not None and corpus.schema not in self.listing.files:
            where = Where(file=CONFIGURATION, pointer="/schema")
            self.findings.add(finding("corpus.schema-missing", where=where, found=corpus.schema))
            return None
        return corpus.schema

    def _tag_files(self, corpus: Corpus) -> tuple[str, ...]:
        """The files that are to be tag files of the bag, and are there."""
        for name, path in corpus.tag_files:
            if path not in self.listing.files:
                where = Where(file=CONFIGURATION, pointer="/tag-files/" + name.replace("/", "~1"))
                self.findings.add(finding("corpus.tag-file-missing", where=where, found=path))
        return tuple(dict.fromkeys(path for _, path in corpus.tag_files if path in self.listing.files))

    def _sheet(self, corpus: Corpus) -> Sheet | None:
        there = [name for name in SHEETS if name in self.listing.files]
        if len(there) != 1:
            self.findings.extend(not_one_sheet(self.listing, there))
            return None
        (self.sheet_name,) = there
        data = self._read(self.sheet_name, LIMITS.sheet)
        if data is None:
            return None
        sheet, findings = read_sheet_file(self.sheet_name, data, corpus)
        self.findings.extend(findings)
        return sheet

    def _annotations(self, drafts: Drafts) -> Annotations:
        if ANNOTATIONS not in self.listing.files:
            return Annotations()
        data = self._read(ANNOTATIONS, LIMITS.annotations)
        if data is None:
            return Annotations()
        annotations, findings = read_annotations(data, Owners.of(drafts))
        self.findings.extend(findings)
        return annotations

    def _candidates(self, named: tuple[str | None, ...], renames: Renames) -> Files:
        """The files that are documents or sidecars, and which of them are containers."""
        files = self.listing.files.without([one for one in (CONFIGURATION, *SHEETS, ANNOTATIONS, *named) if one])
        self.findings.extend(lists_not_named(self.folder, files))
        return files.of_kinds(kinds_in(os.fsencode(self.folder), files, renames, self.team))

    def _bind(self, sheet: Sheet | None, files: Files, named: tuple[str | None, ...]) -> Bindings:
        if sheet is None:
            return Bindings()
        others = {one.path: one.reason for one in self.listing.ignored}
        reserved = {path for path in (CONFIGURATION, *SHEETS, ANNOTATIONS, *named) if path}
        others.update(dict.fromkeys(reserved, "a name that this program reads for itself"))
        bindings, findings = bind(sheet, files, Names(files, self.listing.folders, others, files.kind))
        self.findings.extend(findings)
        return bindings

    def _paths_of_sidecars(self, files: Files, bindings: Bindings) -> frozenset[str]:
        """X.json is a sidecar where X exists, unless the sheet lists it as a document."""
        return frozenset(
            path
            for path in files.ending(ENDING)
            if path.endswith(ENDING)
            and path not in bindings.files
            and (self._is_there(path.removesuffix(ENDING)) or self._is_left_behind(path))
        )

    def _is_there(self, path: str) -> bool:
        return path in self.listing.files or path in self.ignored_paths

    def _is_left_behind(self, path: str) -> bool:
        """Whether a file was the sidecar of a document that is gone, or that is misspelt.

        It may say that the document is restricted, so it is never taken for a document by mistake: `page.html.json`
        that states fields of ours is a sidecar, even where there is no `page.html`.
        """
        stem = path.removesuffix(ENDING).rpartition("/")[2]
        if not _WITH_ENDING.search(stem):
            return False
        data = _bytes_of(path_in(self.folder, path), LIMITS.sidecar)
        try:
            said = json.loads(data)
        except (ValueError, RecursionError):
            return False
        return isinstance(said, dict) and any(key.strip().lower() in _OUR_KEYS for key in said)

    def _sidecars(self, files: Files, corpus: Corpus) -> dict[str, Sidecar]:
        found: dict[str, Sidecar] = {}
        for path in sorted(self.sidecar_paths):
            described = path.removesuffix(ENDING)
            if described in files and described not in self.sidecar_paths:
                found[described] = self._sidecar(path, corpus)
                continue
            name = shown(described)
            self.ignored.append(Ignored(path, f"it describes {name}, which is no document"))
            # Nobody knows whom a sidecar without any document was to keep closed: nothing is packed until it is clear.
            weight = None if self._is_there(described) else Severity.ERROR
            where = Where(file=shown(path))
            self.findings.add(finding("sidecar.without-document", where=where, found=name, severity=weight))
        return found

    def _sidecar(self, path: str, corpus: Corpus) -> Sidecar:
        data = self._read(path, LIMITS.sidecar)
        if data is None:
            return Sidecar(path, b"", level=AccessLevel.RESTRICTED)
        sidecar, findings = read_sidecar(path, data, corpus.additional_columns)
        self.findings.extend(findings)
        return sidecar


_WITH_ENDING = re.compile(r".\.[A-Za-z0-9]{1,5}$")
_OUR_KEYS = frozenset({"identifier", "role", *(key for one in FIELDS for key in (one.name, *one.dublin_core))})
_NO_CONFIGURATION = Configuration(Corpus(identifier="", slug="", version="", title=""), (), (), is_readable=False)


def _bytes_of(path: bytes, most: int) -> bytes:
    descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    with os.fdopen(descriptor, "rb") as stream:
        return stream.read(most)
