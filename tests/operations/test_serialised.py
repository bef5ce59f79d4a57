"""Serialised bags: the same verdict as their folder, and a code for each way in which one can be hostile."""

from __future__ import annotations

import gzip
import io
import stat
import struct
import tarfile
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from archive.model.findings import Finding, Severity
from archive.model.limits import Limits
from archive.model.reports import Report, Verdict
from archive.operations import validate as verb
from archive.operations.places import Place, open_place
from archive.operations.validate import validate
from archive.storage import urls
from tests.bags.making import bag, on_disk
from tests.storage.archives import (
    END,
    FORMATS,
    TARS,
    header,
    member,
    pax,
    record,
    serialised,
    tar_bytes,
    written,
    zip_bytes,
)

WHOLE = bag()
IN_FOLDER = {f"bag/{key}": data for key, data in WHOLE.items()}
TAR = b"".join(member(key.encode(), data) for key, data in IN_FOLDER.items())
BIG = Limits(unquestioned=1 << 20, ratio=20)


def codes(report: Report) -> set[str]:
    return {one.code for one in report.findings}


def found(report: Report) -> list[tuple[object, ...]]:
    return [one.order for one in report.findings]


def checked(data: bytes, tmp_path: Path, name: str = "bag.tar") -> Report:
    return validate(written(data, tmp_path / name))


@pytest.mark.parametrize("depth", ["oxum", "complete", "fixity"])
@pytest.mark.parametrize("form", FORMATS)
def test_a_valid_bag_in_every_form(tmp_path: Path, form: str, depth: str) -> None:
    whole = validate(on_disk(WHOLE, tmp_path / "bag"), depth=depth)
    packed = validate(written(serialised(WHOLE, form), tmp_path / f"bag.{form}"), depth=depth)
    assert (packed.verdict, packed.counts, packed.findings) == (whole.verdict, whole.counts, ())
    assert packed.bags[0].root_digest == whole.bags[0].root_digest


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize(
    "order", [sorted, lambda keys: sorted(keys, reverse=True)], ids=["payload first", "tags first"]
)
def test_manifests_may_follow_the_payload(tmp_path: Path, form: str, order: Callable[[list[str]], list[str]]) -> None:
    files = bag(algorithms=["md5", "sha3_256", "sha512"])
    files = {key: files[key] for key in order(list(files))}
    assert validate(written(serialised(files, form), tmp_path / f"bag.{form}")).verdict is Verdict.INVALID  # the name
    files = bag(algorithms=["md5", "sha1", "sha512"])
    files = {key: files[key] for key in order(list(files))}
    assert validate(written(serialised(files, form), tmp_path / f"bag.{form}")).verdict is Verdict.VALID
    wrong = {**files, "data/a.txt": b"thirf"}
    report = validate(written(serialised(wrong, form), tmp_path / f"bag.{form}"))
    assert [(one.code, one.where.file) for one in report.findings] == [("digest.mismatch", "data/a.txt")]


def test_every_case_of_the_suite_in_every_form(shared: Path, tmp_path: Path) -> None:
    cases = sorted((shared / "bagit-conformance-suite").glob("v*/*/*"))
    for number, case in enumerate(one for one in cases if one.is_dir()):
        expected = validate(case)
        place = tmp_path / str(number)
        place.mkdir()
        # As the programs of the world make them.
        with zipfile.ZipFile(place / f"{case.name}.zip", "w", zipfile.ZIP_DEFLATED) as made:
            for path in [case, *sorted(case.rglob("*"))]:
                made.write(path, path.relative_to(case.parent))
        for form, mode in (("tar", "w"), ("tar.gz", "w:gz")):
            with tarfile.open(place / f"{case.name}.{form}", mode) as tar:
                tar.add(case, case.name)
        for form in ("zip", "tar", "tar.gz"):
            report = validate(place / f"{case.name}.{form}")
            assert (report.verdict, found(report)) == (expected.verdict, found(expected)), (case, form)


