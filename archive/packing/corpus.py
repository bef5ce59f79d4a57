"""What packing and checking a corpus begin with: the submission read, the recipe and the schemas chosen."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from archive.engine import Team
from archive.errors import UsageError
from archive.model.codes import finding
from archive.model.corpora import LevelPlan
from archive.model.digests import HASHLIB_NAME, normalised
from archive.model.fields import AccessLevel
from archive.model.findings import Finding, Severity, Where
from archive.model.progress import Listener
from archive.model.settings import NONE_GIVEN, SETTING
from archive.model.stopwatch import Timing
from archive.model.versions import Holds
from archive.normalise.recipes import RECIPES, recipe_named
from archive.packing.identity import bag_urn
from archive.packing.instant import Instant
from archive.packing.places import place_in
from archive.packing.withheld_words import WithheldWords
from archive.packing.withholding import redaction_findings
from archive.schema import languages
from archive.schema.overlays import Overlay, read_overlay
from archive.schema.places import Origins
from archive.schema.validation import Validator
from archive.sources.limits import Limits
from archive.storage.trouble import told_in_words
from archive.submission import Partition, Submission, read_submission
from archive.submission.rows import SHEET
from archive.submission.sheet_files import in_sheet_of

if TYPE_CHECKING:
    from archive.packing.gathering import Gathering


_BITS = 64
"""Of a whole number that is shown; Python turns no endless one into digits."""


@dataclass(frozen=True, slots=True)
class Opened:
    """A corpus, read and ready to be gathered.

    Attributes:
        folder: the corpus folder.
        submission: what lies in it.
        recipe_name: of what labels.
        limits: how much of a document is read, where somebody says so.
        overlay: a schema of the person's own, or None.
        findings: of the submission and of the schema.
        access: the one level that is wanted, or None for all.
        withheld: what the list of what is withheld withholds.
    """

    folder: Path
    submission: Submission
    recipe_name: str
    limits: Mapping[str, int]
    overlay: Overlay | None
    findings: tuple[Finding, ...]
    access: AccessLevel | None
    withheld: WithheldWords

    @property
    def is_fit(self) -> bool:
        """Whether nothing is wrong with the corpus itself, so that its documents may be packed."""
        return not any(one.severity is Severity.ERROR and one.document is None for one in self.findings)

    @property
    def unlisted(self) -> int:
        """How many folders could not be listed; nobody knows what is in them."""
        return sum(one.code == "folder.unreadable" for one in self.findings)

    def partition(self, without: Collection[str] = (), also: Collection[AccessLevel] = ()) -> Partition:
        """The corpus divided by access level, less some documents; `also` are levels that need no document."""
        return self.submission.partition(without, also)

    def levels(self, partition: Partition) -> list[LevelPlan]:
        """The wanted levels of a partition."""
        return [plan for plan in partition.levels if self.access in {None, plan.level}]

    def gathering(
        self,
        partition: Partition,
        plan: LevelPlan,
        work: Work,
        staging: Path | None = None,
        without: frozenset[str] = frozenset(),
    ) -> Gathering:
        """How one level is gathered; only here is all imported that reads documents.

        Args:
            partition: the corpus divided.
            plan: the level, out of the partition.
            work: how it is done.
            staging: the bag in the making, or None for a check.
            without: identifiers of documents in containers that are left out.
        """
        from archive.packing.gathering import Gathering

        return Gathering(
            corpus=self.submission.corpus,
            folder=self.folder,
            plan=plan,
            staging=staging,
            urn=bag_urn(self.submission.corpus, plan.level, holds=work.holds),
            packed_at=work.instant.timestamp,
            recipe=recipe_named(self.recipe_name).within(self.limits),
            algorithms=work.algorithms,
            validator=self.validator(partition, plan),
            team=work.team,
            listener=work.listener,
            without=without,
            limits=Limits.of(self.limits),
            profiles=work.profiles,
            withheld=self.withheld,
            timing=work.timing,
        )

    def validator(self, partition: Partition, plan: LevelPlan) -> Validator:
        """What holds the records of one level to the schemas, out of the partition."""
        sheet = partition.planners[plan.level].contents.sheet
        columns = tuple(column.name for column in sheet.layout.columns) if sheet is not None else ()
        return Validator("record", self.overlay, Origins(columns, "data/submission/"))


@dataclass(frozen=True, slots=True)
class Work:
    """How a corpus is worked through.

    Attributes:
        team: what works.
        listener: who hears of progress.
        instant: the one instant.
        algorithms: normalised names, sha256 first.
        holds: what the bags are to hold.
        profiles: BagIt profiles of others that the bags meet: the names of their files, and their bytes.
        timing: measures how long the steps take.
    """

    team: Team
    listener: Listener
    instant: Instant
    algorithms: tuple[str, ...] = ("sha256",)
    holds: Holds = Holds.DOCUMENTS
    profiles: tuple[tuple[str, bytes], ...] = ()
    timing: Timing = field(default_factory=Timing)


def open_corpus(
    folder: Path,
    recipe: str | None,
    access: str | None,
    limits: Mapping[str, int] = NONE_GIVEN,
    team: Team | None = None,
) -> Opened:
    """Reads a corpus folder and chooses what packing needs.

    Args:
        folder: the corpus folder.
        recipe: the name of one, or None for what corpus.toml says.
        access: the one level that is wanted, or None for all.
        limits: how much of a document is read, as the call names it.
        team: may look into files, where there are many.

    Raises:
        UsageError: no such folder, no corpus.toml in it, or the call names an unknown recipe, access level or limit.
        StorageError: the schema cannot be read.
    """
    submission = read_submission(folder, team)
    chosen_limits = chosen_limits_of(submission, limits)
    overlay, wrong = _overlay(folder, submission.corpus.schema)
    wrong = (*wrong, *_language(submission.corpus.language))
    withheld = WithheldWords.of(submission)
    redactions = redaction_findings(submission, folder, Limits.of(chosen_limits))
    wrong = (*wrong, *redactions, *withheld.in_submission(submission, folder))
    chosen, unknown = _recipe(submission.corpus.recipe) if recipe is None else (_recipe_given(recipe), ())
    return Opened(
        folder=folder,
        submission=submission,
        recipe_name=chosen,
        limits=chosen_limits,
        overlay=overlay,
        findings=(*submission.findings, *wrong, *unknown),
        access=_level(access),
        withheld=withheld,
    )


def _overlay(folder: Path, schema: str | None) -> tuple[Overlay | None, tuple[Finding, ...]]:
    if schema is None or not place_in(folder, schema).is_file():
        return None, ()  # that it is missing is a finding of the submission
    with told_in_words(place_in(folder, schema)):
        data = place_in(folder, schema).read_bytes()
    return read_overlay(data, schema)


def _language(tag: str) -> tuple[Finding, ...]:
    if languages.is_language_tag(tag):
        return ()
    where = Where(file="corpus.toml", pointer="/language")
    expected = f"a BCP 47 tag such as {languages.suggestion(tag) or 'en'}"
    return (finding("language.not-bcp47", where=where, found=tag[:80], expected=expected),)


def _recipe(name: str) -> tuple[str, tuple[Finding, ...]]:
    """The recipe that corpus.toml names; where there is none such, that is a finding, and nothing is published."""
    if name in RECIPES:
        return name, ()
    where = Where(file="corpus.toml", pointer="/recipe")
    expected = " or ".join(RECIPES)
    return "default", (finding("corpus.wrong-value", where=where, found=name[:80], expected=expected),)


def _recipe_given(name: str) -> str:
    """The recipe that the call names."""
    if name not in RECIPES:
        known = ", ".join(RECIPES)
        raise UsageError(f"--recipe names {name[:80]!r}, which is no recipe", remedy=f"Give one of {known}")
    return name


def chosen_limits_of(submission: Submission, limits: Mapping[str, int]) -> Mapping[str, int]:
    """How much of a document is read: as the call says, else as corpus.toml does, where one of them says so.

    Raises:
        UsageError: the call names an unknown limit, or a value that it cannot have.
    """
    for name, value in limits.items():
        if name not in SETTING:
            known = ", ".join(SETTING)
            raise UsageError(f"there is no limit {name[:80]!r}", where="limits", remedy=f"Give one of {known}")
        if not SETTING[name].allows(value):
            remedy = f"Give {SETTING[name].range}: {SETTING[name].meaning}"
            seen = "so large a number" if isinstance(value, int) and value.bit_length() > _BITS else str(value)[:80]
            raise UsageError(f"the limit {name} cannot be {seen}", where="limits", remedy=remedy)
    return {**submission.corpus.limits, **limits}


def _level(name: str | None) -> AccessLevel | None:
    try:
        return None if name is None else AccessLevel(name)
    except ValueError:
        known = ", ".join(AccessLevel)
        raise UsageError(f"{name[:80] if name else name!r} is no access level", remedy=f"Give one of {known}") from None


def chosen_algorithms(names: Sequence[str]) -> tuple[str, ...]:
    """The algorithms of a bag: sha256, by which its records name files, then the others that were asked for.

    Raises:
        UsageError: an algorithm is unknown.
    """
    chosen = ["sha256"]
    for name in names:
        algorithm = normalised(name)
        if algorithm not in HASHLIB_NAME:
            known = ", ".join(sorted(HASHLIB_NAME))
            raise UsageError(f"there is no checksum algorithm {name[:40]!r}", remedy=f"Give one of {known}")
        if algorithm not in chosen:
            chosen.append(algorithm)
    return tuple(chosen)


def in_whole_sheet(findings: Sequence[Finding], partition: Partition, level: AccessLevel) -> tuple[Finding, ...]:
    """Findings about the sheet of one level's bag, with the rows of the person's own sheet."""
    planner = partition.planners[level]
    name = planner.contents.sheet.name if planner.contents.sheet is not None else SHEET
    return tuple(in_sheet_of(name, _renumbered(one, planner.rows)) for one in findings if not _is_told_by_the_plan(one))


def _is_told_by_the_plan(one: Finding) -> bool:
    """Whether a finding about a record repeats one of the submission: an embargo without a date has its row there."""
    return one.code == "record.missing-field" and one.where.pointer == "/metadata" and "'review_date'" in one.found


def _renumbered(one: Finding, rows: Sequence[int]) -> Finding:
    where = one.where
    if where.file != SHEET or where.row is None or where.row > len(rows):
        return one
    return replace(one, where=Where(where.file, rows[where.row - 1], where.column, where.pointer, where.bytes))
