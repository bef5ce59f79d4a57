"""Looks for what is withheld in all else that its readers may not read: metadata, annotations, other documents.

What a list withholds from a document may stand nowhere in a bag that more people may read than the document: neither
in what people say (sheet, sidecars, annotations, corpus.toml and what it names, names of files), which is an error, nor
in other documents, in their texts or elsewhere in their files, which is a warning, since those may have been published
as they are. Where it still stands in the redacted text itself once that is read as it will be packed, it is an error
too. Case is forgiven, and all that is forgiven in a quotation. No finding repeats what is withheld, it names the line
of the list; but for the name of a file that has to change, which nobody could find otherwise.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from archive.model.annotations import FILE as ANNOTATIONS
from archive.model.codes import finding
from archive.model.fields import AccessLevel, Source
from archive.model.findings import Finding, Severity, Where
from archive.model.toml_tables import toml_tables
from archive.packing.places import place_in
from archive.packing.taking import shown
from archive.packing.withheld_bytes import texts_in
from archive.packing.withheld_matching import Searched, loosened
from archive.packing.withholding import without_marks
from archive.storage.trouble import told_in_words
from archive.submission import Submission
from archive.submission.annotations import Owners
from archive.submission.draft_table import Draft
from archive.submission.records import cells_of
from archive.submission.redactions import Redaction
from archive.submission.sidecars import ENDING
from archive.submission.toml_values import CONFIGURATION

_ORDINARY_NAME = re.compile(r"[A-Za-z0-9_.:@-]*")
"""Names of columns and members, as programs have them; what a person calls something of theirs may say more."""
_COMMENT = re.compile(r"#.*")
_BY_PEOPLE = frozenset({Source.SHEET.value, Source.SIDECAR.value, Source.CORPUS.value})


@dataclass(frozen=True, slots=True)
class _Words:
    """What one line of the list withholds.

    Attributes:
        entry: the line.
        strictness: of the document that it is withheld from.
        loose: the words, as they are compared.
    """

    entry: Redaction
    strictness: int
    loose: str


@dataclass(frozen=True, slots=True)
class _Said:
    """Something that a person says: where, of which document (None: of the corpus), and who may read it."""

    where: Where
    text: str
    strictness: int
    document: str | None = None
    own: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class WithheldWords:
    """All that the list of a corpus withholds.

    Attributes:
        path: of the list.
        words: of each line about a document of the corpus.
    """

    path: str = ""
    words: tuple[_Words, ...] = ()

    @classmethod
    def of(cls, submission: Submission) -> WithheldWords:
        """What the list of a corpus withholds; nothing where there is none."""
        listed = submission.contents.redactions
        if listed is None or not listed.entries:
            return cls()
        drafts = submission.contents.drafts
        owners = Owners.of(drafts)
        levels = {draft.document_id: draft.level for draft in drafts}
        words = (
            _Words(entry, levels[owner].strictness, text)
            for entry in listed.entries
            if (owner := owners.owner(entry.document)) in levels and (text := loosened(entry.exact))
        )
        return cls(listed.path, tuple(words))

    def in_submission(self, submission: Submission, folder: Path) -> tuple[Finding, ...]:
        """Where people say what is withheld, for those who may not read it.

        Args:
            submission: the corpus.
            folder: where it lies.

        Raises:
            StorageError: a file that goes into every bag cannot be read.
        """
        if not self.words:
            return ()
        return tuple(one for said in _all_said(submission, folder) for one in self._in(said))

    def in_record(self, line: bytes, level: AccessLevel, files: Mapping[str, Path]) -> tuple[Finding, ...]:
        """Whether a document's text, what it says of itself, or the rest of its files says what another withholds.

        Args:
            line: the record.
            level: of its bag.
            files: where each of its files can be read, by payload path; none for a document in a container, whose
                file is looked at as a whole.

        Raises:
            StorageError: a file cannot be read.
        """
        words = self._closed_to(level.strictness)
        if not words:
            return ()
        record = json.loads(line)
        own = [one for one in words if one.entry.redacted == record["source_path"] and not one.entry.is_of_one_place]
        words = [one for one in words if one.entry.redacted != record["source_path"]]
        still = {one.loose for text in _of_record(record) for one in _standing(own, without_marks(text))}
        found = _standing(words, "\n".join(_of_record(record)))
        named = record["document_id"], record["source_path"]
        charsets = {one["path"]: one["charset"] for one in record["files"]} if files else {}
        left = [one for one in words if one not in found]
        beside = [one for stored, place in files.items() for one in _in_file(left, place, charsets.get(stored))]
        return (
            *self._said_by("redactions.remains", *named, [one for one in own if one.loose in still], Severity.ERROR),
            *self._said_by("redactions.in-other-text", *named, found),
            *self._said_by("redactions.in-other-bytes", *named, beside),
        )

    def in_container(self, document: str, path: str, place: Path, level: AccessLevel) -> tuple[Finding, ...]:
        """Whether a file that holds many documents says, in one of them or beside them, what another withholds.

        Args:
            document: the identifier of the file.
            path: its path in the corpus, as it is shown.
            place: where it can be read.
            level: of its bag.

        Raises:
            StorageError: it cannot be read.
        """
        found = _in_file(self._closed_to(level.strictness), place, None)
        return tuple(self._said_by("redactions.in-other-bytes", document, path, found))

    def _said_by(
        self, code: str, document: str, path: str, found: Sequence[_Words], severity: Severity | None = None
    ) -> Iterator[Finding]:
        if found:
            repeats = _repeat(found, document, path)
            where = Where(file=self.path, row=found[0].entry.row) if repeats else Where(file=path)
            named = None if repeats else document
            yield finding(code, document=named, where=where, found=self._rows(found), severity=severity)

    def _closed_to(self, strictness: int) -> list[_Words]:
        return [one for one in self.words if one.strictness > strictness]

    def _in(self, said: _Said) -> Iterator[Finding]:
        closed = self._closed_to(said.strictness)
        found = [
            *_standing([one for one in closed if one.entry.redacted not in said.own], said.text),
            *_standing([one for one in closed if one.entry.redacted in said.own], said.text, anywhere=True),
        ]
        if found:
            weighs = any(not one.entry.is_of_one_place or one.entry.redacted in said.own for one in found)
            weight = Severity.ERROR if weighs else Severity.WARNING
            # Without its document what is found stops everything, so that no bag tells of a document by such a name.
            document = None if _repeat(found, said.document, said.where.file) else said.document
            yield finding(
                "redactions.in-metadata", document=document, where=said.where, found=self._rows(found), severity=weight
            )

    def _rows(self, found: Iterable[_Words]) -> str:
        rows = sorted({one.entry.row for one in found})
        return f"what {self.path} withholds ({'line' if len(rows) == 1 else 'lines'} {', '.join(map(str, rows))})"


def _standing(words: Sequence[_Words], text: str, *, anywhere: bool = False) -> list[_Words]:
    """Those that stand in a text; as whole words, unless any place will do."""
    there = loosened(text) if words else ""
    found = [one for one in words if one.loose in there]
    if anywhere or not found:
        return found
    searched = Searched.of(text)
    return [one for one in found if searched.has_whole(one.entry.exact)]


def _repeat(found: Sequence[_Words], document: str | None, path: str | None) -> bool:
    """Whether what names a document or a file would repeat what is withheld."""
    return bool(_standing(found, f"{document or ''}\n{path or ''}", anywhere=True))


def _in_file(words: Sequence[_Words], place: Path, charset: str | None) -> list[_Words]:
    """Those that stand in the bytes of a file, in the order of the list."""
    found: list[_Words] = []
    if words:
        with told_in_words(place):
            for text in texts_in(place, charset):
                found += _standing([one for one in words if one not in found], text)
    return [one for one in words if one in found]


def _of_record(record: Mapping[str, Any]) -> Iterator[str]:
    yield from (one["text"] for one in record["passages"])
    yield from (one["value"] for one in record["statements"] if one["source"] not in _BY_PEOPLE)


def _all_said(submission: Submission, folder: Path) -> Iterator[_Said]:
    contents = submission.contents
    most_open = min((draft.level.strictness for draft in contents.drafts), default=0)
    yield _Said(Where(file=CONFIGURATION), _of_toml(contents.configuration), most_open)
    for path in sorted({path for path in (contents.schema, *contents.tag_files) if path}):
        place = place_in(folder, path)
        with told_in_words(place):
            yield _Said(Where(file=shown(path)), _of_json(place.read_bytes()), most_open)
    if contents.sheet is not None:
        names = cells_of(contents.sheet.bytes_of(1), contents.sheet.delimiter)
        header = "\n".join(name for name in names if not _ORDINARY_NAME.fullmatch(name))
        yield _Said(Where(file=contents.sheet.name, row=1), header, most_open)
    levels = {draft.document_id: draft for draft in contents.drafts}
    for draft in contents.drafts:
        yield from _said_of(draft, submission)
    for row, line in enumerate(contents.annotations.lines, start=1):
        if line.owner in levels and line.annotation is not None:
            owner = levels[line.owner]
            where = Where(file=ANNOTATIONS, row=row)
            yield _Said(where, _of_json(line.data), owner.level.strictness, line.annotation.document_id, _paths(owner))


def _said_of(draft: Draft, submission: Submission) -> Iterator[_Said]:
    contents, strictness, own = submission.contents, draft.level.strictness, _paths(draft)
    names = "\n".join([draft.document_id, *sorted(own), *(member.document_id for member in draft.members)])
    first = Where(file=shown(draft.files[0].path))
    yield _Said(first, names, strictness, draft.document_id, own)
    for row in (*draft.rows, *(member.row for member in draft.members)):
        if contents.sheet is not None:
            cells = "\n".join(cells_of(contents.sheet.bytes_of(row), contents.sheet.delimiter))
            yield _Said(Where(file=contents.sheet.name, row=row), cells, strictness, draft.document_id, own)
    for path in draft.sidecars:
        text = _of_json(contents.sidecars[path].data)
        yield _Said(Where(file=shown(path + ENDING)), text, strictness, draft.document_id, own)


def _paths(draft: Draft) -> frozenset[str]:
    return frozenset(shown(file.path) for file in draft.files)


def _of_toml(data: bytes) -> str:
    """What a TOML file says, its comments too."""
    text = data.decode("utf-8", "replace")
    try:
        values = toml_tables(text)
    except ValueError:
        return text
    return "\n".join([*_texts(values), *_COMMENT.findall(text)])


def _of_json(data: bytes) -> str:
    """What a JSON file says; of another file all of it."""
    try:
        return "\n".join(_texts(json.loads(data)))
    except (ValueError, RecursionError):
        return data.decode("utf-8", "replace")


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, Mapping):
        for name, one in value.items():
            if not _ORDINARY_NAME.fullmatch(name):
                yield name
            yield from _texts(one)
    elif isinstance(value, list):
        for one in value:
            yield from _texts(one)
    elif value is not None:
        yield str(value)
