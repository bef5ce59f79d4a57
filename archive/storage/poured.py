"""What can be read only in a stream, made readable at any place: its tar, uncompressed, in a temporary file."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

from archive.model.limits import DEFAULT_LIMITS, Limits
from archive.storage.origins import LocalFile
from archive.storage.scanned import ScannedStore
from archive.storage.serialised import open_serialised
from archive.storage.stores import PIECE, Store
from archive.storage.trouble import told_in_words


@contextmanager
def at_any_place(store: Store, limits: Limits = DEFAULT_LIMITS, folder: str | None = None) -> Iterator[Store]:
    """The same bag as a store whose files can be gone to at once.

    Args:
        store: any store; all but a `ScannedStore` come back as they are.
        limits: the bounds; what comes out of a compressed file keeps them here as it did when it was read first.
        folder: where the temporary file is made, or None for the system's folder for them. It is as large as the
            uncompressed tar, and gone when the context is left.

    Raises:
        StorageError: the disk is full, or the file was changed since it was read first.
        LimitError: the same, seen by its bounds.
    """
    if not isinstance(store, ScannedStore):
        yield store
        return
    import tempfile  # it brings much with it that checking a folder does without

    with ExitStack() as stack:
        with told_in_words():
            file = stack.enter_context(tempfile.NamedTemporaryFile(prefix="archive-", suffix=".tar", dir=folder))
            with store.stream() as source:
                while piece := source.read(PIECE):
                    file.write(piece)
            file.flush()
        yield open_serialised(LocalFile(file.name), limits).store
