"""The command run without root's rights, since a mode does not bind root."""

from __future__ import annotations

import ctypes
import os
import subprocess
from pathlib import Path

from tests.packing.making import command, environment

NOBODY = 65534
PR_CAPBSET_DROP = 24  # linux/prctl.h
CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH = 1, 2  # linux/capability.h


def as_another_user(*words: str | Path) -> subprocess.CompletedProcess[bytes]:
    """Runs the command; the folders that it needs must be open to all."""
    is_root = os.geteuid() == 0
    return subprocess.run(
        command(*words), capture_output=True, env=environment(), check=False,
        preexec_fn=_give_up_rights if is_root else None,
    )  # fmt: skip


def _give_up_rights() -> None:
    """Runs in a child of root: the modes of files bind it from now on, and the interpreter can still be read."""
    libc = ctypes.CDLL(None, use_errno=True)
    if any(libc.prctl(PR_CAPBSET_DROP, right, 0, 0, 0) for right in (CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH)):
        os.setgroups([])
        os.setgid(NOBODY)
        os.setuid(NOBODY)
