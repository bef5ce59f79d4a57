"""Reads the files behind some places once, under all digests, and says what protects each and whether it holds."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from archive.bags.manifests import manifest_name
from archive.bags.protection import FileRead, Listing, algorithm_of, known, listings, read_once
from archive.errors import StorageError
from archive.model.codes import finding
from archive.model.findings import Finding, Where
from archive.model.traces import CheckedFile, ProtectingLine
from archive.operations.bag_folder import BagFolder
from archive.operations.trace_hits import Hit, Span, spans_of
from archive.storage.stores import Reader

ROOT = "tagmanifest-sha256.txt"


class Checked:
    """The files behind some places, read once each.

    Args:
        folder: the bag.
        reader: of its files.
        hits: the places.

    Raises:
        StorageError: a manifest cannot be read.
        LimitError: the passages have more bytes than are kept at a time.
    """

    def __init__(self, folder: BagFolder, reader: Reader, hits: Iterable[Hit]) -> None:
        self._reader = reader
        self.findings: list[Finding] = list(folder.findings)
        """What does not hold."""
        self._bytes: dict[Span, bytes] = {}
        names = [name for name in folder.base_files() if manifest_name(name)]
        self._manifests = [name for name in names if not name.startswith("tag") and self._is_known(name)]
        self._tag_manifests = [name for name in names if name.startswith("tag") and self._is_known(name)]
        self.root_digest = self._root_digest() if ROOT in self._tag_manifests else None
        """The sha256 of tagmanifest-sha256.txt as it is now."""
        self.files = self._checked(_wanted(hits))
        """Every file that was read, and what protects it."""

    def bytes_of(self, span: Span) -> bytes:
        """The bytes of a range as they were digested; none where they cannot be read."""
        return self._bytes.get(span, b"")

    def _is_known(self, manifest: str) -> bool:
        if known(manifest):
            return True
        where = Where(file=manifest)
        self.findings.append(finding("manifest.unknown-algorithm", where=where, found=algorithm_of(manifest)))
        return False

    def _root_digest(self) -> str:
        return read_once(self._reader, ROOT, ["sha256"], []).digests["sha256"]

    def _checked(self, wanted: Mapping[str, tuple[str, set[tuple[int, int]]]]) -> tuple[CheckedFile, ...]:
        if not wanted:
            return ()
        lines = listings(self._reader, self._manifests, wanted)
        files = [
            self._file(path, role, sorted(ranges), self._manifests, lines[path])
            for path, (role, ranges) in wanted.items()
        ]
        above = listings(self._reader, self._tag_manifests, self._manifests)
        files += [self._file(name, "manifest", [], self._tag_manifests, above[name]) for name in self._manifests]
        return tuple(files)

    def _file(
        self, path: str, role: str, ranges: list[tuple[int, int]], manifests: list[str], lines: list[Listing]
    ) -> CheckedFile:
        algorithms = list(dict.fromkeys(map(algorithm_of, manifests)))
        try:
            read = read_once(self._reader, path, algorithms, ranges)
        except StorageError as error:
            self.findings.append(finding("file.unreadable", where=Where(file=path), found=error.what))
            read = FileRead(0, dict.fromkeys(algorithms, ""), tuple(b"" for _ in ranges))
        for one, data in zip(ranges, read.ranges, strict=True):
            self._bytes[path, *one] = data
        protecting = tuple(
            ProtectingLine(one.manifest, one.algorithm, one.line, one.digest, read.digests[one.algorithm])
            for one in lines
        )
        checked = CheckedFile(path, role, read.size, protecting)
        self.findings.extend(_failures(checked))
        return checked


def _failures(file: CheckedFile) -> Iterator[Finding]:
    if not file.lines:
        code = "tagmanifest.manifest-unlisted" if file.role == "manifest" else "payload.unlisted"
        yield finding(code, where=Where(file=file.path))
    wrong = [line for line in file.lines if not line.holds and line.found]
    if wrong:
        found = ", ".join(dict.fromkeys(line.found for line in wrong))
        expected = ", ".join(f"{line.stated} in {line.manifest}" for line in wrong)
        yield finding("digest.mismatch", where=Where(file=file.path), found=found, expected=expected)


def _wanted(hits: Iterable[Hit]) -> dict[str, tuple[str, set[tuple[int, int]]]]:
    """The payload paths to read, each with its role and the ranges of bytes to keep."""
    found: dict[str, tuple[str, set[tuple[int, int]]]] = {}
    for hit in hits:
        original = hit.located.record["original"]
        found.setdefault(original, ("original", set()))
        for passage in hit.passages:
            for layer, start, end in spans_of(passage):
                found.setdefault(layer, ("layer", set()))[1].add((start, end))
        found.setdefault(hit.located.file, ("record", set()))
    return found
