"""The author who signs below the text, and what is said of the author there."""

from __future__ import annotations

import re
from collections.abc import Sequence

from archive.model.passages import Kind
from archive.normalise.bylines import LONGEST_BYLINE, heads_author, names_in_byline
from archive.normalise.draft import Draft, Unit
from archive.normalise.front_signed import SIGNED, goes_on, label_byline
from archive.normalise.front_words import front_words
from archive.normalise.letters import is_one_of_letters
from archive.normalise.names import has_honorific, is_latin_name
from archive.normalise.phrases import DECISIVE
from archive.normalise.vocabulary import Vocabulary

_NEAR_CONTACT = 3
_CONTACT = re.compile(
    r"(?:(?:media|press|investor|public) )?(?:contacts?(?: information)?|enquiries|inquiries|relations)|investors|media"
    r"|(?:presse)?kontakt|ansprechpartner(?:in)?|contact presse|contacto(?: de prensa)?|contatti|контакты"
    r"|문의|연락처|联系人|联系方式|お問い合わせ",
    re.IGNORECASE,
)
"""What heads the names of those whom one may ask."""
_MOST_NAMES = 3
_SPOKEN_OF_EACH = 4_000
_AROUND_NAMES = " -–—*_"


def label_below(draft: Draft, body: int, around: int, words: Vocabulary) -> None:
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
        if people and not goes_on(units, place, people):
            label_byline(unit, people, "it names an author as bylines do")
            return
        if draft.is_page and not unit.blocks[0].within and not _ends_with(units, place, words):
            continue
        if _is_signature(units, place, text, words) and not is_one_of_letters(units, place - 2):
            label_byline(unit, (unit.text.strip(_AROUND_NAMES),), "it is a name by itself at the end of the text")
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
    if not (above.is_prose or above.is_sentence or above.kind in SIGNED or heads_author(above.text)):
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
