"""Stores over serialised bags pass the contract of all stores."""

from __future__ import annotations

import io
import tarfile
import zipfile
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import ClassVar

import pytest
from pyarrow.fs import LocalFileSystem, SubTreeFileSystem

from archive.errors import StorageError
from archive.model.limits import DEFAULT_LIMITS
from archive.storage.origins import LocalFile
from archive.storage.packed import TarStore, ZipStore
from archive.storage.remote import RemoteFile, RemoteStore, at
from archive.storage.scanned import ScannedStore
from archive.storage.serialised import open_serialised
from archive.storage.stores import Kind, Store
from archive.storage.urls import from_url
from archive.storage.zips import read_directory
from tests.contracts.stores import FILES, StoreContract
from tests.storage.archives import END, FORMATS, TARS, member, serialised, tar_bytes, written, zip_bytes
from tests.storage.test_local import write


class Packed(StoreContract):
    form = ""
    kind: type = ZipStore

    def make(self, files: Mapping[str, bytes], place: Path) -> Store:
        path = written(serialised(files, self.form), place / f"bag.{self.form}")
        opened = open_serialised(LocalFile(str(path)))
        assert opened.findings == ()
        assert opened.media == self.form
        assert isinstance(opened.store, self.kind)
        return opened.store


class TestZip(Packed):
    form = "zip"


class TestTar(Packed):
    form, kind = "tar", TarStore


class TestGzip(Packed):
    form, kind = "tar.gz", ScannedStore


class TestBzip2(Packed):
    form, kind = "tar.bz2", ScannedStore


class TestXz(Packed):
    form, kind = "tar.xz", ScannedStore


class TestZstandard(Packed):
    form, kind = "tar.zst", ScannedStore


class TestRemote(StoreContract):
    files: ClassVar[Mapping[str, bytes]] = {
        key: data for key, data in FILES.items() if "\udcff" not in key
    }  # such stores have names in UTF-8 alone

    def make(self, files: Mapping[str, bytes], place: Path) -> Store:
        write(files, place / "bag")
        found = at(SubTreeFileSystem(str(place), LocalFileSystem()), "bag/", "mock://bag")
        assert isinstance(found, RemoteStore)
        return found


class TestTarBehindAUrl(StoreContract):
    def make(self, files: Mapping[str, bytes], place: Path) -> Store:
        written(serialised(files, "tar"), place / "bag.tar")
        found = at(SubTreeFileSystem(str(place), LocalFileSystem()), "bag.tar", "mock://bag.tar")
        assert isinstance(found, RemoteFile)
        opened = open_serialised(found)
        assert isinstance(opened.store, ScannedStore)
        return opened.store


class TestZipBehindAUrl(StoreContract):
    def make(self, files: Mapping[str, bytes], place: Path) -> Store:
        written(serialised(files, "zip"), place / "bag.zip")
        return open_serialised(RemoteFile(LocalFileSystem(), str(place / "bag.zip"), "mock://bag.zip")).store


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_every_compression_of_a_zip(tmp_path: Path, method: int) -> None:
    files = {f"bag/{key}": data * 3 for key, data in FILES.items()}
    store = open_serialised(LocalFile(str(written(zip_bytes(files, method), tmp_path / "bag.zip")))).store
    with store.reader() as reader:
        assert {f"bag/{key}": b"".join(reader.pieces(key)) for key in FILES} == files


@pytest.mark.parametrize("form", [tarfile.PAX_FORMAT, tarfile.GNU_FORMAT])
@pytest.mark.parametrize("kind", TARS)
def test_long_names_and_many_members(tmp_path: Path, form: int, kind: str) -> None:
    files = {f"bag/data/{'long' * 40}/{number}/{'ü' * 90}": str(number).encode() * 700 for number in range(40)}
    path = written(TARS[kind](tar_bytes(files, form)), tmp_path / f"bag.{kind}")
    opened = open_serialised(LocalFile(str(path)))
    with opened.store.reader() as reader:
        assert {
            f"bag/{key.key}": b"".join(reader.pieces(key.key))
            for key in opened.store.entries()
            if key.kind is Kind.FILE
        } == files


def test_a_short_name_in_the_oldest_form(tmp_path: Path) -> None:
    files = {"bag/" + "deep/" * 25 + "a": b"1"}
    path = written(tar_bytes(files, tarfile.USTAR_FORMAT), tmp_path / "bag.tar")
    assert [one.size for one in open_serialised(LocalFile(str(path))).store.entries() if one.kind is Kind.FILE] == [1]


def test_several_compressed_streams_in_a_row_are_one(tmp_path: Path) -> None:
    whole = tar_bytes({"bag/a": b"1" * 5000, "bag/b": b"2"})
    for form, compress in TARS.items():
        if form == "tar":
            continue
        data = compress(whole[:3000]) + compress(whole[3000:])
        opened = open_serialised(LocalFile(str(written(data, tmp_path / f"bag.{form}"))))
        assert opened.findings == ()
        assert [one.size for one in opened.store.entries()] == [5000, 1]


