"""The verb `validate`."""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest

from archive.errors import UsageError, WorkerError
from archive.model.depths import Depth
from archive.model.progress import Progress
from archive.model.reports import BagSummary, Report, Verdict
from archive.operations.judge import Judgement, judge
from archive.operations.validate import validate
from tests.bags.making import OURS, PAYLOAD, bag, on_disk

URN = "urn:uuid:6ba7b810-9dad-11d1-80b4-00c04fd430c8"
DIGEST = ("Corpus-Archive-Content-Digest", "ab" * 32)
FILES = bag(info=[("External-Identifier", "box 7"), ("External-Identifier", URN), DIGEST])
ROOT = hashlib.sha256(FILES["tagmanifest-sha256.txt"]).hexdigest()
WHOLE = {"bags": 1, "files": 4, "bytes": 267, "tag_files": 6}


@pytest.fixture
def place(tmp_path: Path) -> Path:
    return on_disk(FILES, tmp_path / "bag")


def codes(report: Report) -> set[str]:
    return {one.code for one in report.findings}


def test_a_valid_bag(place: Path) -> None:
    assert validate(place) == Report(
        command="validate",
        verdict=Verdict.VALID,
        counts=WHOLE,
        bags=(BagSummary(str(place), URN, ROOT, "ab" * 32, Verdict.VALID),),
    )


@pytest.mark.parametrize(
    ("depth", "verdict"),
    [("oxum", Verdict.SIZES_MATCH), (Depth.COMPLETE, Verdict.COMPLETE), ("fixity", Verdict.VALID)],
)
def test_the_verdict_is_relative_to_the_depth(place: Path, depth: Depth | str, verdict: Verdict) -> None:
    assert validate(str(place), depth=depth).verdict is verdict


@pytest.mark.parametrize(
    ("depth", "verdict"),
    [("oxum", Verdict.SIZES_MATCH), ("complete", Verdict.COMPLETE), ("fixity", Verdict.INVALID)],
)
def test_only_fixity_sees_changed_bytes(place: Path, depth: str, verdict: Verdict) -> None:
    (place / "data/a.txt").write_bytes(b"thirf")
    report = validate(place, depth=depth)
    assert report.verdict is verdict
    assert report.exit_code == (1 if verdict is Verdict.INVALID else 0)


def test_sizes_cannot_be_compared_without_an_oxum(place: Path) -> None:
    (place / "bag-info.txt").unlink()
    report = validate(place, depth="oxum")
    assert (report.verdict, report.exit_code, codes(report)) == (Verdict.UNDETERMINED, 3, {"oxum.absent"})


def test_the_root_digest_that_was_kept(place: Path) -> None:
    assert validate(place, expect=f" {ROOT.upper()}\n").verdict is Verdict.VALID
    report = validate(place, expect="0" * 64)
    assert (report.verdict, codes(report)) == (Verdict.INVALID, {"bag.root-digest"})
    (place / "tagmanifest-sha256.txt").unlink()
    report = validate(place, expect=ROOT)
    assert [one.found for one in report.findings] == ["no tagmanifest-sha256.txt"]
    assert report.bags[0].root_digest is None


def test_one_unreadable_bag_hides_no_other(place: Path, tmp_path: Path) -> None:
    broken = on_disk({**FILES, "data/e": b"x"}, tmp_path / "broken")
    report = validate(place, tmp_path / "none", broken)
    assert (report.verdict, report.exit_code) == (Verdict.UNDETERMINED, 3)
    assert {(one.code, one.where.file) for one in report.findings} == {
        ("bag.unreadable", str(tmp_path / "none")),
        ("digest.mismatch", f"{broken}/data/e"),
        ("oxum.mismatch", f"{broken}/bag-info.txt"),
    }
    assert report.counts == {"bags": 3, "files": 8, "bytes": 535, "tag_files": 12}
    assert [one.path for one in report.bags] == [str(place), str(tmp_path / "none"), str(broken)]


