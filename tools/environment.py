"""Makes the project's virtual environment, with a plain Python and nothing else; used by the two set-up commands.

It is written so that an older Python can read it and say what it lacks.
"""

import os
import subprocess
import sys
from pathlib import Path
from typing import List

PROJECT = Path(__file__).resolve().parent.parent
ENVIRONMENT = PROJECT / ".venv"
OLDEST = (3, 11)


def python(extra: str = "") -> str:
    """The interpreter of the virtual environment, which is made and filled first where that is needed.

    Exits with a sentence where the Python at hand is too old or cannot make virtual environments.

    Args:
        extra: the name of an optional group of dependencies, or nothing.

    Returns:
        the path of the interpreter.
    """
    _expect_python()
    inside = ENVIRONMENT / "bin" / "python"
    if not inside.exists():
        _say("making a virtual environment in .venv")
        _run([sys.executable, "-m", "venv", "--clear", str(ENVIRONMENT)])
    stamp = ENVIRONMENT / ("installed-" + (extra or "alone"))
    wanted = (PROJECT / "pyproject.toml").read_text(encoding="utf-8")
    if not stamp.exists() or stamp.read_text(encoding="utf-8") != wanted:
        _say("installing the project and what it needs")
        target = str(PROJECT) + ("[" + extra + "]" if extra else "")
        _run([str(inside), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--editable", target])
        stamp.write_text(wanted, encoding="utf-8")
    return str(inside)


def _expect_python() -> None:
    here = ".".join(str(part) for part in sys.version_info[:2])
    if sys.version_info < OLDEST:
        sys.exit(
            "This is Python " + here + ", and the project needs 3.11 or newer. "
            "Install it, then run the same command with it, such as: python3.11 " + " ".join(sys.argv)
        )
    try:
        import ensurepip  # noqa: F401
        import venv  # noqa: F401
    except ImportError as error:
        sys.exit(
            "This Python lacks its module " + str(error.name) + ", so it cannot make virtual environments. "
            "On Debian and Ubuntu it comes with: sudo apt install python" + here + "-venv"
        )


def _run(command: "List[str]") -> None:
    done = subprocess.run(command, cwd=str(PROJECT), check=False)
    if done.returncode != 0:
        sys.exit("This command failed with exit code " + str(done.returncode) + ": " + " ".join(command))


def _say(words: str) -> None:
    sys.stderr.write("setting up: " + words + "\n")
    sys.stderr.flush()


def call(command: "List[str]", **environment: str) -> int:
    """Runs a command in the project's folder and gives its exit code."""
    return subprocess.run(command, cwd=str(PROJECT), env={**os.environ, **environment}, check=False).returncode
