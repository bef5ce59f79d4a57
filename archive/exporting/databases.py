"""What a database says of rows that it does not take, in our words."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from archive.errors import StorageError


@contextmanager
def told_of(path: Path, clash: type[Exception], other: type[Exception]) -> Iterator[None]:
    """Raises `StorageError` for any error of a database within.

    Args:
        path: of the database.
        clash: what it raises where a key is there twice, or refers to none; it is tried first.
        other: what it raises otherwise.
    """
    try:
        yield
    except clash as error:
        what = f"two rows have the same key, or one refers to none ({_first_line(error)})"
        remedy = "Run `archive validate` on the bags; keys are unique in a bag of ours"
        raise StorageError(what, where=str(path), remedy=remedy) from error
    except other as error:
        what = f"the database cannot be written ({_first_line(error)})"
        raise StorageError(what, where=str(path), remedy="Make room, or choose another --to") from error


def _first_line(error: Exception) -> str:
    return str(error).split("\n", 1)[0]
