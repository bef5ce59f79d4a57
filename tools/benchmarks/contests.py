"""What is compared with what: each contest has contestants that do the same work on the same data."""

from __future__ import annotations

import importlib.util
import os
import shlex
import shutil
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks import corpora

_PYTHON = sys.executable
_OURS = (_PYTHON, "-m", "archive")


def programs() -> str:
    """Where programs are looked for: first beside this Python, whose environment need not be the shell's."""
    return os.pathsep.join((str(Path(_PYTHON).parent), os.environ.get("PATH", os.defpath)))


@dataclass(frozen=True, slots=True)
class Contestant:
    """One way to do the work.

    Attributes:
        name: as the table shows it.
        command: its words; `{out}` becomes a fresh path that does not exist, for what is written.
        needs: modules or programs without which it is left out, and the table says so.
        copies: the folder that is copied to `{out}` beforehand, outside the measurement, for what works in place.
        is_limit: whether it is a bound of the machine rather than a rival.
    """

    name: str
    command: tuple[str, ...]
    needs: tuple[str, ...] = ()
    copies: Path | None = None
    is_limit: bool = False

    @property
    def lacks(self) -> tuple[str, ...]:
        """What it needs and this machine does not have."""
        places = programs()
        return tuple(
            one for one in self.needs if not shutil.which(one, path=places) and importlib.util.find_spec(one) is None
        )


@dataclass(frozen=True, slots=True)
class Contest:
    """One piece of work.

    Attributes:
        name: a word for the command line.
        question: what is asked.
        data: the folder that is worked on; all of it is read once beforehand, so that the first has no slower disk.
        items: how many documents or files are worked on.
        size: how many bytes.
        contestants: ours first.
    """

    name: str
    question: str
    data: Path
    items: int
    size: int
    contestants: tuple[Contestant, ...] = field(default=())


@dataclass(frozen=True, slots=True)
class Scale:
    """How much data a run makes."""

    documents: int = 200_000
    large_files: int = 8
    mebibytes: int = 512
    pages: int = 2_000


def validating_small(place: Path, scale: Scale) -> Contest:
    """Digests of many small files."""
    return _validating("validate-small", corpora.small_files(place, scale.documents))


def validating_large(place: Path, scale: Scale) -> Contest:
    """Digests of few large files."""
    return _validating("validate-large", corpora.large_files(place, scale.large_files, scale.mebibytes))


def _validating(name: str, corpus: Path) -> Contest:
    bag = corpora.bag_of(corpus)
    items, size = _extent(bag / "data")
    manifest = shlex.quote(str(bag / "manifest-sha512.txt"))
    inside = f"cd {shlex.quote(str(bag))} && "
    return Contest(
        name,
        f"Is every digest of a bag of {items:,} files right? (sha512)",
        bag,
        items,
        size,
        (
            Contestant("archive validate", (*_OURS, "validate", "--quiet", str(bag))),
            Contestant("archive validate --jobs 1", (*_OURS, "validate", "--quiet", "--jobs", "1", str(bag))),
            *(
                Contestant(
                    f"bagit-python, {count} process{'es' if count > 1 else ''}",
                    (_PYTHON, "-m", "bagit", "--validate", "--quiet", "--processes", str(count), str(bag)),
                )
                for count in (1, 2)
            ),
            Contestant("bdbag --validate full", ("bdbag", "--quiet", "--validate", "full", str(bag)), ("bdbag",)),
            Contestant("sha512sum -c", _shell(f"{inside}sha512sum --quiet -c {manifest}")),
            Contestant(
                "xargs -P2 sha512sum", _shell(f"{inside}find data -type f -print0 | xargs -0 -P2 -n500 sha512sum")
            ),
            Contestant(
                "limit: sha512 in memory, 2 processes", _peer("hash_limit", "sha512", str(size), "2"), is_limit=True
            ),
            Contestant("limit: reading every file", _peer("disk_limit", "read", str(bag / "data")), is_limit=True),
        ),
    )


def packing_small(place: Path, scale: Scale) -> Contest:
    """Many small files into a bag, without reading them."""
    return _packing("pack-small", corpora.small_files(place, scale.documents))


def packing_large(place: Path, scale: Scale) -> Contest:
    """Few large files into a bag."""
    return _packing("pack-large", corpora.large_files(place, scale.large_files, scale.mebibytes))


