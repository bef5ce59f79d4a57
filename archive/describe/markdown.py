"""Plain Markdown (CommonMark): what people wrote stands in it as text and never as markup."""

from __future__ import annotations

import re
from collections.abc import Iterable

_MARKUP = re.compile(r"([\\`*_{}\[\]<>#|~&$])")
_BLOCK_START = re.compile(r"^([-+=]|[0-9]+[.)](?= |$))", re.MULTILINE)
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029]")


def line(text: str) -> str:
    r"""Somebody's words on one line, without any meaning as markup.

    >>> line("A *year*\n on the <b>border</b>")
    'A \\*year\\* on the \\<b\\>border\\</b\\>'
    """
    words = " ".join(_CONTROLS.sub(" ", text).split())
    return _BLOCK_START.sub(lambda found: _escaped_start(found[1]), _MARKUP.sub(r"\\\1", words))


def paragraphs(text: str) -> str:
    r"""Somebody's words with their paragraphs, without any meaning as markup.

    >>> paragraphs("One\ntwo\n\n\n# Three")
    'One two\n\n\\# Three'
    """
    unified = text.replace("\r\n", "\n").replace("\r", "\n")
    pieces = (line(piece) for piece in re.split(r"\n[ \t]*\n", unified))
    return "\n\n".join(piece for piece in pieces if piece)


def code(text: str) -> str:
    """A short text as code, on one line, whatever backquotes it holds (CommonMark 6.1).

    >>> code("data/a`b.txt")
    '`` data/a`b.txt ``'
    """
    words = " ".join(_CONTROLS.sub(" ", text).split())
    longest = max((len(run) for run in re.findall("`+", words)), default=0)
    fence = "`" * (longest + 1)
    return f"{fence} {words} {fence}" if longest else f"`{words}`"


def table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """A table; the cells are Markdown already and hold no bare `|`."""
    cells = list(head)
    lines = [cells, ["---"] * len(cells), *rows]
    return "\n".join(f"| {' | '.join(one)} |" for one in lines)


def page(*blocks: str) -> bytes:
    """Blocks with a blank line between, as UTF-8 with LF, one at the end; empty blocks are left out."""
    return ("\n\n".join(block.strip("\n") for block in blocks if block.strip()) + "\n").encode("utf-8")


def _escaped_start(start: str) -> str:
    return f"\\{start}" if len(start) == 1 else f"{start[:-1]}\\{start[-1]}"
