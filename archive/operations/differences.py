"""Why the reference implementation comes to another verdict than we do, where that is known."""

from __future__ import annotations

import re
from collections.abc import Iterable

from archive.bags.contents import Contents
from archive.model.depths import Depth
from archive.model.findings import Finding, Severity

_READ_OTHERWISE = re.compile(r"[%\r\n\v\f\x1c-\x1e\x85\u2028\u2029]|\s\Z")
_MOST_CODES = 5
_LONGEST_SHOWN = 120


def why_accepted(findings: Iterable[Finding]) -> str:
    """Why we reject what it accepts: the codes of our errors, at most `_MOST_CODES` of them.

    Args:
        findings: what we found.
    """
    codes = sorted({one.code for one in findings if one.severity is Severity.ERROR})
    more = "" if len(codes) <= _MOST_CODES else f" and {len(codes) - _MOST_CODES} more"
    return f"because of {', '.join(codes[:_MOST_CODES])}{more}"


def why_rejected(bag: Contents, depth: Depth) -> str:
    """Why it rejects what we accept, as far as that can be told without asking it again; else nothing.

    Args:
        bag: the bag.
        depth: how deep we looked.
    """
    if not depth.reaches(Depth.FIXITY):
        return f"which compared no digests at depth {depth.value}; the reference implementation does"
    name = next((key for key in bag.payload if _READ_OTHERWISE.search(key)), None)
    if name is not None:
        return (
            f"perhaps because of the name {name[:_LONGEST_SHOWN]!r}, which the reference implementation reads otherwise"
        )
    if bag.aliases:
        return "perhaps because the reference implementation looks up a name of another normal form as it stands"
    return ""
