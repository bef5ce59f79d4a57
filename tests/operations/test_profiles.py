"""`validate --profile` and `pack --profile`."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path
from typing import Any

import pytest
from bagit_utils import Bag, BagValidator

from archive.bags.profiles.reading import read_profile
from archive.errors import ArchiveError, TargetExistsError, UsageError
from archive.model.findings import Severity
from archive.model.reports import Report, Verdict
from archive.operations import profiles
from archive.operations.pack import pack
from archive.operations.validate import validate
from archive.schema import shipped
from tests.bags.making import bag, on_disk, sealed
from tests.bags.profile_making import IDENTIFIER, NAMED, profile_of
from tests.packing.making import OPEN_TOML, Corpus, expect_balance

OURS = ("BagIt-Profile-Identifier", shipped.PROFILE_IDENTIFIER)


@pytest.fixture
def place(tmp_path: Path) -> Path:
    return on_disk(bag(info=[NAMED]), tmp_path / "bag")


@pytest.fixture
def corpus(tmp_path: Path) -> Corpus:
    return Corpus(tmp_path / "corpus", OPEN_TOML).texts("a.txt", "b/c.txt")


def profile_at(place: Path, profile: Any) -> Path:
    place.write_text(json.dumps(profile))
    return place


def told(report: Report) -> list[str]:
    return sorted({one.code for one in report.findings})


def errors(report: Report) -> list[str]:
    return sorted({one.code for one in report.findings if one.severity is Severity.ERROR})


def test_the_shipped_profile_is_sound_and_has_its_identifier() -> None:
    profile, found = read_profile(shipped.profile_bytes(), shipped.PROFILE)
    assert found == ()
    assert profile == profiles.own_profile()
    assert profile is not None
    assert profile.identifier == shipped.PROFILE_IDENTIFIER


def test_a_damaged_installation_is_said_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shipped, "profile_bytes", lambda: b"{}")
    profiles.own_profile.cache_clear()
    with pytest.raises(ArchiveError, match=r"not sound: profile\.missing-key"):
        profiles.own_profile()
    profiles.own_profile.cache_clear()


def test_a_foreign_profile_is_told_and_not_fetched(place: Path) -> None:
    report = validate(place)
    assert report.verdict is Verdict.VALID
    (one,) = report.findings
    assert (one.code, one.found, one.where.row) == ("profile.not-checked", IDENTIFIER, 2)
    assert "--profile" in one.remedy


def test_a_bag_that_meets_a_profile(place: Path, tmp_path: Path) -> None:
    report = validate(place, profile=profile_at(tmp_path / "p.json", profile_of(Manifests_Required=["sha256"])))
    assert (report.verdict, report.findings) == (Verdict.VALID, ())


@pytest.mark.parametrize("depth", ["oxum", "complete", "fixity"])
def test_a_bag_that_does_not(place: Path, tmp_path: Path, depth: str) -> None:
    given = profile_at(tmp_path / "p.json", profile_of(Manifests_Required=["md5"]))
    report = validate(place, profile=str(given), depth=depth)
    assert (report.verdict, told(report)) == (Verdict.INVALID, ["profile.manifest-missing"])


def test_a_profile_that_is_wrong_leaves_the_verdict_open(place: Path, tmp_path: Path) -> None:
    given = profile_at(tmp_path / "p.json", profile_of(Data_Empty="perhaps"))
    report = validate(place, profile=given)
    assert report.verdict is Verdict.UNDETERMINED
    assert told(report) == ["profile.not-checked", "profile.wrong-type"]
    assert report.exit_code == 3


def test_warnings_of_a_profile_are_told_once_for_many_bags(place: Path, tmp_path: Path) -> None:
    other = shutil.copytree(place, tmp_path / "other")
    given = profile_at(tmp_path / "p.json", profile_of(Else=1))
    report = validate(place, other, profile=given)
    assert report.verdict is Verdict.VALID
    (one,) = report.findings
    assert (one.code, one.where.file) == ("profile.unknown-key", str(given))


@pytest.mark.parametrize("name", ["absent.json", "bag", "no\0name"])
def test_a_profile_that_cannot_be_read(place: Path, tmp_path: Path, name: str) -> None:
    with pytest.raises(UsageError, match="the profile cannot be read"):
        validate(place, profile=f"{tmp_path}/{name}")


def test_our_profile_is_asked_of_every_bag_that_names_it(tmp_path: Path) -> None:
    report = validate(on_disk(bag(info=[OURS]), tmp_path / "bag"))
    assert report.verdict is Verdict.INVALID
    assert told(report) == ["profile.label-missing", "profile.payload-file-missing"]


def test_the_judge_is_compared_with_what_is_said_without_profiles(tmp_path: Path) -> None:
    from functools import partial

    from archive.operations.judge import judge

    report = validate(on_disk(bag(info=[OURS]), tmp_path / "bag"), cross_check=partial(judge, seconds=60))
    assert "judge.agrees" in told(report)


def packed(report: Report) -> Path:
    assert report.verdict is Verdict.VALID, report.findings
    return Path(report.bags[0].path)


def test_every_bag_of_ours_names_our_profile_carries_it_and_meets_it(corpus: Corpus, tmp_path: Path) -> None:
    place = packed(pack(corpus.path, tmp_path / "bags", jobs=1))
    assert f"{OURS[0]}: {OURS[1]}\n" in (place / "bag-info.txt").read_text()
    assert (place / "data/schemas/bag-profile.json").read_bytes() == shipped.profile_bytes()
    assert not validate(place).findings
    assert BagValidator.validate_once(Bag(place), json.loads(shipped.profile_bytes())).valid


@pytest.mark.parametrize("gone", ["tagmanifest-sha256.txt", "tagmanifest-sha512.txt"])
def test_both_tag_manifests_are_asked_for(corpus: Corpus, tmp_path: Path, gone: str) -> None:
    place = packed(pack(corpus.path, tmp_path / "bags", jobs=1))
    (place / gone).unlink()
    assert "bag.tag-manifest-missing" in errors(validate(place))


def test_the_canonical_form_is_asked_for(corpus: Corpus, tmp_path: Path) -> None:
    place = packed(pack(corpus.path, tmp_path / "bags", jobs=1))
    manifest = place / "tagmanifest-sha512.txt"
    digest = manifest.read_bytes()[:128]
    manifest.write_bytes(manifest.read_bytes().replace(digest, digest.upper()))
    assert errors(validate(place)) == ["bag.not-canonical"]


INSTITUTION = profile_of(
    Bag_Info={
        "Source-Organization": {"required": True, "values": ["House A", "House B"]},
        "Contact-Email": {"required": True, "repeatable": False},
        "Collection Code": {"required": True, "description": "three letters"},
    },
    Manifests_Required=["md5"],
    Manifests_Allowed=["md5", "sha256"],
    Tag_Manifests_Allowed=["md5", "sha256"],
    Allow_Fetch_txt=False,
    Payload_Files_Required=["data/originals/a.txt", "data/bag.json"],
    Payload_Files_Allowed=["data/*"],
)
LINES = '[bag-info]\n"Collection Code" = "ABC"\nSource-Organization = "House B"\nContact-Email = "a@example.org"\n'


def test_a_bag_for_an_institution(tmp_path: Path) -> None:
    corpus = Corpus(tmp_path / "corpus", OPEN_TOML + LINES).texts("a.txt")
    given = profile_at(tmp_path / "p.json", INSTITUTION)
    place = packed(pack(corpus.path, tmp_path / "bags", profile=given, jobs=1))
    info = (place / "bag-info.txt").read_text()
    assert f"BagIt-Profile-Identifier: {IDENTIFIER}\n" in info
    assert f"{OURS[0]}: {OURS[1]}\n" in info
    # sha512 is usual, but not allowed here; md5 is required.
    assert sorted(one.name for one in place.glob("manifest-*")) == ["manifest-md5.txt", "manifest-sha256.txt"]
    assert validate(place, profile=given).findings == ()
    assert BagValidator.validate_once(Bag(place), INSTITUTION).valid
    assert told(pack(corpus.path, tmp_path / "bags", profile=given, jobs=1)) == ["bag.identical"]


def test_a_bag_with_tag_files_for_an_institution(tmp_path: Path) -> None:
    toml = f'{OPEN_TOML}[tag-files]\n"mets.xml" = "library/mets.xml"\n"more/notes.txt" = "b/c.txt"\n'
    corpus = Corpus(tmp_path / "corpus", toml).texts("a.txt", "b/c.txt")
    corpus.write("library/mets.xml", "<mets/>")
    asked = profile_of(Tag_Files_Required=["mets.xml", "more/notes.txt"])
    place = profile_at(tmp_path / "library.json", asked)
    report = pack(corpus.path, tmp_path / "bags", profile=place)
    assert errors(report) == []
    made = packed(report)
    assert (made / "mets.xml").read_bytes() == b"<mets/>" == (made / "data/submission/library/mets.xml").read_bytes()
    assert (made / "more/notes.txt").exists()
    assert json.loads((made / "data/schemas/required-profile.json").read_bytes()) == asked
    assert b"  mets.xml\n" in (made / "tagmanifest-sha256.txt").read_bytes()
    assert (report.counts["inputs"], report.counts["packed"]) == (1, 1)  # the tag files are no documents
    checked = validate(made, depth="derivation", profile=place)
    assert (checked.verdict, errors(checked)) == (Verdict.VALID, [])


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ('"mets.xml" = "none.xml"', "corpus.tag-file-missing"),
        ('"../mets.xml" = "a.txt"', "corpus.wrong-value"),
        ('"data/mets.xml" = "a.txt"', "corpus.wrong-value"),
        ('"README.md" = "a.txt"', "corpus.wrong-value"),
        ('"TagManifest-md5.txt" = "a.txt"', "corpus.wrong-value"),
        ('"mets.xml" = "../a.txt"', "corpus.wrong-value"),
        ('"mets.xml" = "corpus.toml"', "corpus.wrong-value"),
        ('"mets.xml" = 3', "corpus.wrong-type"),
    ],
)
def test_tag_files_that_cannot_be(tmp_path: Path, line: str, code: str) -> None:
    corpus = Corpus(tmp_path / "corpus", f"{OPEN_TOML}[tag-files]\n{line}\n").texts("a.txt")
    report = pack(corpus.path, tmp_path / "bags")
    assert code in errors(report)
    assert report.bags == ()


def test_what_is_missing_is_said_before_the_work(corpus: Corpus, tmp_path: Path) -> None:
    heard: list[object] = []
    given = profile_at(tmp_path / "p.json", INSTITUTION)
    report = pack(corpus.path, tmp_path / "bags", profile=given, jobs=1, listener=heard.append)
    assert report.verdict is Verdict.INVALID
    assert heard == []
    assert not (tmp_path / "bags").exists()
    assert errors(report) == ["profile.label-missing"]
    assert [one.expected for one in report.findings] == [
        '"Collection Code" = "..." (three letters)',
        'Contact-Email = "..."',
        'Source-Organization = "House A" or "House B"',
    ]
    assert {(str(one.where), one.remedy) for one in report.findings} == {
        ("corpus.toml, /bag-info", "Write the line under [bag-info] in corpus.toml.")
    }


@pytest.mark.parametrize(
    ("asked", "codes"),
    [
        ({"Bag_Info": {"External-Description": {"values": ["A deposit"]}}}, ["profile.label-value"]),
        ({"Bag_Info": {"BagIt-Profile-Identifier": {"repeatable": False}}}, ["profile.label-repeated"]),
        ({"Manifests_Allowed": ["sha512"]}, ["profile.manifest-not-allowed"]),
        ({"Tag_Manifests_Allowed": ["md5"]}, ["profile.tag-manifest-not-allowed"]),
        ({"Manifests_Required": ["whirlpool"]}, ["profile.manifest-missing"]),
        ({"Tag_Manifests_Required": ["whirlpool"]}, ["profile.tag-manifest-missing"]),
        ({"Accept_BagIt_Version": ["0.97"]}, ["profile.bagit-version"]),
        ({"Fetch_txt_Required": True}, ["profile.fetch-missing"]),
        ({"Data_Empty": True}, ["profile.data-not-empty"]),
        ({"Tag_Files_Required": ["institution.txt"]}, ["profile.tag-file-missing"]),
        ({"Tag_Files_Allowed": ["institution.txt"]}, ["profile.tag-file-not-allowed"]),
        ({"Payload_Files_Required": ["data/mets.xml"]}, ["profile.payload-file-missing"]),
        ({"Payload_Files_Allowed": ["data/originals/*"]}, ["profile.payload-file-not-allowed"]),
    ],
)
def test_what_no_bag_of_ours_can_meet(corpus: Corpus, tmp_path: Path, asked: dict[str, Any], codes: list[str]) -> None:
    given = profile_at(tmp_path / "p.json", profile_of(**asked))
    report = pack(corpus.path, tmp_path / "bags", profile=given, jobs=1)
    assert errors(report) == codes
    assert not (tmp_path / "bags").exists()
    expect_balance(report)
    assert report.counts["packed"] == 0


def test_a_checksum_that_is_not_allowed_is_said(corpus: Corpus, tmp_path: Path) -> None:
    given = profile_at(tmp_path / "p.json", profile_of(Manifests_Allowed=["sha256", "sha512"]))
    report = pack(corpus.path, tmp_path / "bags", profile=given, checksums=["md5"], jobs=1)
    assert errors(report) == ["profile.manifest-not-allowed"]
    assert [one.found for one in report.findings] == ["md5"]


def test_a_profile_that_is_wrong_packs_nothing(corpus: Corpus, tmp_path: Path) -> None:
    report = pack(corpus.path, tmp_path / "bags", profile=profile_at(tmp_path / "p.json", {}), jobs=1)
    assert (report.verdict, errors(report)) == (Verdict.INVALID, ["profile.missing-key"])
    assert not (tmp_path / "bags").exists()


def test_a_bag_that_is_to_be_serialised(corpus: Corpus, tmp_path: Path) -> None:
    given = profile_at(tmp_path / "p.json", profile_of(Serialization="required"))
    report = pack(corpus.path, tmp_path / "bags", profile=given, jobs=1)
    place = packed(report)
    assert [(one.code, one.expected) for one in report.findings] == [("profile.to-be-serialised", "application/zip")]
    assert told(validate(place, profile=given)) == ["profile.serialization"]
    archive = shutil.make_archive(os.fspath(place), "zip", place.parent, place.name)
    assert errors(validate(archive, profile=given)) == []


def test_what_only_the_finished_bag_shows_is_found_before_it_appears(corpus: Corpus, tmp_path: Path) -> None:
    given = profile_at(tmp_path / "p.json", profile_of(Payload_Files_Required=["data/originals/z.txt"]))
    report = pack(corpus.path, tmp_path / "bags", profile=given, jobs=1)
    assert errors(report) == ["profile.payload-file-missing"]
    assert list((tmp_path / "bags").iterdir()) == []


def test_the_same_bag_packed_for_no_profile_is_not_taken_for_it(corpus: Corpus, tmp_path: Path) -> None:
    packed(pack(corpus.path, tmp_path / "bags", jobs=1))
    with pytest.raises(TargetExistsError, match=r"does not meet the profile: profile\.not-named"):
        pack(corpus.path, tmp_path / "bags", profile=profile_at(tmp_path / "p.json", profile_of()), jobs=1)


def test_our_own_profile_is_named_once(corpus: Corpus, tmp_path: Path) -> None:
    given = tmp_path / "p.json"
    given.write_bytes(shipped.profile_bytes())
    place = packed(pack(corpus.path, tmp_path / "bags", profile=given, jobs=1))
    assert (place / "bag-info.txt").read_text().count("BagIt-Profile-Identifier") == 1


def test_a_line_that_names_the_profile_already_is_not_doubled(tmp_path: Path) -> None:
    corpus = Corpus(tmp_path / "corpus", f'{OPEN_TOML}[bag-info]\n{NAMED[0]} = "{NAMED[1]}"\n').texts("a.txt")
    given = profile_at(tmp_path / "p.json", profile_of())
    place = packed(pack(corpus.path, tmp_path / "bags", profile=given, jobs=1))
    assert (place / "bag-info.txt").read_text().count(IDENTIFIER) == 1


def test_a_bag_sealed_anew_without_its_line_is_a_bag_like_any(corpus: Corpus, tmp_path: Path) -> None:
    place = packed(pack(corpus.path, tmp_path / "bags", jobs=1))
    files = {
        path.relative_to(place).as_posix(): path.read_bytes() for path in sorted(place.rglob("*")) if path.is_file()
    }
    files["bag-info.txt"] = files["bag-info.txt"].replace(f"{OURS[0]}: {OURS[1]}\n".encode(), b"")
    again = on_disk(sealed(files), tmp_path / "again")
    assert errors(validate(again)) == []
