"""Programs of others that our tests ask: what must be installed, and how they run without any network.

On a person's machine a program that is not there is a reason to skip; in CI it is a failure. Packages from PyPI are the
extra `readers` of pyproject.toml. Packages for Node lie in `.venv/node_modules`, where `tools/run_tests.py` puts them,
or in the folder that `ARCHIVE_NODE_MODULES` names.
"""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import NoReturn

import pytest

PROJECT = Path(__file__).resolve().parents[1]
NOWHERE = "http://127.0.0.1:9"
"""A proxy at which nobody listens, so that whoever asks the network hears at once that there is none."""


def lacking(what: str) -> NoReturn:
    """Skips the test, or fails it in CI."""
    reason = f"{what} is not installed; see 'The programs of others' in CONTRIBUTING.md"
    if os.environ.get("CI") == "true":
        pytest.fail(reason)
    pytest.skip(reason)


def need_packages(*modules: str) -> None:
    """Packages of Python, by the names under which they are imported."""
    for module in modules:
        if importlib.util.find_spec(module) is None:
            lacking(f"the Python package {module}")


def need_program(name: str) -> str:
    """The path of a program."""
    return shutil.which(name) or lacking(f"the program {name}")


def node_modules(*packages: str) -> Path:
    """The folder in which packages for Node lie."""
    need_program("node")
    folder = Path(os.environ.get("ARCHIVE_NODE_MODULES", PROJECT / ".venv/node_modules"))
    for package in packages:
        if not (folder / package / "package.json").is_file():
            lacking(f"the npm package {package} in {folder}")
    return folder


def environment(home: Path, **more: str) -> dict[str, str]:
    """An environment without network, in which whatever is cached lies in `home`, and nobody measures coverage."""
    unwanted = ("COV_", "COVERAGE_", "PYTEST_")
    kept = {name: value for name, value in os.environ.items() if not name.upper().startswith(unwanted)}
    proxies = dict.fromkeys(("http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY"), NOWHERE)
    for name in ("no_proxy", "NO_PROXY"):
        kept.pop(name, None)
    return {**kept, **proxies, "HOME": str(home), "TZ": "UTC", **more}


def run(command: list[str | Path], home: Path, given: str = "", **more: str) -> str:
    """What a program of others says on standard output; it must end well."""
    words = [str(word) for word in command]
    done = subprocess.run(
        words,
        input=given,
        cwd=home,
        env=environment(home, **more),
        capture_output=True,
        text=True,
        check=False,
        timeout=900,
    )
    assert done.returncode == 0, (
        f"{words[:3]} ended with {done.returncode}\n{done.stdout[-3000:]}\n{done.stderr[-3000:]}"
    )
    return done.stdout


def run_python(script: str, home: Path, *arguments: str | Path, **more: str) -> str:
    """What a script says that runs in an interpreter of its own, so that foreign packages change nothing in ours."""
    return run([sys.executable, "-c", script, *arguments], home, **more)