def test_the_worst_verdict_counts(place: Path, tmp_path: Path) -> None:
    broken = on_disk({**FILES, "data/e": b"x"}, tmp_path / "broken")
    report = validate(place, broken, tmp_path / "none")
    assert [one.verdict for one in report.bags] == [Verdict.VALID, Verdict.INVALID, Verdict.UNDETERMINED]
    assert validate(place, broken).exit_code == 1
    assert validate(place, place).exit_code == 0


@pytest.mark.parametrize("name", ["none", "a\0b", "bag.zip"])
def test_what_cannot_be_opened(tmp_path: Path, name: str) -> None:
    (tmp_path / "bag.zip").write_bytes(b"PK")
    report = validate(f"{tmp_path}/{name}")
    assert (report.verdict, report.exit_code, codes(report)) == (Verdict.UNDETERMINED, 3, {"bag.unreadable"})
    assert report.findings[0].found


def test_a_folder_that_is_no_bag(tmp_path: Path) -> None:
    report = validate(tmp_path)
    assert (report.verdict, report.exit_code) == (Verdict.INVALID, 1)
    assert {"declaration.missing", "manifest.missing", "payload.folder-missing"} <= codes(report)


def test_a_bag_that_was_never_finished(tmp_path: Path) -> None:
    partial_bag = on_disk(FILES, tmp_path / ".corpus-1.0.partial")
    report = validate(partial_bag)
    assert (report.verdict, codes(report)) == (Verdict.INVALID, {"bag.partial"})
    assert validate(f"{partial_bag}/").verdict is Verdict.INVALID


