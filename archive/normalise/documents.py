"""From a reading to passages and metadata: the steps of a recipe label, the rule of derivation writes the text."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from archive.model.blocks import Observation, Reading
from archive.model.derivation import composed
from archive.model.findings import Finding
from archive.model.passages import Passage
from archive.model.spans import Layer, Span
from archive.normalise.draft import Draft, Unit
from archive.normalise.evidence import NO_EVIDENCE, RepeatedLines
from archive.normalise.projection import lines_kept, project_spans, prose, prose_cjk
from archive.normalise.recipe import Recipe

_APART = "parts-as-lines"
_DENSE_END = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uff00-\uffef。、]$")
_BLANK_BYTES = b" \t\r\n\0\x0b\x0c"


@dataclass(frozen=True, slots=True)
class Normalised:
    """What a recipe made of a reading.

    Attributes:
        passages: in reading order, every block of the reading in exactly one of them; none under recipe `none`.
        observations: metadata that the text states, each with its place and the step that read it off.
        findings: what a person should know.
    """

    passages: tuple[Passage, ...]
    observations: tuple[Observation, ...]
    findings: tuple[Finding, ...]


def normalise(
    reading: Reading,
    recipe: Recipe,
    evidence: RepeatedLines = NO_EVIDENCE,
    done: Callable[[str], None] = lambda _: None,
) -> Normalised:
    """Label the text of a document and read its metadata off.

    Args:
        reading: what a reader took out of the document.
        recipe: the steps.
        evidence: what the corpus says about repeated lines.
        done: hears the name of each step when it has been taken.

    Returns:
        The passages and what else was found.
    """
    if not recipe.steps:
        return Normalised((), (), ())
    draft = Draft(_in_nfc(reading), evidence)
    for step in recipe.steps:
        step.apply(draft)
        done(step.name)
    passages = tuple(_passage(unit, reading.layers) for unit in draft.units)
    done("project")
    return Normalised(passages, tuple(draft.observations), tuple(draft.findings))


def _in_nfc(reading: Reading) -> Reading:
    """The reading as steps look at it: what is written in parts (as some systems do) reads as what is not."""
    if all(block.text.isascii() or unicodedata.is_normalized("NFC", block.text) for block in reading.blocks):
        return reading
    return replace(reading, blocks=tuple(replace(block, text=composed(block.text)) for block in reading.blocks))


def _passage(unit: Unit, layers: Sequence[Layer]) -> Passage:
    spans, together = _spans(unit, layers)
    first = unit.blocks[0]
    operations = first.operations if together else (_APART, *first.operations)
    projection = _projection(operations, unit.lines_stay, not unit.lines_stay and _joins_without_space(unit))
    text = first.text
    if len(unit.blocks) > 1 or operations or not _is_plain(text):
        text = project_spans(layers, spans, projection)
    # By position, since there are many of them.
    return Passage(spans, text, projection, unit.kind, unit.kept, unit.reason, unit.language, first.locator)


@lru_cache(maxsize=64)
def _projection(operations: tuple[str, ...], lines_stay: bool, is_dense: bool) -> str:  # noqa: FBT001  # keys of the cache
    rule = lines_kept if lines_stay else prose_cjk if is_dense else prose
    return rule(operations)


def _spans(unit: Unit, layers: Sequence[Layer]) -> tuple[tuple[Span, ...], bool]:
    """The spans of a unit, neighbours with nothing but white space between them made one; and whether one is all."""
    if len(unit.blocks) == 1:
        return unit.blocks[0].spans, True
    spans = [span for block in unit.blocks for span in block.spans]
    merged = [spans[0]]
    for span in spans[1:]:
        before = merged[-1]
        if (
            before.layer == span.layer
            and before.end <= span.start
            and _is_blank(layers[span.layer], before.end, span.start)
        ):
            merged[-1] = Span(span.layer, before.start, span.end)
        else:
            merged.append(span)
    return tuple(merged), len(merged) == 1


def _is_blank(layer: Layer, start: int, end: int) -> bool:
    return not layer.slice(Span(0, start, end)).strip(_BLANK_BYTES)


def _is_plain(text: str) -> bool:
    """Whether the rule would leave the text of one block as it is: one line, single spaces within, in NFC."""
    if not text.isprintable() or "  " in text or text[:1] == " " or text[-1:] == " ":
        return False
    return text.isascii() or unicodedata.is_normalized("NFC", text)


def _joins_without_space(unit: Unit) -> bool:
    first = unit.blocks[0]
    if len(unit.blocks) > 1:
        return _DENSE_END.search(first.text[-2:]) is not None
    if first.operations or "\n" not in first.text:
        return False
    # A block of several lines that no markup makes is a paragraph of a page; markup breaks its source anywhere.
    line, _, rest = first.text.partition("\n")
    return bool(rest) and _DENSE_END.search(line) is not None
