"""A small bag of ours, and forgeries of it: something is changed, and everything that seals it is written anew."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

from archive.bags.manifests import manifest_bytes
from archive.model.canonical import canonical_json
from archive.model.content import DigestList, content_digest, content_of, covered_files
from archive.model.manifest_lines import ManifestEntry
from archive.model.reports import Report
from archive.operations.validate import validate
from archive.tables.schema import Stamp
from archive.tables.writer import TablesWriter, in_folder
from tests.packing.making import Corpus, packed

SHARD = "data/records/00000.jsonl"
ALGORITHMS = ("sha256", "sha512")


def make_bag(folder: Path) -> Path:
    """A bag with text, HTML, Markdown, JSON lines, a stored layer, an escaped name, and a file without text."""
    corpus = Corpus(folder / "corpus")
    corpus.texts("a/one.txt", "a/two.txt", "a/three.txt")
    page = "<html><head><title>On &amp; off</title><meta name=author content='Kim'></head><body><h1>On &amp; off</h1>"
    corpus.write("page.html", f"{page}<p>Some words that are said here for a while. And more.</p><p>Menu</p></body>")
    corpus.write("notes.md", "# Head\n\nA paragraph of text.\n\n- one\n- two\n")
    corpus.lines(
        "lines/all.jsonl",
        {"id": "x", "title": "X", "text": "First line of it.\nSecond \u00e9 line."},
        {"text": "No id here.", "creators": ["A", "B"]},
        {"id": 3, "text": "", "title": "Nothing else"},
    )
    corpus.write("old/shift.txt", "こんにちは。日本語の文章です。\n".encode("iso-2022-jp") * 3)
    corpus.write("old/korean.txt", "안녕하세요 북한 사람들이 왔다.\n".encode("euc-kr") * 3)
    corpus.write("weird:name%.txt", "A title\n\nText of a weird name.\n")
    corpus.write("scan.pdf", b"%PDF-1.4\nnothing")
    corpus.sheet("filename,dc.title,dc.creator,dc.date", "a/two.txt,A title of mine,Kim,2011-05~")
    return packed(corpus, folder / "bags", jobs=1)


class Forgery:
    """A copy of a bag whose records and bag.json can be changed before it is sealed again."""

    def __init__(self, bag: Path, to: Path) -> None:
        self.path = Path(shutil.copytree(bag, to))
        self.info: dict[str, Any] = json.loads((self.path / "data/bag.json").read_bytes())
        self.records: list[dict[str, Any]] = [
            json.loads(line) for line in (self.path / SHARD).read_bytes().splitlines()
        ]

    def record(self, identifier: str) -> dict[str, Any]:
        return next(one for one in self.records if one["document_id"] == identifier)

    def write(self, key: str, data: bytes) -> None:
        place = self.path / key
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(data)

    def records_again(self, *, tables: bool = True, counts: bool = True) -> None:
        """Writes the records, and what follows from them."""
        self.write(SHARD, b"".join(canonical_json(one) + b"\n" for one in self.records))
        if tables:
            self.tables_again()
        if counts:
            passages = sum(len(one["passages"]) for one in self.records)
            number = len(self.records)
            self.info["counts"] |= {"inputs": number, "packed": number, "documents": number, "passages": passages}
            self.info["records"][0]["documents"] = number

    def tables_again(self) -> None:
        folder = self.path / "data/tables"
        shutil.rmtree(folder)
        folder.mkdir()
        with TablesWriter(in_folder(folder), Stamp(self.info["urn"])) as writer:
            for record in self.records:
                writer.add(record)
            writer.add_bag(self.info)
            rows = writer.rows
        for one in self.info["tables"]:
            one["rows"] = rows[one["name"]]

    def bag_json_again(self) -> None:
        """Writes bag.json with the digests of what there is."""
        for one in (*self.info["records"], *self.info["tables"]):
            one["sha256"] = hashlib.sha256((self.path / one["path"]).read_bytes()).hexdigest()
        self.info["content_digest"] = self.content()
        self.write("data/bag.json", json.dumps(self.info).encode())

    def content(self) -> str:
        records = DigestList()
        for one in self.records:
            records.add(one["document_id"], hashlib.sha256(content_of(one)).hexdigest())
        files = ((key, hashlib.sha256(data).hexdigest()) for key, data in self.files("data/").items())
        return content_digest(covered_files(files), records)

    def files(self, prefix: str = "") -> dict[str, bytes]:
        found = {
            one.relative_to(self.path).as_posix(): one.read_bytes() for one in self.path.rglob("*") if one.is_file()
        }
        return {key: found[key] for key in sorted(found, key=str.encode) if key.startswith(prefix)}

    def seal(self) -> None:
        """Writes the sizes, the content digest and all manifests anew."""
        payload = self.files("data/")
        lines = []
        for line in (self.path / "bag-info.txt").read_text("utf-8").splitlines():
            label, _, value = line.partition(": ")
            anew = {
                "Payload-Oxum": f"{sum(map(len, payload.values()))}.{len(payload)}",
                "Corpus-Archive-Content-Digest": f"sha256:{self.info['content_digest']}",
            }
            lines.append(f"{label}: {anew.get(label, value)}\n")
        self.write("bag-info.txt", "".join(lines).encode())
        for one in ALGORITHMS:
            self.write(f"manifest-{one}.txt", _manifest(payload, one))
        tags = {key: data for key, data in self.files().items() if not key.startswith(("data/", "tagmanifest-"))}
        for one in ALGORITHMS:
            self.write(f"tagmanifest-{one}.txt", _manifest(tags, one))


def _manifest(files: dict[str, bytes], algorithm: str) -> bytes:
    return manifest_bytes(ManifestEntry(hashlib.new(algorithm, data).hexdigest(), key) for key, data in files.items())


def forged(bag: Path, to: Path, change: Callable[[Forgery], None]) -> Report:
    """What derivation says of a bag in which one thing was changed, and everything that follows from records."""
    forgery = Forgery(bag, to)
    change(forgery)
    forgery.records_again()
    forgery.bag_json_again()
    forgery.seal()
    return validate(forgery.path, depth="derivation", jobs=1)
