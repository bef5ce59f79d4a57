"""What is forgiven when a quotation is compared with a text: each liberty by itself, so that it can be said.

Case, letters, digits and punctuation are never forgiven: a quotation with another word is another quotation.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from enum import StrEnum

from archive.quoting.tracked import Tracked


class Liberty(StrEnum):
    """One way in which a quotation may differ from what stands there."""

    MARKS = "quotation marks"
    DASHES = "hyphens and dashes"
    INVISIBLE = "invisible characters"
    FORM = "Unicode normalisation"
    SPACES = "white space"
    DIVISION = "spaces between words"
    """Stronger than `SPACES`: there is white space on one side where the other has none."""


_MARKS = "\"'`´«»‹›‘’‚‛“”„‟′″‵‶「」『』〝〞〟＂＇｀｢｣"
_DASHES = "-֊‐‑‒–—―⁃−﹘﹣－"
_INVISIBLE = "\u00ad\u200b\u200c\u200d\u2060\ufeff\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"

_TABLES: dict[Liberty, dict[int, str | None]] = {
    Liberty.MARKS: dict.fromkeys(map(ord, _MARKS), '"'),
    Liberty.DASHES: dict.fromkeys(map(ord, _DASHES), "-"),
    Liberty.INVISIBLE: dict.fromkeys(map(ord, _INVISIBLE)),
}
_EVERY = (*_TABLES, Liberty.SPACES, Liberty.FORM)
_TABLE = {code: other for table in _TABLES.values() for code, other in table.items()}
_CHANGED = re.compile(f"[{re.escape(_MARKS + _DASHES + _INVISIBLE)}]")
_RUN_OF_DASHES = re.compile("--+")
_SPACE = re.compile(r"\s+")


def _other(match: re.Match[str]) -> str:
    return _TABLE[ord(match[0])] or ""


def folded(text: str) -> str:
    r"""What is compared: the text with every liberty taken, white space left out altogether.

    >>> folded("\u201cA well\u2010known\ncase\u201d") == folded('"A well-known case"')
    True
    """
    plain = unicodedata.normalize("NFKC", _CHANGED.sub(_other, text))
    return "".join(_RUN_OF_DASHES.sub("-", plain).split())


def differs_in_capitals(quotation: str, text: str) -> bool:
    """Whether a text has a quotation that it does not have, but for capital letters.

    >>> differs_in_capitals("THE river", "By the River.")
    True
    """
    given, there = folded(quotation), folded(text)
    return given not in there and given.casefold() in there.casefold()


def folded_and_tracked(text: str) -> Tracked:
    """The same, each character with its place in `text`."""
    plain = Tracked.of(text).replaced(_CHANGED, _other).normalised("NFKC")
    return plain.replaced(_RUN_OF_DASHES, lambda _: "-").replaced(_SPACE, lambda _: "")


def liberties(quotation: str, found: str) -> tuple[Liberty, ...]:
    r"""Which liberties had to be taken so that the two are the same; none where they are the same as they are.

    Args:
        quotation: as it was given.
        found: what stands there; `folded` gives the same for both.

    >>> liberties("it's so", "it\u2019s  so")
    (<Liberty.MARKS: 'quotation marks'>, <Liberty.SPACES: 'white space'>)
    """
    given, there = quotation.strip(), found.strip()
    if _partly(given, _EVERY) == _partly(there, _EVERY):
        return _fewest(given, there)
    # What is compared from here on has no white space, so it is the division of words that is forgiven.
    return (*_fewest("".join(given.split()), "".join(there.split())), Liberty.DIVISION)


def _fewest(one: str, other: str) -> tuple[Liberty, ...]:
    """The liberties without any of which the two would differ; of two that do the same, the more particular one."""
    taken = list(_EVERY)
    for liberty in reversed(_EVERY):
        fewer = [each for each in taken if each is not liberty]
        if _partly(one, fewer) == _partly(other, fewer):
            taken = fewer
    return tuple(taken)


def _partly(text: str, taken: Sequence[Liberty]) -> str:
    for liberty, table in _TABLES.items():
        if liberty in taken:
            text = text.translate(table)
    if Liberty.FORM in taken:
        text = unicodedata.normalize("NFKC", text)
    if Liberty.DASHES in taken:
        text = _RUN_OF_DASHES.sub("-", text)
    return " ".join(text.split()) if Liberty.SPACES in taken else text
