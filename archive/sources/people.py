"""Authors as pages state them: which of the stated names is one, and which is a site, a firm, a role or a link."""

from __future__ import annotations

import re
from collections.abc import Sequence
from unicodedata import normalize

from archive.sources.eastern import eastern_authors

_BEFORE = re.compile(
    r"(?:(?:alle\s+|all\s+|more\s+)?(?:artikel|articles?|beiträge|beitrag|posts?|video|recipe|rezept|interview|text"
    r"|kolumne|kommentar|posted|published|written|created|geschrieben|veröffentlicht|verfasst|erstellt|eingestellt|publié|écrit"
    r"|escrito|publicado)\s*)?(?:(?:by|von|vom|par|por|di|da|door)\s*:?\s+|(?:autor(?:in|en)?|author|text|auteur)\s*:\s*)",
    re.IGNORECASE,
)
_NO_AUTHOR = re.compile(
    r"(?:super ?user|(?:user|site) ?admin|admin(?:istrator)?|webmaster|publisher|unknown|anonymous|none|null|author"
    r"|autor|user|guest|editor|posted|published|veröffentlicht|publié|publicado|by|von|am|um|on|at|in|le|el|il|the|der)\Z",
    re.IGNORECASE,
)
_FIRM = re.compile(
    r"(?:\b(?:gmbh|ltd|llc|inc|corp|e\.\s?v\.?|ag|kg|s\.?a\.?|s\.?r\.?l|sp\.?\s?z\s?o\.?\s?o|plc|oyj?|b\.?v|n\.?v|pty|verlag|bundesverband|ministerium|university"
    r"|foundation|stiftung|verein)(?:\b|\Z)|www\.|https?:|\.(?:com|org|net|de|at|ch|it|fr|es|eu|info|world)(?:\b|/))",
    re.IGNORECASE,
)
_DATED = re.compile(r"^[^\d]{0,40}\d[\d./:\w,\s-]{4,30}?\b(?:von|by|par|por|di|door)\s+", re.IGNORECASE)
"""What may stand before a name: that something was published, and when."""
_OFFICE = re.compile(
    r"(?:^|[\W_])(?:team|staff|desk|editorial|redaktion|redaktionsteam|newsroom|agency|agencies|agenturen|bureau|kitchens?"
    r"|archiv|archive|blogteam|pressestelle|pressebüro|presseteam|support|service|r[ée]daction|redacción|redazione|redação)"
    r"(?:[\W_]|$)",
    re.IGNORECASE,
)
"""What offices are called, not people."""
_OF_PICTURES = re.compile(r"\W*(?:videos?|fotos?|photos?|bilder|bild|images?|illustrations?|grafik)\b", re.IGNORECASE)
_ROLE = (
    r"(?:co-?)?(?:editors?|reporters?|correspondents?|writers?|columnists?|journalists?|contributors?|analysts?"
    r"|producers?|anchors?|authors?|blogger|autor(?:in)?|journalist(?:in)?|redakteur(?:in)?|korrespondent(?:in)?"
    r"|kolumnist(?:in)?|rédact(?:eur|rice)|journalistes?|correspondante?|redactora?"
    r"|corresponsal|periodista|giornalista|inviat[oa]|redattore|redattrice|professor|lecturer|director|fellow|president|founder|researcher|ceo|ph\.?d\.?|m\.?d\.?)"
)
_CALLING = re.compile(rf",\s*(?:(?-i:[A-Z]{{2,4}})|(?:[\w.&'’-]+\s+){{0,5}}{_ROLE}\b.*)$", re.IGNORECASE)
_RANK = re.compile(
    r"\s+(?:senior|junior|chief|staff|executive|managing|deputy|associate|assistant|contributing|special|freelance|guest"
    rf"|national|political|foreign|business|science|health|technology|sports)\s+(?:[\w.&'’-]+\s+){{0,4}}{_ROLE}$",
    re.IGNORECASE,
)
"""What a person is, right after the name and without a sign between them."""
_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?\s+\d{1,2}(?:st|nd|rd|th)?,?\s+\d{4}"
_END = re.compile(
    rf"\s*[|•·–—»]|\s+@|\s-\s|\s*\(|\s+\d|,\s*\d|\s+(?:am|on|le|el|il)\s+\d|[\s,]+{_MONTH}"
    r"|[\s,]+(?:mon|tues|wednes|thurs|fri|satur|sun)day\b"
    r"|\s+envoyée?s?\s+spécia|,\s+special\s+to\s"
    r"|\s+(?:(?:was|is|last)\s+)?(?:posted|published|updated|veröffentlicht|aktualisiert|publié|publicado|pubblicato)\b",
    re.IGNORECASE,
)
_ONLY_ROLE = re.compile(rf"(?:.*\s)?{_ROLE}\Z", re.IGNORECASE)
_AGENCY_AFTER = re.compile(r"(?<=\w)\s+(?:Bloomberg|Reuters|AFP|dpa|EFE|ANSA|PTI|ANI|CNA|UPI|TASS)\Z")
"""An agency or a paper right after a name, without a sign between them."""
_WITHIN = re.compile(r"\s*\([^()]{1,16}\)\s+(?=[^\W\d_a-z])")
"""A further name in brackets before the surname."""
_INITIAL = re.compile(r"(?:\A|[\s.])[^\W\d_]\.\Z")
_NO_NAME = re.compile(r"\A\d|\d[:.]\d\d|[\[\]{}<>=]")
"""Times and numbers, and signs of templates and of code."""
_JOINED = re.compile(r"\s*(?:,\s*(?:and|und|et|y|e)\s|\s(?:and|und|et|y|e|en|og|och|и|і)\s|[,;&/])\s*")
_PARTICLES = frozenset(
    re.findall(
        r"\S+",
        "von van der den de del della di da dos das do du des la le les zu zum zur vom af av al el bin ibn ben bint "
        "ter ten te e y i d ó",
    )
)
"""Words of names that may stand in lower case."""
_TO_ELSEWHERE = re.compile(
    r"[→»›]|\A(?:more|all|view|read|learn|click|see|visit|follow|contact|about|full|meet|alle|mehr|weitere|zum|zur|voir|lire|tous|toutes"
    r"|plus|ver|todos|todas|más|leggi|vedi|tutti|altri)\s|\b(?:rss|feed|profile|profil|website|webseite|homepage"
    r"|twitter|facebook|instagram|e-?mail)\b",
    re.IGNORECASE,
)
"""What links say that lead to other pages."""
_MARKS = re.compile("[\u0300-\u036f]+")
_LETTERS = re.compile(r"[^\W\d_]+")
_LONGEST = 60
_SHORTEST_LINE = 12
_MOST_WORDS = 6
_MOST_PEOPLE = 8
_SITE_LETTERS = 6
_OF_MEDIA = re.compile(
    r"(?:新闻|新聞|资讯|财经|財經|科技|娱乐|体育|體育|军事|教育|频道|頻道|号|订阅|网|網|报|報|首页|뉴스|신문|일보|닷컴|ニュース)"
)
"""What follows the name of a site in the names of its parts."""


