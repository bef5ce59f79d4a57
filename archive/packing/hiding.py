"""What a file hides of persons: whether it may stay in an open bag is for the archivist to decide, not for us."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from archive.model.fields import AccessLevel
from archive.model.findings import Finding, Severity

HIDDEN = "original.hidden-personal-data"
"""The code of the finding that readers give, one for each kind of thing that the file hides."""
NOT_SEARCHED = "original.not-searched"
"""That of what nobody has looked through for such things."""
DECISION = "hidden_personal_data"
"""The field in which the archivist writes the decision: in the sheet, a sidecar, or corpus.toml under [defaults]."""
ACCEPTED = "accepted"
_IN_OPEN = {HIDDEN: Severity.ERROR, NOT_SEARCHED: Severity.WARNING}


def judged(findings: Iterable[Finding], metadata: Mapping[str, Any], level: AccessLevel) -> Iterator[Finding]:
    """The findings, those about hidden personal data with the weight that they have for this document.

    It is an error in an open bag, where nobody has decided; a notice where somebody has accepted it; else a warning.
    That something was not looked through weighs one step less.

    Args:
        findings: of one document.
        metadata: what its record keeps.
        level: who may read it.
    """
    is_accepted = metadata.get(DECISION) == ACCEPTED
    for one in findings:
        if one.code not in _IN_OPEN:
            yield one
        elif is_accepted:
            yield replace(one, severity=Severity.NOTICE)
        else:
            yield replace(one, severity=_IN_OPEN[one.code]) if level is AccessLevel.OPEN else one
