"""The page of columns is what the code says."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path


def test_the_page_is_up_to_date(project: Path) -> None:
    tool = [sys.executable, str(project / "tools/data_dictionary.py"), "--check"]
    done = subprocess.run(tool, cwd=project, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
