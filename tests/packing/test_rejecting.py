"""Every input that is not packed is counted once, and a container goes with what is wrong with it."""

from __future__ import annotations

from archive.model.codes import finding
from archive.model.fields import AccessLevel
from archive.model.findings import by_document, error_codes
from archive.normalise.evidence import NO_EVIDENCE
from archive.packing.bag_record import Rejection
from archive.packing.built import Failed
from archive.packing.inside import Lost
from archive.packing.rejecting import Earlier, Judged
from archive.packing.taken_in import TakenIn
from archive.packing.tasks import DocumentTask, TaskFile
from archive.sources.containers import Member

ERROR = finding("date.not-edtf")
NOTICE = finding("path.escaped")
CHANGED = finding("source.changed", document="f.txt")


def task(document_id: str, path: str, member: str | None = None) -> DocumentTask:
    file = TaskFile("page", path, f"data/originals/{path}", path, 1, "0" * 64)
    inside = None if member is None else Member(path, member, 0, 1, 1)
    source = path if member is None else f"{path}#{member}"
    return DocumentTask(document_id, source, (file,), AccessLevel.OPEN, member=inside)


ALONE = task("a.txt", "a.txt")
ONE, TWO = task("c.jsonl#one", "c.jsonl", "one"), task("given", "c.jsonl", "two")
LOST = Lost("c.jsonl", "c.jsonl#line 3", "c.jsonl#line 3", (finding("jsonl.malformed-line"),))
TAKEN = TakenIn(
    tasks=(ALONE, ONE, TWO),
    evidence=NO_EVIDENCE,
    failed=(Failed("f.txt", "f.txt", (CHANGED,)),),
    findings=(),
    lost=(LOST,),
    containers={"c.jsonl": "c.jsonl"},
)


def test_a_notice_rejects_nobody() -> None:
    judged = Judged.of(TAKEN, {"a.txt": (NOTICE,)})
    judged.reject(ALONE, (NOTICE,))
    assert judged.documents == {}
    assert [one.document_id for one in judged.rejected] == ["c.jsonl#line 3"]
    assert judged.failed == (Rejection("f.txt", "f.txt", ("source.changed",)),)
    assert judged.containers_to_leave_out() == frozenset()


def test_codes_of_one_document_are_put_together() -> None:
    judged = Judged.of(TAKEN, {"given": (finding("uri.malformed"),)})
    judged.reject(TWO, (ERROR, ERROR, NOTICE))
    assert list(judged.documents.values()) == [Rejection("c.jsonl#two", "given", ("date.not-edtf", "uri.malformed"))]
    assert judged.containers_to_leave_out() == frozenset(), "one of its documents is left"


def test_what_is_wrong_with_a_container_rejects_all_that_is_in_it() -> None:
    judged = Judged.of(TAKEN, {"c.jsonl": (finding("access.mixed-container"),)})
    assert {one.document_id for one in judged.rejected} == {"c.jsonl#one", "given", "c.jsonl#line 3"}
    assert judged.containers_to_leave_out() == {"c.jsonl"}
    after = judged.after(Earlier((Rejection("x", "x", ()),), (), frozenset({"x"})))
    assert [one.document_id for one in after.rejected] == ["x", "c.jsonl#one", "given", "c.jsonl#line 3"]
    assert [one.document_id for one in after.failed] == ["f.txt"]
    assert after.without == {"x", "c.jsonl", "c.jsonl#one", "given", "f.txt"}


def test_lost_lines_stay_with_a_container_that_stays() -> None:
    judged = Judged.of(TAKEN, {})
    judged.reject(ONE, (ERROR,))
    after = judged.after(Earlier())
    assert [one.document_id for one in after.rejected] == ["c.jsonl#one"]
    assert "c.jsonl" not in after.without


def test_findings_are_sorted_by_document_and_code() -> None:
    some = (CHANGED, finding("uri.malformed", document="f.txt"), NOTICE)
    assert list(by_document(some)) == ["f.txt"]
    assert error_codes(by_document(some)["f.txt"]) == ("source.changed", "uri.malformed")
