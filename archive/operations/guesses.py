"""What can be read off one document before anybody has described it: the guesses of `init`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from archive.engine import parts
from archive.errors import LimitError, StorageError
from archive.model.blocks import Observation
from archive.model.containers import NO_RENAMES, holds_many
from archive.model.fields import FIELD
from archive.normalise.documents import normalise
from archive.normalise.recipes import recipe_named
from archive.sources.limits import Limits
from archive.sources.reading import read
from archive.storage.kinds import kind_in
from archive.storage.local import LocalStore
from archive.storage.stores import read_whole

_FOR_PEOPLE_ALONE = frozenset({"access_level", "review_date"})
"""Fields that no program may suggest: who may read a document is for a person to decide."""
_LIMITS = Limits()
_TOO_SLOW = f"it took more than {_LIMITS.document_seconds} s of processor time"


@dataclass(frozen=True, slots=True)
class Guess:
    """What one document states of itself.

    Attributes:
        path: of the document, relative to the folder.
        values: field -> values; one value for a field that holds one.
        problem: why the document could not be read, or an empty string.
    """

    path: str
    values: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    problem: str = ""


def guess(folder: str, path: str) -> Guess:
    """Reads a document and keeps what it states of itself.

    Args:
        folder: the folder of documents.
        path: the document in it.

    Returns:
        The guess; empty for a file that holds many documents, since a row could not say which it is about, and for
        one that is too large to be read.
    """
    part, _ = next(parts((path,)))
    if part.loss is not None:
        return Guess(path, problem=_TOO_SLOW if part.loss.is_late else part.loss.how)
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
    reading = read(path, data, limits=_LIMITS)
    extracted = normalise(reading, recipe_named("default")).observations
    return Guess(path, strongest(reading.embedded, extracted))


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
