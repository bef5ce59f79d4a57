"""Errors say what, where and what to do, and travel between processes."""

from __future__ import annotations

import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive import errors
from archive.errors import (
    ArchiveError,
    BagUnreadableError,
    LimitError,
    LockedError,
    SourceChangedError,
    SourceUnreadableError,
    StorageError,
    TargetExistsError,
    UnreachableError,
    UsageError,
    WorkerError,
)

KINDS = [one for one in vars(errors).values() if isinstance(one, type) and issubclass(one, ArchiveError)]


@pytest.mark.parametrize("kind", KINDS)
@given(what=st.text(), where=st.none() | st.text(), remedy=st.none() | st.text())
def test_every_kind_travels_whole(kind: type[ArchiveError], what: str, where: str | None, remedy: str | None) -> None:
    error = kind(what, where=where, remedy=remedy)
    again = pickle.loads(pickle.dumps(error))
    assert type(again) is kind
    assert (again.what, again.where, again.remedy) == (what, where, remedy)
    assert str(again) == str(error)
    assert again.args == error.args


@pytest.mark.parametrize(
    ("where", "remedy", "said"),
    [
        (None, None, "the disk is full"),
        ("a.txt", None, "a.txt: the disk is full"),
        (None, "Free some space", "the disk is full. Free some space"),
        ("a.txt", "Free some space", "a.txt: the disk is full. Free some space"),
    ],
)
def test_it_says_what_where_and_what_to_do(where: str | None, remedy: str | None, said: str) -> None:
    assert str(ArchiveError("the disk is full", where=where, remedy=remedy)) == said


@pytest.mark.parametrize(
    ("kind", "code"),
    [
        (ArchiveError, 3),
        (UsageError, 2),
        (TargetExistsError, 1),
        (BagUnreadableError, 3),
        (StorageError, 3),
        (SourceUnreadableError, 3),
        (SourceChangedError, 3),
        (LockedError, 3),
        (WorkerError, 3),
        (LimitError, 3),
        (UnreachableError, 3),
    ],
)
def test_the_exit_codes(kind: type[ArchiveError], code: int) -> None:
    assert kind("what").exit_code == code
    assert kind in KINDS


def test_no_kind_is_forgotten_above() -> None:
    assert len(KINDS) == 11


def test_every_kind_says_what_it_is() -> None:
    assert all(kind.__doc__ and kind.__doc__ != Exception.__doc__ for kind in KINDS)
