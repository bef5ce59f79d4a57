"""The fourth step: what stands around the running text and belongs to it: title, dateline, byline, captions.

The title is looked for above the running text: near it, near a date or an author, said twice, made of words that the
text uses. What stands above the title is furniture, but for captions, dates and authors.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from archive.model.passages import Kind
from archive.normalise.author_notes import drop_author_notes
from archive.normalise.authors import label_bare_authors, label_dated_authors, label_opening, label_speaker, label_works
from archive.normalise.bylines import LONGEST_BYLINE, heads_author, is_byline, names_in_byline
from archive.normalise.datelines import is_stamp, read_dateline
from archive.normalise.draft import Draft, Unit
from archive.normalise.front_words import front_words
from archive.normalise.heads import label_head
from archive.normalise.letters import is_one_of_letters
from archive.normalise.names import has_honorific, is_latin_name
from archive.normalise.phrases import DECISIVE
from archive.normalise.restoring import may_be_own, restore_above, restore_between
from archive.normalise.titles import drop_twins, find_title
from archive.normalise.vocabulary import Vocabulary, vocabulary
from archive.normalise.wording import wording_of

_MAY_BE_CAPTIONS = frozenset({Kind.BODY, Kind.FURNITURE})
_SIGNED = frozenset({Kind.DATELINE, Kind.BYLINE})
_KNOWN = frozenset({Kind.CAPTION, Kind.TITLE, *_SIGNED})
_CAPTION_WEIGHT = 900
_CAPTION_REASON = "it holds what captions of pictures hold"
_MARK_AT_START = 60
_MARK_AT_END = 80
_MOST_BETWEEN = 3
_LONG_LINE = 80
_STATED = 2
_MOST_BELOW_SUBTITLE = 8
_LONGEST_LEAD = 400
_NEAR_CONTACT = 3
_CONTACT = re.compile(
    r"(?:(?:media|press|investor|public) )?(?:contacts?(?: information)?|enquiries|inquiries|relations)|investors|media"
    r"|(?:presse)?kontakt|ansprechpartner(?:in)?|contact presse|contacto(?: de prensa)?|contatti|контакты"
    r"|문의|연락처|联系人|联系方式|お問い合わせ",
    re.IGNORECASE,
)
"""What heads the names of those whom one may ask."""
_LONGEST_SUBTITLE = 240
_MOST_NAMES = 3
_SPOKEN_OF_EACH = 4_000
_AROUND_NAMES = " -–—*_"


@dataclass(frozen=True, slots=True)
class LabelFront:
    """Label the title, dates, authors and captions around the running text.

    Attributes:
        words: the sha256 of the words of fronts, so that a change of them is a change of the recipe.
        around: lines above the running text, and below it, that are looked at.
    """

    name: ClassVar[str] = "label-front"
    version: ClassVar[str] = "1.6"

    words: str
    around: int = 12

    def apply(self, draft: Draft) -> None:
        """Label what stands above and below the running text."""
        words = vocabulary()
        units = draft.units
        captions = _captions(draft, words)
        for unit in units if captions else ():
            if unit.kept and id(unit) in captions:
                unit.label(Kind.CAPTION, _CAPTION_REASON)
        body = _first_prose(draft)
        top = max(0, body - 2 * self.around)
        for unit in units[top:body] if captions else ():
            if not unit.kept and not unit.phrase and not unit.hint and id(unit) in captions:
                unit.label(Kind.CAPTION, _CAPTION_REASON)
        head = None if units and units[0].blocks[0].within else label_head(units)
        _label_datelines_and_bylines(units[top : body + 1], words)
        title = find_title(draft, top, body) if head is None or head.title is None else head.title
        if title is None:
            title = label_works(units[top:body], top)
        if title is not None and units[title].kind is not Kind.TITLE:
            units[title].label(Kind.TITLE, "it stands above the text, and the text speaks of it")
        if title is not None:
            label_speaker(units[title])
        label_bare_authors(units, top if title is None else title, body)
        label_dated_authors(units, top if title is None else title, body)
        _label_below_subtitle(draft, title, body)
        label_opening(units, body)
        if title is not None:
            if draft.is_page:
                _clear_above(units, title)
            restore_above(units, title)
            drop_twins(units, title)
        restore_between(units, title, body)
        _label_other_bylines(units, title, body)
        _label_below(draft, body, self.around, words)
        drop_author_notes(draft)


def _first_prose(draft: Draft) -> int:
    """The index of the first running text of the main text; where there is none, of its first line after a title."""
    units = draft.units
    for place in range(draft.first, draft.last):
        unit = units[place]
        if unit.kept and unit.is_prose and unit.kind is not Kind.CAPTION:
            return _after_subtitle(units, place)
    kept = [place for place in range(draft.first, draft.last) if units[place].kept][1:]
    return next((place for place in kept if units[place].is_sentence), kept[0] if kept else draft.last)


def _after_subtitle(units: Sequence[Unit], place: int) -> int:
    """The index of the text after its first running text, where that is a long title or subtitle over author and date.

    Between a title and them one more line may stand, its subtitle.
    """
    if len(units[place].text) > _LONGEST_SUBTITLE:
        return place
    near = range(place + 1, min(place + 1 + _MOST_BETWEEN, len(units)))
    signed = [one for one in near if not units[one].is_prose and _is_signed(units[one])]
    # A line without a full stop over an author is a long title, and what follows may be as brief as an interview's.
    is_title = not units[place].is_sentence
    text = [
        one
        for one in range(place + 1, min(place + 12, len(units)))
        if units[one].kept and (units[one].is_prose or (is_title and units[one].is_sentence))
    ]
    is_over = signed and len(text) > 1 and text[0] > signed[0] and place + 1 == signed[0]
    if is_over:
        return text[0]
    below = [one for one in text if signed and one > signed[0]]
    is_above_lead = is_title and below and signed[0] == place + 2 and len(units[place + 1].text) <= _LONGEST_LEAD
    return below[0] if is_above_lead else place


def _is_signed(unit: Unit) -> bool:
    """Whether a line names an author or nothing but a date."""
    if len(unit.text) > LONGEST_BYLINE or unit.phrase in DECISIVE:
        return False
    dateline = read_dateline(unit.text, day_first=True)
    return bool(names_in_byline(unit.text, vocabulary())) or (dateline is not None and dateline.strength > 1)


def _captions(draft: Draft, words: Vocabulary) -> frozenset[int]:
    """The units, by `id`, that hold what captions hold."""
    lines = wording_of(draft).captions
    if not lines:
        return frozenset()
    return frozenset(
        id(unit)
        for unit in draft.units
        if unit.text in lines
        and unit.kind in _MAY_BE_CAPTIONS
        and unit.weight <= _CAPTION_WEIGHT
        and any(map(words.is_of_caption, _where_captions_tell(unit)))
        and not is_stamp(unit.text)
    )


def _where_captions_tell(unit: Unit) -> tuple[str, ...]:
    """What is looked at of a text, in lower case: all of a short one, the beginning and the end of a longer one."""
    lowered = unit.text.lower()
    if unit.weight <= _MARK_AT_START + _MARK_AT_END:
        return (lowered,)
    return lowered[:_MARK_AT_START], lowered[-_MARK_AT_END:]


def _label_datelines_and_bylines(units: Sequence[Unit], words: Vocabulary) -> None:
    for place, unit in enumerate(units):
        is_known = unit.kind in _KNOWN
        if is_known or unit.is_prose or len(unit.text) > LONGEST_BYLINE:
            continue
        if unit.phrase in DECISIVE:
            _label_stated_date(unit)
            continue
        labelled = front_words().labelled(unit.text)
        if labelled is not None and labelled.role == "other":
            continue
        people = names_in_byline(unit.text, words)
        if people and not _goes_on(units, place, people):
            _label_byline(unit, people, "it names an author as bylines do")
        elif read_dateline(unit.text, day_first=True):
            unit.label(Kind.DATELINE, "it is a date by itself")


def _label_below_subtitle(draft: Draft, title: int | None, body: int) -> None:
    """Label who wrote and when below a subtitle that reads as running text, where nothing above says so."""
    units = draft.units
    if not draft.is_page or title is None:
        return
    front = units[title:body]
    is_dated = any(unit.kind is Kind.DATELINE for unit in front)
    is_signed = any(unit.people for unit in front)
    prose = 0
    for place in range(body, min(body + _MOST_BELOW_SUBTITLE, len(units))):
        unit = units[place]
        prose += unit.is_prose
        if prose > 1 or unit.weight > _LONGEST_LEAD:
            return
        if unit.is_prose or unit.phrase in DECISIVE or not unit.kept or len(unit.text) > LONGEST_BYLINE:
            continue
        people = () if is_signed else names_in_byline(unit.text, vocabulary())
        dateline = None if is_dated else read_dateline(unit.text, day_first=True)
        if people and not _goes_on(units, place, people):
            _label_byline(unit, people, "it names an author as bylines do")
            is_signed = True
        elif dateline is not None and dateline.strength >= _STATED:
            unit.label(Kind.DATELINE, "it is a date by itself")
            is_dated = True


def _goes_on(units: Sequence[Unit], place: int, people: tuple[str, ...]) -> bool:
    """Whether a line with a single name goes on in the next one, as *By Rachel* / *we sat down* does in a poem."""
    if any(" " in name or not name.isascii() for name in people) or place + 1 >= len(units):
        return False
    below = units[place + 1]
    return not below.gap and below.text[:1].islower() and not units[place].text.endswith((".", "!", "?", ":"))


def _label_stated_date(unit: Unit) -> None:
    """A line that begins as furniture does may still be nothing but a date, with a word that says so.

    A line that opens with the day and the time may hold such words too, beside the source and the number of readers.
    """
    if unit.phrase == "contains" and not unit.kept and is_stamp(unit.text) and read_dateline(unit.text) is not None:
        unit.label(Kind.DATELINE, "it opens with the day and the time")
        return
    if unit.phrase == "begins" and (found := read_dateline(unit.text)) is not None and found.strength > 1:
        unit.label(Kind.DATELINE, "it is a date by itself")
        people = names_in_byline(unit.text, vocabulary()) if found.strength > _STATED else ()
        if people:
            _label_byline(unit, people, "it names an author as bylines do")


def _label_byline(unit: Unit, people: tuple[str, ...], reason: str) -> None:
    unit.label(Kind.BYLINE, reason)
    unit.people = people


def _clear_above(units: Sequence[Unit], title: int) -> None:
    """Drop what stands above the title, but for captions, and dates and authors that are next to it."""
    for place in range(title):
        unit = units[place]
        if unit.kept and unit.is_sentence and not unit.phrase and not unit.blocks[0].within:
            return  # what stands below a sentence that is kept is text, whatever was taken for the title
        is_text = unit.is_prose or unit.is_sentence or (unit.weight >= _LONG_LINE and not unit.phrase)
        if not unit.kept or unit.kind is Kind.CAPTION or is_text or may_be_own(unit):
            continue
        near = all(other.kind in _SIGNED for other in units[place:title])
        if not (near and unit.kind in _SIGNED):
            unit.drop("it stands above the title")


def _label_other_bylines(units: Sequence[Unit], title: int | None, body: int) -> None:
    """Label lines right above the text that are built as bylines, although they name no person."""
    if title is None:
        return
    for unit in units[title + 1 : body]:
        if unit.kind is Kind.HEADING and unit.phrase in {"", "repeated"} and is_byline(unit.text):
            unit.label(Kind.BYLINE, "it begins as bylines do")


def _label_below(draft: Draft, body: int, around: int, words: Vocabulary) -> None:
    """Look for an author's name, and what is said of the author, right below the text."""
    units = draft.units
    last = max((place for place, unit in enumerate(units) if unit.kept and place >= body), default=-1)
    if last < 0:
        return
    text = units[body : last + 1]
    for place in range(max(last - around, body + 1), min(last + 4, len(units))):
        unit = units[place]
        if unit.is_prose or unit.phrase in DECISIVE or len(unit.text) > LONGEST_BYLINE:
            continue
        people = names_in_byline(unit.text, words)
        if people and not _goes_on(units, place, people):
            _label_byline(unit, people, "it names an author as bylines do")
            return
        if draft.is_page and not unit.blocks[0].within and not _ends_with(units, place, words):
            continue
        if _is_signature(units, place, text, words) and not is_one_of_letters(units, place - 2):
            _label_byline(unit, (unit.text.strip(_AROUND_NAMES),), "it is a name by itself at the end of the text")
            _label_affiliation(units, place, words)
            _drop_biography(units, place)
            return


