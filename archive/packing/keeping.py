"""What of a corpus goes into the bag as it is: the sources, what they say together of furniture, and the submission."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from archive.model.paths import portable_paths
from archive.normalise.evidence import RepeatedLines
from archive.packing.gathering import Gathering
from archive.packing.payload import Payload
from archive.packing.places import place_in
from archive.storage.copying import copy
from archive.storage.staging import sweep
from archive.storage.trouble import told_in_words

SUBMISSION = "data/submission/"
EVIDENCE = "data/evidence/repeated-lines.jsonl"
QUOTING = frozenset({"annotations.jsonl"})
"""What may be submitted and quotes the text."""


@dataclass(frozen=True, slots=True)
class Keeping:
    """Puts files of the corpus into the bag.

    Attributes:
        gathering: where they come from.
        payload: the bag in the making, in the folder into which the sources were copied.
    """

    gathering: Gathering
    payload: Payload

    def evidence(self, found: RepeatedLines) -> None:
        """Keeps what the documents say together of furniture, where anything of them is labelled.

        Raises:
            StorageError: the disk refused.
        """
        if self.gathering.recipe.steps:
            with self.payload.writing(EVIDENCE) as file:
                for chunk in found.chunks():
                    file.write(chunk)

    def no_sources(self) -> None:
        """Takes the copies out again, which were needed to be read, and the layers taken from them.

        Raises:
            StorageError: the disk refused.
        """
        for name in ("originals", "derived"):
            place = self.payload.folder / "data" / name
            if place.exists():
                with told_in_words(place):
                    sweep(place)
                    place.rmdir()

    def submission(self, leaving_out: Collection[str]) -> None:
        """Writes what was submitted.

        Args:
            leaving_out: paths that are not written.

        Raises:
            StorageError: the disk refused.
            SourceChangedError, SourceUnreadableError: a file cannot be copied as it was.
        """
        submitted = [one for one in self.gathering.plan.submission if one.path not in leaving_out]
        stored = portable_paths(file.path for file in submitted)
        for file in submitted:
            path = SUBMISSION + stored[file.path]
            if file.data is not None:
                self.payload.write(path, file.data)
            elif file.copy_of is not None:
                target = place_in(self.payload.folder, path)
                with told_in_words(target):
                    target.parent.mkdir(parents=True, exist_ok=True)
                taken = copy(place_in(self.gathering.folder, file.copy_of), target, self.payload.algorithms)
                self.payload.enter(path, taken.size, tuple(taken.digests.items()))

    def tag_files(self) -> None:
        """Writes the tag files that the person gave, from what was submitted.

        Raises:
            StorageError: the disk refused.
        """
        stored = portable_paths(file.path for file in self.gathering.plan.submission)
        for name, path in self.gathering.corpus.tag_files:
            if path not in stored:  # it is not in the folder: that was said, and such a bag is never published
                continue
            submitted = place_in(self.payload.folder, SUBMISSION + stored[path])
            target = place_in(self.payload.folder, name)
            with told_in_words(target):
                target.parent.mkdir(parents=True, exist_ok=True)
            taken = copy(submitted, target, self.payload.algorithms)
            self.payload.enter(name, taken.size, tuple(taken.digests.items()))