def _packing(name: str, corpus: Path) -> Contest:
    items, size = _extent(corpus)
    given = str(corpus)
    bagging = ("--sha256", "--sha512", "--quiet")
    return Contest(
        name,
        f"{items:,} files become a bag with sha256 and sha512, and their text is not read",
        corpus,
        items,
        size,
        (
            Contestant(
                "archive pack --recipe none", (*_OURS, "pack", "--quiet", "--recipe", "none", given, "--to", "{out}")
            ),
            Contestant("two processes copy and take both digests", _peer("copying_loop", given, "{out}")),
            *(
                Contestant(
                    f"bagit-python in place, {count} process{'es' if count > 1 else ''}",
                    (_PYTHON, "-m", "bagit", *bagging, "--processes", str(count), "{out}"),
                    copies=corpus,
                )
                for count in (1, 2)
            ),
            Contestant(
                "bdbag in place",
                ("bdbag", "--quiet", "--checksum", "sha256", "--checksum", "sha512", "{out}"),
                ("bdbag",),
                corpus,
            ),
            Contestant("cp -r", ("cp", "-r", given, "{out}")),
            Contestant(
                "limit: both digests in memory", _peer("hash_limit", "sha256,sha512", str(size), "2"), is_limit=True
            ),
            Contestant("limit: writing as many bytes", _peer("disk_limit", "write", "{out}", str(size)), is_limit=True),
        ),
    )


def packing_whole(place: Path, scale: Scale) -> Contest:
    """Everything on."""
    corpus = corpora.small_files(place, scale.documents)
    items, size = _extent(corpus)
    packing = (*_OURS, "pack", "--quiet", str(corpus), "--to", "{out}")
    return Contest(
        "pack-whole",
        f"{items:,} texts become a bag with passages, languages, near-duplicates, tables and descriptions",
        corpus,
        items,
        size,
        (
            Contestant("archive pack", packing),
            Contestant("archive pack --jobs 1", (*packing, "--jobs", "1")),
            _library_calls(corpus),
        ),
    )


def json_lines(place: Path, scale: Scale) -> Contest:
    """The work of a corpus pipeline."""
    corpus = corpora.json_lines(place, scale.documents)
    size = _extent(corpus)[1]
    needs = ("datatrove", "orjson")
    return Contest(
        "json-lines",
        f"{scale.documents:,} documents of JSON lines become Parquet, with their languages",
        corpus,
        scale.documents,
        size,
        (
            *(
                Contestant(
                    f"archive pack --recipe {recipe}",
                    (*_OURS, "pack", "--quiet", "--recipe", recipe, str(corpus), "--to", "{out}"),
                )
                for recipe in ("languages", "text", "default")
            ),
            Contestant("datatrove, 2 workers", _peer("datatrove_pipeline", str(corpus), "{out}", "2"), needs),
            Contestant("pandas, without languages", _peer("pandas_parquet", str(corpus), "{out}"), ("pandas",)),
            _library_calls(corpus),
        ),
    )


def web_pages(place: Path, scale: Scale) -> Contest:
    """Main text of HTML."""
    corpus = corpora.pages(place, scale.pages)
    items, size = _extent(corpus)
    return Contest(
        "web-pages",
        f"The main text of {items:,} web pages",
        corpus,
        items,
        size,
        (
            Contestant("archive pack", (*_OURS, "pack", "--quiet", str(corpus), "--to", "{out}")),
            Contestant(
                "trafilatura, 2 processes",
                ("trafilatura", "--input-dir", str(corpus), "--output-dir", "{out}", "--parallel", "2"),
                ("trafilatura",),
            ),
        ),
    )


def starting(place: Path, scale: Scale) -> Contest:  # noqa: ARG001 - every contest is made from the same two
    """What a call costs before it works."""
    bag = corpora.bag_of(corpora.small_files(place, 10))
    return Contest(
        "start",
        "What a call costs before it does any work",
        bag,
        1,
        0,
        (
            Contestant("archive --help", (*_OURS, "--help")),
            Contestant("import archive", (_PYTHON, "-c", "import archive")),
            Contestant("archive validate, 10 files", (*_OURS, "validate", "--quiet", str(bag))),
            Contestant("bagit-python --help", (_PYTHON, "-m", "bagit", "--help")),
            Contestant(
                "bagit-python --validate, 10 files", (_PYTHON, "-m", "bagit", "--validate", "--quiet", str(bag))
            ),
            Contestant("limit: python -c pass", (_PYTHON, "-c", "pass"), is_limit=True),
        ),
    )


CONTESTS: dict[str, Callable[[Path, Scale], Contest]] = {
    "start": starting,
    "validate-small": validating_small,
    "validate-large": validating_large,
    "pack-small": packing_small,
    "pack-large": packing_large,
    "pack-whole": packing_whole,
    "json-lines": json_lines,
    "web-pages": web_pages,
}
"""Makers of contests, by name; each makes its data first where that is not there."""


def _peer(module: str, *arguments: str) -> tuple[str, ...]:
    return (_PYTHON, "-m", f"benchmarks.peers.{module}", *arguments)


def _library_calls(corpus: Path) -> Contestant:
    """What libraries take for the work on texts that no pack can be without."""
    return Contestant("limit: what libraries do", _peer("library_calls", str(corpus), "{out}"), is_limit=True)


def _shell(line: str) -> tuple[str, ...]:
    return ("sh", "-c", line)


def _extent(folder: Path) -> tuple[int, int]:
    sizes: Sequence[int] = [one.stat().st_size for one in folder.rglob("*") if one.is_file()]
    return len(sizes), sum(sizes)
