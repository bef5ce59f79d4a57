"""What pages hide of persons, and what is no secret."""

from __future__ import annotations

import pytest

from archive.model.spans import Layer
from archive.sources import read
from archive.sources.protocol import TextInput
from archive.sources.unseen.markup import hidden_in_markup


def hidden(page: str) -> list[str]:
    return [one.found for one in hidden_in_markup(TextInput(Layer(None, "utf-8", page.encode()), 0, "page.html"))]


@pytest.mark.parametrize(
    ("page", "found"),
    [
        (
            "<!-- saved from url=(0042)file:///C:/Users/Ada%20Quill/Desktop/a.htm -->",
            "a path with a user's name",
        ),
        (r'<a href="C:\Documents and Settings\Jon\My Documents\a.doc">a</a>', "a path with a user's name"),
        ('<img src="file:///home/ada/a.png">', "a path with a user's name"),
        (r"<script>var from = 'D:\\Users\\Bea\\page';</script>", "a path with a user's name"),
        (
            "<!--[if gte mso 9]><xml><o:LastAuthor>Jon Reed</o:LastAuthor></xml><![endif]-->",
            "an author in a word processor's properties",
        ),
        ('<META NAME="CHANGEDBY" CONTENT="Bea">', "the author of a revision"),
        ('<meta name="ChangedBy" content="Bea">', "the author of a revision"),
        ('<p><del cite="mailto:Jon%20Reed">no</del>', "the author of a tracked change"),
        ('<P><DEL CITE="mailto:Jon%20Reed">no</DEL>', "the author of a tracked change"),
        ("<span style='mso-comment-author:\"Ada Quill\"'>", "the author of a comment"),
        ('<script>({"wgUserName":"Ada"})</script>', "the account of a logged-in user"),
    ],
)
def test_what_markup_hides_is_found(page: str, found: str) -> None:
    assert hidden(f"<html>{page}<p>Text.</p></html>") == [found]  # and never the name, which reports would spread


@pytest.mark.parametrize(
    "page",
    [
        r"<p>Look in C:\Users\ada\file for it.</p>",
        '<a href="https://example.org/Users/ada/x">a</a>',
        '<a href="https://example.org/home/news/x">a</a>',
        r"<!-- C:\Users\Public\page.htm -->",
        "<!-- <o:Author>user</o:Author> -->",
        '<script>({"wgUserName":null})</script>',
        "<p>file:///home/ada/x</p>",
    ],
)
def test_what_is_shown_or_is_nobodys_name_is_no_secret(page: str) -> None:
    assert hidden(f"<html>{page}</html>") == []


def test_each_person_is_named_once_and_only_a_few_are() -> None:
    assert len(hidden('<img src="file:///home/ada/a.png">' * 3)) == 1
    assert len(hidden("".join(f'<img src="file:///home/ada{number}/a.png">' for number in range(50)))) == 20


def test_the_reader_of_pages_gives_the_finding_with_its_place() -> None:
    page = b'<html><body><img src="file:///home/ada/a.png"><p>Here is a text.</p></body></html>'
    (one,) = [one for one in read("page.html", page).findings if one.code == "original.hidden-personal-data"]
    start, end = map(int, str(one.where.bytes).split("-"))
    assert page[start:end] == b"file:///home/ada/"
    assert one.where.file == "page.html"
