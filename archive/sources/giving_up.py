"""What is said of a document over which a worker was lost: what its first bytes show, and no more."""

from __future__ import annotations

from archive.engine import Loss
from archive.model.blocks import Reading
from archive.model.codes import finding
from archive.model.findings import Finding, Where
from archive.sources import formats
from archive.sources.characters.charsets import detect
from archive.sources.limits import Limits
from archive.sources.signatures import Format, by_signature


def given_up(head: bytes, loss: Loss, where: Where, limits: Limits) -> Reading:
    """The reading of a document that is a file of its own.

    Args:
        head: its first `limits.sample` bytes.
        loss: how the worker was lost.
        where: the file.
        limits: how much is read.
    """
    shown = by_signature(head)
    if shown is not None:
        form = formats.of_binary(where.file or "", shown)
    elif detect(head[: limits.sample], sample=limits.sample, markup=formats.shows_markup(head, limits.sample)) is None:
        form = formats.UNKNOWN
    else:
        form = formats.of_text(where.file or "", head, limits.sample)
    return form.unread(_finding(loss, where, limits))


def given_up_inside(form: Format, loss: Loss, where: Where, limits: Limits) -> Reading:
    """The same of a document in a container, of which `form` is the format."""
    return form.unread(_finding(loss, where, limits))


def _finding(loss: Loss, where: Where, limits: Limits) -> Finding:
    if loss.is_late:
        seen = f"more than {limits.document_seconds} s of processor time"
        return finding("document.reader-too-slow", where=where, found=seen)
    return finding("document.reader-crashed", where=where, found=loss.how)
