"""Repeats, with Python 3.11 alone, the rule in a bag's data/README.md: `python check_derivation.py BAG_FOLDER`."""

import html
import json
import re
import sys
import unicodedata
from collections.abc import Callable
from functools import reduce
from hashlib import sha256
from pathlib import Path

BLANKS = "\t \xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
MARKS = "".join(filter(unicodedata.combining, map(chr, range(0x110000))))
CODECS = {"euc-kr": "cp949", "shift_jis": "cp932", "gbk": "gb18030", "big5": "big5hkscs", "windows-874": "cp874"}
TAG = r"""(?s:<!--(?:-?>|.*?(?:--!?>|\Z))|<!\[CDATA\[|\]\]>|</?[A-Za-z](?:[^>=]++|=[ \t\r\n\f]*+(?:"[^"]*+(?:"|\Z)"""
TAG += r"""|'[^']*+(?:'|\Z))?+)*+(?:>|\Z)|<[!?/][^>]*+(?:>|\Z))"""
CDATA, ESCAPE = rf"(?s:<!\[CDATA\[(.*?)(?:\]\]>|\Z))|{TAG}", r'\\(?:u[0-9A-Fa-f]{4}(?:\\u[0-9A-Fa-f]{4})*|["\\/bfnrt])'
ON_PARTS: dict[str, Callable[[str], str]] = {"doubled-quotes": lambda s: s.replace('""', '"')}
ON_PARTS["json"] = lambda s: re.sub("[\ud800-\udfff]", "\ufffd", re.sub(ESCAPE, lambda m: json.loads(f'"{m[0]}"'), s))
ON_WHOLE: dict[str, Callable[[str], str]] = {
    "cdata": lambda s: re.sub(CDATA, lambda m: m[0] if m[1] is None else m[1].translate({38: "&amp;", 60: "&lt;"}), s),
    "tags": lambda s: re.sub(TAG, lambda tag: "\n" if re.match(r"(?i:<br)(?![^\s/>])", tag[0]) else "", s),
    "entities": lambda s: html.unescape(re.sub("&#(?:[0-9]{9,}|[Xx][0-9A-Fa-f]{9,});?", "\ufffd", s)),
    "controls": lambda s: re.sub("[\0-\x08\x0e-\x1f\x7f-\x9f\ufeff]", "", re.sub("[\v\f\x85\u2028\u2029]", "\n", s)),
    "soft-hyphens": lambda s: s.replace("\xad", ""),
    "join-lines": lambda s: " ".join(filter(None, (line.strip(BLANKS) for line in re.split("\r\n|\r|\n", s)))),
    "join-lines-cjk": lambda s: "".join(line.strip(BLANKS) for line in re.split("\r\n|\r|\n", s)),
    "keep-lines": lambda s: "\n".join(line.rstrip(BLANKS) for line in re.split("\r\n|\r|\n", s)),
    "spaces": lambda s: re.sub("(?m)^ | $", "", re.sub(f"[{BLANKS}]+", " ", s)).strip("\n"),
    "nfc": lambda s: unicodedata.normalize("NFC", s if len(s) < 2000 else in_order(s)),
}


def in_order(text: str) -> str:  # what Unicode does with marks itself, but in time that does not grow with the square
    apart = "".join(unicodedata.normalize("NFD", one) for one in text)
    return re.sub(f"[{MARKS}]+", lambda run: "".join(sorted(run[0], key=unicodedata.combining)), apart)


def derive(parts: list[str], projection: str) -> str:
    names = [name for name in projection.removeprefix("1:").split(",") if name]
    glue = "\n" if names[:1] == ["parts-as-lines"] and names.pop(0) else ""
    while names and names[0] in ON_PARTS:
        parts = list(map(ON_PARTS[names.pop(0)], parts))
    return reduce(lambda text, name: ON_WHOLE[name](text), names, glue.join(parts))


def piece(bag: Path, charsets: dict[str, str], span: dict[str, str | int]) -> str:
    path, charset, start = bag / str(span["layer"]), charsets[str(span["layer"])], int(span["byte_start"])
    path.resolve().relative_to(bag.resolve())  # a ValueError where a name leads out of the bag
    with path.open("rb") as file:
        file.seek(start)
        return str(file.read(int(span["byte_end"]) - start), CODECS.get(charset, charset.removeprefix("x-")), "replace")


def main(bag: Path) -> int:
    shards = sorted(bag.glob("data/records/*.jsonl")) or sys.exit(f"{bag} has no data/records; give a bag's folder")
    checked = wrong = 0
    for record in (json.loads(line) for shard in shards for line in shard.read_bytes().splitlines()):
        start, charsets = 0, {file["path"]: file["charset"] for file in record["files"]}
        for passage in record["passages"]:
            said = [passage[name] for name in ("text", "sha256", "char_start", "char_count")]
            try:
                text = derive([piece(bag, charsets, span) for span in passage["spans"]], passage["projection"])
                found = [text, sha256(text.encode()).hexdigest(), *((start, len(text)) if passage["kept"] else (-1, 0))]
            except (LookupError, OSError, TypeError, ValueError) as error:
                found = [repr(error)]
            if found != said:
                print(f"{record['document_id']} {passage['passage_id']}: {said} should be {found}"[:2000])
            start += len(passage["text"]) + 2 if passage["kept"] else 0
            checked, wrong = checked + 1, wrong + (found != said)
    print(f"{checked} passages checked, {wrong} wrong")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[-1])))
