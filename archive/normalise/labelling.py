"""The steps of the default recipe, in order."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archive.normalise.assembling import AssembleLines
from archive.normalise.box_words import box_words
from archive.normalise.boxes import TellBoxes
from archive.normalise.captions import SetCaptionsAside
from archive.normalise.front import LabelFront
from archive.normalise.front_words import front_words
from archive.normalise.languages import IdentifyLanguages
from archive.normalise.markup import WeighMarkup
from archive.normalise.metadata import ReadMetadata
from archive.normalise.opinions import SecondOpinion
from archive.normalise.phrases import RecognisePhrases
from archive.normalise.pointers import TellPointers
from archive.normalise.verse import KeepVerse
from archive.normalise.vocabulary import vocabulary
from archive.normalise.zones import FindMainText

if TYPE_CHECKING:
    from archive.normalise.step import Step


def labelling() -> tuple[Step, ...]:
    """The steps, in order."""
    return (
        AssembleLines(),
        RecognisePhrases(vocabulary().digest),
        WeighMarkup(),
        SecondOpinion(),
        TellBoxes(box_words().digest),
        TellPointers(),
        FindMainText(),
        LabelFront(front_words().digest),
        SetCaptionsAside(),
        KeepVerse(),
        IdentifyLanguages(),
        ReadMetadata(),
    )
