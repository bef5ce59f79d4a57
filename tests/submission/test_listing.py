from __future__ import annotations

import os
import socket
from pathlib import Path

import pytest

from archive.errors import UsageError
from archive.submission.listing import list_folder, path_in


def test_files_are_sorted_by_bytes_and_have_sizes(tmp_path: Path):
    for name in ("b.txt", "a/z.txt", "a.txt", "é.txt"):
        place = tmp_path / name
        place.parent.mkdir(exist_ok=True)
        place.write_bytes(b"12")
    listing = list_folder(tmp_path)
    assert list(listing.files.items()) == [("a.txt", 2), ("a/z.txt", 2), ("b.txt", 2), ("é.txt", 2)]
    assert listing.folders == {"a"}
    assert listing.ignored == ()


def test_what_is_no_document_is_listed_with_a_reason(tmp_path: Path):
    for name in (".hidden", "Thumbs.db", ".DS_Store", "desktop.ini", "~$letter.docx", "._x", "kept.txt"):
        (tmp_path / name).write_bytes(b"x")
    (tmp_path / ".git").mkdir()
    (tmp_path / ".git" / "config").write_bytes(b"x")
    (tmp_path / "empty").mkdir()
    (tmp_path / "link").symlink_to("kept.txt")
    (tmp_path / "loop").symlink_to(".")
    (tmp_path / "dangling").symlink_to("nowhere")
    os.mkfifo(tmp_path / "pipe")
    with socket.socket(socket.AF_UNIX) as one:
        here = Path.cwd()
        os.chdir(tmp_path)
        one.bind("socket")
        os.chdir(here)
    listing = list_folder(tmp_path)
    reasons = {one.path: one.reason for one in listing.ignored}
    assert list(listing.files) == ["kept.txt"]
    assert reasons.pop(".git") == "hidden (a folder, with all that is in it)"
    assert reasons.pop("empty") == "an empty folder"
    assert reasons.pop("pipe") == "a named pipe"
    assert reasons.pop("socket") == "a socket"
    assert {reasons.pop(name) for name in ("link", "loop", "dangling")} == {"a link, which is not followed"}
    assert reasons.pop(".hidden") == "hidden"
    assert set(reasons) == {"Thumbs.db", ".DS_Store", "desktop.ini", "~$letter.docx", "._x"}
    assert {(one.code, one.where.file) for one in listing.findings} == {
        *(("ignored.hidden", name) for name in (".git", ".hidden")),
        *(("ignored.link", name) for name in ("link", "loop", "dangling")),
        *(("ignored.special", name) for name in ("pipe", "socket")),
        *(("ignored.system", name) for name in ("Thumbs.db", ".DS_Store", "desktop.ini", "~$letter.docx", "._x")),
        ("ignored.empty-folder", "empty"),
    }


def test_a_name_that_is_not_utf8_is_kept(tmp_path: Path):
    place = os.fsencode(tmp_path) + b"/caf\xe9.txt"
    Path(os.fsdecode(place)).touch()
    listing = list_folder(tmp_path)
    assert list(listing.files) == ["caf\udce9.txt"]
    assert path_in(tmp_path, "caf\udce9.txt") == place


def test_a_missing_folder_and_a_file_are_wrong_usage(tmp_path: Path):
    (tmp_path / "file").write_bytes(b"")
    for name in ("missing", "file"):
        with pytest.raises(UsageError) as raised:
            list_folder(tmp_path / name)
        assert raised.value.where == str(tmp_path / name)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork to drop to another user")
def test_a_folder_that_may_not_be_listed_is_a_finding(tmp_path: Path):
    (tmp_path / "closed").mkdir()
    (tmp_path / "open.txt").write_bytes(b"x")
    (tmp_path / "closed").chmod(0)
    if os.geteuid() != 0:
        codes = [(one.code, one.where.file) for one in list_folder(tmp_path).findings]
    else:
        codes = _as_nobody(tmp_path)
    (tmp_path / "closed").chmod(0o700)
    assert codes == [("folder.unreadable", "closed")]


def _as_nobody(folder: Path) -> list[tuple[str, str]]:
    """What another user finds, since nothing is closed to root; in this process, and then back again."""
    for place in (folder, *folder.parents):
        if place.stat().st_uid == 0 and not place.stat().st_mode & 0o001:
            place.chmod(place.stat().st_mode | 0o011)
    folder.chmod(0o755)
    os.seteuid(65534)
    try:
        return [(one.code, one.where.file or "") for one in list_folder(folder).findings]
    finally:
        os.seteuid(0)
