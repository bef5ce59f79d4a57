"""The depths that are for bags of ours alone, as `validate` uses them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from archive.model.depths import Depth
from archive.model.findings import Finding, Severity

if TYPE_CHECKING:
    from archive.proving import Subject


@dataclass(slots=True)
class Damage:
    """The files that earlier stages found damaged or missing; it holds no more of a finding than its place."""

    files: set[str] = field(default_factory=set)

    def noted(self, findings: Iterable[Finding]) -> Iterator[Finding]:
        """The same findings, noted as they pass."""
        for one in findings:
            if one.severity is Severity.ERROR and one.where.file:
                self.files.add(one.where.file)
            yield one


def proofs(subject: Subject, depth: Depth) -> Iterator[Finding]:
    """What the depths beyond fixity find.

    Args:
        subject: the bag, with what is known to be damaged in it.
        depth: `derivation` or `reproduction`.

    Raises:
        WorkerError: a worker process died.
    """
    from archive.packing.software import software
    from archive.proving import prove, reproduce

    is_sound = True
    for one in prove(subject):
        is_sound = is_sound and one.severity is not Severity.ERROR
        yield one
    if depth is not Depth.REPRODUCTION:
        return
    if is_sound:
        yield from reproduce(subject, software())
    else:
        from archive.proving.subject import skipped

        yield skipped("", "the labels, since derivation has errors")
