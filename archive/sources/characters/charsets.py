"""Which character encoding bytes are in, and whether they are text at all.

In this order: a byte-order mark; the escape sequences of the ISO 2022 family and HZ, whose bytes are all ASCII; UTF-8;
UTF-16 without a mark; what HTML or XML declares; UTF-8 with some damage; and last a detector (uchardet, by way of
resiliparse) whose answer is checked against the bytes.
"""

from __future__ import annotations

import codecs
import re
import unicodedata
from dataclasses import dataclass

from archive.model.charsets import CODECS, STATEFUL_CODECS
from archive.sources.characters.labels import charset_of_label
from archive.sources.characters.legacy import guess, last_resort

_MARKS = (
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe\x00\x00", "utf-32le"),
    (b"\x00\x00\xfe\xff", "utf-32be"),
    (b"\xff\xfe", "utf-16le"),
    (b"\xfe\xff", "utf-16be"),
    (b"+/v8-", "utf-7"),
)
_ANY_MARK = tuple(mark for mark, _ in _MARKS)
_CONTROLS = bytes({*range(32), 127} - {*b"\t\n\x0b\x0c\r\x1b"})
_ANY_CONTROLS = bytes({*range(32), 127} - {*b"\n"})
_TEXT_CONTROL = re.compile("[\0-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]")
_ESCAPED = (
    (b"\x1b", re.compile(rb"\x1b\$\)C"), "iso-2022-kr"),
    (b"\x1b", re.compile(rb"\x1b(?:\$[@B]|\$\(D|\([JI])"), "iso-2022-jp"),
    (b"~{", re.compile(rb"~\{(?:[\x21-\x77][\x21-\x7e])+~\}"), "hz-gb-2312"),
)
_DECLARED = re.compile(
    rb"""<meta[^>]{1,500}?charset\s*=\s*["']?\s*([A-Za-z0-9_:.+-]{2,40})|<\?xml[^>]{1,200}?encoding\s*=\s*["']([A-Za-z0-9_:.+-]{2,40})""",
    re.IGNORECASE,
)
_OF_TWO_BYTES = ("gb18030", "cp949", "big5", "cp932", "euc_jp")
_ORDINARY = re.compile("[\n -~\u3000-\u3002]")
_DECLARATION_WITHIN = 4096
_MOST_CONTROLS = 0.03
_FEW, _APART = 2, 8
"""So many control characters are no sign of another encoding in a text of so many bytes for each."""
_MOST_UNDECODABLE = 0.02
_MOST_DAMAGE = 0.2


@dataclass(frozen=True, slots=True)
class Detected:
    """A character encoding and how it was found.

    Attributes:
        charset: a key of `CODECS` or of `STATEFUL_CODECS`.
        start: where the text begins, after a byte-order mark.
        guessed: whether nothing but the look of the bytes speaks for it.
        declared: what the document says of itself, as it says it, or an empty string.
        is_plain: whether the bytes are ASCII without control characters but LF.
    """

    charset: str
    start: int = 0
    guessed: bool = False
    declared: str = ""
    is_plain: bool = False


_PLAIN = Detected("utf-8", is_plain=True)


def detect(data: bytes, *, sample: int = 128 * 1024, markup: bool = False, stated: str = "") -> Detected | None:
    """The encoding of `data`, or None where it is no text.

    Args:
        data: the whole document.
        sample: how many bytes the detector of legacy encodings sees.
        markup: whether a declaration in HTML or XML counts.
        stated: what a server or a mail says that the encoding is; it comes before what the document says.
    """
    for mark, charset in _MARKS if data.startswith(_ANY_MARK) else ():
        if data.startswith(mark):
            return Detected(charset, len(mark)) if _is_text(data, charset, len(mark)) else None
    if data.isascii():
        return _PLAIN if b"~" not in data and is_plain(data) else _of_ascii(data)
    if _few_controls(data):
        declared = stated or (_declared(data) if markup else "")
        return _utf8(data, declared) or _by_declaration(data, declared) or _damaged_or_legacy(data, sample, declared)
    return _utf16_without_mark(data)


def is_plain(data: bytes) -> bool:
    """Whether bytes are ASCII without control characters but LF, in which nothing can be wrong."""
    return data.isascii() and len(data) == len(data.translate(None, _ANY_CONTROLS))


def has_mark_or_escapes(data: bytes) -> bool:
    """Whether bytes begin with a byte-order mark, or hold what may be an escape sequence of `_ESCAPED`."""
    # One byte is looked for in a tenth of the time of two.
    return data.startswith(_ANY_MARK) or b"\x1b" in data or (b"~" in data and b"~{" in data)


