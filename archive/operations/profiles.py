"""Which BagIt profiles a bag is held against: the one that was given, and our own where the bag names it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from archive.bags.contents import Contents
from archive.bags.profiles.profile import IDENTIFIER_LABEL, Profile
from archive.bags.profiles.reading import read_profile
from archive.bags.profiles.rules import FOLDER, bagit_version, findings_against, of_contents
from archive.bags.profiles.strict_json import LARGEST
from archive.bags.reader import read_bag
from archive.errors import ArchiveError, TargetExistsError, UsageError
from archive.model.bags import BAG_INFO
from archive.model.codes import finding
from archive.model.depths import Depth
from archive.model.findings import Finding, Where, errors_in
from archive.schema import shipped
from archive.storage.local import LocalStore

_LONGEST_SHOWN = 200


@dataclass(frozen=True, slots=True)
class GivenProfile:
    """A profile that a person gave.

    Attributes:
        file: its path, as given.
        profile: what it asks, or None where nothing can be checked against it.
        findings: what is wrong with it, or worth knowing.
        data: its bytes.
    """

    file: str
    profile: Profile | None
    findings: tuple[Finding, ...]
    data: bytes = b""

    @property
    def travelling(self) -> tuple[tuple[str, bytes], ...]:
        """The name under which it travels in a bag that was made for it, and its bytes; not if it is our own."""
        is_own = self.profile is None or self.profile.identifier == shipped.PROFILE_IDENTIFIER
        return () if is_own else ((shipped.REQUIRED_PROFILE, self.data),)


def given_profile(path: str | os.PathLike[str]) -> GivenProfile:
    """Reads the file of a profile.

    Raises:
        UsageError: there is no such file, or it cannot be read.
    """
    file = os.fspath(path)
    try:
        with Path(file).open("rb") as stream:
            data = stream.read(LARGEST + 1)
    except (OSError, ValueError) as problem:
        why = problem.strerror if isinstance(problem, OSError) else str(problem)
        raise UsageError(
            f"the profile cannot be read: {why}", where=file, remedy="Give the path of the profile's JSON file"
        ) from problem
    profile, findings = read_profile(data, file)
    return GivenProfile(file, profile, findings, data)


@cache
def own_profile() -> Profile:
    """The profile that every bag of ours names and meets.

    Raises:
        ArchiveError: the installation is damaged.
    """
    profile, findings = read_profile(shipped.profile_bytes(), shipped.PROFILE)
    if profile is None:
        what = f"the shipped profile is not sound: {findings[0].code} {findings[0].where}"
        raise ArchiveError(what, remedy="Install the package again")
    return profile


def falls_short(bag: Path, profile: Profile | None) -> tuple[Finding, ...]:
    """What a folder that was packed lacks of a profile, but for its being a folder; no manifest is read.

    Raises:
        BagUnreadableError: there is no bag.
    """
    if profile is None:
        return ()
    contents = read_bag(LocalStore(str(bag)), Depth.OXUM)
    return (*bagit_version(profile, contents), *of_contents(profile, contents))


def expect_met(bag: Path, profile: Profile | None) -> None:
    """An identical bag that is there already but was packed for no profile, or another, is not the one wanted.

    Raises:
        TargetExistsError: it does not meet the profile.
    """
    lacking = errors_in(falls_short(bag, profile))
    if lacking:
        raise TargetExistsError(
            f"the same bag is there already, but it does not meet the profile: {lacking[0].code}",
            where=str(bag),
            remedy="Raise `version` in corpus.toml, or give --name",
        )


def against_profiles(bag: Contents, given: GivenProfile | None, form: str = FOLDER) -> Iterator[Finding]:
    """What is found where a bag is held against the profiles that are at hand; the others that it names are told.

    Args:
        bag: what it holds.
        given: the profile that a person gave.
        form: the format in which the bag is serialised (`archive.bags.profiles.rules.FORMATS`), or `folder`.
    """
    lines = list(bag.info.named(IDENTIFIER_LABEL)) if bag.info else []
    own = own_profile()
    profiles = {own.identifier: own} if own.identifier in {line.value for line in lines} else {}
    if given is not None and given.profile is not None:
        profiles[given.profile.identifier] = given.profile
    for profile in profiles.values():
        yield from findings_against(profile, bag, form)
    for line in lines:
        if line.value not in profiles:
            where = Where(file=BAG_INFO, row=line.line)
            yield finding("profile.not-checked", where=where, found=line.value[:_LONGEST_SHOWN])
