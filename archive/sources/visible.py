"""Whether a text says anything."""

from __future__ import annotations

from archive.model.derivation import carry_out

_TIDY = ("controls", "soft-hyphens", "join-lines", "spaces")


def is_visible(text: str) -> bool:
    r"""Whether anything is left of `text` without white space, control characters and soft hyphens.

    >>> is_visible("a"), is_visible("\u00a0\u00ad\ufeff")
    (True, False)
    """
    if text[:1].isalnum():
        return True
    if not text or text.isspace():
        return False
    return text.isprintable() or carry_out((text,), _TIDY) != ""
