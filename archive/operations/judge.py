"""The independent judge: what `bagit`, the reference implementation, says of a bag.

It runs in a process of its own with a time limit, because it changes directory, hangs on a FIFO and raises whatever
it meets; any exception counts as a rejection. That it gave no answer (somebody killed it, the machine had no memory
left) says nothing of the bag: then another one is asked, once. It is imported nowhere else in this package.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self, cast

from archive.engine.interrupts import without_interrupts
from archive.errors import WorkerError

_LONGEST_SAID = 2000
_TRY_AGAIN = "The machine may be short of memory, or somebody ends its processes; see to that and try again"
# The process takes no module from the current folder (-P) or a user's own packages (-s) and nothing from the caller's
# environment: a search path, a locale or a hash seed there would change what it imports or says. Where bagit lies is
# told to it, and stands at the end of its path.
_ISOLATED = ("-P", "-s")
_ENVIRONMENT = {"PYTHONHASHSEED": "0", "PYTHONUTF8": "1", "PYTHONDONTWRITEBYTECODE": "1"}
_KEPT_OF_THE_CALLER = ("LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "SYSTEMROOT")
_PROGRAM = """
import json, logging, sys, warnings
warnings.simplefilter("ignore")
sys.path.append(sys.argv[1])
answer = {"accepted": False, "said": "", "absent": ""}
words = lambda error: type(error).__name__ + ": " + str(error)
try:
    import bagit
except Exception as error:
    answer["absent"] = words(error)
else:
    logging.disable(logging.CRITICAL)
    asked = sys.stdin.readline()
    try:
        bagit.Bag(json.loads(asked)).validate(processes=1)
        answer["accepted"] = True
    except (KeyboardInterrupt, MemoryError):
        raise
    except BaseException as error:
        answer["said"] = words(error)
sys.stdout.write("\\n" + json.dumps(answer))
sys.stdout.flush()
"""


@dataclass(frozen=True, slots=True)
class Judgement:
    """What the reference implementation says.

    Attributes:
        accepted: whether it calls the bag valid.
        said: why not, in its own words; empty where it accepted.
    """

    accepted: bool
    said: str = ""


class Judge:
    """The reference implementation, in a process that imports it before there is anything to judge.

    It answers once. Use it as a context manager, at the end of which the process is gone.

    Raises:
        WorkerError: the process could not be started.
    """

    def __init__(self) -> None:
        self._process = self._started()

    def _started(self) -> subprocess.Popen[bytes]:
        kept = {name: os.environ[name] for name in _KEPT_OF_THE_CALLER if name in os.environ}
        try:
            with without_interrupts():  # whoever asks decides what they mean, and ends it
                return subprocess.Popen(
                    [sys.executable, *_ISOLATED, "-c", _PROGRAM, _where_bagit_is()],
                    stdin=subprocess.PIPE,
                    stdout=subprocess.PIPE,
                    stderr=subprocess.PIPE,
                    cwd=os.sep,
                    env={**_ENVIRONMENT, **kept},
                )
        except OSError as error:
            raise WorkerError(f"the reference implementation could not be started ({error.strerror})") from error

    def ask(self, bag: Path, *, seconds: float) -> Judgement:
        """Asks whether a bag is valid; changes nothing in it.

        Args:
            bag: the folder.
            seconds: how long it may take; not to be done by then is a rejection.

        Raises:
            WorkerError: twice it gave no answer, or it is not there at all.
        """
        place = os.path.abspath(bag)  # noqa: PTH100 - `resolve` would follow links
        try:
            answer = self._answer(place, seconds)
            if answer is None:
                self.close()
                self._process = self._started()
                answer = self._answer(place, seconds)
        except subprocess.TimeoutExpired:
            self.close()
            return Judgement(accepted=False, said=f"It was not done after {seconds:g} seconds")
        if answer is None:
            code = self._process.returncode
            how = f"was ended by signal {-code}" if code < 0 else f"ended with exit code {code}"
            raise WorkerError(f"the reference implementation {how}, twice and without an answer", remedy=_TRY_AGAIN)
        if answer["absent"]:
            what = f"the reference implementation could not be asked: {answer['absent'][:_LONGEST_SAID]}"
            raise WorkerError(what, remedy="Install corpus-archive again, with all that it needs")
        said = str(answer["said"]).replace(place + os.sep, "").replace(place, Path(place).name)
        return Judgement(accepted=bool(answer["accepted"]), said=said[:_LONGEST_SAID])

    def _answer(self, place: str, seconds: float) -> dict[str, Any] | None:
        """What it answers; None where it ended without an answer."""
        said, _ = self._process.communicate(json.dumps(place).encode("ascii") + b"\n", timeout=seconds)
        try:
            return cast("dict[str, Any]", json.loads(said.rsplit(b"\n", 1)[-1]))
        except ValueError:
            return None

    def close(self) -> None:
        """Ends the process, wherever it is."""
        with self._process:  # closes its pipes and waits for it
            self._process.kill()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def judge(bag: Path, *, seconds: float) -> Judgement:
    """Asks the reference implementation whether a bag is valid; arguments and errors are those of `Judge.ask`."""
    with Judge() as one:
        return one.ask(bag, seconds=seconds)


def _where_bagit_is() -> str:
    from importlib import metadata

    try:
        return str(metadata.distribution("bagit").locate_file(""))
    except metadata.PackageNotFoundError:
        return ""
