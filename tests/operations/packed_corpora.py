"""A small corpus of several shapes, written and packed for the tests of verbs that read bags."""

from __future__ import annotations

from pathlib import Path

import archive

TOML = """
identifier = "river"
version = "{version}"
title = "River reports"
description = "Reports on a river."
creator = "Example Archive"
language = "en"
licence = "CC-BY-4.0"
metadata_licence = "CC0-1.0"
[contact]
role = "Archivist"
organization = "Example Archive"
[defaults]
access_level = "{level}"
"""

SHEET = """filename,identifier,title,creators,publisher,date_issued,rights
winter.txt,winter,A cold winter,"Kim, Example",Example Daily,2011-12-03,In copyright
summer.html,summer,=A hot summer,,,2012,
강.txt,강,강,,,,
odd.bin,odd,Something odd,,,,
"""

WINTER = (
    "A cold winter\n\nThe river froze early that year, and “nobody” crossed it before the spring came.\n"
    "Old men said that they\nhad never seen such ice on the water, and they had seen much.\n\n"
    "In March the ice broke, and the first boats went out again in the grey light of the morning.\n"
)
SUMMER = (
    "<!DOCTYPE html><html lang=en><head><title>A hot summer</title></head><body><h1>A hot summer</h1>"
    "<p>The river &amp; the <b>lake</b> were low, and the boats lay on the sand for all of the summer.</p>"
    "<p>In March the ice broke, and the first boats went out again in the grey light of the morning.</p></body></html>"
)
RIVER = "강은 북쪽에서 흘러온다. 사람들은 여름마다 강가에 모여 이야기를 나누고 노래를 부른다.\n"


def write_corpus(
    folder: Path, *, version: str = "1.0", level: str = "open", sheet: str = SHEET, winter: str = WINTER
) -> Path:
    """The corpus in a folder."""
    folder.mkdir(parents=True)
    (folder / "corpus.toml").write_text(TOML.format(version=version, level=level), "utf-8")
    (folder / "metadata.csv").write_text(sheet, "utf-8")
    for name, data in {
        "winter.txt": winter.encode(),
        "summer.html": SUMMER.encode(),
        "강.txt": RIVER.encode("cp949"),
        "odd.bin": b"\x00\x01odd",
    }.items():
        if name in sheet:
            (folder / name).write_bytes(data)
    return folder


def packed(corpus: Path, to: Path) -> Path:
    """The bag of a corpus."""
    report = archive.pack(corpus, to, jobs=1)
    assert report, report.findings
    return Path(report.bags[0].path)
