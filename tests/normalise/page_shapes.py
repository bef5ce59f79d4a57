"""Pages as programs for sites write them: the same text in many shapes of markup and eight languages, ours alone."""

from __future__ import annotations

from collections.abc import Callable, Iterable

SENTENCES: dict[str, tuple[str, ...]] = {
    "en": (
        "The ferry left the harbour shortly after dawn, with eleven families on board and two goats in the hold.",
        "Nobody in the village had slept, because the wind had torn the roof from the school during the night.",
        "Officials said on Tuesday that the bridge would stay closed until engineers had looked at every bolt.",
        "She remembers the smell of coal, and how her grandmother counted coins by the light of the stove.",
        "Prices of rice have doubled since March, and traders blame both the drought and the new border rules.",
        "The committee met eleven times and published a report that few of its own members had read.",
    ),
    "de": (
        "Die Fähre verließ den Hafen kurz nach Sonnenaufgang, mit elf Familien an Bord und zwei Ziegen im Laderaum.",
        "Niemand im Dorf hatte geschlafen, weil der Wind in der Nacht das Dach von der Schule gerissen hatte.",
        "Am Dienstag teilte das Amt mit, die Brücke bleibe gesperrt, bis jede Schraube geprüft worden sei.",
        "Sie erinnert sich an den Geruch von Kohle und daran, wie ihre Großmutter am Ofen die Münzen zählte.",
        "Seit März haben sich die Preise für Reis verdoppelt, und die Händler geben der Dürre die Schuld.",
        "Der Ausschuss tagte elfmal und legte einen Bericht vor, den kaum eines seiner Mitglieder gelesen hatte.",
    ),
    "es": (
        "El transbordador salió del puerto poco después del amanecer, con once familias a bordo y dos cabras.",
        "Nadie había dormido en el pueblo, porque durante la noche el viento arrancó el techo de la escuela.",
        "Las autoridades dijeron el martes que el puente seguiría cerrado hasta que revisaran cada tornillo.",
        "Ella recuerda el olor del carbón y cómo su abuela contaba monedas a la luz de la estufa.",
        "El precio del arroz se ha duplicado desde marzo, y los comerciantes culpan a la sequía.",
        "La comisión se reunió once veces y publicó un informe que pocos de sus miembros habían leído.",
    ),
    "ru": (
        "Паром вышел из гавани вскоре после рассвета, на борту было одиннадцать семей и две козы в трюме.",
        "В деревне никто не спал, потому что ночью ветер сорвал крышу со школы.",
        "Чиновники заявили во вторник, что мост останется закрытым, пока инженеры не проверят каждый болт.",
        "Она помнит запах угля и то, как бабушка считала монеты при свете печи.",
        "С марта цены на рис удвоились, и торговцы винят в этом засуху и новые правила на границе.",
        "Комитет собирался одиннадцать раз и выпустил доклад, который мало кто из его членов прочёл.",
    ),
    "ar": (
        "غادرت العبارة الميناء بعد الفجر بقليل وعلى متنها إحدى عشرة عائلة وعنزتان في المخزن.",
        "لم ينم أحد في القرية لأن الريح اقتلعت سقف المدرسة خلال الليل.",
        "قال مسؤولون يوم الثلاثاء إن الجسر سيبقى مغلقا حتى يفحص المهندسون كل مسمار فيه.",
        "تتذكر رائحة الفحم وكيف كانت جدتها تعد النقود على ضوء الموقد.",
        "تضاعفت أسعار الأرز منذ مارس ويلقي التجار باللوم على الجفاف وقواعد الحدود الجديدة.",
        "اجتمعت اللجنة إحدى عشرة مرة ونشرت تقريرا لم يقرأه إلا قليل من أعضائها.",
    ),
    "ko": (
        "배는 동이 튼 직후 열한 가족과 염소 두 마리를 싣고 항구를 떠났다.",
        "밤새 바람이 학교 지붕을 날려 버려 마을에서는 아무도 잠을 이루지 못했다.",
        "당국은 화요일 기술자들이 볼트를 하나하나 점검할 때까지 다리를 폐쇄한다고 밝혔다.",
        "그는 석탄 냄새와 난롯불 앞에서 동전을 세던 할머니를 기억한다고 말했다.",
        "쌀값은 3월 이후 두 배로 올랐고 상인들은 가뭄과 새로운 국경 규정을 탓했다.",
        "위원회는 열한 차례 회의를 열었지만 보고서를 읽은 위원은 거의 없었다.",
    ),
    "zh": (
        "渡船在黎明后不久离开港口，船上载着十一户人家，货舱里还有两只山羊。",
        "夜里大风掀掉了学校的屋顶，村里没有一个人睡着。",
        "官员周二表示，在工程师检查完每一颗螺栓之前，大桥将继续关闭。",
        "她还记得煤的气味，也记得祖母在炉火旁数硬币的样子。",
        "自三月以来大米价格翻了一番，商人们把原因归咎于干旱和新的边境规定。",
        "委员会开了十一次会，发表了一份连自己的委员都很少读过的报告。",
    ),
    "ja": (
        "フェリーは夜明け直後に港を出て、十一の家族と二頭のヤギを乗せていた。",
        "夜のあいだに風が学校の屋根を吹き飛ばし、村では誰も眠れなかった。",
        "当局は火曜日、技術者がすべてのボルトを調べ終えるまで橋を閉鎖すると発表した。",
        "彼女は石炭のにおいと、ストーブの明かりで小銭を数える祖母の姿を覚えている。",
        "米の値段は三月から二倍になり、商人たちは干ばつと新しい国境の規則のせいだと言う。",
        "委員会は十一回開かれ、委員自身もほとんど読んでいない報告書を公表した。",
    ),
}
TITLES = {
    "en": ("Night ferry to the northern islands", "What the inspectors found"),
    "de": ("Nachtfähre zu den nördlichen Inseln", "Was die Prüfer fanden"),
    "es": ("Transbordador nocturno a las islas del norte", "Lo que encontraron los inspectores"),
    "ru": ("Ночной паром на северные острова", "Что нашли инспекторы"),
    "ar": ("عبارة الليل إلى الجزر الشمالية", "ما وجده المفتشون"),
    "ko": ("북쪽 섬으로 가는 밤배", "점검반이 찾아낸 것"),
    "zh": ("开往北方岛屿的夜航船", "检查人员的发现"),
    "ja": ("北の島へ向かう夜のフェリー", "検査で分かったこと"),
}
FURNITURE = ("Another tale", "We use cookies", "All rights reserved", "Culture")
"""What stands around every one of the pages."""

