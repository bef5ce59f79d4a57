"""Which of the values that a page states of one field are to be believed, beside the order of their sources."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from archive.model.blocks import Observation
from archive.sources.people import squeezed

Ranked = tuple[int, Observation]
"""How much a statement is worth beside others of its field (the least the most), and the statement."""

_HOST = re.compile(r"https?://(?:www\.)?([^/]+)", re.IGNORECASE)
_PARTS = re.compile(r"\s+(?:[-–—|»·•]|::)\s+|\s*\|\s*")
_OF_ARCHIVE = re.compile(r"\s*[»›|]\s*(?:Blog Archive|Blog-Archiv|Archives?|Archiv)\s*[»›|]\s*")
"""What a widely used program for blogs put between the names of the site and of the article."""
_EASTERN_SITE = re.compile(
    r"\s*(?:[-_–—|｜]+|\s[:：])\s*[^-_–—|｜:：]{1,16}(?:网|网站|官网|門戶|门户|網|报|報|社|频道|新闻|新聞|在线|뉴스|신문|일보|닷컴|방송|ニュース)\Z"
    r"|\s*(?:_+\s*[^-_–—|｜:：，。！？]{2,10}|[|｜]\s*[^-_–—|｜:：，。！？\s]{2,6})\Z"
)
"""The name of a site after a title in Chinese, Japanese or Korean, often without a space before it."""
_EASTERN = re.compile("[\u3041-\u30fa\u4e00-\u9fff\uac00-\ud7a3]")
_EASTERN_PARTS = re.compile(r"[_|｜]+|--+|\s+[-–—]\s+")
_ARTICLES = frozenset(
    {"the", "der", "die", "das", "le", "la", "les", "el", "los", "las", "il", "lo", "gli", "de", "het", "o", "os"}
)
_SHORTEST_NAME = 4
_MOST_DATES = 3
_AGREED = 3
"""Kinds of sources that state another date than the most telling one, from which theirs is believed."""
_MOST_LICENCES = 1


def sites_of(found: Sequence[Ranked]) -> list[str]:
    """The names of the site and of its publisher, and its host."""
    hosts = [host[1] for _, one in found if one.field == "source_url" and (host := _HOST.match(one.value))]
    people = {one.value for _, one in found if one.field == "creators"}
    sites = [one.value for _, one in found if one.field == "publisher"]
    others = [site for site in sites if site not in people or any(squeezed(site) in squeezed(host) for host in hosts)]
    return (others or sites) + hosts


def named_after_titles(found: Sequence[Ranked]) -> list[str]:
    """What stands after titles in Chinese, Japanese or Korean, and a sign that sets it apart: sites and their parts."""
    titles = [one.value for _, one in found if one.field == "title" and not one.value.isascii()]
    return [part for title in titles for part in _EASTERN_PARTS.split(title)[1:] if _EASTERN.search(part)]


def sites_after_titles(found: Sequence[Ranked]) -> frozenset[str]:
    """What stands last in titles, behind a sign, and reads as a site rather than a person; without case and signs.

    It is one word, or begins with an article. People whose own site it is are named so, too, but then with their
    whole name.
    """
    titles = [one.value for _, one in found if one.field == "title"]
    parts = [parts[-1] for title in titles if len(parts := _PARTS.split(title)) > 1]
    return frozenset(squeezed(part) for part in parts if " " not in part or part.split()[0].casefold() in _ARTICLES)


def choose(found: Sequence[Ranked]) -> list[Ranked]:
    """The statements without those that cannot be about the page, the most telling of each field first.

    Args:
        found: in the order of their ranks.
    """
    sites = sites_of(found)
    subjects = min((rank for rank, one in found if one.field == "subjects"), default=0)
    licences = {one.value for rank, one in found if one.field == "rights_uri" and rank > 1}
    kept = []
    for rank, one in found:
        if one.field == "subjects" and rank != subjects:
            continue
        if one.field == "rights_uri" and rank > 1 and len(licences) > _MOST_LICENCES:
            continue
        kept.append((rank, replace(one, value=without_site(one.value, sites)) if one.field == "title" else one))
    return _precise_first(kept)


def _precise_first(found: list[Ranked]) -> list[Ranked]:
    """The day first where the first date is only its month or year; of many dates of one rank only the first stays."""
    dates = [ranked for ranked in found if ranked[1].field == "date_issued"]
    for rank in {rank for rank, _ in dates}:
        if len({one.value for other, one in dates if other == rank}) > _MOST_DATES:
            dates = [ranked for ranked in dates if ranked[0] != rank or ranked is dates[0]]
    dates = _agreed_first(dates)
    whole = next((ranked for ranked in dates if ranked[1].value.startswith(f"{dates[0][1].value}-")), None)
    if whole is not None:
        dates.sort(key=lambda ranked: ranked is not whole)
    in_order = iter(dates)
    kept = []
    for ranked in found:
        if ranked[1].field != "date_issued":
            kept.append(ranked)
        elif (following := next(in_order, None)) is not None:
            kept.append(following)
    return kept


def _agreed_first(dates: list[Ranked]) -> list[Ranked]:
    """The date first that several sources state, where the most telling of them stands alone with another."""
    ranks: dict[str, set[int]] = {}
    for rank, one in dates:
        ranks.setdefault(one.value, set()).add(rank)
    if len(ranks) < 2 or len(ranks[dates[0][1].value]) > 1:
        return dates
    agreed = next((value for value, stated in ranks.items() if len(stated) >= _AGREED), None)
    return dates if agreed is None else sorted(dates, key=lambda ranked: ranked[1].value != agreed)


def without_site(title: str, sites: Sequence[str]) -> str:
    """A title without the name of the site before or after it.

    >>> without_site("Boats of the north | Example Daily", ["Example Daily"])
    'Boats of the north'
    """
    title = _OF_ARCHIVE.split(title)[-1]
    eastern = None if title.isascii() else _EASTERN_SITE.search(title)
    if eastern is not None and eastern.start() >= _SHORTEST_NAME:
        return title[: eastern.start()].partition("--")[0].strip()
    keys = [squeezed(site) for site in sites]
    cuts = list(_PARTS.finditer(title))
    if not cuts:
        return title
    if _is_site(title[cuts[-1].end() :], keys):
        return title[: cuts[-1].start()].strip() or title
    return title[cuts[0].end() :].strip() or title if _is_site(title[: cuts[0].start()], keys) else title


def _is_site(part: str, keys: Sequence[str]) -> bool:
    key = squeezed(part)
    return len(key) >= _SHORTEST_NAME and any(
        key == site or (key in site and 2 * len(key) > len(site)) for site in keys
    )
