"""What a BagIt profile asks of a bag of ours, found before the work is done where it can be known by then."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from archive.bags.contents import Contents
from archive.bags.profiles.profile import IDENTIFIER_LABEL, REQUIRED, LabelRule, Profile
from archive.bags.profiles.rules import bagit_version, of_contents
from archive.model.bags import PAYLOAD, Declaration, TagLine, Tags
from archive.model.codes import finding
from archive.model.columns import TABLES
from archive.model.corpora import Corpus
from archive.model.digests import DEFAULT_ALGORITHMS, HASHLIB_NAME
from archive.model.fields import AccessLevel
from archive.model.findings import Finding, Where
from archive.packing.corpus import Opened, chosen_algorithms
from archive.packing.identity import bag_urn
from archive.packing.instant import Instant
from archive.packing.payload import Payload
from archive.packing.tag_files import bag_info
from archive.schema import shipped

_KNOWN_LATER = tuple(
    PAYLOAD + folder for folder in ("originals/", "derived/", "evidence/", "records/", "submission/", "tables/")
)
"""What is in these folders is known once the bag is made; then it is looked at."""
_BARE_KEY = re.compile(r"[A-Za-z0-9_-]+")
_ALWAYS = "sha256"
_BAG_INFO = Where(file="corpus.toml", pointer="/bag-info")
_MISSING = "profile.label-missing"
_NOT_OURS = "A bag of this layout cannot do so: ask the institution, or pack without --profile."
_REMEDIES = {
    "profile.bagit-version": "Pack writes version 1.0 alone: ask the institution whether it takes that.",
    _MISSING: "Write the line under [bag-info] in corpus.toml.",
    "profile.label-value": "Write a permitted value under [bag-info] in corpus.toml.",
    "profile.label-repeated": "Keep one of the lines; those of your own stand under [bag-info] in corpus.toml.",
    "profile.label-case": "Write the label so under [bag-info] in corpus.toml, if the line is your own.",
    "profile.manifest-missing": "This program does not know the algorithm: ask the institution for another.",
    "profile.tag-manifest-missing": "This program does not know the algorithm: ask the institution for another.",
    "profile.manifest-not-allowed": "Leave out its --checksum. Without sha256 there is no bag of this layout.",
    "profile.tag-manifest-not-allowed": "Leave out its --checksum. Without sha256 there is no bag of this layout.",
    "profile.fetch-missing": _NOT_OURS,
    "profile.data-not-empty": _NOT_OURS,
    "profile.tag-file-missing": "Put the file into the corpus folder, and under [tag-files] in corpus.toml a line with"
    ' its name in the bag and its path in the folder: "mets.xml" = "for-the-library/mets.xml".',
    "profile.tag-file-not-allowed": _NOT_OURS,
    "profile.payload-file-missing": _NOT_OURS,
    "profile.payload-file-not-allowed": _NOT_OURS,
}


@dataclass(frozen=True, slots=True)
class Fitted:
    """A corpus made ready for a profile.

    Attributes:
        corpus: with the line that names the profile.
        algorithms: with those that the profile requires.
        findings: what the bag would lack, and what is still to be done after packing.
    """

    corpus: Opened
    algorithms: tuple[str, ...]
    findings: tuple[Finding, ...]


def fitted(corpus: Opened, checksums: Sequence[str], profile: Profile, instant: Instant) -> Fitted:
    """Makes a corpus ready for a profile, and says what its bags would lack.

    Args:
        corpus: the corpus.
        checksums: the algorithms that were asked for.
        profile: the profile.
        instant: the instant of packing.

    Raises:
        UsageError: an algorithm that was asked for is unknown.
    """
    naming = _naming(corpus, profile)
    algorithms = _algorithms(checksums, profile)
    foreseen = _foreseen(naming.submission.corpus, algorithms, instant)
    found = [*bagit_version(profile, foreseen), *of_contents(profile, foreseen)]
    told = [_for_a_person(one) for one in found if one.code != _MISSING and not _comes_later(one)]
    told.extend(_missing_lines(profile, foreseen))
    if profile.serialization == REQUIRED:
        told.append(finding("profile.to-be-serialised", found="a folder", expected=", ".join(profile.formats)))
    return Fitted(naming, algorithms, tuple(told))


def _naming(corpus: Opened, profile: Profile) -> Opened:
    own = corpus.submission.corpus
    line = (IDENTIFIER_LABEL, profile.identifier)
    if line in own.bag_info or profile.identifier == shipped.PROFILE_IDENTIFIER:
        return corpus
    naming = replace(own, bag_info=(*own.bag_info, line))
    return replace(corpus, submission=replace(corpus.submission, corpus=naming))


def _algorithms(checksums: Sequence[str], profile: Profile) -> tuple[str, ...]:
    """Those that were asked for and those that are required; of the usual ones, those that are allowed."""
    required = (*profile.manifests_required, *profile.tag_manifests_required)
    chosen = dict.fromkeys((*chosen_algorithms(checksums), *(one for one in required if one in HASHLIB_NAME)))
    if tuple(checksums) != DEFAULT_ALGORITHMS:
        return tuple(chosen)
    lists = [one for one in (profile.manifests_allowed, profile.tag_manifests_allowed) if one is not None]
    return tuple(one for one in chosen if one in {_ALWAYS, *required} or all(one in allowed for allowed in lists))


def _foreseen(corpus: Corpus, algorithms: tuple[str, ...], instant: Instant) -> Contents:
    """The bag as far as it can be foreseen."""
    lines = bag_info(corpus, instant, bag_urn(corpus, AccessLevel.OPEN), "0" * 64, Payload(Path(), algorithms))
    payload = dict.fromkeys(
        (
            "data/README.md",
            "data/bag.json",
            *(f"data/schemas/{name}" for name in shipped.schema_files()),
            f"data/schemas/{shipped.REQUIRED_PROFILE}",
            *(f"data/tables/{table.name}.parquet" for table in TABLES),
            "data/records/00000.jsonl",
            "data/submission/corpus.toml",
        ),
        1,
    )
    manifests = [f"{kind}manifest-{one}.txt" for kind in ("", "tag") for one in algorithms]
    given = [name for name, _ in corpus.tag_files]
    tag_files = dict.fromkeys(("README.md", "bag-info.txt", "bagit.txt", *manifests, *given), 1)
    return Contents(
        declaration=Declaration(),
        info=Tags(tuple(TagLine(label, value) for label, value in lines)),
        manifests=(),
        tag_manifests=(),
        fetches=None,
        files={**payload, **tag_files},
        payload=payload,
        tag_files=tag_files,
        folders=frozenset(),
        oddities=(),
        aliases={},
        listed={},
        odd={},
        findings=(),
    )


def _comes_later(one: Finding) -> bool:
    return one.code == "profile.payload-file-missing" and (one.where.file or "").startswith(_KNOWN_LATER)


def _for_a_person(one: Finding) -> Finding:
    where = _BAG_INFO if one.code.startswith("profile.label-") else one.where
    return replace(one, where=where, remedy=_REMEDIES.get(one.code, one.remedy))


def _missing_lines(profile: Profile, bag: Contents) -> Iterator[Finding]:
    info = bag.info or Tags()
    for rule in profile.labels:
        if rule.required and info.first(rule.label) is None:
            yield finding(_MISSING, where=_BAG_INFO, expected=_toml_line(rule), remedy=_REMEDIES[_MISSING])


def _toml_line(rule: LabelRule) -> str:
    key = rule.label if _BARE_KEY.fullmatch(rule.label) else json.dumps(rule.label, ensure_ascii=False)
    values = [json.dumps(value, ensure_ascii=False) for value in rule.values] or ['"..."']
    return f"{key} = {' or '.join(values)}" + (f" ({rule.description})" if rule.description else "")
