"""What the attributes of an HTML element say of its part in the page: marks such as `content`, `related`, `share`.

Names of classes and identifiers are free, yet the same words come back on most sites; each list below holds words of
several languages. Marks are evidence for the steps that label, which weigh them with what stands in the element.
"""

from __future__ import annotations

import html
import re
from functools import lru_cache

from ahocorasick_rs import AhoCorasick, Implementation

_ATTRIBUTE = re.compile(
    rb"""\s(class|id|role|itemprop|style|hidden|aria-hidden|aria-labelledby|aria-controls)(?:\s*+=\s*+(?:"([^"]*+)"|'([^']*+)'|([^\s>"']++)))?+(?=[\s/>])""",
    re.IGNORECASE,
)
_SEEN = 2_048
"""Bytes of a tag that are looked at."""
_HUMP = re.compile(r"(?<=[a-z])(?=[A-Z])")
_WORDS = re.compile(r"[a-z]+")
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)

_WHOLE: dict[str, str] = {
    "navigation": "nav navi navbar topnav subnav menu menue submenu breadcrumb breadcrumbs pagination pager paging "
    "prevnext skip sitemap toolbar topbar",
    "share": "share sharing shares shariff social sociable addthis follow followus like likes tweet twitter facebook "
    "teilen partage compartir",
    "comments": "comment comments commentlist commentform disqus respond reply replies kommentar kommentare "
    "commentaires comentarios guestbook",
    "related": "related similar recommended recommendation recommendations recommends teaser teasers teaserbox "
    "mostread "
    "popular trending latest recent outbrain taboola plista upnext readmore morenews "
    "carousel slider ticker",
    "newsletter": "newsletter newsletters subscribe subscription signup optin mailchimp abo abonnement donate donation "
    "spenden paypal crowdfunding",
    "advert": "ad ads advert adverts advertisement advertising adsense dfp sponsor sponsored sponsors werbung anzeige "
    "anzeigen promo promos promotion promobox affiliate banner banners skyscraper cta",
    "cookie": "cookie cookies consent gdpr dsgvo cookiebar cookiebanner cmp privacy",
    "sidebar": "sidebar sidebars aside widget widgets rail marginal marginalspalte sidecolumn rightcol leftcol",
    "author": "authorbox authorbio bio biography aboutauthor autorenbox",
    "footer": "footer foot footnav copyright colophon impressum bottom bottombar siteinfo siteinfos",
    "header": "masthead branding logo sitename sitetitle siteheader pageheader",
    "tags": "tags tag taglist keywords schlagworte schlagwoerter categories category cats",
    "meta": "meta postmeta entrymeta byline dateline published pubdate postinfo articleinfo",
    "overlay": "modal popup popover overlay lightbox login loginbox register paywall dialog search searchform "
    "suche tooltip",
    "rating": "rating ratings vote votes voting stars bewertung",
}
_PARTS: dict[str, str] = {
    "navigation": "breadcrumb navigation navbar prevnext pagination",
    "share": "sharing sharebar sharedaddy socialmedia sharebutton shariff addtoany addthis",
    "comments": "commentlist kommentar disqus discussion",
    "related": "related recommend teaser similar mostread meistgelesen outbrain taboola yarpp",
    "newsletter": "newsletter subscri",
    "advert": "advert sponsor adsense werbung anzeige",
    "cookie": "cookie consent gdpr",
    "sidebar": "sidebar",
    "author": "author-box author_box author-bio author_bio author-info author-desc about-author authorbox autorenbox "
    "author-card author-profile about-the-author authorinfo",
    "footer": "footer",
    "header": "masthead site-header site_header page-header",
    "overlay": "modal popup overlay lightbox",
}
_CONTENT = re.compile(
    r"(?:article|entry|post|story|news|blog|artikel|beitrag|page|main|body|node|single|text|content|inhalt|hentry)"
    r"[-_]*(?:body|content|text|copy|inhalt|main|story|article|detail|entry)s?(?![a-z])"
    r"|(?<![a-z])(?:content|inhalt|hentry|prose|rte|richtext|wysiwyg|bodytext|fulltext|articletext|field-name-body)(?![a-z])"
)
_BUILT = re.compile(r"elementor|(?:^|[ _-])(?:sow|so|siteorigin|fl|vc|wpb)[_-]")
"""Page builders call every part of a page a widget, its paragraphs too."""
_MARK_OF_WORD = {word: mark for mark, words in _WHOLE.items() for word in words.split()}
_MARK_OF_PART = {part: mark for mark, parts in _PARTS.items() for part in parts.split()}
_IN_CONTENT = frozenset(
    (
        "body",
        "content",
        "text",
        "copy",
        "inhalt",
        "main",
        "story",
        "article",
        "detail",
        "entry",
        "prose",
        "rte",
        "wysiwyg",
    )
)
"""One of these is in what `_CONTENT` finds."""
_TELLING = sorted({*_MARK_OF_WORD, *_MARK_OF_PART, *_IN_CONTENT})
_FINDER = AhoCorasick(_TELLING, implementation=Implementation.DFA)
"""Finds what may mark an element, all in one pass: most names hold nothing of the kind."""
_ONE_DIGIT = str.maketrans("123456789", "000000000")
"""No mark depends on a number, and names differ in them more than in anything else."""
_ROLES = {
    "main": "content",
    "article": "content",
    "navigation": "navigation",
    "menu": "navigation",
    "menubar": "navigation",
    "complementary": "sidebar",
    "banner": "header",
    "contentinfo": "footer",
    "search": "overlay",
    "dialog": "overlay",
    "alertdialog": "overlay",
    "form": "overlay",
    "tabpanel": "opened",
    "region": "opened",
}
"""What `opened` marks is a part of the text that a click on what `opens` marks shows: hidden or not, it is text."""

