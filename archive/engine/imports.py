"""What this process does without, although libraries take it along wherever it is installed."""

from __future__ import annotations

import sys

BUILDS_GRAMMARS = "rfc3987_syntax"
"""Comes with Jupyter: where it is there, `jsonschema` imports it, and it builds the grammars of a format that nobody
asks for, which takes longer than ten thousand rows of a sheet."""


NUMPY = "numpy"
"""Arrow takes it along wherever that is installed, which more than doubles what it costs to start and takes 13 MB;
nothing that packs, checks or reads bags asks for it."""


def keep_out(*modules: str) -> None:
    """Lets whoever asks for a module find that there is none, unless it was imported before.

    Args:
        modules: by their names; what asks for them has to do without.
    """
    for module in modules:
        sys.modules.setdefault(module, None)  # type: ignore[arg-type]  # this is how one is said not to be there
