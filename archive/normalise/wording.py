"""The lines of a document that may hold phrases of the vocabulary, looked for once for all steps that ask."""

from __future__ import annotations

from archive.normalise.draft import Draft
from archive.normalise.phrase_index import Wording
from archive.normalise.vocabulary import vocabulary


def wording_of(draft: Draft) -> Wording:
    """Which lines of a document may hold phrases; no step changes a text, so that this stays as it is."""
    if draft.wording is None:
        draft.wording = vocabulary().spotter.wording_of([unit.text for unit in draft.units], are_tidy=draft.is_tidy)
    return draft.wording
