"""`init`: adds a starter corpus.toml and metadata.csv to a folder of documents.

The two files are such that `pack` then succeeds unchanged. What could be read off the documents stands in
`suggested.*` columns, apart from what a person has said. A row that says nothing else changes no record.
"""

from __future__ import annotations

import errno
import os
import secrets
import uuid
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from archive.engine import Team
from archive.errors import StorageError, UsageError
from archive.model.codes import finding
from archive.model.containers import NO_RENAMES
from archive.model.findings import Finding, Where
from archive.model.progress import Listener, Progress, unheard
from archive.model.reports import Report, Verdict
from archive.operations.guesses import Guess, MemberGuesses, guess, guess_inside, together
from archive.operations.starter_documents import documents_of
from archive.operations.starter_members import Contained, contained_in
from archive.operations.starter_names import identifiers_for, written_member, written_name
from archive.operations.starters import MOST_COLUMNS, StarterRow, fit_for_cell, starter_corpus, starter_sheet
from archive.storage.kinds import kinds_of
from archive.storage.trouble import explained
from archive.submission.filenames import Names
from archive.submission.files import Files
from archive.submission.identifiers import identifier_of_path, shown, unfit
from archive.submission.listing import list_folder
from archive.submission.workbooks import WORKBOOKS

_NAMES = ("corpus.toml", "metadata.csv")
_WORTH_A_PROCESS = 100
"""Documents that take about as long as a process takes to start."""
_NO_LINKS_HERE = frozenset({errno.EPERM, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS, errno.EMLINK})


def init(
    folder: str | os.PathLike[str],
    *,
    out: str | os.PathLike[str] | None = None,
    mint_ids: bool = False,
    jobs: int | None = None,
    listener: Listener = unheard,
) -> Report:
    """Writes a starter corpus.toml and metadata.csv for the documents in `folder`.

    Args:
        folder: the folder of documents; nothing in it is changed, but for the two new files where `out` is None.
        out: where the two files go; the folder itself where None. Made if absent.
        mint_ids: whether every document gets a random identifier that says nothing of it. This is the one place
            where chance is right; the identifiers stay the same from then on, since they stand in the sheet.
        jobs: how many processes read the documents; None for one on each core.
        listener: hears of the progress.

    Returns:
        A report with a notice for each file written, and the counts `documents` (files that are documents, or hold
        some), `inside` (documents in these), `rows` (of the sheet; a document whose name cannot stand in a sheet has
        none), `ignored` and `written`.

    Raises:
        UsageError: the folder cannot be listed, or one of the two files is there already; none is overwritten.
        StorageError: the files could not be written.
    """
    source = Path(folder)
    place = source if out is None else Path(out)
    _refuse_existing(place)
    listing = list_folder(source)
    found = documents_of(source, listing)
    files = listing.files.of_kinds(kinds_of(os.fsencode(source), found.documents, NO_RENAMES))
    with Team(jobs) as team:
        loose = list(_guesses(source, found.documents, team, listener))
        contained = contained_in(source, _containers(loose, files), files.kind, team, listener)
        guesses = [*loose, *_guesses_inside(source, contained, team, listener)]
    names = Names(files, listing.folders, {}, files.kind)
    needed = identifiers_for(found.documents, files.kind)
    naming = _Naming(names, needed, mints=mint_ids)
    by_name = {(one.path, one.member): naming.row(one) for one in _in_order(guesses)}
    rows = [row for row in by_name.values() if row is not None]
    _write_both(place, {"corpus.toml": starter_corpus(_name_of(source)), "metadata.csv": starter_sheet(rows)})
    findings = [*listing.findings, *found.findings, *contained.findings, *_remarks(guesses, by_name)]
    if needed and not mint_ids:
        findings.append(finding("starter.identifiers-given", found=_listed([shown(path) for path in needed])))
    findings += (finding("starter.written", where=Where(file=str(place / name))) for name in _NAMES)
    counts = {
        "documents": len(loose),
        "inside": contained.count,
        "rows": len(rows),
        "ignored": len(listing.ignored),
        "written": len(_NAMES),
    }
    return Report("init", Verdict.VALID, tuple(sorted(findings, key=lambda one: one.order)), counts)


def _listed(names: Sequence[str]) -> str:
    """A few names, and how many there are."""
    return f"{len(names):,} documents: {', '.join(names[:3])}{', ...' if len(names) > 3 else ''}"


def _refuse_existing(place: Path) -> None:
    for name in (*_NAMES, *WORKBOOKS):
        if os.path.lexists(place / name):
            raise _taken(place / name)


def _taken(path: Path) -> UsageError:
    return UsageError(
        "there is such a file already, and init overwrites nothing",
        where=str(path),
        remedy="Go on with that file, or give --out DIR to write elsewhere and compare",
    )


