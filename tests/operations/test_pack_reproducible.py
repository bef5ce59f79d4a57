"""The same input gives the same bytes, whatever the machine is like."""

from __future__ import annotations

import hashlib
import os
import random
import subprocess
from pathlib import Path

import pytest

from archive.operations.pack import pack
from tests.packing.making import DESCRIPTIONS, EPOCH, Corpus, command, digest_of_folder, environment, files_of, text

DOCUMENTS = 150
"""More than one batch of tasks, and above the number from which processes are started."""

SHUFFLED = """
import os, random
_scandir, _listdir = os.scandir, os.listdir
class _Shuffled:
    def __init__(self, entries):
        with entries:
            self.entries = list(entries)
        random.Random(7).shuffle(self.entries)
    def __enter__(self):
        return iter(self.entries)
    def __exit__(self, *_):
        pass
    def __iter__(self):
        return iter(self.entries)
    def close(self):
        pass
os.scandir = lambda *given: _Shuffled(_scandir(*given))
os.listdir = lambda *given: sorted(_listdir(*given), reverse=True)
"""
"""A sitecustomize that makes the system list folders in another order."""


def fill(corpus: Corpus, names: list[tuple[int, str]]) -> Corpus:
    for number, name in names:
        menu = "Home\nAbout us\nRead more\n\n" if number % 2 else ""
        corpus.write(name, f"{menu}{text(number, 2)}\n© Example House\n")
        if number % 10 == 0:
            corpus.json(f"{name}.json", {"publisher": f"Publisher {number}", "date_issued": "2017-09"})
    corpus.lines("lines.jsonl", *({"id": f"{at}", "text": text(at)} for at in range(20)))
    corpus.write("북/iso.txt", "川は十二月に凍り、人々は歩いて渡ると村の人は話した。".encode("iso2022_jp"))
    corpus.write("bild.png", bytes.fromhex("89504e470d0a1a0a") + b"\0" * 64)
    levels = {0: "open", 1: "restricted"}
    return corpus.sheet("filename,access_level,title", *(f"{name},{levels[at % 5 == 0]},T{at}" for at, name in names))


def names() -> list[tuple[int, str]]:
    return [(at, f"folder {at % 7}/Nr {at}.txt") for at in range(DOCUMENTS)]


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Corpus:
    return fill(Corpus(tmp_path_factory.mktemp("reproducible") / "corpus"), names())


def digests(folder: Path) -> dict[str, str]:
    return {path: hashlib.sha256(data).hexdigest() for path, data in files_of(folder).items()}


