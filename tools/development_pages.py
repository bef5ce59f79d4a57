"""Scores the labelling of flattened web pages: `python tools/development_pages.py FOLDER [--missed]`.

The folder holds `labels.json` and gzipped pages: `with` are pieces that the main text must hold, `without` pieces that
it must not. A page is flattened to plain text (every text node of the body, scripts and styles aside, a line break at
each block element), packed through the reader of plain text and the default recipe, and its kept passages are scored.
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
import sys
from collections import Counter
from pathlib import Path
from typing import Any

from archive.model.blocks import Reading
from archive.model.spans import Layer
from archive.normalise.documents import normalise
from archive.normalise.recipe import recipe_named
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


def main() -> int:
    """Print precision, recall and F1 over the folder."""
    parser = argparse.ArgumentParser(description="Scores the labelling of flattened web pages.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--missed", action="store_true", help="name the pieces that were lost or wrongly kept")
    given = parser.parse_args()
    counts: Counter[str] = Counter()
    for label in json.loads((given.folder / "labels.json").read_text("utf-8")):
        text = main_text(flattened(gzip.decompress((given.folder / label["file"]).read_bytes())))
        for outcome, piece in outcomes(label, text):
            counts[outcome] += 1
            if given.missed and outcome in {"lost", "wrongly kept"}:
                print(f"{outcome}: {label['file']}: {piece[:80]!r}")
    precision = counts["found"] / (counts["found"] + counts["wrongly kept"])
    recall = counts["found"] / (counts["found"] + counts["lost"])
    f1 = 2 * precision * recall / (precision + recall)
    print(f"{dict(sorted(counts.items()))}")
    print(f"F1 {f1:.3f}  precision {precision:.3f}  recall {recall:.3f}")
    return 0


def outcomes(label: dict[str, Any], text: str) -> list[tuple[str, str]]:
    """What became of each labelled piece: found, lost, wrongly kept, left out."""
    return [("found" if piece in text else "lost", piece) for piece in label["with"]] + [
        ("wrongly kept" if piece in text else "left out", piece) for piece in label["without"]
    ]


def main_text(flat: str) -> str:
    """The kept passages of a plain text under the default recipe."""
    layer = Layer(None, "utf-8", flat.encode("utf-8", "replace"))
    taken = plain_text.read(TextInput(layer), Limits())
    reading = Reading("text/plain", charset="utf-8", layers=(layer,), blocks=taken.blocks)
    passages = normalise(reading, recipe_named("default")).passages
    return "\n".join(passage.text for passage in passages if passage.kept)


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
