"""What RTF says of people outside of its text."""

from __future__ import annotations

import time

import pytest

from archive.sources import read
from archive.sources.unseen import richtext
from archive.sources.unseen.people import People
from tests.sources.unseen.test_pictures import exif, jpeg

PICTURE = jpeg(exif(place=True)).hex()


def kinds(inner: str) -> list[str]:
    people = People("a.rtf")
    richtext.look(rb"{\rtf1\ansi " + inner.encode() + b"}", people)
    return list(people.kinds())


@pytest.mark.parametrize(
    ("inner", "found"),
    [
        (r"{\info{\author Ada Quill}}", "the author in the properties"),
        (r"{\info{\author \u44032?\u45208 }}", "the author in the properties"),
        (r"{\info{\operator ada}}", "who saved the file last"),
        (r"{\info{\manager Jon Reed}}", "the manager in the properties"),
        (r"{\*\atnid AQ}{\*\atnauthor Ada Quill}", "the author of a comment (2 people)"),
        (r"{\*\revtbl {Unknown;}{Ada Quill;}{Jon\'e9;}}", "the author of a tracked change (2 people)"),
        (r"words \deleted no\deleted0  words", "text that was deleted, kept by change tracking"),
        (r"words {\v secret} words", "text that is formatted as hidden"),
        (r"{\stylesheet{\s0 Normal;}} words {\v secret}", "text that is formatted as hidden"),
        (r"{\*\template C:\\Users\\ada\\a.dot}", "a path with a user's name"),
        (r"{\pict\jpegblip " + PICTURE[:300] + "\n" + PICTURE[300:] + "}", "the place where a picture was taken"),
    ],
)
def test_what_it_hides_is_found(inner: str, found: str) -> None:
    assert kinds(inner) == [found]


@pytest.mark.parametrize(
    "inner",
    [
        r"{\info{\author }{\operator Administrator}}",
        r"{\*\revtbl {Unknown;}}",
        r"{\stylesheet{\s0 Normal;}{\*\cs5 \v Not used;}} words \viewkind4",
        r"{\stylesheet{\s0 Normal;}",
        r"Ada {\b said} that \{author\} is a word.",
        r"{\pict\jpegblip " + "00" * 300 + "}",
    ],
)
def test_what_is_no_secret(inner: str) -> None:
    assert kinds(inner) == []


def test_a_document_is_looked_through() -> None:
    found = read("a.rtf", rb"{\rtf1{\info{\author Ada Quill}}Words.}").findings
    assert [(one.code, one.found) for one in found] == [
        ("text.not-read", "application/rtf"),
        ("original.hidden-personal-data", "the author in the properties"),
    ]


@pytest.mark.parametrize("inner", ["{\\info{\\author" + " " * 500_000, "\\pict" + ("a" * 511 + " ") * 1000])
def test_time_grows_with_the_file_alone(inner: str) -> None:
    before = time.process_time()
    kinds(inner)
    assert time.process_time() - before < 0.5
