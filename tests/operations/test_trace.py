from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import archive
from archive.bags import protection
from archive.errors import BagUnreadableError, LimitError, UsageError
from archive.model.reports import Verdict
from archive.operations import trace_evidence
from archive.operations.trace import trace
from tests.operations.packed_corpora import packed, write_corpus


@pytest.fixture(scope="module")
def river(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("trace")
    return packed(write_corpus(place / "corpus"), place)


@pytest.fixture
def copy(river: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(river, tmp_path / "copy"))


def codes(found: Any) -> list[str]:
    return [one.code for one in found.findings]


def change_records(bag: Path, change: Any) -> None:
    file = bag / "data/records/00000.jsonl"
    records = [json.loads(line) for line in file.read_text("utf-8").splitlines()]
    for record in records:
        change(record)
    file.write_text("".join(json.dumps(one) + "\n" for one in records), "utf-8")


def test_a_passage_is_taken_back_to_its_bytes(river: Path) -> None:
    found = archive.trace(river, "winter", 1)
    (place,) = found.places
    (passage,) = place.passages
    assert passage.text == "The river froze early that year, and “nobody” crossed it before the spring came."
    (span,) = passage.spans
    assert (river / span.layer).read_bytes()[span.byte_start : span.byte_end].decode() == span.source
    assert (passage.follows, passage.part, place.forgiven, place.checked) == (True, None, (), 1)
    assert trace(river, "winter", passage.passage_id) == found == trace(river, "winter", "01")
    assert [file.role for file in found.files] == ["original", "record", "manifest", "manifest"]
    assert all(file.holds and len(file.lines) == 2 for file in found.files)
    line = found.files[0].lines[0]
    written = (river / line.manifest).read_text("utf-8").splitlines()[line.line - 1]
    assert written == f"{line.stated}  {found.files[0].path}"
    assert bool(found)
    assert found.report.verdict is Verdict.VALID
    assert found.root_digest == archive.validate(river).bags[0].root_digest


def test_a_quotation_is_narrowed_to_its_own_bytes(river: Path) -> None:
    found = trace(river, quote='and "nobody" crossed it')
    (place,) = found.places
    (passage,) = place.passages
    part = passage.part
    assert part is not None
    assert (part.text, part.narrowed, place.forgiven) == ("and “nobody” crossed it", True, ("quotation marks",))
    assert codes(found) == ["quotation.forgiven"]
    assert found.exit_code == 0
    (span,) = part.spans
    data = (river / span.layer).read_bytes()[span.byte_start : span.byte_end]
    assert data.decode() == "and “nobody” crossed it"
    record = next(one for one in archive.open(river).records() if one["document_id"] == "winter")
    text = "\n\n".join(one["text"] for one in record["passages"] if one["kept"])
    assert part.document_char_start is not None
    assert text[part.document_char_start :].startswith(part.text)


def test_a_quotation_of_markup_keeps_the_markup_among_its_bytes(river: Path) -> None:
    (place,) = trace(river, "summer", quote="The river & the lake were").places
    part = place.passages[0].part
    assert part is not None
    assert part.narrowed
    assert part.spans[0].source == "The river &amp; the <b>lake</b> were"


def test_a_quotation_in_another_charset(river: Path) -> None:
    (place,) = trace(river, quote="여름마다 강가에").places
    part = place.passages[0].part
    assert part is not None
    (span,) = part.spans
    assert (span.charset, span.source) == ("euc-kr", "여름마다 강가에")
    assert (river / span.layer).read_bytes()[span.byte_start : span.byte_end].decode("cp949") == span.source


def test_a_quotation_over_two_passages_is_one_place(river: Path) -> None:
    (place,) = trace(river, quote="had seen much. In March the ice").places
    assert [one.part and one.part.text for one in place.passages] == ["had seen much.", "In March the ice"]
    assert place.forgiven == ("white space",)
    assert len(place.citation.passages) == 2


def test_all_places_are_listed(river: Path) -> None:
    found = trace(river, quote="the first boats went out again")
    assert [one.document_id for one in found.places] == ["summer", "winter"]
    assert len(found.files) == 5


def test_a_quotation_may_be_looked_for_in_one_passage(river: Path) -> None:
    assert trace(river, "winter", 1, quote="river froze").places
    assert not trace(river, "winter", 0, quote="river froze").places


@pytest.mark.parametrize(("quote", "is_alike"), [("THE River FROZE", True), ("the river thawed", False)])
def test_a_quotation_in_other_capitals_is_nowhere_and_said_to_be_that(
    river: Path, quote: str, *, is_alike: bool
) -> None:
    (said,) = trace(river, quote=quote).findings
    assert said.code == "quotation.not-found"
    assert ("other capital letters" in said.expected) is is_alike


def test_a_quotation_that_is_nowhere_shows_what_comes_near(river: Path) -> None:
    found = trace(river, quote="the river froze late that year")
    assert codes(found) == ["quotation.not-found"]
    assert (found.exit_code, bool(found), found.report.verdict) == (1, False, Verdict.UNDETERMINED)
    assert found.near_misses[0].document_id == "winter"
    assert found.near_misses[0].text.startswith("The river froze early")
    assert found.files == ()
    assert trace(river, quote="qqqq zzzz").near_misses == ()


def test_a_whole_document_is_projected_again(river: Path) -> None:
    found = trace(river, "winter")
    (place,) = found.places
    assert place.passages == ()
    assert place.checked > 3
    assert place.citation.passages == ()


def test_a_document_without_text_has_its_original(river: Path) -> None:
    found = trace(river, "odd")
    assert (found.places[0].checked, found.exit_code) == (0, 0)
    assert found.files[0].path == "data/originals/odd.bin"


def test_a_citation_names_the_digests(river: Path) -> None:
    found = trace(river, "winter", 1)
    citation = found.places[0].citation
    sentences = " ".join(citation.sentences())
    for part in (
        "Kim, Example", '"A cold winter"', "Example Daily", "2011-12-03", "River reports, version 1.0", found.urn,
        found.places[0].passages[0].passage_id, found.places[0].passages[0].sha256, citation.original_sha256,
        str(found.root_digest),
    ):  # fmt: skip
        assert part in sentences
    assert "no date" in " ".join(trace(river, "odd").places[0].citation.sentences())


def test_a_changed_byte_is_found_in_the_file_and_in_the_passage(copy: Path) -> None:
    file = copy / "data/originals/winter.txt"
    file.write_bytes(file.read_bytes().replace(b"froze", b"thawe"))
    found = trace(copy, "winter", 1)
    assert set(codes(found)) == {"passage.not-derived", "digest.mismatch"}
    assert not found.places[0].passages[0].follows
    assert (found.exit_code, found.report.verdict) == (1, Verdict.INVALID)
    assert not found.files[0].holds
    part = trace(copy, "winter", quote="river froze").places[0].passages[0].part
    assert part is not None
    assert not part.narrowed
    whole = trace(copy, "winter")
    assert "passage.not-derived" in codes(whole)


def test_a_changed_record_is_found(copy: Path) -> None:
    change_records(copy, lambda record: record["metadata"].update(title="Another"))
    assert codes(trace(copy, "winter", 1)) == ["digest.mismatch"]


def test_a_passage_whose_rule_is_unknown_does_not_follow(copy: Path) -> None:
    change_records(copy, lambda record: [one.update(projection="9:x") for one in record["passages"]])
    found = trace(copy, "winter", 1)
    assert "passage.not-derived" in codes(found)
    change_records(copy, lambda record: [one.update(charset="x") for one in record["files"]])
    assert trace(copy, "winter", 1).places[0].passages[0].spans[0].source == ""


def test_a_changed_manifest_is_found(copy: Path) -> None:
    manifest = copy / "manifest-sha512.txt"
    manifest.write_text(manifest.read_text("utf-8").replace("data/originals/winter.txt", "data/originals/other.txt"))
    found = trace(copy, "winter", 1)
    assert codes(found) == ["digest.mismatch"]
    assert found.findings[0].where.file == "manifest-sha512.txt"
    assert len(found.files[0].lines) == 1


def test_files_that_no_manifest_lists_are_said(copy: Path) -> None:
    for name in ("tagmanifest-sha256.txt", "tagmanifest-sha512.txt"):
        (copy / name).unlink()
    found = trace(copy, "winter", 1)
    assert codes(found) == ["tagmanifest.manifest-unlisted"] * 2
    assert found.root_digest is None
    for name in ("manifest-sha256.txt", "manifest-sha512.txt"):
        (copy / name).write_text("")
    assert "payload.unlisted" in codes(trace(copy, "winter", 1))


def test_a_missing_file_is_a_finding(copy: Path) -> None:
    (copy / "data/originals/winter.txt").unlink()
    found = trace(copy, "winter", 1)
    assert "file.unreadable" in codes(found)
    assert found.files[0].lines[0].found == ""


def test_a_manifest_of_an_unknown_algorithm_is_said(copy: Path) -> None:
    (copy / "manifest-crc32.txt").write_text("00  data/originals/winter.txt\n")
    assert "manifest.unknown-algorithm" in codes(trace(copy, "winter", 1))


@pytest.mark.parametrize(
    ("given", "named", "said"),
    [
        ((), {}, "no document is named"),
        ((None, 1), {"quote": "x"}, "no document is named"),
        ((), {"quote": " \n"}, "no letters"),
        (("nobody",), {}, "no document has the identifier"),
        (("winter", 99), {}, "it has passages 0 to"),
        (("winter", "p00"), {}, "no passage 'p00'"),
        (("odd", 0), {}, "it has none"),
    ],
)
def test_a_wrong_call_says_so(river: Path, given: tuple[Any, ...], named: dict[str, Any], said: str) -> None:
    with pytest.raises(UsageError, match=said):
        trace(river, *given, **named)


def test_a_bag_of_others_has_no_passages(tmp_path: Path) -> None:
    (tmp_path / "bagit.txt").write_text("BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n")
    with pytest.raises(UsageError, match="did not make this bag"):
        trace(tmp_path, "x")


@pytest.mark.parametrize(
    "change",
    [
        lambda record: record.pop("passages"),
        lambda record: [span.update(byte_start=-1) for one in record["passages"] for span in one["spans"]],
        lambda record: record.update(files=[]),
        lambda record: record.update(metadata=None),
    ],
)
def test_a_record_of_another_shape_is_no_traceback(copy: Path, change: Any) -> None:
    change_records(copy, change)
    with pytest.raises(BagUnreadableError, match="shape of a record"):
        trace(copy, "winter", 1)


def test_more_bytes_than_may_be_kept_are_refused(river: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(protection, "MOST_BYTES", 10)
    with pytest.raises(LimitError, match="more than 10 bytes"):
        trace(river, "winter", 1)


def test_long_sources_are_cut(river: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(trace_evidence, "LONGEST_SOURCE", 5)
    assert trace(river, "winter", 1).places[0].passages[0].spans[0].source == "The r"


def test_ranges_are_kept_across_pieces() -> None:
    class Pieces:
        def pieces(self, key: str) -> Iterator[bytes]:
            yield from (b"abc", b"def", b"ghi")

    ranges = [(0, 9), (2, 4), (2, 7), (8, 9), (5, 5), (20, 30)]
    found = protection.read_once(Pieces(), "x", ["sha256"], ranges)  # type: ignore[arg-type]
    assert found.ranges == (b"abcdefghi", b"cd", b"cdefg", b"i", b"", b"")
    assert found.size == 9
