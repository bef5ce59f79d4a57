from __future__ import annotations

import hashlib
import os
import re
import subprocess

import pytest

from archive.describe.facts import BagFacts
from archive.describe.readme import bag_readme, payload_readme
from archive.tables.schema import Stamp
from archive.tables.writer import TablesWriter, in_folder

FACTS = BagFacts(
    urn="urn:uuid:6f1ed002-ab5c-5d4e-9b11-0d9b6f3c1a11",
    title="Reports from the *border*",
    version="1.0",
    access_level="open",
    documents=1,
    passages=1204,
    description="What was published.\n\nIn two <b>parts</b>.",
    creator="Example Archive",
    licence="CC-BY-4.0",
    metadata_licence="CC0-1.0",
    contact=(("role", "Collections archivist"), ("email", "archive@example.org")),
    datasheet=(("selection", "All reports of three newspapers."), ("gaps", "What stands behind a paywall.")),
)
BARE = BagFacts("urn:uuid:0", "A corpus", "1", "secret", 0, 0, algorithms=("sha3256",))
RULE = "### Version 1\n\nDecode, then normalise."
TEXT = "“One,” she said."


def both(facts):
    return bag_readme(facts).decode("utf-8"), payload_readme(facts, RULE).decode("utf-8")


@pytest.mark.parametrize("facts", [FACTS, BARE])
def test_pages_are_plain_text_with_lf(facts):
    for text in both(facts):
        assert "\r" not in text
        assert text.endswith("\n")
        assert not text.endswith("\n\n")
        assert "\n\n\n" not in text
        assert text.startswith("# ")


def test_both_pages_say_which_bag_this_is():
    for text in both(FACTS):
        assert text.startswith("# Reports from the \\*border\\*, version 1.0\n")
        assert FACTS.urn in text
        assert "1 document in 1,204 passages" in text
        assert "Put together by Example Archive." in text
        assert "Open: everyone may read it." in text
        assert "In two \\<b\\>parts\\</b\\>." in text
        assert "- email: archive@example.org" in text


def test_the_page_in_the_payload_says_all_that_a_stranger_needs():
    text = both(FACTS)[1]
    assert RULE in text
    assert "- Licence of the texts: CC-BY-4.0" in text
    assert "### gaps\n\nWhat stands behind a paywall." in text
    headings = re.findall(r"^## (.*)$", text, re.MULTILINE)
    assert headings == [
        "Rights",
        "What to know before trusting it",
        "What lies where",
        "The rule of derivation",
        "How to check it",
        "How to load it",
        "The data dictionary",
        "What others call it",
        "Contact",
    ]


def test_what_is_not_known_is_not_talked_about():
    for text in both(BARE):
        assert "Contact" not in text
        assert "Put together" not in text
        assert "sum -c" not in text
        assert "**secret**" in text
    assert "trusting it" not in both(BARE)[1]
    assert "Licence" not in both(BARE)[1]


@pytest.fixture
def bag(tmp_path):
    (tmp_path / "data" / "tables").mkdir(parents=True)
    (tmp_path / "data" / "originals").mkdir()
    data = TEXT.encode()
    (tmp_path / "data" / "originals" / "a.txt").write_bytes(data)
    with TablesWriter(in_folder(tmp_path / "data" / "tables"), Stamp(FACTS.urn)) as writer:
        writer.add(record(data))
    (tmp_path / "README.md").write_bytes(bag_readme(FACTS))
    for algorithm in FACTS.algorithms:
        for name, chosen in (
            (f"manifest-{algorithm}.txt", sorted((tmp_path / "data").rglob("*.*"))),
            (f"tagmanifest-{algorithm}.txt", [tmp_path / "README.md"]),
        ):
            (tmp_path / name).write_text(
                "".join(
                    f"{hashlib.new(algorithm, one.read_bytes()).hexdigest()}  {one.relative_to(tmp_path)}\n"
                    for one in chosen
                )
            )
    return tmp_path


def record(data):
    sha256 = hashlib.sha256(data).hexdigest()
    path = "data/originals/a.txt"
    return {
        "document_id": "a",
        "source_path": "a.txt",
        "original": path,
        "metadata": {"access_level": "open", "title": "A title"},
        "files": [
            {
                "role": "page", "path": path, "bytes": len(data), "sha256": sha256, "media_type": "text/plain",
                "charset": "utf-8", "puid": None, "puid_basis": "", "derived_from": None,
            }
        ],
        "text": {"characters": len(TEXT), "words": 3, "sha256": sha256},
        "passages": [
            {
                "passage_id": "p1", "ordinal": 0,
                "kind": "quotation", "kept": True, "reason": "", "projection": "1:nfc",
                "language": "en", "char_start": 0, "char_count": len(TEXT), "locator": "", "sha256": sha256,
                "text": TEXT, "spans": [{"layer": path, "byte_start": 0, "byte_end": len(data)}],
            }
        ],
        "statements": [],
        "events": [],
        "relations": [],
        "annotations": [],
        "duplicate_group": "g" + "0" * 24,
        "recipe": "c" * 64,
    }  # fmt: skip


def snippets():
    return re.findall(r"```python\n(.*?)```", both(FACTS)[1], re.DOTALL)


def test_every_snippet_runs_in_the_bag(bag, monkeypatch):
    monkeypatch.chdir(bag)
    names: dict[str, object] = {}
    for snippet in snippets():
        exec(snippet, names)
    assert list(names["kept"]["text"]) == [TEXT]
    assert names["by_language"].to_dicts() == [{"languages": "en", "len": 1}]
    assert names["counts"] == [("a", "A title", 1)]
    assert names["evidence"].decode("utf-8") == names["text"] == TEXT


def test_every_command_runs_in_the_bag(bag):
    commands = {
        command.strip()
        for text in both(FACTS)
        for block in re.findall(r"```sh\n(.*?)```", text, re.DOTALL)
        for command in block.strip().splitlines()
    }
    assert len(commands) == 4
    for command in commands:
        subprocess.run(command, shell=True, cwd=bag, check=True, env={"PATH": os.environ["PATH"]})
    (bag / "data" / "originals" / "a.txt").write_bytes(b"Other.")
    failing = [
        command
        for command in commands
        if subprocess.run(command, shell=True, cwd=bag, check=False, capture_output=True).returncode
    ]
    assert sorted(failing) == [f"{one}sum -c --quiet manifest-{one}.txt" for one in ("sha256", "sha512")]
