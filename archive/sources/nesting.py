"""Which elements of HTML are open at a place: what hints follow, and what stands around a block."""

from __future__ import annotations

from archive.model.blocks import Element
from archive.sources.elements import BREAKING, CELLS, CLOSES_ITS_LIKE, HINTS, KEPT_OPEN, OF_TABLES, OWN_HEADERS, RANKS
from archive.sources.marks import marks_of

_DEEPEST = 512
"""As in browsers; what is nested deeper hints at nothing, and twice that for what hints."""
_MOST_AROUND = 64
"""Elements that are told of each block, from the outermost."""
_NAMES = {name: name.decode("ascii") for name in BREAKING}


class Nesting:
    """The open elements."""

    __slots__ = ("_closest", "_counts", "_hints", "_names", "_number", "_open", "_paragraph", "_within")

    def __init__(self) -> None:
        self._open: list[Element] = []
        self._names: list[tuple[bytes, str]] = []
        self._counts: dict[bytes, int] = {}
        self._hints: dict[str, int] = {}
        self._closest = b""
        self._number = 0
        self._paragraph: Element | None = None
        self._within: tuple[Element, ...] | None = ()

    def begin(self, name: bytes, tag: bytes) -> None:
        """A start tag.

        Args:
            name: in lower case, one of `BREAKING`.
            tag: all of its bytes.
        """
        self._closest = name
        self._within = None
        self._paragraph = None
        self._number += 1
        if name not in KEPT_OPEN:
            marks = marks_of(tag)
            self._paragraph = Element(self._number, _NAMES[name], marks) if marks else None
            return
        if name in CLOSES_ITS_LIKE and self._names and self._names[-1][1] == HINTS[name]:
            self._pop()
        if len(self._open) < (2 * _DEEPEST if name in HINTS else _DEEPEST):
            hint = HINTS.get(name, "")
            if name == b"header" and any(self._counts.get(owner, 0) for owner in OWN_HEADERS):
                hint = ""
            self._open.append(Element(self._number, _NAMES[name], marks_of(tag)))
            self._names.append((name, hint))
            self._counts[name] = self._counts.get(name, 0) + 1
            if hint:
                self._hints[hint] = self._hints.get(hint, 0) + 1

    def end(self, name: bytes) -> None:
        """An end tag; one that closes nothing is passed over, and none but that of a table ends what is around one."""
        self._closest = b""
        self._within = None
        self._paragraph = None
        if not self._counts.get(name, 0):
            return
        depth = len(self._names) - 1
        while self._names[depth][0] != name:
            if self._names[depth][0] in CELLS and name not in OF_TABLES:
                return
            depth -= 1
        while len(self._open) > depth:
            self._pop()

    def hint(self) -> str:
        """What the text at this place is; a cell of a table only where it holds the text directly."""
        if not self._hints:
            return ""
        is_of_cell = self._closest in CELLS
        return min((one for one in self._hints if is_of_cell or one != "table"), key=RANKS.__getitem__, default="")

    def within(self) -> tuple[Element, ...]:
        """What stands around the text at this place, the outermost first."""
        if self._within is None:
            around = self._open[:_MOST_AROUND]
            self._within = tuple(around) if self._paragraph is None else (*around, self._paragraph)
        return self._within

    def _pop(self) -> None:
        self._open.pop()
        name, hint = self._names.pop()
        self._counts[name] -= 1
        if hint:
            left = self._hints.pop(hint) - 1
            if left:
                self._hints[hint] = left
