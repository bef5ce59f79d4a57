"""What pages state beyond the plain cases: sections, licences, titles with sites, names with other words."""

from __future__ import annotations

import pytest

from archive.model.blocks import Observation
from archive.sources import read
from archive.sources.people import author_of
from archive.sources.preferring import choose, without_site

BODY = "</head><body><h1>Boats of the north</h1><p>Here is a sentence about boats.</p></body></html>"


def stated(head: str, field: str, body: str = BODY) -> list[str]:
    page = f"<!DOCTYPE html><html><head>{head}{body}"
    return [one.value for one in read("page.html", page.encode()).embedded if one.field == field]


def test_sections_and_tags_are_subjects_and_keywords_only_where_there_are_none() -> None:
    section = '<meta property="article:section" content="World"><meta property="article:tag" content="Boats, old">'
    keywords = '<meta name="keywords" content="boats, ferries ,, harbour">'
    assert stated(section + keywords, "subjects") == ["World", "Boats, old"]
    assert stated(keywords, "subjects") == ["boats", "ferries", "harbour"]


def test_linked_data_states_sections_keywords_and_the_address() -> None:
    head = """<script type="application/ld+json">{"@type": "NewsArticle", "headline": "Boats of the &amp; north",
        "articleSection": ["World", 3], "keywords": "boats, ferries", "url": "https://example.org/boats",
        "copyrightHolder": {"name": "Example Daily"}}</script>"""
    assert stated(head, "subjects") == ["World", "boats", "ferries"]
    assert stated(head, "source_url") == ["https://example.org/boats"]
    assert stated(head, "rights_holder") == ["Example Daily"]
    assert stated(head, "title")[0] == "Boats of the & north"


def test_a_link_to_a_licence_counts_where_there_is_one() -> None:
    one = '<p><a rel="license" href="https://creativecommons.org/licenses/by/4.0/">CC BY</a></p></body></html>'
    other = '<p><a rel="license" href="https://creativecommons.org/licenses/by-sa/4.0/">CC BY-SA</a></p>'
    start = "</head><body><p>Here is a sentence about boats.</p>"
    assert stated("", "rights_uri", start + one) == ["https://creativecommons.org/licenses/by/4.0/"]
    assert stated("", "rights_uri", start + other + one) == []


def test_the_day_goes_before_its_month() -> None:
    head = '<meta name="citation_publication_date" content="2017/01"><meta name="dc.date" content="2017-01-30">'
    assert stated(head, "date_issued") == ["2017-01-30", "2017-01"]


def test_of_many_dates_of_one_kind_only_the_first_is_kept() -> None:
    found = [(1, Observation("date_issued", f"20{number:02}", "")) for number in range(10, 16)]
    assert [one.value for _, one in choose(found)] == ["2010"]
    assert choose([]) == []


def test_a_date_that_three_kinds_of_sources_state_goes_before_the_most_telling_one() -> None:
    values = ["2021-05-14", "2022-04-21", "2022-04-21", "2022-04-21"]
    found = [(rank, Observation("date_issued", value, "")) for rank, value in enumerate(values)]
    assert choose(found)[0][1].value == "2022-04-21"
    assert choose(found[:3])[0][1].value == "2021-05-14"


