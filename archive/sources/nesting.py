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


_Tag = tuple[int, bytes, bytes]
"""The number of an element, its name, and its start tag."""


class Nesting:
    """The open elements; they are made of their tags once they have anything in them, which many never have."""

    __slots__ = ("_closest", "_counts", "_hints", "_made", "_names", "_number", "_open", "_paragraph", "_within")

    def __init__(self) -> None:
        self._open: list[_Tag] = []
        self._made: list[Element] = []
        self._names: list[tuple[bytes, str]] = []
        self._counts: dict[bytes, int] = {}
        self._hints: dict[str, int] = {}
        self._closest = b""
        self._number = 0
        self._paragraph: _Tag | None = None
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
            self._paragraph = (self._number, name, tag)
            return
        if name in CLOSES_ITS_LIKE and self._names and self._names[-1][1] == HINTS[name]:
            self._pop()
        if len(self._open) < (2 * _DEEPEST if name in HINTS else _DEEPEST):
            hint = HINTS.get(name, "")
            if name == b"header" and any(self._counts.get(owner, 0) for owner in OWN_HEADERS):
                hint = ""
            self._open.append((self._number, name, tag))
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
        if len(self._hints) == 1:
            (one,) = self._hints
            return one if one != "table" or self._closest in CELLS else ""
        is_of_cell = self._closest in CELLS
        return min((one for one in self._hints if is_of_cell or one != "table"), key=RANKS.__getitem__, default="")

    def within(self) -> tuple[Element, ...]:
        """What stands around the text at this place, the outermost first."""
        if self._within is None:
            made = self._made
            made.extend([_element(*tag) for tag in self._open[len(made) : _MOST_AROUND]])
            paragraph = _element(*self._paragraph) if self._paragraph is not None else None
            # What is a paragraph or the like is told only where its attributes say something.
            self._within = tuple(made) if paragraph is None or not paragraph.marks else (*made, paragraph)
        return self._within

    def _pop(self) -> None:
        self._open.pop()
        del self._made[len(self._open) :]
        name, hint = self._names.pop()
        self._counts[name] -= 1
        if hint:
            left = self._hints.pop(hint) - 1
            if left:
                self._hints[hint] = left


def _element(number: int, name: bytes, tag: bytes) -> Element:
    return Element(number, _NAMES[name], marks_of(tag))