DAMAGE = st.one_of(
    st.tuples(st.just("change"), st.sampled_from(sorted(WHOLE)), st.binary(max_size=30)),
    st.tuples(
        st.just("add"), st.sampled_from(["data/new", "tag", "data/sub/x y", "data/\u00fc", "data/A.txt"]), st.binary()
    ),
    st.tuples(st.just("drop"), st.sampled_from(sorted(WHOLE)), st.just(b"")),
)


@given(st.lists(DAMAGE, max_size=4), st.randoms())
@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
def test_a_damaged_bag_in_every_form(
    tmp_path_factory: pytest.TempPathFactory, damages: list[tuple[str, str, bytes]], random: object
) -> None:
    place = tmp_path_factory.mktemp("damaged")
    files = dict(WHOLE)
    for kind, key, data in damages:
        if kind == "drop":
            files.pop(key, None)
        else:
            files[key] = data
    if not files:
        return
    expected = validate(on_disk(files, place / "bag"))
    # A folder without files is nothing in these archives; here it is there, as it is on the disk.
    keys = sorted(files)
    random.shuffle(keys)  # type: ignore[attr-defined]
    for form in ("zip", "tar", "tar.gz"):
        inside = {"data/": b"", **{key: files[key] for key in keys}}
        data = (
            serialised(inside, form)
            if form == "zip"
            else TARS[form](member(b"bag/data/", b"", b"5") + _members(files, keys))
        )
        report = validate(written(data, place / f"bag.{form}"))
        assert (report.verdict, found(report)) == (expected.verdict, found(expected))


def _members(files: dict[str, bytes], keys: list[str]) -> bytes:
    return b"".join(member(f"bag/{key}".encode(), files[key]) for key in keys) + END


NAMES: list[tuple[str, set[str]]] = [
    ("/etc/cron.d/x", {"path.escapes-bag"}),
    ("../x", {"path.escapes-bag"}),
    ("bag/../../x", {"path.escapes-bag"}),
    ("bag/data/../../../x", {"path.escapes-bag"}),
    ("~/x", {"path.escapes-bag"}),
    ("C:/x", {"path.escapes-bag"}),
    ("\\\\host\\share\\x", {"path.escapes-bag"}),
    ("bag\\..\\..\\x", {"path.escapes-bag"}),
    ("bag/data\\new", {"serialised.backslash", "tagfile.unlisted"}),
    ("bag/data/a.txt", {"serialised.duplicate-entry", "digest.mismatch", "oxum.mismatch"}),
    ("bag/./data//a.txt", {"serialised.duplicate-entry", "digest.mismatch", "oxum.mismatch"}),
    ("bag/data/A.txt", {"path.case-twin", "payload.unlisted", "oxum.mismatch"}),
    ("bag/data/sub/u\u0308.bin", {"path.normal-form-twin", "payload.unlisted", "oxum.mismatch"}),
    ("bag/data/a.txt/x", {"serialised.duplicate-entry"}),
    ("bag/data/" + "d/" * 300 + "x", {"serialised.entry-name"}),
    ("bag/data/" + "n" * 5000, {"serialised.entry-name"}),
    ("beside.txt", {"serialised.several-entries"}),
    ("__MACOSX/._bag", {"serialised.several-entries"}),
    ("second/bagit.txt", {"serialised.several-entries"}),
]


@pytest.mark.parametrize("form", ["zip", "tar", "tar.gz"])
@pytest.mark.parametrize(("name", "expected"), NAMES, ids=[name[:20] for name, _ in NAMES])
def test_entries_that_should_not_be(tmp_path: Path, name: str, expected: set[str], form: str) -> None:
    if form == "zip":
        made = io.BytesIO(zip_bytes(IN_FOLDER))
        with zipfile.ZipFile(made, "a") as more, pytest.MonkeyPatch.context() as patch:
            patch.setattr("warnings.warn", lambda *_, **__: None)  # the library warns of a name that is there already
            more.writestr(zipfile.ZipInfo(name), b"evil")
        data = made.getvalue()
    else:
        data = TARS[form](TAR + tar_bytes({name: b"evil"}))
    report = checked(data, tmp_path, f"bag.{form}")
    assert codes(report) == expected
    assert report.verdict is (
        Verdict.INVALID if expected - {"serialised.backslash", "tagfile.unlisted"} else Verdict.VALID
    )
    assert sorted(path.name for path in tmp_path.iterdir()) == [f"bag.{form}"]


