"""What the operating system says, in words."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from archive.errors import StorageError
from archive.storage.trouble import explained, told_in_words


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (errno.ENOSPC, "the disk is full"),
        (errno.EDQUOT, "the disk quota is used up"),
        (errno.EFBIG, "the file would become larger than is allowed here"),
        (errno.EACCES, "permission denied"),
        (errno.EPERM, "not permitted"),
        (errno.EROFS, "the file system is read-only"),
        (errno.EIO, "the disk reported an error"),
        (errno.ENAMETOOLONG, "the name is too long for this file system"),
        (errno.ELOOP, "it is a link, and links are not followed"),
        (errno.EMFILE, "too many open files"),
    ],
)
def test_common_troubles_have_words_and_a_remedy(number: int, words: str) -> None:
    told = explained(OSError(number, os.strerror(number), "a.txt"))
    assert (told.what, told.where) == (words, "a.txt")
    assert told.remedy


def test_others_keep_the_words_of_the_system() -> None:
    told = explained(OSError(errno.ENOENT, "No such file or directory", "a.txt"))
    assert (told.what, told.where, told.remedy) == ("No such file or directory", "a.txt", None)
    assert str(told) == "a.txt: No such file or directory"


def test_an_error_without_a_number_is_told_too() -> None:
    told = explained(OSError("not a pipe"))
    assert (told.what, told.where) == ("not a pipe", None)


def test_what_arrow_says_around_the_words_of_the_system_is_left_out() -> None:
    pyarrow = pytest.importorskip("pyarrow")
    with pytest.raises(OSError, match="Detail") as caught:
        pyarrow.OSFile("/nowhere/a", "wb")
    assert explained(caught.value, "a").what == "No such file or directory"


def test_the_place_that_the_caller_knows_goes_first() -> None:
    assert explained(OSError(errno.EIO, "", "a.txt"), Path("b/c.txt")).where == "b/c.txt"


def test_names_of_all_sorts_are_places() -> None:
    assert explained(OSError(errno.EIO, "", b"caf\xe9")).where == "caf\udce9"
    assert explained(OSError(errno.EIO, "", Path("a"))).where == "a"
    assert explained(OSError(errno.EIO, "", 7)).where is None


def test_within_the_context_every_error_of_the_system_is_told(tmp_path: Path) -> None:
    with pytest.raises(StorageError) as caught, told_in_words():
        (tmp_path / "none").read_bytes()
    assert caught.value.where == str(tmp_path / "none")
    assert isinstance(caught.value.__cause__, FileNotFoundError)


def test_within_the_context_other_errors_pass() -> None:
    with pytest.raises(LookupError), told_in_words():
        raise LookupError
