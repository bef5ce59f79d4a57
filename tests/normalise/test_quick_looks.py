"""Quick looks that most lines do not pass, held against the patterns that they spare."""

from __future__ import annotations

import re
from unittest.mock import patch

from hypothesis import given, settings
from hypothesis import strategies as st

from archive.normalise import bylines, calendars, dates, front_words, frontlines, shapes, titleshapes, vocabulary
from archive.normalise.box_words import box_words
from archive.normalise.bylines import bare_names
from archive.normalise.folding import fold
from archive.normalise.languages import IdentifyLanguages

WORDS = re.findall(
    r"\S+",
    "Ada Quill and von der Jon in Tumen the boats Article Chapter IV iv three 3 12) (a) - • Part two Letter from Q: Q. "
    "10:20 voices part teil é 가다 第3章 a_b _ Mr. O'Neil reporter , & | » > / #one ... first twelve: i. xiv",
)
LINES = st.builds(
    lambda words, sign, end: sign.join(words) + end,
    st.lists(st.sampled_from(WORDS), min_size=1, max_size=6),
    st.sampled_from([" ", "  ", "\t", ", ", ": ", " - ", "-", ""]),
    st.sampled_from(["", "", ".", ":", " -", ") ", " 3", "\n"]),
).filter(str.strip)
PATTERNS = settings(max_examples=200, deadline=None)


@given(LINES)
@PATTERNS
def test_a_quick_look_passes_what_a_pattern_finds(line: str) -> None:
    assert frontlines.is_series(line) == (frontlines._SERIES.search(line.strip()) is not None)
    assert titleshapes.is_no_title(line) == (titleshapes._NO_TITLE.search(line) is not None)
    assert shapes.is_list_item(line) == (shapes._BULLET.match(line) is not None)
    assert vocabulary._may_be_divided(line) or not vocabulary._SEPARATOR.search(line)
    lowered = line.strip(" \t*_#").lower()
    may_end = not lowered.isascii() or front_words._may_end_in_number(lowered)
    assert not line.isascii() or front_words._may_be_between_kickers(line) == (
        front_words._BETWEEN_KICKERS.search(line) is not None
    )
    assert may_end or not (front_words._NUMBER.search(lowered) or front_words._NUMBERED.match(lowered))


@given(LINES)
@PATTERNS
def test_names_that_a_quick_look_spares_are_none(line: str) -> None:
    words, front = vocabulary.vocabulary(), front_words.front_words()
    found = bare_names(line, words, front)
    with patch.object(bylines, "may_begin_with_name", lambda _: True):
        assert bare_names(line, words, front) == found


@given(LINES)
@PATTERNS
def test_words_of_ascii_are_those_that_a_search_finds(line: str) -> None:
    assert shapes.letter_runs(line) == re.findall(r"[^\W\d_]+", line)
    assert shapes.word_count(line) == len(re.findall(r"\w+", line))
    assert frontlines.content_words(line) == frontlines.content_words(f"{line} é")


DATED = st.builds(
    "{}{}{}{}{}".format,
    st.sampled_from(["", "Antu, ", "on ", "도문 ", "(", "7", "_", "١٢ "]),
    st.sampled_from(["3", "03.", "3rd ", "3 of ", "3. ", "2011 ", "2011, ", "", "٣ "]),
    st.sampled_from(
        [" may ", "May ", " mayor ", " كانون الثاني ", " März", " maj. ", "-mar-", "5.", "/5/", "월 ", "_may "]
    ),
    st.sampled_from(["2011", "3, 2011", "3 2011", " 2011", "٢٠١١", "11", "3", "(Mon) 2011", ", Friday, 2012"]),
    st.sampled_from(["", " 10:20", "by", ".", " and 4 May 2012", "?"]),
)


@given(DATED)
@PATTERNS
def test_dates_that_a_quick_look_spares_are_none(line: str) -> None:
    plain = calendars.with_plain_digits(line)
    assert len(plain) == len(line)
    assert plain == line.translate(calendars._DIGITS).lower()
    assert dates.holds_year(line) == dates.has_year(plain)
    found, month = dates._first(plain, 0, day_first=True), dates.find_month(line)
    with patch.object(dates, "_names_month", lambda _: True):
        assert (dates._first(plain, 0, day_first=True), dates.find_month(line)) == (found, month)


DENSE_AND_BESIDE = "a 。\u3000\u303f\u3040ー\u30ff\u3100㐀漢\u9fff\ua000\uabff가힣\ud7af\ud7b0\ud7ff\ud800\udfff𠀀é"


@given(st.text(st.sampled_from(DENSE_AND_BESIDE)))
@PATTERNS
def test_what_is_dense_is_what_a_search_finds(text: str) -> None:
    dense = re.findall(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]", text)
    assert shapes.weight_of(text) == len(text) + int(len(dense) * 1.2)


def test_days_begin_with_a_letter() -> None:
    assert all(day[0].isalpha() for day in calendars._DAYS.split("|"))


OPENINGS = [
    "By", "Written by", "a talk by", "An essay by", "as told to", "von", "Gastbeitrag von", "Ein Gastkommentar von",
    "beitrag von", "eine Kolumne von", "Texte de", "a cura di", "dal nostro inviato", "de notre correspondant",
    "from our correspondent:", "Das Interview von", "recueilli par", "propos recueillis par", "scritto da", "Author:",
    "text =", "story |", "Autorin /", "by:", "The",
]  # fmt: skip


@given(st.one_of(LINES, st.builds("{} {}".format, st.sampled_from(OPENINGS), LINES)))
@PATTERNS
def test_bylines_that_a_quick_look_spares_name_nobody(line: str) -> None:
    for segment in bylines.segments(line):
        is_byline = bylines._BY.match(segment) or bylines._LABEL.match(segment)
        assert not segment.isascii() or not is_byline or bylines._may_name(segment)
        assert not line.isascii() or not is_byline or bylines._may_hold_byline(line)
    bare = line.strip(bylines._AROUND)
    is_byline = (bylines._BY.match(bare) or bylines._LABEL.match(bare)) and not bare.endswith((".", "!", "?", ":"))
    assert bylines.is_byline(line) == (is_byline is not None and bool(is_byline))


@given(st.lists(st.sampled_from(["boat", "boats", "도문", "도", "é", "a boats", "boa", "3boats"]), max_size=6))
def test_a_word_is_spoken_where_it_begins_one(words: list[str]) -> None:
    text = " ".join(words)
    assert frontlines.is_spoken(" boat", text) == (re.search(r"(?<![^\W\d_])boat", text) is not None)


@given(
    st.lists(
        st.sampled_from(["Ärger ", "boats ", "“", "12 ", "가나", "かな", "漢字漢字", "Γάτα ", "снег "]), max_size=80
    )
)
@PATTERNS
def test_where_no_script_tells_the_language_is_that_of_the_document(words: list[str]) -> None:
    step, text = IdentifyLanguages(), "".join([*words, "’"])
    assert step._of(text, "de", is_all=True) == step._of_any(text, "de", is_all=True)


@given(st.sampled_from(sorted(box_words().authors)), st.sampled_from(["", ":", "：", " ", "x:", ": Ada: Quill"]))
@PATTERNS
def test_words_over_what_is_said_of_a_writer_end_at_a_colon(phrase: str, end: str) -> None:
    line = phrase + end
    folded = fold(line)
    signs = {":", "："}
    heads = any(folded.startswith(one) and folded[len(one) : len(one) + 1] in signs for one in box_words().authors)
    assert box_words().heads_author(line) == (heads or folded in box_words().authors)
