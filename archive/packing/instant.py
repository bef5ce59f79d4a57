"""The one instant of a pack; no other reading of a clock shows in a bag."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from archive.errors import UsageError


@dataclass(frozen=True, slots=True)
class Instant:
    """When a bag was packed.

    Attributes:
        at: in UTC, whole seconds.
        declared: whether it was given by `SOURCE_DATE_EPOCH` and not read from a clock.
    """

    at: datetime
    declared: bool

    @property
    def timestamp(self) -> str:
        """As RFC 3339 has it, with `Z`."""
        return self.at.strftime("%Y-%m-%dT%H:%M:%SZ")

    @property
    def date(self) -> str:
        """The day, as Bagging-Date has it (RFC 8493, 2.2.2)."""
        return self.at.strftime("%Y-%m-%d")


def instant_of_packing(environment: Mapping[str, str] | None = None) -> Instant:
    """Now, or what `SOURCE_DATE_EPOCH` says (seconds since 1970, see reproducible-builds.org).

    Raises:
        UsageError: `SOURCE_DATE_EPOCH` is set and is no such number.

    >>> instant_of_packing({"SOURCE_DATE_EPOCH": "86400"}).timestamp
    '1970-01-02T00:00:00Z'
    """
    given = (os.environ if environment is None else environment).get("SOURCE_DATE_EPOCH", "")
    if not given:
        return Instant(datetime.now(UTC).replace(microsecond=0), declared=False)
    if not (given.isascii() and given.isdigit() and len(given) <= 12):
        raise _no_epoch(given)
    try:
        return Instant(datetime.fromtimestamp(int(given), UTC), declared=True)
    except (OverflowError, ValueError, OSError):
        raise _no_epoch(given) from None


def _no_epoch(given: str) -> UsageError:
    return UsageError(
        f"SOURCE_DATE_EPOCH is {given[:40]!r}, which is no number of seconds since 1970 before the year 10000",
        remedy="Unset it, or set it to a whole number such as 1700000000",
    )
