"""Work that goes on behind the back of who gives it, one piece at a time: for what lets others run meanwhile."""

from __future__ import annotations

import threading
from collections.abc import Callable


class Behind:
    """Does pieces of work in a thread of its own, in their order; no more than one waits to be done."""

    def __init__(self) -> None:
        self._thread: threading.Thread | None = None
        self._error: BaseException | None = None

    def do(self, work: Callable[[], object]) -> None:
        """Begins a piece of work once the one before is done.

        Args:
            work: it.

        Raises:
            Exception: what the one before raised; then this one is not begun.
        """
        self.wait()
        self._thread = threading.Thread(target=self._try, args=(work,))
        self._thread.start()

    def wait(self) -> None:
        """Waits until nothing is left to be done.

        Raises:
            Exception: what the last piece of work raised.
        """
        if self._thread is not None:
            self._thread.join()
            self._thread = None
        error, self._error = self._error, None
        if error is not None:
            raise error

    def _try(self, work: Callable[[], object]) -> None:
        try:
            work()
        except BaseException as error:  # noqa: BLE001 - raised in the thread of who waits for it
            self._error = error
