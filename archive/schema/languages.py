"""Language tags of BCP 47 (RFC 5646), truly checked: every subtag against the IANA registry that `langcodes` carries.

*Valid* is RFC 5646, 2.2.9: well-formed; grandfathered, or every subtag in the registry; an extended language subtag
behind its prefix; no variant and no extension twice. `kor` is therefore no tag (its code is `ko`), nor is `en-UK`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

from archive.schema.language_names import OWN_NAMES

LONGEST_TAG = 100
"""Characters; RFC 5646, 4.4.1 asks for 35, and longer ones with private parts are known."""

_USUAL = """
aa ab ae af ak am an ar as av ay az ba be bg bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de dv dz ee el en eo es
et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id ie ig ii ik io is it iu ja jv ka kg ki
kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn mr ms mt my na nb nd ne ng nl nn no
nr nv ny oc oj om or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg si sk sl sm sn so sq sr ss st su sv sw ta te
tg th ti tk tl tn to tr ts tt tw ty ug uk und ur uz ve vi vo wa wo xh yi yo za zh zh-Hans zh-Hant zu
"""
_PLAIN = frozenset(_USUAL.split())
"""Canonical tags that hardly a corpus goes beyond: the registry is not read for them."""

_TAG = re.compile(
    r"(?P<language>[a-z]{2,3}(?:-(?P<extlang>[a-z]{3}(?:-[a-z]{3}){0,2}))?|[a-z]{4}|[a-z]{5,8})"
    r"(?:-(?P<script>[a-z]{4}))?"
    r"(?:-(?P<region>[a-z]{2}|[0-9]{3}))?"
    r"(?P<variants>(?:-(?:[a-z0-9]{5,8}|[0-9][a-z0-9]{3}))*)"
    r"(?P<extensions>(?:-[0-9a-wy-z](?:-[a-z0-9]{2,8})+)*)"
    r"(?P<private>-x(?:-[a-z0-9]{1,8})+)?",
    re.ASCII,
)
_PRIVATE = re.compile(r"x(?:-[a-z0-9]{1,8})+", re.ASCII)
_EXTENSION = re.compile(r"-([0-9a-wy-z])((?:-[a-z0-9]{2,8})+)", re.ASCII)
_LOCALE = re.compile(r"([A-Za-z]{2,3})_([A-Za-z]{2})(?:[.@].*)?", re.ASCII)


@dataclass(frozen=True, slots=True)
class _Registry:
    """The IANA Language Subtag Registry: kind -> subtag in lower case -> preferred value (often itself)."""

    subtags: Mapping[str, Mapping[str, str]]
    prefixes: Mapping[str, frozenset[str]]
    names: Mapping[str, str]


@lru_cache(maxsize=16_384)
def is_language_tag(text: str) -> bool:
    """Whether `text` is a valid tag, whatever the case of its letters.

    >>> [is_language_tag(one) for one in ("ko", "zh-Hant-TW", "und", "English", "kor")]
    [True, True, True, False, False]
    """
    return canonical(text) is not None


@lru_cache(maxsize=16_384)
def canonical(text: str) -> str | None:
    """The canonical form of a valid tag (RFC 5646, 4.5 and 2.1.1), None for what is no valid tag.

    >>> canonical("EN-gb"), canonical("iw"), canonical("zh-yue"), canonical("English")
    ('en-GB', 'he', 'yue', None)
    """
    if text in _PLAIN:
        return text
    if len(text) > LONGEST_TAG or not text.isascii():
        return None
    tag = text.lower()
    registry = _registry()
    whole = registry.subtags["whole"].get(tag)
    if whole is not None:
        return whole
    if _PRIVATE.fullmatch(tag):
        return tag
    found = _TAG.fullmatch(tag)
    return _in_registry(found, registry) if found else None


def _in_registry(found: re.Match[str], registry: _Registry) -> str | None:
    language = _language(found, registry)
    script = _known("script", found["script"], registry)
    region = _known("region", found["region"], registry)
    variants = [part for part in found["variants"].split("-") if part]
    known_variants = [registry.subtags["variant"].get(part) for part in variants]
    extensions = sorted(_EXTENSION.findall(found["extensions"]))
    if language is None or script is None or region is None or None in known_variants:
        return None
    if len(set(variants)) < len(variants) or len({singleton for singleton, _ in extensions}) < len(extensions):
        return None
    parts = [language, script, region, *(one for one in known_variants if one)]
    ending = "".join(f"-{singleton}{rest}" for singleton, rest in extensions) + (found["private"] or "")
    return "-".join(part for part in parts if part) + ending


def _language(found: re.Match[str], registry: _Registry) -> str | None:
    primary = found["language"].split("-")[0]
    extended = found["extlang"]
    if not extended:
        return registry.subtags["language"].get(primary)
    # RFC 5646, 2.2.2: only one extended subtag, and only behind its prefix; its canonical form stands alone.
    if primary not in registry.prefixes.get(extended, frozenset()):
        return None
    return registry.subtags["extlang"][extended]


def _known(kind: str, subtag: str | None, registry: _Registry) -> str | None:
    return registry.subtags[kind].get(subtag) if subtag else ""


@lru_cache(maxsize=1024)
def suggestion(text: str) -> str | None:
    """The tag that a person may have meant by something that is no tag: a name, a code of ISO 639-2, a locale.

    >>> suggestion("English"), suggestion("kor"), suggestion("en_GB"), suggestion("한국어")
    ('en', 'ko', 'en-GB', 'ko')
    """
    meant = text.strip()
    if not meant or len(meant) > LONGEST_TAG:
        return None
    name = meant.casefold()
    locale = _LOCALE.fullmatch(meant)
    if locale:
        meant = f"{locale[1]}-{locale[2]}"
    return OWN_NAMES.get(name) or canonical(meant) or _registry().names.get(name) or _standardised(meant)


def _standardised(text: str) -> str | None:
    from langcodes import standardize_tag
    from langcodes.tag_parser import LanguageTagError

    try:
        return canonical(standardize_tag(text))
    except LanguageTagError:
        return None


@cache
def _registry() -> _Registry:
    """Read once a process: about 60 ms."""
    from langcodes.registry_parser import parse_registry

    kinds = ("language", "extlang", "script", "region", "variant", "whole")
    subtags: dict[str, dict[str, str]] = {kind: {} for kind in kinds}
    prefixes: dict[str, frozenset[str]] = {}
    names: dict[str, str] = {}
    for entry in parse_registry():  # type: ignore[no-untyped-call]  # langcodes annotates all but this
        kind = entry["Type"]
        if kind in {"grandfathered", "redundant"}:
            subtags["whole"][entry["Tag"].lower()] = entry.get("Preferred-Value", entry["Tag"])
            continue
        preferred = entry.get("Preferred-Value", "")
        for subtag in _expanded(entry["Subtag"]):
            subtags[kind][subtag.lower()] = preferred or subtag
        if kind == "extlang":
            prefixes[entry["Subtag"]] = frozenset(entry["Prefix"])
        if kind == "language" and "Deprecated" not in entry:
            for name in entry["Description"]:
                names.setdefault(re.sub(r" \(.*\)", "", name).casefold(), entry["Subtag"])
    return _Registry(subtags, prefixes, names)


def _expanded(subtag: str) -> list[str]:
    """A subtag, or every subtag of a private range such as `qaa..qtz`."""
    first, _, last = subtag.partition("..")
    if not last:
        return [subtag]
    kept = [first]
    while kept[-1] != last:
        kept.append(_next(kept[-1]))
    return kept


def _next(subtag: str) -> str:
    head, end = subtag[:-1], subtag[-1]
    return head + chr(ord(end) + 1) if end not in {"z", "Z"} else _next(head) + ("a" if end == "z" else "A")
