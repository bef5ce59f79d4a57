"""The rules by which a bag is held against a profile: one function for each, none reads anything but its values.

They need no manifest to be read, so they are asked at every depth.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from archive.bags.contents import Contents
from archive.bags.manifests import manifest_name
from archive.bags.profiles.patterns import Patterns
from archive.bags.profiles.profile import FORBIDDEN, IDENTIFIER_LABEL, REQUIRED, LabelRule, Profile
from archive.bags.profiles.soundness import is_reserved
from archive.model.bags import BAG_INFO, FETCH, PACKAGE_INFO, PAYLOAD, Tags
from archive.model.codes import finding
from archive.model.digests import normalised
from archive.model.findings import Finding, Where

Rule = Callable[[Profile, Contents], Iterator[Finding]]

FOLDER = "folder"
"""The form of a bag that is not serialised."""
FORMATS: Mapping[str, frozenset[str]] = {
    "zip": frozenset({"application/zip", "application/x-zip-compressed", "application/x-zip"}),
    "tar": frozenset({"application/tar", "application/x-tar"}),
    "tar.gz": frozenset(
        {"application/gzip", "application/x-gzip", "application/tar+gzip", "application/x-tar-gz", "application/x-gtar"}
    ),
    "tar.bz2": frozenset({"application/x-bzip2", "application/x-bzip", "application/bzip2", "application/tar+bzip2"}),
    "tar.xz": frozenset({"application/x-xz", "application/xz", "application/tar+xz"}),
    "tar.zst": frozenset({"application/zstd", "application/x-zstd", "application/tar+zstd"}),
}
"""The formats of serialised bags, and the media types by which profiles name each."""

_LONGEST_SHOWN = 120


def findings_against(profile: Profile, bag: Contents, form: str = FOLDER) -> Iterator[Finding]:
    """All that is found where a bag is held against a profile.

    Where the bag's version of BagIt or its serialisation is not accepted, nothing else is asked: the specification's
    workflow has it so.

    Args:
        profile: the profile.
        bag: what the bag holds.
        form: the format in which the bag is serialised, a key of `FORMATS`, or `FOLDER` where it is not.
    """
    fatal = [*bagit_version(profile, bag), *serialization(profile, form)]
    yield from fatal or of_contents(profile, bag)


def of_contents(profile: Profile, bag: Contents) -> Iterator[Finding]:
    """What is found in a bag whose version and serialisation are accepted."""
    for rule in RULES:
        yield from rule(profile, bag)


def bagit_version(profile: Profile, bag: Contents) -> Iterator[Finding]:
    """Field 10: the bag's version of BagIt is accepted."""
    major, minor = bag.declaration.version
    if f"{major}.{minor}" not in {version.strip() for version in profile.versions}:
        expected = _listed(profile.versions)
        yield finding(
            "profile.bagit-version", where=Where(file="bagit.txt"), found=f"{major}.{minor}", expected=expected
        )


def serialization(profile: Profile, form: str) -> Iterator[Finding]:
    """Fields 8 and 9: the bag is serialised where that is required, and is not where that is forbidden."""
    if form == FOLDER:
        if profile.serialization == REQUIRED:
            expected = f"one archive file: {_listed(profile.formats)}"
            yield finding("profile.serialization", found=f"a {FOLDER}", expected=expected)
        return
    if profile.serialization == FORBIDDEN:
        yield finding("profile.serialization", found=form, expected=f"a {FOLDER}")
    elif profile.formats and not FORMATS.get(form, frozenset({form})) & {one.lower() for one in profile.formats}:
        yield finding("profile.serialization-format", found=form, expected=_listed(profile.formats))


def named(profile: Profile, bag: Contents) -> Iterator[Finding]:
    """A bag that meets a profile names it in bag-info.txt; it may name several."""
    identifiers = bag.info.all(IDENTIFIER_LABEL) if bag.info else []
    if profile.identifier not in identifiers:
        expected = f"{IDENTIFIER_LABEL}: {profile.identifier}"
        found = _listed(identifiers)
        yield finding("profile.not-named", where=Where(file=_info_file(bag)), found=found, expected=expected)


