"""Runs a function over items, in order, with bounded work in flight; knows no document.

An engine maps a module-level function over small items and yields the results in the order of the items, whatever the
order in which they were finished. It knows no logging, no storage and no resuming. `engine_for` picks one.

What starts processes is not needed in those that were started, so each name is imported when it is first used.
"""

from __future__ import annotations

TYPE_CHECKING = False  # type checkers take it for true
if TYPE_CHECKING:
    from archive.engine.apart import Apart as Apart
    from archive.engine.apart import LostError as LostError
    from archive.engine.background import Background as Background
    from archive.engine.bounds import Bounds as Bounds
    from archive.engine.engines import Engine as Engine
    from archive.engine.engines import Task as Task
    from archive.engine.engines import cores as cores
    from archive.engine.engines import engine_for as engine_for
    from archive.engine.engines import workers_for as workers_for
    from archive.engine.partwise import Loss as Loss
    from archive.engine.partwise import Part as Part
    from archive.engine.partwise import parts as parts
    from archive.engine.partwise import parts_together as parts_together
    from archive.engine.partwise import weigh as weigh
    from archive.engine.processes import ProcessEngine as ProcessEngine
    from archive.engine.serial import SerialEngine as SerialEngine
    from archive.engine.teams import Team as Team
    from archive.engine.threads import ThreadEngine as ThreadEngine

_HOMES = {
    "Apart": "apart",
    "Background": "background",
    "Bounds": "bounds",
    "Engine": "engines",
    "Loss": "partwise",
    "LostError": "apart",
    "Part": "partwise",
    "ProcessEngine": "processes",
    "SerialEngine": "serial",
    "Task": "engines",
    "Team": "teams",
    "ThreadEngine": "threads",
    "cores": "engines",
    "engine_for": "engines",
    "parts": "partwise",
    "parts_together": "partwise",
    "weigh": "partwise",
    "workers_for": "engines",
}

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
    "parts_together",
    "weigh",
    "workers_for",
]

if not TYPE_CHECKING:  # a type checker that saw this would believe in any name

    def __getattr__(name: str) -> object:
        """The names of `__all__`, imported when they are first asked for."""
        home = _HOMES.get(name)
        if home is None:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        from importlib import import_module

        value = getattr(import_module(f"{__name__}.{home}"), name)
        globals()[name] = value
        return value