def _of_ascii(data: bytes) -> Detected | None:
    for sign, pattern, charset in _ESCAPED:
        if sign in data and pattern.search(data) and _mostly_decodes(data, STATEFUL_CODECS[charset]):
            return Detected(charset)
    return Detected("utf-8") if _few_controls(data) else _utf16_without_mark(data)


def _few_controls(data: bytes) -> bool:
    """At most three control characters in a hundred bytes, over beginning, middle and end; or one or two."""
    middle = len(data) // 2
    window = data if len(data) <= 24_576 else data[:8192] + data[middle : middle + 8192] + data[-8192:]
    controls = len(window) - len(window.translate(None, _CONTROLS))
    return controls <= _MOST_CONTROLS * len(window) or (controls <= _FEW and controls * _APART <= len(window))


def _is_text(data: bytes, charset: str, start: int) -> bool:
    codec = CODECS.get(charset) or STATEFUL_CODECS[charset]
    text = data[start : start + 8192].decode(codec, "replace")
    strange = len(_TEXT_CONTROL.findall(text)) + sum(1 for one in text if unicodedata.category(one) == "Cn")
    strange += text.count("\ufffd")
    return strange <= max(2, _MOST_CONTROLS * len(text))


def _decodes(data: bytes, codec: str) -> bool:
    try:
        data.decode(codec)
    except UnicodeDecodeError:
        return False
    return True


def _mostly_decodes(data: bytes, codec: str) -> bool:
    text = data.decode(codec, "replace")
    foreign = sum(1 for one in text if one > "\x7f") if not text.isascii() else 0
    return foreign > 0 and text.count("\ufffd") <= _MOST_DAMAGE * foreign


def _utf8(data: bytes, declared: str) -> Detected | None:
    return Detected("utf-8", declared=declared) if _decodes(data, "utf-8") else None


def _utf16_without_mark(data: bytes) -> Detected | None:
    """UTF-16 shows itself by its spaces, line breaks and ASCII letters, which are rare in the other byte order."""
    best = max(("utf-16le", "utf-16be"), key=lambda charset: _ordinary_in(data, charset))
    if _ordinary_in(data, best) and _is_text(data, best, 0) and _decodes(data[: len(data) // 2 * 2], CODECS[best]):
        return Detected(best, guessed=True)
    return None


def _ordinary_in(data: bytes, charset: str) -> int:
    return len(_ORDINARY.findall(data[:8192].decode(CODECS[charset], "replace")))


def _declared(data: bytes) -> str:
    found = _DECLARED.search(data, 0, _DECLARATION_WITHIN)
    return (found[1] or found[2]).decode("ascii") if found else ""


def _by_declaration(data: bytes, declared: str) -> Detected | None:
    charset = charset_of_label(declared)
    if charset is None or charset == "utf-8" or charset not in CODECS or charset.startswith("utf-16"):
        return None
    lost = data.decode(CODECS[charset], "replace").count("\ufffd")
    foreign = len(data) - len(data.translate(None, bytes(range(128, 256))))
    return Detected(charset, declared=declared) if lost <= _MOST_UNDECODABLE * foreign else None


def _damaged_or_legacy(data: bytes, sample: int, declared: str) -> Detected | None:
    if _is_damaged_utf8(data):
        return Detected("utf-8", declared=declared)
    likely = guess(data, sample)
    if likely is None and (wide := _utf16_without_mark(data)) is not None:
        return wide
    charset = likely or last_resort(data, sample)
    return Detected(charset, guessed=True, declared=declared) if charset else None


def _is_damaged_utf8(data: bytes) -> bool:
    """Whether sequences of UTF-8 are too many to stand there by chance, or only the last one was cut short.

    A sequence of two bytes is met now and then in other encodings, a longer one hardly ever.
    """
    foreign = len(data) - len(data.translate(None, bytes(range(128, 256))))
    valid = data.decode("utf-8", "ignore")
    bad = len(data) - len(valid.encode())
    if foreign - bad >= 4 * bad or (foreign > bad and _is_cut_short(data)):
        return True
    long = sum(1 for one in valid if one > "\u07ff") if foreign > bad else 0
    short = sum(1 for one in valid if "\x7f" < one <= "\u07ff") if foreign > bad else 0
    worth = short + 2 * long
    return worth >= 2 * bad or (worth > bad and not any(_decodes(data, codec) for codec in _OF_TWO_BYTES))


def _is_cut_short(data: bytes) -> bool:
    try:
        codecs.getincrementaldecoder("utf-8")().decode(data)
    except UnicodeDecodeError:
        return False
    return True
