"""A look at all documents of one access level: they are built as for a bag, and nothing is written."""

from __future__ import annotations

from contextlib import closing

from archive.model.corpora import LevelPlan
from archive.model.findings import by_document
from archive.model.tally import Tally
from archive.packing.corpus import Opened, Work, in_whole_sheet
from archive.packing.first_way import FirstWay
from archive.packing.gathering import Gathering
from archive.packing.rejecting import Judged
from archive.packing.relating import Relating
from archive.packing.seen import Seen
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
    judged = Judged.of(taken, by_document(corpus.findings))
    findings = Tally.of_documents(taken.all_findings)
    documents = passages = 0
    with Relating() as together:
        for tasks, batch in gathering.build(taken):
            for failed in batch.failed:
                findings.extend(failed.findings)
                judged.fail(failed)
            together.add(batch.documents)
            for task, built in batch.beside(tasks):
                findings.extend(built.findings)
                judged.reject(task, built.findings)
                documents += 1
                passages += built.passages
        for one in together.completed():
            findings.extend(one.findings)
    return Seen(
        findings=in_whole_sheet(tuple(findings), partition, gathering.plan.level),
        fit=documents - len(judged.documents),
        rejected=len(judged.rejected),
        failed=len(taken.failed),
        passages=passages,
    )
