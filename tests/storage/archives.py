"""Serialised bags for the tests, made in memory: whole ones, and ones that no honest program makes."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import tarfile
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pyarrow as pa

TARS = {
    "tar": bytes,
    "tar.gz": lambda data: gzip.compress(data, mtime=0),
    "tar.bz2": bz2.compress,
    "tar.xz": lzma.compress,
    "tar.zst": lambda data: pa.compress(data, "zstd", asbytes=True),
}
FORMATS = ("zip", *TARS)


def tar_bytes(files: Mapping[str, bytes], form: int = tarfile.PAX_FORMAT) -> bytes:
    """A tar of regular files, in the order given."""
    made = io.BytesIO()
    with tarfile.open(fileobj=made, mode="w", format=form, errors="surrogateescape") as tar:
        for name, data in files.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            tar.addfile(info, io.BytesIO(data))
    return made.getvalue()


def zip_bytes(files: Mapping[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip of regular files, in the order given; names that are no UTF-8 as their bytes."""
    made = io.BytesIO()
    stand_ins = {}
    with zipfile.ZipFile(made, "w", method) as writing:
        for number, (name, data) in enumerate(files.items()):
            raw = name.encode("utf-8", "surrogateescape")
            stand_in = name
            try:
                raw.decode()
            except UnicodeDecodeError:
                stand_in = f"\x01{number:x}".ljust(len(raw), "\x01")
                stand_ins[stand_in.encode()] = raw
            info = zipfile.ZipInfo(stand_in)
            info.compress_type = method
            info.filename = stand_in
            writing.writestr(info, data)
    whole = made.getvalue()
    for stand_in, raw in stand_ins.items():
        whole = whole.replace(stand_in, raw)
    return whole


def serialised(files: Mapping[str, bytes], form: str, base: str = "bag") -> bytes:
    """The files in one folder, in any of `FORMATS`."""
    inside = {f"{base}/{key}" if base else key: data for key, data in files.items()}
    return zip_bytes(inside) if form == "zip" else TARS[form](tar_bytes(inside))


def written(data: bytes, place: Path) -> Path:
    place.write_bytes(data)
    return place


def header(name: bytes, size: int | bytes = 0, kind: bytes = b"0", link: bytes = b"") -> bytes:
    """One header of a tar with the right checksum, whatever else it says."""
    block = bytearray(512)
    block[: len(name)] = name
    block[100:108] = b"0000644\0"
    block[124:136] = size if isinstance(size, bytes) else b"%011o\0" % size
    block[148:156] = b" " * 8
    block[156:157] = kind
    block[157 : 157 + len(link)] = link
    block[257:265] = b"ustar\x0000"
    block[148:156] = b"%06o\0 " % sum(block)
    return bytes(block)


def padded(data: bytes) -> bytes:
    return data + bytes(-len(data) % 512)


def member(name: bytes, data: bytes = b"", kind: bytes = b"0", link: bytes = b"") -> bytes:
    return header(name, len(data), kind, link) + padded(data)


def pax(records: bytes, kind: bytes = b"x") -> bytes:
    return member(b"pax", records, kind)


def record(key: bytes, value: bytes) -> bytes:
    body = b" " + key + b"=" + value + b"\n"
    length = len(body) + len(str(len(body)))
    length = len(body) + len(str(length))
    return b"%d" % length + body


END = bytes(1024)