_MENU = "".join(f"<li><a href='/{one}'>{one}</a></li>" for one in ("Home", "News", "Politics", "Culture", "Travel"))
_BEFORE = (
    "<div class='cookie-banner'><p>We use cookies to give you the best experience on our website.</p>"
    "<button>Accept</button></div><header class=site-header><a href=/>Example Daily</a>"
    f"<nav><ul>{_MENU}</ul></nav></header>"
)
_AFTER = "<div class='related-posts'><h3>Related articles</h3>" + "".join(
    f"<div class=teaser><a href='/{number}'><h4>Another tale, the {number}th</h4></a>"
    "<p>Somebody did something quite different somewhere, read about it here and now.</p></div>"
    for number in range(4, 7)
)
_END = "</div><footer class='site-footer'><p>© 2024 Example Daily. All rights reserved.</p></footer>"

Shape = Callable[[str, str, list[str]], str]
"""From a title, a heading and paragraphs to the markup of a text."""


def _in(paragraphs: Iterable[str], markup: str) -> str:
    return "".join(markup.replace("@", one) for one in paragraphs)


def _in_two(title: str, heading: str, paragraphs: list[str], markup: str, between: str = "<h2>@</h2>") -> str:
    return f"<h1>{title}</h1>{_in(paragraphs[:3], markup)}{between.replace('@', heading)}{_in(paragraphs[3:], markup)}"


def _builder(markup: str) -> Shape:
    return lambda title, heading, paragraphs: f"<div>{_in_two(title, heading, paragraphs, markup)}</div>"


def _frames(title: str, heading: str, paragraphs: list[str]) -> str:
    frame = "<div class='frame'>#<div class=ce-bodytext><p>@ @</p></div></div>"
    headed = frame.replace("#", f"<header><h2>{heading}</h2></header>")
    others = _in(paragraphs[1:], frame.replace("#", ""))
    return f"<div id=content><h1>{title}</h1>{_in(paragraphs[:1], headed)}{others}</div>"


def _questions(title: str, heading: str, paragraphs: list[str]) -> str:
    answers = "".join(
        f"<div><button aria-expanded=false aria-controls=a{place}>{one}</button>"
        f"<div role=region aria-labelledby=q{place} hidden><p>{one} {one}</p></div></div>"
        for place, one in enumerate(paragraphs[3:])
    )
    return f"<main><h1>{title}</h1>{_in(paragraphs[:3], '<p>@ @')}<h2>{heading}</h2>{answers}</main>"


def _forum(title: str, heading: str, paragraphs: list[str]) -> str:
    posts = "".join(
        f"<div class='post'><dl><dt><a href=u>user{place}</a></dt><dd>Posts: {place}</dd></dl><div class=postbody>"
        f"<p class=author>by <a href=u>user{place}</a> » Mon May 0{place + 1}, 2021 3:12 pm</p>"
        f"<div>{one} {one}</div></div></div>"
        for place, one in enumerate(paragraphs)
    )
    return f"<div id=page-body><h2>{title}</h2><h3>{heading}</h3>{posts}</div>"


