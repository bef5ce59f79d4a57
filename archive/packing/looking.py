"""A look at all documents of one access level: they are built as for a bag, and nothing is written."""

from __future__ import annotations

from contextlib import closing

from archive.model.corpora import LevelPlan
from archive.model.findings import by_document
from archive.packing.corpus import Opened, Work, in_whole_sheet
from archive.packing.first_way import FirstWay
from archive.packing.gathering import Gathering
from archive.packing.relating import Relating
from archive.packing.seen import Seen
from archive.packing.so_far import SoFar
from archive.packing.taken_in import TakenIn
from archive.submission import Partition


def look(corpus: Opened, partition: Partition, plan: LevelPlan, work: Work) -> Seen:
    """Looks at the documents of a level, out of the corpus divided.

    Raises:
        StorageError: the disk refused.
    """
    gathering = corpus.gathering(partition, plan, work)
    with closing(FirstWay(gathering).take(ahead=False)) as taken:
        return _looked_at(gathering, taken, corpus, partition)


def _looked_at(gathering: Gathering, taken: TakenIn, corpus: Opened, partition: Partition) -> Seen:
    so_far = SoFar.of(taken, by_document(corpus.findings), has_text=True)
    with closing(Relating()) as together:
        for tasks, batch in gathering.build(taken):
            so_far.take(tasks, batch)
            together.add(batch.documents)
        for one in together.completed():
            so_far.findings.extend(one.findings)
    return Seen(
        findings=in_whole_sheet(tuple(so_far.findings), partition, gathering.plan.level),
        fit=so_far.documents - len(so_far.judged.documents),
        rejected=len(so_far.judged.rejected),
        failed=len(taken.failed),
        passages=so_far.passages,
    )
