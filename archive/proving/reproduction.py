"""The depth `reproduction`: the labels are made again, where this installation is the one that made them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from archive.engine import Team
from archive.model.codes import finding
from archive.model.containers import NO_RENAMES, Renames
from archive.model.findings import Finding, Where
from archive.model.progress import Progress
from archive.model.settings import faults_in
from archive.model.versions import Holds, holds_of
from archive.normalise.evidence import NO_EVIDENCE
from archive.normalise.recipe import Recipe
from archive.normalise.recipes import RECIPES, recipe_named
from archive.proving.evidence import read_evidence
from archive.proving.relabelling import Task, relabel_batch
from archive.proving.shards import BATCH_BYTES, Batch, batches
from archive.proving.subject import BAG_JSON, BlockedError, Subject
from archive.submission.configuration import read_configuration

STAGE = "labelling again"
CONFIGURATION = "data/submission/corpus.toml"
_LARGEST_CONFIGURATION = 16 << 20
_SERIAL_BELOW = 1 << 19


def reproduce(subject: Subject, software: Sequence[Mapping[str, str]]) -> Iterator[Finding]:
    """What the same recipe labels in another way, in a bag whose derivation was proved before.

    Args:
        subject: the bag.
        software: what this installation consists of, as bag.json would spell it out.

    Yields:
        Findings `passage.not-reproduced` and `statement.not-reproduced`; or one notice `reproduction.not-here`, which
        leaves the verdict alone.

    Raises:
        WorkerError: a worker process died.
    """
    try:
        subject.require_ours()
        info, _ = subject.bag_json()
        if holds_of(info) is Holds.METADATA:
            yield finding("reproduction.not-here", found="the bag holds metadata alone, so there is nothing to label")
            return
        recipe = _recipe(info["recipe"])
        differences = _differences(info, recipe, software)
        if recipe is None or differences:
            where = Where(file=BAG_JSON, pointer="/recipe")
            yield finding("reproduction.not-here", where=where, found="; ".join(differences)[:400])
            return
        evidence = read_evidence(subject) if recipe.steps else NO_EVIDENCE
        task = Task(
            store=subject.store,
            damaged=subject.damaged,
            recipe=recipe,
            evidence=evidence,
            renames=_renames(subject),
            limits=subject.limits,
        )
    except BlockedError as error:
        yield from error.findings
        return
    yield from _relabel(subject, task, [one["path"] for one in info["records"]])


def _relabel(subject: Subject, task: Task, shards: Sequence[str]) -> Iterator[Finding]:
    total = sum(subject.bag.payload[key] for key in shards)
    jobs = 1 if subject.jobs is None and total < _SERIAL_BELOW else subject.jobs
    with Team(jobs) as team:
        engine = team.engine(1 + total // BATCH_BYTES)
        for done, found in enumerate(engine.map(relabel_batch, task, _batches(subject, shards)), start=1):
            yield from found
            subject.listener(Progress(STAGE, done))


def _batches(subject: Subject, shards: Sequence[str]) -> Iterator[Batch]:
    with subject.store.reader() as reader:
        for key in shards:
            yield from batches(reader, key, subject.batch_bytes)


def _differences(info: Mapping[str, Any], recipe: Recipe | None, software: Sequence[Mapping[str, str]]) -> list[str]:
    """In what this installation differs from the one that labelled, in words."""
    stated = info["recipe"]
    if recipe is None:
        return [f"the recipe {stated['name']!r} is not known here"]
    found = []
    if recipe.digest() != stated["digest"]:
        here = recipe.describe()
        names = [name for name in ("steps", "unicode", "dependencies", "limits") if here.get(name) != stated.get(name)]
        found.append(f"the recipe {stated['name']!r} differs in {', '.join(names) or 'its digest'}")
    here = {one["name"]: one["version"] for one in software}
    there = {one["name"]: one["version"] for one in info["software"]}
    found.extend(
        f"{name} is {here.get(name, 'not installed')} here and was {version}"
        for name, version in there.items()
        if here.get(name) != version
    )
    return found


def _recipe(stated: Mapping[str, Any]) -> Recipe | None:
    """The recipe that a bag names, with its limits; None where there is none such here."""
    limits = stated.get("limits", {})
    if stated["name"] not in RECIPES or faults_in(limits):
        return None
    return recipe_named(stated["name"]).within(limits)


def _renames(subject: Subject) -> Renames:
    if CONFIGURATION not in subject.bag.payload:
        return NO_RENAMES
    data = subject.read(CONFIGURATION, _LARGEST_CONFIGURATION)
    corpus = read_configuration(data).corpus
    return corpus.renames
