"""An archival corpus packager with integrity checks.

`archive.pack`, `archive.validate`, `archive.check`, `archive.init`, `archive.show`, `archive.trace`,
`archive.diff` and `archive.export` are the verbs; `archive.open` opens a bag for reading. Importing this package starts
nothing; the verbs are imported when they are first used.

>>> import archive
>>> sorted(name for name in dir(archive) if name in {"pack", "validate", "open"})
['open', 'pack', 'validate']
"""

from __future__ import annotations

TYPE_CHECKING = False  # type checkers take it for true; importing `typing` would cost a third of the start
if TYPE_CHECKING:
    from archive.errors import ArchiveError as ArchiveError
    from archive.model.findings import Finding as Finding
    from archive.model.findings import Severity as Severity
    from archive.model.findings import Where as Where
    from archive.model.reports import BagSummary as BagSummary
    from archive.model.reports import Report as Report
    from archive.model.reports import Verdict as Verdict
    from archive.operations.check import check as check
    from archive.operations.diff import diff as diff
    from archive.operations.export import export as export
    from archive.operations.init import init as init
    from archive.operations.open import Bag as Bag
    from archive.operations.open import open as open  # noqa: A004 - the name that a reader expects
    from archive.operations.pack import pack as pack
    from archive.operations.show import show as show
    from archive.operations.trace import trace as trace
    from archive.operations.validate import validate as validate

    __version__: str

DISTRIBUTION = "corpus-archive"
"""The name under which this package is installed; a foreign package called `archive` does not say it."""

_HOMES = {
    "ArchiveError": "archive.errors",
    "Bag": "archive.operations.open",
    "BagSummary": "archive.model.reports",
    "Finding": "archive.model.findings",
    "Report": "archive.model.reports",
    "Severity": "archive.model.findings",
    "Verdict": "archive.model.reports",
    "Where": "archive.model.findings",
    "check": "archive.operations.check",
    "diff": "archive.operations.diff",
    "export": "archive.operations.export",
    "init": "archive.operations.init",
    "open": "archive.operations.open",
    "pack": "archive.operations.pack",
    "show": "archive.operations.show",
    "trace": "archive.operations.trace",
    "validate": "archive.operations.validate",
}

__all__ = [
    "ArchiveError",
    "Bag",
    "BagSummary",
    "Finding",
    "Report",
    "Severity",
    "Verdict",
    "Where",
    "__version__",
    "check",
    "diff",
    "export",
    "init",
    "open",
    "pack",
    "show",
    "trace",
    "validate",
]


if not TYPE_CHECKING:  # a type checker that saw this would believe in any name

    def __getattr__(name: str) -> object:
        if name == "__version__":
            value = _version()
        elif name in _HOMES:
            from importlib import import_module

            value = getattr(import_module(_HOMES[name]), name)
        else:
            msg = f"module {__name__!r} has no attribute {name!r}"
            raise AttributeError(msg)
        globals()[name] = value
        return value


def __dir__() -> list[str]:
    return sorted(__all__)


def _version() -> str:
    """The installed version; in a checkout that is not installed, what pyproject.toml says."""
    from importlib import metadata

    try:
        return metadata.version(DISTRIBUTION)
    except metadata.PackageNotFoundError:
        import tomllib
        from pathlib import Path

        described = Path(__file__).resolve().parent.parent / "pyproject.toml"
        return str(tomllib.loads(described.read_text("utf-8"))["project"]["version"])
