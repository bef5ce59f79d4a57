"""How alike two texts are, and a small signature by which the likely pairs among many are found.

The definition, `shingles 1`: a text is put into NFKC and folded (`str.casefold`); its words are runs of letters and
digits, and in scripts that put no space between words each character is a word. A shingle is three words in a row (a
text of fewer words is one shingle). The resemblance of two texts is the number of shingles that both have, divided by
the number that either has (Jaccard; Broder, On the resemblance and containment of documents, 1997).

A signature estimates it: MinHash by one permutation (Li, Owen, Zhang, One permutation hashing, 2012) with empty bins
filled from others (Shrivastava, Optimal densification, 2017). The hash of a shingle, its words with a space between in
UTF-8, is its CRC-32 times an odd number, modulo 2^32. All of it follows from the text and this page: no seed, no
dependency, no machine shows in it.
"""

from __future__ import annotations

import hashlib
import re
import sys
import unicodedata
from array import array
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import islice
from operator import eq
from zlib import crc32

METHOD = "shingles 1"
"""The name and version of the definition; raised whenever a resemblance may change."""
THRESHOLD = (4, 5)
"""From this resemblance on, as a fraction, two texts are near-duplicates."""
BANDS, ROWS = 21, 6
"""Two texts are compared where all rows of one band agree: 998 of 1,000 pairs at 0.8, 15 of 1,000 at 0.3."""
BINS = BANDS * ROWS

_SHINGLE = 3
_EMPTY = 1 << 32
"""What stands in an empty bin: more than any hash."""
_MIX = 0x9E3779B1
"""An odd number, so that different checksums stay different; it breaks their linear order."""
_MIX_64, _BITS_64 = 0x9E3779B97F4A7C15, 0xFFFFFFFFFFFFFFFF
_LOWER = slice(sys.byteorder == "big", None, 2)
"""The lower halves of numbers of 64 bits that are looked at as pairs of 32."""
_AT_A_TIME = 100_000
"""Words of a text that are held at a time; characters of one whose words are found at once."""
_MOST_SHINGLES = 200_000
"""Shingles of a text that are compared at a time."""
_CJK = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
)
_ASCII_WORD = re.compile("[a-z0-9]+")  # of text that is folded
_WORD = re.compile(f"[{_CJK}]|[^\\W_{_CJK}]+")
_APART = re.compile(f"[\\W_{_CJK}]")
_FEW_APART = 24
"""Different signs beyond ASCII, of a text, that are no part of words of several letters: each takes a pass."""
_ASCII = bytes(range(128))
_TO_SPACES = bytes(byte if byte >= 128 or chr(byte).isalnum() else ord(" ") for byte in range(256))


def words_of(text: str) -> Iterator[str]:
    """The words of a text as they are compared.

    >>> list(words_of("The river, in 2011!")), list(words_of("中国 ABC"))
    (['the', 'river', 'in', '2011'], ['中', '国', 'abc'])
    """
    return _words_in(unicodedata.normalize("NFKC", text).casefold())


def _words_in(folded: str) -> Iterator[str]:
    if len(folded) <= _AT_A_TIME:  # a list is twice as quick, and short
        return iter(_ASCII_WORD.findall(folded) if folded.isascii() else _WORD.findall(folded))
    return (match[0] for match in _WORD.finditer(folded))


def resemblance(one: str, other: str) -> tuple[int, int]:
    """How many shingles both texts have, and how many either has; (0, 0) where neither has a word.

    It is counted on the shingles themselves, in parts where the texts are long, so that memory stays bounded.

    >>> resemblance("a b c d", "A b, c e")
    (1, 3)
    """
    parts = 1 + max(len(one), len(other)) // (6 * _MOST_SHINGLES)
    both = either = 0
    for part in range(parts):
        first, second = _part_of(one, part, parts), _part_of(other, part, parts)
        shared = len(first & second)
        both += shared
        either += len(first) + len(second) - shared
    return both, either


def _part_of(text: str, part: int, parts: int) -> set[str]:
    if parts == 1:
        return set(_shingles(text))
    return {
        one
        for one in _shingles(text)
        if hashlib.blake2b(one.encode("utf-8", "surrogatepass")).digest()[0] % parts == part
    }


def _shingles(text: str) -> Iterator[str]:
    words = words_of(text)
    first = list(islice(words, _SHINGLE))
    if not first:
        return
    yield " ".join(first)
    for word in words:
        del first[0]
        first.append(word)
        yield " ".join(first)


