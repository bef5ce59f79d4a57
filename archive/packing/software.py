"""What made a bag: this software and what it stands on, by name and version."""

from __future__ import annotations

import unicodedata

NAME = "corpus-archive"
DEPENDENCIES = (
    "bagit",
    "ftfy",
    "jsonschema",
    "jsonschema-rs",
    "langcodes",
    "lxml",
    "olefile",
    "pyarrow",
    "pycld2",
    "pygfried",
    "pypdfium2",
    "pyyaml",
    "resiliparse",
)
"""The distributions that decide about what a bag says."""


def own_version() -> str:
    """The version of this distribution, `0` where it runs uninstalled."""
    return _version(NAME) or "0"


def _version(name: str) -> str:
    """The version of a distribution; empty where there is none."""
    from importlib.metadata import PackageNotFoundError, version  # a worker wants no more than a name of this module

    try:
        return version(name)
    except PackageNotFoundError:
        return ""


def agent() -> str:
    """This software as an agent of events and statements.

    >>> agent().startswith("corpus-archive/")
    True
    """
    return f"{NAME}/{own_version()}"


def software() -> list[dict[str, str]]:
    """All of it, for bag.json, sorted by name but for this software, which comes first."""
    import platform

    found = [
        {"name": NAME, "version": own_version()},
        {"name": platform.python_implementation(), "version": platform.python_version()},
        {"name": "Unicode Character Database", "version": unicodedata.unidata_version},
    ]
    for name in DEPENDENCIES:
        if own := _version(name):
            found.append({"name": name, "version": own})
    return found
