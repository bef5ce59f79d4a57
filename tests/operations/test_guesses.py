from __future__ import annotations

import pickle
from pathlib import Path

import pytest

from archive.engine import Loss, Part
from archive.model.blocks import Observation
from archive.operations import guesses
from archive.operations.guesses import Guess, MemberGuesses, guess, strongest, together
from archive.sources.containers import Member
from archive.sources.limits import Limits
from tests.sources.opaque import lines, pdf


def seen(field: str, value: str) -> Observation:
    return Observation(field, value, "")


def test_what_a_file_states_itself_goes_before_what_its_text_states() -> None:
    embedded = (seen("title", "Winter"), seen("title", "Another"), seen("creators", "A"), seen("creators", "A"))
    extracted = (seen("title", "W"), seen("creators", "B"), seen("date_issued", "2011"))
    assert strongest(embedded, extracted) == {"title": ("Winter",), "creators": ("A",), "date_issued": ("2011",)}


def test_a_list_keeps_all_of_one_source() -> None:
    assert strongest((), (seen("creators", "B"), seen("creators", "A"))) == {"creators": ("B", "A")}


def test_who_may_read_is_never_suggested() -> None:
    assert strongest((seen("access_level", "open"), seen("review_date", "2030-01-01"))) == {}


def test_a_text_is_read_for_what_it_states(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text("<html><head><title>Ice</title></head><body><p>Cold days.</p></body></html>")
    assert guess(str(tmp_path), "a.html").values["title"] == ("Ice",)


def test_a_file_of_many_documents_is_not_guessed_at(tmp_path: Path) -> None:
    (tmp_path / "many.jsonl").write_text('{"text": "Cold days."}\n{"text": "Warm days."}\n')
    assert guess(str(tmp_path), "many.jsonl") == Guess("many.jsonl")


def test_a_document_beyond_the_limit_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guesses, "_LIMITS", Limits(largest_text=3))
    (tmp_path / "a.txt").write_text("four")
    assert guess(str(tmp_path), "a.txt") == Guess("a.txt")


def test_a_document_that_is_not_there_is_a_problem_in_words(tmp_path: Path) -> None:
    assert guess(str(tmp_path), "gone.txt").problem


def test_what_has_to_be_taken_out_is_read_too(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(pdf([lines("Words.")], information={"Title": "On the border"}))
    assert guess(str(tmp_path), "a.pdf").values["title"] == ("On the border",)


def test_a_document_in_a_container_that_is_given_up_is_said(tmp_path: Path) -> None:
    shared = pickle.loads(pickle.dumps(MemberGuesses(tmp_path)))
    member = Member("a.zip", "b.txt", 0, 5, 1)
    assert shared.guess(Part(is_again=True, loss=Loss("it crashed")), "a.zip", member) == Guess(
        "a.zip", problem="it crashed", member="b.txt"
    )


def test_a_document_that_takes_too_long_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        guesses, "parts", lambda items: ((Part(is_again=True, loss=Loss("", is_late=True)), one) for one in items)
    )
    assert guess(str(tmp_path), "a.txt").problem == "it took more than 120 s of processor time"


def test_few_documents_of_a_container_are_read_one_after_the_other() -> None:
    members = [Member("a.zip", f"{number}", 0, 5, number) for number in range(20)]
    assert [len(one.members) for one in together({"a.zip": members, "b.zip": members[:1]})] == [16, 4, 1]
