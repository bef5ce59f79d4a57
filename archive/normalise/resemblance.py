"""How alike two texts are, and a small signature by which the likely pairs among many are found.

The definition, `shingles 2`: a text is put into NFKC and folded (`str.casefold`); its words are runs of letters and
digits, and in scripts that put no space between words each character is a word. A shingle is three words in a row (a
text of fewer words is one shingle). The resemblance of two texts is the number of shingles that both have, divided by
the number that either has (Jaccard; Broder, On the resemblance and containment of documents, 1997).

A signature estimates it: MinHash by one permutation (Li, Owen, Zhang, One permutation hashing, 2012) with empty bins
filled from others (Shrivastava, Optimal densification, 2017), of which some bits are kept (Li, König, b-bit minwise
hashing, 2010). The number of a word is the lower 16 bits of the CRC-32 of its UTF-8. The hash of a shingle is the sum
of its words' numbers, each times a constant (`_CONSTANTS`, for the first word first; a word that is missing counts
nothing), modulo 2^30. Its bin is the hash modulo `BINS`; of the least hash in each bin bits 8 to 23 are kept. All of it
follows from the text and this page: no seed, no dependency, no machine shows in it.
"""

from __future__ import annotations

import hashlib
import re
import struct
import unicodedata
from array import array
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import islice
from zlib import crc32

METHOD = "shingles 2"
"""The name and version of the definition; raised whenever a resemblance may change."""
THRESHOLD = (4, 5)
"""From this resemblance on, as a fraction, two texts are near-duplicates."""
BANDS, ROWS = 21, 6
"""Two texts are compared where all rows of one band agree: 998 of 1,000 pairs at 0.8, 15 of 1,000 at 0.3."""
SHINGLE = 3
"""Words of a shingle."""
BINS = 128
"""Bins of a signature; the last two belong to no band."""

_CONSTANTS = (11371, 14895, 20021)
"""Odd, and so small that a sum of three products has 32 bits: no shingle's sum runs over into the next one's."""
_KERNEL = sum(one << 32 * place for place, one in enumerate(reversed(_CONSTANTS)))
_LANE = 4
"""Bytes of a word's number, and of a shingle's hash, where many stand side by side; the lowest comes first."""
_EMPTY = 1 << 30
"""What stands in an empty bin: more than any hash."""
_SIX_BITS = bytes(byte & 63 for byte in range(256))
_BIN = bytes(byte % BINS for byte in range(256))
"""The bin of a hash, by its lowest byte."""
_AT_A_TIME = 100_000
"""Shingles that are hashed at a time; characters of a text whose words are found at once."""
_MOST_SHINGLES = 200_000
"""Shingles of a text that are compared at a time."""
_MOST_KNOWN, _LONGEST_KNOWN = 30_000, 32
"""Tokens whose numbers are remembered, and the characters of the longest of them: some six megabytes."""
_CJK = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
)
_ASCII_WORD = re.compile("[a-z0-9]+")  # of text that is folded
_WORD = re.compile(f"[{_CJK}]|[^\\W_{_CJK}]+")
_WORDS_ALONE = bytes(ord(chr(byte).lower()) if byte < 128 and chr(byte).isalnum() else ord(" ") for byte in range(256))
"""What folds ASCII and makes a space of all that belongs to no word."""
_SIGNS = tuple(sign.encode("utf-8") for sign in "\u00a0\u2013\u2014\u2018\u2019\u201c\u201d\u2026")
"""Signs beyond ASCII that belong to no word, often the only ones that a text in English has."""


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
    first = list(islice(words, SHINGLE))
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


def ten_thousandths(both: int, either: int) -> int:
    """A resemblance cut off after four places, so that nothing but 1 is written as 1.

    >>> ten_thousandths(2, 3), ten_thousandths(5, 5), ten_thousandths(0, 3)
    (6666, 10000, 0)
    """
    return both * 10_000 // either


def decimal(score: int) -> str:
    """Ten-thousandths as a decimal of four places.

    >>> decimal(6666), decimal(10_000), decimal(3)
    ('0.6666', '1.0000', '0.0003')
    """
    return f"{score // 10_000}.{score % 10_000:04d}"


def signature(text: str) -> bytes:
    """The signature of a text: 16 bits for each of `BINS` bins; empty where the text has no word."""
    numbers = _numbers_of(text)
    if not numbers:
        return b""
    least = [_EMPTY] * BINS
    for lanes in _hashes(numbers.ljust(SHINGLE * _LANE, b"\0")):
        bins = lanes[::_LANE].translate(_BIN)
        for at, one in zip(bins, struct.unpack(f"<{len(bins)}I", lanes), strict=True):
            if one < least[at]:  # noqa: PLR1730  # a call of `min` takes as long as all the rest
                least[at] = one
    if _EMPTY in least:
        least = _filled(least)
    written = _WRITTEN(*least)
    kept = bytearray(2 * BINS)
    kept[::2], kept[1::2] = written[1::_LANE], written[2::_LANE]
    return bytes(kept)


