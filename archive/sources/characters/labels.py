"""The labels by which documents name their character encoding (WHATWG Encoding Standard, section 4.2)."""

from __future__ import annotations

import codecs

from archive.model.charsets import CODECS, STATEFUL_CODECS

_LABELS = {
    "utf8": "utf-8",
    "unicode-1-1-utf-8": "utf-8",
    "ascii": "windows-1252",
    "us-ascii": "windows-1252",
    "latin1": "windows-1252",
    "iso-8859-1": "windows-1252",
    "iso8859-1": "windows-1252",
    "cp1252": "windows-1252",
    "x-cp1252": "windows-1252",
    "iso-8859-9": "windows-1254",
    "iso8859-9": "windows-1254",
    "latin5": "windows-1254",
    "iso-8859-11": "windows-874",
    "tis-620": "windows-874",
    "iso-8859-8-i": "iso-8859-8",
    "ks_c_5601-1987": "euc-kr",
    "ksc5601": "euc-kr",
    "ks_c_5601": "euc-kr",
    "korean": "euc-kr",
    "cp949": "euc-kr",
    "uhc": "euc-kr",
    "x-windows-949": "euc-kr",
    "windows-949": "euc-kr",
    "johab": "euc-kr",
    "sjis": "shift_jis",
    "shift-jis": "shift_jis",
    "x-sjis": "shift_jis",
    "ms_kanji": "shift_jis",
    "windows-31j": "shift_jis",
    "cp932": "shift_jis",
    "x-euc-jp": "euc-jp",
    "gb2312": "gbk",
    "gb_2312-80": "gbk",
    "x-gbk": "gbk",
    "cp936": "gbk",
    "big5-hkscs": "big5",
    "cn-big5": "big5",
    "x-x-big5": "big5",
    "cp950": "big5",
    "koi": "koi8-r",
    "koi8": "koi8-r",
    "koi8_r": "koi8-r",
    "koi8-ru": "koi8-u",
    "cp866": "ibm866",
    "866": "ibm866",
    "mac": "macintosh",
    "mac-cyrillic": "x-mac-cyrillic",
    "x-mac-roman": "macintosh",
    "dos-874": "windows-874",
    "utf-16": "utf-16le",
    "csiso2022kr": "iso-2022-kr",
    "csiso2022jp": "iso-2022-jp",
}

_BY_CODEC = {codecs.lookup(codec).name: name for name, codec in reversed(list(CODECS.items()))}
_BY_CODEC |= {codecs.lookup(codec).name: name for name, codec in STATEFUL_CODECS.items()}


def charset_of_label(label: str) -> str | None:
    """The WHATWG name of what a document, a server or a detector calls an encoding; None where it is unknown.

    >>> charset_of_label("KS_C_5601-1987"), charset_of_label("Latin1"), charset_of_label("klingon")
    ('euc-kr', 'windows-1252', None)
    """
    name = label.strip().lower()
    if name in CODECS or name in STATEFUL_CODECS:
        return name
    if name in _LABELS:
        return _LABELS[name]
    try:
        codec = codecs.lookup(name).name
    except (LookupError, ValueError):
        return None
    return _BY_CODEC.get(codec) or _LABELS.get(codec)
