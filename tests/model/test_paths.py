"""Stored names: what every file system and every bag tool can hold, and always different."""

from __future__ import annotations

import hashlib
import os
import re
import unicodedata
from random import Random

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from archive.model.paths import LONGEST_PART, portable_part, portable_paths, renamed_paths

HOSTILE = st.sampled_from(
    [
        *'<>:"|?*\\%=$~. \t\n\r\0\x0b\x1c\x7f\x85\u2028\u2029\u202e\ufeff\u00a0\u3000',
        "..",
        "CON",
        "aux",
        "com¹",
        "é",
        "e\u0301",
        "É",
        "ß",
        "ss",
        "ẞ",
        "ﬁ",
        "ſ",
        "İ",
        "ı",
        "\u0345",
        "ι",
        "\u0338",
        "\u0301",
        "Å",
        "\u212b",
        "A",
        "a",
        "41",
        "=41",
        "==",
        ".txt",
        ".tar.gz",
        "$HOME",
        "${a}",
        "~root",
        "가",
        "가",
        "\U0001f600",
    ]
)
READABLE = st.one_of(
    st.lists(HOSTILE | st.characters(exclude_categories=["Cs"]), max_size=12).map("".join),
    st.builds(lambda piece, count: piece * count, HOSTILE, st.integers(1, 255)),
)


def _in_file_system(text: bytes) -> str:
    """What a listing gives for a name of those bytes: no slash, not empty, no `.` and `..`, at most 255 bytes."""
    name = os.fsdecode(text.replace(b"/", b"").replace(b"\0", b"")[:255])
    return name if name not in {"", ".", ".."} else "x"


PARTS = (READABLE.map(lambda text: text.encode("utf-8", "surrogatepass")) | st.binary(max_size=255)).map(
    _in_file_system
)
PATHS = st.lists(st.lists(PARTS, min_size=1, max_size=3), max_size=12).map(
    lambda paths: _without_clashes(["/".join(parts) for parts in paths])
)


def _without_clashes(paths: list[str]) -> list[str]:
    """No path is a folder of another: so it is in every listing."""
    folders = {path[:place] for path in paths for place, one in enumerate(path) if one == "/"}
    return [path for path in dict.fromkeys(paths) if path not in folders]


RESERVED_BY_WINDOWS = re.compile(r"(con|prn|aux|nul|conin\$|conout\$|(com|lpt)[1-9¹²³])[ ]*(\..*)?\Z", re.I | re.S)


def assert_is_portable(part: str) -> None:
    assert part
    assert len(part.encode("utf-8")) <= LONGEST_PART
    assert not set(part) & set('<>:"/\\|?*%$')
    assert not any(unicodedata.category(one) in {"Cc", "Cs", "Zl", "Zp"} for one in part)
    assert part == part.strip()
    assert part[-1] != "."
    assert not RESERVED_BY_WINDOWS.match(part)
    assert unicodedata.is_normalized("NFC", part)
    assert re.sub(r"==[0-9a-f]{32}|=[0-9A-F]{2}", "", part).count("=") == 0


def assert_survives_a_manifest(path: str) -> None:
    """The reference implementation reads lines with `splitlines`, strips, splits, and asks what a shell would."""
    line = f"{'0' * 64}  data/originals/{path}\n"
    (read,) = line.splitlines()
    assert read.strip().split(None, 1)[1].lstrip("*") == f"data/originals/{path}"
    assert os.path.expandvars(path) == path


def folds(name: str) -> set[str]:
    """The forms by which some file system or other may tell names apart."""
    forms = {unicodedata.normalize(form, name) for form in ("NFC", "NFD", "NFKC", "NFKD")}
    return {name, *forms, *(form.casefold() for form in forms), *(form.lower() for form in forms)}


@given(PARTS)
@example("".join(["a" * 196, "=FFF"]))
@example("a" * 150 + "." + "b" * 104)
@example(">\u0301")
@example(" ")
@example("\u3000.")
@example("con .txt")
def test_every_part_is_portable(part: str) -> None:
    stored = portable_part(part)
    assert_is_portable(stored)
    assert_survives_a_manifest(stored)


