"""The one envelope that `--json` prints, as `schemas/report.schema.json` has it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import archive
from archive.cli.escapes import storable
from archive.model.reports import Report

SCHEMA = "https://w3id.org/corpus-archive/schema/report/1"


def envelope(report: Report, exit_code: int, result: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """The report as plain JSON values.

    Args:
        report: what the verb found.
        exit_code: what the process exits with; `--strict` may have raised it.
        result: what the verb shows beside its report (`show`), or None.
    """
    return {
        "schema": SCHEMA,
        "tool": {"name": archive.DISTRIBUTION, "version": archive.__version__},
        "command": report.command,
        "verdict": report.verdict.value,
        "exit_code": exit_code,
        "counts": dict(sorted(report.counts.items())),
        "bags": [bag.as_json() for bag in report.bags],
        "findings": [finding.as_json() for finding in report.findings],
        **({} if result is None else {"result": result}),
    }


def written(value: Mapping[str, Any]) -> str:
    """The envelope as one JSON text, in ASCII: no terminal obeys it, no locale harms it, every reader takes it."""
    return json.dumps(_storable(value), indent=2, ensure_ascii=True)


def _storable(value: Any) -> Any:
    match value:
        case str():
            return storable(value)
        case Mapping():
            return {storable(str(key)): _storable(item) for key, item in value.items()}
        case list() | tuple():
            return [_storable(item) for item in value]
        case _:
            return value
