"""Notices that another distribution has overwritten this package.

Two distributions may bring a package called `archive`. Installed into one environment, the files of one overwrite
those of the other without a word. (What stands *before* this package on Python's path, the console script notices;
see `archive/launcher.py`.)
"""

from __future__ import annotations

import sys
from types import ModuleType

DISTRIBUTION = "corpus-archive"


def complaint(package: ModuleType | None = None) -> str | None:
    """What is wrong with the package `archive` that Python imported, in words; None where it is ours.

    Args:
        package: the package to look at; the one that is imported as `archive` where None.
    """
    found = sys.modules["archive"] if package is None else package
    if getattr(found, "DISTRIBUTION", None) == DISTRIBUTION:
        return None
    place = getattr(found, "__file__", None) or "a folder without __init__.py"
    return (
        f"archive: another distribution has overwritten the package 'archive' of {DISTRIBUTION}: {ascii(place)[1:-1]}\n"
        f"What to do: install {DISTRIBUTION} into a virtual environment of its own."
    )