def _ends_with(units: Sequence[Unit], place: int, words: Vocabulary) -> bool:
    """Whether a name ends the text of a page: furniture follows, or nothing, or what is said of the person.

    In a row of short lines it does not, unless one says that an author follows, or that of the name is said more.
    """
    if place + 1 >= len(units):
        return True
    name, below = units[place].text, units[place + 1]
    if sum(token[:1].isupper() for token in name.split()) > _MOST_NAMES:
        return False
    above = units[place - 1]
    if not (above.is_prose or above.is_sentence or above.kind in _SIGNED or heads_author(above.text)):
        return _speaks_of(name, below) and (below.is_prose or below.is_sentence)
    is_told = _speaks_of(name, below) or words.is_aside(below.text)
    return is_told or below.phrase in DECISIVE or words.role_in(below.text[:LONGEST_BYLINE].lower()) >= 0


def _is_signature(units: Sequence[Unit], place: int, text: Sequence[Unit], words: Vocabulary) -> bool:
    """A name by itself after the last running text, that the text uses neither as a name nor as common words."""
    unit = units[place]
    name = unit.text.strip(_AROUND_NAMES)
    if unit.blocks[0].within and (unit.hint or unit.blocks[0].linked or unit.bonus <= 0 or unit.noise):
        return False
    if not is_latin_name(name, words, front_words()) or (name.startswith("Theo ") and not name.isascii()):
        return False  # in Vietnamese *Theo* names a source
    if any(_CONTACT.fullmatch(other.text.strip(" :：*")) for other in units[max(0, place - _NEAR_CONTACT) : place]):
        return False
    later = [other for other in units[place + 1 : place + 7] if other.is_prose and other.kept and not other.phrase]
    if sum(_speaks_of(name, other) for other in later) < len(later):
        return False
    if has_honorific(name):
        return True
    spoken = " ".join(one.text[:_SPOKEN_OF_EACH] for one in text if one.kept and one.is_prose)
    lowered = [token.lower() for token in name.split() if len(token) > 2]
    common = any(re.search(rf"(?<!\w){re.escape(token)}(?!\w)", spoken) for token in lowered)
    return not common and name not in spoken


def _speaks_of(name: str, unit: Unit) -> bool:
    tokens = [token for token in name.split() if len(token) > 2 and not has_honorific(token)]
    return any(token in unit.text for token in tokens)


def _label_affiliation(units: Sequence[Unit], name: int, words: Vocabulary) -> None:
    for unit in units[name + 1 : name + 3]:
        if len(unit.text) <= LONGEST_BYLINE and words.role_in(unit.text.lower()) >= 0:
            unit.label(Kind.BYLINE, "it says what the author is")
            return


def _drop_biography(units: Sequence[Unit], name: int) -> None:
    text = units[name].text
    for unit in units[name + 1 : name + 4]:
        if unit.kept and unit.is_prose and _speaks_of(text, unit):
            unit.drop("it speaks of the author, after the author's name")
