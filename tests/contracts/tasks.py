"""Tasks for the engines' tests. A worker imports this module to find them, so it imports little."""

from __future__ import annotations

import os
import signal
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from archive.engine import Bounds, parts, parts_together, weigh
from archive.errors import SourceChangedError

_REMEMBERED = [""]


def remember(value: str) -> None:
    _REMEMBERED.append(value)


def remembered(shared: None, item: int) -> str:
    return _REMEMBERED[-1]


def leave_at_once(value: int) -> None:
    raise SystemExit(value)


def add(shared: int, item: int) -> int:
    return shared + item


def divide(shared: int, item: int) -> int:
    return shared // item


def wait(shared: float, item: int) -> int:
    time.sleep(shared * item)
    return item


def join(shared: bytes, item: bytes) -> bytes:
    return shared + item


def refuse(shared: str, item: int) -> None:
    raise SourceChangedError(f"{item} changed", where=shared, remedy="Wait")


def decode(shared: str, item: bytes) -> str:
    return item.decode(shared)


def leave(shared: None, item: int) -> None:
    raise SystemExit(item)


def print_it(shared: str, item: int) -> int:
    print(shared)  # noqa: T201 - what libraries do
    os.write(1, b"\0" * 100)
    return item


def read_input(shared: None, item: int) -> str:
    return sys.stdin.read()


def process_id(shared: float, item: int) -> int:
    time.sleep(shared)
    return os.getpid()


def process_id_after(shared: None, item: float) -> int:
    time.sleep(item)
    return os.getpid()


def id_of_process(shared: None, item: object) -> int:
    return os.getpid()


def unsendable(shared: None, item: int) -> object:
    return (number for number in range(item))


class TwoPartsError(Exception):
    """Pickles, and does not unpickle: its arguments are not what it is made of."""

    def __init__(self, one: str, two: str) -> None:
        super().__init__(f"{one} and {two}")


class UnsendableError(Exception):
    """Does not pickle."""

    def __reduce__(self) -> tuple[object, ...]:
        raise TypeError("it is not for others")


def fail_with_two(shared: None, item: int) -> None:
    raise TwoPartsError("one", "two")


def fail_unsendably(shared: None, item: int) -> None:
    raise UnsendableError("for us only")


@dataclass(frozen=True, slots=True)
class Unreadable:
    """Pickles, and does not unpickle."""

    reason: str

    def __reduce__(self) -> tuple[object, ...]:
        return _cannot, (self.reason,)


def _cannot(reason: str) -> None:
    raise LookupError(reason)


def unreadable(shared: None, item: int) -> Unreadable:
    return Unreadable("not here")


def see(shared: object, item: object) -> str:
    return type(item).__name__


def end_at(shared: int, item: int) -> int:
    if item == shared:
        os._exit(7)
    return item


def kill_at(shared: int, item: int) -> int:
    if item == shared:
        os.kill(os.getpid(), 9)
    return item


def kill_once(shared: Path, item: int) -> int:
    """Its worker is killed the first time; a file tells that."""
    if not shared.exists():
        shared.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return item


def environment(shared: None, item: int) -> tuple[int, bool, list[str]]:
    return sys.flags.utf8_mode, sys.dont_write_bytecode, sys.path


def work_in_parts(shared: Bounds, item: tuple[object, ...]) -> list[object]:
    """Does what each part says; of a part that is given up it tells how it was lost."""
    found: list[object] = []
    for part, what in parts(item):
        part.limit(shared)
        found.append((part.loss.how, part.loss.is_late) if part.loss else _carried_out(what))
    if "end behind the parts" in item:
        os._exit(9)
    return found


def work_together(shared: Bounds, item: tuple[object, ...]) -> list[object]:
    """The same, three parts at a time; it tells with each how many were in work with it."""
    found: list[object] = []
    for part, some in parts_together(item, lambda what: 1 if what == "large" else 1 / 3):
        part.limit(shared)
        lost = part.loss and (part.loss.how, part.loss.is_late)
        found.extend((len(some), lost or _carried_out(what)) for what in some)
    return found


def _carried_out(what: object) -> object:
    match what:
        case "hang":
            while True:
                pass
        case "swell":
            return len(bytearray(1 << 40))
        case "kill":
            os.kill(os.getpid(), signal.SIGKILL)
        case Path():  # crashes once
            if not what.exists():
                what.touch()
                os.abort()
        case int():
            weigh(what)
    return what


def process_of_part(shared: Bounds, item: tuple[int, ...]) -> tuple[int, bool]:
    """Where an item is done, and whether it is done again."""
    again = False
    for part, octets in parts(item):
        again = part.is_again
        weigh(octets)
    return os.getpid(), again