def linked(kind: bytes, name: bytes, target: bytes) -> bytes:
    return TAR + member(name, b"", kind, target) + END


LINKS: list[tuple[bytes, set[str]]] = [
    (linked(b"2", b"bag/data/link", b"/etc/passwd"), {"file.link"}),
    (linked(b"2", b"bag/data/loop", b"loop"), {"file.link"}),
    (
        linked(b"2", b"bag", b"/"),
        {
            "file.link",
            "serialised.duplicate-entry",
            "serialised.several-entries",
            "declaration.missing",
            "manifest.missing",
            "payload.folder-missing",
            "tagmanifest.absent",
        },
    ),
    (linked(b"1", b"bag/data/hard", b"/etc/passwd"), {"payload.unlisted", "oxum.mismatch"}),
    (linked(b"1", b"bag/data/hard", b"bag/data/none"), {"payload.unlisted", "oxum.mismatch"}),
    (linked(b"1", b"bag/data/hard", b"bag/data/a.txt"), {"payload.unlisted", "oxum.mismatch"}),
    (linked(b"3", b"bag/data/tty", b""), {"file.special"}),
    (linked(b"4", b"bag/data/sda", b""), {"file.special"}),
    (linked(b"6", b"bag/data/fifo", b""), {"file.special"}),
]


@pytest.mark.parametrize("form", ["tar", "tar.gz"])
@pytest.mark.parametrize(("data", "expected"), LINKS)
def test_links_and_devices_in_a_tar(tmp_path: Path, data: bytes, expected: set[str], form: str) -> None:
    assert codes(checked(TARS[form](data), tmp_path, f"bag.{form}")) == expected


@pytest.mark.parametrize("form", ["tar", "tar.gz"])
def test_a_hard_link_is_the_file_that_it_leads_to(tmp_path: Path, form: str) -> None:
    files = bag({"data/a": b"same", "data/b": b"same"})
    others = b"".join(member(f"bag/{key}".encode(), data) for key, data in files.items() if key != "data/b")
    data = others + member(b"bag/data/b", b"", b"1", b"./bag/data/a") + END
    assert codes(checked(TARS[form](data), tmp_path, f"bag.{form}")) == set()
    lost = others + member(b"bag/data/b", b"", b"1", b"bag/data/none") + END
    report = checked(TARS[form](lost), tmp_path, f"bag.{form}")
    assert codes(report) == {"file.unreadable", "oxum.mismatch"}


@pytest.mark.parametrize(
    ("mode", "expected"),
    [(stat.S_IFLNK, {"file.link"}), (stat.S_IFIFO, {"file.special"}), (stat.S_IFCHR, {"file.special"})],
)
def test_links_and_devices_in_a_zip(tmp_path: Path, mode: int, expected: set[str]) -> None:
    made = io.BytesIO(zip_bytes(IN_FOLDER))
    with zipfile.ZipFile(made, "a") as more:
        info = zipfile.ZipInfo("bag/data/odd")
        info.external_attr = (mode | 0o777) << 16
        more.writestr(info, b"/etc/passwd")
    assert codes(checked(made.getvalue(), tmp_path, "bag.zip")) == expected


def test_the_base_folder(tmp_path: Path) -> None:
    for form in FORMATS:
        report = checked(serialised(WHOLE, form, ""), tmp_path, f"bag.{form}")
        assert (codes(report), report.verdict) == ({"serialised.without-folder"}, Verdict.INVALID)
        report = checked(serialised(WHOLE, form, "other"), tmp_path, f"bag.{form}")
        assert (codes(report), report.verdict) == ({"serialised.base-name"}, Verdict.VALID)
        report = checked(serialised(WHOLE, form), tmp_path, "bag.bin")
        assert (codes(report), report.verdict) == ({"serialised.extension"}, Verdict.VALID)
    several = {**IN_FOLDER, **{f"other{number}/x": b"" for number in range(9)}}
    report = checked(zip_bytes(several), tmp_path, "bag.zip")
    assert codes(report) == {"serialised.several-entries"}


