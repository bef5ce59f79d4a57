"""How one thread ends the work that an engine does in another."""

from __future__ import annotations

import threading
from collections.abc import Callable


class Stop:
    """A word that is given once; who works says beforehand what is to happen then."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._ends: list[Callable[[], None]] = []
        self._is_given = False

    def give(self) -> None:
        """Ends the work; returns at once, before the work has ended."""
        with self._lock:
            self._is_given = True
        for end in self._ends:
            end()

    def on_given(self, end: Callable[[], None]) -> None:
        """Has `end` called when the word is given, in the thread that gives it; at once where it was given already."""
        with self._lock:
            if not self._is_given:
                self._ends.append(end)
                return
        end()
