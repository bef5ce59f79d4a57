"""Text that was decoded with the wrong encoding and saved so: reported, and repaired only on request.

`ftfy` judges it, with its repair of encodings alone: its other repairs change clean text.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from archive.model.blocks import Block
from archive.model.codes import finding
from archive.model.findings import Finding, Where
from archive.sources.limits import Limits

_PAGES = ("cp1252", "latin-1", "cp1250", "cp1251", "cp1253", "cp1254", "cp1257", "iso8859-2", "cp437", "mac-roman")
"""The encodings that `ftfy` undoes."""


def _characters(first: int, last: int) -> str:
    """What the bytes from `first` to `last` turn into when one of `_PAGES` is taken for UTF-8."""
    found = {
        character
        for page in _PAGES
        for byte in range(first, last + 1)
        for character in bytes([byte]).decode(page, "ignore")
    }
    return "".join(sorted(re.escape(one) for one in found))


_SUSPECT = re.compile(f"[{_characters(0xC2, 0xF4)}][{_characters(0x80, 0xBF)}\u00a0]|\u00c3 ")
"""Two characters that a sequence of UTF-8 may have become; most clean text has none, and needs no more looking at."""
_SHOWN = 60


def mojibake(blocks: Sequence[Block], path: str, limits: Limits) -> tuple[Finding, ...]:
    """A finding for each block that would read better decoded again, up to `limits.most_places`."""
    found: list[Finding] = []
    if all(map(str.isascii, [block.text for block in blocks])):
        return ()
    for block in blocks:
        if not is_suspect(block.text):
            continue
        repaired = repair(block.text)
        if repaired is None:
            continue
        place = f"{block.spans[0].start}-{block.spans[-1].end}"
        seen, reading = _difference(block.text, repaired)
        found.append(
            finding("text.mojibake", where=Where(file=path, bytes=place), found=seen, expected=f"perhaps {reading}")
        )
        if len(found) == limits.most_places:
            break
    return tuple(found)


def is_suspect(text: str) -> bool:
    """Whether a text may be broken; quick, and no for most clean text."""
    return not text.isascii() and _SUSPECT.search(text) is not None


def repair(text: str) -> str | None:
    """A text decoded again, or None where it reads no better so.

    Args:
        text: any text.
    """
    import ftfy
    from ftfy.badness import is_bad

    if not is_bad(text):
        return None
    repaired = ftfy.fix_encoding(text)
    return None if repaired == text else str(repaired)


def _difference(text: str, repaired: str) -> tuple[str, str]:
    """The beginning of what differs, of both."""
    same = next((place for place, (one, two) in enumerate(zip(text, repaired, strict=False)) if one != two), 0)
    return text[same : same + _SHOWN], repaired[same : same + _SHOWN]
