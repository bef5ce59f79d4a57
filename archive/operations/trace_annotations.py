"""Looks up an annotation in the records of a bag."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from difflib import get_close_matches
from typing import Any

from archive.errors import UsageError
from archive.operations.one_record import Located
from archive.operations.trace_hits import Hit, Part

_END = re.compile("[/#:]")
_NEAR_MISSES = 5
_LONGEST_SEARCH = 20_000


def annotations_of(located: Located) -> list[dict[str, Any]]:
    """The annotations of a record; a record of a version that had none has none."""
    found: list[dict[str, Any]] = located.record.get("annotations", [])
    return found


def annotation_hit(located: Located, annotation: Mapping[str, Any]) -> Hit:
    """The place of an annotation.

    Args:
        located: the record that it is in.
        annotation: as the record has it.

    Raises:
        KeyError, TypeError: one of the two has not its shape.
    """
    passages = {one["passage_id"]: one for one in located.record["passages"]}
    parts = tuple(
        Part(passages[part["passage_id"]], part["char_start"], part["char_start"] + part["char_count"])
        for part in annotation["parts"]
    )
    return Hit(located, parts, annotation=annotation)


def unknown_annotation(name: str, names: Sequence[str], *, is_ambiguous: bool, where: str) -> UsageError:
    """The error where no annotation, or more than one, has an identifier.

    Args:
        name: what was asked for.
        names: those that end so, or all that there are.
        is_ambiguous: whether it is those that end so.
        where: the bag.
    """
    if is_ambiguous:
        what = f"{len(names)} annotations have an identifier that ends in {name!r}"
        return UsageError(what, where=where, remedy=f"Give more of it: {' or '.join(sorted(names)[:_NEAR_MISSES])}")
    if not names:
        return UsageError("there are no annotations here", where=where, remedy="Give a passage or --quote instead")
    ends = {_END.split(one)[-1]: one for one in names[:_LONGEST_SEARCH]}
    near = [one for one in names if name.casefold() in one.casefold()]
    near += [ends[end] for end in get_close_matches(_END.split(name)[-1], ends, n=_NEAR_MISSES)]
    shown = list(dict.fromkeys(near))[:_NEAR_MISSES]
    remedy = f"Did you mean {' or '.join(shown)}?" if shown else f"One that there is: {names[0]}"
    return UsageError(f"no annotation has the identifier {name!r}", where=where, remedy=remedy)
