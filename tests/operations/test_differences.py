"""Reasons why a second opinion differs; see also `test_validate`."""

from __future__ import annotations

from archive.model.codes import finding
from archive.operations.differences import why_accepted


def test_only_errors_are_reasons_and_only_some_are_named() -> None:
    codes = ["digest.mismatch", "oxum.mismatch", "payload.unlisted", "payload.missing", "file.link", "file.special"]
    found = [finding(code) for code in (*codes, *codes, "tagmanifest.absent")]
    named = "digest.mismatch, file.link, file.special, oxum.mismatch, payload.missing"
    assert why_accepted(found) == f"because of {named} and 1 more"
    assert why_accepted(found[:1]) == "because of digest.mismatch"
