"""From a reading to passages and metadata: the steps of a recipe label, the rule of derivation writes the text."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache, partial
from typing import Any

from archive.model.blocks import Block, Observation, Reading
from archive.model.composing import composed
from archive.model.derivation import carry_out, operations_of
from archive.model.findings import Finding
from archive.model.finishing import are_tidy
from archive.model.finishing import is_tidy as is_one_tidy_line
from archive.model.passages import Passage
from archive.model.spans import Layer, Span
from archive.normalise.draft import Draft, Unit
from archive.normalise.evidence import NO_EVIDENCE, RepeatedLines
from archive.normalise.projection import lines_kept, project_spans, prose, prose_cjk
from archive.normalise.recipe import Recipe
from archive.normalise.unshown import unshown_passages

_APART = "parts-as-lines"
_DENSE_END = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uff00-\uffef。、]$")
_BLANK_BYTES = b" \t\r\n\0\x0b\x0c"


@dataclass(frozen=True, slots=True)
class Normalised:
    """What a recipe made of a reading.

    Attributes:
        passages: in reading order, every block of the reading in exactly one of them, and each piece of what is not
            shown; none under recipe `none`.
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
    (found,) = normalise_all((reading,), recipe, evidence, done)
    return found


def normalise_all(
    readings: Sequence[Reading],
    recipe: Recipe,
    evidence: RepeatedLines = NO_EVIDENCE,
    done: Callable[[str], None] = lambda _: None,
) -> list[Normalised]:
    """The same of several documents: each step is taken for all of them in a row, which takes less time."""
    if not recipe.steps:
        return [Normalised((), (), ()) for _ in readings]
    drafts = [_begun(reading, evidence) for reading in readings]
    for step in recipe.steps:
        for draft in drafts:
            step.apply(draft)
        done(step.name)
    found = [_finished(reading, draft) for reading, draft in zip(readings, drafts, strict=True)]
    done("project")
    return found


def _begun(reading: Reading, evidence: RepeatedLines) -> Draft:
    texts = [block.text for block in reading.blocks]
    return Draft(_in_nfc(reading, texts), evidence, is_tidy=are_tidy(texts))


def _finished(reading: Reading, draft: Draft) -> Normalised:
    is_tidy = draft.is_tidy
    passages = tuple([_passage(unit, reading.layers, is_tidy=is_tidy) for unit in draft.units])
    if reading.unshown:
        passages = tuple(_in_place(passages, unshown_passages(reading.unshown)))
    return Normalised(passages, tuple(draft.observations), tuple(draft.findings))


def _in_place(passages: Sequence[Passage], unshown: Sequence[Passage]) -> Iterator[Passage]:
    """Both in one order: what is not shown before the first passage that begins after it."""
    waiting = list(reversed(unshown))
    for passage in passages:
        while waiting and waiting[-1].spans[0] < passage.spans[0]:
            yield waiting.pop()
        yield passage
    yield from reversed(waiting)


def _in_nfc(reading: Reading, texts: Sequence[str]) -> Reading:
    """The reading as steps look at it: what is written in parts (as some systems do) reads as what is not."""
    if all(map(str.isascii, texts)) or all(unicodedata.is_normalized("NFC", text) for text in texts):
        return reading
    return replace(reading, blocks=tuple(block._replace(text=composed(block.text)) for block in reading.blocks))


_of_values: Callable[[tuple[Any, ...]], Passage] = partial(tuple.__new__, Passage)
"""A passage of its values in order: there are many of them, and so each is made in half of the time."""


def _passage(unit: Unit, layers: Sequence[Layer], *, is_tidy: bool) -> Passage:
    first = unit.blocks[0]
    if len(unit.blocks) == 1:
        spans = first.spans
        projection, rest = _projections(first.operations, _rule_of(unit))
        # The text of a block is what its own operations make of its spans, so that only the others are left.
        text = first.text if is_tidy or is_one_tidy_line(first.text) else carry_out((first.text,), rest)
    else:
        spans = _merged(unit.blocks, layers)
        projection, _ = _projections(
            first.operations if len(spans) == 1 else (_APART, *first.operations), _rule_of(unit)
        )
        text = project_spans(layers, spans, projection)
    return _of_values((spans, text, projection, unit.kind, unit.kept, unit.reason, unit.language, first.locator))


_Rule = Callable[[Sequence[str]], str]


def _rule_of(unit: Unit) -> _Rule:
    if unit.lines_stay:
        return lines_kept
    first = unit.blocks[0]
    if len(unit.blocks) > 1:
        return prose_cjk if _DENSE_END.search(first.text[-2:]) else prose
    if first.operations or "\n" not in first.text:
        return prose
    # A block of several lines that no markup makes is a paragraph of a page; markup breaks its source anywhere.
    line, _, rest = first.text.partition("\n")
    return prose_cjk if rest and _DENSE_END.search(line) else prose


@lru_cache(maxsize=64)
def _projections(operations: tuple[str, ...], rule: _Rule) -> tuple[str, tuple[str, ...]]:
    """The projection of a passage, and what of it is left to do once its first operations have been carried out."""
    return rule(operations), operations_of(rule(()))


def _merged(blocks: Sequence[Block], layers: Sequence[Layer]) -> tuple[Span, ...]:
    """The spans of several blocks, neighbours with nothing but white space between them made one."""
    spans = [span for block in blocks for span in block.spans]
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
    return tuple(merged)


def _is_blank(layer: Layer, start: int, end: int) -> bool:
    return not layer.slice(Span(0, start, end)).strip(_BLANK_BYTES)
