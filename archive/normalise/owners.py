"""Who published a page: whom a line of copyright names as its owner, or a line above a Chinese text as its source."""

from __future__ import annotations

import re
from functools import lru_cache

_RIGHTS = re.compile(
    r"(?:copyright|copyrights|저작권자|版权所有|版權所有|著作権)?\s*(?:©|ⓒ|\(c\)|&copy;"
    r"|copyright|版权所有|版權所有)[\s:：]*(?:copyright\s*)?(?P<years>(?:19|20)\d\d(?:\s*[-–—,]\s*(?:(?:19|20)?\d\d|present"
    r"|today))?)?[,.]?\s*(?:by\s+)?(?P<who>[^\d|©ⓒ•·]{3,80})",
    re.IGNORECASE,
)
_SIGNS = ("©", "ⓒ", "(c)", "&copy;", "copyright", "版权所有", "版權所有")
_AFTER_OWNER = re.compile(
    r"\s*(?:[.,;:]?\s*(?:all rights reserved|some rights reserved|alle rechte|tous droits|todos los derechos"
    r"|tutti i diritti|todos os direitos|все права|무단|all right"
    r"|無断|禁|版权|版權|全著作権|不許|不得|未经|未經|tüm hakları|wszelkie|"
    r"powered by|privacy|terms|impressum|datenschutz|licen[sc]e|reprint|reproduction|unauthorized|no part"
    r"|inc\.? all)|\s[-–—|]\s|\.\s|\.$|\)|\(|$)",
    re.IGNORECASE,
)
_RESERVED = re.compile(r"reserved|무단|저작권|無断|禁|版权|版權|著作権", re.IGNORECASE)
_YEAR_AFTER = re.compile(r"(?:19|20)\d\d\s*(?:$|[.,;|)–—-])")
_NO_OWNER = re.compile(
    r"(?:the )?(?:authors?|owners?|respective|getty|reuters/|photo|all|rights|this|images?|by|www|http"
    r"|picture|bild|foto|afp via|imago)\b"
    r"|不得|不许|非本|概不负责|概不負責|不許|违者|違者|未经|未經|翻印|侵权|侵權|禁止|转载|轉載|保留",
    re.IGNORECASE,
)

_MOST_WORDS = 7
"""Words of the longest name; what is longer says something else."""


@lru_cache(maxsize=1_024)
def rights_owner(line: str) -> str:
    """Who a line of copyright names as the owner, or an empty string.

    >>> rights_owner("© 2013 Example Daily. All rights reserved.")
    'Example Daily'
    """
    lowered = line.lower()
    found = _RIGHTS.search(line) if any(sign in lowered for sign in _SIGNS) else None
    if found is None or not (found["years"] or _RESERVED.search(line) or _YEAR_AFTER.match(line, found.end())):
        return ""
    who = found["who"]
    end = _AFTER_OWNER.search(who)
    who = (who[: end.start()] if end else who).strip(" .,:;-–—|/")
    who = who.lstrip("®™/ ").removeprefix("TM ")
    if (
        len(who) < 3
        or len(who.split()) > _MOST_WORDS
        or _NO_OWNER.match(who)
        or not (who[0].isupper() or not who[0].isascii())
    ):
        return ""
    return who


_SOURCE = re.compile(
    r"(?:^|[\s|｜])(?:新闻来源|新聞來源|文章来源|文章來源|信息来源|消息来源|资料来源|来源|來源|稿源|出处|出處)\s?[:：]\s*"
    r"(?P<who>[^\s|｜:：()（）【】<>，。]{2,20})"
)
_NO_SOURCE = re.compile(
    r"网络|網絡|網路|互联网|综合|綜合|本站|本网|作者|未知|转载|轉載|不详|不詳|编辑|編輯|责任|图片|圖片|其他|http|www"
)


def source_of(line: str) -> str:
    """Whom a line above a Chinese text names as where it was published, or an empty string.

    >>> source_of("2013-06-18 10:22 来源：例子日报"), source_of("来源：网络")
    ('例子日报', '')
    """
    found = None if line.isascii() else _SOURCE.search(line)
    return "" if found is None or _NO_SOURCE.search(found["who"]) else found["who"]
