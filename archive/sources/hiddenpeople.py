"""People whom a document names where nobody sees it: one finding for each kind of thing.

A finding says what is hidden and of how many people, and never their names: reports are read, kept and sent by more
people than the document.
"""

from __future__ import annotations

from collections.abc import Iterator

from archive.model.codes import finding
from archive.model.findings import Finding, Where
from archive.sources.pictures import hidden_in_pictures
from archive.sources.properties import tidy

_OF_NOBODY = frozenset(
    {"", "author", "user", "admin", "administrator", "owner", "unknown", "anonymous", "microsoft office user"}
    | {"python-docx", "windows user", "microsoft", "unknown author", "root", "guest", "none"}
)
_MOST = 20
_LONGEST = 80


class People:
    """Gathers them.

    Args:
        path: the document, for findings.
    """

    def __init__(self, path: str) -> None:
        self._path = path
        self._seen: dict[str, set[str]] = {}

    def add(self, kind: str, name: str, known: frozenset[str] = frozenset()) -> None:
        """Notes a name, unless it is a program's or nobody's, or one of those that the document states openly."""
        name = tidy(name)[:_LONGEST]
        if name.casefold() not in _OF_NOBODY and name not in known:
            self.note(kind)
            self._seen.get(kind, set()).add(name)

    def note(self, what: str) -> None:
        """Notes what is hidden, where it names nobody."""
        if len(self._seen) < _MOST:
            self._seen.setdefault(what, set())

    def add_pictures(self, data: bytes) -> None:
        """Notes what pictures hide.

        Args:
            data: a picture, or a file that holds some as they are.
        """
        for kind, name in hidden_in_pictures(data):
            if name:
                self.add(kind, name)
            else:
                self.note(kind)

    def findings(self) -> Iterator[Finding]:
        """One for each kind, in the order of the document; at most a few."""
        for what, names in self._seen.items():
            people = f" ({len(names):,} people)" if len(names) > 1 else ""
            yield finding("original.hidden-personal-data", where=Where(file=self._path), found=what + people)
