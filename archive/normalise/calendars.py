"""Names of months and days in many languages, digits of many scripts, and the years of eras."""

from __future__ import annotations

import re
from datetime import date

_MONTHS = {
    1: "january jan januar jänner jän janvier janv enero ene gennaio gen janeiro januari stycznia styczeń "
    "января январь янв ocak січня січень يناير جانفي|كانون الثاني",
    2: "february feb februar feber février févr fév febrero febbraio febbr fevereiro fev februari lutego luty "
    "февраля февраль фев şubat лютого лютий فبراير فيفري شباط",
    3: "march mar märz mär mrz mars marzo março maart mrt marts marca marzec марта март мар mart березня березень "
    "مارس آذار اذار",
    4: "april apr avril avr abril abr aprile kwietnia kwiecień апреля апрель апр nisan квітня квітень "
    "أبريل ابريل إبريل أفريل نيسان",
    5: "may mai mayo maggio mag maio mei maja maj мая май mayıs травня травень مايو ماي أيار ايار",
    6: "june jun juni juin junio giugno giu junho czerwca czerwiec июня июнь июн haziran червня червень "
    "يونيو يونيه جوان حزيران",
    7: "july jul juli juillet juil julio luglio lug julho lipca lipiec июля июль июл temmuz липня липень "
    "يوليو يوليه جويلية تموز",
    8: "august aug août aout agosto ago augustus augusti sierpnia sierpień августа август авг ağustos серпня серпень "
    "أغسطس اغسطس أوت آب",
    9: "september sept sep septembre septiembre setiembre settembre sett set setembro września wrzesień "
    "сентября сентябрь сент сен eylül вересня вересень سبتمبر أيلول ايلول",
    10: "october oct oktober okt octobre octubre ottobre ott outubro out października październik октября "
    "октябрь окт ekim жовтня жовтень أكتوبر اكتوبر|تشرين الأول|تشرين الاول",
    11: "november nov novembre noviembre novembro listopada listopad ноября ноябрь нояб ноя kasım "
    "листопада листопад نوفمبر|تشرين الثاني",
    12: "december dec dezember dez décembre déc diciembre dic dicembre dezembro desember grudnia grudzień "
    "декабря декабрь дек aralık грудня грудень ديسمبر|كانون الأول|كانون الاول",
}  # fmt: skip
"""Number -> names of one word, then those of two, each after a bar."""

_MORE_MONTHS = {
    1: "ledna ianuarie ιανουαρίου ιανουάριος tammikuuta tammikuu január ינואר בינואר siječnja јануар јануара януари",
    2: "února únor februarie φεβρουαρίου φεβρουάριος helmikuuta helmikuu február "
    "פברואר בפברואר veljače februara фебруар фебруара февруари pebruari",
    3: "března březen martie μαρτίου μάρτιος maaliskuuta maaliskuu március מרץ במרץ ožujka marta maret marec",
    4: "dubna duben aprilie απριλίου απρίλιος huhtikuuta huhtikuu április אפריל באפריל travnja aprila април",
    5: "května květen μαΐου μάιος toukokuuta toukokuu május מאי במאי svibnja maí мај",
    6: "června červen iunie ιουνίου ιούνιος kesäkuuta kesäkuu június יוני ביוני lipnja juna јун јуна юни",
    7: "července červenec iulie ιουλίου ιούλιος heinäkuuta heinäkuu július יולי ביולי srpnja jula јул јула юли",
    8: "srpna srpen αυγούστου αύγουστος elokuuta elokuu augusztus אוגוסט באוגוסט kolovoza avgusta agustus",
    9: "září septembrie σεπτεμβρίου σεπτέμβριος syyskuuta syyskuu "
    "szeptember ספטמבר בספטמבר rujna septembra септембар септември",
    10: "října říjen octombrie οκτωβρίου οκτώβριος lokakuuta lokakuu október אוקטובר באוקטובר oktobra октобар октомври",
    11: "listopadu noiembrie νοεμβρίου νοέμβριος marraskuuta marraskuu נובמבר "
    "בנובמבר studenoga studenog novembra nopember kasim новембар ноември",
    12: "prosince prosinec decembrie δεκεμβρίου δεκέμβριος joulukuuta joulukuu "
    "דצמבר בדצמבר prosinca decembra aralik децембар декември",
}
"""Those of Czech, Slovak, Hungarian, Romanian, Greek, Finnish, Hebrew, Croatian, Serbian, Bulgarian and Indonesian."""

