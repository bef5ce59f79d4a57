"""Runs a function over items, in order, with bounded work in flight; knows no document.

An engine maps a module-level function over small items and yields the results in the order of the items, whatever the
order in which they were finished. It knows no logging, no storage and no resuming. `engine_for` picks one.
"""

from __future__ import annotations

from archive.engine.apart import Apart, LostError
from archive.engine.background import Background
from archive.engine.bounds import Bounds
from archive.engine.engines import Engine, Task, cores, engine_for, workers_for
from archive.engine.partwise import Loss, Part, parts, weigh
from archive.engine.processes import ProcessEngine
from archive.engine.serial import SerialEngine
from archive.engine.teams import Team
from archive.engine.threads import ThreadEngine

__all__ = [
    "Apart",
    "Background",
    "Bounds",
    "Engine",
    "Loss",
    "LostError",
    "Part",
    "ProcessEngine",
    "SerialEngine",
    "Task",
    "Team",
    "ThreadEngine",
    "cores",
    "engine_for",
    "parts",
    "weigh",
    "workers_for",
]
