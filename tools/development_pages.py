"""Scores the labelling of real web pages: `python tools/development_pages.py FOLDER [--missed] [--trafilatura]`.

The folder holds `labels.json` and gzipped pages: `with` are pieces that the main text must hold, `without` pieces that
it must not; `title`, `author` and `date` are empty where a page states none. Each page is read twice, through readers
and default recipe alike: as HTML, and *flattened* to plain text (every text node of the body, scripts and styles aside,
a line break at each block element). White space is told apart in neither pieces nor texts. With `--trafilatura`, what
Trafilatura makes of the same pages is scored beside it, without comments and else as it is set; it must be installed.
"""

from __future__ import annotations

import argparse
import gzip
import importlib
import json
import re
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from archive.model.blocks import Observation, Reading
from archive.model.spans import Layer
from archive.normalise.documents import normalise
from archive.normalise.recipes import recipe_named
from archive.sources import read
from archive.sources import text as plain_text
from archive.sources.limits import Limits
from archive.sources.protocol import TextInput

BLOCKS = frozenset(
    re.findall(
        r"\w+",
        "address article aside blockquote body br button center dd details dialog dir div dl dt fieldset figcaption "
        "figure footer form h1 h2 h3 h4 h5 h6 header hr html legend li main menu nav ol optgroup option p pre section "
        "select summary table tbody td tfoot th thead tr ul",
    )
)
UNSEEN = frozenset({"script", "style", "noscript", "template"})
FIELDS = {"title": "title", "author": "creators", "date": "date_issued"}
"""Name in the labels -> field of a record."""


@dataclass(frozen=True)
class Made:
    """What a program made of a page."""

    text: str
    metadata: dict[str, str] = field(default_factory=dict)


@dataclass
class Score:
    """What became of the labelled pieces and values."""

    name: str
    pieces: Counter[str] = field(default_factory=Counter)
    values: dict[str, Counter[str]] = field(default_factory=lambda: {name: Counter() for name in FIELDS})
    seconds: float = 0.0

    def lines(self, pages: int) -> Iterator[str]:
        """The score in words."""
        found, lost, kept = (self.pieces[outcome] for outcome in ("found", "lost", "wrongly kept"))
        precision, recall = found / max(found + kept, 1), found / max(found + lost, 1)
        f1 = 2 * precision * recall / max(precision + recall, 1e-9)
        yield f"{self.name}: F1 {f1:.3f}  precision {precision:.3f}  recall {recall:.3f}  {self._pieces()}"
        for name, counts in self.values.items():
            given = sum(counts.values()) - counts["none"] - counts["missed"]
            if given:
                yield f"  {name}: {_in_order(counts)}; {counts['exact'] / given:.3f} of what is given is exact"
        yield f"  {self.seconds / pages * 1000:.1f} ms a page"

    def _pieces(self) -> str:
        return _in_order(self.pieces)


def main() -> int:
    """Print the scores over the folder."""
    parser = argparse.ArgumentParser(description="Scores the labelling of web pages, as HTML and flattened.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--missed", action="store_true", help="name the pieces and values that came out wrong")
    parser.add_argument("--trafilatura", action="store_true", help="score Trafilatura beside it")
    given = parser.parse_args()
    programs: dict[str, Callable[[bytes], Made]] = {"HTML": from_html, "flattened": from_flattened}
    if given.trafilatura:
        programs["Trafilatura"] = from_trafilatura
    labels = json.loads((given.folder / "labels.json").read_text("utf-8"))
    for name, program in programs.items():
        score = Score(name)
        for label in labels:
            page = gzip.decompress((given.folder / label["file"]).read_bytes())
            started = time.perf_counter()
            made = program(page)
            score.seconds += time.perf_counter() - started
            for line in add(score, label, made):
                if given.missed:
                    print(f"{name}: {label['file']}: {line}")
        print("\n".join(score.lines(len(labels))))
    return 0


