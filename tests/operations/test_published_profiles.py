"""What some published profiles ask, in our own words: bags are packed for them, or it is said why not.

The facts are those of the profiles of Beyond the Repository 1.0 (it follows specification 1.3.0), of MetaArchive as
Fedora publishes it, and of APTrust 2.2 as Fedora publishes it.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from archive.model.reports import Report
from archive.operations.pack import pack
from archive.operations.validate import validate
from tests.bags.making import on_disk, sealed
from tests.bags.profile_making import profile_of
from tests.packing.making import OPEN_TOML, Corpus

MUST: dict[str, Any] = {"required": True}
MAY: dict[str, Any] = {"required": False}
THIRD = {"BagIt-Profile-Version": "1.3.0"}
BEYOND_THE_REPOSITORY = profile_of(
    {**THIRD, "BagIt-Profile-Identifier": "https://example.org/btr-bagit-profile.json"},
    Bag_Info={
        **dict.fromkeys(("Source-Organization", "Bagging-Date", "Payload-Oxum"), MUST),
        **dict.fromkeys(("Contact-Name", "External-Description", "Bag-Size"), MAY),
        "Organization-Address": {"required": False, "recommended": True},
        "Contact-Email": {"required": False, "recommended": True},
        "Bag-Count": {"required": False, "recommended": True, "description": "where several bags belong together"},
    },
    Manifests_Allowed=["md5", "sha1", "sha256", "sha512"],
    Tag_Manifests_Allowed=["md5", "sha1", "sha256", "sha512"],
    Tag_Files_Allowed=["*"],
    Allow_Fetch_txt=False,
    Serialization="optional",
    Accept_Serialization=["application/x-7z-compressed", "application/tar", "application/zip", "application/gzip"],
    Accept_BagIt_Version=["0.97", "1.0"],
)
CONTACTS = ("Contact-Name", "Contact-Phone", "Contact-Email")
META_ARCHIVE = profile_of(
    {**THIRD, "BagIt-Profile-Identifier": "https://example.org/metaarchive.json"},
    Bag_Info={
        **dict.fromkeys(("Source-Organization", *CONTACTS, "External-Description", "Bag-Size"), MUST),
        **dict.fromkeys(("Bagging-Date", "Payload-Oxum"), MUST),
    },
    Manifests_Required=["sha1"],
    Tag_Manifests_Required=["sha1"],
    Allow_Fetch_txt=False,
    Accept_Serialization=["application/tar"],
    Accept_BagIt_Version=["0.97", "1.0"],
)
AP_TRUST = profile_of(
    {**THIRD, "BagIt-Profile-Identifier": "https://example.org/aptrust.json"},
    Bag_Info=dict.fromkeys(("Source-Organization", "Bag-Size", "Bagging-Date", "Payload-Oxum"), MUST),
    Other_Info=[{"APTrust-Info": {"Title": MUST, "Access": {"required": True, "values": ["Consortia"]}}}],
    Manifests_Required=["md5"],
    Manifests_Allowed=["md5", "sha256"],
    Tag_Files_Required=["aptrust-info.txt"],
    Tag_Manifests_Required=["md5"],
    Allow_Fetch_txt=False,
    Accept_Serialization=["application/tar"],
    Accept_BagIt_Version=["0.97", "1.0"],
)
CONTACT = '[contact]\norganization = "House"\nrole = "Archivist"\ntelephone = "+1 555 0100"\nemail = "a@example.org"\n'


def packed(tmp_path: Path, profile: dict[str, Any], toml: str = CONTACT) -> tuple[Report, Path]:
    given = tmp_path / "p.json"
    given.write_text(json.dumps(profile))
    corpus = Corpus(tmp_path / "corpus", OPEN_TOML + toml).texts("a.txt")
    return pack(corpus.path, tmp_path / "bags", profile=given, jobs=1), given


@pytest.mark.parametrize(
    ("profile", "algorithms"),
    [(BEYOND_THE_REPOSITORY, ["sha256", "sha512"]), (META_ARCHIVE, ["sha1", "sha256", "sha512"])],
)
def test_bags_for_them(tmp_path: Path, profile: dict[str, Any], algorithms: list[str]) -> None:
    report, given = packed(tmp_path, profile)
    bag = Path(report.bags[0].path)
    assert sorted(one.stem.removeprefix("tagmanifest-") for one in bag.glob("tagmanifest-*")) == algorithms
    seen = validate(bag, profile=given)
    assert seen.verdict == "valid"
    assert {one.code for one in seen.findings} <= {"profile.unknown-key"}


def test_what_beyond_the_repository_misses(tmp_path: Path) -> None:
    report, _ = packed(tmp_path, BEYOND_THE_REPOSITORY, "")
    assert {one.expected for one in report.findings if one.code == "profile.label-missing"} == {
        'Source-Organization = "..."'
    }


def test_what_ap_trust_asks_that_pack_does_not_write(tmp_path: Path) -> None:
    report, _ = packed(tmp_path, AP_TRUST)
    found = {one.code: one for one in report.findings}
    assert set(found) == {"profile.tag-file-missing", "profile.unknown-key"}
    assert found["profile.tag-file-missing"].where.file == "aptrust-info.txt"
    assert found["profile.unknown-key"].found == "Other-Info"
    assert not report.bags


def test_a_bag_for_ap_trust_is_finished_by_hand(tmp_path: Path) -> None:
    line = '[bag-info]\nBagIt-Profile-Identifier = "https://example.org/aptrust.json"\n'
    corpus = Corpus(tmp_path / "corpus", OPEN_TOML + CONTACT + line).texts("a.txt")
    (summary,) = pack(corpus.path, tmp_path / "bags", checksums=["md5"], jobs=1).bags
    bag = Path(summary.path)
    files = {path.relative_to(bag).as_posix(): path.read_bytes() for path in bag.rglob("*") if path.is_file()}
    files["aptrust-info.txt"] = b"Title: Example\nAccess: Consortia\n"
    finished = on_disk(sealed(files), tmp_path / "finished")
    given = tmp_path / "p.json"
    given.write_text(json.dumps(AP_TRUST))
    seen = validate(finished, profile=given)
    assert seen.verdict == "valid", seen.findings
    assert {one.code for one in seen.findings} == {"profile.unknown-key"}