def is_near(both: int, either: int) -> bool:
    """Whether a resemblance makes two texts near-duplicates."""
    over, under = THRESHOLD
    return either > 0 and both * under >= either * over


def decimal(both: int, either: int) -> str:
    """A resemblance as a decimal of four places, cut off, so that nothing but 1 is written as 1.

    >>> decimal(2, 3), decimal(5, 5), decimal(0, 3)
    ('0.6666', '1.0000', '0.0000')
    """
    ten_thousandths = both * 10_000 // either
    return f"{ten_thousandths // 10_000}.{ten_thousandths % 10_000:04d}"


def signature(text: str) -> bytes:
    """The signature of a text: `BINS` numbers of 32 bits; empty where the text has no word."""
    words = _encoded_words(text)
    least = [_EMPTY] * BINS
    held: list[bytes] = []
    while more := list(islice(words, _AT_A_TIME)):
        held += more
        _take_least(least, _hashes(held))
        held = held[1 - _SHINGLE :]
    if _EMPTY in least:
        if not held:
            return b""
        least = [one if one < _EMPTY else _borrowed(least, at) for at, one in enumerate(least)]
    return array("I", least).tobytes()


def _encoded_words(text: str) -> Iterator[bytes]:
    """What `words_of` gives, in UTF-8.

    In a short text all that is no word is made a space, and the text is cut at spaces: half the time of a search.
    """
    folded = unicodedata.normalize("NFKC", text).casefold()
    if len(folded) <= _AT_A_TIME:
        written = folded.encode("utf-8", "surrogatepass")
        if folded.isascii():
            return iter(written.translate(_TO_SPACES).split())
        beyond = set(written.translate(None, _ASCII).decode("utf-8", "surrogatepass"))
        apart = _APART.findall("".join(beyond))
        if len(apart) <= _FEW_APART:
            for sign in apart:
                folded = folded.replace(sign, f" {sign} " if _WORD.match(sign) else " ")
            return iter(folded.encode("utf-8", "surrogatepass").translate(_TO_SPACES).split())
    return (one.encode("utf-8", "surrogatepass") for one in _words_in(folded))


def _take_least(least: list[int], hashes: Iterable[int]) -> None:
    for one in hashes:
        at = one % BINS
        if one < least[at]:  # noqa: PLR1730  # a call of `min` takes as long as all the rest
            least[at] = one


def _borrowed(least: list[int], at: int) -> int:
    """The number of an empty bin."""
    return next(least[other] for other in _detour(at) if least[other] < _EMPTY)


def _hashes(words: list[bytes]) -> list[int]:
    if len(words) < _SHINGLE:
        checksums = [crc32(b" ".join(words))]
    else:
        checksums = list(map(crc32, map(b" ".join, zip(words, words[1:], words[2:], strict=False))))
    # All are multiplied at once, as one number with 64 bits for each, of which the lower half is wanted.
    size = 8 * len(checksums)
    product = int.from_bytes(array("Q", checksums).tobytes(), sys.byteorder) * _MIX
    return array("I", product.to_bytes(size, sys.byteorder))[_LOWER].tolist()


@lru_cache(maxsize=BINS)
def _detour(at: int) -> tuple[int, ...]:
    """The bins from which an empty one is filled, in the order in which they are asked."""
    keyed = sorted((hashlib.blake2b(b"%d %d" % (at, other), digest_size=8).digest(), other) for other in range(BINS))
    return tuple(other for _, other in keyed if other != at)


def agreement(one: bytes, other: bytes) -> int:
    """How many of the `BINS` numbers of two signatures agree; their share estimates the resemblance."""
    return sum(map(eq, memoryview(one).cast("I"), memoryview(other).cast("I")))


def band_keys(one: bytes) -> bytes:
    """A number of 64 bits for each band of a signature, in their order; none for an empty one.

    Signatures whose rows agree in a band have the same number for it.
    """
    pairs = memoryview(one).cast("Q") if one else memoryview(b"").cast("Q")
    each = ROWS // 2
    rows = zip(*(pairs[at::each].tolist() for at in range(each)), strict=True)
    return array("Q", [((a * _MIX_64 ^ b) * _MIX_64 ^ c) & _BITS_64 for a, b, c in rows]).tobytes()
