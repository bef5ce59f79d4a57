"""The reference implementation, asked of every bag that tests pack as ever, but started once instead of each time."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Self

import pytest

from archive.operations.judge import Judgement

_PROGRAM = """
import json, logging, sys, warnings
import bagit
warnings.simplefilter("ignore")
logging.disable(logging.CRITICAL)
for line in sys.stdin:
    said = ""
    try:
        bagit.Bag(json.loads(line)).validate(processes=1)
    except BaseException as error:
        said = type(error).__name__ + ": " + str(error)
    print(json.dumps(said), flush=True)
"""


class _Standing:
    """A running process that is asked of one bag after the other; tests that kill all processes may kill it too."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[str] | None = None

    def judge(self, bag: Path) -> Judgement:
        if self._process is None or self._process.poll() is not None:
            self.dismiss()
            self._process = subprocess.Popen(
                [sys.executable, "-P", "-s", "-X", "utf8", "-c", _PROGRAM],
                stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8", cwd=os.sep,
            )  # fmt: skip
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps(str(bag.absolute())) + "\n")
        self._process.stdin.flush()
        said = json.loads(self._process.stdout.readline())
        return Judgement(accepted=not said, said=said)

    def dismiss(self) -> None:
        if self._process is not None:
            self._process.communicate()
            self._process = None


_STANDING = _Standing()


def judge(bag: Path, *, seconds: float) -> Judgement:
    """What it says of a bag; see `archive.operations.judge`. It may take as long as it likes."""
    return _STANDING.judge(bag)


class StandingJudge:
    """The same as `archive.operations.judge.Judge`."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        """It stays."""

    def ask(self, bag: Path, *, seconds: float) -> Judgement:
        return judge(bag, seconds=seconds)


@pytest.fixture(scope="session", autouse=True)
def standing_judge() -> Iterator[None]:
    """Packs of this process ask it, where packing is tried at all."""
    asking = sys.modules.get("archive.operations.pack_judging")
    with pytest.MonkeyPatch.context() as patch:
        if asking is not None:
            patch.setattr(asking, "Judge", StandingJudge)
        yield
    _STANDING.dismiss()