def labels_present(profile: Profile, bag: Contents) -> Iterator[Finding]:
    """Field 2, `required`: labels that are required are there."""
    for rule in profile.labels:
        if rule.required and not any(True for _ in _info(bag).named(rule.label)):
            yield finding("profile.label-missing", where=Where(file=_info_file(bag)), expected=_line_for(rule))


def label_values(profile: Profile, bag: Contents) -> Iterator[Finding]:
    """Field 2, `values`: a value is one of those that are permitted, in their case; a folded one is unfolded first."""
    for rule in profile.labels:
        for line in _info(bag).named(rule.label) if rule.values else ():
            if line.value.replace("\n", " ") not in rule.values:
                where = Where(file=_info_file(bag), row=line.line)
                found = f"{line.label}: {line.value}"[:_LONGEST_SHOWN]
                yield finding("profile.label-value", where=where, found=found, expected=_listed(rule.values))


def label_repeats(profile: Profile, bag: Contents) -> Iterator[Finding]:
    """Field 2, `repeatable`: a label that may not be repeated stands once."""
    for rule in profile.labels:
        for line in [] if rule.repeatable else list(_info(bag).named(rule.label))[1:]:
            where = Where(file=_info_file(bag), row=line.line)
            found = f"{line.label}: {line.value}"[:_LONGEST_SHOWN]
            yield finding("profile.label-repeated", where=where, found=found, expected=f"one {rule.label}")


def label_case(profile: Profile, bag: Contents) -> Iterator[Finding]:
    """Field 2, with RFC 8493, 2.2.2: labels are the same whatever their case, but not to every validator."""
    for rule in profile.labels:
        for line in _info(bag).named(rule.label):
            if line.label != rule.label:
                where = Where(file=_info_file(bag), row=line.line)
                yield finding("profile.label-case", where=where, found=line.label, expected=rule.label)


def manifests_present(profile: Profile, bag: Contents) -> Iterator[Finding]:
    """Field 3: there is a manifest of each required algorithm."""
    yield from _missing(profile.manifests_required, _algorithms(bag, "manifest"), "manifest")


def manifests_allowed(profile: Profile, bag: Contents) -> Iterator[Finding]:
    """Field 4: each manifest is of an algorithm that is allowed."""
    yield from _excess(profile.manifests_allowed, _algorithms(bag, "manifest"), "manifest")


def tag_manifests_present(profile: Profile, bag: Contents) -> Iterator[Finding]:
    """Field 11: there is a tag manifest of each required algorithm."""
    yield from _missing(profile.tag_manifests_required, _algorithms(bag, "tag-manifest"), "tag-manifest")


def tag_manifests_allowed(profile: Profile, bag: Contents) -> Iterator[Finding]:
    """Field 12: each tag manifest is of an algorithm that is allowed."""
    yield from _excess(profile.tag_manifests_allowed, _algorithms(bag, "tag-manifest"), "tag-manifest")


def _algorithms(bag: Contents, kind: str) -> dict[str, str]:
    """Normalised name of an algorithm to the file that is its manifest."""
    found = {}
    for key in bag.tag_files:
        name = manifest_name(key) if "/" not in key else None
        if name and name[0] == (kind == "tag-manifest"):
            found[normalised(name[1])] = key
    return found


def _missing(required: Sequence[str], there: Mapping[str, str], kind: str) -> Iterator[Finding]:
    for name in required:
        if name not in there:
            file = f"{kind.replace('-', '')}-{name}.txt"
            yield finding(f"profile.{kind}-missing", where=Where(file=file), found=_listed(there), expected=name)


def _excess(allowed: Sequence[str] | None, there: Mapping[str, str], kind: str) -> Iterator[Finding]:
    for name, file in there.items() if allowed is not None else ():
        if allowed is not None and name not in allowed:
            expected = _listed(allowed)
            yield finding(f"profile.{kind}-not-allowed", where=Where(file=file), found=name, expected=expected)


def fetch_allowed(profile: Profile, bag: Contents) -> Iterator[Finding]:
    """Field 5: there is no fetch.txt where none is allowed."""
    if FETCH in bag.files and not profile.fetch_allowed:
        yield finding("profile.fetch-not-allowed", where=Where(file=FETCH))


