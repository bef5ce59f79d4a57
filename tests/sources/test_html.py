from __future__ import annotations

import pytest

from archive.model.blocks import Block, Reading
from archive.sources import read
from archive.sources.linkeddata import MalformedError, statements
from archive.sources.marks import marks_of
from tests.contracts.sources import check_reading


def page(body: str, head: str = "", charset: str = "utf-8") -> Reading:
    reading = read("a.html", f"<!doctype html><html><head>{head}</head><body>{body}</body></html>".encode(charset))
    check_reading(reading)
    return reading


def blocks(body: str) -> list[tuple[str, str]]:
    return [(block.hint, block.text) for block in page(body).blocks]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("<p>One <b>two</b></p><p>three", [("", "One two"), ("", "three")]),
        ("<h2>Head</h2>text", [("heading", "Head"), ("", "text")]),
        ("<h2>Head<h3>Under</h3>", [("heading", "Head"), ("heading", "Under")]),
        ("<ul><li>a<li>b<ul><li>c</ul></ul>d", [("list-item", "a"), ("list-item", "b"), ("list-item", "c"), ("", "d")]),
        ("<blockquote><p>said</p></blockquote>", [("quotation", "said")]),
        ("<figure><img src=x><figcaption>A river</figcaption></figure>", [("caption", "A river")]),
        ("<table><tr><td>1<th>2</table>", [("table", "1"), ("table", "2")]),
        ("<table><td><p>A page laid out in cells", [("", "A page laid out in cells")]),
        ("<nav><ul><li>Home</ul><h2>More</h2></nav>", [("navigation", "Home"), ("navigation", "More")]),
        ("<form><p>body in a form</p><h1>H</h1></form>", [("form", "body in a form"), ("heading", "H")]),
        ("<header><h1>H</h1>sub</header><footer>end</footer><aside>by</aside>",
         [("heading", "H"), ("header", "sub"), ("footer", "end"), ("aside", "by")]),
        ("a<br>b<br> <br>c", [("", "a\nb"), ("", "c")]),
        ("a<script>x < y</script>b<style>p{}</style>", [("", "ab")]),
        ("a <b>b</b><script>x</script> <i>c</i>", [("", "a b c")]),
        ("<noscript><p>no</noscript><template><p>no</template><svg><title>no</title></svg>yes", [("", "yes")]),
        ("<svg>never closed, so read<p>yes", [("", "never closed, so read"), ("", "yes")]),
        ("a<script>never closed <p>lost", [("", "a")]),
        ("<p>&nbsp;</p><p>&lt;x&gt; &amp; y", [("", "<x> & y")]),
        ("<p>a</li></td>b", [("", "a"), ("", "b")]),
        ("<button>Send</button>x", [("form", "Send"), ("", "x")]),
        ("<!-- <p>no --><p title='a > b'>x", [("", "x")]),
    ],
)  # fmt: skip
def test_blocks_and_hints(body: str, expected: list[tuple[str, str]]) -> None:
    assert blocks(body) == expected


def test_lines_of_preformatted_text_are_blocks() -> None:
    found = page("<p>x</p><pre>one\n<b>two</b>\n\n\nthree<br>four</pre>y").blocks
    assert [(block.text, block.gap) for block in found] == [
        ("x", 1), ("one", 1), ("two", 0), ("three", 2), ("four", 0), ("y", 1),
    ]  # fmt: skip


def test_spans_are_the_bytes_between_the_tags() -> None:
    data = "<html><p>\n 한글 <b>둘</b> <script>no</script>셋 </p>".encode("cp949")
    reading = read("a.html", data)
    check_reading(reading)
    (block,) = reading.blocks
    assert [data[span.start : span.end].decode("cp949") for span in block.spans] == ["한글 <b>둘</b> ", "셋"]
    assert isinstance(block, Block)
    assert (block.text, block.operations) == ("한글 둘 셋", ("tags", "entities"))


def test_depth_beyond_reason_does_no_harm() -> None:
    found = page("<div>" * 5000 + "<blockquote>" * 2000 + "deep" + "</blockquote>" * 2000 + "<p>after").blocks
    assert [(block.hint, block.text) for block in found] == [("quotation", "deep"), ("", "after")]


def embedded(head: str) -> list[tuple[str, str]]:
    return [(one.field, one.value) for one in page("<p>x", head).embedded]


