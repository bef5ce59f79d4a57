"""Days and timestamps of RFC 3339, strictly.

Narrower than the RFC in three places, so that every value has its place in a column of timestamps: T and Z are upper
case, seconds end at 59, and the year is 0001 to 9999.
"""

from __future__ import annotations

import re
from datetime import date, datetime

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_TIMESTAMP = re.compile(
    r"(?P<day>[0-9]{4}-[0-9]{2}-[0-9]{2})T(?P<time>[0-9]{2}:[0-9]{2}:[0-9]{2})(?:[.][0-9]{1,9})?"
    r"(?:Z|[+-](?:[01][0-9]|2[0-3]):[0-5][0-9])"
)
_RUN_TOGETHER = re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})([0-9]{2})([0-9]{2})([0-9]{2})")
_NEARLY = re.compile(
    r"([0-9]{4}-[0-9]{2}-[0-9]{2})[Tt ]+([0-9]{2}:[0-9]{2})(:[0-9]{2})?([.][0-9]{1,9})?"
    r" *([Zz]|[+-][0-9]{2}:?[0-9]{2}|UTC|GMT)?"
)


def is_day(text: str) -> bool:
    """Whether `text` is a full-date of RFC 3339, 5.6, that the calendar has.

    >>> is_day("2011-05-03"), is_day("2011-02-30"), is_day("20110503")
    (True, False, False)
    """
    if not _DAY.fullmatch(text):
        return False
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def is_timestamp(text: str) -> bool:
    """Whether `text` is a date-time of RFC 3339, 5.6, with upper-case T and Z.

    >>> is_timestamp("2024-05-03T10:00:00Z"), is_timestamp("2024-05-03 10:00")
    (True, False)
    """
    found = _TIMESTAMP.fullmatch(text)
    if not found:
        return False
    try:
        datetime.fromisoformat(f"{found['day']}T{found['time']}+00:00")
    except ValueError:
        return False
    return True


def timestamp_advice(text: str) -> str:
    """What to write instead of something that is no timestamp, or what one looks like.

    >>> timestamp_advice("20240503100000")
    '2024-05-03T10:00:00Z if that is the time in UTC'
    """
    text = text.strip()
    together = _RUN_TOGETHER.fullmatch(text)
    nearly = _NEARLY.fullmatch(text)
    if together:
        meant, zone = "{}-{}-{}T{}:{}:{}".format(*together.groups()), ""
    elif nearly:
        meant, zone = f"{nearly[1]}T{nearly[2]}{nearly[3] or ':00'}{nearly[4] or ''}", nearly[5] or ""
    elif is_day(text):
        meant, zone = f"{text}T00:00:00", ""
    else:
        return "a moment such as 2024-05-03T10:00:00Z"
    offset = f"{zone[:3]}:{zone[-2:]}" if zone[:1] in {"+", "-"} else "Z"
    if not is_timestamp(meant + offset):
        return "a moment such as 2024-05-03T10:00:00Z"
    if offset != "Z":
        return f"{meant}{offset}"
    if is_day(text):
        return f"the time as well, such as {meant}Z"
    return f"{meant}Z" if zone else f"{meant}Z if that is the time in UTC"
