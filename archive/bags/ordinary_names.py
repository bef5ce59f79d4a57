"""Names of which it shows at a look that nothing has to be said about them, which most are."""

from __future__ import annotations

SYSTEM_FILES = frozenset({".ds_store", "thumbs.db", "ehthumbs.db", "desktop.ini", ".directory", ".spotlight-v100"})
"""What operating systems leave in folders, in lower case."""
RESOURCE_FORK = "._"
"""How the names of files begin in which macOS keeps what other systems have no place for."""


def are_ordinary(folder: str, names: str) -> bool:
    r"""Whether no file can have a twin in another case or normal form, and none is what a system leaves behind.

    Args:
        folder: the path of their folder.
        names: the names in it, with NUL between.

    >>> are_ordinary("data/a", "1.txt\x002.txt"), are_ordinary("data", "README"), are_ordinary("data", "thumbs.db")
    (True, False, False)
    """
    return (
        folder.isascii()
        and folder.lower() == folder
        and names.isascii()
        and names.lower() == names
        and not names.startswith(RESOURCE_FORK)
        and f"\0{RESOURCE_FORK}" not in names
        and not any(map(names.__contains__, SYSTEM_FILES))
    )
