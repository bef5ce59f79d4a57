"""Opens files for Arrow, by their names as bytes: text that is not UTF-8 is no name for it."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Literal, cast

import pyarrow as pa


def os_file(path: Path, mode: Literal["rb", "wb"]) -> pa.OSFile:
    """An open file.

    Args:
        path: where it is.
        mode: `rb` or `wb`.

    Raises:
        OSError: it cannot be opened.
    """
    return pa.OSFile(cast("str", os.fsencode(path)), mode)  # pyarrow's stubs know names in text alone
