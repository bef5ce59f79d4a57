"""Names of members: fit to be part of an identifier, and no two alike."""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from archive.model.codes import finding
from archive.model.tally import Tally
from archive.sources.containers.protocol import Member

LONGEST = 300
"""Bytes of a name; what is longer is cut and gets a digest."""
_UNFIT = frozenset({"Cc", "Cs", "Zl", "Zp"})


def fit(name: str) -> str:
    r"""A name without control characters, undecodable bytes and great length; what cannot stand is written `\xNN`.

    >>> fit("a\nb"), fit(" plain ")
    ('a\\x0ab', 'plain')
    """
    stripped = unicodedata.normalize("NFC", name.strip())
    found = stripped if stripped.isprintable() else "".join(_shown(one) for one in stripped)
    data = found.encode("utf-8")
    if len(data) <= LONGEST:
        return found
    mark = hashlib.sha256(name.encode("utf-8", "surrogatepass")).hexdigest()[:16]
    return f"{data[: LONGEST - 20].decode('utf-8', 'ignore')}~{mark}"


def line_name(member: Member) -> str:
    """What a member with findings is called, which has its number for a name: no name that a whole one may have."""
    above, sign, number = member.name.rpartition("#")  # the containers in the container that it lies in
    return fit(f"{above}{sign}line {number}")


def _shown(character: str) -> str:
    if unicodedata.category(character) not in _UNFIT:
        return character
    escape = "surrogateescape" if "\udc80" <= character <= "\udcff" else "surrogatepass"
    return "".join(f"\\x{byte:02x}" for byte in character.encode("utf-8", escape))


@dataclass(slots=True)
class Names:
    """The names so far, as digests: 16 bytes each, whatever their length."""

    seen: set[bytes] = field(default_factory=set)

    def told_apart(self, member: Member, found: Tally) -> Member:
        """The member; under a name with its number where another has the name already.

        Args:
            member: the next one.
            found: gets a finding where that is so.
        """
        if self._is_new(member.name):
            return member
        name = f"{member.name}~{member.row}"
        while not self._is_new(name):
            name += "~"
        found.add(finding("container.name-twice", where=member.where, found=member.name[:120], expected=name[:120]))
        return replace(member, name=name)

    def are_new(self, names: Iterable[str]) -> list[bool]:
        """Which names no other has had so far, nor one before it among these."""
        return [self._is_new(name) for name in names]

    def _is_new(self, name: str) -> bool:
        digest = hashlib.blake2b(name.encode("utf-8"), digest_size=16).digest()
        is_new = digest not in self.seen
        self.seen.add(digest)
        return is_new
