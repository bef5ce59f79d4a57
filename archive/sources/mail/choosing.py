"""Which parts of a message are its text, and what the others are."""

from __future__ import annotations

from dataclasses import dataclass

from archive.sources.mail.parts import Part

PLAIN, HTML = "text/plain", "text/html"
_TEXTS = (PLAIN, HTML)
_SEALED = frozenset({"multipart/encrypted", "application/pkcs7-mime", "application/x-pkcs7-mime"})
_ABOUT_THE_REST = frozenset(
    {"application/pgp-signature", "application/pkcs7-signature", "application/x-pkcs7-signature"}
)


@dataclass(frozen=True, slots=True)
class Chosen:
    """What a message holds.

    Attributes:
        texts: the parts that are its text, all of one media type.
        attached: the parts that are files of their own.
        sealed: those that are encrypted, or hold what is.
        is_cut: whether it has more parts than are looked at.
        is_long: whether it, or a part of it, has a longer head than is looked at.
    """

    texts: tuple[Part, ...]
    attached: tuple[Part, ...]
    sealed: tuple[Part, ...]
    is_cut: bool
    is_long: bool


def chosen_of(message: Part) -> Chosen:
    """The parts of a message that are its text: the plain ones, else the HTML (RFC 2046, 5.1.4; RFC 2387).

    Args:
        message: with its parts.
    """
    shown = _shown(message)
    plain = tuple(one for one in shown if one.media_type == PLAIN)
    texts = plain or tuple(one for one in shown if one.media_type == HTML)
    everything = list(message.every())
    sealed = tuple(one for one in everything if one.media_type in _SEALED)
    within = {inner.number for one in sealed for inner in one.leaves()}
    attached = tuple(one for one in message.leaves() if is_attached(one) and one.number not in within)
    is_cut, is_long = any(one.is_cut for one in everything), any(one.is_long for one in everything)
    return Chosen(texts, attached, sealed, is_cut=is_cut, is_long=is_long)


def _shown(part: Part) -> list[Part]:
    """The texts that a reader of the mail sees, one of several alternatives."""
    if part.media_type == "multipart/alternative" and part.parts:
        choices = [_shown(one) for one in part.parts]
        for wanted in _TEXTS:
            found = next((one for one in choices if one and one[0].media_type == wanted), None)
            if found:
                return found
        return []
    if part.media_type in _SEALED:
        return []
    if part.media_type == "multipart/related" and part.parts:
        return _shown(_root(part))
    if part.parts:
        return [one for inner in part.parts for one in _shown(inner)]
    return [part] if part.media_type in _TEXTS and not is_attached(part) else []


def _root(part: Part) -> Part:
    """The part that the others belong to: the one named as the start, else the first (RFC 2387, 3.2)."""
    start = part.parameters("content-type").get("start", "").strip()
    return next((one for one in part.parts if start and one.value("content-id").strip() == start), part.parts[0])


def is_attached(part: Part) -> bool:
    """Whether a part is a file of its own."""
    if part.media_type in _ABOUT_THE_REST or part.media_type.startswith("multipart/"):
        return False
    disposition = part.value("content-disposition").partition(";")[0].strip().lower()
    return disposition == "attachment" or part.media_type not in _TEXTS


def name_of(part: Part) -> str:
    """The name of an attached file, or an empty string."""
    named = part.parameters("content-disposition").get("filename") or part.parameters("content-type").get("name") or ""
    return " ".join(named.split())