def _name_of(folder: Path) -> str:
    """The name that a person sees, for `archive init .` too."""
    return folder.resolve().name


def _guesses(folder: Path, documents: Sequence[str], team: Team, listener: Listener) -> Iterator[Guess]:
    engine = team.engine(len(documents) // _WORTH_A_PROCESS)
    for done, one in enumerate(engine.map(guess, os.fspath(folder), documents), start=1):
        listener(Progress("reading", done, len(documents)))
        yield one


def _containers(guesses: Sequence[Guess], files: Files) -> dict[str, int]:
    """The files that may hold documents and could be opened, with their sizes."""
    return {one.path: files[one.path] for one in guesses if files.kind(one.path) is not None and not one.problem}


def _guesses_inside(folder: Path, contained: Contained, team: Team, listener: Listener) -> Iterator[Guess]:
    total, done = sum(map(len, contained.members.values())), 0
    engine = team.engine(total // _WORTH_A_PROCESS)
    for few in engine.map(guess_inside, MemberGuesses(folder), together(contained.members)):
        done += len(few)
        listener(Progress("reading inside", done, total))
        yield from few


def _in_order(guesses: Sequence[Guess]) -> list[Guess]:
    """Each container before the documents in it, which stay in the order in which they stand there."""
    places = {one.path: place for place, one in enumerate(guesses) if one.member is None}
    return sorted(guesses, key=lambda one: places[one.path])


class _Naming:
    """Makes the rows of documents.

    Args:
        names: what the sheet may name.
        needed: the identifiers of those files whose paths cannot be theirs.
        mints: whether each gets a random one.
    """

    def __init__(self, names: Names, needed: Mapping[str, str], *, mints: bool) -> None:
        self._names = names
        self._needed = needed
        self._mints = mints

    def row(self, guessed: Guess) -> StarterRow | None:
        """The row of a document, or None where no row can name it."""
        written = self._written(guessed)
        if written is None:
            return None
        given = self._needed.get(guessed.path, "") if guessed.member is None else ""
        values = {
            name: tuple(cell for value in found if (cell := fit_for_cell(value)) is not None)
            for name, found in guessed.values.items()
        }
        suggestions = {name: cells for name, cells in values.items() if cells}
        return StarterRow(written, fit_for_cell(str(uuid.uuid4()) if self._mints else given) or "", suggestions)

    def _written(self, guessed: Guess) -> str | None:
        if guessed.member is None:
            return written_name(guessed.path, self._names)
        container = self._needed.get(guessed.path) or identifier_of_path(guessed.path)
        is_unfit = not self._mints and unfit(f"{container}#{guessed.member}")
        return None if is_unfit else written_member(guessed.path, guessed.member, self._names)


def _remarks(guesses: Sequence[Guess], rows: Mapping[tuple[str, str | None], StarterRow | None]) -> Iterator[Finding]:
    for one in guesses:
        inside = "" if one.member is None else f"#{one.member}"
        where = Where(file=identifier_of_path(one.path) + inside)
        if one.problem:
            yield finding("starter.unread", where=where, found=one.problem)
        if rows[one.path, one.member] is None:
            yield finding("starter.name-unfit", where=where)
        for name, values in one.values.items():
            if len(values) > MOST_COLUMNS:
                found, expected = f"{len(values)} values of {name}", f"at most {MOST_COLUMNS}"
                yield finding("starter.suggestions-cut", where=where, found=found, expected=expected)


def _write_both(place: Path, contents: Mapping[str, bytes]) -> None:
    """Writes the files, or none of them."""
    written: list[Path] = []
    try:
        place.mkdir(parents=True, exist_ok=True)
        for name, data in contents.items():
            _write_new(place / name, data)
            written.append(place / name)
    except BaseException as error:
        for path in written:
            path.unlink()
        if isinstance(error, OSError):
            raise StorageError(
                f"the starter files could not be written: {explained(error).what}",
                where=str(place),
                remedy="Give --out DIR to write them elsewhere",
            ) from error
        raise


def _write_new(path: Path, data: bytes) -> None:
    """Writes a file that appears whole or not at all, and never in the place of another."""
    partial = path.with_name(f".{path.name}.{secrets.token_hex(4)}.partial")
    try:
        _write(partial, data)
        try:
            path.hardlink_to(partial)
        except OSError as error:
            if error.errno not in _NO_LINKS_HERE:
                raise
            _write(path, data)
    except FileExistsError:
        raise _taken(path) from None
    finally:
        partial.unlink(missing_ok=True)


def _write(path: Path, data: bytes) -> None:
    with path.open("xb") as stream:
        stream.write(data)
        stream.flush()
        os.fsync(stream.fileno())
