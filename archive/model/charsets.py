"""The character encodings that a layer may have: WHATWG names, and the codecs of Python that decode them.

Names are those of the WHATWG Encoding Standard, section 4.2, in lower case. Where the index of the standard and the
codec differ (some private-use and vendor characters), the codec holds: it is what made the text.
"""

from __future__ import annotations

from types import MappingProxyType

CODECS = MappingProxyType(
    {
        "utf-8": "utf-8",
        "utf-16le": "utf-16-le",
        "utf-16be": "utf-16-be",
        "big5": "big5hkscs",
        "euc-jp": "euc_jp",
        "euc-kr": "cp949",
        "gb18030": "gb18030",
        "gbk": "gb18030",
        "shift_jis": "cp932",
        "ibm866": "cp866",
        "koi8-r": "koi8_r",
        "koi8-u": "koi8_u",
        "macintosh": "mac_roman",
        "windows-874": "cp874",
        "x-mac-cyrillic": "mac_cyrillic",
        **{f"windows-{page}": f"cp{page}" for page in range(1250, 1259)},
        **{f"iso-8859-{part}": f"iso8859_{part}" for part in (2, 3, 4, 5, 6, 7, 8, 10, 13, 14, 15, 16)},
    }
)
"""Encodings without state, in which a range of bytes can be decoded by itself."""

STATEFUL_CODECS = MappingProxyType(
    {
        "iso-2022-jp": "iso2022_jp_2",
        "iso-2022-kr": "iso2022_kr",
        "hz-gb-2312": "hz",
        "utf-7": "utf_7",
        "utf-32le": "utf-32-le",
        "utf-32be": "utf-32-be",
    }
)
"""Encodings in which a range of bytes cannot stand alone (or that the WHATWG does not know): such an original is
decoded once as a whole, and a layer in UTF-8 is stored."""


def decode(data: bytes, charset: str) -> str:
    r"""The text of `data`; what cannot be decoded becomes U+FFFD, in UTF-8 one for each maximal subpart.

    Args:
        data: the bytes of one span.
        charset: a key of `CODECS`.

    Raises:
        ValueError: the charset is not one of `CODECS`.

    >>> decode(b"\xc7\xd1\xb1\xdb", "euc-kr"), decode(b"a\xe2\x82", "utf-8")
    ('한글', 'a�')
    """
    codec = CODECS.get(charset)
    if codec is None:
        msg = f"{charset!r} is not a charset that a layer may have; the known ones are {', '.join(sorted(CODECS))}"
        raise ValueError(msg)
    return data.decode(codec, "replace")


def decode_stateful(data: bytes, charset: str) -> str:
    """The text of a whole original in a charset of `STATEFUL_CODECS`; what cannot be decoded becomes U+FFFD."""
    return data.decode(STATEFUL_CODECS[charset], "replace")


def of_whole_characters(text: str) -> str:
    r"""What escapes of JSON or YAML wrote, its halves of characters put together, and those that are alone replaced.

    A program that cuts a title by the units of UTF-16 leaves half of its last sign; no file can hold that.

    >>> of_whole_characters("boats \ud83d\ude00"), of_whole_characters("boats \ud83d")
    ('boats 😀', 'boats \ufffd')
    """
    if text.isprintable():
        return text  # a half is not printable
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