def add(score: Score, label: dict[str, Any], made: Made) -> Iterator[str]:
    """Counts one page; gives what came out wrong, in words."""
    text = _spaced(made.text)
    for wanted, held, missing in (("with", "found", "lost"), ("without", "wrongly kept", "left out")):
        for piece in label[wanted]:
            outcome = held if _spaced(piece) in text else missing
            score.pieces[outcome] += 1
            if outcome in {"lost", "wrongly kept"}:
                yield f"{outcome}: {piece[:80]!r}"
    for name in FIELDS if made.metadata else ():
        outcome = judged(name, label[name] or "", made.metadata.get(name, ""))
        score.values[name][outcome] += 1
        if outcome not in {"exact", "none"}:
            yield f"{name} {outcome}: {made.metadata.get(name, '')!r}, labelled {label[name]!r}"


def judged(name: str, label: str, value: str) -> str:
    """What a value is beside its label: exact, partial, wrong, missed, spurious, or none where there is neither."""
    label, value = _spaced(label).casefold(), _spaced(value).casefold()
    if not label or not value:
        return "none" if label == value else "missed" if label else "spurious"
    if label == value:
        return "exact"
    if name == "date":
        return "partial" if label.startswith(value) else "wrong"
    both = set(re.findall(r"\w+", label)), set(re.findall(r"\w+", value))
    shared = len(both[0] & both[1])
    return "partial" if shared and 2 * shared >= min(map(len, both)) else "wrong"


def from_html(page: bytes) -> Made:
    """The kept passages of a page, and its metadata."""
    return _made(read("page.html", page))


def from_flattened(page: bytes) -> Made:
    """The kept passages of a page that was flattened to plain text."""
    layer = Layer(None, "utf-8", flattened(page).encode("utf-8", "replace"))
    blocks = plain_text.read(TextInput(layer), Limits()).blocks
    return Made(_made(Reading("text/plain", charset="utf-8", layers=(layer,), blocks=blocks)).text)


def from_trafilatura(page: bytes) -> Made:
    """What Trafilatura takes from a page."""
    trafilatura = importlib.import_module("trafilatura")
    stated = trafilatura.extract_metadata(page)
    metadata = {name: getattr(stated, name, None) or "" for name in FIELDS}
    return Made(trafilatura.extract(page, include_comments=False) or "", metadata)


def _made(reading: Reading) -> Made:
    normalised = normalise(reading, recipe_named("default"))
    text = "\n".join(passage.text for passage in normalised.passages if passage.kept)
    metadata = {name: _used(known, reading.embedded, normalised.observations) for name, known in FIELDS.items()}
    return Made(text, metadata)


def _used(known: str, *sources: tuple[Observation, ...]) -> str:
    """The value that a record would use: what a file states itself comes before what its text states."""
    for observations in sources:
        values = [one.value for one in observations if one.field == known]
        if values:
            return "; ".join(values) if known == "creators" else values[0]
    return ""


def _spaced(text: str) -> str:
    return " ".join(text.split())


def _in_order(counts: Counter[str]) -> str:
    return ", ".join(f"{count} {name}" for name, count in sorted(counts.items()))


def flattened(page: bytes) -> str:
    """The text nodes of the body, with line breaks at block elements."""
    from resiliparse.parse.encoding import detect_encoding
    from resiliparse.parse.html import HTMLTree, NodeType

    try:
        source = page.decode("utf-8")
    except UnicodeDecodeError:
        source = page.decode(detect_encoding(page) or "utf-8", "replace")
    parts: list[str] = []
    pending: list[tuple[Any, bool]] = [(HTMLTree.parse(source).body, False)]
    while pending:
        node, is_over = pending.pop()
        if is_over:
            parts.append("\n")
        elif node.type == NodeType.TEXT:
            parts.append(re.sub(r"\s+", " ", node.text))
        elif node.type == NodeType.ELEMENT and node.tag not in UNSEEN:
            if node.tag in BLOCKS:
                parts.append("\n")
                pending.append((node, True))
            pending.extend((child, False) for child in reversed(list(node.child_nodes)))
    return re.sub(r"\s*\n\s*", "\n", "".join(parts)).strip() + "\n"


if __name__ == "__main__":
    sys.exit(main())