@given(PATHS)
@example(["A/x", "a/x", "A/X"])
@example(["\u00e9", "e\u0301", "\u00c9"])
@example(["a" * 255, "a" * 254, "A" * 255])
@example([" ", "  "])
def test_every_path_is_portable_and_no_two_are_twins(paths: list[str]) -> None:
    stored = portable_paths(paths)
    assert set(stored) == set(paths)
    folders: dict[str, dict[str, str]] = {}
    for path in stored.values():
        parts = path.split("/")
        for depth, part in enumerate(parts):
            assert_is_portable(part)
            folder = folders.setdefault("/".join(parts[:depth]), {})
            for form in folds(part):
                assert folder.setdefault(form, part) == part
    assert len(set(stored.values())) == len(stored)
    for path in stored.values():
        assert path not in folders


@given(PATHS)
def test_folders_stay_together(paths: list[str]) -> None:
    stored = portable_paths(paths)
    for one in paths:
        assert stored[one].count("/") == one.count("/")
        for other in paths:
            is_together = one.rpartition("/")[0] == other.rpartition("/")[0]
            assert (stored[one].rpartition("/")[0] == stored[other].rpartition("/")[0]) == is_together


@given(PATHS, st.randoms())
def test_the_order_of_listing_does_not_show(paths: list[str], random: Random) -> None:
    shuffled = list(paths)
    random.shuffle(shuffled)
    assert portable_paths(shuffled) == portable_paths(paths)


FEW_PARTS = st.sampled_from(
    ["a", "A", "b", "B", "\u00e9", "e\u0301", "\u00c9", "100%", "a.txt", "A.TXT", "con", "ss", "\u00df"]
)
FEW_PATHS = st.lists(st.lists(FEW_PARTS, min_size=1, max_size=3).map("/".join), max_size=12).map(_without_clashes)


LOWER_PARTS = st.sampled_from(["a", "b.txt", "con.txt", "con ", "content", ".a", "a.", " b", "b ", "x\ny", "z" * 201])
LOWER_PATHS = st.lists(st.lists(LOWER_PARTS, min_size=1, max_size=3).map("/".join), max_size=4).map(_without_clashes)


@given(PATHS | FEW_PATHS | LOWER_PATHS)
@example(["A/x", "a/x", "A/X", "b/100%"])
@example(["a/b.txt", "a/content", "b"])
def test_the_quick_way_names_the_renamed_alone_and_as_the_other_does(paths: list[str]) -> None:
    renamed = {path: stored for path, stored in portable_paths(paths).items() if path != stored}
    assert renamed_paths(lambda: paths) == renamed


@given(PATHS)
def test_a_name_without_twins_does_not_depend_on_the_others(paths: list[str]) -> None:
    for path, stored in portable_paths(paths).items():
        for part, name in zip(path.split("/"), stored.split("/"), strict=True):
            assert name == portable_part(part) or name.count(digest_mark(part)) == 1


def digest_mark(part: str) -> str:
    return "==" + hashlib.sha256(os.fsencode(part)).hexdigest()[:32]


ORDINARY = [
    "plain name.txt",
    "2017-05-03_report (final), v2.html",
    "기사 원문.txt",
    "中国.md",
    "naïve café.txt",
    ".hidden",
    "a.b.c",
    "console.txt",
    "com10",
    "x-con",
    "#1 & 'two'; @home!.txt",
    "😀.txt",
    "-rf",
    "~home",
    "a" * 200,
]


@pytest.mark.parametrize("name", ORDINARY)
def test_ordinary_names_stay(name: str) -> None:
    assert portable_part(name) == name


@pytest.mark.parametrize(
    ("name", "stored"),
    [
        ("100%.txt", "100=25.txt"),
        ("=41", "=3D41"),
        ("a=b", "a=3Db"),
        ("a:b", "a=3Ab"),
        ("$HOME", "=24HOME"),
        ("CON.txt", "=43ON.txt"),
        ("con", "=63on"),
        ("Aux .tar.gz", "=41ux .tar.gz"),
        ("com¹", "=63om¹"),
        ("lpt9.", "=6Cpt9=2E"),
        ("...", "=2E=2E=2E"),
        (" ", "=20"),
        ("  ", "=20=20"),
        (" . ", "=20=2E=20"),
        (" a ", "=20a=20"),
        ("a. ", "a=2E=20"),
        ("a\u3000", "a=E3=80=80"),
        ("a\u2028b", "a=E2=80=A8b"),
        ("a\x85b", "a=C2=85b"),
        ("a\nb", "a=0Ab"),
        ("a\u202eb", "a=E2=80=AEb"),
        ("caf\udce9", "caf=E9"),
        ("e\u0301", "\u00e9"),
        (">\u0301\u0323a\u0301", "=3E=CC=A3=CC=81\u00e1"),
    ],
)
def test_other_names_are_escaped_by_the_byte(name: str, stored: str) -> None:
    assert portable_part(name) == stored


