"""The rule of derivation in prose, for the page that travels in every bag."""

from __future__ import annotations

from archive.model.charsets import CODECS
from archive.model.derivation import BLANKS

_CHARSETS = "\n".join(f"| {name} | {codec} |" for name, codec in CODECS.items())
_BLANKS = ", ".join(f"U+{ord(blank):04X}" for blank in BLANKS)

RULE_TEXT = f"""\
Every passage names ranges of bytes, its *spans*, in files of this bag, and a *projection*: a version, a colon, and
the names of operations, with commas between. Its text is what this gives:

1. Take the bytes of each span, in the order in which the spans are listed: from `byte_start` up to and without
   `byte_end` of the file `layer`. Decode each by itself with the charset that `files` gives for that layer. What
   cannot be decoded becomes U+FFFD; in UTF-8 one for each maximal subpart (Unicode 3.9, the practice of the WHATWG).
2. Carry out `json` and `doubled-quotes`, if they are named, on each part, in the order in which they are named.
3. Put the parts together with nothing between; with LF between if the first operation is `parts-as-lines`.
4. Carry out the other operations on the whole, in the order in which they are named.

The sha256 of the result in UTF-8 is the passage's `sha256`. An operation or a version that you do not know is an
error, never something to pass over. Version 1 has these operations:

| operation | what it does |
| --- | --- |
| `parts-as-lines` | LF between the parts instead of nothing; stands first or not at all |
| `json` | each part is the inside of a JSON string: its escapes (`\\n`, `\\"`, `\\u00e9`, pairs of surrogates) are \
resolved; a lone surrogate becomes U+FFFD |
| `doubled-quotes` | each part is the inside of a quoted cell of a CSV file (RFC 4180): every two quotation marks \
(`""`), from the left, become one |
| `cdata` | each CDATA section, from `<![CDATA[` to `]]>` or else to the end, becomes what it holds, with `&amp;` for \
every `&` and `&lt;` for every `<`; what `tags` removes otherwise is passed over, with all that it holds |
| `tags` | comments, declarations, start and end tags and the marks of CDATA sections are removed; a `br` start tag \
becomes LF. A quoted value of an attribute may hold `>`; what is not closed reaches to the end |
| `entities` | HTML character references are resolved, once, by the table and rules of HTML 13.5 and 13.2.5.72 (as \
Python's `html.unescape`); a number of nine digits or more becomes U+FFFD |
| `controls` | VT, FF, U+0085, U+2028 and U+2029 become LF; then U+0000 to U+001F without TAB, LF and CR, U+007F to \
U+009F and U+FEFF are removed |
| `soft-hyphens` | U+00AD is removed |
| `join-lines` | the text is cut at CR LF, CR and LF; blanks at both ends of each line are removed; lines that are not \
empty are joined with one space |
| `join-lines-cjk` | the same, joined with nothing |
| `keep-lines` | CR LF and CR become LF; blanks at the end of each line are removed |
| `spaces` | each run of blanks becomes one space; spaces at the start and end of each line (LF) are removed; LFs at \
the start and end of the text are removed |
| `nfc` | Unicode normalisation form C |

*Blanks* are {_BLANKS}.

`tags` removes what this expression matches (Python's syntax, DOTALL; `++`, `*+` and `?+` only make it fast):

    <!--(?:-?>|.*?(?:--!?>|\\Z))
    |<!\\[CDATA\\[|\\]\\]>
    |</?[A-Za-z](?:[^>=]++|=[ \\t\\r\\n\\f]*+(?:"[^"]*+(?:"|\\Z)|'[^']*+(?:'|\\Z))?+)*+(?:>|\\Z)
    |<[!?/][^>]*+(?:>|\\Z)

Charsets have the names of the WHATWG Encoding Standard. Where its tables and those of CPython's codec differ (a few
private-use and vendor characters), CPython's hold:

| charset | codec |
| --- | --- |
{_CHARSETS}

An original in an encoding with states (ISO-2022-JP, ISO-2022-KR, HZ, UTF-7), in UTF-32, or an HTML page in UTF-16 is
decoded once as a whole; the result is stored in UTF-8 as a derived layer, and the spans point into that. So is the \
text that a program took out of a format whose bytes do not hold it plainly (PDF, word processors, books); an event of \
the document names the program and its version, and each passage the page or the part that it stood in.

The text of a document is its kept passages in their order with a blank line (two LF) between; `char_start` and
`char_count` count its code points.
"""
"""Markdown without a heading of its own, the same for every bag of one version of this program."""
