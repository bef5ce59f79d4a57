"""Telling the encodings of the years before UTF-8 by their bytes alone."""

from __future__ import annotations

import re

from archive.model.charsets import CODECS
from archive.sources.characters.labels import charset_of_label
from archive.sources.characters.latin import is_mixed, likeliest

_UKRAINIAN_IN_KOI8 = re.compile(rb"[\xa4\xa6\xa7\xad\xb4\xb6\xb7\xbd]")
_NOT_ASCII = re.compile("[^\0-\x7f]")
_SCRIPTS = (
    ("euc-kr", re.compile("[\uac00-\ud7a3]"), 0.9),
    ("shift_jis", re.compile("[\u3040-\u30ff]"), 0.3),
    ("euc-jp", re.compile("[\u3040-\u30ff]"), 0.3),
    ("gb18030", re.compile("[\u4e00-\u9fa5\u3000-\u301f\uff01-\uff5e]"), 0.95),
    ("windows-1251", re.compile("[\u0430-\u045f\u0491]"), 0.6),
    ("koi8-u", re.compile("[\u0430-\u045f\u0491]"), 0.6),
)
"""For what the detector has no opinion on: an encoding, its usual characters, and how many of the foreign characters
must be such. Tried in this order."""
_MOST_UNDECODABLE = 0.05
_LAST_RESORT = "windows-1252"

_LATIN = frozenset(f"iso-8859-{part}" for part in (2, 3, 4, 10, 13, 14, 15, 16)) | {
    _LAST_RESORT, "windows-1250", "windows-1254", "windows-1257", "windows-1258", "macintosh",
}  # fmt: skip
_OF_SEVERAL_BYTES = frozenset({"big5", "euc-jp", "euc-kr", "gb18030", "gbk", "shift_jis"})
_WESTERN = re.compile("[àáâäçèéêëíîïñóôöùúûüßÀÂÄÇÈÉÊÖÜœ«»‘’“”–—…€°\u00a0]")
_LITTLE = 6
"""Characters beyond ASCII up to which a detector's answer among the encodings of Latin letters says nothing."""


def guess(data: bytes, sample: int) -> str | None:
    """The likeliest encoding of bytes that are not UTF-8, or None where none fits.

    Args:
        data: the whole document, some of it not ASCII.
        sample: how many bytes the detector sees.

    Returns:
        A key of `archive.model.charsets.CODECS`.
    """
    window = data[:sample]
    if _is_all_hangul(window):
        return "euc-kr"
    charset = _asked(window)
    if charset is None or not _fits(window, charset):
        charset = _by_script(window)
    if charset is None or charset in _LATIN:
        return likeliest(window, None if _is_western(window) else charset)
    if is_mixed(window.decode(CODECS[charset], "replace"), alone=charset in _OF_SEVERAL_BYTES):
        return likeliest(window, None)
    if charset == "koi8-r" and _UKRAINIAN_IN_KOI8.search(window):
        charset = "koi8-u"
    return charset


def last_resort(data: bytes, sample: int) -> str | None:
    """What is left where nothing is likely: Western letters, if the bytes are such at all.

    Args:
        data: as for `guess`.
        sample: as for `guess`.
    """
    return _LAST_RESORT if _fits(data[:sample], _LAST_RESORT) else None


def _is_all_hangul(window: bytes) -> bool:
    """Whether the bytes are Hangul as KS X 1001 has it; by chance, a Western text hardly is, however short."""
    foreign = _NOT_ASCII.findall(window.decode("euc_kr", "replace"))
    return len(foreign) >= 2 and all("\uac00" <= one <= "\ud7a3" for one in foreign)


def _is_western(window: bytes) -> bool:
    """Whether the few foreign characters are all such as the languages of Western Europe have in windows-1252."""
    foreign = _NOT_ASCII.findall(window.decode(CODECS[_LAST_RESORT], "replace"))
    return len(foreign) <= _LITTLE and all(map(_WESTERN.match, foreign))


def _asked(window: bytes) -> str | None:
    from resiliparse.parse.encoding import detect_encoding

    answer = detect_encoding(window, max_len=0, html5_compatible=False)
    charset = charset_of_label(answer) if answer else None
    return charset if charset in CODECS and charset != "utf-8" else None


def _fits(window: bytes, charset: str) -> bool:
    foreign = _NOT_ASCII.findall(window.decode(CODECS[charset], "replace"))
    return foreign.count("\ufffd") <= _MOST_UNDECODABLE * len(foreign)


def _by_script(window: bytes) -> str | None:
    for charset, usual, share in _SCRIPTS:
        text = window.decode(CODECS[charset], "replace")
        foreign = len(_NOT_ASCII.findall(text))
        if "\ufffd" not in text and len(usual.findall(text)) >= share * foreign:
            return charset
    return None
