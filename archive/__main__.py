"""Makes `python -m archive` the same as the command `archive`."""

from __future__ import annotations

import sys

if __name__ == "__main__":
    try:
        from archive.cli import main

        main()
    except KeyboardInterrupt as error:  # in the first moments, before the command line can speak
        exec("")  # noqa: S102 - lets the exit code count; see `archive.cli.program`
        sys.stderr.write("archive: interrupted; nothing was published\n")
        sys.exit(getattr(error, "exit_code", 130))
