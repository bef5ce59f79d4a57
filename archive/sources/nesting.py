"""Which elements of HTML are open at a place, as far as hints need it; constant time for each tag."""

from __future__ import annotations

from archive.sources.elements import CLOSES_ITS_LIKE, HINTS, RANKS, SCOPES

_DEEPEST = 512
"""As in browsers; what is nested deeper hints at nothing."""


class Nesting:
    """The open elements that hint at something."""

    __slots__ = ("_closest", "_counts", "_hints", "_open")

    def __init__(self) -> None:
        self._open: list[bytes] = []
        self._counts: dict[bytes, int] = {}
        self._hints: dict[str, int] = {}
        self._closest = b""

    def begin(self, name: bytes) -> None:
        """A start tag."""
        self._closest = name
        if name not in HINTS and name not in SCOPES:
            return
        if name in CLOSES_ITS_LIKE and self._open and HINTS.get(self._open[-1]) == HINTS[name]:
            self._pop()
        if len(self._open) < _DEEPEST:
            self._open.append(name)
            self._counts[name] = self._counts.get(name, 0) + 1
            hint = HINTS.get(name, "")
            self._hints[hint] = self._hints.get(hint, 0) + 1

    def end(self, name: bytes) -> None:
        """An end tag; one that closes nothing is passed over."""
        self._closest = b""
        while self._counts.get(name, 0):
            if self._pop() == name:
                return

    def hint(self) -> str:
        """What the text at this place is; a cell of a table only where it holds the text directly."""
        open_hints = [hint for hint, count in self._hints.items() if count and hint]
        if self._closest not in {b"td", b"th"}:
            open_hints = [hint for hint in open_hints if hint != "table"]
        return min(open_hints, key=RANKS.__getitem__, default="")

    def _pop(self) -> bytes:
        name = self._open.pop()
        self._counts[name] -= 1
        self._hints[HINTS.get(name, "")] -= 1
        return name
