"""What a bag ends with: once its documents are there, all that stands beside them is written, last the tag files."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from archive.describe.facts import BagFacts
from archive.describe.front_matter import front_matter
from archive.describe.readme import bag_readme, payload_readme
from archive.model.content import COVERED, DigestList, content_digest
from archive.model.derivation_rule import RULE_TEXT
from archive.model.versions import Holds, Predecessor, Tombstone, standing_lines
from archive.normalise.evidence import RepeatedLines
from archive.packing.bag_record import BagRecord, Rejection
from archive.packing.describing import package_facts, write_descriptions
from archive.packing.gathering import Gathering
from archive.packing.instant import Instant
from archive.packing.keeping import QUOTING, Keeping
from archive.packing.payload import Payload
from archive.packing.rejecting import Earlier
from archive.packing.shards import Shard
from archive.packing.so_far import SoFar
from archive.packing.tag_files import bag_info, write_tag_files
from archive.packing.tried import Tried
from archive.schema import shipped


@dataclass(frozen=True, slots=True)
class Finishing:
    """What is to be said of a bag besides its documents.

    Attributes:
        gathering: where its documents come from.
        instant: the one instant.
        ignored: how many files of the folder are no documents.
        earlier: what earlier tries left out, by reason.
        holds: what the bag is to hold.
        previous: the bag of the version before, or None.
        tombstones: of what was withdrawn, sorted.
    """

    gathering: Gathering
    instant: Instant
    ignored: int
    earlier: Earlier
    holds: Holds = Holds.DOCUMENTS
    previous: Predecessor | None = None
    tombstones: tuple[Tombstone, ...] = ()

    @property
    def has_text(self) -> bool:
        """Whether the bag holds the documents themselves."""
        return self.holds is Holds.DOCUMENTS

    @property
    def _quoting(self) -> frozenset[str]:
        """What was submitted and quotes the text: annotations, and the list of what is withheld."""
        withheld = self.gathering.corpus.redactions
        return QUOTING if withheld is None else QUOTING | {withheld}

    def record(self, so_far: SoFar, shards: Sequence[Shard]) -> BagRecord:
        """The bag's own record.

        Args:
            so_far: what is known of all of its documents.
            shards: the files of their records.
        """
        rejected = (*self.earlier.rejected, *so_far.judged.lost)
        counts = {
            "inputs": so_far.documents + len(rejected) + len(self.earlier.failed) + self.ignored,
            "packed": so_far.documents,
            "rejected": len(rejected),
            "failed": len(self.earlier.failed),
            "ignored": self.ignored,
            "documents": so_far.documents,
            "passages": so_far.passages,
        }
        return BagRecord(
            urn=self.gathering.urn,
            corpus=self.gathering.corpus,
            level=self.gathering.plan.level,
            instant=self.instant,
            recipe=self.gathering.recipe,
            counts=counts,
            rejections=sorted((*rejected, *self.earlier.failed), key=_by_path),
            shards=shards,
            holds=self.holds,
            previous=self.previous,
            tombstones=self.tombstones,
        )

    def finish(
        self,
        payload: Payload,
        evidence: RepeatedLines,
        so_far: SoFar,
        record: BagRecord,
        rows: dict[str, int],
        records: DigestList,
    ) -> Tried:
        """Writes all that is still missing.

        Args:
            payload: the bag in the making.
            evidence: what the whole corpus said about furniture.
            so_far: what is known of its documents.
            record: the bag's own record.
            rows: the tables, and how many rows each of them has.
            records: the digests of the documents' records.

        Raises:
            StorageError: the disk refused.
        """
        lap = self.gathering.timing.lead.lap
        keeping = Keeping(self.gathering, payload)
        self._keep(keeping, evidence, rows)
        covered = DigestList()
        for listed in payload.listing("sha256", COVERED):
            covered.add_files(listed.names, listed.digests)
        content = content_digest(covered, records)
        bag_json = json.dumps(record.as_json(payload, rows, content), ensure_ascii=False, indent=1, sort_keys=False)
        payload.write("data/bag.json", bag_json.encode("utf-8") + b"\n")
        lap("digest")
        self._describe(payload, so_far, rows)
        lap("describe")
        keeping.tag_files()
        said = standing_lines(self.holds, self.previous)
        info = bag_info(self.gathering.corpus, self.instant, self.gathering.urn, content, payload, said)
        write_tag_files(payload, info)
        files, octets = payload.extent()
        lap("write manifests")
        return Tried(
            findings=tuple(so_far.findings),
            rejected=so_far.judged.lost,
            documents=so_far.documents,
            passages=so_far.passages,
            content=content,
            root=payload.sha256("tagmanifest-sha256.txt"),
            files=files,
            octets=octets,
            reused=so_far.reused,
        )

    def _keep(self, keeping: Keeping, evidence: RepeatedLines, tables: Iterable[str]) -> None:
        """Enters what was written or submitted beside the documents."""
        payload = keeping.payload
        if self.has_text:
            keeping.evidence(evidence)
        else:
            keeping.no_sources()
        for name in tables:
            payload.enter_written(f"data/tables/{name}.parquet")
        keeping.submission(leaving_out=frozenset() if self.has_text else self._quoting)
        for name, data in (*shipped.schema_files().items(), *self.gathering.profiles):
            payload.write(f"data/schemas/{name}", data)

    def _describe(self, payload: Payload, so_far: SoFar, rows: dict[str, int]) -> None:
        """Writes the pages for people, and the descriptions for machines."""
        facts = self._facts(so_far)
        payload.write("data/README.md", payload_readme(facts, RULE_TEXT))
        package = package_facts(facts, self.gathering, self.instant, so_far.described, payload, rows)
        write_descriptions(payload, package, so_far.described)
        payload.write("README.md", front_matter(package) + bag_readme(facts))

    def _facts(self, so_far: SoFar) -> BagFacts:
        corpus = self.gathering.corpus
        return BagFacts(
            urn=self.gathering.urn,
            title=corpus.title,
            version=corpus.version,
            access_level=self.gathering.plan.level.value,
            documents=so_far.documents,
            passages=so_far.passages,
            description=corpus.description,
            creator=corpus.creator,
            licence=corpus.licence,
            metadata_licence=corpus.metadata_licence,
            contact=tuple(corpus.contact.items()),
            datasheet=tuple((key, value) for key, value in corpus.datasheet.items() if isinstance(value, str)),
            algorithms=self.gathering.algorithms,
            holds=self.holds,
            previous=self.previous,
            tombstones=len(self.tombstones),
        )


def _by_path(rejection: Rejection) -> tuple[str, str]:
    return rejection.source_path, rejection.document_id
