"""People whom a document names where nobody sees it: one finding for each kind of thing.

A finding says what is hidden and of how many people, and never their names: reports are read, kept and sent by more
people than the document.
"""

from __future__ import annotations

from collections.abc import Iterator

from archive.model.codes import finding
from archive.model.findings import Finding, Where
from archive.sources.properties import tidy
from archive.sources.unseen.nobody import NOBODY
from archive.sources.unseen.pictures import hidden_in_pictures

HIDDEN = "original.hidden-personal-data"
"""The code of the finding."""
NOT_SEARCHED = "original.not-searched"
"""That of the finding that says that nobody has looked."""
_MOST = 20
_LONGEST = 80


class People:
    """Gathers them.

    Args:
        path: the document, for findings.

    Attributes:
        left: what was not looked through, in words, each once.
    """

    def __init__(self, path: str) -> None:
        self._path = path
        self._seen: dict[str, set[str]] = {}
        self.left: dict[str, None] = {}

    def add(self, kind: str, name: str, known: frozenset[str] = frozenset()) -> None:
        """Notes a name, unless it is a program's or nobody's, or one of those that the document states openly."""
        name = tidy(name)[:_LONGEST]
        if name.casefold() not in NOBODY and name not in known:
            self.note(kind)
            self._seen.get(kind, set()).add(name)

    def note(self, what: str) -> None:
        """Notes what is hidden, where it names nobody."""
        if len(self._seen) < _MOST:
            self._seen.setdefault(what, set())

    def leave(self, what: str) -> None:
        """Notes what is not looked through."""
        if len(self.left) < _MOST:
            self.left.setdefault(what)

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

    def kinds(self) -> Iterator[str]:
        """What is hidden, in words, in the order of the document; at most a few."""
        for what, names in self._seen.items():
            yield f"{what} ({len(names):,} people)" if len(names) > 1 else what

    def findings(self) -> Iterator[Finding]:
        """One for each kind, and one for all that was not looked through."""
        where = Where(file=self._path)
        for what in self.kinds():
            yield finding(HIDDEN, where=where, found=what)
        if self.left:
            yield finding(NOT_SEARCHED, where=where, found="; ".join(self.left))
