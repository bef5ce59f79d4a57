"""The tag files of a bag of ours (RFC 8493, 2.2): what bag-info.txt says, and the manifests."""

from __future__ import annotations

from collections.abc import Sequence

from archive.bags.declaration import declaration_bytes
from archive.bags.manifests import manifest_bytes, plain_lines
from archive.bags.profiles.profile import IDENTIFIER_LABEL
from archive.bags.tags import bag_info_bytes
from archive.model.corpora import Corpus
from archive.model.manifest_lines import ManifestEntry
from archive.packing.identity import LAYOUT
from archive.packing.instant import Instant
from archive.packing.payload import Payload
from archive.packing.software import agent
from archive.schema.shipped import PROFILE_IDENTIFIER

_CONTACT = (
    ("organization", "Source-Organization"),
    ("address", "Organization-Address"),
    ("role", "Contact-Name"),
    ("telephone", "Contact-Phone"),
    ("email", "Contact-Email"),
)
_URN_LABEL = "External-Identifier"


def bag_info(
    corpus: Corpus,
    instant: Instant,
    urn: str,
    content: str,
    payload: Payload,
    more: Sequence[tuple[str, str]] = (),
) -> list[tuple[str, str]]:
    """The lines of bag-info.txt: ours, then the person's own, then what packing alone can say, and `more` at its end.

    A label that the person gives replaces ours, but for External-Identifier, which may be repeated: the URN of the bag
    stands first.
    """
    files, octets = payload.extent("data/")
    contact = [(label, corpus.contact[key]) for key, label in _CONTACT if corpus.contact.get(key)]
    if corpus.creator and not corpus.contact.get("organization"):
        contact.insert(0, ("Source-Organization", corpus.creator))
    ours = [
        *contact,
        ("External-Description", _one_line(corpus.description or corpus.title)),
        (_URN_LABEL, urn),
        ("Internal-Sender-Identifier", corpus.identifier),
        ("Internal-Sender-Description", _one_line(f"{corpus.title}, version {corpus.version}")),
    ]
    given = {label.lower() for label, _ in corpus.bag_info} - {_URN_LABEL.lower()}
    package_type = [("OAIS-Package-Type", "AIP")]
    return [
        # A corpus.toml that cannot be read says nothing; its bag is made for its findings and never published.
        *((label, _one_line(value)) for label, value in ours if value.strip() and label.lower() not in given),
        *corpus.bag_info,
        ("Bagging-Date", instant.date),
        ("Bag-Size", human_size(octets)),
        ("Payload-Oxum", f"{octets}.{files}"),
        ("Bag-Software-Agent", agent()),
        (IDENTIFIER_LABEL, PROFILE_IDENTIFIER),
        ("Corpus-Archive-Layout", LAYOUT),
        ("Corpus-Archive-Content-Digest", f"sha256:{content}"),
        *((label, value) for label, value in package_type if label.lower() not in given),
        *more,
    ]


def _one_line(text: str) -> str:
    return " ".join(text.split())


def human_size(octets: int) -> str:
    """A size for people, in the decimal units of RFC 8493's own examples.

    >>> human_size(999), human_size(1_234_567)
    ('999 B', '1.2 MB')
    """
    if octets < 1000:
        return f"{octets} B"
    size = float(octets)
    for unit in ("kB", "MB", "GB", "TB"):
        size /= 1000
        if size < 999.95:
            return f"{size:.1f} {unit}"
    return f"{size / 1000:.1f} PB"


def write_tag_files(payload: Payload, info: list[tuple[str, str]]) -> None:
    """Writes bagit.txt, bag-info.txt, the manifests, and last the tag manifests."""
    payload.write("bagit.txt", declaration_bytes())
    payload.write("bag-info.txt", bag_info_bytes(info))
    for algorithm in payload.algorithms:
        with payload.writing(f"manifest-{algorithm}.txt") as file:
            for listed in payload.listing(algorithm):
                file.write(plain_lines(listed.names, listed.digests))
    folders = {folder for folder, _, _ in payload.folders()}
    tags = [(path, entry) for path, entry in payload.files(leaving_out=folders) if not path.startswith("data/")]
    for number, algorithm in enumerate(payload.algorithms):
        tag_entries = [ManifestEntry(entry.digests[number], path) for path, entry in tags]
        payload.write(f"tagmanifest-{algorithm}.txt", manifest_bytes(tag_entries))