TAR_DAMAGE: list[tuple[str, bytes, set[str]]] = [
    ("no end", TAR, {"serialised.no-end"}),
    ("data after the end", TAR + END + b"hidden" * 100, {"serialised.trailing-data"}),
    ("a bad checksum", TAR + b"x" + header(b"bag/data/x")[1:] + END, {"serialised.damaged"}),
    ("a size that is none", TAR + header(b"bag/data/x", b"99999999999\0") + END, {"serialised.damaged"}),
    ("a negative size", TAR + header(b"bag/data/x", b"\xff" * 12) + END, {"serialised.damaged"}),
    (
        "a size that lies",
        TAR + header(b"bag/data/x", 5000) + END,
        {"serialised.damaged", "payload.unlisted", "oxum.mismatch"},
    ),
    (
        "a size beyond all",
        TAR + header(b"bag/data/x", b"\x80" + b"\x7f" * 11) + END,
        {"serialised.damaged", "payload.unlisted", "oxum.mismatch"},
    ),
    ("cut in a header", TAR + header(b"bag/data/x")[:100], {"serialised.damaged"}),
    ("cut in a name", TAR + header(b"x", 600, b"L") + b"bag/data", {"serialised.damaged"}),
    ("a pax name with a NUL", TAR + pax(record(b"path", b"bag/data/a\0b")) + member(b"x") + END, {"path.escapes-bag"}),
    ("a pax name that escapes", TAR + pax(record(b"path", b"../x")) + member(b"x") + END, {"path.escapes-bag"}),
    ("a long name that escapes", TAR + member(b"l", b"/etc/x\0", b"L") + member(b"x") + END, {"path.escapes-bag"}),
    ("a name of no encoding", TAR + member(b"bag/data/\xff") + END, {"payload.unlisted", "oxum.mismatch"}),
    ("pax without a length", TAR + pax(b"path=x\n") + END, {"serialised.damaged"}),
    ("pax that runs on", TAR + pax(b"99 path=x\n") + END, {"serialised.damaged"}),
    ("pax without a key", TAR + pax(b"7 path\n") + END, {"serialised.damaged"}),
    ("pax of no progress", TAR + pax(b"2 \n") + END, {"serialised.damaged"}),
    ("a pax size that is none", TAR + pax(record(b"size", b"-1")) + member(b"bag/x") + END, {"serialised.damaged"}),
    ("pax for all", pax(record(b"comment", b"a commit"), b"g") + TAR + END, set()),
    ("one name for all", TAR + pax(record(b"path", b"../x"), b"g") + END, {"serialised.damaged"}),
    ("headers without end", TAR + pax(record(b"a", b"b")) * 100 + END, {"serialised.damaged"}),
    ("a sparse file", TAR + member(b"bag/data/x", b"", b"S") + END, {"payload.unlisted", "oxum.mismatch"}),
    (
        "a pax sparse file",
        TAR
        + pax(record(b"GNU.sparse.name", b"bag/x") + record(b"GNU.sparse.realsize", b"9" * 18))
        + member(b"x")
        + END,
        {"tagfile.unlisted"},
    ),
    ("a sparse file with a long map", TAR + header(b"bag/x", 0, b"S") + END, {"tagfile.unlisted"}),
    ("an unknown kind", TAR + member(b"bag/x", b"1", b"Z") + END, {"tagfile.unlisted"}),
    ("several volumes", TAR + member(b"bag/x", b"1", b"M") + END, {"serialised.damaged"}),
    ("no name", TAR + member(b"") + END, {"serialised.entry-name"}),
]


