"""One fixture for each code, with the exact set of codes that it must raise."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping

import pytest
from blake3 import blake3
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.bags.reader import read_bag
from archive.bags.rules import findings_of
from archive.model.codes.bags import CODES, SERIALISED
from archive.model.depths import Depth
from archive.model.findings import Severity
from archive.model.limits import DEFAULT_LIMITS, Limits
from archive.storage.memory import MemoryStore
from archive.storage.stores import Kind, order_of
from tests.bags.making import OURS, PAYLOAD, bag, check, codes, manifest, sealed

EMPTY = hashlib.sha256(b"").hexdigest()
OLD = (0, 97)


def with_lines(*lines: str, file: str = "manifest-sha256.txt", version: tuple[int, int] = (1, 0)) -> dict[str, bytes]:
    """A bag of one algorithm with lines put after those of a tag file."""
    files = bag(algorithms=["sha256"], version=version)
    text = files.get(file, b"") + "".join(f"{line}\n" for line in lines).encode("utf-8", "surrogateescape")
    return sealed({**files, file: text})


def declared(data: bytes) -> dict[str, bytes]:
    return sealed({**bag(), "bagit.txt": data})


def without(key: str, files: Mapping[str, bytes]) -> dict[str, bytes]:
    return {other: data for other, data in files.items() if other != key}


def told(text: str, version: tuple[int, int] = (1, 0)) -> dict[str, bytes]:
    return sealed({**bag(version=version), "bag-info.txt": text.encode()})


def tagged(line: str) -> dict[str, bytes]:
    """A bag with one more line in a tag manifest."""
    files = bag(algorithms=["sha256"])
    return {**files, "tagmanifest-sha256.txt": files["tagmanifest-sha256.txt"] + f"{line}\n".encode()}


def capitals(files: Mapping[str, bytes]) -> bytes:
    """A manifest with its digits in capitals."""
    lines = manifest(files, "sha256").decode().splitlines(keepends=True)
    return "".join(line[:64].upper() + line[64:] for line in lines).encode()


def renamed(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """The manifests of sha3_256 under the algorithm's normalised name."""
    named = {key.replace("_", ""): data for key, data in files.items()}
    tags = {key: data for key, data in named.items() if not key.startswith(("data/", "tagmanifest-"))}
    return {**named, "tagmanifest-sha3256.txt": manifest(tags, "sha3_256")}


