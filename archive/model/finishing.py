r"""The ends that nearly every projection has, each in one go: the usual text needs no step of its own for anything.

A quick way beside `archive.model.derivation`, which holds: it says nothing where a text has anything in it that the
rule would take out, and a test holds the two to the same text. It rests on Python's white space: the blanks and breaks
of the rule are what `str.split` divides by, but for the four characters U+001C to U+001F, which the rule takes out.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from types import MappingProxyType

from archive.model.composing import composed

_TAKEN_OUT = re.compile("[\0-\x08\x0e-\x1f\x7f-\x9f\u00ad\ufeff]")
_SEEN = bytes(range(ord(" "), 127))
"""The characters of ASCII that are printed."""
_SEEN_IN_LINES = _SEEN + b"\n"


def is_tidy(text: str) -> bool:
    """Whether a text is one line that the rule leaves as it is, but for its last operation, `nfc`."""
    is_seen = not text.encode("ascii").translate(None, _SEEN) if text.isascii() else text.isprintable()
    return is_seen and "  " not in text and text[:1] != " " and text[-1:] != " "


def are_tidy(lines: Sequence[str]) -> bool:
    """Whether each of some texts is one line that the rule leaves as it is, found in one go."""
    text = "\n".join(lines)
    is_one_each = text.count("\n") < max(len(lines), 1)
    return is_one_each and _are_tidy(text) and text[:1] != " " and text[-1:] != " "


def _are_tidy(text: str) -> bool:
    """The same of lines, with nothing blank around them."""
    if text.isascii():
        is_seen = not text.encode("ascii").translate(None, _SEEN_IN_LINES)
    else:
        is_seen = text.replace("\n", "").isprintable()
    if not is_seen or "  " in text:
        return False
    lines = text.split("\n")  # at whose ends spaces are told sooner than they are searched for in the text
    return lines == [line.strip(" ") for line in lines]


def _is_usual(text: str, tidied: str) -> bool:
    """Whether the rule takes nothing out of a text, which has been tidied into one line."""
    if not tidied.isprintable() and _TAKEN_OUT.search(tidied):
        return False
    return "\x1c" not in text and "\x1d" not in text and "\x1e" not in text and "\x1f" not in text


def _prose(text: str) -> str | None:
    if is_tidy(text):
        return composed(text)
    tidied = " ".join(text.split())
    return composed(tidied) if _is_usual(text, tidied) else None


def _dense_prose(text: str) -> str | None:
    tidied = "".join([" ".join(line.split()) for line in text.splitlines()])
    return composed(tidied) if _is_usual(text, tidied) else None


def _kept_lines(text: str) -> str | None:
    if _are_tidy(bare := text.strip(" \n")):
        return composed(bare)
    if "\r" in text:
        text = text.replace("\r\n", "\n")
        if "\r" in text:
            return None  # the rule takes CR and one of the rarer breaks after it for one
    lines = [" ".join(line.split()) for line in text.splitlines()]
    return composed("\n".join(lines).strip("\n")) if _is_usual(text, "".join(lines)) else None


FINISHES: MappingProxyType[tuple[str, ...], Callable[[str], str | None]] = MappingProxyType(
    {
        ("controls", "soft-hyphens", "join-lines", "spaces", "nfc"): _prose,
        ("controls", "soft-hyphens", "join-lines-cjk", "spaces", "nfc"): _dense_prose,
        ("controls", "soft-hyphens", "keep-lines", "spaces", "nfc"): _kept_lines,
    }
)
"""The last operations of a projection -> what they make of a text together, or None where each is needed."""
