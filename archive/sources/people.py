"""Authors as pages state them: which of the stated names is one, and which is a site, a firm or a role."""

from __future__ import annotations

import re
from collections.abc import Sequence

_BEFORE = re.compile(
    r"(?:(?:alle\s+|all\s+|more\s+)?(?:artikel|articles?|beiträge|beitrag|posts?|video|recipe|rezept|interview|text"
    r"|kolumne|kommentar|posted|published|written|created|geschrieben|veröffentlicht|verfasst|erstellt|publié|écrit"
    r"|escrito|publicado)\s*)?(?:(?:by|von|vom|par|por|di|da|door)\s*:?\s+|(?:autor(?:in|en)?|author|text|auteur)\s*:\s*)",
    re.IGNORECASE,
)
_NO_AUTHOR = re.compile(
    r"(?:super ?user|admin(?:istrator)?|webmaster|publisher|unknown|anonymous|none|null|author|autor|user|guest|editor"
    r"|posted|published|veröffentlicht|publié|publicado|by|von)\Z",
    re.IGNORECASE,
)
_FIRM = re.compile(
    r"(?:\b(?:gmbh|ltd|llc|inc|corp|e\.\s?v\.?|ag|kg|s\.?a\.?|s\.?r\.?l|verlag|bundesverband|ministerium|university"
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
_CALLING = re.compile(
    r",\s*(?:(?-i:[A-Z]{2,4})|ph\.?d\.?|m\.?d\.?|editor|reporter|correspondent|author|autor(?:in)?|journalist(?:in)?)$",
    re.IGNORECASE,
)
_END = re.compile(r"\s*[|•·–—»]|\s+@|\s-\s|\s*\(|\s+\d|,\s*\d|\s+(?:am|on|le|el|il)\s+\d")
_LETTERS = re.compile(r"[^\W\d_]+")
_LONGEST = 60
_SHORTEST_LINE = 12
_MOST_WORDS = 6


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
    line = next((line for line in stated.splitlines() if _LETTERS.search(line)), "")
    name = " ".join((line if len(line.strip()) > _SHORTEST_LINE else stated).split())
    if _FIRM.search(name) or _OF_PICTURES.match(name):
        return ""
    name = _DATED.sub("", name.lstrip(" |•·–—:-"))
    before = _BEFORE.match(name)
    name = name[before.end() :] if before else name
    end = _END.search(name)
    name = (name[: end.start()] if end and end.start() else name).strip(" ,;:.-–|/")
    name = _CALLING.sub("", name)
    if not 2 <= len(name) <= _LONGEST or len(name.split()) > _MOST_WORDS:
        return ""
    if _NO_AUTHOR.match(name) or _OFFICE.search(name) or "@" in name or not _LETTERS.search(name):
        return ""
    key = squeezed(name)
    return "" if any(key == site or (len(key) >= 6 and key in site) for site in map(squeezed, sites) if site) else name


def squeezed(name: str) -> str:
    """A name without case, spaces and signs, for comparing."""
    return "".join(_LETTERS.findall(name.casefold()))
