"""Bags held against profiles: each rule of the specification, met and broken."""

from __future__ import annotations

import time
from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.bags.profiles.patterns import Patterns
from archive.bags.profiles.rules import FOLDER, FORMATS
from archive.model.codes.profiles import BAGS
from archive.model.depths import Depth
from archive.storage.stores import Kind
from tests.bags.making import PAYLOAD, bag
from tests.bags.profile_making import NAMED, against, profile_of

FULL = bag(info=[NAMED, ("Contact-Name", "A. Person"), ("X", "one"), ("X", "two")])
NAMELESS = bag(info=[("Contact-Name", "A. Person")])
META = bag(info=[NAMED], tags={"meta/a.xml": b"<a/>", "notes.txt": b"n"})
FETCHING = bag(info=[NAMED], tags={"fetch.txt": b"https://example.org/z - data/z\n"})
EMPTY = bag({}, info=[NAMED])
KEPT = bag({"data/.keep": b""}, info=[NAMED])
OLD = bag(version=(0, 97), info=[NAMED])
FOLDED = {**FULL, "bag-info.txt": b"BagIt-Profile-Identifier: " + NAMED[1].encode() + b"\nX: a long\n  value\n"}


def labels(**rules: Any) -> dict[str, Any]:
    return profile_of(Bag_Info={label.replace("_", "-"): rule for label, rule in rules.items()})


CASES: list[tuple[str, dict[str, Any], Mapping[str, bytes], set[str]]] = [
    ("a profile that asks nothing", profile_of(), FULL, set()),
    ("not named", profile_of(), NAMELESS, {"not-named"}),
    ("no bag-info.txt", profile_of(), {key: FULL[key] for key in FULL if key != "bag-info.txt"}, {"not-named"}),
    ("named in another case", profile_of(), bag(info=[("bagit-profile-identifier", NAMED[1])]), set()),
    ("named with another", profile_of(), bag(info=[(NAMED[0], "https://example.org/b"), NAMED]), set()),
    ("the identifier in another case", profile_of(), bag(info=[(NAMED[0], NAMED[1].upper())]), {"not-named"}),
    ("a label there", labels(Contact_Name={"required": True}), FULL, set()),
    ("a label missing", labels(Contact_Email={"required": True}), FULL, {"label-missing"}),
    ("a label that need not be there", labels(Contact_Email={"values": ["a"]}), FULL, set()),
    ("a label in another case", labels(contact_NAME={"required": True}), FULL, {"label-case"}),
    ("a permitted value", labels(X={"values": ["one", "two"]}), FULL, set()),
    ("one of two values", labels(X={"values": ["one"]}), FULL, {"label-value"}),
    ("a value in another case", labels(X={"values": ["One", "two"]}), FULL, {"label-value"}),
    ("no values named", labels(X={"values": []}), FULL, set()),
    ("a folded value", labels(X={"values": ["a long value"]}), FOLDED, set()),
    ("repeated", labels(X={"repeatable": True}), FULL, set()),
    ("repeated in vain", labels(X={"repeatable": False}), FULL, {"label-repeated"}),
    ("once", labels(Contact_Name={"repeatable": False}), FULL, set()),
    ("manifests there", profile_of(Manifests_Required=["sha256", "SHA-512"]), FULL, set()),
    ("a manifest missing", profile_of(Manifests_Required=["sha256", "md5"]), FULL, {"manifest-missing"}),
    ("manifests allowed", profile_of(Manifests_Allowed=["sha256", "SHA512", "md5"]), FULL, set()),
    ("a manifest in excess", profile_of(Manifests_Allowed=["sha256"]), FULL, {"manifest-not-allowed"}),
    ("no manifest allowed", profile_of(Manifests_Allowed=[]), FULL, {"manifest-not-allowed"}),
    ("tag manifests there", profile_of(Tag_Manifests_Required=["sha512"]), FULL, set()),
    ("a tag manifest missing", profile_of(Tag_Manifests_Required=["md5"]), FULL, {"tag-manifest-missing"}),
    ("tag manifests allowed", profile_of(Tag_Manifests_Allowed=["sha512", "sha256"]), FULL, set()),
    ("a tag manifest in excess", profile_of(Tag_Manifests_Allowed=["md5"]), FULL, {"tag-manifest-not-allowed"}),
    ("fetch.txt by default", profile_of(), FETCHING, set()),
    ("fetch.txt not allowed", profile_of(Allow_Fetch_txt=False), FETCHING, {"fetch-not-allowed"}),
    ("no fetch.txt, none allowed", profile_of(Allow_Fetch_txt=False), FULL, set()),
    ("fetch.txt required", profile_of(Fetch_txt_Required=True), FETCHING, set()),
    ("fetch.txt missing", profile_of(Fetch_txt_Required=True), FULL, {"fetch-missing"}),
    ("an empty payload", profile_of(Data_Empty=True), EMPTY, set()),
    ("an empty file that keeps the folder", profile_of(Data_Empty=True), KEPT, set()),
    ("one byte", profile_of(Data_Empty=True), bag({"data/.keep": b"\n"}, info=[NAMED]), {"data-not-empty"}),
    ("two empty files", profile_of(Data_Empty=True), bag({"data/a": b"", "data/b": b""}, info=[NAMED]),
     {"data-not-empty"}),
    ("an empty file in a folder", profile_of(Data_Empty=True), bag({"data/a/.keep": b""}, info=[NAMED]),
     {"data-not-empty"}),
    ("a payload by default", profile_of(Data_Empty=False), FULL, set()),
    ("a version", profile_of(Accept_BagIt_Version=["0.97", "1.0"]), OLD, set()),
    ("another version, and all else wrong", profile_of(Manifests_Required=["md5"]), OLD, {"bagit-version"}),
    ("another version", profile_of(Accept_BagIt_Version=["0.97"]), FULL, {"bagit-version"}),
    ("a tag file", profile_of(Tag_Files_Required=["meta/a.xml"]), META, set()),
    ("a tag file missing", profile_of(Tag_Files_Required=["meta/b.xml"]), META, {"tag-file-missing"}),
    ("tag files allowed", profile_of(Tag_Files_Allowed=["meta/*", "notes.txt"]), META, set()),
    ("any tag file", profile_of(Tag_Files_Allowed=["*"]), META, set()),
    ("tag files of a kind", profile_of(Tag_Files_Allowed=["*.xml"]), META, {"tag-file-not-allowed"}),
    ("no tag files", profile_of(Tag_Files_Allowed=[]), META, {"tag-file-not-allowed"}),
    ("no tag files but BagIt's own", profile_of(Tag_Files_Allowed=[]), FETCHING, set()),
    ("a payload file", profile_of(Payload_Files_Required=["data/a.txt", "data/sub/"]), FULL, set()),
    ("a payload file missing", profile_of(Payload_Files_Required=["data/b.txt"]), FULL, {"payload-file-missing"}),
    ("a folder missing", profile_of(Payload_Files_Required=["data/a.txt/"]), FULL, {"payload-file-missing"}),
    ("a file where a folder is", profile_of(Payload_Files_Required=["data/sub"]), FULL, {"payload-file-missing"}),
    ("payload files allowed", profile_of(Payload_Files_Allowed=["data/[ae]*", "data/sub/*"]), FULL, set()),
    ("a payload file in excess", profile_of(Payload_Files_Allowed=["data/sub/*"]), FULL, {"payload-file-not-allowed"}),
]  # fmt: skip


