"""Makes `python -m archive` the same as the command `archive`."""

from __future__ import annotations

from archive.cli import main

if __name__ == "__main__":
    main()
