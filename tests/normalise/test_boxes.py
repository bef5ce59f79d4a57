"""Boxes about authors, boxes that ask for something, lines that lead elsewhere, captions: on pages of ours."""

from __future__ import annotations

import pytest

from archive.model.passages import Kind
from archive.normalise.box_words import box_words
from archive.normalise.boxes import TellBoxes
from archive.normalise.documents import Normalised, normalise
from archive.normalise.draft import Draft
from archive.normalise.evidence import NO_EVIDENCE
from archive.normalise.recipes import recipe_named
from archive.sources import read
from tests.contracts.steps import hold_to_the_contract
from tests.normalise.page_shapes import SENTENCES, page

HEAD = "<meta name=author content='Ada Quill'>"
TEXT = "".join(f"<p>{one} {other}</p>" for one, other in zip(SENTENCES["en"], SENTENCES["en"][1:], strict=False))
BIOGRAPHY = (
    "Ada Quill has sailed for twenty years and tells of it on three continents, mostly in harbours and at night."
)
ASK = "Your support keeps our reporting free for everybody, and every small amount helps our newsroom to go on."


def made(body: str, head: str = HEAD) -> Normalised:
    markup = f"<html><head><title>Night ferry</title>{head}</head><body>{body}</body></html>"
    return normalise(read("page.html", markup.encode()), recipe_named("default"))


def kept(body: str, head: str = HEAD) -> str:
    return "\n".join(one.text for one in made(body, head).passages if one.kept)


@pytest.mark.parametrize(
    "box",
    [
        f"<div><h4>About the author</h4><p>{BIOGRAPHY}</div>",
        f"<h4>About the author</h4><p>{BIOGRAPHY}",
        f"<div><h3>Ada Quill</h3><p>{BIOGRAPHY}</div>",
        f"<div><p>About Ada Quill</p><p>{BIOGRAPHY.replace('Ada Quill', 'She')}</div>",
        f"<div><span>Quill</span><p>{BIOGRAPHY}</p></div>",
        f"<ul><li>Über den Autor:</li><li>{BIOGRAPHY}</li></ul>",
    ],
)
def test_what_is_said_of_the_author_below_a_text_is_no_part_of_it(box: str) -> None:
    assert "sailed for twenty years" not in kept(f"<article><h1>Night ferry</h1>{TEXT}{box}</article>")


@pytest.mark.parametrize(
    "box",
    [
        f"<h2>The captain</h2><p>{BIOGRAPHY}",
        f"<h2>Ada Quill</h2><p>{SENTENCES['en'][3]} {SENTENCES['en'][5]}",
        f"<div><h4>About the author</h4><p>{BIOGRAPHY}<h4>Further</h4><p>{BIOGRAPHY}</div>",
    ],
)
def test_other_text_below_a_heading_stays(box: str) -> None:
    found = kept(f"<article><h1>Night ferry</h1>{TEXT}{box}</article>")
    assert BIOGRAPHY in found or SENTENCES["en"][5] in found.rsplit(SENTENCES["en"][3], 1)[-1]


def test_a_short_page_about_a_person_stays_whole() -> None:
    found = kept(f"<article><h1>Night ferry</h1><div><h2>Ada Quill</h2><p>{BIOGRAPHY}</div></article>")
    assert BIOGRAPHY in found


@pytest.mark.parametrize(
    "box",
    [
        f"<div><h3>Support us</h3><p>{ASK}</p></div>",
        f"<div><p>{SENTENCES['en'][0]}</p><p>Donate now</p><p>{ASK}<p>Subscribe today</div>",
        "<p>Did you like this story? Then tell <a href=x>our newsletter</a> where to find you.</p>",
        f"<section><p>Newsletter</p><p>{ASK}</p><form><button>Send it to me now</button></form></section>",
        "<div><form><button>Send it to me now</button></form><p>Weekly and free</div>",
    ],
)
def test_what_asks_the_reader_for_something_is_no_text(box: str) -> None:
    found = kept(f"<article><h1>Night ferry</h1>{TEXT}{box}</article>")
    assert not any(piece in found for piece in ("newsroom", "our newsletter", "Weekly and free"))
    assert all(one in found for one in SENTENCES["en"][1:])