@pytest.mark.parametrize("form", ["tar", "tar.gz"])
@pytest.mark.parametrize(("data", "expected"), [one[1:] for one in TAR_DAMAGE], ids=[one[0] for one in TAR_DAMAGE])
def test_tars_that_no_program_makes(tmp_path: Path, data: bytes, expected: set[str], form: str) -> None:
    assert codes(checked(TARS[form](data), tmp_path, f"bag.{form}")) == expected


def test_a_sparse_file_that_is_listed_is_not_read(tmp_path: Path) -> None:
    files = {key: data for key, data in IN_FOLDER.items() if key != "bag/data/e"}
    tar = b"".join(member(key.encode(), data) for key, data in files.items()) + member(b"bag/data/e", b"", b"S") + END
    for form in ("tar", "tar.gz"):
        assert codes(checked(TARS[form](tar), tmp_path, f"bag.{form}")) == {"file.unreadable"}


def test_a_header_that_grows(tmp_path: Path) -> None:
    report = checked(gzip.compress(TAR + pax(b"\0" * (2 << 20)) + END), tmp_path, "bag.tar.gz")
    assert (codes(report), report.verdict, report.exit_code) == ({"serialised.bomb"}, Verdict.UNDETERMINED, 3)


@pytest.mark.parametrize("form", ["tar.gz", "tar.bz2", "tar.xz", "tar.zst"])
@pytest.mark.parametrize("share", [0.3, 0.6, 0.9, 0.999])
def test_compressed_tars_that_are_cut_short(tmp_path: Path, form: str, share: float) -> None:
    whole = serialised({**WHOLE, "data/z": bytes(range(256)) * 4000}, form)
    report = checked(whole[: int(len(whole) * share)], tmp_path, f"bag.{form}")
    assert codes(report) & {"serialised.damaged", "bag.unreadable"}
    assert report.verdict is not Verdict.VALID


@pytest.mark.parametrize("form", ["tar.gz", "tar.bz2", "tar.xz"])
def test_what_follows_a_compressed_tar(tmp_path: Path, form: str) -> None:
    whole = serialised(WHOLE, form)
    assert codes(checked(whole + b"hidden", tmp_path, f"bag.{form}")) == {"serialised.trailing-data"}
    assert codes(checked(whole + bytes(512), tmp_path, f"bag.{form}")) == set()


@pytest.mark.parametrize("form", ["tar.gz", "tar.bz2", "tar.xz", "tar.zst"])
def test_what_is_compressed_and_no_tar(tmp_path: Path, form: str) -> None:
    report = checked(TARS[form](b"just text " * 100), tmp_path, f"bag.{form}")
    assert (codes(report), report.exit_code) == ({"bag.unreadable"}, 3)


def limited(monkeypatch: pytest.MonkeyPatch, limits: Limits) -> None:
    def opened(named: str, algorithms: tuple[str, ...] | None = None) -> Place:
        return open_place(named, limits, algorithms)

    monkeypatch.setattr(verb, "open_place", opened)


@pytest.mark.parametrize("form", ["zip", "tar.gz", "tar.bz2", "tar.xz", "tar.zst"])
def test_bombs_by_ratio(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, form: str) -> None:
    limited(monkeypatch, BIG)
    data = serialised({**WHOLE, "data/zeros": bytes(8 << 20)}, form)
    report = checked(data, tmp_path, f"bag.{form}")
    assert (codes(report), report.verdict) == ({"serialised.bomb"}, Verdict.UNDETERMINED)


@pytest.mark.parametrize("form", FORMATS)
def test_bombs_by_count(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, form: str) -> None:
    limited(monkeypatch, Limits(entries=5))
    assert codes(checked(serialised(WHOLE, form), tmp_path, f"bag.{form}")) == {"serialised.bomb"}


def test_bombs_by_nesting_are_files_like_any_other(tmp_path: Path) -> None:
    inner = zip_bytes({"zeros": bytes(1 << 20)})
    for _ in range(5):
        inner = zip_bytes({f"{number}.zip": inner for number in range(4)})
    assert codes(checked(serialised(bag({"data/bomb.zip": inner}), "zip"), tmp_path, "bag.zip")) == set()
    twice = gzip.compress(serialised(WHOLE, "tar.gz"))
    assert codes(checked(twice, tmp_path, "bag.tar.gz")) == {"bag.unreadable"}


