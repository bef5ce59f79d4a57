r"""Text that is safe to show: what a hostile name holds is shown, never carried out.

A name from somebody's bag may hold escape sequences that repaint a terminal, line breaks that forge a line of our
report, or marks that turn the direction of writing. Such characters are shown as escapes (`\x1b`, `\n`, `\u202e`);
everything else, of whatever script, stays as it is.
"""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterable

_UNSAFE = re.compile(
    "[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff\U000e0000-\U000e007f]"
)
_UNDECODED = re.compile("[\ud800-\udfff]")
_SHORT = {"\n": r"\n", "\r": r"\r", "\t": r"\t"}


def shown(text: str) -> str:
    r"""`text` in one line without anything that a terminal would obey.

    >>> shown("a\x1b[2J\nb.txt")
    'a\\x1b[2J\\nb.txt'
    """
    return _UNSAFE.sub(_escape, text)


def storable(text: str) -> str:
    r"""`text` with undecodable bytes (PEP 383) as `\xNN`, so that every reader of JSON takes it.

    >>> storable("caf\udce9")
    'caf\\xe9'
    """
    return _UNDECODED.sub(_escape, text)


def command_line(words: Iterable[str]) -> str:
    r"""The words as a line for the shell, runnable and safe to show.

    A word with unsafe characters becomes `$'...'`, which bash, zsh and ksh read.

    >>> command_line(["archive", "check", "my corpus", "odd\nname"])
    "archive check 'my corpus' $'odd\\nname'"
    """
    return " ".join(_shell_word(word) for word in words)


def _shell_word(word: str) -> str:
    if not _UNSAFE.search(word):
        return shlex.quote(word)
    plain = word.replace("\\", "\\\\").replace("'", "\\'")
    return f"$'{_UNSAFE.sub(_shell_escape, plain)}'"


def _escape(match: re.Match[str]) -> str:
    character = match.group()
    code = ord(character)
    if character in _SHORT:
        return _SHORT[character]
    if 0xDC80 <= code <= 0xDCFF:
        return f"\\x{code - 0xDC00:02x}"
    if code < 0x100:
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def _shell_escape(match: re.Match[str]) -> str:
    character = match.group()
    if character in _SHORT:
        return _SHORT[character]
    # three octal digits end by themselves, where \x would swallow the hex digits that follow
    return "".join(f"\\{byte:03o}" for byte in character.encode("utf-8", "surrogateescape"))