BLAKE3 = b"".join(blake3(data).hexdigest().encode() + f"  {key}\n".encode() for key, data in PAYLOAD.items())
UTF8 = b"Tag-File-Character-Encoding: UTF-8\n"
CASES: list[tuple[str, dict[str, bytes], set[str]]] = [
    ("a valid bag", bag(), set()),
    ("of the oldest kind", bag(version=(0, 93)), set()),
    ("an empty payload", bag({}), set()),
    ("no bag-info.txt", sealed(without("bag-info.txt", bag())), set()),
    ("digits in capitals", sealed({**bag(), "manifest-sha256.txt": capitals(PAYLOAD)}), set()),
    ("no declaration", without("bagit.txt", bag()), {"declaration.missing", "tagfile.missing"}),
    ("a mark", declared(b"\xef\xbb\xbfBagIt-Version: 1.0\n" + UTF8), {"declaration.byte-order-mark"}),
    (
        "no UTF-8",
        declared(b"BagIt-Version: 1.0\nTag-File-Character-Encoding: \xff\n"),
        {"declaration.encoding", "declaration.malformed"},
    ),
    ("three lines", declared(b"BagIt-Version: 1.0\n" + UTF8 + b"More: 1\n"), {"declaration.malformed"}),
    ("swapped lines", declared(UTF8 + b"BagIt-Version: 1.0\n"), {"declaration.malformed"}),
    ("one line", declared(b"BagIt-Version: 1.0\n"), {"declaration.malformed"}),
    ("version twice", declared(b"BagIt-Version: 1.0\nBagIt-Version: 1.0\n"), {"declaration.malformed"}),
    ("no number", declared(b"BagIt-Version: one\n" + UTF8), {"declaration.version"}),
    ("a version to come", declared(b"BagIt-Version: 2.0\n" + UTF8), {"declaration.version"}),
    ("spaces", declared(b"BagIt-Version : 1.0\n" + UTF8), {"declaration.white-space"}),
    ("spaces, old", declared(b"BagIt-Version:  0.97\n" + UTF8), {"declaration.white-space"}),
    ("small letters", declared(b"Bagit-version: 1.0\n" + UTF8), {"declaration.label-case"}),
    ("CR LF, no end", declared(b"BagIt-Version: 1.0\r\n" + UTF8.rstrip()), set()),
    (
        "an odd encoding",
        declared(b"BagIt-Version: 1.0\nTag-File-Character-Encoding: rot13\n"),
        {"declaration.encoding"},
    ),
    (
        "no manifest",
        without("manifest-sha256.txt", bag(algorithms=["sha256"])),
        {"manifest.missing", "tagfile.missing"},
    ),
    ("no tag manifest", without("tagmanifest-sha256.txt", bag(algorithms=["sha256"])), {"tagmanifest.absent"}),
    ("md5 alone", bag(algorithms=["md5"]), {"manifest.weak-algorithm"}),
    ("md5 and sha1", bag(algorithms=["md5", "sha1"]), {"manifest.weak-algorithm"}),
    ("md5 and more", bag(algorithms=["md5", "sha224"]), set()),
    ("sha3", renamed(bag(algorithms=["sha3_256"])), set()),
    (
        "an unknown algorithm",
        bag(tags={"manifest-crc32.txt": b"".join(b"00 " + key.encode() + b"\n" for key in PAYLOAD)}),
        {"manifest.unknown-algorithm"},
    ),
    (
        "shake",
        bag(tags={"manifest-shake128.txt": b"".join(b"00 " + key.encode() + b"\n" for key in PAYLOAD)}),
        {"manifest.unknown-algorithm"},
    ),
    ("a name with a hyphen", bag(tags={"manifest-SHA-1.txt": manifest(PAYLOAD, "sha1")}), {"manifest.algorithm-name"}),
    ("garbage", with_lines("garbage"), {"manifest.malformed-line"}),
    ("a comment", with_lines("# a comment"), {"manifest.malformed-line"}),
    ("a digest alone", with_lines(EMPTY), {"manifest.malformed-line"}),
    ("a short digest", with_lines("d41d8cd9  data/e"), {"manifest.malformed-line"}),
    ("a blank line", with_lines(""), {"tagfile.blank-line"}),
    ("an asterisk", with_lines(f"{EMPTY} *data/x") | {"data/x": b""}, {"manifest.asterisk", "oxum.mismatch"}),
    ("a dot", with_lines(f"{EMPTY}  ./data/x") | {"data/x": b""}, {"manifest.dot-slash", "oxum.mismatch"}),
    ("a bare percent", with_lines(f"{EMPTY}  data/5%") | {"data/5%": b""}, {"manifest.bare-percent", "oxum.mismatch"}),
    ("an encoded percent", bag({"data/100%25%.txt": b"1"}), set()),
    ("line ends in names", bag({"data/a\nb\r.txt": b"1", "data/%0D": b"2"}), set()),
    ("white space in names", bag({"data/a ": b"1", "data/\u2028\x85": b"2", "data/\tb": b"3"}), set()),
    ("a name of no encoding", bag({"data/\udcff": b"1"}), {"tagfile.encoding"}),
    ("percent of old", with_lines(f"{EMPTY}  data/5%", version=OLD) | {"data/5%": b""}, {"oxum.mismatch"}),
    ("encoding of old", with_lines(f"{EMPTY}  data/a%0ab", version=OLD) | {"data/a\nb": b""}, {"oxum.mismatch"}),
    ("no encoding of old", with_lines(f"{EMPTY}  data/a%0ab", version=OLD) | {"data/a%0ab": b""}, {"oxum.mismatch"}),
    (
        "no encoding of old, in capitals",
        with_lines(f"{EMPTY}  data/%0D", version=OLD) | {"data/%0D": b""},
        {"oxum.mismatch"},
    ),
    (
        "no encoding, otherwise written, of old",
        with_lines(f"{EMPTY} *./data/%0a", version=OLD) | {"data/%0a": b""},
        {"manifest.asterisk", "manifest.dot-slash", "oxum.mismatch"},
    ),
    (
        "no encoding",
        with_lines(f"{EMPTY}  data/%0a") | {"data/%0a": b""},
        {"oxum.mismatch", "payload.missing", "payload.unlisted"},
    ),
    ("a file twice", with_lines(f"{EMPTY}  data/e"), {"manifest.duplicate-entry"}),
    ("a file twice, of old", with_lines(f"{EMPTY}  data/e", version=OLD), {"manifest.duplicate-entry"}),
    ("a file twice, otherwise", with_lines(f"{'0' * 64}  data/e"), {"manifest.conflicting-entries"}),
    ("a tag file", with_lines(f"{EMPTY}  bagit.txt"), {"manifest.outside-payload"}),
    ("a folder", with_lines(f"{EMPTY}  data/sub"), {"manifest.lists-folder"}),
    ("a file too many in a manifest", with_lines(f"{EMPTY}  data/none"), {"payload.missing"}),
    ("up", with_lines(f"{EMPTY}  data/../../x"), {"path.escapes-bag"}),
    ("a neighbour", with_lines(f"{EMPTY}  ../bag-evil/x"), {"path.escapes-bag"}),
    ("up in the tags", tagged(f"{EMPTY}  ../x"), {"path.escapes-bag"}),
    ("absolute", with_lines(f"{EMPTY}  /etc/passwd"), {"path.escapes-bag"}),
    ("home", with_lines(f"{EMPTY}  ~root/x"), {"path.escapes-bag"}),
    ("a drive", with_lines(f"{EMPTY}  C:\\x"), {"path.escapes-bag"}),
    ("a share", with_lines(f"{EMPTY}  \\\\host\\x"), {"path.escapes-bag"}),
    ("a variable", with_lines(f"{EMPTY}  %HomeDrive%\\x", version=OLD), {"path.escapes-bag"}),
    ("backslashes up", with_lines(f"{EMPTY}  data\\..\\..\\x"), {"path.escapes-bag"}),
    ("a NUL", with_lines(f"{EMPTY}  data/a\0b"), {"path.escapes-bag"}),
    (
        "not in all manifests",
        sealed({**bag(), "manifest-sha256.txt": manifest(without("data/e", PAYLOAD), "sha256")}),
        {"payload.not-in-every-manifest"},
    ),
    (
        "not in all manifests, of old",
        sealed({**bag(version=OLD), "manifest-sha256.txt": manifest(without("data/e", PAYLOAD), "sha256")}),
        set(),
    ),
    ("a stranger", bag() | {"data/new": b""}, {"oxum.mismatch", "payload.unlisted"}),
    ("a lost file", without("data/e", bag()), {"oxum.mismatch", "payload.missing"}),
    ("other bytes", bag() | {"data/a.txt": b"thirf"}, {"digest.mismatch"}),
    ("a tag file of one's own", bag() | {"notes.txt": b""}, {"tagfile.unlisted"}),
    ("a lost tag file", without("bag-info.txt", bag()), {"tagfile.missing"}),
    (
        "only half protected",
        bag() | {"tagmanifest-sha512.txt": b""},
        {"tagfile.unlisted", "tagmanifest.manifest-unlisted"},
    ),
    ("a payload file among tags", tagged(f"{EMPTY}  data/e"), {"tagmanifest.lists-payload"}),
    (
        "a tag manifest among tags",
        tagged(f"{EMPTY}  tagmanifest-md5.txt"),
        {"tagfile.missing", "tagmanifest.lists-tagmanifest"},
    ),
    ("case twins", bag({"data/a": b"1", "data/A": b"2"}), {"path.case-twin"}),
    ("case twins in folders", bag({"data/É/a": b"1", "data/é/a": b"2"}), {"path.case-twin"}),
    ("normal form twins", bag({"data/\u00e9": b"1", "data/e\u0301": b"2"}), {"path.normal-form-twin"}),
    (
        "a name normalised on the way",
        without("data/\u00e9", bag({"data/\u00e9": b"1"})) | {"data/e\u0301": b"1"},
        {"path.normal-form", "path.normal-form-twin"},
    ),
    (
        "twins of other bytes in one file",
        without("data/e\u0301", bag({"data/\u00e9": b"1", "data/e\u0301": b"2"}, info=())),
        {"oxum.mismatch", "path.normal-form-twin", "payload.missing"},
    ),
    (
        "twins of other bytes in one file, of old",
        without("data/e\u0301", bag({"data/\u00e9": b"1", "data/e\u0301": b"2"}, version=OLD)),
        {"oxum.mismatch", "path.normal-form-twin", "payload.missing"},
    ),
    (
        "twins of one normal form in one file",
        without("data/\u00e9", bag({"data/\u00e9": b"1", "data/e\u0301": b"1"})),
        {"oxum.mismatch", "path.normal-form-twin", "payload.missing"},
    ),
    (
        "twins of one normal form in one file, of old",
        without("data/\u00e9", bag({"data/\u00e9": b"1", "data/e\u0301": b"1"}, version=OLD)),
        {"oxum.mismatch", "path.normal-form", "path.normal-form-twin"},
    ),
    (
        "twins of which neither has its own file",
        without("data/\u212b", without("data/A\u030a", bag({"data/\u212b": b"1", "data/A\u030a": b"1"})))
        | {"data/\u00c5": b"1"},
        {"oxum.mismatch", "path.normal-form", "path.normal-form-twin", "payload.missing"},
    ),
    (
        "tag files of one normal form in one file",
        without("\u00e9", bag(tags={"\u00e9": b"1", "e\u0301": b"1"})),
        {"path.normal-form-twin", "tagfile.missing"},
    ),
    (
        "folded by a file system, of old",
        without("data/A", bag({"data/a": b"1", "data/A": b"1"}, version=OLD)),
        {"oxum.mismatch", "path.case-twin"},
    ),
    (
        "a case twin is gone",
        without("data/A", bag({"data/a": b"1", "data/A": b"1"})),
        {"oxum.mismatch", "path.case-twin", "payload.missing"},
    ),
    (
        "a case twin is gone with its folder",
        without("data/D/x", bag({"data/d/x": b"", "data/D/x": b""})),
        {"oxum.mismatch", "path.case-twin", "payload.missing"},
    ),
    (
        "not folded",
        without("data/A", bag({"data/a": b"1", "data/A": b"2"}, version=OLD)),
        {"oxum.mismatch", "path.case-twin", "payload.missing"},
    ),
    (
        "another case alone",
        without("data/A", bag({"data/A": b"1"}, version=OLD)) | {"data/a": b"1"},
        {"path.case-twin", "payload.missing", "payload.unlisted"},
    ),
    ("system files", bag({"data/.DS_Store": b"", "data/x/Thumbs.db": b"", "data/._a": b""}), {"payload.system-file"}),
    ("no colon", told("garbage\n"), {"bag-info.malformed-line"}),
    ("no label", told(": value\n"), {"bag-info.malformed-line"}),
    ("begins with a continuation", told("  more\n"), {"bag-info.malformed-line"}),
    ("no space", told("Label:value\n"), {"bag-info.separator"}),
    ("space before", told("Label : value\n"), {"bag-info.separator"}),
    ("space before, of old", told("Label  :   value\n", OLD), set()),
    ("no space, of old", told("Label:value\n", OLD), {"bag-info.separator"}),
    ("blank", told("Label: value\n\n  lost\n"), {"bag-info.malformed-line", "tagfile.blank-line"}),
    ("a mark in bag-info", told("\ufeffLabel: value\n"), {"tagfile.byte-order-mark"}),
    (
        "repeated",
        told("Bagging-Date: 2020-01-01\nbagging-date: 2020-01-02\nContact-Name: A\nContact-Name: B\n"),
        {"bag-info.repeated"},
    ),
    ("a count", told("Bag-Group-Identifier: box\nBag-Count: 1 of ?\n"), set()),
    ("alone in its group", told("Bag-Count: 1 of 1\n"), set()),
    ("a count of no group", told("Bag-Count: 1 of 2\n"), {"bag-info.bag-group"}),
    ("no count", told("Bag-Count: one\n"), {"bag-info.bag-count"}),
    ("a count from nought", told("Bag-Count: 0 of 2\n"), {"bag-info.bag-count"}),
    ("a count too far", told("Bag-Count: 3 of 2\n"), {"bag-info.bag-count"}),
    ("blake3", bag(tags={"manifest-blake3.txt": BLAKE3}), set()),
    (
        "blake3 of other bytes",
        bag(tags={"manifest-blake3.txt": BLAKE3}) | {"data/e": b"x"},
        {"digest.mismatch", "oxum.mismatch"},
    ),
    ("a wrong sum", told("payload-oxum: 1.1\n"), {"oxum.mismatch"}),
    ("no sum", told("Payload-Oxum: many\n"), {"oxum.malformed"}),
    ("two sums", told("Payload-Oxum: 267.4\nPayload-Oxum: 267.4\n"), {"oxum.repeated"}),
    (
        "to be fetched",
        without("data/e", bag(tags={"fetch.txt": b"http://example.org/e 0 data/e\n"})),
        {"fetch.outstanding"},
    ),
    (
        "to be fetched, of some size",
        without("data/e", bag(tags={"fetch.txt": b"http://example.org/e - data/e\n"})),
        {"fetch.outstanding"},
    ),
    (
        "to be fetched, of another size",
        without("data/e", bag(tags={"fetch.txt": b"http://example.org/e 7 data/e\n"})),
        {"fetch.outstanding", "oxum.mismatch"},
    ),
    ("fetched from here", bag(tags={"fetch.txt": b"http://localhost/e - data/e\n"}), {"fetch.unsafe-address"}),
    ("fetched already", bag(tags={"fetch.txt": b"http://example.org/e - data/e\n"}), set()),
    (
        "two fields",
        bag(tags={"fetch.txt": b"http://example.org/e data/e\n\n"}),
        {"fetch.malformed-line", "tagfile.blank-line"},
    ),
    ("a fetched tag file", bag(tags={"fetch.txt": b"http://example.org/e - bagit.txt\n"}), {"fetch.outside-payload"}),
    ("fetched from nowhere", bag(tags={"fetch.txt": b"http://example.org/e - data/none\n"}), {"fetch.unlisted"}),
    ("fetched to elsewhere", bag(tags={"fetch.txt": b"http://example.org/e - ../x\n"}), {"path.escapes-bag"}),
    ("ours", bag(info=OURS), set()),
    ("ours, signed", bag(info=OURS) | {"signatures/root.sig": b"1"}, set()),
    ("ours, of a newer kind", bag(info=[("Corpus-Archive-Layout", "1.4")]), set()),
    ("ours, of a kind to come", bag(info=[("Corpus-Archive-Layout", "2")]), {"bag.layout-unknown"}),
    ("ours, half sealed", without("tagmanifest-sha512.txt", bag(info=OURS)), {"bag.tag-manifest-missing"}),
    ("ours, rewritten", sealed({**bag(info=OURS), "manifest-sha256.txt": capitals(PAYLOAD)}), {"bag.not-canonical"}),
]
ODD = {"file.link": Kind.LINK, "file.special": Kind.SPECIAL}


