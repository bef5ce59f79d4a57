"""Sets everything up and lets ours and its peers work on the same data; --help tells of the arguments."""

import sys
from typing import List

from environment import PROJECT, call, python


def main(arguments: "List[str]") -> int:
    """Runs the benchmarks in the project's virtual environment."""
    inside = python("dev,benchmarks")
    return call([inside, "-m", "benchmarks", *arguments], PYTHONPATH=str(PROJECT / "tools"))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