def test_links_are_never_followed(place: Path, tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.write_bytes(PAYLOAD["data/a.txt"])
    (place / "data/a.txt").unlink()
    (place / "data/a.txt").symlink_to(outside)
    (place / "data/more").symlink_to(tmp_path)
    assert codes(validate(place)) == {"file.link", "payload.missing", "oxum.mismatch"}
    (place / "manifest-sha256.txt").rename(tmp_path / "manifest")
    (place / "manifest-sha256.txt").symlink_to(tmp_path / "manifest")
    assert "tagfile.missing" in codes(validate(place))


def test_a_fifo_does_not_hang(place: Path) -> None:
    os.mkfifo(place / "data/fifo")
    assert codes(validate(place)) == {"file.special"}
    (place / "bag-info.txt").unlink()
    os.mkfifo(place / "bag-info.txt")
    assert codes(validate(place)) == {"file.special", "tagfile.missing"}


@pytest.mark.parametrize(
    "options",
    [
        {"depth": "deep"},
        {"expect": "abc"},
        {"expect": "z" * 64},
        {"expect": "0" * 64, "depth": "oxum"},
        {"jobs": 0},
    ],
)
def test_wrong_usage(place: Path, options: dict[str, str]) -> None:
    with pytest.raises(UsageError):
        validate(place, **options)  # type: ignore[arg-type]


def test_wrong_number_of_bags(place: Path) -> None:
    with pytest.raises(UsageError, match="no bag"):
        validate()
    with pytest.raises(UsageError, match="one bag"):
        validate(place, place, expect="0" * 64)


def test_progress_is_heard(place: Path) -> None:
    heard: list[Progress] = []
    validate(place, listener=heard.append)
    assert {one.stage for one in heard} == {"checking"}
    assert (heard[0].done, heard[-1].done) == (0, heard[-1].total)
    assert heard[-1].bytes_done == heard[-1].bytes_total


def test_a_second_opinion_that_agrees(place: Path) -> None:
    report = validate(place, cross_check=partial(judge, seconds=60))
    assert (report.verdict, codes(report)) == (Verdict.VALID, {"judge.agrees"})


def test_a_second_opinion_that_differs(place: Path) -> None:
    report = validate(place, cross_check=lambda bag: Judgement(accepted=False, said=f"not {bag.name}"))
    assert (report.verdict, report.exit_code) == (Verdict.VALID, 0)
    assert [(one.code, one.found) for one in report.findings] == [("judge.disagrees", "rejected: not bag")]
    report = validate(place, depth="complete", cross_check=lambda _: Judgement(accepted=True))
    assert codes(report) == {"judge.agrees"}
    (place / "data/e").write_bytes(b"x")
    report = validate(place, cross_check=lambda _: Judgement(accepted=True))
    assert {"judge.disagrees", "digest.mismatch"} <= codes(report)


def test_a_second_opinion_that_was_not_given_decides_nothing(place: Path) -> None:
    def none(_: Path) -> Judgement:
        raise WorkerError("it was ended by signal 9", remedy="Try again")

    report = validate(place, cross_check=none)
    assert (report.verdict, report.exit_code) == (Verdict.UNDETERMINED, 3)
    assert [(one.code, one.found, one.remedy) for one in report.findings] == [
        ("judge.no-answer", "it was ended by signal 9", "Try again")
    ]
    (place / "data/e").write_bytes(b"x")
    assert validate(place, cross_check=none).verdict is Verdict.INVALID


def test_why_a_second_opinion_differs_is_said_where_it_is_known(tmp_path: Path) -> None:
    def expected(place: Path, *, accepted: bool, depth: str = "fixity") -> str:
        report = validate(place, depth=depth, cross_check=lambda _: Judgement(accepted=accepted))
        return next(one.expected for one in report.findings if one.code == "judge.disagrees")

    sound = on_disk(bag(), tmp_path / "sound")
    assert expected(sound, accepted=False) == "valid, as this program says"
    assert "no digests at depth complete" in expected(sound, accepted=False, depth="complete")
    percent = on_disk(bag({"data/100%.txt": b""}), tmp_path / "percent")
    assert "the name 'data/100%.txt'" in expected(percent, accepted=False)
    files = {**bag({"data/e\u0301": b""}), "data/\u00e9": b""}
    del files["data/e\u0301"]
    assert "normal form" in expected(on_disk(files, tmp_path / "form"), accepted=False)
    (sound / "data/e").write_bytes(b"x")
    assert expected(sound, accepted=True).endswith("because of digest.mismatch, oxum.mismatch")


def test_findings_are_in_order_and_nothing_is_written(tmp_path: Path) -> None:
    place = on_disk(bag(info=OURS), tmp_path / "bag")
    for name in ("data/z", "data/b", "extra.txt"):
        (place / name).write_bytes(b"1")
    before = sorted((str(path), path.stat().st_mtime_ns) for path in place.rglob("*"))
    report = validate(place)
    assert list(report.findings) == sorted(report.findings, key=lambda one: one.order)
    assert {one.where.file for one in report.findings} == {"data/z", "data/b", "extra.txt", "bag-info.txt"}
    assert sorted((str(path), path.stat().st_mtime_ns) for path in place.rglob("*")) == before


@pytest.fixture
def open_to_all() -> Iterator[Path]:
    place = Path(tempfile.mkdtemp())
    place.chmod(0o755)
    yield place
    shutil.rmtree(place)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become another user")
def test_unreadable_files_are_findings_and_an_unreadable_bag_is_none(open_to_all: Path) -> None:
    place = on_disk(FILES, open_to_all / "bag")
    (place / "data/a.txt").chmod(0o600)
    (place / "data/sub").chmod(0o700)
    os.seteuid(65534)
    try:
        report = validate(place)
    finally:
        os.seteuid(0)
    assert report.exit_code == 1
    assert {(one.where.file, one.code) for one in report.findings} >= {
        ("data/a.txt", "file.unreadable"),
        ("data/sub", "folder.unreadable"),
    }
    (place / "data/a.txt").chmod(0o644)
    os.seteuid(65534)
    try:
        report = validate(place)
    finally:
        os.seteuid(0)
    assert (report.verdict, report.exit_code, codes(report)) == (Verdict.UNDETERMINED, 3, {"folder.unreadable"})
    place.chmod(0o700)
    os.seteuid(65534)
    try:
        report = validate(place)
    finally:
        os.seteuid(0)
    assert (report.exit_code, codes(report)) == (3, {"bag.unreadable"})
