"""What a page states and nobody takes: each value with the reason, so that whoever reads its record sees it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import islice

from archive.model.blocks import Observation
from archive.model.doubtful_dates import PLACEHOLDERS
from archive.model.statements import MALFORMED, OVERRULED, PLACEHOLDER
from archive.sources.people import authors_of, squeezed
from archive.sources.preferring import Ranked

NOT_SHOWN = "only the head of the page says so, and nothing that it shows"
NO_PERSON = "it names no person, or the site"
NO_ADDRESS = "it is no whole address of the web"
OF_PROGRAM = "it dates the page as a program made it"
_LONGEST = 4_000
_MOST = 200
"""Values of one page that are set aside; a page with more is made to be read by nobody."""
_ADDRESSES = frozenset({"source_url", "rights_uri"})


def unusable(field: str, stated: str, locator: str) -> Observation | None:
    """A value that is not in the form that its field needs, or None where nothing is stated.

    Args:
        field: which it is.
        stated: as the page has it.
        locator: of the value.
    """
    value = " ".join(stated.split())[:_LONGEST]
    if not value:
        return None
    if field in _ADDRESSES:
        reason = NO_ADDRESS
    elif field == "creators":
        reason = NO_PERSON
    else:
        reason = PLACEHOLDER if any(value.startswith(one) for one in PLACEHOLDERS) else MALFORMED
    return Observation(field, value, locator, reason=reason)


def left_out(
    found: Sequence[Ranked], kept: Sequence[Observation], in_head: frozenset[int], is_shown: Callable[[str], bool]
) -> Iterator[Observation]:
    """The usable values that are not among those that were taken.

    Args:
        found: all of them, the most telling first.
        kept: what was taken.
        in_head: the ranks of authors whom only the head of the page names.
        is_shown: whether the page shows all words of a name.
    """
    taken = {(one.field, squeezed(one.value) if one.field == "creators" else one.value) for one in kept}
    titles = [one.value for one in kept if one.field == "title"]
    fields = {one.field for one in kept}
    for rank, one in found:
        if one.field == "creators":
            names = authors_of(one.value, ())
            for name in names or (one.value,):
                if ("creators", squeezed(name)) not in taken:
                    taken.add(("creators", squeezed(name)))
                    unshown = bool(names) and rank in in_head and not is_shown(name)
                    is_person = bool(names) and "creators" in fields
                    yield replace(
                        one, value=name, reason=NOT_SHOWN if unshown else OVERRULED if is_person else NO_PERSON
                    )
        elif (one.field, one.value) not in taken and not (one.field == "title" and any(t in one.value for t in titles)):
            taken.add((one.field, one.value))
            yield replace(one, reason=OVERRULED if one.field in fields else NOT_SHOWN)


def bounded(asides: Iterator[Observation]) -> tuple[Observation, ...]:
    """As many of them as one page may have."""
    return tuple(islice(asides, _MOST))
