"""Records to make tables of: a plain one, and any that the shape of a record allows."""

from __future__ import annotations

import hashlib
from typing import Any

import pytest
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from archive.model.fields import FIELDS
from archive.model.passages import Kind
from archive.tables.schema import Stamp
from archive.tables.writer import DEFAULT_LIMITS, TablesWriter, in_folder

RECIPE = "c" * 64
TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
NAMES = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=20)
TAGS = st.sampled_from(["en", "ko", "zh-Hans", "de", "und"])
SIZES = st.integers(0, 2**53 - 1)
DIGESTS = st.binary(min_size=32, max_size=32).map(bytes.hex)
TIMES = st.datetimes().map(lambda moment: f"{moment.isoformat()}Z")
DATES = st.dates().map(str)
FORMS = {"timestamp": TIMES, "date": DATES, "language": TAGS, "access-level": st.sampled_from(["open", "restricted"])}
FORMS["decision"] = st.just("accepted")


def sha256(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def passage(ordinal: int, text: str, *, kept: bool = True, language: str = "en", start: int = 0) -> dict[str, Any]:
    return {
        "passage_id": "p" + sha256(f"{ordinal} {text}")[:24],
        "ordinal": ordinal,
        "kind": "body" if kept else "furniture",
        "kept": kept,
        "reason": "" if kept else "repeated on every page",
        "projection": "decode=utf-8 nfc",
        "language": language,
        "char_start": start if kept else -1,
        "char_count": len(text) if kept else 0,
        "locator": "",
        "sha256": sha256(text),
        "text": text,
        "spans": [{"layer": "data/originals/a.txt", "byte_start": start, "byte_end": start + len(text.encode())}],
    }


def record_of(name: str, texts: list[str], **metadata: Any) -> dict[str, Any]:
    passages, start = [], 0
    for ordinal, text in enumerate(texts):
        passages.append(passage(ordinal, text, start=start))
        start += len(text) + 2
    whole = "\n\n".join(texts)
    path = f"data/originals/{name}.txt"
    return {
        "record_version": "1.0",
        "document_id": name,
        "source_path": f"{name}.txt",
        "original": path,
        "metadata": {"access_level": "open", **metadata},
        "files": [
            {
                "role": "page",
                "path": path,
                "bytes": len(whole.encode()),
                "sha256": sha256(whole),
                "media_type": "text/plain",
                "charset": "utf-8",
                "puid": None,
                "puid_basis": "",
                "derived_from": None,
            }
        ],
        "text": {
            "characters": len(whole) if texts else 0,
            "words": len(whole.split()),
            "sha256": sha256(whole) if texts else None,
        },
        "passages": passages,
        "statements": [
            {
                "field": "title",
                "value": "A title",
                "source": "sheet",
                "agent": "archivist",
                "file": "data/submission/metadata.csv",
                "locator": "cell=2,2",
                "used": True,
                "reason": "",
            }
        ],
        "events": [event(f"e-{name}", name)],
        "relations": [
            {
                "relation": "derived-from",
                "target": f"https://example.org/{name}",
                "target_type": "uri",
                "score": None,
                "basis": "source",
            }
        ],
        "annotations": [annotation(name, path)],
        "duplicate_group": "g" + sha256(whole)[:24],
        "recipe": RECIPE,
        "additional": {},
    }


def annotation(name: str, path: str) -> dict[str, Any]:
    span = {"layer": path, "byte_start": 0, "byte_end": 3}
    part = {"passage_id": "p0", "char_start": 0, "char_count": 3, "narrowed": True, "spans": [span]}
    words = dict.fromkeys(("unit", "population", "place", "period", "period_stated", "said_by"))
    return {
        "annotation_id": f"urn:example:{name}",
        "motivation": ["describing"],
        "creators": ["Example Reader"],
        "created": "2026-11-21T10:00:00Z",
        "quotation": "One",
        "char_start": 0,
        "char_count": 3,
        "parts": [part],
        "comment": None,
        "figure": {"value": "1", "value_low": None, "value_high": "2.5", **words},
        "body": "{}",
    }


def event(event_id: str, document: str | None) -> dict[str, Any]:
    return {
        "event_id": event_id,
        "document_id": document,
        "type": "ingestion",
        "type_uri": "http://id.loc.gov/vocabulary/preservation/eventType/ing",
        "occurred_at": "2024-05-03T10:00:00Z",
        "agent": "corpus-archive 0.1.0",
        "outcome": "success",
        "detail": "",
        "file": "",
    }


def bag_of(*events: dict[str, Any]) -> dict[str, Any]:
    return {"events": list(events) or [event("e-bag", None)]}


def _metadata() -> SearchStrategy[dict[str, Any]]:
    values: dict[str, SearchStrategy[Any]] = {}
    for field in FIELDS:
        one = FORMS.get(field.form, TEXT)
        values[field.name] = st.lists(one, max_size=3) if field.many else one
    level = values.pop("access_level")
    bounds = {"date_issued_earliest": st.none() | DATES, "date_issued_latest": st.none() | DATES}
    return st.fixed_dictionaries({"access_level": level}, optional={**values, **bounds})


def _passages() -> SearchStrategy[dict[str, Any]]:
    span = st.fixed_dictionaries({"layer": NAMES, "byte_start": SIZES, "byte_end": SIZES})
    return st.fixed_dictionaries(
        {
            "passage_id": NAMES,
            "ordinal": st.integers(0, 10**6),
            "kind": st.sampled_from([kind.value for kind in Kind]),
            "kept": st.booleans(),
            "reason": TEXT,
            "projection": TEXT,
            "language": TAGS,
            "char_start": st.integers(-1, 10**9),
            "char_count": st.integers(0, 10**9),
            "locator": TEXT,
            "sha256": DIGESTS,
            "text": TEXT,
            "spans": st.lists(span, min_size=1, max_size=3),
        }
    )


def _files(path: SearchStrategy[str]) -> SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries(
        {
            "role": st.sampled_from(["page", "scan", "layer"]),
            "path": path,
            "bytes": SIZES,
            "sha256": DIGESTS,
            "media_type": st.just("text/plain"),
            "charset": st.none() | st.just("utf-8"),
            "puid": st.none() | st.just("x-fmt/111"),
            "puid_basis": st.sampled_from(["", "signature"]),
            "derived_from": st.none() | NAMES,
        }
    )


def _statements() -> SearchStrategy[dict[str, Any]]:
    texts = dict.fromkeys(("field", "value", "agent", "file", "locator", "reason"), TEXT)
    sources = st.sampled_from(["sheet", "sidecar", "corpus", "embedded", "extracted"])
    return st.fixed_dictionaries({**texts, "source": sources, "used": st.booleans()})


def _events(document: SearchStrategy[str | None]) -> SearchStrategy[dict[str, Any]]:
    texts = dict.fromkeys(("event_id", "type", "type_uri", "agent", "outcome", "detail", "file"), TEXT)
    return st.fixed_dictionaries({**texts, "document_id": document, "occurred_at": TIMES})


def _relations() -> SearchStrategy[dict[str, Any]]:
    texts = dict.fromkeys(("relation", "target", "target_type", "basis"), TEXT)
    return st.fixed_dictionaries({**texts, "score": st.none() | st.sampled_from(["0", "0.9312", "1.0000"])})


def _annotations() -> SearchStrategy[dict[str, Any]]:
    span = st.fixed_dictionaries({"layer": NAMES, "byte_start": SIZES, "byte_end": SIZES})
    part = {"passage_id": NAMES, "char_start": SIZES, "char_count": SIZES, "narrowed": st.booleans()}
    parts = st.fixed_dictionaries({**part, "spans": st.lists(span, min_size=1, max_size=2)})
    decimals = st.none() | st.sampled_from(["0", "-7", "4.7", "100000", "0.001"])
    numbers = dict.fromkeys(("value", "value_low", "value_high"), decimals)
    words = dict.fromkeys(("unit", "population", "place", "period", "period_stated", "said_by"), st.none() | TEXT)
    return st.fixed_dictionaries(
        {
            "annotation_id": NAMES,
            "motivation": st.lists(TEXT, max_size=2),
            "creators": st.lists(TEXT, max_size=2),
            "created": st.none() | TIMES,
            "quotation": TEXT,
            "char_start": SIZES,
            "char_count": SIZES,
            "parts": st.lists(parts, min_size=1, max_size=2),
            "comment": st.none() | TEXT,
            "figure": st.none() | st.fixed_dictionaries({**numbers, **words}),
            "body": TEXT,
        }
    )


@st.composite
def _records(draw: st.DrawFn) -> dict[str, Any]:
    name, path = draw(NAMES), draw(NAMES)
    others = draw(st.lists(_files(NAMES), max_size=2))
    figures = {"characters": SIZES, "words": SIZES, "sha256": st.none() | DIGESTS}
    return {
        "record_version": "1.0",
        "document_id": name,
        "source_path": draw(TEXT),
        "original": path,
        "metadata": draw(_metadata()),
        "files": [draw(_files(st.just(path))), *others],
        "text": draw(st.fixed_dictionaries(figures)),
        "passages": draw(st.lists(_passages(), max_size=4)),
        "statements": draw(st.lists(_statements(), max_size=3)),
        "events": draw(st.lists(_events(st.just(name)), max_size=2)),
        "relations": draw(st.lists(_relations(), max_size=2)),
        "annotations": draw(st.lists(_annotations(), max_size=2)),
        "duplicate_group": draw(NAMES),
        "recipe": RECIPE,
        "additional": draw(st.dictionaries(NAMES, TEXT, max_size=1)),
        "a field of tomorrow": 1,
    }


@pytest.fixture(scope="session")
def any_record() -> SearchStrategy[dict[str, Any]]:
    """Any record at all, whether or not its values make sense together."""
    return _records()


@pytest.fixture(scope="session")
def make_record() -> Any:
    return record_of


@pytest.fixture(scope="session")
def make_passage() -> Any:
    return passage


@pytest.fixture(scope="session")
def make_bag() -> Any:
    return bag_of


@pytest.fixture(scope="session")
def make_event() -> Any:
    return event


@pytest.fixture
def write_tables(tmp_path: Any) -> Any:
    """A function that writes the tables of some records and gives their paths by name."""

    def write(records: list[dict[str, Any]], bag: dict[str, Any] | None = None, limits: Any = DEFAULT_LIMITS) -> Any:
        sinks = in_folder(tmp_path)
        with TablesWriter(sinks, Stamp("urn:uuid:0"), limits) as writer:
            for record in records:
                writer.add(record)
            writer.add_bag(bag or bag_of())
        return sinks

    return write


@pytest.fixture
def paths(write_tables: Any) -> Any:
    """Tables with values that some reader could bend: the first and the last day, microseconds, NUL, nothing at all."""
    stated = {
        "title": "제목 \U0001f4f0",
        "creators": ["김, 보기", "Lee; Example"],
        "captured_at": "2024-05-03T12:00:00.123456+09:00",
        "review_date": "2030-01-01",
        "date_issued": "2017-09~",
        "date_issued_earliest": "0001-01-01",
        "date_issued_latest": "9999-12-31",
    }
    records = [record_of("a", ["One.\n\ttwo", "뉴스 \x00 ends"], **stated), record_of("b", [])]
    records += [record_of(f"c{at:04}", ["The same words."]) for at in range(300)]
    return write_tables(records)
