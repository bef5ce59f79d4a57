from __future__ import annotations

import gzip
import io
import zipfile
from pathlib import Path

import pytest

from archive.packing import withheld_bytes
from archive.packing.withheld_bytes import texts_in


def said(path: Path, charset: str | None = None) -> str:
    return "\n".join(texts_in(path, charset))


def written(path: Path, data: bytes) -> Path:
    path.write_bytes(data)
    return path


@pytest.mark.parametrize(
    ("data", "charset"),
    [
        ("김미나".encode("cp949"), "euc-kr"),
        ("김미나".encode(), None),
        (b"x" + "김미나".encode("utf-16-be"), None),
        (gzip.compress("<p>김</p>미나".encode(), mtime=0), None),
        (gzip.compress("김미나".encode() * 99999, mtime=0)[:-9], None),
        (gzip.compress(b"one", mtime=0) + gzip.compress("김미나".encode(), mtime=0), None),
        (b'"\\uae40\\ubbf8\\ub098"', "utf-8"),
        (b"%EA%B9%80&#48120;&#xB098;", "utf-8"),
    ],
    ids=["cp949", "utf-8", "utf-16", "markup in gzip", "gzip cut short", "gzip in two members", "json", "escapes"],
)
def test_what_a_file_says_is_given_however_it_is_written(tmp_path: Path, data: bytes, charset: str | None) -> None:
    if data.startswith(b"x"):
        data = data[1:]
    assert "김미나" in said(written(tmp_path / "a", data), charset).replace("\n", "")


def test_the_parts_of_a_zip_and_their_names(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("mina.xml", "<w:t>Kim</w:t><w:t> Mina</w:t>")
        file.writestr("big.xml", "x" * 5000 + "Lee Mina")
    path = written(tmp_path / "a.docx", data.getvalue())
    assert all(one in said(path).replace("\n", "") for one in ("mina.xml", "Kim Mina", "Lee Mina"))
    monkeypatch.setattr(withheld_bytes, "MOST_UNPACKED", 1000)
    assert "Lee Mina" not in said(path)
    broken = bytearray(data.getvalue())
    broken[45] ^= 0xFF
    assert "big.xml" in said(written(tmp_path / "b.docx", bytes(broken)))
    assert not said(written(tmp_path / "c.zip", b"PK\x03\x04 and nothing more"))


def test_nothing_is_missed_where_a_window_ends(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(withheld_bytes, "PIECE", 7)
    monkeypatch.setattr(withheld_bytes, "WINDOW", 7)
    monkeypatch.setattr(withheld_bytes, "OVERLAP", 12)
    text = "미나는 강을 건넜다, Kim Mina crossed."
    assert any("Kim Mina" in one for one in texts_in(written(tmp_path / "a", text.encode()), "utf-8"))
