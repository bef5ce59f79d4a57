"""What a person may set of how much of a document is read: the table `[limits]` of corpus.toml, and `--limit`.

The values of a pack that differ from the usual ones stand in its recipe, so that whoever has the bag can read its
documents again in the same way.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class Setting:
    """One limit.

    Attributes:
        name: as it is written.
        usual: its value where nobody says another.
        lowest: the lowest value that makes sense.
        highest: the highest, which bounds what the recipe of somebody else's bag may ask for.
        meaning: what it limits, and in which unit.
    """

    name: str
    usual: int
    lowest: int
    highest: int
    meaning: str

    def allows(self, value: object) -> bool:
        """Whether a value is a whole number within the bounds."""
        return type(value) is int and self.lowest <= value <= self.highest

    @property
    def range(self) -> str:
        """The bounds, in words."""
        return f"a whole number from {self.lowest} to {self.highest}"


SETTINGS: tuple[Setting, ...] = (
    Setting("seconds", 120, 2, 3_600, "seconds of processor time for a document; readers in a process apart have half"),
    Setting("memory_mib", 3_072, 256, 65_536, "MiB of memory that a process may hold over one document"),
    Setting("text_mib", 16, 1, 64, "MiB of a document that is read as text, or of a line or row with a document"),
    Setting("file_mib", 128, 1, 1_024, "MiB of a PDF, word-processor file or book, and of all attached to a PDF"),
    Setting("part_mib", 64, 1, 1_024, "MiB of one part of a word-processor file or book, unpacked"),
    Setting("blocks", 250_000, 1_000, 300_000, "paragraphs or lines of a document"),
    Setting("pages", 20_000, 1, 1_000_000, "pages of a PDF"),
    Setting("parts", 20_000, 10, 1_000_000, "parts of a word-processor file or book, files attached to a PDF"),
    Setting("nesting", 3, 0, 10, "containers in one another that are opened, the outermost not counted"),
    Setting("ratio", 100, 2, 10_000, "bytes that may come out of a container for each byte in it, beyond expanded_mib"),
    Setting("expanded_mib", 1_024, 1, 1_048_576, "MiB that may come out of a container whatever its size"),
)
"""All limits that can be set. A record that no validator would read (256 MiB) must not come of them."""
SETTING: Mapping[str, Setting] = MappingProxyType({one.name: one for one in SETTINGS})
"""The same by name."""
USUAL: Mapping[str, int] = MappingProxyType({one.name: one.usual for one in SETTINGS})
"""The value of each where nobody says another."""

NONE_GIVEN: Mapping[str, int] = MappingProxyType({})


def unusual(settings: Mapping[str, int]) -> dict[str, int]:
    """The settings that say something, in the order of their names.

    >>> unusual({"seconds": 300, "nesting": 3})
    {'seconds': 300}
    """
    return {name: value for name, value in sorted(settings.items()) if value != USUAL.get(name)}


def faults_in(settings: Mapping[str, object]) -> list[str]:
    """What is wrong with settings that somebody else wrote, by name."""
    return [name for name, value in settings.items() if name not in SETTING or not SETTING[name].allows(value)]
