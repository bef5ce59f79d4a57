"""The verb `redact`: makes the redacted texts that the list of a corpus asks for, to be read before packing."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping
from pathlib import Path

from archive.errors import UsageError
from archive.model.codes import finding
from archive.model.findings import Finding, Where, errors_in
from archive.model.reports import Report, Verdict
from archive.model.settings import NONE_GIVEN
from archive.packing.corpus import chosen_limits_of
from archive.packing.places import place_in
from archive.packing.taking import shown
from archive.packing.withholding import REDACTED, Redacted, redacted_texts
from archive.sources.limits import Limits
from archive.storage.trouble import told_in_words
from archive.submission import read_submission
from archive.submission.sidecars import ENDING

_LONGEST_SIDECAR = 1 << 20


def redact(folder: str | os.PathLike[str], *, replace: bool = False, limits: Mapping[str, int] = NONE_GIVEN) -> Report:
    """Writes the redacted texts into a corpus folder, each with a sidecar that says what it is.

    Nobody can tell from a redacted text whether an earlier list made it or a person has worked on it, so one that
    differs stays as it is until it is asked for anew; no other file is ever written over. Who may read a redacted text
    is for the sheet to say.

    Args:
        folder: the corpus folder, whose corpus.toml names the list under `redactions`.
        replace: make redacted texts anew that differ from what the list and the document give now.
        limits: how much of a document is read, as for `pack`, which has to be given the same.

    Returns:
        A report: `counts` has `written` and `same`; `invalid` where a text could not be made.

    Raises:
        UsageError: there is no such folder, it holds no corpus.toml, or that names no list; or a limit is unknown.
        StorageError: the disk refused.
    """
    place = Path(folder)
    submission = read_submission(place)
    if submission.corpus.redactions is None:
        raise UsageError(
            "corpus.toml names no list of passages that are withheld",
            where=str(place / "corpus.toml"),
            remedy="Add `redactions = \"withheld.jsonl\"`; see 'Redactions' in the README",
        )
    chosen = Limits.of(chosen_limits_of(submission, limits))
    known = [one for one in submission.findings if one.code.startswith(("redactions.", "corpus."))]
    counts = {"written": 0, "same": 0}
    findings: list[Finding] = list(known)
    if not errors_in(known):
        for one in redacted_texts(submission, place, chosen):
            findings.extend(one.findings)
            findings.extend(_written(one, place, counts, replace=replace))
    return Report(
        command="redact",
        verdict=Verdict.INVALID if errors_in(findings) else Verdict.VALID,
        findings=tuple(sorted(findings, key=lambda one: one.order)),
        counts=counts,
    )


def _written(one: Redacted, folder: Path, counts: dict[str, int], *, replace: bool) -> Iterator[Finding]:
    if one.data is None:
        return
    target, sidecar = place_in(folder, one.path), place_in(folder, one.path + ENDING)
    where = Where(file=shown(one.path))
    if not target.resolve().is_relative_to(folder.resolve()) or target.is_symlink():
        yield finding("redactions.not-written", where=where, found="a path that leads out of the folder")
        return
    with told_in_words(target):
        is_there = target.exists()
        if is_there and target.read_bytes() == one.data:
            counts["same"] += 1
        elif is_there and not _is_ours(sidecar):
            yield finding("redactions.not-written", where=where, found="a file that was not made so")
            return
        elif is_there and not replace:
            yield finding("redactions.differs", where=where)
            return
        else:
            counts["written"] += 1
            target.parent.mkdir(parents=True, exist_ok=True)
            _replace(target, one.data)
        if not os.path.lexists(sidecar):
            _replace(sidecar, json.dumps({"capture_form": REDACTED}, indent=2).encode() + b"\n")


def _is_ours(sidecar: Path) -> bool:
    """Whether a sidecar says that its file is a redacted text."""
    try:
        with sidecar.open("rb") as file:
            said = json.loads(file.read(_LONGEST_SIDECAR))
    except (OSError, ValueError, RecursionError):
        return False
    return isinstance(said, dict) and said.get("capture_form") == REDACTED


def _replace(target: Path, data: bytes) -> None:
    """Writes a file whole or not at all."""
    partial = target.with_name(f".{target.name}.partial")
    partial.write_bytes(data)
    partial.replace(target)