def test_what_is_escaped_can_be_read_back() -> None:
    for name in (" . ", "100%", "a=b", "CON", "\u2028", "a:\udcff"):
        stored = portable_part(name)
        back = re.sub(rb"=([0-9A-F]{2})", lambda one: bytes.fromhex(one[1].decode()), stored.encode("utf-8"))
        assert os.fsdecode(back) == name


def test_long_names_keep_their_beginning_and_their_ending() -> None:
    name = "a" * 250 + ".html"
    stored = portable_part(name)
    assert stored == "a" * (LONGEST_PART - 34 - 5) + digest_mark(name) + ".html"


@pytest.mark.parametrize(("head", "kept"), [(158, "a" * 158), (159, "a" * 159), (160, "a" * 160)])
def test_no_escape_is_cut_in_two(head: int, kept: str) -> None:
    name = "a" * head + "%" * 50 + ".html"
    stored = portable_part(name)
    assert stored.startswith(kept)
    assert stored.removeprefix(kept) in {digest_mark(name) + ".html", "=25" + digest_mark(name) + ".html"}
    assert len(stored) <= LONGEST_PART


def test_no_character_is_cut_in_two() -> None:
    name = "가" * 85
    assert portable_part(name) == "가" * 55 + digest_mark(name)


def test_a_long_ending_is_no_ending() -> None:
    name = "a." + "b" * 250
    assert portable_part(name) == ("a." + "b" * 250)[: LONGEST_PART - 34] + digest_mark(name)


def test_of_twins_the_first_by_bytes_keeps_its_name() -> None:
    stored = portable_paths(["a.txt", "A.txt", "A.TXT"])
    assert stored == {
        "A.TXT": "A.TXT",
        "A.txt": f"A{digest_mark('A.txt')}.txt",
        "a.txt": f"a{digest_mark('a.txt')}.txt",
    }


def test_of_twins_the_one_that_needs_no_escape_keeps_its_name() -> None:
    stored = portable_paths(["E\u0301", "\u00e9"])
    assert stored["\u00e9"] == "\u00e9"
    assert stored["E\u0301"] == "\u00c9" + digest_mark("E\u0301")


def test_twins_in_different_folders_are_none() -> None:
    paths = ["a/x.txt", "b/X.txt"]
    assert portable_paths(paths) == {path: path for path in paths}


def test_a_file_and_a_folder_may_be_twins() -> None:
    stored = portable_paths(["data", "DATA/a.txt", "DATA/b.txt"])
    assert stored == {"data": f"data{digest_mark('data')}", "DATA/a.txt": "DATA/a.txt", "DATA/b.txt": "DATA/b.txt"}


def test_a_path_that_is_a_file_and_a_folder_is_in_no_listing() -> None:
    with pytest.raises(ValueError, match="'a/b' cannot be a file and a folder"):
        portable_paths(["a/b", "a/b/c"])
    with pytest.raises(ValueError, match="'a/b' cannot be a file and a folder"):
        renamed_paths(lambda: ["a/b/c", "a/b"])


def test_the_same_path_twice_is_one() -> None:
    assert portable_paths(["a", "a"]) == {"a": "a"}
    assert portable_paths([]) == {}


def test_many_files_in_one_folder_take_little_time_each() -> None:
    paths = [f"folder/{number:06}.txt" for number in range(20_000)]
    assert portable_paths(paths) == {path: path for path in paths}


def test_deep_folders_are_no_trouble() -> None:
    path = "/".join(["a"] * 5_000)
    assert portable_paths([path]) == {path: path}
