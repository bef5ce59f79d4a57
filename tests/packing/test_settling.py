"""From all that was said to what is used: the strongest wins, nothing is lost, conflicts are shown."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.model.fields import FIELD, FIELDS, STRENGTH, AccessLevel, Source
from archive.model.statements import AFTER_CAPTURE, FOR_PEOPLE, MALFORMED, OVERRULED, PLACEHOLDER, Statement
from archive.packing.settling import Settled, settle
from archive.schema.places import Origins

ORIGINS = Origins(("filename", "title", "date"), "data/submission/")
SHEET = "data/submission/metadata.csv"
VALUES = ("2017", "2017-09-03", "nonsense", "en", "ko-KR", "https://example.org/a", "A title", "a  TITLE", "open", "")
WELL_FORMED = {
    "edtf": {"2017", "2017-09-03"},
    "language": {"en", "ko-KR"},
    "uri": {"https://example.org/a"},
    "timestamp": set(),
    "date": {"2017-09-03"},
}


def said(
    field: str, value: str, source: Source = Source.SHEET, *, locator: str = "cell=2,2", rank: int = 0
) -> Statement:
    file = SHEET if source is Source.SHEET else "data/originals/a.txt"
    return Statement(field, value, source, "archivist", file, locator, rank=rank)


def settled(*statements: Statement, level: AccessLevel = AccessLevel.OPEN) -> Settled:
    return settle("a.txt", statements, level, ORIGINS)


some_statements = st.lists(
    st.builds(
        lambda field, value, source, rank: said(field, value, source, rank=rank),
        st.sampled_from([field.name for field in FIELDS]),
        st.sampled_from(VALUES),
        st.sampled_from(Source),
        st.integers(0, 2),
    ),
    max_size=25,
)


@pytest.mark.parametrize(("stronger", "weaker"), list(zip(list(Source), list(Source)[1:], strict=False)))
def test_the_stronger_source_wins_and_the_weaker_is_kept(stronger: Source, weaker: Source) -> None:
    found = settled(said("title", "Weak", weaker), said("title", "Strong", stronger))
    assert found.metadata["title"] == "Strong"
    assert [(one.value, one.used) for one in found.statements] == [("Strong", True), ("Weak", False)]
    assert [one.code for one in found.findings] == ["metadata.conflict"]
    assert "'Weak'" in found.findings[0].found
    assert "'Strong'" in found.findings[0].expected


def test_the_row_of_a_file_is_stronger_than_that_of_its_folder() -> None:
    found = settled(said("subjects", "of the folder", rank=1), said("subjects", "one"), said("subjects", "two"))
    assert found.metadata["subjects"] == ["one", "two"]
    assert [one.used for one in found.statements] == [True, True, False]
    assert settled(said("publisher", "F", rank=1), said("title", "T")).metadata["publisher"] == "F"


def test_several_values_are_those_of_the_strongest_source_each_once() -> None:
    found = settled(
        said("creators", "Kim"), said("creators", "Lee"), said("creators", "Kim"),
        said("creators", "Park", Source.EMBEDDED),
    )  # fmt: skip
    assert found.metadata["creators"] == ["Kim", "Lee"]
    assert [one.used for one in found.statements] == [True, True, True, False]
    assert found.findings == ()


def test_of_two_values_of_one_source_the_first_is_used() -> None:
    found = settled(said("title", "First", Source.EMBEDDED), said("title", "Second", Source.EMBEDDED))
    assert found.metadata["title"] == "First"
    assert [one.code for one in found.findings] == ["metadata.conflict"]


@pytest.mark.parametrize(
    ("field", "one", "other"),
    [
        ("title", "A  Title", "a title"),
        ("title", "Ａ title", "A title"),
        ("title", "A title", "A title - The Site"),
        ("title", "A title", "The Site: a title"),
        ("language", "en", "en-GB"),
        ("date_issued", "2017-09-03", "2017-09-03"),
        ("date_issued", "2017-09", "2017-09~"),
    ],
)
def test_what_means_the_same_is_no_conflict(field: str, one: str, other: str) -> None:
    assert settled(said(field, one), said(field, other, Source.EMBEDDED)).findings == ()


@pytest.mark.parametrize(
    ("field", "one", "other"),
    [
        ("language", "en", "ko"),
        ("date_issued", "2017", "2018"),
        ("date_issued", "nonsense", "2018"),
        ("title", "A", "B"),
    ],
)
def test_what_means_something_else_is_a_conflict(field: str, one: str, other: str) -> None:
    found = settled(said(field, one), said(field, other, Source.EMBEDDED))
    assert [finding.code for finding in found.findings] == ["metadata.conflict"]


@pytest.mark.parametrize(
    ("field", "wrong", "right"),
    [
        ("date_issued", "yesterday", "2017-09-03"),
        ("language", "english!", "en"),
        ("source_url", "not an address", "https://example.org/"),
        ("captured_at", "noon", "2024-05-03T10:00:00Z"),
    ],
)
def test_what_a_program_found_is_used_only_if_it_is_well_formed(field: str, wrong: str, right: str) -> None:
    for source in (Source.EMBEDDED, Source.EXTRACTED):
        found = settled(said(field, wrong, source, locator="bytes=1-9"))
        assert field not in found.metadata
        assert [one.used for one in found.statements] == [False]
        assert [one.code for one in found.findings] == ["metadata.unusable"]
        assert found.findings[0].where.bytes == "1-9"
        assert settled(said(field, right, source)).metadata[field] == right
    assert settled(said(field, wrong)).metadata[field] == wrong, "a person's error is told by the schema"
    weaker = settled(said(field, wrong, Source.EMBEDDED), said(field, right, Source.EXTRACTED))
    assert weaker.metadata[field] == right


def test_no_file_decides_who_may_read_it() -> None:
    found = settled(said("access_level", "open", Source.EMBEDDED), said("review_date", "2030-01-01", Source.EMBEDDED),
                    level=AccessLevel.RESTRICTED)  # fmt: skip
    assert found.metadata == {"access_level": "restricted"}
    assert not any(one.used for one in found.statements if one.field == "review_date")


def test_a_file_that_asks_to_be_kept_closer_is_told_until_a_person_decides() -> None:
    inside = said("access_level", "Restricted", Source.EMBEDDED)
    assert [one.code for one in settled(inside).findings] == ["access.stated-inside"]
    assert settled(inside, said("access_level", "open")).findings == ()
    assert settled(said("access_level", "whatever", Source.EMBEDDED)).findings == ()


@pytest.mark.parametrize(
    ("date", "bounds"),
    [
        ("2017", {"date_issued_earliest": "2017-01-01", "date_issued_latest": "2017-12-31"}),
        ("2017-09~", {"date_issued_earliest": "2017-09-01", "date_issued_latest": "2017-09-30"}),
        ("2017/..", {"date_issued_earliest": "2017-01-01"}),
        ("../2017", {"date_issued_latest": "2017-12-31"}),
        ("[2012..2013]", {"date_issued_earliest": "2012-01-01", "date_issued_latest": "2013-12-31"}),
        ("nonsense", {}),
    ],
)
def test_a_date_has_strict_bounds(date: str, bounds: dict[str, str]) -> None:
    metadata = settled(said("date_issued", date)).metadata
    assert {name: value for name, value in metadata.items() if "liest" in name or "latest" in name} == bounds


def test_findings_name_the_place() -> None:
    found = settled(
        said("title", "A"), said("date_issued", "2017"),
        said("title", "B", Source.SIDECAR, locator="/title"),
        said("date_issued", "2018", Source.EXTRACTED, locator="bytes=120-164"),
    )  # fmt: skip
    places = {(one.where.file, one.where.pointer, one.where.bytes) for one in found.findings}
    assert places == {("a.txt", "/title", None), ("a.txt", None, "120-164")}


@given(statements=some_statements, level=st.sampled_from(AccessLevel))
def test_every_statement_is_kept_and_what_is_used_is_the_strongest(
    statements: list[Statement], level: AccessLevel
) -> None:
    found = settled(*statements, level=level)
    kept = sorted((one.field, one.value, one.source, one.rank) for one in found.statements)
    assert kept == sorted((one.field, one.value, one.source, one.rank) for one in statements)
    assert found.metadata["access_level"] == level.value
    for name, field in FIELD.items():
        of_field = [one for one in found.statements if one.field == name]
        used = [one for one in of_field if one.used]
        if name == "access_level":
            assert len(used) <= 1
            continue
        value = found.metadata.get(name)
        assert (value is None) == (not used)
        if used:
            assert value == (list(dict.fromkeys(one.value for one in used)) if field.many else used[0].value)
            best = (STRENGTH[used[0].source], used[0].rank)
            assert all((STRENGTH[one.source], one.rank) == best for one in used)
            stronger = [one for one in of_field if (STRENGTH[one.source], one.rank) < best]
            assert all(one.source in {Source.EMBEDDED, Source.EXTRACTED} for one in stronger), "unusable ones alone"
        for one in used:
            if one.source in {Source.EMBEDDED, Source.EXTRACTED} and field.form in WELL_FORMED:
                assert one.value in WELL_FORMED[field.form]


@given(statements=some_statements, seed=st.integers(0, 1000))
def test_the_order_of_sources_does_not_show(statements: list[Statement], seed: int) -> None:
    by_source = {source: [one for one in statements if one.source is source] for source in Source}
    sources = list(Source)
    random.Random(seed).shuffle(sources)
    again = [one for source in sources for one in by_source[source]]
    assert settled(*again) == settled(*(one for source in Source for one in by_source[source]))


def test_what_is_not_used_says_why() -> None:
    given = settled(
        said("title", "A"),
        said("title", "B", Source.EMBEDDED),
        said("language", "nonsense!", Source.EMBEDDED),
        said("access_level", "restricted", Source.EMBEDDED),
        said("creators", "Ada Quill", Source.EMBEDDED)._replace(reason="nobody shows it"),
    )
    reasons = {(one.field, one.value): one.reason for one in given.statements}
    assert reasons == {
        ("title", "A"): "",
        ("title", "B"): OVERRULED,
        ("language", "nonsense!"): MALFORMED,
        ("access_level", "restricted"): FOR_PEOPLE,
        ("creators", "Ada Quill"): "nobody shows it",
    }
    assert "creators" not in given.metadata
    assert "creators" not in {one.found.partition(":")[0] for one in given.findings}


@pytest.mark.parametrize(
    ("date", "captured", "reason"),
    [
        ("2024-05-03", "2024-05-02T23:00:00Z", ""),
        ("2024-05-04", "2024-05-02T23:00:00Z", AFTER_CAPTURE),
        ("2024", "2024-05-02T23:00:00Z", ""),
        ("2025~", "2024-05-02T23:00:00Z", AFTER_CAPTURE),
        ("2099-05-03", "some day", ""),
        ("../2025", "2024-05-02T23:00:00Z", ""),
        ("1970-01-01", "2024-05-02T23:00:00Z", PLACEHOLDER),
    ],
)
def test_a_date_later_than_the_capture_or_of_no_clock_is_not_used(date: str, captured: str, reason: str) -> None:
    stated = said("date_issued", date, Source.EMBEDDED), said("captured_at", captured, Source.EMBEDDED)
    (one,) = (one for one in settled(*stated).statements if one.field == "date_issued")
    assert (one.reason, one.used) == (reason, not reason)
    by_people = settled(said("date_issued", date), stated[1])
    assert by_people.metadata["date_issued"] == date
