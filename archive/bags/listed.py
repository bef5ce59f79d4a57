"""What each manifest of a bag lists, held against what is there."""

from __future__ import annotations

from collections.abc import Mapping, Set
from dataclasses import dataclass, field

from archive.model.bags import Manifest


@dataclass
class Listed:
    """What the manifests list, each by its file; see `archive.bags.contents.Contents`.

    Attributes:
        aliases: the paths of manifests that name a file otherwise than its key.
        listed: the files that each lists.
        odd: those of them that are not there.
        unlisted: the files that are there, and that it does not list.
    """

    aliases: Mapping[str, str]
    listed: dict[str, Set[str]] = field(default_factory=dict)
    odd: dict[str, Set[str]] = field(default_factory=dict)
    unlisted: dict[str, Set[str]] = field(default_factory=dict)

    def add(self, manifest: Manifest, there: Mapping[str, int], *, is_complete: bool = False) -> None:
        """Holds a manifest against the files that are there; `is_complete` where it is known to list just these."""
        paths, aliases = manifest.entries.paths, self.aliases
        keys = frozenset[str]()
        if not is_complete:
            keys = frozenset([aliases.get(path, path) for path in paths] if aliases else paths)
            is_complete = len(keys) == len(there) and all(map(there.__contains__, keys))
        every = there.keys()
        self.listed[manifest.file] = every if is_complete else keys
        self.odd[manifest.file] = frozenset() if is_complete else keys - every
        self.unlisted[manifest.file] = frozenset() if is_complete else every - keys
