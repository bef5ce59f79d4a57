"""The profile itself is checked first."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.bags.profiles.reading import SINCE
from archive.bags.profiles.strict_json import LARGEST
from archive.model.codes import CODES
from archive.model.codes.profiles import ITSELF
from archive.model.findings import Severity
from tests.bags.profile_making import GONE, IDENTIFIER, profile_of, read

LABEL = {"Contact-Name": {"required": True}}

UNUSABLE: list[tuple[str, Any, set[str]]] = [
    ("nothing", b"", {"malformed"}),
    ("no JSON", b"<!DOCTYPE html>", {"malformed"}),
    ("no UTF-8", b'{"a": "\xff"}', {"malformed"}),
    ("half a character", b'{"a": "\\ud800"}', {"malformed"}),
    ("NaN", b'{"a": NaN}', {"malformed"}),
    ("a list", [], {"malformed"}),
    ("a number of many digits", b"1" * 5000, {"malformed"}),
    ("text after the object", b"{} {}", {"malformed"}),
    ("a key twice", b'{"Data-Empty": true, "Data-Empty": false}', {"repeated-key"}),
    ("a key twice, deep inside", b'{"Bag-Info": {"A": {"required": true, "required": false}}}', {"repeated-key"}),
    ("huge", b'{"a": "' + b"a" * LARGEST + b'"}', {"too-large"}),
    ("deep", b"[" * 100_000 + b"]" * 100_000, {"too-large"}),
    ("an empty object", {}, {"missing-key"}),
    ("no info", profile_of(BagIt_Profile_Info=GONE), {"missing-key"}),
    ("info that is a list", profile_of(BagIt_Profile_Info=[]), {"wrong-type"}),
    ("no identifier", profile_of({"BagIt-Profile-Identifier": GONE}), {"missing-key"}),
    ("an empty identifier", profile_of({"BagIt-Profile-Identifier": ""}), {"missing-key"}),
    ("no version of its own", profile_of({"Version": GONE}), {"missing-key"}),
    ("no organisation", profile_of({"Source-Organization": GONE}), {"missing-key"}),
    ("no description", profile_of({"External-Description": GONE}), {"missing-key"}),
    ("a version that is a number", profile_of({"Version": 1.0}), {"wrong-type"}),
    ("an identifier that is none", profile_of({"BagIt-Profile-Identifier": "deposit 1"}), {"identifier-form"}),
    ("a specification to come", profile_of({"BagIt-Profile-Version": "1.5.0"}), {"specification-version"}),
    ("a specification of another kind", profile_of({"BagIt-Profile-Version": "2.0"}), {"specification-version"}),
    ("a specification in words", profile_of({"BagIt-Profile-Version": "newest"}), {"specification-version"}),
    ("a specification that is a number", profile_of({"BagIt-Profile-Version": 1.4}), {"wrong-type"}),
    ("no versions of BagIt", profile_of(Accept_BagIt_Version=GONE), {"missing-key"}),
    ("an empty list of versions", profile_of(Accept_BagIt_Version=[]), {"missing-key"}),
    ("versions that are numbers", profile_of(Accept_BagIt_Version=[1.0]), {"wrong-type"}),
    ("a version alone", profile_of(Accept_BagIt_Version="1.0"), {"wrong-type"}),
    ("null for a list", profile_of(Manifests_Required=None), {"wrong-type"}),
    ("a number for a boolean", profile_of(Data_Empty=1), {"wrong-type"}),
    ("words for a boolean", profile_of(Allow_Fetch_txt="perhaps"), {"wrong-type"}),
    ("an unknown serialisation", profile_of(Serialization="maybe"), {"wrong-type"}),
    ("a serialisation that is a boolean", profile_of(Serialization=True), {"wrong-type"}),
    ("labels that are a list", profile_of(Bag_Info=[]), {"wrong-type"}),
    ("a label that is text", profile_of(Bag_Info={"Contact-Name": "required"}), {"wrong-type"}),
    ("values that are text", profile_of(Bag_Info={"Contact-Name": {"values": "A"}}), {"wrong-type"}),
    ("a description that is a list", profile_of(Bag_Info={"Contact-Name": {"description": []}}), {"wrong-type"}),
    ("required that is null", profile_of(Bag_Info={"Contact-Name": {"required": None}}), {"wrong-type"}),
    ("a key misspelt", profile_of(Manifest_Required=["sha256"]), {"misspelt-key"}),
    ("a key in another case", profile_of(data_empty=True), {"misspelt-key"}),
    ("a label's key misspelt", profile_of(Bag_Info={"Contact-Name": {"requierd": True}}), {"misspelt-key"}),
    ("a label twice", profile_of(Bag_Info={**LABEL, "contact-name": {}}), {"label-twice"}),
    (
        "a manifest that is not allowed",
        profile_of(Manifests_Required=["sha256"], Manifests_Allowed=["md5"]),
        {"required-not-allowed"},
    ),
    (
        "a tag manifest that is not allowed",
        profile_of(Tag_Manifests_Required=["sha256"], Tag_Manifests_Allowed=[]),
        {"required-not-allowed"},
    ),
    (
        "a tag file that is not allowed",
        profile_of(Tag_Files_Required=["meta/a.xml"], Tag_Files_Allowed=["meta/b*"]),
        {"required-not-allowed"},
    ),
    (
        "a payload file that is not allowed",
        profile_of(Payload_Files_Required=["data/a"], Payload_Files_Allowed=["data/b/*"]),
        {"required-not-allowed"},
    ),
    (
        "a payload folder that is not allowed",
        profile_of(Payload_Files_Required=["data/src/"], Payload_Files_Allowed=["data/a", "data/lib/*"]),
        {"required-not-allowed"},
    ),
    ("fetch.txt at once", profile_of(Allow_Fetch_txt=False, Fetch_txt_Required=True), {"fetch-contradiction"}),
    (
        "empty and full",
        profile_of(Data_Empty=True, Payload_Files_Required=["data/a", "data/b"]),
        {"empty-contradiction"},
    ),
    ("empty, with a folder", profile_of(Data_Empty=True, Payload_Files_Required=["data/a/"]), {"empty-contradiction"}),
    ("no format", profile_of(Serialization="required", Accept_Serialization=[]), {"no-serialization"}),
    ("no format at all", profile_of(Serialization="required", Accept_Serialization=GONE), {"no-serialization"}),
    ("a step up", profile_of(Tag_Files_Required=["../a"]), {"path"}),
    ("an empty path", profile_of(Tag_Files_Required=[""]), {"path"}),
    ("a tag file in data/", profile_of(Tag_Files_Required=["data/a"]), {"path"}),
    ("a tag folder", profile_of(Tag_Files_Required=["meta/"]), {"path"}),
    ("a payload file elsewhere", profile_of(Payload_Files_Required=["a"]), {"path"}),
    ("a path that is not normal", profile_of(Payload_Files_Required=["data//a"]), {"path"}),
    ("an absolute path", profile_of(Payload_Files_Required=["/data/a"]), {"path"}),
]  # fmt: skip

USABLE: list[tuple[str, Any, set[str]]] = [
    ("the least", profile_of(), set()),
    ("with a byte-order mark", b"\xef\xbb\xbf" + json.dumps(profile_of()).encode(), set()),
    ("version 1.4", profile_of({"BagIt-Profile-Version": "1.4"}), set()),
    ("a profile of 1.1.0, which names no version", profile_of({"BagIt-Profile-Version": GONE}), set()),
    ("a newer key", profile_of({"BagIt-Profile-Version": GONE}, Data_Empty=False), {"newer-key"}),
    ("a key of 1.3 in 1.2", profile_of({"BagIt-Profile-Version": "1.2.0"}, Manifests_Allowed=[]), {"newer-key"}),
    ("a key of 1.3 in 1.3", profile_of({"BagIt-Profile-Version": "1.3.0"}, Manifests_Allowed=[]), set()),
    ("contacts", profile_of({"Contact-Name": "Desk", "Contact-Phone": "1", "Contact-Email": "a@example.org"}), set()),
    ("a key of somebody's own", profile_of(Other_Info=[]), {"unknown-key"}),
    ("a label's key of somebody's own", profile_of(Bag_Info={"A": {"recommended": True}}), {"unknown-key"}),
    ("the grammar's booleans", profile_of(Allow_Fetch_txt="false"), {"quoted-boolean"}),
    ("its own identifier", profile_of(Bag_Info={"BagIt-Profile-Identifier": {}}), {"lists-identifier"}),
    ("what is required anyway", profile_of(Tag_Files_Required=["bag-info.txt"]), {"lists-reserved-file"}),
    ("a manifest as a tag file", profile_of(Tag_Files_Required=["manifest-md5.txt"]), {"lists-reserved-file"}),
    ("no format, where one may be", profile_of(Accept_Serialization=GONE), {"no-serialization"}),
    ("no format, where none may be", profile_of(Serialization="forbidden", Accept_Serialization=GONE), set()),
    ("names in two ways", profile_of(Manifests_Required=["SHA-256"], Manifests_Allowed=["sha256"]), set()),
    ("covered", profile_of(Tag_Files_Required=["meta/a/b.xml"], Tag_Files_Allowed=["meta/*"]), set()),
    ("a folder covered", profile_of(Payload_Files_Required=["data/a/"], Payload_Files_Allowed=["data/a/b/*"]), set()),
    ("a placeholder", profile_of(Data_Empty=True, Payload_Files_Required=["data/.keep"]), set()),
    ("empty lists", profile_of(**{key.replace("-", "_"): [] for key in SINCE if "Files" in key}), set()),
]  # fmt: skip


@pytest.mark.parametrize(("profile", "codes"), [case[1:] for case in UNUSABLE], ids=[case[0] for case in UNUSABLE])
def test_a_profile_with_errors_is_not_used(profile: Any, codes: set[str]) -> None:
    value, found = read(profile)
    assert value is None
    assert {one.code for one in found if one.severity is Severity.ERROR} == {f"profile.{code}" for code in codes}
    assert all(one.where.file == "p.json" for one in found)


@pytest.mark.parametrize(("profile", "codes"), [case[1:] for case in USABLE], ids=[case[0] for case in USABLE])
def test_a_sound_profile_is_used(profile: Any, codes: set[str]) -> None:
    value, found = read(profile)
    assert value is not None
    assert value.identifier == IDENTIFIER
    assert {one.code for one in found} == {f"profile.{code}" for code in codes}
    assert not [one for one in found if one.severity is Severity.ERROR]


def test_every_code_of_a_profile_is_raised_here() -> None:
    raised = {f"profile.{code}" for cases in (UNUSABLE, USABLE) for case in cases for code in case[2]}
    assert raised == {code.name for code in ITSELF}


def test_an_unknown_key_at_every_label_is_told_once() -> None:
    labels = {label: {"recommended": True} for label in ("A", "B", "C")}
    (one,) = read(profile_of(Bag_Info=labels))[1]
    assert (one.code, one.where.pointer, one.found) == ("profile.unknown-key", "/Bag-Info/A/recommended", "recommended")


def test_a_misspelt_key_is_shown_with_what_was_meant() -> None:
    (one,) = (one for one in read(profile_of(Payload_File_Required=[]))[1])
    assert (one.found, one.expected) == ("Payload-File-Required", "Payload-Files-Required")


def test_places_are_json_pointers() -> None:
    (one,) = read(profile_of(Bag_Info={"a/b~c": []}))[1]
    assert one.where.pointer == "/Bag-Info/a~1b~0c"


def test_what_a_line_has_wrong_is_told_with_its_row() -> None:
    (one,) = read(b'{\n  "Data-Empty": maybe\n}')[1]
    assert one.where.row == 2


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=8,
)
OF_LABEL = st.sampled_from(["required", "values", "repeatable", "description", "else"])
LABELS = st.dictionaries(st.text(max_size=8), st.dictionaries(OF_LABEL, JSON))
PROFILES = st.fixed_dictionaries({}, optional={**dict.fromkeys(SINCE, JSON), "Bag-Info": LABELS})


@given(st.one_of(st.binary(max_size=200), PROFILES, PROFILES.map(lambda changes: {**profile_of(), **changes})))
@settings(deadline=None)
def test_nothing_makes_reading_raise(profile: Any) -> None:
    value, found = read(profile)
    assert all(one.code in CODES for one in found)
    assert (value is None) == any(one.severity is Severity.ERROR for one in found)