@pytest.mark.parametrize(("profile", "files", "codes"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
@pytest.mark.parametrize("depth", list(Depth))
def test_exactly_these_codes(
    profile: dict[str, Any], files: Mapping[str, bytes], codes: set[str], depth: Depth
) -> None:
    assert {one.code for one in against(profile, files, depth=depth)} == {f"profile.{code}" for code in codes}


SERIALISED: list[tuple[str, str, list[str], set[str]]] = [
    ("optional", FOLDER, ["application/zip"], set()),
    ("optional", "zip", ["application/zip"], set()),
    ("optional", "zip", ["Application/Zip"], set()),
    ("optional", "zip", ["application/tar"], {"profile.serialization-format"}),
    ("optional", "tar", [], set()),
    ("required", FOLDER, ["application/zip"], {"profile.serialization"}),
    ("required", "tar", ["application/x-tar"], set()),
    ("required", "tar.gz", ["application/gzip"], set()),
    ("required", "tar.gz", ["application/tar"], {"profile.serialization-format"}),
    ("required", "7z", ["application/x-7z-compressed"], {"profile.serialization-format"}),
    ("forbidden", FOLDER, [], set()),
    ("forbidden", "zip", ["application/zip"], {"profile.serialization"}),
]


@pytest.mark.parametrize(("asked", "form", "formats", "codes"), SERIALISED)
def test_serialisation(asked: str, form: str, formats: list[str], codes: set[str]) -> None:
    profile = profile_of(Serialization=asked, Accept_Serialization=formats)
    assert {one.code for one in against(profile, FULL, form)} == codes


def test_nothing_else_is_asked_of_a_serialisation_that_is_not_accepted() -> None:
    assert [one.code for one in against(profile_of(Serialization="forbidden"), NAMELESS, "zip")] == [
        "profile.serialization"
    ]


@pytest.mark.parametrize("form", FORMATS)
def test_every_media_type_of_a_format_is_accepted(form: str) -> None:
    for media_type in FORMATS[form]:
        assert not against(profile_of(Serialization="required", Accept_Serialization=[media_type]), FULL, form)


def test_every_code_of_a_bag_is_raised_here() -> None:
    raised = {f"profile.{code}" for case in CASES for code in case[3]} | set().union(*(case[3] for case in SERIALISED))
    elsewhere = {"profile.not-checked", "profile.to-be-serialised"}
    assert raised | elsewhere == {code.name for code in BAGS}


def test_each_finding_names_the_file_and_the_row() -> None:
    found = against(labels(X={"values": ["one"]}), FULL)
    assert [(one.where.file, one.where.row, one.found, one.expected) for one in found] == [
        ("bag-info.txt", 5, "X: two", "one")
    ]
    excess = against(profile_of(Payload_Files_Allowed=["data/sub/*"]), FULL)
    assert {one.where.file for one in excess} == {"data/a.txt", "data/e"}


def test_a_missing_label_is_shown_as_the_line_to_write() -> None:
    rules = {"A": {"required": True, "values": ["x", "y"]}, "B": {"required": True, "description": "who"}}
    assert [one.expected for one in against(labels(**rules), FULL)] == ["A: one of x, y", "B: who"]


def test_a_folder_that_holds_only_a_folder_is_there() -> None:
    others = {"data/src": Kind.FOLDER, "data/src/inner": Kind.FOLDER}
    assert not against(profile_of(Payload_Files_Required=["data/src/"]), FULL, others=others)
    assert against(profile_of(Payload_Files_Required=["data/src/inner/"]), FULL, others=others)


def test_what_is_still_to_be_fetched_must_be_allowed_too() -> None:
    allowed = profile_of(Payload_Files_Allowed=sorted(PAYLOAD))
    assert {one.where.file for one in against(allowed, FETCHING, depth=Depth.COMPLETE)} == {"data/z"}


def test_package_info_of_the_oldest_versions_is_no_tag_file_of_somebody_s_own() -> None:
    old = bag(version=(0, 93), info=[NAMED])
    old["package-info.txt"] = old.pop("bag-info.txt")
    assert not against(profile_of(Accept_BagIt_Version=["0.93"], Tag_Files_Allowed=[]), old)


def test_a_path_in_another_normal_form_is_found() -> None:
    files = bag({"data/u\u0308": b"x"}, info=[NAMED])
    files = {
        key: data.replace("u\u0308".encode(), "\u00fc".encode()) if "manifest" in key else data
        for key, data in files.items()
    }
    assert not against(profile_of(Payload_Files_Required=["data/\u00fc"]), files, depth=Depth.COMPLETE)


@pytest.mark.parametrize(
    ("entry", "path", "covers"),
    [
        ("data/a", "data/a", True),
        ("data/a", "data/ab", False),
        ("data/*", "data/a/b", True),
        ("*", "a/b/c", True),
        ("data/*.txt", "data/a/b.txt", True),
        ("data/?", "data/a", True),
        ("data/?", "data/ab", False),
        ("data/[a-c]", "data/b", True),
        ("data/[!a-c]", "data/b", False),
        ("data/[1].txt", "data/[1].txt", True),
        ("data/[1].txt", "data/1.txt", True),
        ("data/[", "data/[", True),
        ("data/a+b", "data/aab", False),
        ("data/A", "data/a", False),
        ("data/*", "data/line\nbreak", True),
        ("data/**/x", "data/a/b/x", True),
        ("", "", True),
    ],
)
def test_patterns(entry: str, path: str, covers: bool) -> None:
    assert Patterns([entry]).cover(path) is covers


def test_no_entry_covers_nothing() -> None:
    assert not Patterns([]).cover("data/a")


@given(st.text("ab*?[]!-/", max_size=12), st.text("ab/[]-!", max_size=12))
@settings(deadline=None)
def test_no_pattern_raises(entry: str, path: str) -> None:
    assert Patterns([entry]).cover(entry)
    Patterns([entry]).cover(path)


def test_a_hostile_pattern_takes_no_time() -> None:
    patterns = Patterns(["*a" * 60 + "b"])
    begun = time.process_time()
    assert not patterns.cover("a" * 4000)
    assert time.process_time() - begun < 2
