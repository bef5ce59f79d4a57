"""What all steps of a recipe have in common."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, runtime_checkable

if TYPE_CHECKING:
    from archive.normalise.draft import Draft


@runtime_checkable
class Step(Protocol):
    """One step of a recipe: it writes labels on the draft, never text.

    A step reads nothing but the draft and its own settings, so that the same reading and evidence give the same
    labels; `tests/contracts/steps.py` holds every step to that.
    """

    @property
    def name(self) -> str:
        """What the step is called, the same for all its settings."""
        ...

    @property
    def version(self) -> str:
        """Raised whenever its labels may change."""
        ...

    def apply(self, draft: Draft) -> None:
        """Label the draft."""
        ...