@pytest.mark.parametrize(("files", "expected"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_exact_codes(files: dict[str, bytes], expected: set[str]) -> None:
    assert codes(files) == expected


@pytest.mark.parametrize("code", sorted(ODD))
def test_what_is_no_file(code: str) -> None:
    assert codes(bag(), {"data/odd": ODD[code]}) == {code}
    assert codes(without("data/e", bag()), {"data/e": ODD[code]}) == {code, "payload.missing", "oxum.mismatch"}


def test_what_stands_in_a_folder_that_cannot_be_listed_is_not_called_missing() -> None:
    files = without("data/sub/b c.txt", without("data/sub/ü.bin", bag()))
    assert codes(files, {"data/sub": Kind.UNREADABLE}) == {"folder.unreadable"}
    assert codes(files, {"data/su": Kind.UNREADABLE}) == {"folder.unreadable", "payload.missing"}


def test_what_is_too_much_beside_a_folder_that_cannot_be_listed_is_told() -> None:
    files = sealed({**bag(), "bag-info.txt": b"Payload-Oxum: 1.9\n"})
    assert codes(files, {"data/x": Kind.UNREADABLE}) == {"folder.unreadable", "oxum.mismatch"}


def test_a_folder_that_is_too_deep_is_said() -> None:
    key = "data/" + "/".join("d" * DEFAULT_LIMITS.depth)
    (found,) = (one for one in check(bag(), {key: Kind.UNREADABLE}) if one.code == "file.unreadable")
    assert found.expected == "at most 255 folders in one another"


def test_no_payload_folder() -> None:
    store = MemoryStore(bag({}))
    contents = read_bag(store)
    assert {one.code for one in findings_of(contents, Depth.COMPLETE)} == {"payload.folder-missing"}
    assert codes(bag({})) == set()


def test_sizes_alone() -> None:
    assert codes(bag() | {"data/a.txt": b"thirf"}, depth=Depth.OXUM) == set()
    assert codes(bag() | {"data/a.txt": b"longer"}, depth=Depth.OXUM) == {"oxum.mismatch"}
    assert codes(without("bag-info.txt", bag()), depth=Depth.OXUM) == {"oxum.absent"}


def test_names_alone() -> None:
    assert codes(bag() | {"data/a.txt": b"thirf"}, depth=Depth.COMPLETE) == set()


def test_a_tag_file_that_is_too_large_is_not_read() -> None:
    store = MemoryStore(bag())
    contents = read_bag(store, limits=Limits(manifest=100, bag_info=10))
    assert {(one.code, one.where.file) for one in contents.findings} == {
        ("tagfile.too-large", "bag-info.txt"),
        ("tagfile.too-large", "manifest-sha256.txt"),
        ("tagfile.too-large", "manifest-sha512.txt"),
        ("tagfile.too-large", "tagmanifest-sha256.txt"),
        ("tagfile.too-large", "tagmanifest-sha512.txt"),
    }


def test_old_versions_are_only_warned_of_what_1_0_forbids() -> None:
    for files in (with_lines(f"{EMPTY}  data/e", version=OLD), declared(b"BagIt-Version:  0.97\n" + UTF8)):
        assert {one.severity for one in check(files)} == {Severity.WARNING}


def test_a_path_that_is_longer_than_any_file_system_holds() -> None:
    hostile = "data/" + "e\u0316\u0301" * 3000
    assert codes(with_lines(f"{EMPTY}  {hostile}")) == {"payload.missing"}


def test_other_encodings() -> None:
    files = bag({"data/é": b"1"}, tags={"bagit.txt": b"BagIt-Version: 0.97\nTag-File-Character-Encoding: UTF-16\n"})
    wide = {
        key: data.decode().encode("utf-16-be") if key.endswith(".txt") and key != "bagit.txt" else data
        for key, data in files.items()
    }
    sealed_wide = sealed(wide)
    tags = {key: data for key, data in sealed_wide.items() if key.startswith("tagmanifest-")}
    wide = {**sealed_wide, **{key: data.decode().encode("utf-16") for key, data in tags.items()}}
    assert codes(wide) == set()


LINES = st.sampled_from(
    [
        f"{EMPTY}  data/e",
        f"{EMPTY}  data/none",
        f"{EMPTY}  ../x",
        f"{EMPTY} *./data/sub",
        "garbage",
        "",
        "Label : value",
        "Payload-Oxum: 0.0",
        "Bag-Count: x",
        "http://a - data/e",
        "http://a - ~/x",
        "BagIt-Version: 0.97",
        "\0\udcff",
    ]
)
TAG_FILES = st.one_of(st.binary(max_size=60), st.lists(LINES, max_size=6).map("\n".join)).map(
    lambda text: text if isinstance(text, bytes) else text.encode("utf-8", "surrogateescape")
)


@given(st.dictionaries(st.sampled_from([*(key for key in bag() if ".txt" in key), "fetch.txt"]), TAG_FILES, max_size=4))
@settings(deadline=None)
def test_no_rule_raises_whatever_the_tag_files_hold(changed: dict[str, bytes]) -> None:
    for depth in Depth:
        assert all(one.code in {code.name for code in CODES} for one in check({**bag(), **changed}, depth=depth))


def test_every_code_of_a_bag_is_raised_here_or_by_the_whole() -> None:
    raised = set().union(
        *(case[2] for case in CASES), ODD, {"payload.folder-missing", "oxum.absent", "tagfile.too-large"}
    )
    of_the_whole = {
        "file.unreadable",  # of a folder that is too deep here, else where digests are compared
        "bag.unreadable",
        "bag.partial",
        "bag.root-digest",
        "bag-info.group-conflict",
        "judge.agrees",
        "judge.disagrees",
        "judge.no-answer",
        "judge.not-asked",
    }
    assert {code.name for code in CODES} - raised == of_the_whole | {code.name for code in SERIALISED}


def test_the_files_of_a_bag_are_payload_and_tag_files_as_one() -> None:
    contents = read_bag(MemoryStore(bag(tags={"z.txt": b"last", "a.txt": b"first"})))
    assert list(contents.files) == sorted(contents.files, key=order_of)
    assert len(contents.files) == len(contents.payload) + len(contents.tag_files)
    assert dict(contents.files) == {**contents.payload, **contents.tag_files}
    assert "data/none" not in contents.files


def test_a_file_that_is_gone_beside_its_twin_is_named() -> None:
    for version in ((1, 0), OLD):
        files = without("data/A", bag({"data/a": b"", "data/A": b""}, version=version, info=()))
        before = check(bag({"data/a": b"", "data/A": b""}, version=version))
        assert {one.where.file for one in check(files) if one not in before} >= {"data/A"}
