"""What can be read off one document before anybody has described it: the guesses of `init`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from archive.engine import Loss, Part, parts, weigh
from archive.errors import LimitError, StorageError
from archive.model.blocks import Observation, Reading
from archive.model.containers import NO_RENAMES, holds_many
from archive.model.fields import FIELD
from archive.normalise.documents import normalise
from archive.normalise.recipes import recipe_named
from archive.packing.opening import Opening
from archive.packing.places import place_in
from archive.sources.containers import Member
from archive.sources.limits import Limits
from archive.sources.reading import read
from archive.storage.kinds import kind_in
from archive.storage.local import LocalStore
from archive.storage.stores import read_whole
from archive.submission.identifiers import shown

_FOR_PEOPLE_ALONE = frozenset({"access_level", "review_date"})
"""Fields that no program may suggest: who may read a document is for a person to decide."""
_LIMITS = Limits()
_IN_BATCH = 16
"""Documents of one container that are read one after the other."""


@dataclass(frozen=True, slots=True)
class Guess:
    """What one document states of itself.

    Attributes:
        path: of the document, relative to the folder.
        values: field -> values; one value for a field that holds one.
        problem: why the document could not be read, or an empty string.
        member: its name in the container, where it lies in one; `path` is that of the container.
    """

    path: str
    values: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    problem: str = ""
    member: str | None = None


def guess(folder: str, path: str) -> Guess:
    """Reads a document and keeps what it states of itself.

    Args:
        folder: the folder of documents.
        path: the document in it.

    Returns:
        The guess; empty for a file that holds many documents, which are guessed at one by one, and for one that is too
        large to be read.
    """
    part, _ = next(parts((path,)))
    if part.loss is not None:
        return Guess(path, problem=_how_lost(part.loss))
    part.limit(_LIMITS.of_document)
    try:
        with LocalStore(folder).reader() as reader:
            with reader.open(path) as stream:
                kind = kind_in(path, stream, NO_RENAMES)
            if holds_many(kind):
                return Guess(path)
            data = read_whole(reader, path, _LIMITS.largest_file)
    except LimitError:
        return Guess(path)
    except StorageError as error:
        return Guess(path, problem=error.what)
    return Guess(path, _stated(read(path, data, limits=_LIMITS)))


@dataclass(frozen=True, slots=True)
class Together:
    """Documents of one container that are read one after the other.

    Attributes:
        path: of the container, relative to the folder.
        members: they.
    """

    path: str
    members: tuple[Member, ...]


def together(members: Mapping[str, Sequence[Member]]) -> Iterator[Together]:
    """The documents of containers, by path, a few at a time."""
    return (Together(path, few) for path, all_in in members.items() for few in _few(all_in))


def _few(members: Sequence[Member]) -> Iterator[tuple[Member, ...]]:
    return (tuple(members[at : at + _IN_BATCH]) for at in range(0, len(members), _IN_BATCH))


@dataclass(frozen=True)
class MemberGuesses:
    """What all tasks share that guess at documents in containers.

    Attributes:
        folder: where the containers are.
    """

    folder: Path

    def __getstate__(self) -> dict[str, object]:
        return {"folder": self.folder}

    @cached_property
    def _opening(self) -> Opening:
        return Opening(NO_RENAMES, _LIMITS)

    def guess(self, part: Part, path: str, member: Member) -> Guess:
        """Reads one document and keeps what it states of itself, as `guess` does.

        Raises:
            HeavyError: it is too large for the process that leads.
        """
        if part.loss is not None:
            return Guess(path, problem=_how_lost(part.loss), member=member.name)
        weigh(member.end - member.start)
        part.limit(_LIMITS.of_document)
        try:
            container = self._opening.at(place_in(self.folder, path), shown(path))
            return Guess(path, _stated(container.content(member).reading), member=member.name)
        except StorageError as error:
            return Guess(path, problem=error.what, member=member.name)


def guess_inside(shared: MemberGuesses, item: Together) -> tuple[Guess, ...]:
    """The task for an engine."""
    return tuple([shared.guess(part, item.path, member) for part, member in parts(item.members)])


def _how_lost(loss: Loss) -> str:
    """Why a document was given up, in words."""
    return f"it took more than {_LIMITS.document_seconds} s of processor time" if loss.is_late else loss.how


def _stated(reading: Reading) -> dict[str, tuple[str, ...]]:
    return strongest(reading.embedded, normalise(reading, recipe_named("default")).observations)


def strongest(*sources: Iterable[Observation]) -> dict[str, tuple[str, ...]]:
    """The values of each field from the first source that states any, without repeats.

    Args:
        sources: the strongest first.
    """
    chosen: dict[str, tuple[str, ...]] = {}
    for source in sources:
        found: dict[str, dict[str, None]] = {}
        for one in source:
            if one.field not in _FOR_PEOPLE_ALONE:
                found.setdefault(one.field, {})[one.value] = None
        for name, values in found.items():
            chosen.setdefault(name, tuple(values) if FIELD[name].many else tuple(values)[:1])
    return chosen
