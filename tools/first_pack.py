"""Sets everything up, packs the sample corpus in corpus/ into bags/, and shows the bag. Running it again is fine."""

import sys

from environment import PROJECT, call, python


def main() -> int:
    """Packs and shows; the exit code is that of the first that fails."""
    inside = python()
    packed = call([inside, "-m", "archive", "pack", "corpus", "--to", "bags"])
    if packed != 0:
        return packed
    bags = sorted(path for path in (PROJECT / "bags").iterdir() if not path.name.startswith("."))
    return call([inside, "-m", "archive", "show", str(bags[-1].relative_to(PROJECT))])


if __name__ == "__main__":
    sys.exit(main())