def authors_of(stated: str, sites: Sequence[str]) -> tuple[str, ...]:
    """The authors that a page states in one value, none where it states a site, a firm, a role or an address.

    Args:
        stated: the value as the page has it.
        sites: names of the site and of its publisher.

    >>> authors_of("By Ada Quill and Jon Reed", []), authors_of("Ada Quill, Example Daily", ["Example Daily"])
    (('Ada Quill', 'Jon Reed'), ('Ada Quill',))
    >>> authors_of("All my articles", []), authors_of("김하늘 기자 ada@example.org", [])
    ((), ('김하늘',))
    """
    words = _telling(stated)
    eastern = eastern_authors(words)
    if eastern is not None:
        return tuple(name for name in eastern if not _is_site(name, sites))
    parts = [part.strip() for part in _JOINED.split(_cut(words))]
    if 1 < len(parts) <= _MOST_PEOPLE and _is_person(parts[0]) and _is_person(_before_sentence(parts[1])):
        people = [name for part in parts if _is_person(name := _before_sentence(part)) and _reads_as_name(name)]
        return tuple(name for name in people if not _is_site(name, sites) and _is_alike(name, people[0]))
    name = _before_sentence(_cut(words))
    return (name,) if _reads_as_name(name) and not _is_site(name, sites) else ()


