"""Corpora that tests fill, bags read as plain values, and the judges that every bag of ours must satisfy."""

from __future__ import annotations

import hashlib
import importlib.util
import json
import os
import stat
import sys
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

from archive.model.findings import Severity
from archive.model.reports import Report, Verdict
from archive.operations.pack import pack
from archive.operations.validate import validate
from tests.judging import judge

PROJECT = Path(__file__).resolve().parents[2]
EPOCH = "1700000000"
TOML = 'identifier = "example"\nslug = "example"\nversion = "1.0"\ntitle = "Example"\n'
OPEN_TOML = TOML + 'access_level = "open"\n'
SENTENCES = (
    "The river freezes in December and people cross it on foot when nobody is looking.",
    "She had been told that there was work in a restaurant on the other side.",
    "Officials of the county said that they had counted no such children last year.",
    "The school took the boy in after a neighbour had written to the headmaster.",
    "Nobody in the village remembers when the first of the women arrived there.",
    "A lawyer who looked at the papers found two different dates of birth in them.",
    "In spring the road over the pass is open again, and lorries bring fertiliser.",
    "The interview was held in a kitchen, with the radio on, and lasted three hours.",
)
"""Sentences of ours, of which documents are made."""
TAG_FILES = frozenset({"bagit.txt", "bag-info.txt", "README.md"})
DESCRIPTIONS = frozenset({"data/croissant.json", "data/datapackage.json", "data/ro-crate-metadata.json"})
PAYLOAD_FILES = frozenset({"data/README.md", "data/bag.json", "data/records/00000.jsonl"}) | DESCRIPTIONS
TABLES = (
    "documents", "passages", "spans", "statements", "files", "events", "relations", "annotations", "annotation_spans"
)  # fmt: skip
SCHEMAS = ("bag", "corpus", "record", "report")


def text(number: int, paragraphs: int = 3) -> str:
    """A text of several paragraphs that no other number gives."""
    some = [
        f"{SENTENCES[(number + at) % len(SENTENCES)]} This is told in report {number} of {at + 1} parts."
        for at in range(paragraphs)
    ]
    return f"What report {number} says of the border\n\n" + "\n\n".join(some) + "\n"


class Corpus:
    """A corpus folder in the making."""

    def __init__(self, path: Path, toml: str = OPEN_TOML) -> None:
        self.path = path
        self.write("corpus.toml", toml)

    def write(self, name: str | bytes, content: str | bytes) -> Corpus:
        place = self.path / os.fsdecode(name)
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(content.encode() if isinstance(content, str) else content)
        return self

    def texts(self, *names: str | bytes) -> Corpus:
        for number, name in enumerate(names):
            self.write(name, text(number))
        return self

    def sheet(self, *lines: str) -> Corpus:
        return self.write("metadata.csv", "".join(line + "\n" for line in lines))

    def json(self, name: str, value: Any) -> Corpus:
        return self.write(name, json.dumps(value, ensure_ascii=False))

    def lines(self, name: str, *values: Any) -> Corpus:
        return self.write(name, "".join(json.dumps(value, ensure_ascii=False) + "\n" for value in values))


def annotation(document: str, exact: str | None, name: str = "1", **more: Any) -> dict[str, Any]:
    """An annotation as a person writes it; `more` are members of its selector, and `body` and the like."""
    place = {key: more.pop(key) for key in ("prefix", "suffix", "start", "end") if key in more}
    kind = "TextPositionSelector" if exact is None else "TextQuoteSelector"
    selector = {"type": kind, **({} if exact is None else {"exact": exact}), **place}
    return {
        "@context": "http://www.w3.org/ns/anno.jsonld",
        "id": f"urn:example:{name}",
        "type": "Annotation",
        "target": {"source": document, "selector": selector},
        **more,
    }


def digest_of_folder(folder: Path) -> str:
    """One digest over all that stands in a folder: names, modes, times, links and bytes."""
    found = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        status = path.lstat()
        is_plain = stat.S_ISREG(status.st_mode) and os.access(path, os.R_OK)
        said = path.read_bytes() if is_plain else os.fsencode(path.readlink()) if path.is_symlink() else b""
        name = os.fsencode(path.relative_to(folder))
        found.update(repr((name, status.st_mode, status.st_mtime_ns, said)).encode())
    return found.hexdigest()


