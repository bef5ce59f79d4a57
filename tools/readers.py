"""Installs the programs of others that tests ask about our bags: the extra `readers`, and packages for Node."""

import shutil
import sys

from environment import ENVIRONMENT, call, python

PACKAGES = ("hyparquet@1.31.5", "hyparquet-compressors@1.1.2", "ro-crate@3.7.2")
"""From npm, into `.venv/node_modules`; `ro-crate` has the JSON-LD context of RO-Crate 1.2, which nobody fetches."""


def readers() -> str:
    """The interpreter of the virtual environment with everything in it.

    Where there is no npm, a sentence says so, and the tests that need its packages say it again.
    """
    inside = python("dev,readers")
    stamp = ENVIRONMENT / "installed-node"
    wanted = " ".join(PACKAGES)
    if stamp.exists() and stamp.read_text(encoding="utf-8") == wanted:
        return inside
    npm = shutil.which("npm")
    if npm is None:
        sys.stderr.write("setting up: there is no npm, so packages for Node are left out\n")
        return inside
    sys.stderr.write("setting up: installing packages for Node into .venv\n")
    sys.stderr.flush()
    code = call([npm, "install", "--silent", "--no-audit", "--no-fund", "--prefix", str(ENVIRONMENT), *PACKAGES])
    if code != 0:
        sys.exit("npm could not install " + wanted + " (exit code " + str(code) + ")")
    stamp.write_text(wanted, encoding="utf-8")
    return inside


if __name__ == "__main__":
    readers()
