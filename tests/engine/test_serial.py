"""The engine that works in this process."""

from __future__ import annotations

from archive.engine import Engine, SerialEngine
from tests.contracts.engines import EngineContract


class TestContract(EngineContract):
    def make(self) -> Engine:
        return SerialEngine()
