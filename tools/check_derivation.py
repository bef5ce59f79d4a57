"""Checks that every passage of a bag follows from its bytes: `python tools/check_derivation.py BAG_FOLDER`.

It repeats the rule of the bag's data/README.md and needs Python 3.11 alone. Checksums are any BagIt tool's business.
"""

import hashlib
import html
import json
import re
import sys
import unicodedata
from collections.abc import Callable
from pathlib import Path
from typing import Any

BLANKS = "\t \xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
CODECS = {"euc-kr": "cp949", "shift_jis": "cp932", "gbk": "gb18030", "big5": "big5hkscs", "windows-874": "cp874"}
CODECS |= {"x-mac-cyrillic": "mac_cyrillic", "macintosh": "mac_roman"}  # Python knows the others by the same name
TAG = r"""(?s:<!--(?:-?>|.*?(?:--!?>|\Z))|<!\[CDATA\[|\]\]>|</?[A-Za-z](?:[^>=]++|=[ \t\r\n\f]*+(?:"[^"]*+(?:"|\Z)"""
TAG += r"""|'[^']*+(?:'|\Z))?+)*+(?:>|\Z)|<[!?/][^>]*+(?:>|\Z))"""
BREAK_TAG, LINE = r"(?i:<br)(?![^\s/>])", "\r\n|\r|\n"
ESCAPE = r'\\(?:(?:u[0-9A-Fa-f]{4})(?:\\u[0-9A-Fa-f]{4})*|["\\/bfnrt])'
BIG_NUMBER = "&#(?:[0-9]{9,}|[Xx][0-9A-Fa-f]{9,});?"
ON_PARTS: dict[str, Callable[[str], str]] = {
    "json": lambda s: re.sub("[\ud800-\udfff]", "\ufffd", re.sub(ESCAPE, lambda m: json.loads(f'"{m[0]}"'), s))
}
ON_WHOLE: dict[str, Callable[[str], str]] = {
    "tags": lambda s: re.sub(TAG, lambda m: "\n" if re.match(BREAK_TAG, m[0]) else "", s),
    "entities": lambda s: html.unescape(re.sub(BIG_NUMBER, "\ufffd", s)),
    "controls": lambda s: re.sub("[\0-\x08\x0e-\x1f\x7f-\x9f\ufeff]", "", re.sub("[\v\f\x85\u2028\u2029]", "\n", s)),
    "soft-hyphens": lambda s: s.replace("\xad", ""),
    "join-lines": lambda s: " ".join(filter(None, (line.strip(BLANKS) for line in re.split(LINE, s)))),
    "join-lines-cjk": lambda s: "".join(line.strip(BLANKS) for line in re.split(LINE, s)),
    "keep-lines": lambda s: "\n".join(line.rstrip(BLANKS) for line in re.split(LINE, s)),
    "spaces": lambda s: re.sub("(?m)^ | $", "", re.sub(f"[{BLANKS}]+", " ", s)).strip("\n"),
    "nfc": lambda s: unicodedata.normalize("NFC", s),
}


def derive(parts: list[str], projection: str) -> str:
    version, names = projection.split(":")
    operations = names.split(",") if names else []
    lines = operations[:1] == ["parts-as-lines"]
    if version != "1" or not {*operations[lines:]} <= {*ON_PARTS, *ON_WHOLE}:
        raise ValueError(f"{projection} is not known here")
    for name in filter(ON_PARTS.get, operations):
        parts = [ON_PARTS[name](part) for part in parts]
    text = ("\n" if lines else "").join(parts)
    for name in filter(ON_WHOLE.get, operations):
        text = ON_WHOLE[name](text)
    return text


def part(bag: Path, record: dict[str, Any], span: dict[str, Any]) -> str:
    charset: str = next(file["charset"] for file in record["files"] if file["path"] == span["layer"])
    path = (bag / span["layer"]).resolve()
    if not path.is_relative_to(bag.resolve()):
        raise ValueError(f"{path} is not in the bag")
    with path.open("rb") as layer:
        layer.seek(span["byte_start"])
        data = layer.read(span["byte_end"] - span["byte_start"])
    return str(data, CODECS.get(charset, charset), "replace")


def problem(bag: Path, record: dict[str, Any], passage: dict[str, Any], start: int) -> str:
    try:
        text = derive([part(bag, record, span) for span in passage["spans"]], passage["projection"])
    except (LookupError, ValueError, OSError, StopIteration) as error:
        return f"cannot be derived: {error!r}"
    place = (start, len(text)) if passage["kept"] else (-1, 0)
    if text != passage["text"] or hashlib.sha256(text.encode()).hexdigest() != passage["sha256"]:
        return "its bytes say something else"
    return "" if place == (passage["char_start"], passage["char_count"]) else "stands elsewhere in the text"


def main(arguments: list[str]) -> int:
    if len(arguments) != 1 or not Path(arguments[0], "data", "records").is_dir():
        print("usage: python check_derivation.py BAG_FOLDER, the folder of one bag with data/records", file=sys.stderr)
        return 2
    checked = wrong = 0
    for file in sorted(Path(arguments[0]).glob("data/records/*.jsonl")):
        for record in map(json.loads, file.read_bytes().splitlines()):
            start = 0
            for passage in record["passages"]:
                found = problem(Path(arguments[0]), record, passage, start)
                start += len(passage["text"] + "\n\n") if passage["kept"] else 0
                checked, wrong = checked + 1, wrong + bool(found)
                if found:
                    print(f"{record['document_id']} {passage['passage_id']}: {found}")
    print(f"{checked} passages checked, {wrong} wrong")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
