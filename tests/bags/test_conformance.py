"""The conformance suite of the Library of Congress: the verdict of each case, and the exact errors."""

from __future__ import annotations

from pathlib import Path

import pytest

from archive.model.findings import Severity
from archive.model.reports import Verdict
from archive.operations.validate import validate

VALID = {
    "v0.93": ("basic-bag", "duplicate-metadata-entries"),
    "v0.94": ("basic-bag", "duplicate-metadata-entries"),
    "v0.95": ("basic-bag", "duplicate-metadata-entries"),
    "v0.96": (
        "bag-in-a-bag",
        "bag-with-encoded-names",
        "bag-with-escapable-characters",
        "bag-with-leading-dot-slash-in-manifest",
        "bag-with-space",
        "basic-bag",
        "duplicate-metadata-entries",
        "holey-bag",
    ),
    "v0.97": (
        "ISO-8859-1-encoded-tag-files",
        "UTF-16-encoded-tag-files",
        "bag-in-a-bag",
        "bag-with-encoded-names",
        "bag-with-escapable-characters",
        "bag-with-leading-dot-slash-in-manifest",
        "bag-with-space",
        "basic-bag",
        "duplicate-metadata-entries",
        "holey-bag",
        "minimal-bag",
        "uncommon-metadata-separators",
    ),
    "v1.0": ("basicBag",),
}
WARNED = {
    "duplicate-file-with-different-case": {"path.case-twin"},
    "made-with-md5sum-tools": {"manifest.asterisk", "manifest.weak-algorithm"},
    "relative-path": {"manifest.dot-slash"},
    "same-filename-listed-twice-with-different-normalization": {
        "path.normal-form",
        "path.normal-form-twin",
        "tagfile.unlisted",
    },
    "same-filename-listed-twice-with-the-same-hash": {"manifest.duplicate-entry", "tagfile.unlisted"},
}
ESCAPES = {"path.escapes-bag"}
INVALID = {
    "v0.97/invalid/baginfo-missing-encoding": {"declaration.malformed", "digest.mismatch"},
    "v0.97/invalid/bom-in-bagit.txt": {"declaration.byte-order-mark"},
    "v0.97/invalid/corrupt-data-file": {"digest.mismatch", "oxum.mismatch"},
    "v0.97/invalid/corrupt-tag-file": {"digest.mismatch"},
    "v0.97/invalid/extra-file-in-bag": {"oxum.mismatch", "payload.unlisted"},
    "v0.97/invalid/invalid-version-number": {"declaration.version", "digest.mismatch"},
    "v0.97/invalid/missing-baginfo": {"tagfile.missing"},
    "v0.97/invalid/missing-bagit.txt": {"declaration.missing", "tagfile.missing"},
    "v0.97/invalid/out-of-scope-file-paths-using-dot-notation": ESCAPES,
    "v0.97/invalid/out-of-scope-file-paths-using-dot-notation-for-fetch": ESCAPES,
    "v0.97/invalid/same-filename-listed-twice-with-different-hashes": {"manifest.conflicting-entries"},
    "v0.97/linux-only/out-of-scope-file-paths-using-absolute-path": ESCAPES,
    "v0.97/linux-only/out-of-scope-file-paths-using-absolute-path-for-fetch": ESCAPES,
    "v0.97/linux-only/out-of-scope-file-paths-using-shortcut": ESCAPES,
    "v0.97/linux-only/out-of-scope-file-paths-using-shortcut-for-fetch": ESCAPES,
    "v0.97/linux-only/out-of-scope-file-paths-using-shortcut-username": ESCAPES,
    "v0.97/linux-only/out-of-scope-file-paths-using-shortcut-username-for-fetch": ESCAPES,
    # The file data/.DS_Store that its manifest lists did not come with the suite, so the bag is not complete.
    "v0.97/warning/special-system-files": {"oxum.mismatch", "payload.missing"},
    "v0.97/windows-only/out-of-scope-file-paths-using-absolute-path": ESCAPES,
    "v0.97/windows-only/out-of-scope-file-paths-using-absolute-path-for-fetch": ESCAPES,
    "v0.97/windows-only/out-of-scope-file-paths-using-shortcut": ESCAPES,
    "v0.97/windows-only/out-of-scope-file-paths-using-shortcut-for-fetch": ESCAPES,
    "v0.97/windows-only/out-of-scope-file-paths-using-unc": ESCAPES,
    "v0.97/windows-only/out-of-scope-file-paths-using-unc-for-fetch": ESCAPES,
    "v1.0/invalid/bagit-with-invalid-whitespace": {"declaration.white-space"},
    "v1.0/invalid/notAllManifestsListAllFiles": {"payload.unlisted"},
    "v1.0/invalid/same-filename-listed-twice-with-different-hashes": {
        "declaration.white-space",
        "digest.mismatch",
        "manifest.conflicting-entries",
    },
    "v1.0/invalid/same-filename-listed-twice-with-the-same-hash": {"digest.mismatch", "manifest.duplicate-entry"},
}


@pytest.fixture(scope="module")
def suite(shared: Path) -> Path:
    return shared / "bagit-conformance-suite"


@pytest.mark.parametrize("case", [f"{version}/valid/{name}" for version, names in VALID.items() for name in names])
def test_valid(suite: Path, case: str) -> None:
    report = validate(suite / case)
    assert report.verdict is Verdict.VALID
    assert report.count(Severity.ERROR) == 0


@pytest.mark.parametrize("name", WARNED)
def test_warned(suite: Path, name: str) -> None:
    report = validate(suite / "v0.97/warning" / name)
    assert report.verdict is Verdict.VALID
    assert {one.code for one in report.findings} == WARNED[name]


@pytest.mark.parametrize("case", INVALID)
def test_invalid(suite: Path, case: str) -> None:
    report = validate(suite / case)
    assert report.verdict is Verdict.INVALID
    assert report.exit_code == 1
    assert {one.code for one in report.findings if one.severity is Severity.ERROR} == INVALID[case]


def test_no_case_was_left_out(suite: Path) -> None:
    cases = {"/".join(case.parts[-3:]) for case in suite.glob("v*/*/*") if case.is_dir()}
    known = {f"{version}/valid/{name}" for version, names in VALID.items() for name in names}
    assert cases == known | INVALID.keys() | {f"v0.97/warning/{name}" for name in WARNED}