def files_of(bag: Path) -> dict[str, bytes]:
    """All files of a bag by path; anything but files and folders fails."""
    found = {}
    for path in sorted(bag.rglob("*")):
        assert not path.is_symlink()
        if path.is_dir():
            assert any(path.iterdir()), f"{path} is an empty folder"
            continue
        assert path.is_file()
        found[path.relative_to(bag).as_posix()] = path.read_bytes()
    return found


def records_of(bag: Path) -> dict[str, dict[str, Any]]:
    """The records of a bag by identifier, in their order."""
    found = {}
    for shard in sorted((bag / "data/records").iterdir()):
        for line in shard.read_bytes().splitlines():
            record = json.loads(line)
            assert record["document_id"] not in found
            found[record["document_id"]] = record
    return found


def bag_json_of(bag: Path) -> dict[str, Any]:
    """The bag's own record."""
    value: dict[str, Any] = json.loads((bag / "data/bag.json").read_bytes())
    return value


def info_of(bag: Path) -> list[tuple[str, str]]:
    """The lines of bag-info.txt."""
    lines = (bag / "bag-info.txt").read_text("utf-8").splitlines()
    return [tuple(line.split(": ", 1)) for line in lines]  # type: ignore[misc]


def errors(report: Report) -> list[str]:
    """The codes of a report's errors, in order."""
    return [one.code for one in report.findings if one.severity is Severity.ERROR]


def codes(report: Report) -> set[str]:
    """The codes of all findings."""
    return {one.code for one in report.findings}


def leftovers(folder: Path) -> list[str]:
    """What stands in a folder, by name."""
    return sorted(one.name for one in folder.iterdir()) if folder.exists() else []


@cache
def _checker() -> ModuleType:
    spec = importlib.util.spec_from_file_location("check_derivation", PROJECT / "tools/check_derivation.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def expect_sound(bag: Path) -> None:
    """A bag that the reference implementation, our validator and the checker of derivations accept."""
    judgement = judge(bag, seconds=120)
    assert judgement.accepted, judgement.said
    report = validate(bag, jobs=1)
    assert report.verdict is Verdict.VALID, [one.as_json() for one in report.findings]
    assert report.exit_code == 0
    assert _checker().main(bag) == 0


def packed(corpus: Corpus | Path, to: Path, **options: Any) -> Path:
    """The one bag that a corpus gives; the report is checked too."""
    report = pack(corpus.path if isinstance(corpus, Corpus) else corpus, to, **{"jobs": 1, **options})
    assert report.verdict is Verdict.VALID, [one.as_json() for one in report.findings]
    expect_balance(report)
    assert len(report.bags) == 1
    return Path(report.bags[0].path)


def expect_balance(report: Report) -> None:
    """Nothing is lost silently."""
    counts = report.counts
    parts = ("packed", "rejected", "failed", "ignored", "held_back")
    assert counts["inputs"] == sum(counts[part] for part in parts), counts
    assert bool(report.bags) == bool(counts["packed"])


def command(*words: str | Path) -> list[str]:
    """The command line as a fresh process runs it."""
    return [sys.executable, "-m", "archive", *map(str, words)]


def environment(**more: str) -> dict[str, str]:
    """The environment of such a process: nothing that shows in a bag, and no measuring that would speak or write."""
    unwanted = ("SOURCE_DATE_EPOCH", "PYTHONHASHSEED", "COVERAGE_", "COV_CORE_")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(unwanted)}
    return {**kept, "PYTHONPATH": str(PROJECT), **more}


def layout(
    originals: Sequence[str], submission: Sequence[str], algorithms: Sequence[str] = ("sha256", "sha512")
) -> set[str]:
    """The files that a bag has, and no others."""
    return {
        *TAG_FILES,
        *(f"{kind}-{one}.txt" for kind in ("manifest", "tagmanifest") for one in algorithms),
        *PAYLOAD_FILES,
        *(f"data/tables/{name}.parquet" for name in TABLES),
        "data/schemas/annotation-context.json",
        "data/schemas/bag-profile.json",
        *(f"data/schemas/{name}.schema.json" for name in SCHEMAS),
        "data/evidence/repeated-lines.jsonl",
        *(f"data/originals/{name}" for name in originals),
        *(f"data/submission/{name}" for name in submission),
    }