@pytest.mark.parametrize(
    ("title", "site", "plain"),
    [
        ("Boats of the north | Example Daily", "Example Daily", "Boats of the north"),
        ("Example Daily: Boats - of the north", "Other", "Example Daily: Boats - of the north"),
        ("Example Daily - Boats of the north", "example daily", "Boats of the north"),
        ("Boats of the north - exampledaily", "www.exampledaily.org", "Boats of the north"),
        ("Boats of the north", "Example Daily", "Boats of the north"),
        ("Example Daily | Example Daily", "Example Daily", "Example Daily"),
        ("Example Daily » Blog Archive » Boats of the north", "Other", "Boats of the north"),
        ("结冰的河，没有回来的船-例网", "Other", "结冰的河，没有回来的船"),
        ("结冰的河，没有回来的船--国际--例民网", "Other", "结冰的河，没有回来的船"),
        ("얼어붙은 강 : 예시뉴스", "Other", "얼어붙은 강"),
        ("얼어붙은 강: 예시뉴스의 하루", "Other", "얼어붙은 강: 예시뉴스의 하루"),
    ],
)
def test_a_title_goes_without_the_name_of_its_site(title: str, site: str, plain: str) -> None:
    assert without_site(title, [site]) == plain


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("Veröffentlicht am 8. Februar 2022 von Ada Quill", "Ada Quill"),
        ("Posted on 3 May 2011 by Jon Reed", "Jon Reed"),
        ("Ada Quill, CEO", "Ada Quill"),
        ("| Autor: Ada Quill", "Ada Quill"),
        ("Video by Ada Quill", ""),
        ("Example Editorial Team", ""),
        ("example_team", ""),
        ("Example Wave (www.example.com)", ""),
        ("Agencies", ""),
        ("Veröffentlicht", ""),
    ],
)
def test_authors_among_other_words(said: str, name: str) -> None:
    assert author_of(said, []) == name


def test_a_name_with_other_words_gives_way_to_the_name_alone() -> None:
    page = """<!DOCTYPE html><html><head><meta name="author" content="Ada Quill"></head><body><article>
        <p class="author">Column Ada Quill</p><h1>Boats</h1><p>Here is a sentence.</p></article></body></html>"""
    assert [one.value for one in read("page.html", page.encode()).embedded if one.field == "creators"] == ["Ada Quill"]


def test_the_card_of_a_link_names_the_writer_behind_its_label() -> None:
    card = '<meta name="twitter:label{0}" content="{1}"><meta name="twitter:data{0}" content="{2}">'
    head = card.format(1, "Verfasst von", "Ada Quill @adaquill") + card.format(2, "Lesezeit", "3 Minuten")
    assert stated(head, "creators") == ["Ada Quill"]
    assert stated(card.format(1, "Time to read", "3 minutes"), "creators") == []
    assert stated('<meta name="author" content="ada@example.org">', "creators") == []


def test_a_writer_who_publishes_too_is_no_site_unless_the_host_is_named_so() -> None:
    head = '<meta name="author" content="Ada Quill"><meta name="dcterms.publisher" content="Ada Quill">'
    assert stated(head + '<meta property="og:site_name" content="Example Daily">', "creators") == ["Ada Quill"]
    assert stated(head + '<link rel="canonical" href="https://adaquill.example/">', "creators") == []


def test_a_page_of_a_site_is_not_dated_as_an_article_is() -> None:
    head = '<script type="application/ld+json">{{"@type": "{}", "datePublished": "2021-05-03"}}</script>'
    assert stated(head.format("WebPage"), "date_issued") == []
    assert stated(head.format("BlogPosting"), "date_issued") == ["2021-05-03"]


def test_the_one_main_heading_is_the_title_where_the_head_gives_another() -> None:
    body = "</head><body><main><h1>What the winter did to the harbour</h1><p>Here is a sentence about boats.</p></main>"
    assert stated("<title>Home</title>", "title", body) == ["What the winter did to the harbour", "Home"]
    assert stated("<title>Home</title>", "title", body.replace("What the winter did to the harbour", "Us")) == ["Home"]
    assert stated("<title>Home</title>", "title", f"{body}<h1>And another one of the kind</h1>") == ["Home"]


SHOWN = "<h1>Boats of the north</h1><p>By Ada Quill</p>" + "<p>Here is a sentence about boats.</p>" * 20
ACCOUNT = '<meta name="author" content="{}"><meta name="twitter:label1" content="Written by">'


@pytest.mark.parametrize(
    ("author", "body", "authors"),
    [
        ("Ada Quill", SHOWN, ["Ada Quill"]),
        ("Quill, Ada", SHOWN, ["Quill, Ada"]),
        ("Jon Reed", SHOWN, []),
        ("Jon Reed", "<p>Here is a sentence about boats.</p>", ["Jon Reed"]),
    ],
)
def test_whom_the_head_alone_names_is_no_author_of_a_page_that_shows_another(
    author: str, body: str, authors: list[str]
) -> None:
    assert stated(ACCOUNT.format(author), "creators", f"</head><body>{body}</body></html>") == authors