@pytest.fixture(scope="module")
def wanted(corpus: Corpus, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    return run(corpus, tmp_path_factory.mktemp("first"), "1")


def run(corpus: Corpus, to: Path, jobs: str, cwd: Path | None = None, **more: str) -> dict[str, str]:
    ran = subprocess.run(
        command("pack", corpus.path, "--to", to / "bags", "--quiet", "--jobs", jobs),
        env=environment(SOURCE_DATE_EPOCH=EPOCH, **more), cwd=cwd, capture_output=True, check=False,
    )  # fmt: skip
    assert (ran.returncode, ran.stderr) == (0, b""), ran.stderr
    return digests(to / "bags")


def test_there_are_two_bags_to_compare(wanted: dict[str, str]) -> None:
    assert len({path.partition("/")[0] for path in wanted}) == 2
    assert len(wanted) > DOCUMENTS


def test_workers_do_not_show(corpus: Corpus, wanted: dict[str, str], tmp_path: Path) -> None:
    assert run(corpus, tmp_path, "2", PYTHONHASHSEED="0") == wanted


@pytest.mark.parametrize("jobs", ["1", "3"])
def test_hash_seed_locale_time_zone_and_working_folder_do_not_show(
    corpus: Corpus, wanted: dict[str, str], tmp_path: Path, jobs: str
) -> None:
    (tmp_path / "elsewhere").mkdir()
    found = run(
        corpus, tmp_path, jobs, cwd=tmp_path / "elsewhere",
        PYTHONHASHSEED="1" if jobs == "1" else "random", TZ="Asia/Pyongyang", LC_ALL="ko_KR.UTF-8", LANGUAGE="ko",
        HOME=str(tmp_path), USER="someone", TMPDIR=str(tmp_path / "elsewhere"),
    )  # fmt: skip
    assert found == wanted


@pytest.fixture(scope="module")
def odd_names(tmp_path_factory: pytest.TempPathFactory) -> Corpus:
    corpus = fill(Corpus(tmp_path_factory.mktemp("odd") / "corpus"), names()[:3])
    corpus.texts("북/남.txt", b"caf\xe9.txt", "cafe\u0301.txt", "100%.txt")
    return corpus.json("북/남.txt.json", {"title": "제목"})


@pytest.fixture(scope="module")
def in_a_usual_locale(odd_names: Corpus, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    return run(odd_names, tmp_path_factory.mktemp("usual"), "1", LC_ALL="C.UTF-8")


@pytest.mark.parametrize(
    "locale",
    [
        {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
        {"LC_ALL": "POSIX"},
        {"LC_ALL": "ko_KR.eucKR"},
        {"LC_ALL": "de_DE.ISO-8859-1"},
    ],
)
def test_locales_do_not_show(
    odd_names: Corpus, in_a_usual_locale: dict[str, str], tmp_path: Path, locale: dict[str, str]
) -> None:
    assert run(odd_names, tmp_path, "1", **locale) == in_a_usual_locale


def test_the_order_of_folders_and_the_times_of_files_do_not_show(
    corpus: Corpus, wanted: dict[str, str], tmp_path: Path
) -> None:
    shuffled = names()
    random.Random(11).shuffle(shuffled)
    other = Corpus(tmp_path / "another name")
    for number, name in shuffled:
        other.write(name, str(number))
    fill(other, names())
    for path in other.path.rglob("*"):
        os.utime(path, (1, 1))
        path.chmod(0o755)
    (tmp_path / "site").mkdir()
    (tmp_path / "site/sitecustomize.py").write_text(SHUFFLED)
    place = environment()["PYTHONPATH"]
    found = run(other, tmp_path, "2", PYTHONPATH=f"{tmp_path / 'site'}{os.pathsep}{place}")
    assert found == wanted


def test_the_library_gives_the_bytes_that_the_command_gives(
    corpus: Corpus, wanted: dict[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", EPOCH)
    before = digest_of_folder(corpus.path)
    report = pack(corpus.path, tmp_path / "bags", jobs=2)
    assert digests(tmp_path / "bags") == wanted
    assert digest_of_folder(corpus.path) == before
    assert {bag.content_digest for bag in report.bags}.isdisjoint({None})


def test_another_instant_shows_where_it_is_declared_and_nowhere_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    corpus = fill(Corpus(tmp_path / "corpus"), names()[:3])
    monkeypatch.setenv("SOURCE_DATE_EPOCH", EPOCH)
    pack(corpus.path, tmp_path / "one", jobs=1)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(int(EPOCH) + 1))
    pack(corpus.path, tmp_path / "two", jobs=1)
    one, two = digests(tmp_path / "one"), digests(tmp_path / "two")
    assert set(one) == set(two)
    differing = {path.partition("/")[2] for path in one if one[path] != two[path]}
    assert differing == {
        *DESCRIPTIONS, "data/bag.json", "data/records/00000.jsonl", "data/tables/events.parquet",
        "manifest-sha256.txt", "manifest-sha512.txt", "tagmanifest-sha256.txt", "tagmanifest-sha512.txt",
    }  # fmt: skip
    assert _records(tmp_path / "one", b"2023-11-14T22:13:20Z") == _records(tmp_path / "two", b"2023-11-14T22:13:21Z")


def _records(folder: Path, instant: bytes) -> list[bytes]:
    """The records of all bags, without the instant at which this software's own events happened."""
    own = b'"occurred_at":"' + instant
    found = [data for path, data in files_of(folder).items() if "/data/records/" in path]
    assert any(own in one for one in found)
    return sorted(one.replace(own, b"") for one in found)


def test_a_clock_that_is_read_is_said_to_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    corpus = Corpus(tmp_path / "corpus").write("a.txt", text(1))
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    pack(corpus.path, tmp_path / "read", jobs=1)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", EPOCH)
    pack(corpus.path, tmp_path / "declared", jobs=1)
    assert b'"time_declared": false' in files_of(tmp_path / "read")["example-1.0/data/bag.json"]
    declared = files_of(tmp_path / "declared")
    assert b'"time_declared": true' in declared["example-1.0/data/bag.json"]
    assert b"Bagging-Date: 2023-11-14\n" in declared["example-1.0/bag-info.txt"]