def test_what_the_head_states() -> None:
    assert embedded(
        """<title>A &amp; B - Site</title><meta property="og:title" content="A &#38; B">
        <meta name=Author content='Kim,  Example'><meta name="article:author" content="https://example.org/kim">
        <meta property=og:site_name content="Example Daily">
        <link rel="stylesheet canonical" href="https://example.org/a">
        <meta property="article:published_time" content="2017-09-03T23:10:00+09:00"><meta name=keywords content=no>
        <meta name="DC.Language" content="ko_KR"><meta name=description content=""><link rel=license href="/relative">
        <meta name="dc.date" content="03/09/2017"><meta content=lonely><meta name="author" content="Kim, Example">"""
    ) == [
        ("title", "A & B"),
        ("publisher", "Example Daily"),
        ("source_url", "https://example.org/a"),
        ("date_issued", "2017-09-03"),
        ("language", "ko-KR"),
        ("title", "A & B - Site"),
        ("subjects", "no"),
        ("creators", "Kim, Example"),
    ]  # fmt: skip


def test_values_have_the_places_of_their_bytes() -> None:
    data = b'<!doctype html><html lang="ko"><meta name="author" content="Kim &amp; Lee"><p>x'
    found = {one.field: one for one in read("a.html", data).embedded}
    for field, written in (("language", b"ko"), ("creators", b"Kim &amp; Lee")):
        start, end = found[field].locator.removeprefix("bytes=").split("-")
        assert data[int(start) : int(end)] == written


def test_linked_data() -> None:
    head = """<script type="application/ld+json">{"@graph": [{"@type": "WebPage", "headline": "page"},
        {"@type": ["NewsArticle"], "headline": "Story", "datePublished": "2017-09", "author":
        [{"name": "Kim"}, "Lee", 3], "publisher": {"name": ["Daily"]}, "inLanguage": "en", "license": "https://example.org/l"}]}</script>"""
    assert embedded(head) == [
        ("title", "Story"),
        ("date_issued", "2017-09"),
        ("language", "en"),
        ("rights_uri", "https://example.org/l"),
        ("creators", "Kim"),
        ("creators", "Lee"),
        ("publisher", "Daily"),
    ]


def test_the_date_of_a_page_that_is_no_article_is_none_of_issue() -> None:
    head = """<script type="application/ld+json">{"@graph": [{"@type": "WebPage", "headline": "About us",
        "datePublished": "2017-09-03"}]}</script>"""
    assert embedded(head) == [("title", "About us")]


@pytest.mark.parametrize("written", ["{", "[" * 100_000, "9" * 10_000])
def test_linked_data_that_is_none_is_a_finding(written: str) -> None:
    reading = page("<p>x", f'<script type="application/ld+json">{written}</script>')
    assert [one.code for one in reading.findings] == ["markup.malformed"]
    with pytest.raises(MalformedError):
        statements(written)


@pytest.mark.parametrize("written", ["3", "[]", '{"@type": 3}', '{"@type": ["x"]}', '{"@type": "Person", "name": "x"}'])
def test_linked_data_that_says_nothing_of_the_page(written: str) -> None:
    assert statements(written).pairs == []


def test_scripts_that_are_no_linked_data_and_huge_tags_state_nothing() -> None:
    assert embedded("<script>{</script><script") == []
    assert embedded(f"<meta name=author content='{'x' * 70_000}'>") == []
    assert embedded(f"<script type=application/ld+json>{' ' * 1_100_000}</script>") == []


def stated(body: str, head: str = "") -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for one in page(body, head).embedded:
        found.setdefault(one.field, []).append(one.value)
    return found


def test_the_heading_that_the_head_names_is_the_first_title() -> None:
    head = "<title>Boats of the north - Example Daily</title>"
    assert stated("<header><h1>Example Daily</h1></header><article><h2>Boats of the north</h2></article>", head)[
        "title"
    ] == ["Boats of the north", "Boats of the north - Example Daily"]
    assert stated("<h1>Something else</h1>", head)["title"] == ["Boats of the north - Example Daily"]


