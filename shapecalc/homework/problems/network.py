"""A problem's network with numbers: its parts in order, each with the rows of the table that belong to it.

Pitfall: a part has the name that the problem gives it (`POOL-2 (1)`), which need not be a name of the spec language.
"""

from __future__ import annotations

from collections.abc import Mapping
from math import prod

from ...engine import Bound, bind, tabulate
from ...graph import Shape
from ...layers import Layer
from ...record import Record
from ...report.table import Row, Table
from ...spec import Plan
from ..conventions import Conventions
from ..question import Question


class Part(Record):
    """One line of the problem's network: a layer with what comes with it, or a block."""

    name: str
    label: str
    word: str
    rows: tuple[Row, ...]
    layers: tuple[Layer, ...]

    @property
    def x(self) -> Shape:
        """The shape that goes in."""
        return self.rows[0].input_shapes[0]

    @property
    def y(self) -> Shape:
        """The shape that comes out."""
        return self.rows[-1].output_shape


class Network:
    """A bound plan, told apart into parts; `batch` stands in front of its shapes where the problem has one."""

    def __init__(self, plan: Plan, labels: Mapping[str, tuple[str, str]], batch: int | None = None) -> None:
        self.bound: Bound = bind(plan)
        self.table: Table = tabulate(self.bound)
        self.batch = batch
        self.labels = labels
        groups: dict[str, list[tuple[Row, Layer]]] = {}
        for row, layer in zip(self.table.rows, self.bound.layers):
            groups.setdefault(row.name.partition(".")[0], []).append((row, layer))
        self.parts = tuple(
            Part(
                name,
                *labels.get(name, (name, found[-1][0].layer)),
                tuple(row for row, _ in found),
                tuple(layer for _, layer in found),
            )
            for name, found in groups.items()
        )

    @property
    def x(self) -> Shape:
        """The shape of the (first) input."""
        return next(iter(self.table.graph.inputs.values()))

    @property
    def y(self) -> Shape:
        """The shape of the last output."""
        return self.table.output_shape

    @property
    def rows(self) -> tuple[Row, ...]:
        return self.table.rows

    def find(self, name: str) -> Part | None:
        """A part by the dotted name of a row or block inside it, for networks in the spec language."""
        rows = [
            (row, layer)
            for row, layer in zip(self.table.rows, self.bound.layers)
            if row.name == name or row.name.startswith(name + ".")
        ]
        if not rows:
            return None
        return Part(name, name, rows[-1][0].layer, tuple(r for r, _ in rows), tuple(x for _, x in rows))

    def asked(self, quantity: str, row: Row, conventions: Conventions) -> Question:
        """What a number of this row is worked out from."""
        earlier = tuple(
            Question(quantity, r.layer, r.node.options, r.input_shapes, (), conventions)
            for r in self.way(row)
        )
        return Question(quantity, row.layer, row.node.options, row.input_shapes, earlier, conventions)

    def way(self, row: Row) -> tuple[Row, ...]:
        """The rows on the way from the network's input to this one, the first one first."""
        by_name = {r.name: r for r in self.table.rows}
        found: list[Row] = []
        at = row
        while at.inputs and (before := by_name.get(at.inputs[0])) is not None:
            found.append(before)
            at = before
        return tuple(reversed(found))

    def listed_values(self) -> int:
        """Values of the input and of every part's output, each counted once: what a memory column adds up to."""
        total = prod(self.x)
        for part in self.parts:
            kept = [r for r, layer in zip(part.rows, part.layers) if not layer.view]
            total += sum(prod(r.output_shape) for r in kept) if len(kept) > 1 else prod(part.y)
        return total
