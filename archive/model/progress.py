"""How a verb tells its caller how far it has come; it never prints."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Progress:
    """A moment in a long piece of work.

    Attributes:
        stage: what is being done, in a word or two: `staging`, `normalising`, `checking`.
        done: items finished in this stage.
        total: items of this stage, or None where nobody knows yet.
        bytes_done: bytes finished in this stage.
        bytes_total: bytes of this stage, or None.
    """

    stage: str
    done: int
    total: int | None = None
    bytes_done: int = 0
    bytes_total: int | None = None


Listener = Callable[[Progress], None]


def unheard(_: Progress) -> None:
    """The listener for those who do not ask."""
