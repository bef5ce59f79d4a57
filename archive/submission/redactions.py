"""Reads the list of passages that are withheld: one JSON object a line, apart from the documents that it is about.

A line names a document (`document`), the file that holds its redacted text (`redacted`, a path in the corpus folder),
what is withheld (`exact`, and `prefix` and `suffix` where only that occurrence is meant, as in the Web Annotation Data
Model's TextQuoteSelector), and a coded `reason`. It quotes what is withheld, so each line goes into the bag of the
document that it quotes and into no other.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from archive.model.codes import finding
from archive.model.findings import Finding, Where

KEYS = ("document", "redacted", "exact", "prefix", "suffix", "reason")
_NEEDED = ("document", "redacted", "exact", "reason")
REASONS = ("identity", "place", "date", "family", "health", "contact", "source", "legal", "other")
"""Why a passage is withheld; the mark in its place says no more than this."""


@dataclass(frozen=True, slots=True)
class Redaction:
    """One line of the list.

    Attributes:
        document: the identifier of the document in which something is withheld.
        redacted: the path of the file that holds its redacted text.
        exact: what is withheld; without a prefix or a suffix the words, whatever their case and what joins them.
        prefix: what must stand before it, or an empty string.
        suffix: what must stand after it, or an empty string.
        reason: one of `REASONS`.
        row: the line, from 1.
    """

    document: str
    redacted: str
    exact: str
    prefix: str
    suffix: str
    reason: str
    row: int

    @property
    def is_of_one_place(self) -> bool:
        """Whether the line is about one place in its document, so that the words themselves may be no secret."""
        return bool(self.prefix or self.suffix)


@dataclass(frozen=True, slots=True)
class Redactions:
    """The whole list.

    Attributes:
        path: of the file, relative to the corpus folder.
        entries: what is well formed in it.
        lines: the document that each line is about, or the file that holds it with others once those are known, and
            the line's bytes with its end.
    """

    path: str
    entries: tuple[Redaction, ...] = ()
    lines: tuple[tuple[str, bytes], ...] = ()

    def owned(self, owner: Callable[[str], str | None]) -> Redactions:
        """The same with each line under the identifier of the file that its document belongs to, where there is one."""
        return replace(self, lines=tuple((owner(document) or document, line) for document, line in self.lines))

    def of(self, documents: frozenset[str]) -> bytes:
        """The lines about some documents, as they stand."""
        return b"".join(line for document, line in self.lines if document in documents)


def read_redactions(data: bytes, path: str) -> tuple[Redactions, tuple[Finding, ...]]:
    """The list, and what is wrong with it: findings never quote a line."""
    entries: list[Redaction] = []
    lines: list[tuple[str, bytes]] = []
    findings: list[Finding] = []
    for row, line in enumerate(data.splitlines(keepends=True), start=1):
        if not line.strip():
            continue
        try:
            said = json.loads(line)
        except (ValueError, RecursionError):
            said = None
        wrong = list(_faults(said))
        findings.extend(
            finding("redactions.malformed", where=Where(file=path, row=row), found=what, expected=expected)
            for what, expected in wrong
        )
        if not wrong:
            entries.append(Redaction(**{key: said.get(key, "") for key in KEYS}, row=row))
            lines.append((said["document"], line if line.endswith(b"\n") else line + b"\n"))
    return Redactions(path, tuple(entries), tuple(lines)), tuple(findings)


def looks_like_redactions(line: bytes) -> bool:
    """Whether a line of some file of JSON lines is one of such a list."""
    try:
        said = json.loads(line)
    except (ValueError, RecursionError):
        return False
    return isinstance(said, dict) and {"redacted", "exact"} <= said.keys()


def _faults(said: Any) -> Iterator[tuple[str, str]]:
    if not isinstance(said, dict):
        yield "no JSON object", 'a line such as {"document": ..., "redacted": ..., "exact": ..., "reason": ...}'
        return
    for key in sorted(said.keys() - set(KEYS)):
        yield f"the key {key[:40]}", f"one of {', '.join(KEYS)}"
    for key in KEYS:
        value = said.get(key, "")
        if not isinstance(value, str) or (key in _NEEDED and not value.strip()):
            yield f"{key} is missing or no text", "text"
    if said.get("reason") not in REASONS:
        yield "a reason that is not known", f"one of {', '.join(REASONS)}"
    path = said.get("redacted")
    if isinstance(path, str) and (path.startswith("/") or ".." in path.split("/") or not path.endswith(".txt")):
        yield "a path that cannot be used", "the path of a .txt file in the corpus folder, such as open/letter.txt"