def _talk(title: str, heading: str, paragraphs: list[str]) -> str:
    posts = _in(paragraphs, "<div class='comment'><div class='comment-content'><p>@ @</p></div></div>")
    return f"<h1>{title}</h1><div class=comments><h2>{heading}</h2>{posts}</div>"


def _layout_table(title: str, heading: str, paragraphs: list[str]) -> str:
    inner = _in_two(title, heading, paragraphs, "<p><font face=arial>@</font>", "<p><b>@</b>")
    return f"<table width=100%><tr><td width=150>Boats</td><td>{inner}</td></tr></table>"


def _pictures(title: str, heading: str, paragraphs: list[str]) -> str:
    return f"<h1>{title}</h1><h2>{heading}</h2>" + _in(paragraphs, "<figure><img><figcaption>@ @</figcaption></figure>")


SHAPES: dict[str, Shape] = {
    "Elementor": _builder(
        "<div class='elementor-element elementor-widget elementor-widget-text-editor'>"
        "<div class='elementor-widget-container'><p>@</p></div></div>"
    ),
    "Divi": _builder("<div class='et_pb_module et_pb_text'><div class=et_pb_text_inner><p>@</p></div></div>"),
    "SiteOrigin": _builder("<div class='so-panel widget widget_sow-editor'><div class=textwidget><p>@</p></div></div>"),
    "TYPO3": _frames,
    "WordPress": lambda title, heading, paragraphs: (
        "<main><article class='post type-post category-featured tag-news'><div class=entry-content>"
        + _in_two(title, heading, paragraphs, "<p>@")
        + "</div></article></main>"
    ),
    "lines": lambda title, heading, paragraphs: (
        f"<div id=articleBody><h1>{title}</h1><b>{heading}</b><br><br>{'<br><br>'.join(paragraphs)}</div>"
    ),
    "divisions": lambda title, heading, paragraphs: (
        "<div class=wrap><div id=news_body_area>"
        + _in_two(title, heading, paragraphs, "<div>@</div>", "<div><strong>@</strong></div>")
        + "</div></div>"
    ),
    "a table for the layout": _layout_table,
    "a lead called a teaser": lambda title, heading, paragraphs: (
        f"<main><article><h1>{title}</h1><div class='article-teaser'><p>{paragraphs[0]}</p></div><h2>{heading}</h2>"
        f"<div class=article-text>{_in(paragraphs[1:], '<p>@')}</div></article></main>"
    ),
    "questions that open their answers": _questions,
    "details": lambda title, heading, paragraphs: (
        f"<main><h1>{title}</h1><h2>{heading}</h2>"
        + _in(paragraphs, "<p>@ @<details><summary>@</summary><p>@ @</p></details>")
        + "</main>"
    ),
    "pictures with captions": _pictures,
    "a forum": _forum,
    "talk and nothing else": _talk,
    "a list": lambda title, heading, paragraphs: (
        f"<article><h1>{title}</h1><h2>{heading}</h2><ul>{_in(paragraphs, '<li>@')}</ul></article>"
    ),
    "an interview": lambda title, heading, paragraphs: (
        f"<article><h1>{title}</h1><h2>{heading}</h2>{_in(paragraphs, '<p><b>@</b></p><p>@ @</p>')}</article>"
    ),
    "sections": lambda title, heading, paragraphs: (
        f"<main><section class=hero><h1>{title}</h1></section><h2>{heading}</h2>"
        + _in(paragraphs, "<section class=content-section><h3>@</h3><p>@ @</p></section>")
        + "</main>"
    ),
}


WITHOUT_HEADING = frozenset({"a forum", "pictures with captions"})
"""Shapes in which the heading is a line of the site."""


def page(language: str, shape: str, beside: str = "") -> tuple[str, list[str]]:
    """A page of a site, and what of it is its text.

    Args:
        language: one of `SENTENCES`.
        shape: one of `SHAPES`.
        beside: markup right below the text.
    """
    title, heading = TITLES[language]
    paragraphs = list(SENTENCES[language])
    body = SHAPES[shape](title, heading, paragraphs)
    head = f"<meta charset=utf-8><title>{title} | Example Daily</title>"
    whole = f"<!doctype html><html lang={language}><head>{head}</head><body>{_BEFORE}{body}{beside}{_AFTER}{_END}"
    return whole, [title, *paragraphs] if shape in WITHOUT_HEADING else [title, heading, *paragraphs]
