from __future__ import annotations

import pytest

from archive.normalise.bylines import is_byline, names_in_byline
from archive.normalise.names import has_honorific, is_person
from archive.normalise.vocabulary import vocabulary


@pytest.mark.parametrize(
    ("line", "people"),
    [
        ("By Ada Quill", ("Ada Quill",)),
        ("By Ada Quill and Jon Reed | 3 May 2011", ("Ada Quill", "Jon Reed")),
        ("By ADA QUILL, Staff Writer", ("ADA QUILL",)),
        ("Posted by Ada on 3 May 2011", ("Ada",)),
        ("Von Karl-Heinz Ostermann", ("Karl-Heinz Ostermann",)),
        ("Par Jean-Luc de la Tour", ("Jean-Luc de la Tour",)),
        ("Автор: Ольга Рябинина", ("Ольга Рябинина",)),
        ("한유진 기자", ("한유진",)),
        ("[한유진 기자]", ("한유진",)),
        ("记者 李文静", ("李文静",)),
        ("Author: J. R. Hale", ("J. R. Hale",)),
    ],
)
def test_bylines(line: str, people: tuple[str, ...]) -> None:
    assert names_in_byline(line, vocabulary()) == people


@pytest.mark.parametrize(
    "line",
    [
        "By the river",
        "By Associated Press",
        "By Staff",
        "By Monday it was over.",
        "Ada Quill",
        "von der Leine",
        "by 3 May 2011",
        "By " + "Ada Quill " * 30,
        "",
    ],
)
def test_lines_that_are_no_bylines(line: str) -> None:
    assert names_in_byline(line, vocabulary()) == ()


def test_names() -> None:
    words = vocabulary()
    assert is_person("Joost van den Berg", words)
    assert is_person("Dr Amina Castellane", words)
    assert is_person("김하늘", words)
    assert not is_person("Recent Posts", words)
    assert not is_person("North Korea", words)
    assert not is_person("Ada", words)
    assert is_person("Ada", words, fewest=1)
    assert not is_person("Tuesday", words, fewest=1)
    assert not is_person("Christmas", words, fewest=1)
    assert is_person("Marta Quill", words)
    assert is_person("Julio Quill", words)
    assert is_person("Eylül Kaplan", words)
    assert not is_person("A B", words)
    assert not is_person("ada quill", words)
    assert not is_person("로그인", words)
    assert has_honorific("Lord Hale")
    assert not has_honorific("Lorenzo Hale")


def test_bylines_that_name_no_person() -> None:
    assert is_byline("By the harbour project")
    assert is_byline("*By Staff, 3 May 2011*")
    assert not is_byline("By night the boats came home.")
    assert not is_byline("Harbour project")
    assert not is_byline("By " + "the " * 60)
