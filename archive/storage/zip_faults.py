"""What the standard library's reader of zips says of damage, and what it cannot read, in one place."""

from __future__ import annotations

import lzma
import zipfile
import zlib

DAMAGE = (zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, NotImplementedError, ValueError, OSError)
"""What `zipfile` raises over bytes that are no zip, or no whole one."""
ENCRYPTED = 0x1
"""Bit 0 of the general purpose flags (APPNOTE, 4.4.4)."""
