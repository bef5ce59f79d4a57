"""A corpus folder that tests fill."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.submission.making import Folder


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    place = tmp_path / "corpus-folder"
    place.mkdir()
    return Folder(place)
