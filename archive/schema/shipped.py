"""Finds the schemas that are shipped with the package, wherever it was installed from."""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

from archive.errors import ArchiveError

ENDING = ".schema.json"
NAMES = ("bag", "corpus", "record", "report")
"""The names of the shipped schemas; the file is `<name>.schema.json`."""
PROFILE = "bag-profile.json"
"""The file of the shipped BagIt profile."""
REQUIRED_PROFILE = "required-profile.json"
"""The name, beside the schemas, of a profile of others that a bag was made for."""
CONTEXT = "annotation-context.json"
"""The file of the JSON-LD context in which figures in annotations are written."""
PROFILE_IDENTIFIER = "https://w3id.org/corpus-archive/profile/1"
"""How a bag of ours names the profile that it meets; nothing is ever fetched from there."""


def identifier(name: str) -> str:
    """The `$id` of a shipped schema; nothing is ever fetched from there.

    >>> identifier("report")
    'https://w3id.org/corpus-archive/schema/report/1'
    """
    return f"https://w3id.org/corpus-archive/schema/{name}/1"


def schema_files() -> dict[str, bytes]:
    """The shipped files as they stand, to be copied into a bag: file name -> bytes, sorted by name."""
    return {file: _read(file) for file in (CONTEXT, PROFILE, *(name + ENDING for name in NAMES))}


def profile_bytes() -> bytes:
    """The shipped BagIt profile as it stands.

    Raises:
        ArchiveError: the installation is damaged: the file is not where it belongs.
    """
    return _read(PROFILE)


def schema(name: str) -> dict[str, Any]:
    """One shipped schema, parsed anew for each caller.

    Args:
        name: one of `NAMES`.

    Raises:
        KeyError: no such schema is shipped.
        ArchiveError: the installation is damaged: the file is not where it belongs.
    """
    if name not in NAMES:
        raise KeyError(name)
    parsed: dict[str, Any] = json.loads(_read(name + ENDING))
    return parsed


@cache
def _read(file: str) -> bytes:
    place = folder()
    try:
        return (place / file).read_bytes()
    except OSError as problem:
        raise ArchiveError(
            f"the shipped schema {file} cannot be read", where=str(place), remedy="Install the package again"
        ) from problem


def folder() -> Traversable:
    """The folder of the shipped schemas: the one packed into a wheel if it is there, else the checkout's own."""
    packed = files("archive") / "_schemas"
    return packed if packed.is_dir() else Path(__file__).resolve().parents[2] / "schemas"