@pytest.mark.parametrize(
    ("body", "authors"),
    [
        ("<a rel=author href=/x>Ada Quill</a>", ["Ada Quill"]),
        ("<p class=byline>By <b>Ada Quill</b> | 3 May</p>", ["Ada Quill"]),
        ("<span class='author vcard'><span>by</span> <a href='/author/quill'>Ada Quill</a></span>", ["Ada Quill"]),
        ("<a href='https://example.org/author/quill'>Ada Quill</a>", ["Ada Quill"]),
        ("<div class=comments><span class=author>Ada Quill</span></div>", []),
        ("<aside><span class=author>Ada Quill</span></aside>", []),
        ("<blockquote>So it goes. <a href='/author/quill'>Ada Quill</a></blockquote>", []),
        ("<span class=comment-author>Ada Quill</span>", []),
        ("<span class=author>Example Daily</span>", []),
        ("<span class=author>admin</span><span class=author>Harbour News GmbH</span>", []),
        ("<span class=author>daily.example.org</span><span class=author>mail@example</span>", []),
        ("<span class=author></span><span class=author>" + "long " * 100 + "</span>", []),
        ("".join(f"<span class=author>{name} Quill</span>" for name in ("Ada", "Ben", "Cyd", "Dee")), []),
        ("<span class=author>Ada Quill</span><a rel=author href=/x>Ben Hale</a>", ["Ben Hale"]),
        ("<div class=author><div>Ada Quill</div></div>", ["Ada Quill"]),
    ],
)
def test_authors_that_elements_name(body: str, authors: list[str]) -> None:
    head = "<meta property=og:site_name content='Example Daily'>"
    assert stated(f"<article>{body}</article>", head).get("creators", []) == authors


@pytest.mark.parametrize(
    ("body", "dates"),
    [
        ("<time itemprop=datePublished datetime=2011-05-03T10:00>3 May</time>", ["2011-05-03"]),
        ("<time pubdate datetime=2011-05-03>", ["2011-05-03"]),
        ("<article><time datetime=2011-05-03></article>", ["2011-05-03"]),
        ("<article><time class=updated datetime=2011-05-03></article>", []),
        ("<time datetime=2011-05-03>", []),
        ("<aside><time class=entry-date datetime=2011-05-03></aside>", []),
        ("<time datetime=2011-05-02><time class=published datetime=2011-05-03>", ["2011-05-03"]),
        ("<span itemprop=datePublished content=2011-05-03>", ["2011-05-03"]),
    ],
)
def test_dates_that_elements_state(body: str, dates: list[str]) -> None:
    assert stated(body).get("date_issued", []) == dates


def test_linked_data_names_authors_elsewhere_in_the_graph() -> None:
    head = """<script type="application/ld+json">{"@graph": [{"@type": "Article", "author": {"@id": "#a"}},
        {"@id": "#a", "@type": "Person", "name": "Ada Quill"}, 3]}</script>"""
    assert ("creators", "Ada Quill") in embedded(head)


def around(body: str) -> list[list[tuple[str, tuple[str, ...]]]]:
    return [[(one.name, one.marks) for one in block.within] for block in page(body).blocks]


def test_what_stands_around_a_block() -> None:
    assert around("<div class='related-posts box'><p>a<p class=newsletter>b</div><p>c") == [
        [("body", ()), ("div", ("related",))],
        [("body", ()), ("div", ("related",)), ("p", ("newsletter",))],
        [("body", ())],
    ]
    assert around("<table><tr><td><div>a</tr></table></div>b")[1] == [("body", ())]
    assert around("<div><table><tr><td>a</div>b</table>c</div>d")[1][-1][0] == "td"
    assert [len(one) for one in around("<div>" * 200 + "a")] == [64]


@pytest.mark.parametrize(
    ("tag", "marks"),
    [
        ("<div id=entry-content>", ("content",)),
        ("<div itemprop=articleBody>", ("content",)),
        ("<div role=navigation>", ("navigation",)),
        ("<div role=none itemprop=name>", ()),
        ("<div style='display: none'>", ("hidden",)),
        ("<div style='color: red' aria-hidden=false>", ()),
        ("<div hidden>", ("hidden",)),
        ("<div aria-hidden=true>", ("hidden",)),
        ("<div class=shareBar>", ("share",)),
        ("<div>", ()),
    ],
)
def test_marks_of_elements(tag: str, marks: tuple[str, ...]) -> None:
    assert marks_of(tag.encode()) == marks


def test_how_much_of_a_block_is_links() -> None:
    found = page("<p><a href=x>one</a> two<p><a href=x>three</a><p>four").blocks
    assert [block.linked for block in found] == [50, 100, 0]


def test_a_place_that_others_lead_to_is_no_link_although_it_is_never_closed() -> None:
    blocks = read("a.html", b"<body><p><a name=top>Hello<p>there <a href=x>you</a></body>").blocks
    assert [block.linked for block in blocks] == [0, 37]
