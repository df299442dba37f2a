"""The one door to the questions of `grade`: a layer's number as a question, and the slips behind a wrong one.

Pitfall: only what is one quantity of one layer or of one network is a question; an expression over several is not.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Sequence
from typing import Any

from ...engine import Bound
from ...errors import ShapeError
from ...report.grades import Diagnosis
from ...spec.grading import Tolerance
from .. import compare
from ..answers import Reading
from ..conventions import Conventions
from ..question import TOTAL, Question, Unasked


def of_layer(bound: Bound, name: str, quantity: str, conventions: Conventions) -> Question:
    """A quantity of one layer, with the layers on the way to it."""
    earlier = (_one(bound, before, quantity, conventions) for before in way(bound, name)[:-1])
    return _one(bound, name, quantity, conventions)._replace(earlier=tuple(earlier))


def of_layers(bound: Bound, names: Iterable[str], quantity: str, conventions: Conventions) -> Question:
    """A quantity added up over layers."""
    parts = tuple(_one(bound, name, quantity, conventions) for name in names)
    return Question(quantity, TOTAL, {}, (), parts, conventions)


def _one(bound: Bound, name: str, quantity: str, conventions: Conventions) -> Question:
    at = next(i for i, node in enumerate(bound.graph.nodes) if node.name == name)
    node, layer = bound.graph.nodes[at], bound.layers[at]
    return Question(quantity, node.layer, node.options, layer.inputs, (), conventions)


def way(bound: Bound, name: str) -> tuple[str, ...]:
    """The layers from the network's input to this one, itself the last."""
    inputs = {node.name: node.inputs for node in bound.graph.nodes}
    found = []
    while name in inputs:
        found.append(name)
        name = inputs[name][0]
    return tuple(reversed(found))


def value(question: Question) -> Any:
    """The right answer; None where there is no such number of this layer."""
    try:
        return question.value()
    except (ShapeError, Unasked):
        return None


def judged(
    question: Question, reading: Reading, right: Sequence[Any], limits: Tolerance | None
) -> compare.Verdict | None:
    """How a cell of a sheet with this question would be marked; None where it would be wrong."""
    allowed = limits or compare.EXACT
    return compare.judge_several(reading, right, question.quantity, question.conventions, allowed)


def diagnosed(question: Question, given: Any, step: int | None) -> tuple[Diagnosis, ...]:
    """The slips that give a value in place of what was asked."""
    from ..slips import diagnose

    found = diagnose(question, given, step=step)
    return tuple(Diagnosis(d.id, d.rank, d.message, d.hint, d.work) for d in found)


def slipped(question: Question) -> Iterator[Hashable]:
    """Every value that a single slip gives in its place."""
    from ..slips._diagnose import table

    known = table(question)
    if known is not None:
        yield from known.singles
