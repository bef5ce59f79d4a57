"""Small bags for the tests, as files by path."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from pathlib import Path

from archive.bags.contents import Contents
from archive.bags.declaration import declaration_bytes
from archive.bags.fixity import Checking
from archive.bags.manifests import manifest_bytes
from archive.bags.pairing import Pairing, runs_of
from archive.bags.reader import read_bag
from archive.bags.rules import findings_of
from archive.bags.tags import bag_info_bytes
from archive.model.bags import Declaration
from archive.model.depths import Depth
from archive.model.findings import Finding
from archive.model.manifest_lines import ManifestEntry
from archive.model.progress import Listener, unheard
from archive.storage.memory import MemoryStore
from archive.storage.stores import Kind, Store

PAYLOAD = {"data/a.txt": b"first", "data/sub/b c.txt": b"second", "data/sub/ü.bin": bytes(range(256)), "data/e": b""}
OURS = (("Corpus-Archive-Layout", "1"), ("External-Identifier", "urn:uuid:0"))


def manifest(files: Mapping[str, bytes], algorithm: str) -> bytes:
    return manifest_bytes(ManifestEntry(hashlib.new(algorithm, data).hexdigest(), key) for key, data in files.items())


def bag(
    payload: Mapping[str, bytes] = PAYLOAD,
    *,
    version: tuple[int, int] = (1, 0),
    algorithms: Sequence[str] = ("sha256", "sha512"),
    info: Sequence[tuple[str, str]] = (),
    tags: Mapping[str, bytes] | None = None,
) -> dict[str, bytes]:
    """A valid bag; `tags` are further tag files, or other contents for those that there are."""
    oxum = f"{sum(map(len, payload.values()))}.{len(payload)}"
    files = {
        "bagit.txt": declaration_bytes(Declaration(version)),
        "bag-info.txt": bag_info_bytes([("Payload-Oxum", oxum), *info]),
        **{f"manifest-{one}.txt": manifest(payload, one) for one in algorithms},
        **(tags or {}),
    }
    return {**payload, **files, **{f"tagmanifest-{one}.txt": manifest(files, one) for one in algorithms}}


def sealed(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """The bag with its tag manifests written again."""
    tags = {
        key: data for key, data in files.items() if not key.startswith("data/") and not key.startswith("tagmanifest-")
    }
    written = {key: manifest(tags, key[12:-4]) for key in files if key.startswith("tagmanifest-")}
    return {**files, **written}


def verify(store: Store, contents: Contents, jobs: int | None = 1, listener: Listener = unheard) -> list[Finding]:
    """What differs from the manifests of a bag that was read before, and not while its payload was listed."""
    with Checking(store, jobs, listener) as checking:
        pairing = Pairing(contents.manifests, checking, dict(contents.payload))
        for run, keys in runs_of(contents.payload):
            pairing.take(run, keys)
        return list(checking.rest(contents))


def check(
    files: Mapping[str, bytes], others: Mapping[str, Kind] | None = None, depth: Depth = Depth.FIXITY
) -> list[Finding]:
    """All findings on a bag in memory."""
    store = MemoryStore(files, {"data": Kind.FOLDER, **(others or {})})
    contents = read_bag(store, depth)
    found = [*contents.findings, *findings_of(contents, depth)]
    return [*found, *verify(store, contents, 1)] if depth is Depth.FIXITY else found


def codes(
    files: Mapping[str, bytes], others: Mapping[str, Kind] | None = None, depth: Depth = Depth.FIXITY
) -> set[str]:
    return {one.code for one in check(files, others, depth)}


def on_disk(files: Mapping[str, bytes], place: Path) -> Path:
    """The bag as a folder."""
    (place / "data").mkdir(parents=True)
    for key, data in files.items():
        path = place / key
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    return place
