"""What every step of a recipe must pass: `hold_to_the_contract(step)`."""

from __future__ import annotations

import copy
import dataclasses
import pickle

from archive.model.blocks import Reading
from archive.model.canonical import canonical_json
from archive.normalise.draft import Draft
from archive.normalise.evidence import NO_EVIDENCE
from archive.normalise.step import Step


def hold_to_the_contract(step: Step, before: Draft) -> None:
    """A step is a frozen value with settings that JSON can hold; it loses no block and does the same each time.

    Args:
        step: the step.
        before: a draft as the steps before it leave it; it is not changed.
    """
    assert isinstance(step, Step)
    assert dataclasses.is_dataclass(step)
    assert type(step).__dataclass_params__.frozen  # type: ignore[attr-defined]
    assert pickle.loads(pickle.dumps(step)) == step
    assert step.name == step.name.lower()
    canonical_json(dataclasses.asdict(step))

    one, other = copy.deepcopy(before), copy.deepcopy(before)
    step.apply(one)
    step.apply(other)
    assert one == other
    assert one.reading == before.reading, "a step changes no reading"
    held = [block for unit in one.units for block in unit.blocks]
    assert held == list(before.reading.blocks), "a step loses no block and changes no order"
    assert all(unit.kept or unit.reason for unit in one.units), "what is not kept has a reason"

    empty = Draft(Reading("text/plain"), NO_EVIDENCE)
    step.apply(empty)
    assert empty.units == []
    assert empty.observations == []