def test_tag_files_that_fill_memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    limited(monkeypatch, Limits(tag_files=100))
    assert codes(checked(serialised(WHOLE, "tar.gz"), tmp_path, "bag.tar.gz")) == {"serialised.bomb"}


def edited(change: Callable[[bytearray, int, int], None], name: str = "bag/data/a.txt") -> bytes:
    """A zip with something else in the two headers of an entry; the change is told where they are."""
    data = bytearray(zip_bytes(IN_FOLDER, zipfile.ZIP_STORED))
    raw = name.encode()
    change(data, data.find(raw) - 30, data.rfind(raw) - 46)
    return bytes(data)


def put(form: str, value: int, local: int | None, central: int | None) -> Callable[[bytearray, int, int], None]:
    def change(data: bytearray, here: int, there: int) -> None:
        if local is not None:
            struct.pack_into(form, data, here + local, value)
        if central is not None:
            struct.pack_into(form, data, there + central, value)

    return change


def renamed(data: bytearray, here: int, there: int) -> None:
    data[here + 30 : here + 44] = b"bag/data/b.txt"


UNREADABLE = {"file.unreadable"}
ZIP_DAMAGE: list[tuple[str, bytes, set[str]]] = [
    ("encrypted", edited(put("<H", 1, 6, 8)), UNREADABLE),
    ("an unknown compression", edited(put("<H", 98, 8, 10)), UNREADABLE),
    ("deflated, it says", edited(put("<H", 8, 8, 10)), UNREADABLE),
    ("bzip2, it says", edited(put("<H", 12, 8, 10)), UNREADABLE),
    ("LZMA, it says", edited(put("<H", 14, 8, 10)), UNREADABLE),
    ("xz, it says", edited(put("<H", 95, 8, 10)), UNREADABLE),
    ("headers that differ in the compression", edited(put("<H", 8, 8, None)), UNREADABLE),
    ("headers that differ in the size", edited(put("<L", 4, 22, None)), UNREADABLE),
    ("headers that differ in the name", edited(renamed), UNREADABLE),
    ("a size that lies", edited(put("<L", 3, 22, 24)), UNREADABLE | {"oxum.mismatch"}),
    ("a size that lies upward", edited(put("<L", 9, 22, 24)), UNREADABLE | {"oxum.mismatch"}),
    ("another checksum", edited(put("<L", 9, 14, 16)), UNREADABLE),
    ("no such place", edited(put("<L", 7, None, 42)), {"serialised.bomb"}),
    ("beyond the end", edited(put("<L", 1 << 30, None, 42)), UNREADABLE),
    ("sizes that are elsewhere", edited(put("<L", 0xFFFFFFFF, None, 24)), {"bag.unreadable"}),
]


@pytest.mark.parametrize(("data", "expected"), [one[1:] for one in ZIP_DAMAGE], ids=[one[0] for one in ZIP_DAMAGE])
def test_zips_that_no_program_makes(tmp_path: Path, data: bytes, expected: set[str]) -> None:
    report = checked(data, tmp_path, "bag.zip")
    assert codes(report) == expected
    assert {one.where.file for one in report.findings if one.code == "file.unreadable"} <= {"data/a.txt"}


def test_a_zip_whose_entries_share_their_bytes(tmp_path: Path) -> None:
    data = bytearray(zip_bytes(IN_FOLDER, zipfile.ZIP_STORED))
    first, second = (data.rfind(f"bag/{key}".encode()) - 46 for key in ("data/a.txt", "data/e"))
    data[second + 42 : second + 46] = data[first + 42 : first + 46]
    assert codes(checked(bytes(data), tmp_path, "bag.zip")) == {"serialised.bomb"}


def test_a_zip_with_sizes_that_follow(tmp_path: Path) -> None:
    class Unseekable(io.BytesIO):
        def seekable(self) -> bool:
            return False

        def seek(self, *_: int) -> int:
            raise io.UnsupportedOperation

        def tell(self) -> int:
            raise io.UnsupportedOperation

    made = Unseekable()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as writing:
        for key, data in IN_FOLDER.items():
            writing.writestr(key, data)
    assert codes(checked(made.getvalue(), tmp_path, "bag.zip")) == set()


