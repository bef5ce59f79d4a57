"""The path patterns of `Tag-Files-Allowed` and `Payload-Files-Allowed` (fields 14 and 16).

An entry is a full path, or a pattern 'in which asterisks can represent zero or more characters (c.f. glob(7))'. In
glob(7) an asterisk stops at `/`; here it does not, since the specification itself says that `*` alone allows all tag
files, those in folders too, and that a folder is allowed with `/*`. `?` and `[...]` are those of glob(7).
"""

from __future__ import annotations

import fnmatch
import re
from collections.abc import Sequence

_SIGNS = re.compile(r"[*?\[]")


class Patterns:
    """Says of paths whether an entry of a list covers them.

    Args:
        entries: paths and patterns.

    >>> some = Patterns(["data/a.txt", "data/pages/*"])
    >>> some.cover("data/a.txt"), some.cover("data/pages/1/p.html"), some.cover("data/b.txt")
    (True, True, False)
    """

    def __init__(self, entries: Sequence[str]) -> None:
        plain = [one for one in entries if not _SIGNS.search(one.removesuffix("*"))]
        self._paths = frozenset(entries)
        self._beginnings = tuple(one[:-1] for one in plain if one.endswith("*"))
        self._others = tuple(re.compile(fnmatch.translate(one)) for one in entries if one not in plain)

    def cover(self, path: str) -> bool:
        """Whether the path is in the list, or a pattern of the list fits it."""
        return (
            path in self._paths
            or path.startswith(self._beginnings)
            or any(pattern.match(path) for pattern in self._others)
        )

    def cover_folder(self, path: str) -> bool:
        """Whether something in the folder, whose path ends with `/`, may be there at all."""
        return self.cover(path) or any(entry.startswith(path) for entry in self._paths)