MONTH_OF = {
    name: number
    for number, names in _MONTHS.items()
    for name in (*names.partition("|")[0].split(), *names.split("|")[1:], *_MORE_MONTHS[number].split())
}
"""Name of a month in lower case -> its number."""

_WEEKDAYS = (
    "monday tuesday wednesday thursday friday saturday sunday mon tues tue wed weds thurs thur thu fri sat sun "
    "montag dienstag mittwoch donnerstag freitag samstag sonnabend sonntag mo di mi do fr sa so "
    "lundi mardi mercredi jeudi vendredi samedi dimanche lunes martes miércoles jueves viernes sábado domingo "
    "lunedì martedì mercoledì giovedì venerdì sabato domenica segunda terça quarta quinta sexta feira segunda-feira "
    "terça-feira quarta-feira quinta-feira sexta-feira maandag dinsdag woensdag donderdag vrijdag zaterdag zondag "
    "poniedziałek wtorek środa czwartek piątek sobota niedziela "
    "понедельник вторник среда четверг пятница суббота воскресенье пн вт ср чт пт сб вс "
    "понеділок вівторок середа п'ятниця субота неділя 월 화 수 목 금 토 일 "
    "월요일 화요일 수요일 목요일 금요일 토요일 일요일 月 火 水 木 金 土 日 "
    "星期一 星期二 星期三 星期四 星期五 星期六 星期日 星期天 周一 周二 周三 周四 周五 周六 周日 "
    "週一 週二 週三 週四 週五 週六 週日 "
    "月曜日 火曜日 水曜日 木曜日 金曜日 土曜日 日曜日 朝刊 夕刊 года року г р r stand "
    "الأحد الاحد الاثنين الإثنين الثلاثاء الأربعاء الاربعاء الخميس الجمعة السبت "
    "pazartesi salı çarşamba perşembe cuma cumartesi pazar "
    "måndag tisdag onsdag torsdag fredag lördag söndag mandag tirsdag lørdag søndag "
    "maanantai tiistai keskiviikko torstai perjantai lauantai sunnuntai maanantaina tiistaina "
    "keskiviikkona torstaina perjantaina lauantaina sunnuntaina "
    "pondělí úterý středa čtvrtek pátek neděle pondelok utorok streda štvrtok piatok nedeľa "
    "hétfő kedd szerda csütörtök péntek szombat vasárnap luni marți marţi miercuri joi vineri sâmbătă "
    "duminică "
    "δευτέρα τρίτη τετάρτη πέμπτη παρασκευή σάββατο κυριακή "
    "ponedjeljak ponedeljak utorak srijeda sreda četvrtak petak subota nedjelja nedelja понедељак уторак "
    "четвртак петак недеља понеделник сряда четвъртък петък събота неделя "
    "senin selasa rabu kamis jumat jum'at sabtu minggu "
    "دوشنبه سه‌شنبه چهارشنبه پنجشنبه پنج‌شنبه جمعه شنبه یکشنبه یک‌شنبه "
)
_WEEKDAYS_OF_TWO = "thứ hai|thứ ba|thứ tư|thứ năm|thứ sáu|thứ bảy|chủ nhật"
_DAYS = "|".join((_WEEKDAYS_OF_TWO, *sorted(_WEEKDAYS.split(), key=lambda day: (-len(day), day))))
WEEKDAY = re.compile(
    rf"[(\[（]?(?<!\w)(?:{_DAYS})(?!\w)[)\].,،）]*",
    re.IGNORECASE,
)
"""The name of a day, and words that belong to a date as much: *edition of the morning*, *of the year*, *as of*."""
_WORD = re.compile(r"\w+")
_FIRST_WORDS = frozenset(_WORD.findall(day.replace("ı", "i"))[0] for day in _WEEKDAYS.split())
"""The first words of days; where case is not regarded the dotless i is one of ASCII."""

