"""The rules that a profile itself must meet, once it is read: one function for each."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from archive.bags.manifests import manifest_name
from archive.bags.profiles.patterns import Patterns
from archive.bags.profiles.profile import FORBIDDEN, IDENTIFIER_LABEL, REQUIRED, Profile
from archive.model.bags import BAG_INFO, DECLARATION, FETCH, PAYLOAD
from archive.model.codes import finding
from archive.model.escaping import escapes
from archive.model.findings import Finding, Severity, Where

Rule = Callable[[Profile, str], Iterator[Finding]]

KNOWN_MINOR = 4
"""The specification's versions 1.1 to 1.4 are known; what names no version follows 1.1.0."""
_URI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[\x21-\x7e]+")
_LONGEST_SHOWN = 120


def specification(profile: Profile, file: str) -> Iterator[Finding]:
    """Field 1: the profile follows a version of the specification that is known here."""
    major, minor, _ = profile.specification
    if major != 1 or not 1 <= minor <= KNOWN_MINOR:
        found = ".".join(map(str, profile.specification))
        yield _at("specification-version", file, "/BagIt-Profile-Info/BagIt-Profile-Version", found, "1.1.0 to 1.4.0")


def identifier(profile: Profile, file: str) -> Iterator[Finding]:
    """Field 1: BagIt-Profile-Identifier is a URI (RFC 3986, 4.3)."""
    if not _URI.fullmatch(profile.identifier):
        place = f"/BagIt-Profile-Info/{IDENTIFIER_LABEL}"
        yield _at("identifier-form", file, place, profile.identifier, "a URI, such as https://example.org/profile.json")


def labels(profile: Profile, file: str) -> Iterator[Finding]:
    """Field 2, with RFC 8493, 2.2.2: labels are the same whatever their case, so none is defined twice."""
    seen: dict[str, str] = {}
    for rule in profile.labels:
        other = seen.setdefault(rule.label.lower(), rule.label)
        if other != rule.label:
            yield _at("label-twice", file, "/Bag-Info", f"{other} and {rule.label}", "one of them")


def lists_identifier(profile: Profile, file: str) -> Iterator[Finding]:
    """Field 2: BagIt-Profile-Identifier is always required and should not be listed."""
    for rule in profile.labels:
        if rule.label.lower() == IDENTIFIER_LABEL.lower():
            yield _at("lists-identifier", file, f"/Bag-Info/{rule.label}", rule.label, "")


def manifests(profile: Profile, file: str) -> Iterator[Finding]:
    """Fields 4 and 12: manifests and tag manifests that are required are allowed."""
    yield from _subset(file, "Manifests-Allowed", profile.manifests_required, profile.manifests_allowed)
    yield from _subset(file, "Tag-Manifests-Allowed", profile.tag_manifests_required, profile.tag_manifests_allowed)


def _subset(file: str, key: str, required: Sequence[str], allowed: Sequence[str] | None) -> Iterator[Finding]:
    if allowed is not None:
        for name in required:
            if name not in allowed:
                yield _at("required-not-allowed", file, f"/{key}", ", ".join(allowed), name)


def files(profile: Profile, file: str) -> Iterator[Finding]:
    """Fields 13 to 16: files that are required are covered by those that are allowed."""
    for key, required, allowed in (
        ("Tag-Files-Allowed", profile.tag_files_required, profile.tag_files_allowed),
        ("Payload-Files-Allowed", profile.payload_files_required, profile.payload_files_allowed),
    ):
        if allowed is None:
            continue
        patterns = Patterns(allowed)
        for path in required:
            if not (patterns.cover_folder(path) if path.endswith("/") else patterns.cover(path)):
                yield _at("required-not-allowed", file, f"/{key}", ", ".join(allowed), path)


def fetch(profile: Profile, file: str) -> Iterator[Finding]:
    """Field 6: fetch.txt is required only where it is allowed."""
    if profile.fetch_required and not profile.fetch_allowed:
        yield _at("fetch-contradiction", file, "/Fetch.txt-Required", "true", "Allow-Fetch.txt true as well")


def empty_payload(profile: Profile, file: str) -> Iterator[Finding]:
    """Fields 7 and 15: a payload that must be empty has room for one file that is required, directly in data/."""
    required = sorted(set(profile.payload_files_required))
    inner = [path for path in required if "/" in path.removeprefix(PAYLOAD)]
    if profile.data_empty and (len(required) > 1 or inner):
        yield _at("empty-contradiction", file, "/Data-Empty", ", ".join(required), "no more than one file")


def formats(profile: Profile, file: str) -> Iterator[Finding]:
    """Field 9: where bags may be serialised, at least one format is named; without one, any is accepted."""
    if profile.serialization != FORBIDDEN and not profile.formats:
        one = _at("no-serialization", file, "/Accept-Serialization", profile.serialization, "at least one media type")
        yield one if profile.serialization == REQUIRED else replace(one, severity=Severity.WARNING)


def versions(profile: Profile, file: str) -> Iterator[Finding]:
    """Field 10: at least one version of BagIt is accepted."""
    if not profile.versions:
        yield _at("missing-key", file, "/Accept-BagIt-Version", "", "at least one version, such as 1.0")


def tag_paths(profile: Profile, file: str) -> Iterator[Finding]:
    """Field 13: a required tag file has the path of a file, outside data/."""
    for path in profile.tag_files_required:
        if _is_no_path(path) or path.endswith("/") or path.startswith(PAYLOAD):
            yield _at("path", file, "/Tag-Files-Required", path, "the path of a file in the bag, outside data/")


def payload_paths(profile: Profile, file: str) -> Iterator[Finding]:
    """Field 15: a required payload file or folder is in data/."""
    for path in profile.payload_files_required:
        if _is_no_path(path) or not path.startswith(PAYLOAD):
            yield _at("path", file, "/Payload-Files-Required", path, "the path of a file or a folder/ in data/")


def _is_no_path(path: str) -> bool:
    return not path or bool(escapes(path)) or any(part in {"", "."} for part in path.removesuffix("/").split("/"))


def reserved_files(profile: Profile, file: str) -> Iterator[Finding]:
    """Field 13: bag-info.txt and manifests should not be listed, since other rules require them."""
    for path in profile.tag_files_required:
        if is_reserved(path):
            yield _at("lists-reserved-file", file, "/Tag-Files-Required", path, "")


def is_reserved(path: str) -> bool:
    """Whether BagIt itself gives a tag file of that path its meaning.

    >>> is_reserved("bag-info.txt"), is_reserved("meta/bag-info.txt")
    (True, False)
    """
    return path in {DECLARATION, BAG_INFO, FETCH} or ("/" not in path and manifest_name(path) is not None)


RULES: tuple[Rule, ...] = (
    specification,
    identifier,
    labels,
    lists_identifier,
    manifests,
    files,
    fetch,
    empty_payload,
    formats,
    versions,
    tag_paths,
    payload_paths,
    reserved_files,
)


def _at(code: str, file: str, pointer: str, found: str, expected: str) -> Finding:
    where = Where(file=file, pointer=pointer)
    return finding(f"profile.{code}", where=where, found=found[:_LONGEST_SHOWN], expected=expected[:_LONGEST_SHOWN])
