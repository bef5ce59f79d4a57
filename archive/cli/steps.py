"""How long the steps of packing took, as lines for a person."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

_HEADS = {
    "lead": "By the clock, in the process that leads:",
    "workers": "By the clock too, added up over the processes that work:",
}


def step_lines(result: Mapping[str, Any] | None) -> Iterator[str]:
    r"""The lines; none where nothing was measured.

    Args:
        result: of the report, as `archive.operations.pack` gives it.

    >>> measured = {"lead": [{"step": "plan", "seconds": 0.5}], "workers": []}
    >>> print(*step_lines({"steps": measured}), sep="\n")
    By the clock, in the process that leads:
         0.500 s  plan
    """
    for part, steps in ((result or {}).get("steps") or {}).items():
        if steps:
            yield _HEADS[part]
        for one in steps:
            yield f"{one['seconds']:10.3f} s  {one['step']}"
