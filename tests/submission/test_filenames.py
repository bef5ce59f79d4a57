from __future__ import annotations

import pytest

from archive.submission.filenames import Missing, Names, Target

FILES = [
    "pages/a.html",
    "caf\u00e9.txt",
    "cafe\u0301.x",
    "objects/o.txt",
    "o2.txt",
    "texts.jsonl",
    "a#b.txt",
    "Upper.TXT",
]
NAMES = Names(
    dict.fromkeys(FILES, 1), frozenset({"pages", "objects", "deep/er"}), {".x": "hidden", "metadata.csv": "own"}
)


@pytest.mark.parametrize(
    ("written", "path"),
    [
        ("pages/a.html", "pages/a.html"),
        (" pages/a.html ", "pages/a.html"),
        ("./pages//a.html", "pages/a.html"),
        ("./././pages/./a.html", "pages/a.html"),
        ("pages\\a.html", "pages/a.html"),
        ("objects/pages/a.html", "pages/a.html"),
        ("data/pages/a.html", "pages/a.html"),
        ("objects/o.txt", "objects/o.txt"),
        ("objects/objects/o.txt", "objects/o.txt"),
        ("./objects/o2.txt", "o2.txt"),
        ("cafe\u0301.txt", "caf\u00e9.txt"),
        ("caf\u00e9.x", "cafe\u0301.x"),
        ("a#b.txt", "a#b.txt"),
    ],
)
def test_a_file_is_found_under_its_name(written: str, path: str):
    assert NAMES.find(written) == Target(path)


@pytest.mark.parametrize(
    ("written", "folder"),
    [
        ("pages", "pages"),
        ("pages/", "pages"),
        ("objects/pages/", "pages"),
        ("deep/er", "deep/er"),
        ("objects/", "objects"),
        ("data/", ""),
        ("data", ""),
        (".", ""),
        ("./", ""),
    ],
)
def test_a_folder_is_found_under_its_name(written: str, folder: str):
    assert NAMES.find(written) == Target(folder, is_folder=True)


@pytest.mark.parametrize(
    ("written", "member"), [("texts.jsonl#7", "7"), ("objects/texts.jsonl#a#b", "a#b"), ("texts.jsonl# x", " x")]
)
def test_a_member_is_found_in_its_container(written: str, member: str):
    assert NAMES.find(written) == Target("texts.jsonl", member)


@pytest.mark.parametrize(
    ("written", "code", "meant", "words"),
    [
        ("../a.html", "sheet.filename-escapes", None, "leads out"),
        ("pages/../../a", "sheet.filename-escapes", None, "leads out"),
        ("/etc/passwd", "sheet.filename-escapes", None, "leads out"),
        ("C:\\a.html", "sheet.filename-escapes", None, "leads out"),
        ("\\\\server\\a", "sheet.filename-escapes", None, "leads out"),
        ("a.html", "sheet.row-without-file", "pages/a.html", "nearest"),
        ("upper.txt", "sheet.row-without-file", "Upper.TXT", "case only"),
        ("pages/b.html", "sheet.row-without-file", "pages/a.html", "nearest"),
        ("nothing-like-it", "sheet.row-without-file", None, "no file is called"),
        (".x", "sheet.row-without-file", None, "no document: hidden"),
        ("objects/metadata.csv", "sheet.row-without-file", None, "no document: own"),
        ("pages/a.html#1", "sheet.row-without-file", None, "not members"),
        ("texts.jsonl#", "sheet.row-without-file", None, "not members"),
    ],
)
def test_a_name_of_nothing_says_why(written: str, code: str, meant: str | None, words: str):
    missing = NAMES.find(written)
    assert isinstance(missing, Missing)
    assert (missing.code, missing.meant) == (code, meant)
    assert words in missing.found


def test_names_that_two_files_share_are_not_guessed():
    names = Names({"a/x.txt": 1, "b/x.txt": 1}, frozenset(), {})
    missing = names.find("x.txt")
    assert isinstance(missing, Missing)
    assert missing.meant in {None, "a/x.txt", "b/x.txt"}


def test_only_so_many_names_are_compared():
    names = Names({f"file-{number}.txt": 1 for number in range(3)}, frozenset(), {})
    found = [names.find(f"file{number}.txt") for number in range(60)]
    assert isinstance(found[0], Missing)
    assert found[0].meant is not None
    assert isinstance(found[-1], Missing)
    assert found[-1].meant is None
