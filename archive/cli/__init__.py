"""The command line: parses, calls, renders; decides nothing."""

from __future__ import annotations

from archive.cli.program import main

__all__ = ["main"]
