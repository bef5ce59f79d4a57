from __future__ import annotations

import csv
import io
import re
import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.operations.starters import (
    FOR_A_PERSON,
    MOST_COLUMNS,
    StarterRow,
    fit_for_cell,
    slug_of,
    starter_corpus,
    starter_sheet,
    suggested_columns,
    title_of,
)
from archive.submission.configuration import KEYS, read_configuration
from archive.submission.headers import Kind, meaning_of

NAMES = st.binary(min_size=1, max_size=60).map(lambda raw: raw.decode("utf-8", "surrogateescape"))


@given(NAMES | st.text(st.characters(codec=None)))
def test_a_corpus_of_any_name_is_read_without_complaint(name: str) -> None:
    configuration = read_configuration(starter_corpus(name))
    assert configuration.findings == ()
    assert configuration.corpus.slug == slug_of(name)
    assert configuration.corpus.title == title_of(name)
    assert configuration.corpus.access_level is None


@given(NAMES)
def test_a_slug_is_safe_and_stable(name: str) -> None:
    slug = slug_of(name)
    assert re.fullmatch(r"[a-z0-9]([a-z0-9-]{0,98}[a-z0-9])?", slug)
    assert slug == slug_of(name)


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("AUX", "corpus-aux"),
        ("com1", "corpus-com1"),
        ("a" * 100, "a" * 60),
        ("---", "corpus-cb3f91d5"),
        ("Straße", "strasse"),
    ],
)
def test_slugs_of_odd_names(name: str, slug: str) -> None:
    assert slug_of(name) == slug


def test_names_that_differ_in_lost_letters_have_different_slugs() -> None:
    assert slug_of("증언 2024") != slug_of("기사 2024")


def test_every_commented_line_may_be_uncommented() -> None:
    lines = starter_corpus("x").decode("utf-8").splitlines()
    key = re.compile(r"# (?=(?:[\w-]+ = |\[[\w-]+\]$))")
    text = "\n".join(key.sub("", line) for line in lines).replace('"open"', '"embargoed"')
    given_keys = tomllib.loads(text)
    assert set(given_keys) == set(KEYS)
    assert read_configuration(text.encode("utf-8")).findings == ()


def test_the_access_level_is_left_to_a_person_and_explained() -> None:
    text = starter_corpus("x").decode("utf-8")
    assert '\n# access_level = "open"' in text
    assert "As long as nobody says, they are restricted" in text


def test_the_columns_for_a_person_are_ones_that_packing_knows() -> None:
    kinds = {meaning_of(name).kind for name in FOR_A_PERSON}
    assert kinds == {Kind.FIELD, Kind.IDENTIFIER, Kind.RIGHTS}


def test_suggestions_stand_in_columns_of_their_own_in_the_order_of_the_fields() -> None:
    rows = [
        StarterRow("b.txt", suggestions={"creators": ("A", "B"), "title": ("T",)}),
        StarterRow("c.txt", "id-1", {"creators": ("C",)}),
        StarterRow("d.txt", suggestions={"subjects": tuple("abcdefghijklmnop")}),
    ]
    assert suggested_columns(rows) == [
        ("title", 0),
        ("creators", 0),
        ("creators", 1),
        *(("subjects", number) for number in range(MOST_COLUMNS)),
    ]
    data = starter_sheet(rows[:2])
    assert data.startswith(b"\xef\xbb\xbffilename,identifier,title,")
    read = list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))
    assert [(one["filename"], one["identifier"], one["title"], one["suggested.title"]) for one in read] == [
        ("b.txt", "", "", "T"),
        ("c.txt", "id-1", "", ""),
    ]
    header, first, *_ = data.decode("utf-8-sig").split("\r\n")
    assert header.endswith(",suggested.title,suggested.creators,suggested.creators")
    assert first.endswith(",T,A,B")


@given(st.text(max_size=30))
def test_a_suggestion_is_one_line_that_no_spreadsheet_carries_out(value: str) -> None:
    cell = fit_for_cell(value)
    if cell is not None:
        assert cell.strip() == " ".join(value.split())
        assert not cell.startswith(("=", "+", "-", "@", "\t", "\r"))
        assert cell.isprintable() or "\n" not in cell


@pytest.mark.parametrize("value", ["", " \n", "x" * 2001, "a\x00b", "a\udcff"])
def test_what_no_cell_should_hold_is_not_suggested(value: str) -> None:
    assert fit_for_cell(value) is None