_OF_NAMES = frozenset((b"class", b"id"))
_OF_OPENING = {b"aria-labelledby": "opened", b"aria-controls": "opens"}


def marks_of(tag: bytes) -> tuple[str, ...]:
    """The marks of a start tag, sorted.

    Args:
        tag: its bytes, from `<` to `>`.

    >>> marks_of(b'<div class="related-posts box">'), marks_of(b'<div id=entry-content>'), marks_of(b'<div>')
    (('related',), ('content',), ())
    """
    return _marks(tag[:_SEEN]) if b"=" in tag or b"hidden" in tag else ()


@lru_cache(maxsize=4_096)
def _marks(tag: bytes) -> tuple[str, ...]:
    marks: set[str] = set()
    for name, double, single, bare in _ATTRIBUTE.findall(tag):
        marks.update(_of_attribute(name, double or single or bare))
    if "opened" in marks:
        marks.discard("hidden")
    return tuple(sorted(marks))


def _of_attribute(name: bytes, stated: bytes) -> frozenset[str]:
    name = name.lower()
    value = html.unescape(stated.decode("latin-1"))
    if name in _OF_NAMES:
        return _of_names(value.translate(_ONE_DIGIT))
    mark = _of_other(name, value.strip().lower())
    return frozenset((mark,)) if mark else frozenset()


@lru_cache(maxsize=8_192)
def _of_names(value: str) -> frozenset[str]:
    plain = value.lower()
    told = {_TELLING[number] for number, _, _ in _FINDER.find_matches_as_indexes(plain, overlapping=True)}
    if not told:
        return frozenset()
    marks = {_MARK_OF_PART[part] for part in told if part in _MARK_OF_PART}
    lowered = _HUMP.sub("-", value).lower()
    if "widget" in lowered and _BUILT.search(lowered):
        lowered = lowered.replace("widget", "module")
    marks.update([_MARK_OF_WORD[word] for word in _WORDS.findall(lowered) if word in _MARK_OF_WORD])
    if not told.isdisjoint(_IN_CONTENT) and _CONTENT.search(lowered):
        marks.add("content")
    return frozenset(marks)


def _of_other(name: bytes, value: str) -> str:
    if name == b"role":
        return _ROLES.get(value, "")
    if name == b"itemprop":
        return "content" if value == "articlebody" else ""
    if name in _OF_OPENING:
        return _OF_OPENING[name]
    if name == b"style":
        return "hidden" if _HIDDEN.search(value) else ""
    return "hidden" if name == b"hidden" or value == "true" else ""
