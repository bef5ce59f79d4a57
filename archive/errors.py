"""What the package raises when a thing could not be done or a check could not be made.

A *finding* (`archive.model.findings`) is a value that says what is wrong with somebody's corpus or bag. An
*exception* means that the work itself could not be finished. Every exception here says what happened, where, and
what to do, and survives pickling, so that it reaches the caller from a worker process unchanged.
"""

from __future__ import annotations

from typing import Any, Self


class ArchiveError(Exception):
    """The root of all errors of this package.

    Args:
        what: what happened, one sentence without a full stop.
        where: the file, folder, bag or document that it happened to.
        remedy: what a person can do about it.
    """

    exit_code = 3
    """The exit code of the command line: 3, the check could not be made."""

    def __init__(self, what: str, *, where: str | None = None, remedy: str | None = None) -> None:
        super().__init__(what)
        self.what = what
        self.where = where
        self.remedy = remedy

    def __str__(self) -> str:
        place = f"{self.where}: " if self.where else ""
        remedy = f". {self.remedy}" if self.remedy else ""
        return f"{place}{self.what}{remedy}"

    def __reduce__(self) -> tuple[Any, ...]:
        return _rebuild, (type(self), self.what, self.where, self.remedy)

    @classmethod
    def _again(cls, what: str, where: str | None, remedy: str | None) -> Self:
        return cls(what, where=where, remedy=remedy)


def _rebuild(kind: type[ArchiveError], what: str, where: str | None, remedy: str | None) -> ArchiveError:
    return kind._again(what, where, remedy)


class UsageError(ArchiveError):
    """The call itself was wrong: an option, a name, a folder that is not a corpus."""

    exit_code = 2


class TargetExistsError(UsageError):
    """The place where a bag was to appear is taken, by other contents."""

    exit_code = 1


class BagUnreadableError(ArchiveError):
    """The bag could not be opened at all, so nothing can be said of it."""


class StorageError(ArchiveError):
    """Reading or writing failed: a full disk, a read-only folder, a file that may not be read."""


class UnreachableError(ArchiveError):
    """A service behind an address gave no answer, or one that says nothing of what was asked for."""


class SourceUnreadableError(StorageError):
    """A source could not be read, where everything else goes well."""


class SourceChangedError(ArchiveError):
    """A source changed while it was being read, so that what was staged is no one version of it."""


class LockedError(ArchiveError):
    """Another run is writing the same bag."""


class WorkerError(ArchiveError):
    """A worker process died or raised what it should not have."""


class LimitError(ArchiveError):
    """A bound that protects the machine was passed (see the dataclass that names it)."""
