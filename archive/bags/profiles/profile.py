"""A BagIt profile as a value."""

from __future__ import annotations

from dataclasses import dataclass

IDENTIFIER_LABEL = "BagIt-Profile-Identifier"
"""The label under which bag-info.txt names the profiles that a bag meets; it may be repeated."""

REQUIRED = "required"
FORBIDDEN = "forbidden"
OPTIONAL = "optional"


@dataclass(frozen=True, slots=True)
class LabelRule:
    """What a profile asks of one label of bag-info.txt (field 2).

    Attributes:
        label: as the profile writes it.
        required: whether it must be there.
        values: the permitted values; empty where any is.
        repeatable: whether it may come more than once.
        description: what the profile says of it, for people.
    """

    label: str
    required: bool = False
    values: tuple[str, ...] = ()
    repeatable: bool = True
    description: str = ""


@dataclass(frozen=True, slots=True)
class Profile:
    """What a profile asks of a bag, its defaults filled in; None stands for 'all are allowed'.

    Attributes:
        identifier: the URI by which a bag names the profile.
        specification: the version of the specification that it follows.
        labels: what is asked of bag-info.txt.
        manifests_required: normalised names of algorithms.
        manifests_allowed: the only ones allowed.
        fetch_allowed: whether there may be a fetch.txt.
        fetch_required: whether there must be one.
        data_empty: whether the payload must be empty.
        serialization: `required`, `forbidden` or `optional`.
        formats: media types of serialised bags that are accepted; empty where none is named.
        versions: versions of BagIt that are accepted.
        tag_manifests_required: normalised names of algorithms.
        tag_manifests_allowed: the only ones allowed.
        tag_files_required: paths.
        tag_files_allowed: paths and patterns.
        payload_files_required: paths; of folders, where they end with `/`.
        payload_files_allowed: paths and patterns.
    """

    identifier: str
    specification: tuple[int, int, int]
    labels: tuple[LabelRule, ...] = ()
    manifests_required: tuple[str, ...] = ()
    manifests_allowed: tuple[str, ...] | None = None
    fetch_allowed: bool = True
    fetch_required: bool = False
    data_empty: bool = False
    serialization: str = OPTIONAL
    formats: tuple[str, ...] = ()
    versions: tuple[str, ...] = ()
    tag_manifests_required: tuple[str, ...] = ()
    tag_manifests_allowed: tuple[str, ...] | None = None
    tag_files_required: tuple[str, ...] = ()
    tag_files_allowed: tuple[str, ...] | None = None
    payload_files_required: tuple[str, ...] = ()
    payload_files_allowed: tuple[str, ...] | None = None
