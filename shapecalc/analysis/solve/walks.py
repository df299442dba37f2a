"""Candidates answered by the engine itself, one walk through the plan each: right for every parameter, and slow.

Pitfall: what a condition does not ask is not worked out; a table and its totals are made when the first cost is asked.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any

from ...engine import Bound, Overrides, bind, tabulate
from ...engine.scope import Scope
from ...errors import SpecError
from ...graph import Shape
from ...layers import Layer
from ...report.table import Table
from ...spec import Plan
from .quantities import Candidate, Refusal, Values, unknown_layer, unknown_name

Place = Callable[[Candidate], Overrides]


class Walked:
    """A bound plan as a condition sees it; `names` are the candidate's own values."""

    def __init__(self, bound: Bound, names: Mapping[str, int], batch: int, dtype: str) -> None:
        self.bound = bound
        self.names = names
        self.batch = batch
        self.dtype = dtype

    @cached_property
    def table(self) -> Table:
        return tabulate(self.bound, batch=self.batch, dtype=self.dtype)

    def shape(self, path: str) -> Shape:
        return self.bound.shapes[locate(self.bound, path)]

    def part(self, path: str, quantity: str) -> int:
        inside = within(self.bound, path)
        rows = [row for row in self.table.rows if row.name in inside]
        return sum(_of_row(row, quantity) for row in rows)

    def total(self, quantity: str) -> int:
        totals = self.table.totals()
        if quantity == "params":
            return totals.params.total
        holder: Any = totals.params if quantity in totals.params._fields else totals
        return int(getattr(holder, quantity))

    def parameter(self, name: str) -> Any:
        return setting(self.bound, self.names, name)

    @property
    def exact(self) -> bool:
        return all(map(divides, self.bound.layers))


def _of_row(row: Any, quantity: str) -> int:
    if quantity == "params":
        return int(row.params.total)
    return int(getattr(row.params if quantity in row.params._fields else row, quantity))


def divides(layer: Layer) -> bool:
    """Whether every division in a layer's shape rule is whole, so that no pixel is left over and no window differs."""
    for w in getattr(layer, "windows", ()):
        v = w.letters
        if "O" not in v and (v["N"] + v["P_b"] + v["P_a"] - v["K"]) % v["S"]:
            return False
    size = getattr(layer, "size", None)
    if isinstance(size, tuple):  # an adaptive pool
        return not any(n % m for n, m in zip(layer.x, size))
    return True


def setting(bound: Bound, names: Mapping[str, int], name: str) -> Any:
    """The candidate's own value of a name, or a parameter's. Raises LookupError."""
    if name in names:
        return names[name]
    if name in bound.settings:
        return bound.settings[name]
    raise unknown_name(name, [*names, *bound.settings])


def locate(bound: Bound, path: str) -> str:
    """The node or input that a path means: a block's is its last. Raises LookupError."""
    if path == "output":
        return bound.graph.outputs[-1]
    found = bound.scopes.find(path)
    if path == "input" and found is None and len(bound.graph.inputs) == 1:
        return next(iter(bound.graph.inputs))
    name = found.output if isinstance(found, Scope) else found
    if name is None:
        raise unknown_layer(
            path, [*bound.graph.inputs, *(node.name for node in bound.graph.nodes), *bound.scopes.items]
        )
    return name


def within(bound: Bound, path: str) -> set[str]:
    """The nodes of a layer or of a whole block. Raises LookupError."""
    found = bound.scopes.find(path)
    if found is None and path != "output":
        locate(bound, path)
    name = found.path if isinstance(found, Scope) else locate(bound, path)
    return {n.name for n in bound.graph.nodes if n.name == name or n.name.startswith(f"{name}.")}


def walks(
    plan: Plan, place: Place, batch: int, dtype: str
) -> Callable[[Sequence[Candidate]], Iterator[Values | Refusal]]:
    """An evaluator that binds the plan anew for every candidate."""

    def evaluate(candidates: Sequence[Candidate]) -> Iterator[Values | Refusal]:
        for candidate in candidates:
            try:
                bound = bind(plan, place(candidate))
            except SpecError as error:
                yield Refusal(next((d.message for d in error.diagnostics if d.severity == "error"), ""))
            else:
                open_ = bound.letters.open(plan)
                yield Refusal(open_.message) if open_ else Walked(bound, candidate, batch, dtype)

    return evaluate
