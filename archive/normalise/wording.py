"""The words of a document that the vocabulary knows, looked for once for all steps that ask."""

from __future__ import annotations

from archive.normalise.draft import Draft
from archive.normalise.phrase_index import Wording
from archive.normalise.vocabulary import vocabulary


def wording_of(draft: Draft) -> Wording:
    """Which words of the vocabulary a document holds; no step changes a text, so that this stays as it is."""
    if draft.wording is None:
        draft.wording = Wording.of([unit.text for unit in draft.units], vocabulary().known)
    return draft.wording
