"""Sentences in many languages and scripts, written for these tests, and the legacy encodings that they were kept in."""

from __future__ import annotations

SENTENCES: dict[str, tuple[str, str, str]] = {
    "korean": (
        "아이들은 강가의 작은 학교에서 글을 배웠다.",
        "할머니는 매일 아침 밥을 지어 놓고 손자를 기다렸다고 말했다.",
        "기록을 남기는 일은 느리지만, 나중에 오는 사람들에게는 꼭 필요하다.",
    ),
    "japanese": (
        "子どもたちは川のそばの小さな学校で字を習った。",
        "祖母は毎朝ごはんを炊いて孫を待っていたと話した。",
        "記録を残す仕事は遅いが、あとから来る人には必要である。",
    ),
    "chinese-simplified": (
        "孩子们在河边的小学校里学会了写字。",
        "奶奶说她每天早上做好饭等孙子回来。",
        "留下记录的工作虽然很慢，但是对后来的人非常重要。",
    ),
    "chinese-traditional": (
        "孩子們在河邊的小學校裡學會了寫字。",
        "奶奶說她每天早上做好飯等孫子回來。",
        "留下紀錄的工作雖然很慢，但是對後來的人非常重要。",
    ),
    "russian": (
        "Дети учились писать в маленькой школе у реки.",
        "Бабушка сказала, что каждое утро готовила завтрак и ждала внука.",
        "Вести записи медленно, но тем, кто придёт позже, это необходимо.",
    ),
    "ukrainian": (
        "Діти вчилися писати в маленькій школі біля річки.",
        "Бабуся сказала, що щоранку готувала їжу й чекала на онука.",
        "Вести записи повільно, але тим, хто прийде пізніше, це потрібно.",
    ),
    "german": (
        "Die Kinder lernten in einer kleinen Schule am Fluß das Schreiben.",
        "Die Großmutter erzählte, sie habe jeden Morgen für den Enkel gekocht und gewartet.",
        "Aufzeichnungen zu führen ist mühsam, doch für Spätere ist es nötig.",
    ),
    "french": (
        "Les élèves apprenaient à écrire dans une petite école près de la rivière.",
        "La grand-mère a raconté qu’elle préparait le déjeuner et espérait le garçon.",
        "Tenir des archives est lent, mais c’est nécessaire à ceux qui viendront après.",
    ),
    "spanish": (
        "Los niños aprendían a escribir en una pequeña escuela junto al río.",
        "La abuela contó que cada mañana cocinaba y esperaba a su nieto.",
        "Guardar documentos es lento, pero será útil a quienes vengan después.",
    ),
    "polish": (
        "Dzieci uczyły się pisać w małej szkole nad rzeką.",
        "Babcia mówiła, że każdego ranka gotowała śniadanie i czekała na wnuka.",
        "Prowadzenie zapisków trwa długo, lecz będzie potrzebne tym, którzy przyjdą później.",
    ),
    "greek": (
        "Τα παιδιά μάθαιναν γράμματα σε ένα μικρό σχολείο δίπλα στο ποτάμι.",
        "Η γιαγιά είπε ότι κάθε πρωί μαγείρευε και περίμενε τον εγγονό της.",
        "Η τήρηση αρχείων είναι αργή, αλλά χρειάζεται σε όσους έρθουν αργότερα.",
    ),
    "turkish": (
        "Çocuklar nehrin kıyısındaki küçük okulda yazı yazmayı öğrendi.",
        "Büyükanne her sabah yemek pişirip torununu beklediğini söyledi.",
        "Kayıt tutmak yavaş bir iştir, ama sonra gelenler için gereklidir.",
    ),
    "arabic": (
        "تعلم الأطفال الكتابة في مدرسة صغيرة قرب النهر.",
        "قالت الجدة إنها كانت تطبخ كل صباح وتنتظر حفيدها.",
        "حفظ السجلات عمل بطيء لكنه ضروري لمن يأتي بعدنا.",
    ),
    "hebrew": (
        "הילדים למדו לכתוב בבית ספר קטן ליד הנהר.",
        "הסבתא סיפרה שבכל בוקר בישלה וחיכתה לנכד.",
        "שמירת רשומות היא איטית אבל נחוצה לבאים אחרינו.",
    ),
    "italian": (
        "Perché la città è così lontana, chiese il ragazzo più piccolo.",
        "La nonna però preparava il caffè ogni mattina e lo aspettava.",
        "Tenere i registri è un lavoro lento, ma sarà utile a chi verrà più tardi.",
    ),
    "dutch": (
        "De geïnde gelden lagen op één tafel, zei de coördinator.",
        "Oma kookte elke ochtend en wachtte op haar kleinzoon in Curaçao.",
        "Het archief is traag werk, maar voor wie later komt is het nodig: ideeën, reünies.",
    ),
    "icelandic": (
        "Börnin lærðu að skrifa í litlum skóla við ána.",
        "Amma sagði að hún hefði eldað á hverjum morgni og beðið eftir drengnum.",
        "Það er seinlegt að halda skrár, en þær eru þeim nauðsynlegar sem síðar koma.",
    ),
    "hungarian": (
        "A gyerekek egy kis iskolában tanultak írni a folyó mellett, az őszi szünetig.",
        "A nagymama azt mondta, minden reggel főzött, és várta az unokáját a hűvös házban.",
        "Az iratok őrzése lassú munka, de a későbbieknek szükségük lesz rá.",
    ),
    "lithuanian": (
        "Vaikai mokėsi rašyti mažoje mokykloje prie upės.",
        "Močiutė sakė, kad kiekvieną rytą virė pusryčius ir laukė anūko.",
        "Rinkti įrašus yra lėtas darbas, bet jis būtinas tiems, kurie ateis vėliau.",
    ),
    "thai": (
        "เด็กๆ เรียนเขียนหนังสือในโรงเรียนเล็กริมแม่น้ำ",
        "คุณยายเล่าว่าทำอาหารทุกเช้าและรอหลานชาย",
        "การเก็บบันทึกใช้เวลานาน แต่จำเป็นสำหรับคนรุ่นหลัง",
    ),
}

LEGACY: dict[str, tuple[str, ...]] = {
    "korean": ("euc-kr", "iso-2022-kr"),
    "japanese": ("shift_jis", "euc-jp", "iso-2022-jp"),
    "chinese-simplified": ("gb18030", "hz-gb-2312"),
    "chinese-traditional": ("big5",),
    "russian": ("windows-1251", "koi8-r", "ibm866"),
    "ukrainian": ("windows-1251", "koi8-u"),
    "german": ("windows-1252", "macintosh"),
    "french": ("windows-1252", "macintosh"),
    "spanish": ("windows-1252", "macintosh"),
    "italian": ("windows-1252", "macintosh"),
    "dutch": ("windows-1252",),
    "icelandic": ("windows-1252",),
    "hungarian": ("windows-1250", "iso-8859-2"),
    "lithuanian": ("windows-1257", "iso-8859-13"),
    "polish": ("windows-1250", "iso-8859-2"),
    "greek": ("windows-1253", "iso-8859-7"),
    "turkish": ("windows-1254",),
    "arabic": ("windows-1256",),
    "hebrew": ("windows-1255",),
    "thai": ("windows-874",),
}
"""What each language is tried in beside UTF-8 and UTF-16."""