@pytest.mark.parametrize("language", SENTENCES)
def test_nothing_of_a_text_of_any_language_asks_for_something(language: str) -> None:
    markup, pieces = page(language, "sections")
    passages = normalise(read("page.html", markup.encode()), recipe_named("default")).passages
    assert not any("asks" in one.reason or "author" in one.reason for one in passages if one.text in pieces)


def test_lines_that_only_lead_elsewhere_are_no_text() -> None:
    again = "<p>Boats and more: <a href=x>see them all here</a> and now</p>"
    beside = f"<p>Read on: <a href=y>The other ferry that nobody took</a></p>{again * 3}"
    dated = "<div>Written on 3 May 2021 and filed under <a href=z>harbours of the north</a></div>"
    address = "<p>Web: <a href=w>www.example.org/boats/of/the/north</a></p>"
    found = made(f"<article><h1>Night ferry</h1>{TEXT[:400]}{beside}{address}{TEXT}</article>{dated}").passages
    reasons = {one.text: one.reason for one in found if not one.kept}
    assert reasons["Read on: The other ferry that nobody took"] == "it leads elsewhere"
    assert reasons["Boats and more: see them all here and now"].endswith("several times")
    assert reasons["Written on 3 May 2021 and filed under harbours of the north"].startswith("it says when")
    assert "it leads elsewhere" not in reasons.get("Web: www.example.org/boats/of/the/north", "")


def test_captions_are_labelled_and_set_aside() -> None:
    figure = "<figure><img><figcaption>The quay at night, seen from the ferry</figcaption></figure>"
    twin = "<div>The quay at night, seen from the ferry</div>"
    numbered = "<p>Figure 3: how the mooring rings were bent</p><p>Figure 3 shows what the storm did to the rings.</p>"
    found = made(f"<article><h1>Night ferry</h1>{TEXT}{figure}{twin}{numbered}{TEXT}</article>").passages
    captions = [one for one in found if one.kind is Kind.CAPTION]
    assert [one.text for one in captions] == [
        "The quay at night, seen from the ferry",
        "The quay at night, seen from the ferry",
        "Figure 3: how the mooring rings were bent",
    ]
    assert not any(one.kept for one in captions)
    assert any(one.kept and one.text.startswith("Figure 3 shows") for one in found)


def test_long_captions_stay() -> None:
    story = " ".join(SENTENCES["en"])
    found = made(f"<article><h1>Night ferry</h1>{TEXT}<figure><figcaption>{story}</figcaption></figure></article>")
    assert any(one.kept and one.text == story for one in found.passages)


def test_the_words_are_found_as_whole_words() -> None:
    words = box_words()
    assert words.asks_for("Donate now!")
    assert not words.asks_for("Donated goods were lost.")
    assert words.asks_for("구독하기 안내")
    assert words.heads_author("Autor: Ada Quill")
    assert not words.heads_author("Autoren und ihre Boote")


def test_the_step_keeps_the_contract() -> None:
    reading = read("page.html", page("de", "Elementor")[0].encode())
    draft = Draft(reading, NO_EVIDENCE)
    for step in recipe_named("default").steps:
        if step.name == TellBoxes.name:
            break
        step.apply(draft)
    hold_to_the_contract(TellBoxes(box_words().digest), draft)


def test_code_stays_whole_however_short_its_lines_are() -> None:
    code = "int main()\n{\n  sail();\n  end\n\n  return <a href=x>boats</a>;\n}"
    found = kept(f"<article><h1>Night ferry</h1>{TEXT}<pre>{code}</pre>{TEXT}</article>")
    assert all(line in found for line in ("int main()", "{", "sail();", "end", "return boats;", "}"))


@pytest.mark.parametrize(
    "line",
    [
        "Me enseñó una foto de su hija y no dijo nada más.",
        "She showed a screenshot of the message to everybody on board.",
        "▲ 첫째, 배가 늦었다 ▲ 둘째, 다리가 닫혔다",
    ],
)
def test_a_sentence_about_a_picture_is_no_caption(line: str) -> None:
    assert line in kept(f"<article><h1>Night ferry</h1>{TEXT}<p>{line}</p>{TEXT}</article>")