def author_of(stated: str, sites: Sequence[str]) -> str:
    """The author that a page states, or an empty string where it states a site, a firm, a role or an address.

    Args:
        stated: the value as the page has it.
        sites: names of the site and of its publisher.

    >>> author_of("By Ada Quill | 3 May", []), author_of("Example Daily", ["example daily"]), author_of("admin", [])
    ('Ada Quill', '', '')
    >>> author_of("Quill, Ada", []), author_of("Ada Quill, CEO", [])
    ('Quill, Ada', 'Ada Quill')
    """
    name = _before_sentence(_cut(_telling(stated)))
    return name if _reads_as_name(name) and not _is_site(name, sites) else ""


def _telling(stated: str) -> str:
    """The first line of a value, or all of it where that line is no more than a word like *By*."""
    line = next((line for line in stated.splitlines() if _LETTERS.search(line)), "")
    return " ".join((line if len(line.strip()) > _SHORTEST_LINE else stated).split())


def _cut(stated: str) -> str:
    """The name without what stands before and after it; empty where a firm or pictures are named."""
    name = _WITHIN.sub(" ", _CALLING.sub("", stated))
    if _FIRM.search(name) or _OF_PICTURES.match(name):
        return ""
    name = _DATED.sub("", name.lstrip(" |•·–—:-"))
    before = _BEFORE.match(name)
    name = name[before.end() :] if before else name
    end = _END.search(name)
    name = (name[: end.start()] if end and end.start() else name).strip(" ,;:-–|/").lstrip(".")
    name = _AGENCY_AFTER.sub("", _RANK.sub("", _CALLING.sub("", name)))
    return name if _INITIAL.search(name) else name.rstrip(".")


def _reads_as_name(name: str) -> bool:
    if not 2 <= len(name) <= _LONGEST or len(name.split()) > _MOST_WORDS or not _LETTERS.search(name):
        return False
    if _NO_AUTHOR.match(name) or _ONLY_ROLE.match(name) or _OFFICE.search(name) or "@" in name or _NO_NAME.search(name):
        return False
    return not _TO_ELSEWHERE.search(name) and not _is_sentence(name)


def _before_sentence(name: str) -> str:
    """The name where other words go on after it: *Ada Quill for the example*."""
    words = name.split()
    small = next((place for place, word in enumerate(words) if word[0].islower() and word not in _PARTICLES), 0)
    return " ".join(words[:small]) if small > 1 and "," not in name else name


def _is_sentence(name: str) -> bool:
    """Whether some words begin with a capital and others not, which in names only particles do."""
    words = [word for word in name.split() if word[0].isalpha()]
    small = [word for word in words if word[0].islower() and word not in _PARTICLES]
    return bool(small) and len(small) < len(words) and "," not in name


def _is_person(name: str) -> bool:
    """Whether it is a name of two words or more, each with a capital but for particles."""
    words = name.split()
    return 1 < len(words) <= _MOST_WORDS and words[0][0].isupper() and all(map(_is_word_of_name, words))


def _is_word_of_name(word: str) -> bool:
    return word[0].isupper() or word in _PARTICLES or word[0] in "'’("


def _is_alike(name: str, first: str) -> bool:
    """Whether a further name is written as the first one is: what alone is in capitals is the paper's."""
    return name.isupper() == first.isupper()


def _is_site(name: str, sites: Sequence[str]) -> bool:
    key, words = squeezed(name), name.casefold().split()
    for site in sites:
        other = squeezed(site)
        if other and (key == other or (len(key) >= _SITE_LETTERS and key in other)):
            return True
        if key and not key.isascii() and other.startswith(key) and _OF_MEDIA.match(other, len(key)):
            return True
        of_site = site.casefold().split()
        if 1 < len(of_site) < len(words) and of_site in (words[: len(of_site)], words[-len(of_site) :]):
            return True
    return False


def squeezed(name: str) -> str:
    """A name without case, spaces, signs and marks on letters, for comparing.

    >>> squeezed("Graiul Maramureșului") == squeezed("GRAIUL Maramureşului")
    True
    """
    if not name.isascii():
        name = normalize("NFC", _MARKS.sub("", normalize("NFD", name)))
    return "".join(_LETTERS.findall(name.casefold()))
