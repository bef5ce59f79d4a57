"""The data of a run, written below one folder; what is there already with the same size is used again."""

from __future__ import annotations

import hashlib
import html
import json
import random
import shutil
from collections.abc import Callable, Iterable
from pathlib import Path

from benchmarks.texts import texts

_CORPUS = """identifier = "benchmark"
version = "1"
title = "Made for measuring"
description = "Text made by a program, from a fixed seed."
access_level = "open"
[csv]
text = "text"
"""
_A_FOLDER = 1_000
_MIB = 1024 * 1024


def small_files(place: Path, count: int) -> Path:
    """A corpus of `count` text files of 3 KB, a thousand in a folder, with corpus.toml."""

    def write(folder: Path) -> None:
        for one in texts(count):
            below = folder / f"{one.number // _A_FOLDER:04d}"
            if one.number % _A_FOLDER == 0:
                below.mkdir()
            (below / f"{one.number:07d}.txt").write_bytes(one.page.encode("utf-8"))

    return made(place / f"small-{count}", write)


def json_lines(place: Path, count: int) -> Path:
    """A corpus of two JSON lines files with `count` documents together; two, so that peers can use two processes."""

    def write(folder: Path) -> None:
        with (
            (folder / "a.jsonl").open("w", encoding="utf-8") as a,
            (folder / "b.jsonl").open("w", encoding="utf-8") as b,
        ):
            for one in texts(count):
                lines = b if one.number % 2 else a
                lines.write(json.dumps({"id": f"d{one.number}", "text": one.body}, ensure_ascii=False) + "\n")

    return made(place / f"lines-{count}", write)


def large_files(place: Path, count: int, mebibytes: int) -> Path:
    """A corpus of `count` files of `mebibytes` MiB of bytes that do not compress."""

    def write(folder: Path) -> None:
        for number in range(count):
            chance = random.Random(number)  # noqa: S311 - data, not secrets
            with (folder / f"large-{number}.bin").open("wb") as file:
                for _ in range(mebibytes):
                    file.write(chance.randbytes(_MIB))

    return made(place / f"large-{count}x{mebibytes}", write)


def pages(place: Path, count: int) -> Path:
    """A corpus of `count` HTML pages: those of Debian's documentation on this machine, else made from our texts."""
    found = sorted(_documentation())[:count]

    def write(folder: Path) -> None:
        for number, page in enumerate(found):
            (folder / f"{number:05d}.html").write_bytes(page.read_bytes())
        for one in texts(count - len(found)):
            (folder / f"made-{one.number:05d}.html").write_text(as_page(one.title, one.paragraphs), encoding="utf-8")

    return made(place / f"pages-{count}-{len(found)}", write)


def bag_of(corpus: Path) -> Path:
    """A plain bag with a sha512 manifest alone whose payload is the corpus, linked and not copied."""
    bag = corpus.with_name(f"{corpus.name}-bag")
    if not (bag / "bagit.txt").exists():
        names = sorted(str(one.relative_to(corpus)) for one in corpus.rglob("*") if one.is_file())
        with _fresh(bag, "manifest-sha512.txt").open("w", encoding="utf-8") as manifest:
            for name in names:
                target = bag / "data" / name
                target.parent.mkdir(parents=True, exist_ok=True)
                target.hardlink_to(corpus / name)
                with target.open("rb") as file:
                    manifest.write(f"{hashlib.file_digest(file, 'sha512').hexdigest()}  data/{name}\n")
        (bag / "bagit.txt").write_bytes(b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n")
    return bag


def _fresh(folder: Path, name: str) -> Path:
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    return folder / name


def _documentation() -> Iterable[Path]:
    documentation = Path("/usr/share/doc")
    for page in documentation.rglob("*.html") if documentation.is_dir() else ():
        if page.is_file() and not page.is_symlink() and 2_000 < page.stat().st_size < 200_000:
            yield page


def as_page(title: str, paragraphs: Iterable[str]) -> str:
    """A web page of a text, with a menu and a footer around it."""
    body = "".join(f"<p>{html.escape(one)}</p>\n" for one in paragraphs)
    return (
        f"<!DOCTYPE html><html lang='en'><head><title>{html.escape(title)} - Site</title></head><body>"
        "<nav><ul><li><a href='/'>Home</a></li><li><a href='/news'>News</a></li></ul></nav>"
        f"<article><h1>{html.escape(title)}</h1>{body}</article>"
        "<footer><p><a href='/privacy'>Privacy policy</a></p></footer></body></html>"
    )


def made(folder: Path, write: Callable[[Path], None]) -> Path:
    """A corpus in a folder, written unless it is there."""
    done = folder / "corpus.toml"
    if not done.exists():
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        write(folder)
        done.write_text(_CORPUS, encoding="utf-8")  # last, so that a run cut short is noticed
    return folder