def test_authors_in_the_terms_of_libraries_need_not_be_shown() -> None:
    head = '<meta name="citation_author" content="Jon Reed">'
    assert stated(head, "creators", f"</head><body>{SHOWN}</body></html>") == ["Jon Reed"]


@pytest.mark.parametrize(
    ("value", "name"),
    [
        ("Ada Quill Reuters", "Ada Quill"),
        ("Ada (A.Q.) Quill", "Ada Quill"),
        ("Example News Reporter", ""),
        ("User Admin", ""),
        ("Boats Sp. z o.o.", ""),
    ],
)
def test_agencies_names_in_brackets_roles_and_accounts(value: str, name: str) -> None:
    assert author_of(value, []) == name


def test_a_site_after_an_eastern_title_is_no_author() -> None:
    head = '<title>北方的船只驶向远方_例子财经</title><meta name="author" content="例子">'
    body = "</head><body><h1>北方的船只驶向远方</h1><p>例子新闻。</p></body></html>"
    assert stated(head, "creators", body) == []
    assert stated(head, "title", body)[0] == "北方的船只驶向远方"


def test_many_names_far_below_the_title_are_a_list_of_others() -> None:
    names = "".join(f'<p><a href="/author/{name}">{name} Quill</a> {"x" * 700}</p>' for name in ("Ada", "Jon", "Eve"))
    body = f"</head><body><h1>Boats of the north sail</h1><p>{'Boats. ' * 700}</p>{names}</body></html>"
    assert stated("<title>Boats of the north sail</title>", "creators", body) == []


@pytest.mark.parametrize(
    ("title", "author", "found"),
    [
        ("Boats of the north | BOOKS", "books", []),
        ("Boats of the north - The Daily Ferry", "The Daily Ferry", []),
        ("Boats of the north - Ada Quill", "Ada Quill", ["Ada Quill"]),
        ("Boats of the north - Quill", "Ada Quill", ["Ada Quill"]),
        ("books", "books", ["books"]),
    ],
)
def test_whom_the_head_names_as_it_names_the_site_is_no_author(title: str, author: str, found: list[str]) -> None:
    assert stated(f'<title>{title}</title><meta name="author" content="{author}">', "creators") == found


@pytest.mark.parametrize("name", ["am", "the", "[FAMILY Given]", "{{author.name}}", "<name>"])
def test_words_of_lines_and_of_templates_are_no_names(name: str) -> None:
    assert author_of(name, []) == ""


def test_names_that_are_hidden_or_stand_in_code_are_no_authors() -> None:
    body = "</head><body><h1>Boats of the north</h1>{}<p>Here is a sentence about boats.</p></body></html>"
    assert stated("", "creators", body.format('<span class="author">Ada Quill</span>')) == ["Ada Quill"]
    assert stated("", "creators", body.format('<span hidden class="author">Ada Quill</span>')) == []
    assert stated("", "creators", body.format('<pre><span class="author">Ada Quill</span></pre>')) == []
    head, text = '<meta name="author" content="Ada Quill">', "<p>Here is a sentence about boats.</p>" * 20
    assert stated(head, "creators", body.format(f"<p>Ada Quill</p>{text}")) == ["Ada Quill"]
    assert stated(head, "creators", body.format(f'<div style="display:none"><p>Ada Quill</p></div>{text}')) == []


@pytest.mark.parametrize(
    ("name", "page"),
    [
        ("a.html", """<script type="application/ld+json">{"@type": "Article", "headline": "Boats %s"}</script><p>x"""),
        ("a.md", """---\ntitle: "Boats %s"\n---\nx"""),
    ],
)
@pytest.mark.parametrize(
    ("escaped", "value"), [("\\ud83d", "Boats \ufffd"), ("\\ud83d\\ude00", "Boats \U0001f600"), ("", "Boats")]
)
def test_half_a_character_of_an_escape_is_replaced_since_no_file_can_hold_it(
    name: str, page: str, escaped: str, value: str
) -> None:
    reading = read(name, (page % escaped).encode())
    assert [one.value for one in reading.embedded if one.field == "title"] == [value]
