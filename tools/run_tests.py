"""Sets everything up and runs all checks and tests; arguments go to pytest, and then only pytest runs."""

import os
import sys
from typing import List

from environment import call, python
from readers import readers

CHECKS = (
    ("style", ["-m", "ruff", "check", "--quiet", "."]),
    ("format", ["-m", "ruff", "format", "--check", "--quiet", "."]),
    ("types", ["-m", "mypy", "--no-error-summary"]),
    ("layers", ["-c", "from importlinter.cli import lint_imports_command as main; main()"]),
    ("generated pages", ["tools/findings_table.py", "--check"]),
    ("data dictionary", ["tools/data_dictionary.py", "--check"]),
)
COMPILED = {"PYTHONDONTWRITEBYTECODE": ""}
"""Tests start hundreds of processes, each of which would else compile all of our modules anew."""
TESTS = ["-m", "pytest", "--numprocesses=auto", "--dist=worksteal", "--cov", "--cov-report=term", "-q"]


def main(arguments: "List[str]") -> int:
    """Runs the checks, then the tests; the exit code is that of the first that fails."""
    inside = readers() if os.environ.get("CI") == "true" else python("dev")
    if arguments:
        return call([inside, "-m", "pytest", *arguments])
    for name, check in CHECKS:
        sys.stderr.write("checking: " + name + "\n")
        sys.stderr.flush()
        code = call([inside, *check])
        if code != 0:
            sys.stderr.write("the check of " + name + " failed\n")
            return code
    return call([inside, *TESTS], **COMPILED)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
