"""One bag for all tests of this room; nobody changes it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.proving.making import make_bag


@pytest.fixture(scope="session")
def whole_bag(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_bag(tmp_path_factory.mktemp("proving"))
