r"""Paths that lead, or may lead on some system, out of the folder that they are relative to (RFC 8493, 5.1)."""

from __future__ import annotations

import re

_DRIVE = re.compile(r"[A-Za-z]:")
_VARIABLE = re.compile(r"%[^%/\\]+%[/\\]")
_SEPARATORS = re.compile(r"[/\\]")


def escapes(path: str) -> str:
    r"""Why a path may lead out of its folder on some system, in words; empty if it cannot.

    >>> escapes("data/a.txt"), escapes("data/../../x"), escapes("C:\\x")
    ('', 'a step up with ..', 'a drive letter')
    """
    if path.startswith(("/", "\\")):
        return "an absolute path"
    if path.startswith("~"):
        return "a home folder"
    if _DRIVE.match(path):
        return "a drive letter"
    if _VARIABLE.match(path):
        return "a variable of the environment"
    if "\0" in path:
        return "a NUL"
    return "a step up with .." if ".." in path and ".." in _SEPARATORS.split(path) else ""
