"""Texts that were taken out of formats whose bytes do not hold them plainly: how they are labelled and joined."""

from __future__ import annotations

from dataclasses import replace

from archive.model.blocks import Block, Reading
from archive.model.passages import Kind
from archive.model.spans import Layer, Span
from archive.normalise.documents import normalise
from archive.normalise.evidence import RepeatedLines, line_key
from archive.normalise.recipes import recipe_named

DEFAULT = recipe_named("default")
SENTENCE = "The road over the pass is open again in spring, and lorries bring fertiliser to the villages."


def reading(*blocks: tuple[str, str], is_own: bool = False) -> Reading:
    data, found = b"", []
    for hint, text in blocks:
        start = len(data)
        data += text.encode()
        found.append(Block((Span(0, start, len(data)),), text, hint=hint, gap=1, locator="page=1"))
        data += b"\n\n"
    return Reading("application/pdf", layers=(Layer("text", "utf-8", data),), blocks=tuple(found), is_own=is_own)


def test_a_paragraph_of_lines_is_joined_by_its_script() -> None:
    given = reading(("", "Two lines\nof words."), ("", "这是第一行文字，\n这是第二行。"), ("", "inter\u00adview\nhere"))
    texts = [passage.text for passage in normalise(given, DEFAULT).passages]
    assert texts == ["Two lines of words.", "这是第一行文字，这是第二行。", "interview here"]


def test_what_repeats_at_the_edges_is_furniture() -> None:
    given = reading(("running", "A yearly report"), *[("", SENTENCE)] * 6, ("running", "7"))
    first, *body, last = normalise(given, DEFAULT).passages
    assert (last.kind, last.kept, last.reason) == (Kind.FURNITURE, False, "it repeats at the edges of pages")
    assert all(passage.kept for passage in body)
    assert first.locator == "page=1"


def test_all_of_a_document_of_its_own_is_kept_but_what_its_format_calls_otherwise() -> None:
    furniture = ["Share this", "Subscribe to our newsletter", "Related articles", "Read more", "Follow us on Twitter"]
    given = reading(
        ("heading", "On the border"),
        *[("", SENTENCE)] * 3,
        *[("", line) for line in furniture],
        ("footnote", "A note."),
        ("navigation", "Contents 1"),
        ("running", "Page head"),
        is_own=True,
    )
    passages = normalise(given, DEFAULT).passages
    assert {passage.text for passage in passages if not passage.kept} <= {"Contents 1", "Page head", SENTENCE}
    kept = [passage.text for passage in passages if passage.kept]
    assert kept[-1] == "A note."
    assert set(furniture) <= set(kept)


def test_what_letters_share_is_their_own() -> None:
    """A salutation and a name stand in every letter of a mailbox; on pages such lines would be a site's."""
    shared = ["Dear all,", "Best wishes", "Maud"]
    evidence = RepeatedLines(30, dict.fromkeys(map(line_key, shared), 20))
    given = reading(("", shared[0]), *[("", SENTENCE)] * 3, ("", shared[1]), ("", shared[2]))
    kept = [passage.text for passage in normalise(given, DEFAULT, evidence).passages if passage.kept]
    assert not set(shared) & set(kept)
    letter = normalise(replace(given, is_letter=True), DEFAULT, evidence)
    assert all(passage.kept for passage in letter.passages)
