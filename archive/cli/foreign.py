"""Notices another package called `archive` that has got in the way of this one.

`archive` is a common name. Two packages of that name may be installed into one folder, where the files of one
overwrite those of the other; or a person's own `archive.py` may stand before ours on Python's path.
"""

from __future__ import annotations

import sys
from pathlib import Path
from types import ModuleType

DISTRIBUTION = "corpus-archive"


def complaint(package: ModuleType | None = None) -> str | None:
    """What is wrong with the package `archive` that Python found, in words; None where it is ours.

    Args:
        package: the package to look at; the one that is imported as `archive` where None.
    """
    found = sys.modules["archive"] if package is None else package
    ours = Path(__file__).resolve().parent.parent
    origin = getattr(found, "__file__", None)
    place = Path(origin).resolve().parent if origin else None
    if place == ours and getattr(found, "DISTRIBUTION", None) == DISTRIBUTION:
        return None
    stands = origin or "a folder without __init__.py"
    cause = (
        "another distribution has overwritten files of this one"
        if place == ours
        else "it stands before this one on Python's path"
    )
    return (
        f"archive: the package 'archive' that Python found is not that of {DISTRIBUTION}: {stands}; {cause}.\n"
        f"What to do: install {DISTRIBUTION} into a virtual environment of its own, and run it in a folder that "
        "holds no archive.py."
    )
