"""Small profiles for the tests, and bags held against them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from archive.bags.profiles.profile import Profile
from archive.bags.profiles.reading import read_profile
from archive.bags.profiles.rules import FOLDER, findings_against
from archive.bags.reader import read_bag
from archive.model.depths import Depth
from archive.model.findings import Finding
from archive.storage.memory import MemoryStore
from archive.storage.stores import Kind

IDENTIFIER = "https://example.org/profiles/deposit-1.json"
NAMED = ("BagIt-Profile-Identifier", IDENTIFIER)
GONE = object()
"""In place of a value: leave the key out."""


def profile_of(info: Mapping[str, Any] | None = None, **changes: Any) -> dict[str, Any]:
    """A sound profile that asks nothing, with changes: `Data_Empty` stands for the key `Data-Empty`."""
    head = {
        "BagIt-Profile-Identifier": IDENTIFIER,
        "BagIt-Profile-Version": "1.4.0",
        "Source-Organization": "An Institution",
        "External-Description": "What it takes",
        "Version": "1",
        **(info or {}),
    }
    plain: dict[str, Any] = {
        "BagIt-Profile-Info": {key: value for key, value in head.items() if value is not GONE},
        "Accept-BagIt-Version": ["1.0"],
        "Accept-Serialization": ["application/zip"],
        **{key.replace("_txt", ".txt").replace("_", "-"): value for key, value in changes.items()},
    }
    return {key: value for key, value in plain.items() if value is not GONE}


def read(profile: Any) -> tuple[Profile | None, tuple[Finding, ...]]:
    data = profile if isinstance(profile, bytes) else json.dumps(profile).encode()
    return read_profile(data, "p.json")


def sound(profile: Any) -> Profile:
    value, found = read(profile)
    assert value is not None, found
    return value


def against(
    profile: Any,
    files: Mapping[str, bytes],
    form: str = FOLDER,
    others: Mapping[str, Kind] | None = None,
    depth: Depth = Depth.OXUM,
) -> list[Finding]:
    """What is found where a bag in memory is held against a profile."""
    store = MemoryStore(files, {"data": Kind.FOLDER, **(others or {})})
    return list(findings_against(sound(profile), read_bag(store, depth), form))
