"""Authors as pages in Korean, Chinese and Japanese state them: names beside a calling, an office or a place."""

from __future__ import annotations

import re

_EASTERN = re.compile("[\u3041-\u30fa\u4e00-\u9fff\uac00-\ud7a3]")
_ADDRESS = re.compile(r"[(<\[【]?\S+@\S+[)>\]】]?")
_HANGUL, _HAN = "[가-힣]", "[\u4e00-\u9fff々]"
_CALLING = (
    r"(?:(?:선임|인턴|객원|수습|전문|대표|대)?기자|특파원|논설위원|논설실장|편집위원|통신원|칼럼니스트|앵커|리포터|작가|교수|연구위원"
    r"|本报记者|(?:见习|實習|实习|首席)?(?:记者|記者)|实习生|通讯员|特派员|特派員|特约撰稿人|(?:专栏)?作者|评论员|編集委員|論説委員|論説委員長)"
)
_BEFORE = re.compile(
    r"(?:[\[(【（〔][^\])】）〕]{0,24}[\])】）〕]\s*)?"
    r"(?:(?:작성자|글쓴이|글|기자|저자|作者|撰文|撰稿|采写|文|著者|執筆者?|筆者|作成者|投稿者)\s*[:：/／=＝|｜]\s*"
    r"|(?:【?[가-힣\u3041-\u30faー\u4e00-\u9fff]{1,8}\s?[=＝]\s?)"
    r"|(?:[\u4e00-\u9fff]{0,8}(?:社|网|網|报|報|讯))?\s?(?:本报|本報)?(?:见习|实习|首席)?(?:记者|記者|通讯员|特派员|特派員)\s?[:：]?\s?)"
)
_AFTER = re.compile(rf"\s*[(（]?{_CALLING}[)）]?(?:\s*[=＝].*|\s*[|｜/].*|\s*)$")
_NO_PERSON = re.compile(
    r"编辑|編輯|責編|责编|编审|校对|来源|來源|出处|综合|编译|편집|편집국|뉴스팀|취재팀|온라인|디지털|인턴팀|데스크|관리자|운영자"
    r"|編集部|編集局|取材班|管理人|管理者|管理员|網站|网站|频道|社论|社説|사설|신문$|일보$|뉴스$|통신$|방송$|저널$|닷컴"
    r"|[报報网網社台]$|新聞$|新闻$|通信$"
)
_APART = re.compile(r"\s*(?:[·・、，,;；/／&]|(?:本报|本報)?(?:记者|記者|通讯员|通訊員))\s*")
_NAMES = re.compile(rf"(?:{_HANGUL}{{2,4}}|{_HAN}{{2,4}}|{_HAN}{{1,4}}[\u3041-\u30faー]{{1,6}})\Z")
_IN_A_ROW = re.compile(rf"(?:{_HANGUL}{{3}}(?:\s{_HANGUL}{{3}})+|{_HAN}{{2,3}}(?:\s{_HAN}{{2,3}})+)\Z")


def eastern_authors(stated: str) -> tuple[str, ...] | None:
    """The names in a value that is written in an East Asian script; None where it is not, or reads as no such name.

    >>> eastern_authors("서울=김하늘 기자 a@b.org"), eastern_authors("本报记者 李明、王芳")
    (('김하늘',), ('李明', '王芳'))
    >>> eastern_authors("责任编辑：李明"), eastern_authors("예시일보 편집국")
    ((), ())
    """
    if stated.isascii() or not _EASTERN.search(stated):
        return None
    name = _ADDRESS.sub(" ", stated).strip()
    before = _BEFORE.match(name)
    name = name[before.end() :] if before else name
    found = _AFTER.search(name)
    name = (name[: found.start()] if found else name).strip(" ()（）【】[]|｜·,，、")
    if _NO_PERSON.search(name):
        return ()
    parts = _APART.split(name)
    if len(parts) == 1 and _IN_A_ROW.match(name):
        parts = name.split()
    parts = [_AFTER.sub("", part) for part in parts if part]
    if parts and all(map(_NAMES.match, parts)):
        return tuple(dict.fromkeys(parts))
    likely = [word for word in reversed(name.split()) if _NAMES.match(word)] if before or found else []
    return (likely[0],) if likely else None
