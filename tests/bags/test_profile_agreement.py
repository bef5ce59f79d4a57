"""Another validator of BagIt Profiles 1.4, bagit-utils, says the same of the same bags, but for what is named here."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from bagit_utils import Bag, BagItProfileValidator, BagValidator

from archive.model.depths import Depth
from archive.model.findings import Severity
from tests.bags.making import bag, on_disk
from tests.bags.profile_making import NAMED, against, profile_of, read
from tests.bags.test_profile_reading import UNUSABLE, USABLE
from tests.bags.test_profile_rules import CASES

BAGS: dict[str, Mapping[str, bytes]] = {
    "plain": bag(info=[NAMED]),
    "labels": bag(info=[NAMED, ("Source-Organization", "House A"), ("Contact-Name", "A"), ("Contact-Name", "B")]),
    "old algorithms": bag(info=[NAMED], algorithms=("md5", "sha1")),
    "one algorithm": bag(info=[NAMED], algorithms=("sha256",)),
    "tag files": bag(info=[NAMED], tags={"meta/a.xml": b"<a/>", "meta/b/c.xml": b"<c/>", "about.txt": b"a"}),
    "holey": bag(info=[NAMED], tags={"fetch.txt": b"https://example.org/z - data/z\n"}),
    "empty": bag({}, info=[NAMED]),
    "kept": bag({"data/.keep": b""}, info=[NAMED]),
    "pages": bag({"data/pages/1.html": b"1", "data/pages/2.html": b"2", "data/index.csv": b"i"}, info=[NAMED]),
}
PROFILES: dict[str, dict[str, Any]] = {
    "nothing": profile_of(),
    "labels": profile_of(
        Bag_Info={
            "Source-Organization": {"required": True, "values": ["House A", "House B"]},
            "Contact-Name": {"required": True, "repeatable": True},
        }
    ),
    "one contact": profile_of(Bag_Info={"Contact-Name": {"repeatable": False}}),
    "other values": profile_of(Bag_Info={"Source-Organization": {"values": ["House C"]}}),
    "oxum": profile_of(Bag_Info={"Payload-Oxum": {"required": True, "repeatable": False}}),
    "md5": profile_of(Manifests_Required=["md5"], Tag_Manifests_Required=["md5"]),
    "modern": profile_of(Manifests_Allowed=["sha256", "sha512"], Tag_Manifests_Allowed=["sha256", "sha512"]),
    "sha512 at least": profile_of(Manifests_Required=["sha512"], Manifests_Allowed=["md5", "sha256", "sha512"]),
    "tag manifest": profile_of(Tag_Manifests_Required=["sha512"]),
    "whole": profile_of(Allow_Fetch_txt=False),
    "holey": profile_of(Fetch_txt_Required=True, Allow_Fetch_txt=True),
    "empty": profile_of(Data_Empty=True),
    "new": profile_of(Accept_BagIt_Version=["1.0"]),
    "metadata": profile_of(Tag_Files_Required=["meta/a.xml"], Tag_Files_Allowed=["meta/*", "meta/b/*", "about.txt"]),
    "few tag files": profile_of(Tag_Files_Allowed=["about.txt"]),
    "any tag files": profile_of(Tag_Files_Allowed=["*"]),
    "pages": profile_of(Payload_Files_Required=["data/pages/", "data/index.csv"]),
    "pages alone": profile_of(Payload_Files_Allowed=["data/pages/*"]),
    "pages and index": profile_of(
        Payload_Files_Required=["data/pages/"], Payload_Files_Allowed=["data/pages/*", "data/*.csv"]
    ),
    "all payload": profile_of(Payload_Files_Allowed=["data/*"]),
}


def ours(profile: dict[str, Any], files: Mapping[str, bytes]) -> bool:
    return not any(one.severity is Severity.ERROR for one in against(profile, files, depth=Depth.COMPLETE))


def theirs(profile: dict[str, Any], place: Path) -> bool:
    return bool(BagValidator.validate_once(Bag(place), profile).valid)


@pytest.fixture(scope="module")
def places(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    top = tmp_path_factory.mktemp("bags")
    return {name: on_disk(files, top / name.replace(" ", "-")) for name, files in BAGS.items()}


@pytest.mark.parametrize("name", BAGS)
@pytest.mark.parametrize("asked", PROFILES)
def test_both_agree(asked: str, name: str, places: dict[str, Path]) -> None:
    assert ours(PROFILES[asked], BAGS[name]) == theirs(PROFILES[asked], places[name])


def test_the_table_has_both_verdicts() -> None:
    verdicts = [ours(profile, files) for profile in PROFILES.values() for files in BAGS.values()]
    assert verdicts.count(True) > 60
    assert verdicts.count(False) > 60


DIFFERENT = {
    # The specification: 'Bags complying to a BagIt Profile MUST contain the tag'. They do not look at it.
    "not named",
    "no bag-info.txt",
    "the identifier in another case",
    # RFC 8493, 2.2.2: labels are the same whatever their case. They compare letter by letter.
    "a label in another case",
    # The specification: 'If empty, any value is accepted'. They accept none.
    "no values named",
    # They look for files by the names of algorithms as the profile writes them, and so miss `SHA-512`.
    "manifests there",
    "manifests allowed",
}


@pytest.mark.parametrize(("name", "profile", "files"), [case[:3] for case in CASES], ids=[case[0] for case in CASES])
def test_the_cases_of_our_own_are_judged_alike_but_for_those_named(
    name: str, profile: dict[str, Any], files: Mapping[str, bytes], tmp_path: Path
) -> None:
    place = on_disk(files, tmp_path / "bag")
    try:
        said = theirs(profile, place)
    except (OSError, ValueError, KeyError, AttributeError) as problem:  # they need bag-info.txt
        said = str(problem)
    assert (said != ours(profile, files)) == (name in DIFFERENT)


PROFILES_DIFFERENT = {
    # They do not look at BagIt-Profile-Info at all.
    "an empty object",
    "no info",
    "info that is a list",
    "no identifier",
    "an empty identifier",
    "no version of its own",
    "no organisation",
    "no description",
    "a version that is a number",
    "an identifier that is none",
    "a specification to come",
    "a specification of another kind",
    "a specification in words",
    "a specification that is a number",
    # The specification: 'At least one version is required'. They want it only where the key is there.
    "no versions of BagIt",
    # The specification: 'at least one value is needed'. They do not check serialisations.
    "no format",
    "no format at all",
    # What no bag can meet they say of each bag, and we of the profile.
    "a label twice",
    "empty and full",
    "empty, with a folder",
    "a step up",
    "an empty path",
    "a tag file in data/",
    "a tag folder",
    "a payload file elsewhere",
    "a path that is not normal",
    "an absolute path",
    # Keys of somebody's own, which published profiles have (`recommended`): they refuse the profile, we tell of them.
    "a key of somebody's own",
    "a label's key of somebody's own",
    # The grammar in the specification writes booleans in quotation marks; it is not normative, so we tell of it.
    "the grammar's booleans",
    # RFC 8493, 2.4: the name of an algorithm is normalised. They compare letter by letter.
    "names in two ways",
}


def theirs_of_profile(profile: dict[str, Any]) -> bool:
    try:
        BagItProfileValidator.load_profile(profile)
    except ValueError:
        return False
    return True


OBJECTS = [(name, profile) for name, profile, _ in (*UNUSABLE, *USABLE) if isinstance(profile, dict)]


@pytest.mark.parametrize(("name", "profile"), OBJECTS, ids=[name for name, _ in OBJECTS])
def test_profiles_are_judged_alike_but_for_those_named(name: str, profile: dict[str, Any]) -> None:
    assert (theirs_of_profile(profile) != (read(profile)[0] is not None)) == (name in PROFILES_DIFFERENT)
