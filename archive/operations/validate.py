"""The verb `validate`: checks bags, anyone's, and says what is wrong with them. Never writes into a bag."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from archive.bags.contents import CONTENT_DIGEST_LABEL, IDENTIFIER_LABEL, Contents
from archive.bags.fixity import Checking
from archive.bags.profiles.profile import IDENTIFIER_LABEL as PROFILE_LABEL
from archive.bags.reader import read_bag
from archive.bags.stated import ROOT
from archive.errors import BagUnreadableError, LimitError, StorageError, UnreachableError, UsageError, WorkerError
from archive.model.codes import finding
from archive.model.depths import Depth
from archive.model.findings import Finding, Severity, Where
from archive.model.progress import Listener, unheard
from archive.model.reports import BagSummary, Report, Verdict
from archive.model.tally import Tally
from archive.operations.places import Place, open_place
from archive.storage.schemes import is_url

# What is needed only once the workers are at work, or only by some bags, is imported then: it takes as long as to check
# ten thousand small files.
if TYPE_CHECKING:
    from archive.operations.groups import PlaceInGroup
    from archive.operations.judge import Judgement
    from archive.operations.profiles import GivenProfile
    from archive.operations.proofs import Damage

    CrossCheck = Callable[[Path], Judgement]

_WORST_FIRST = (Verdict.UNDETERMINED, Verdict.INVALID, Verdict.SIZES_MATCH, Verdict.COMPLETE, Verdict.VALID)
_URN = "urn:"
_HEX_DIGITS = 64
_PARTIAL = ".partial"
_UNDECIDED = frozenset(
    {
        "folder.unreadable",
        "judge.no-answer",
        "oxum.absent",
        "record.version",
        "stage.not-applicable",
        "stage.skipped",
    }
)
"""Errors that say nothing against the bag; only that what was asked for could not be checked."""


@dataclass(frozen=True, slots=True)
class _Outcome:
    """What came out for one bag."""

    summary: BagSummary
    verdict: Verdict
    findings: tuple[Finding, ...]
    counts: Counter[str]
    places: tuple[PlaceInGroup, ...] = ()


def validate(
    *bags: Path | str,
    depth: Depth | str = Depth.FIXITY,
    expect: str | None = None,
    jobs: int | None = None,
    listener: Listener = unheard,
    cross_check: CrossCheck | None = None,
    profile: Path | str | None = None,
) -> Report:
    """Checks bags.

    Args:
        bags: their folders, or serialised bags (zip, tar, compressed tar), or the URL of either (`s3://`, `gs://`,
            `file://`); one or more.
        depth: how deep: `oxum`, `complete`, `fixity`, `derivation` or `reproduction` (see `archive.model.depths`).
        expect: the root digest that the one bag must have: the sha256 of its tagmanifest-sha256.txt, in hex.
        jobs: how many processes may work; None for all processors.
        listener: hears of the progress.
        cross_check: a second opinion on each bag, such as `functools.partial(judge, seconds=600)`.
        profile: the file of a BagIt profile that the bags must meet. Our own is asked of every bag that names it.

    Returns:
        one report for all of them. Its verdict is the worst of theirs, where a bag that could not be opened is worse
        than an invalid one; where the profile itself is wrong it is undetermined. With more than one bag, each place
        begins with the path of the bag.

    Raises:
        UsageError: no bag, an unknown depth, `expect` that is no digest or goes with several
            bags or with depth `oxum`, no jobs, or a profile that cannot be read.
    """
    if not bags:
        raise UsageError("There is no bag to validate", remedy="Give the folder of a bag")
    given = None if profile is None else _given_profile(profile)
    options = _Options(_depth(depth), _digest(expect, len(bags)), jobs, listener, cross_check, given)
    if options.expect and options.depth is Depth.OXUM:
        raise UsageError("The root digest is not looked at with depth oxum", remedy="Use depth complete or fixity")
    outcomes = [_validated(os.fspath(bag), options) for bag in bags]
    findings = [one for outcome in outcomes for one in _placed(outcome, alone=len(bags) == 1)]
    findings.extend(_conflicts(outcomes))
    verdicts = [outcome.verdict for outcome in outcomes]
    if given is not None:
        findings.extend(given.findings)
        if given.profile is None:
            verdicts.append(Verdict.UNDETERMINED)
    return Report(
        command="validate",
        verdict=min(verdicts, key=_WORST_FIRST.index),
        findings=tuple(sorted(findings, key=lambda one: one.order)),
        counts=dict(sum((outcome.counts for outcome in outcomes), Counter(bags=len(outcomes)))),
        bags=tuple(outcome.summary for outcome in outcomes),
    )


@dataclass(frozen=True, slots=True)
class _Options:
    depth: Depth
    expect: str | None
    jobs: int | None
    listener: Listener
    cross_check: CrossCheck | None
    profile: GivenProfile | None


def _given_profile(profile: Path | str) -> GivenProfile:
    from archive.operations.profiles import given_profile

    return given_profile(profile)


def _against_profiles(bag: Contents, given: GivenProfile | None, media: str) -> Iterator[Finding]:
    if given is None and (bag.info is None or bag.info.first(PROFILE_LABEL) is None):
        return
    from archive.operations.profiles import against_profiles

    yield from against_profiles(bag, given, media)


def _conflicts(outcomes: Iterable[_Outcome]) -> Iterator[Finding]:
    from archive.operations.groups import conflicts

    return conflicts(place for outcome in outcomes for place in outcome.places)


def _depth(depth: Depth | str) -> Depth:
    try:
        return Depth(depth)
    except ValueError:
        known = ", ".join(one.value for one in Depth)
        raise UsageError(f"There is no depth {depth!r}", remedy=f"Give one of {known}") from None


def _digest(expect: str | None, bags: int) -> str | None:
    if expect is None:
        return None
    if bags != 1:
        raise UsageError("An expected digest belongs to one bag", remedy="Validate the bags one by one")
    digest = expect.strip().lower()
    if len(digest) != _HEX_DIGITS or not set(digest) <= set("0123456789abcdef"):
        raise UsageError(f"{expect!r} is not a sha256 in hex", remedy="Give the 64 hex digits that pack printed")
    return digest


def _validated(path: str, options: _Options) -> _Outcome:
    fixity = options.depth.reaches(Depth.FIXITY)
    try:
        place = open_place(path, algorithms=None if fixity else ())
        with Checking(place.store, options.jobs, options.listener, _import_the_rest) as checking:
            bag = read_bag(place.store, options.depth, watch=checking if fixity else None)
            return _judged(path, place, bag, checking, options)
    except BagUnreadableError as error:
        return _undetermined(path, finding("bag.unreadable", found=error.what, remedy=error.remedy))
    except UnreachableError as error:
        where = Where(file=None if is_url(error.where or "") else error.where)
        return _undetermined(path, finding("bag.unreadable", where=where, found=error.what, remedy=error.remedy))
    except LimitError as error:
        return _undetermined(path, finding("serialised.bomb", found=error.what))


def _import_the_rest() -> None:
    """Imports what `_judged` needs; to be called while workers are busy."""
    import archive.bags.rules
    import archive.operations.groups
    import archive.operations.proofs  # noqa: F401 - only so that it is there


def _judged(path: str, place: Place, bag: Contents, checking: Checking, options: _Options) -> _Outcome:
    from archive.bags.rules import findings_of
    from archive.operations.groups import places_in_groups
    from archive.operations.proofs import Damage

    tally, damaged = Tally(), Damage()
    # First, since it may be the one who learns how large the files are.
    checked = list(checking.rest(bag)) if options.depth.reaches(Depth.FIXITY) else []
    for more in (
        place.findings,
        bag.findings,
        findings_of(bag, options.depth),
        _of_whole(place, bag, options),
        checked,
    ):
        tally.extend(damaged.noted(more))
    if options.cross_check:  # it knows no profiles, so its verdict is compared with ours without them
        tally.add(_second_opinion(tuple(tally), place, bag, options.depth, options.cross_check))
    tally.extend(_against_profiles(bag, options.profile, place.media))
    if options.depth.reaches(Depth.DERIVATION):
        tally.extend(_proofs(place, bag, damaged, options))
    findings = tuple(tally)
    verdict = _verdict(findings, options.depth)
    return _Outcome(_summary(path, bag, verdict), verdict, findings, _counts(bag), tuple(places_in_groups(path, bag)))


def _proofs(place: Place, bag: Contents, damaged: Damage, options: _Options) -> Iterator[Finding]:
    from archive.operations.proofs import proofs
    from archive.proving import Subject, skipped  # what it needs takes half a second to import
    from archive.storage.poured import at_any_place

    subject = Subject(place.store, bag, frozenset(damaged.files), options.jobs, options.listener)
    with ExitStack() as stack:
        try:
            store = stack.enter_context(at_any_place(place.store)) if bag.is_ours else place.store
        except (StorageError, LimitError) as error:
            yield skipped("", f"records and tables: {error.what}")
            return
        yield from proofs(replace(subject, store=store), options.depth)


def _undetermined(path: str, why: Finding) -> _Outcome:
    return _Outcome(BagSummary(path, verdict=Verdict.UNDETERMINED), Verdict.UNDETERMINED, (why,), Counter())


def _verdict(findings: Iterable[Finding], depth: Depth) -> Verdict:
    errors = {one.code for one in findings if one.severity is Severity.ERROR}
    if errors and errors <= _UNDECIDED:
        return Verdict.UNDETERMINED
    return Verdict.INVALID if errors else depth.best


def _of_whole(place: Place, bag: Contents, options: _Options) -> Iterator[Finding]:
    name = os.path.basename(os.path.abspath(place.store.name))  # noqa: PTH100, PTH119 - `resolve` would follow links
    if name.startswith(".") and name.endswith(_PARTIAL):
        yield finding("bag.partial", found=name)
    root = bag.root_digest
    if options.expect is not None and root != options.expect:
        found = root or f"no {ROOT}"
        yield finding("bag.root-digest", where=Where(file=ROOT), found=found, expected=options.expect)


def _second_opinion(
    findings: tuple[Finding, ...], place: Place, bag: Contents, depth: Depth, cross_check: CrossCheck
) -> Finding:
    if not place.is_on_disk:
        return finding("judge.not-asked", found=place.media, expected="a folder on this machine")
    from archive.operations.differences import why_accepted, why_rejected

    verdict = _verdict(findings, depth)
    try:
        judgement = cross_check(Path(place.store.name))
    except WorkerError as error:
        return finding("judge.no-answer", found=error.what, remedy=error.remedy)
    ours = verdict not in {Verdict.INVALID, Verdict.UNDETERMINED}
    said = "accepted" if judgement.accepted else f"rejected: {judgement.said}"
    says = f"{verdict.value}, as this program says"
    if judgement.accepted == ours:
        return finding("judge.agrees", found=said, expected=says)
    why = why_accepted(findings) if judgement.accepted else why_rejected(bag, depth)
    return finding("judge.disagrees", found=said, expected=f"{says}, {why}" if why else says)


def _summary(path: str, bag: Contents, verdict: Verdict) -> BagSummary:
    named = bag.info.all(IDENTIFIER_LABEL) if bag.info else []
    return BagSummary(
        path=path,
        urn=next((one for one in named if one.lower().startswith(_URN)), None),
        root_digest=bag.root_digest,
        content_digest=bag.info.first(CONTENT_DIGEST_LABEL) if bag.info else None,
        verdict=verdict,
    )


def _counts(bag: Contents) -> Counter[str]:
    return Counter(files=len(bag.payload), bytes=sum(bag.payload.values()), tag_files=len(bag.tag_files))


def _placed(outcome: _Outcome, *, alone: bool) -> Iterator[Finding]:
    for one in outcome.findings:
        if alone:
            yield one
            continue
        inside = f"/{one.where.file}" if one.where.file else ""
        yield replace(one, where=replace(one.where, file=outcome.summary.path.rstrip("/") + inside))
