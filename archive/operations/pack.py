"""`pack`: a corpus becomes bags, one for each access level, each whole or not at all."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from archive.engine import Team
from archive.model.digests import DEFAULT_ALGORITHMS
from archive.model.progress import Listener, unheard
from archive.model.settings import NONE_GIVEN
from archive.model.versions import Holds
from archive.packing.calling import call_workers

if TYPE_CHECKING:
    from archive.model.reports import Report


def pack(  # noqa: PLR0913 - one argument for each option of the verb
    folder: str | os.PathLike[str],
    to: str | os.PathLike[str],
    *,
    name: str | None = None,
    recipe: str | None = None,
    access: str | None = None,
    limits: Mapping[str, int] = NONE_GIVEN,
    rejected: Literal["stop", "allow"] = "stop",
    checksums: Sequence[str] = DEFAULT_ALGORITHMS,
    judge: Literal["auto", "always"] = "auto",
    profile: str | os.PathLike[str] | None = None,
    holds: Literal["documents", "metadata"] = "documents",
    previous: Sequence[str | os.PathLike[str]] = (),
    expect: Sequence[str] = (),
    jobs: int | None = None,
    listener: Listener = unheard,
    profile_steps: bool = False,
) -> Report:
    r"""Packs a corpus into bags.

    Args:
        folder: the corpus folder; it is never changed.
        to: the folder in which the bags appear; it is made if absent.
        name: the name of the bag's folder, else `<slug>-<version>`; both get `-<level>` unless the level is open.
        recipe: how text is labelled, else as corpus.toml says.
        access: pack the documents of this level alone.
        limits: how much of a document is read, by the names of `archive.model.settings`, else as corpus.toml says.
        rejected: `stop` publishes nothing where a document is rejected; `allow` packs the rest.
        checksums: algorithms of the manifests; sha256 is always among them.
        judge: `auto` asks the reference implementation about bags of up to 10,000 files and 1 GiB, `always` about all.
        profile: the file of a BagIt profile that the bags are to meet and to name, beside our own.
        previous: the bags of the version before, one for each level: what did not change is taken from them, and what
            was withdrawn leaves a tombstone. Older ones may be given with them: what was withdrawn since is told by
            its bytes and its text, too.
        expect: root digests that were kept elsewhere; each bag in `previous` must have one of them.
        holds: `metadata` packs bags of metadata alone, without originals and text, for texts that may not travel.
        jobs: how many processes may work, None for all processors.
        listener: hears of progress.
        profile_steps: whether the report's `result` says how long each step took, under `steps`.

    Returns:
        A report: `valid` where all documents asked for were packed. `invalid` speaks of the corpus: nothing was
        published, unless `rejected` is `allow`; then `bags` names what was packed without the rejected documents.

    Raises:
        UsageError: the call or the folder is wrong.
        TargetExistsError: a bag of that name is there, with other contents.
        LockedError: another run is writing the same bag.
        StorageError: the disk refused.

    >>> import tempfile, pathlib
    >>> place = pathlib.Path(tempfile.mkdtemp())
    >>> corpus = place / "corpus"; corpus.mkdir()
    >>> _ = (corpus / "corpus.toml").write_text('identifier = "e"\nversion = "1"\ntitle = "E"\naccess_level = "open"')
    >>> _ = (corpus / "letter.txt").write_text("Dear reader, this is all there is to say today.")
    >>> report = pack(corpus, place / "bags", jobs=1)
    >>> report.verdict.value, report.counts["packed"], pathlib.Path(report.bags[0].path).name
    ('valid', 1, 'e-1')
    """
    with Team(jobs) as team:
        call_workers(team, Path(folder))
        from archive.operations.pack_asked import Asked, packed  # while the workers import theirs

        asked = Asked(
            folder=Path(folder),
            to=Path(to),
            name=name,
            recipe=recipe,
            access=access,
            limits=limits,
            rejected=rejected,
            checksums=checksums,
            judge=judge,
            profile=profile,
            holds=Holds(holds),
            previous=previous,
            expect=expect,
            listener=listener,
            is_timed=profile_steps,
        )
        return packed(asked, team)
