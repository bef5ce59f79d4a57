"""A bag with all that descriptions have to tell: odd names, several files of one document, a container."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.packing.making import Corpus, packed

TOML = """\
identifier = "https://example.org/corpora/border"
slug = "border-reports"
version = "1.0"
title = "Reports from the border"
description = "Newspaper reports, \\"testimony\\" & remarks: 2009 to 2020."
creator = "Example Archive"
access_level = "open"
licence = "CC-BY-4.0"
metadata_licence = "CC0-1.0"

[contact]
role = "Collections archivist"
email = "archive@example.org"

[datasheet]
purpose = "For the study of what was published."
selection = "All reports of three newspapers."
gaps = "What stands behind a paywall."
consent = "Nobody was asked."
sensitivity = "No victim is named."
takedown_contact = "The archivist."
weather = "Fair."
"""
SHEET = (
    "filename,identifier,role,title,creators,publisher,date_issued,subjects,places,rights_uri,captured_at",
    "a #1 & more.txt,doc-1,page,Erste,김 보기,Example Daily,2017-09~,children|borders,Yanbian,http://rightsstatements.org/vocab/InC/1.0/,2024-05-03T10:00:00Z",
    "scan 1.txt,doc-1,transcript,,,,,,,,",
    '한국/보고.txt,,page,"보고, #2",Example Daily,,2011,,Yanbian,,',
)


@pytest.fixture(scope="session")
def described(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The folder of the bag; its time is declared."""
    place = tmp_path_factory.mktemp("described")
    toml = TOML + '\n[lists]\nsubjects = "|"\n'
    corpus = Corpus(place / "corpus", toml).texts("a #1 & more.txt", "scan 1.txt", "한국/보고.txt", "plain.txt")
    corpus.lines(
        "all.jsonl", {"id": "one", "text": "The first of two lines."}, {"id": "two", "text": "And the second."}
    )
    corpus.sheet(*SHEET)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SOURCE_DATE_EPOCH", "1700000000")
        yield packed(corpus, place / "bags")