def test_a_zip_of_the_long_kind(tmp_path: Path) -> None:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as writing:
        for key, data in IN_FOLDER.items():
            with writing.open(key, "w", force_zip64=True) as stream:
                stream.write(data)
    assert codes(checked(made.getvalue(), tmp_path, "bag.zip")) == set()
    # Its end as it is where there are more entries than the short one can count.
    whole = zip_bytes(IN_FOLDER)
    place = whole.rfind(b"PK\x05\x06")
    count, size, start = struct.unpack_from("<HLL", whole, place + 10)
    long_end = struct.pack("<4sQ2H2L4Q", b"PK\x06\x06", 44, 45, 45, 0, 0, count, count, size, start)
    locator = struct.pack("<4sLQL", b"PK\x06\x07", 0, place, 1)
    end = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 0xFFFF, 0xFFFF, size, 0xFFFFFFFF, 0)
    assert codes(checked(whole[:place] + long_end + locator + end, tmp_path, "bag.zip")) == set()
    for wrong in (
        whole[:place] + long_end.replace(b"PK\x06\x06", b"PK\x06\x00") + locator + end,
        whole[:place] + long_end + locator.replace(b"\x07\0\0\0\0", b"\x07\1\0\0\0") + end,
        whole[:place] + long_end + locator[:-12] + bytes(4) + end,
        whole[:place] + end,
    ):
        assert codes(checked(wrong, tmp_path, "bag.zip")) == {"bag.unreadable"}


def test_names_in_a_zip(tmp_path: Path) -> None:
    files = bag({"data/é": b"1"})
    inside = {f"bag/{key}": data for key, data in files.items()}
    utf8 = zip_bytes(inside)
    assert codes(checked(utf8, tmp_path, "bag.zip")) == set()
    # As old programs for DOS write it: the code page, and no flag.
    dos = bytearray(zip_bytes({key.replace("é", "##"): data for key, data in inside.items()}))
    raw = b"bag/data/##"
    for place, name_length in ((dos.find(raw) - 30, 26), (dos.rfind(raw) - 46, 28)):
        data = dos[place + (30 if name_length == 26 else 46) :]
        assert data.startswith(raw)
    stand_in = bytes(dos).replace(raw, b"bag/data/\x82x").replace(b"PK\x01\x02\x14\x03", b"PK\x01\x02\x14\x00")
    report = checked(stand_in, tmp_path, "bag.zip")
    assert [one.where.file for one in report.findings if one.code == "payload.unlisted"] == ["data/éx"]
    # Info-ZIP's field for the name in UTF-8, and the same with a wrong checksum, which then is not believed.
    for check, name in ((zlib.crc32(b"bag/data/??"), "data/é"), (0, "data/??")):
        made = io.BytesIO()
        with zipfile.ZipFile(made, "w") as writing:
            info = zipfile.ZipInfo("bag/data/??")
            field = b"\x01" + check.to_bytes(4, "little") + "bag/data/é".encode()
            info.extra = struct.pack("<HH", 0x7075, len(field)) + field
            writing.writestr(info, b"1")
        opened = open_place(str(written(made.getvalue(), tmp_path / "bag.zip")))
        assert [one.key for one in opened.store.entries()] == ["data", name]
    nul = utf8.replace("bag/data/é".encode(), b"bag/data/\0x")
    assert "path.escapes-bag" in codes(checked(nul, tmp_path, "bag.zip"))


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9, 0.99])
def test_zips_that_are_cut_short(tmp_path: Path, share: float) -> None:
    whole = serialised(WHOLE, "zip")
    assert codes(checked(whole[: int(len(whole) * share)], tmp_path, "bag.zip")) == {"bag.unreadable"}


