r"""How the starter sheet names documents: each so that reading the sheet finds it again, and no two alike.

A spreadsheet program must be able to open the sheet, save it, and neither change a name nor carry one out as a formula;
so bytes that no cell keeps stand as `\xNN` there. A document whose path cannot be its identifier gets another one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator

from archive.model.containers import holds_many, kind_named
from archive.operations.starters import FORMULA
from archive.submission.filenames import Names, Target
from archive.submission.identifiers import (
    distinct_identifier,
    holds_controls,
    holds_undecodable,
    identifier_of_path,
    unfit,
)

_ROOM_FOR_MEMBERS = 120
"""Bytes that the documents of a container add to its identifier, and some."""


def written_name(path: str, names: Names) -> str | None:
    """How the sheet names a file, or None where every way to write it is the name of another file.

    Args:
        path: of the file.
        names: what the sheet may name.
    """
    return next((form for form in _forms(path) if names.find(form) == Target(path)), None)


def written_member(path: str, member: str, names: Names) -> str | None:
    """How the sheet names a document in a container, or None where every way to write it names something else.

    Args:
        path: of the container.
        member: the name of the document in it.
        names: what the sheet may name.
    """
    target = Target(path, member)
    forms = (f"{form}#{inside}" for form in _forms(path) for inside in (member, member.replace("\\", "\\x5c")))
    return next((form for form in forms if names.find(form) == target), None)


def _forms(path: str) -> Iterator[str]:
    is_plain = path.strip() and not (holds_undecodable(path) or holds_controls(path))
    if is_plain and not path.startswith(FORMULA):
        yield path
    if is_plain:
        yield f"objects/{path}"
    yield "".join(_as_bytes(one) if _needs_bytes(one, at) else one for at, one in enumerate(path))
    yield _as_bytes(path)
    yield _as_bytes(path).upper().replace("\\X", "\\x")


def _needs_bytes(character: str, at: int) -> bool:
    is_risky = character == "\\" or (at == 0 and character in FORMULA) or character.isspace()
    return is_risky or holds_undecodable(character) or holds_controls(character)


def _as_bytes(text: str) -> str:
    return "".join(f"\\x{byte:02x}" for byte in text.encode("utf-8", "surrogateescape"))


def identifiers_for(documents: Collection[str], kind_of: Callable[[str], str | None] = kind_named) -> dict[str, str]:
    """The identifiers that the sheet gives, for those documents alone whose paths cannot be theirs.

    That is so where two paths are one in NFC or in what they show of odd bytes, where a path is too long, and where a
    name looks like that of a document in a container.

    Args:
        documents: their paths.
        kind_of: which kind of container a file is, if any.

    Returns:
        path -> identifier.
    """
    of_path = {path: identifier_of_path(path) for path in documents}
    uses = Counter(of_path.values())
    containers = {identifier for path, identifier in of_path.items() if holds_many(kind_of(path))}
    return {
        path: distinct_identifier(path)
        for path, identifier in of_path.items()
        if uses[identifier] > 1
        or _is_too_long(identifier, holds_many(kind_of(path)))
        or _looks_inside(identifier, containers)
    }


def _is_too_long(identifier: str, is_container: bool) -> bool:  # noqa: FBT001 - one property of the file
    return bool(unfit(identifier + "#" * _ROOM_FOR_MEMBERS if is_container else identifier))


def _looks_inside(identifier: str, containers: Iterable[str]) -> bool:
    return "#" in identifier and any(identifier.startswith(f"{one}#") for one in containers)