_WRITTEN = struct.Struct(f"<{BINS}I").pack


def _numbers_of(text: str) -> bytes:
    """The numbers of the words of a text, side by side."""
    words = _words_of_ascii(text)
    if words is None:
        return b"".join(map(_NUMBERS.__getitem__, text.split()))
    return b"".join([_lanes(words[at : at + _AT_A_TIME]) for at in range(0, len(words), _AT_A_TIME)])


def _words_of_ascii(text: str) -> list[bytes] | None:
    """The words of a text that has no other sign beyond ASCII than some that belong to no word; else None."""
    data = text.encode("utf-8", "surrogatepass")
    if not data.isascii():
        for sign in _SIGNS:
            data = data.replace(sign, b" ")
    return data.translate(_WORDS_ALONE).split() if data.isascii() else None


def utf8_words_of(text: str) -> Iterable[bytes]:
    """The same words as `words_of` gives, in UTF-8."""
    words = _words_of_ascii(text)
    return (word.encode("utf-8", "surrogatepass") for word in words_of(text)) if words is None else words


def _lanes(words: Sequence[bytes]) -> bytearray:
    """The numbers of words in UTF-8, side by side."""
    lanes = bytearray(struct.pack(f"<{len(words)}I", *map(crc32, words)))
    lanes[2::_LANE] = lanes[3::_LANE] = bytes(len(words))
    return lanes


class _Numbers(dict[str, bytes]):
    """The numbers of the words of a token, side by side, in texts beyond ASCII, where words are dear to find.

    They are remembered, since few tokens make up most of a text.

    No word reaches over white space, and neither does a step of NFKC or of folding, so tokens may be asked one by one.
    """

    def __missing__(self, token: str) -> bytes:
        found = bytes(_lanes(" ".join(words_of(token)).encode("utf-8", "surrogatepass").split()))
        if len(token) <= _LONGEST_KNOWN:
            if len(self) >= _MOST_KNOWN:
                self.clear()
            self[token] = found
        return found


_NUMBERS = _Numbers()


def _hashes(numbers: bytes) -> Iterator[bytearray]:
    """The hashes of all shingles side by side, some at a time.

    The numbers of all words are multiplied as one long number: each lane of the product is the sum for one shingle.
    """
    overlap = (SHINGLE - 1) * _LANE
    for start in range(0, len(numbers) - overlap, _AT_A_TIME * _LANE):
        part = numbers[start : start + _AT_A_TIME * _LANE + overlap]
        product = int.from_bytes(part, "little") * _KERNEL
        lanes = bytearray(product.to_bytes(len(part) + overlap, "little")[overlap : len(part)])
        lanes[3::_LANE] = lanes[3::_LANE].translate(_SIX_BITS)
        yield lanes


def _filled(least: Sequence[int]) -> list[int]:
    """Bins of which the empty ones have the number of another."""
    filled, at = list(least), -1
    for _ in range(least.count(_EMPTY)):
        at = least.index(_EMPTY, at + 1)
        for other in _detour(at):
            if least[other] < _EMPTY:
                filled[at] = least[other]
                break
    return filled


@lru_cache(maxsize=BINS)
def _detour(at: int) -> tuple[int, ...]:
    """The bins from which an empty one is filled, in the order in which they are asked."""
    keyed = sorted((hashlib.blake2b(b"%d %d" % (at, other), digest_size=8).digest(), other) for other in range(BINS))
    return tuple(other for _, other in keyed if other != at)


def agreement(one: int, other: int) -> int:
    """How many of the `BINS` bins of two signatures agree; their share estimates the resemblance.

    Args:
        one: a signature as a number, its first byte the lowest.
        other: another.
    """
    differ = one ^ other
    # The sum sets the highest bit of each bin of which another bit is set, and runs over into no other bin.
    return BINS - (((differ & _LOW_BITS) + _LOW_BITS | differ) & _HIGHEST_BITS).bit_count()


_LOW_BITS, _HIGHEST_BITS = (int.from_bytes(two * BINS, "little") for two in (b"\xff\x7f", b"\x00\x80"))


def band_keys(one: bytes) -> bytes:
    """A number of 32 bits for each band of a signature, in their order; none for an empty one.

    Signatures whose rows agree in a band have the same number for it. Numbers are as this machine writes them.
    """
    return array("I", map(crc32, _ROWS_OF.unpack_from(one))).tobytes() if one else b""


_ROWS_OF = struct.Struct(f"{2 * ROWS}s" * BANDS)