def test_a_stream_is_read_again_only_for_other_digests(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = written(serialised(FILES, "tar.gz"), tmp_path / "bag.tar.gz")
    opened: list[str] = []
    real = LocalFile.open

    def counted(self: LocalFile) -> object:
        opened.append(self.name)
        return real(self)

    monkeypatch.setattr(LocalFile, "open", counted)
    store = open_serialised(LocalFile(str(path))).store
    assert isinstance(store, ScannedStore)
    first = len(opened)
    store.learn({"data/b.txt": {"sha256", "sha512"}})
    assert len(opened) == first
    store.learn({"data/b.txt": {"sha256", "md5"}, "data/Z": {"sha1"}})
    assert len(opened) == first + 1
    assert store.digests("data/b.txt", ["md5"]) == ["781e5e245d69b566979b86e28d23f2c7"]


@pytest.mark.parametrize("form", FORMATS)
def test_file_urls_are_opened_by_our_own_store(tmp_path: Path, form: str) -> None:
    path = written(serialised(FILES, form), tmp_path / f"a bag.{form}")
    assert from_url(f"file://{tmp_path}/a%20bag.{form}") == LocalFile(str(path))


@pytest.mark.parametrize("url", ["http://example.org/bag", "file://host/bag", "mock://x/none", "s4://x"])
def test_addresses_that_cannot_be_opened(url: str) -> None:
    with pytest.raises(StorageError):
        from_url(url)


def test_what_is_not_there_behind_a_url() -> None:
    with pytest.raises(StorageError, match="no such"):
        at(LocalFileSystem(), "/none/such", "mock://none")


def test_what_cannot_be_listed_behind_a_url(tmp_path: Path) -> None:
    with pytest.raises(StorageError, match="cannot be read"):
        RemoteStore(LocalFileSystem(), str(tmp_path / "none"), "mock://none").entries()


def test_only_files_are_opened(tmp_path: Path) -> None:
    with pytest.raises(StorageError, match="neither a folder nor a file"):
        LocalFile("/dev/null").open()
    with pytest.raises(StorageError, match="neither a folder nor a zip"):
        open_serialised(LocalFile(str(written(b"text", tmp_path / "bag.zip"))))


def test_the_last_of_two_entries_is_the_one_that_is_read(tmp_path: Path) -> None:
    data = member(b"bag/a", b"first") + member(b"bag/a", b"second") + member(b"bag/b", b"", b"1", b"bag/a") + END
    for form, compress in TARS.items():
        store = open_serialised(LocalFile(str(written(compress(data), tmp_path / f"bag.{form}")))).store
        with store.reader() as reader:
            assert {key: b"".join(reader.pieces(key)) for key in ("a", "b")} == {"a": b"second", "b": b"second"}


def test_a_file_that_changes_while_it_is_read(tmp_path: Path) -> None:
    path = written(TARS["tar.gz"](member(b"bag/a", b"first") + END), tmp_path / "bag.tar.gz")
    store = open_serialised(LocalFile(str(path))).store
    assert isinstance(store, ScannedStore)
    written(TARS["tar.gz"](member(b"bag/link", b"", b"2", b"a" * 99) + member(b"bag/b", b"first") + END), path)
    store.learn({"a": {"md5"}})
    with store.reader() as reader, pytest.raises(StorageError, match="read again"):
        list(reader.pieces("a"))
    with pytest.raises(StorageError, match="read again"):
        store.digests("a", ["md5"])
    tar = written(member(b"bag/a", b"1" * 600) + END, tmp_path / "bag.tar")
    plain = open_serialised(LocalFile(str(tar))).store
    written(tar.read_bytes()[:700], tar)
    with plain.reader() as reader, pytest.raises(StorageError, match="cut short"):
        list(reader.pieces("a"))


def test_memory_that_a_stream_asks_for_is_bounded(tmp_path: Path) -> None:
    whole = serialised(FILES, "tar.xz")
    small = replace(DEFAULT_LIMITS, dictionary=1 << 16)
    with pytest.raises(StorageError, match="damaged"):
        open_serialised(LocalFile(str(written(whole, tmp_path / "bag.tar.xz"))), small)
    zipped = zip_bytes({f"bag/{key}": data for key, data in FILES.items()}, zipfile.ZIP_LZMA)
    store = open_serialised(LocalFile(str(written(zipped, tmp_path / "bag.zip"))), small).store
    with store.reader() as reader, pytest.raises(StorageError, match="dictionary"):
        list(reader.pieces("data/b.txt"))


def test_a_directory_that_is_cut_while_it_is_read() -> None:
    whole = zip_bytes({"bag/a": b"1"})
    place = whole.rfind(b"PK\x05\x06")
    for size in (20, 5000):
        end = whole[place : place + 12] + size.to_bytes(4, "little") + whole[place + 16 :]
        with pytest.raises(StorageError):
            list(read_directory(io.BytesIO(whole[:place] + end), DEFAULT_LIMITS))
    alone = b"PK\x05\x06" + b"\0\0\0\0" + b"\xff\xff\xff\xff" + bytes(4) + b"\xff" * 4 + bytes(2)
    with pytest.raises(StorageError):
        list(read_directory(io.BytesIO(alone), DEFAULT_LIMITS))
    marks = zip_bytes({"bag/PK\x05\x06": b"1"})
    assert [name for name, _ in read_directory(io.BytesIO(marks + b""), DEFAULT_LIMITS)] == ["bag/PK\x05\x06"]
