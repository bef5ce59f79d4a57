"""Recipes: the steps that label, in order, with their versions and settings.

A recipe is an input of every text that it makes, so the bag spells it out, and each document's record holds its
digest. A step is a frozen dataclass with a `name` and a `version`; its fields are its settings.
"""

from __future__ import annotations

import dataclasses
import hashlib
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from archive.model.canonical import canonical_json
from archive.model.settings import unusual

if TYPE_CHECKING:
    from archive.normalise.step import Step

ASKS_EVIDENCE = "recognise-phrases"
"""The step whose labels depend on what the whole corpus says of lines."""
REPAIRING = "ftfy"
"""The distribution that repairs encodings."""
DEPENDENCIES = ("lxml", "pycld2", "pygfried", "pypdfium2", "resiliparse")
"""Distributions whose version can change a label, or a layer that labels are about."""


@dataclass(frozen=True, slots=True)
class Recipe:
    """A name and the steps in order; without steps no text is made at all.

    Attributes:
        name: what it is called.
        steps: what labels, in order.
        repairs: whether text that was decoded with the wrong encoding is repaired before it is labelled.
        divides: whether a text without markup is divided into lines before it is labelled; else it is one block.
        compares: whether texts are held against each other, so that near-duplicates are found.
        limits: how much of a document is read, where that is unusual, sorted by name (`archive.model.settings`).
    """

    name: str
    steps: tuple[Step, ...]
    repairs: bool = False
    divides: bool = True
    compares: bool = True
    limits: tuple[tuple[str, int], ...] = ()

    def within(self, settings: Mapping[str, int]) -> Recipe:
        """The same steps for documents of which so much is read."""
        return dataclasses.replace(self, limits=tuple(unusual(settings).items()))

    @property
    def asks_evidence(self) -> bool:
        """Whether labels depend on what the whole corpus says of lines."""
        return any(step.name == ASKS_EVIDENCE for step in self.steps)

    def describe(self) -> dict[str, Any]:
        """The recipe as `bag.json` spells it out: steps with versions and settings, Unicode, dependencies."""
        found: dict[str, Any] = {
            "name": self.name,
            "steps": [
                {"name": step.name, "version": step.version, "settings": dataclasses.asdict(step)}  # type: ignore[call-overload]  # the contract of steps: they are dataclasses
                for step in self.steps
            ],
            "unicode": unicodedata.unidata_version,
            "dependencies": {name: _version_of(name) for name in self._dependencies},
        }
        if not self.compares:
            found["compares"] = False
        if self.limits:
            found["limits"] = dict(self.limits)
        return found

    @property
    def _dependencies(self) -> tuple[str, ...]:
        if not self.steps:
            return ()
        return (*DEPENDENCIES, REPAIRING) if self.repairs else DEPENDENCIES

    def digest(self) -> str:
        """The sha256 of the canonical JSON of `describe()`, in lower-case hex."""
        return hashlib.sha256(canonical_json(self.describe())).hexdigest()


@cache
def _version_of(distribution: str) -> str:
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version(distribution)
    except PackageNotFoundError:
        return "unknown"