def test_zips_that_are_no_zips(tmp_path: Path) -> None:
    whole = serialised(WHOLE, "zip")
    place = whole.rfind(b"PK\x05\x06")
    for data in (
        b"PK\x03\x04",
        b"PK\x05\x06" + bytes(18),
        whole[:place] + whole[place:].replace(b"PK\x05\x06\0\0", b"PK\x05\x06\1\0"),
        whole[:place] + struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 9, 9, 1 << 20, 0, 0),
        whole.replace(b"PK\x01\x02", b"PK\x01\x00", 1),
        whole[: place + 12] + struct.pack("<L", 1) + whole[place + 16 :],
    ):
        report = checked(data, tmp_path, "bag.zip")
        assert report.verdict is not Verdict.VALID
        assert codes(report) & {"bag.unreadable", "declaration.missing"}


def test_a_second_opinion_is_asked_of_folders_alone(tmp_path: Path) -> None:
    path = written(serialised(WHOLE, "zip"), tmp_path / "bag.zip")
    report = validate(path, cross_check=lambda _: pytest.fail("it cannot read this"))
    assert (report.verdict, codes(report)) == (Verdict.VALID, {"judge.not-asked"})


def test_addresses(tmp_path: Path) -> None:
    place = on_disk(WHOLE, tmp_path / "bag")
    written(serialised(WHOLE, "tar.gz"), tmp_path / "bag.tar.gz")
    assert validate(f"file://{place}").verdict is Verdict.VALID
    assert validate(f"file://{place}.tar.gz").verdict is Verdict.VALID
    for url in ("http://example.org/bag.zip", f"file://{tmp_path}/none", "file://elsewhere/bag"):
        report = validate(url)
        assert (report.verdict, codes(report)) == (Verdict.UNDETERMINED, {"bag.unreadable"})


def test_a_folder_and_a_zip_behind_an_address(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from pyarrow.fs import LocalFileSystem, SubTreeFileSystem

    from archive.storage.remote import at

    def nearby(url: str) -> object:
        return at(SubTreeFileSystem(str(tmp_path), LocalFileSystem()), url.removeprefix("s3://"), url)

    monkeypatch.setattr(urls, "from_url", nearby)
    on_disk(WHOLE, tmp_path / "bag")
    assert validate("s3://bag").verdict is Verdict.VALID
    for form in FORMATS:
        written(serialised(WHOLE, form), tmp_path / f"bag.{form}")
        assert validate(f"s3://bag.{form}").verdict is Verdict.VALID
    (tmp_path / "bag/data/a.txt").write_bytes(b"thirf")
    assert codes(validate("s3://bag")) == {"digest.mismatch"}
    assert codes(validate("s3://none")) == {"bag.unreadable"}


@given(st.sampled_from([*FORMATS]), st.data())
@settings(
    max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
def test_nothing_raises_whatever_the_bytes(tmp_path: Path, form: str, data: st.DataObject) -> None:
    whole = bytearray(serialised(WHOLE, form))
    for _ in range(data.draw(st.integers(1, 4))):
        place = data.draw(st.integers(0, len(whole) - 1))
        piece = data.draw(st.binary(min_size=1, max_size=4))
        whole[place : place + len(piece)] = piece
    report = validate(written(bytes(whole), tmp_path / f"bag.{form}"))
    assert all(isinstance(one, Finding) for one in report.findings)


def test_several_bags_of_a_group(tmp_path: Path) -> None:
    def one(name: str, count: str) -> Path:
        return on_disk(bag(info=[("Bag-Group-Identifier", "box"), ("Bag-Count", count)]), tmp_path / name)

    first, second, third, fourth = one("a", "1 of 2"), one("b", "2 of 2"), one("c", "2 of ?"), one("d", "3 of 3")
    assert codes(validate(first, second)) == set()
    report = validate(first, second, third, fourth)
    assert report.verdict is Verdict.VALID
    assert [(one.code, one.where.file, one.severity) for one in report.findings] == [
        ("bag-info.group-conflict", f"{third}/bag-info.txt", Severity.WARNING),
        ("bag-info.group-conflict", f"{fourth}/bag-info.txt", Severity.WARNING),
    ]