def fetch_present(profile: Profile, bag: Contents) -> Iterator[Finding]:
    """Field 6: there is a fetch.txt where one is required."""
    if FETCH not in bag.files and profile.fetch_required:
        yield finding("profile.fetch-missing", where=Where(file=FETCH))


def data_empty(profile: Profile, bag: Contents) -> Iterator[Finding]:
    """Field 7: an empty payload is at most one file of no bytes, which keeps data/ where empty folders get lost."""
    if not profile.data_empty:
        return
    folders = sum(1 for key in bag.folders if key.startswith(PAYLOAD))
    octets = sum(bag.payload.values())
    if len(bag.payload) > 1 or octets or folders:
        found = f"{len(bag.payload)} files, {octets} bytes, {folders} folders"
        yield finding("profile.data-not-empty", where=Where(file=PAYLOAD), found=found)


def tag_files_present(profile: Profile, bag: Contents) -> Iterator[Finding]:
    """Field 13: each required tag file is there."""
    for path in profile.tag_files_required:
        if bag.aliases.get(path, path) not in bag.tag_files and not path.startswith(bag.closed):
            yield finding("profile.tag-file-missing", where=Where(file=path))


def tag_files_allowed(profile: Profile, bag: Contents) -> Iterator[Finding]:
    """Field 14: each tag file to which BagIt itself gives no meaning is allowed."""
    if profile.tag_files_allowed is None:
        return
    patterns = Patterns(profile.tag_files_allowed)
    expected = _listed(profile.tag_files_allowed)
    for key in bag.tag_files:
        if not is_reserved(key) and key != _info_file(bag) and not patterns.cover(key):
            yield finding("profile.tag-file-not-allowed", where=Where(file=key), expected=expected)


def payload_files_present(profile: Profile, bag: Contents) -> Iterator[Finding]:
    """Field 15: each required payload file is there, and each required folder with something in it."""
    for path in profile.payload_files_required:
        if path.endswith("/"):
            there = any(key.startswith(path) for keys in (bag.payload, bag.folders) for key in keys)
        else:
            there = bag.aliases.get(path, path) in bag.payload
        if not there and not path.startswith(bag.closed):
            yield finding("profile.payload-file-missing", where=Where(file=path))


def payload_files_allowed(profile: Profile, bag: Contents) -> Iterator[Finding]:
    """Field 16: each payload file is allowed, those too that are still to be fetched."""
    if profile.payload_files_allowed is None:
        return
    patterns = Patterns(profile.payload_files_allowed)
    expected = _listed(profile.payload_files_allowed)
    outstanding = {entry.path: 0 for entry in bag.fetches.entries} if bag.fetches else {}
    for key in {**bag.payload, **outstanding}:
        if not patterns.cover(key):
            yield finding("profile.payload-file-not-allowed", where=Where(file=key), expected=expected)


RULES: tuple[Rule, ...] = (
    named,
    labels_present,
    label_values,
    label_repeats,
    label_case,
    manifests_present,
    manifests_allowed,
    tag_manifests_present,
    tag_manifests_allowed,
    fetch_allowed,
    fetch_present,
    data_empty,
    tag_files_present,
    tag_files_allowed,
    payload_files_present,
    payload_files_allowed,
)
"""What is asked of a bag whose version and serialisation are accepted."""


def _info(bag: Contents) -> Tags:
    return bag.info or Tags()


def _info_file(bag: Contents) -> str:
    return PACKAGE_INFO if PACKAGE_INFO in bag.files and BAG_INFO not in bag.files else BAG_INFO


def _line_for(rule: LabelRule) -> str:
    what = f"one of {_listed(rule.values)}" if rule.values else rule.description or "a value"
    return f"{rule.label}: {what}"[:_LONGEST_SHOWN]


def _listed(names: Sequence[str] | Mapping[str, str]) -> str:
    text = ", ".join(names)
    return text if len(text) <= _LONGEST_SHOWN else f"{text[:_LONGEST_SHOWN]}..."