_FEASTS = (
    "christmas easter advent lent whitsun michaelmas midsummer passover pentecost epiphany ramadan eid diwali hanukkah "
    "thanksgiving halloween spring summer autumn winter weihnachten ostern pfingsten noël pâques navidad pascua natale "
    "pasqua natal páscoa morning noon afternoon evening night midnight dawn dusk daylight nightfall moonlight lamplight"
)
TIMES = frozenset(f"{_WEEKDAYS} {_FEASTS}".split())
"""Names of days and their parts, feasts and seasons in lower case: *by Tuesday*, *by Christmas* say when, not who."""

_DIGITS = str.maketrans(
    "٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹０１２３４５６７８９／．－：İ",
    "01234567890123456789" + "0123456789/.-:i",
)
_OTHER_DIGITS = re.compile(f"[{''.join(map(chr, _DIGITS))}]")
_ERAS = {
    "令和": (date(2019, 5, 1), date.max),
    "平成": (date(1989, 1, 8), date(2019, 4, 30)),
    "昭和": (date(1926, 12, 25), date(1989, 1, 7)),
    "大正": (date(1912, 7, 30), date(1926, 12, 24)),
    "明治": (date(1868, 10, 23), date(1912, 7, 29)),
    "民國": (date(1912, 1, 1), date.max),
    "民国": (date(1912, 1, 1), date.max),
}
ERAS = "|".join(_ERAS)
_NUMERALS = {sign: number for number, signs in enumerate(("〇零○", *"一二三四五六七八九")) for sign in signs}


def with_plain_digits(line: str) -> str:
    """The line with the digits of ASCII and in lower case; each character stays where it is.

    >>> with_plain_digits("٧ May ２０１１")
    '7 may 2011'
    """
    if line.isascii():
        return line.lower()
    plain = line.translate(_DIGITS) if _OTHER_DIGITS.search(line) is not None else line
    lowered = plain.lower()
    return lowered if len(lowered) == len(line) else plain


def without_days(text: str, instead: str = "") -> str:
    """The text without what `WEEKDAY` finds, and with something else `instead`.

    >>> without_days("On Monday, 3 May", "*")
    'On * 3 May'
    """
    if text.isascii() and _FIRST_WORDS.isdisjoint(_WORD.findall(text.lower())):
        return text
    return WEEKDAY.sub(instead, text)


def day_of(year: int, month: int, day: int) -> date | None:
    """The day, or None where the calendar has none such."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def day_of_era(era: str, year: str, month: int, day: int) -> date | None:
    """The day that a year of a Japanese era, or of the Republic of China, means; None outside of the era.

    >>> day_of_era("平成", "31", 4, 30), day_of_era("平成", "31", 5, 1), day_of_era("令和", "元", 6, 14)
    (datetime.date(2019, 4, 30), None, datetime.date(2019, 6, 14))
    """
    first, last = _ERAS[era]
    found = day_of(first.year - 1 + (1 if year == "元" else int(year)), month, day)
    return found if found is not None and first <= found <= last else None


def number_of(numerals: str) -> int:
    """A number in ideographs, digit by digit or up to 31 with a ten.

    >>> number_of("二〇一四"), number_of("十二"), number_of("三十"), number_of("二十五")
    (2014, 12, 30, 25)
    """
    if "十" in numerals:
        tens, _, ones = numerals.partition("十")
        return 10 * (_NUMERALS[tens] if tens else 1) + (_NUMERALS[ones] if ones else 0)
    return int("".join(str(_NUMERALS[sign]) for sign in numerals))
