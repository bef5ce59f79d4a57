"""Bags to export: one open, one restricted with the same documents, one of a container."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.operations.packed_corpora import SHEET, packed, write_corpus


@pytest.fixture(scope="session")
def river(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An open bag of four documents."""
    place = tmp_path_factory.mktemp("river")
    return packed(write_corpus(place / "corpus"), place)


@pytest.fixture(scope="session")
def closed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A restricted bag with two documents of the same identifiers."""
    place = tmp_path_factory.mktemp("closed")
    sheet = "".join(SHEET.splitlines(keepends=True)[:3])
    return packed(write_corpus(place / "corpus", version="2.0", level="restricted", sheet=sheet), place)


@pytest.fixture(scope="session")
def container(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An open bag of JSON lines with two documents, and a file with a mark in its name that is none."""
    place = tmp_path_factory.mktemp("container")
    corpus = write_corpus(place / "corpus", sheet="filename,title\n")
    lines = [{"id": f"m{number}", "text": f"The text of member {number} is short."} for number in (1, 2)]
    (corpus / "many.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines), "utf-8")
    (corpus / "plain#1.txt").write_text("A plain text with a mark in its name.\n", "utf-8")
    return packed(corpus, place)
