"""Many input sizes at once: layer by layer, each different input shape is asked once, and all candidates share the answer.

That is the engine's own layers on the engine's own graph; only who meets which shape is kept in columns. A hundred
thousand heights of a deep network take seconds, since strides leave ever fewer different shapes. Pitfall: it holds only
while options and structure do not depend on the size that moves, so a spec whose expressions ask for it is walked instead.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from copy import copy
from math import prod
from typing import Any

from ... import layers
from ...engine import Bound
from ...engine.paths import literal
from ...errors import ShapeError
from ...graph import Node, Shape
from ...layers import Layer
from ...spec import Entry, Plan, Value
from ..entries import lists
from .quantities import AXES, PARTS, Candidate, Refusal, Values, Where
from .walks import divides, locate, setting, within

AT_ONCE = 10_000
"""Candidates whose layers are held in memory together."""
Column = list[Any]
Inputs = Callable[[Candidate], Mapping[str, Shape]]


class Columned:
    """One candidate as a condition sees it: a line of every level."""

    __slots__ = ("columns", "lines", "names")

    def __init__(self, columns: Columns, lines: tuple[int, ...], names: Mapping[str, int]) -> None:
        self.columns = columns
        self.lines = lines
        self.names = names

    def shape(self, path: str) -> Shape:
        level, column = self.columns.kept[locate(self.columns.bound, path)]
        shape: Shape = column[self.lines[level]]
        return shape

    def part(self, path: str, quantity: str) -> int:
        return sum(level.sums[path, quantity][line] for level, line in zip(self.columns.levels, self.lines))

    def total(self, quantity: str) -> int:
        return self.part("", quantity)

    def parameter(self, name: str) -> Any:
        return setting(self.columns.bound, self.names, name)

    @property
    def exact(self) -> bool:
        return all(line not in level.uneven for level, line in zip(self.columns.levels, self.lines))


class Level:
    """Lines that are told apart: the candidates at first, and after a place that all goes through, its different shapes."""

    def __init__(self, lines: int, keys: Iterable[tuple[str, str]], places: list[int]) -> None:
        self.places = places
        self.sums: dict[tuple[str, str], Column] = {key: [0] * lines for key in keys}
        self.uneven: set[int] = set()
        self.refused: dict[int, str] = {}


class Columns:
    """Columns of shapes under the nodes of one graph, for what a condition asks."""

    def __init__(
        self, bound: Bound, where: Where | None, exact: bool, batch: int, progress: Callable[[int, int], None]
    ) -> None:
        self.bound = bound
        self.batch = batch
        self.exact = exact
        self.progress = progress
        self.kept: dict[str, tuple[int, Column]] = {}
        self.levels: list[Level] = []
        self.memo: dict[tuple[Any, ...], dict[Any, Layer | str]] = {}
        self.wanted: set[str] = set()
        self.inside: dict[tuple[str, str], set[str] | None] = {}
        for path, quantity in where.paths() if where else ():
            if quantity in AXES and path:
                self.wanted.add(locate(bound, path))
            elif quantity in PARTS:
                self.inside[path, quantity] = within(bound, path) if path else None

    def run(self, candidates: Sequence[Candidate], inputs: Inputs) -> Iterator[Values | Refusal]:
        """Fill all columns for some thousand candidates at once, then answer candidate by candidate."""
        for start in range(0, len(candidates), AT_ONCE):
            part = copy(self)
            part.memo = {}
            part.progress = lambda done, _of, start=start: self.progress(start + done, len(candidates))  # type: ignore[misc]
            yield from part.some(candidates[start : start + AT_ONCE], inputs)

    def some(self, candidates: Sequence[Candidate], inputs: Inputs) -> Iterator[Values | Refusal]:
        """Answers for a few candidates; what was worked out for them is forgotten after them."""
        shapes = [inputs(candidate) for candidate in candidates]
        columns: dict[str, Column] = {name: [s[name] for s in shapes] for name in self.bound.graph.inputs}
        self.kept = {name: (0, column) for name, column in columns.items() if name in self.wanted}
        self.levels = [Level(len(candidates), self.inside, [])]
        nodes = self.bound.graph.nodes
        last = {name: i for i, node in enumerate(nodes) for name in node.inputs}
        for i, node in enumerate(nodes):
            self.progress(i * len(candidates) // len(nodes), len(candidates))
            columns[node.name] = self.node(node, [columns[name] for name in node.inputs])
            if node.name in self.wanted:
                self.kept[node.name] = (len(self.levels) - 1, columns[node.name])
            columns = {name: column for name, column in columns.items() if last.get(name, -1) > i}
            if len(columns) == 1:
                columns = self.gathered(*columns.popitem())
        for line, candidate in enumerate(candidates):
            lines = [line]
            for level in self.levels[:-1]:
                lines.append(level.places[lines[-1]])
            reason = next(
                (level.refused[n] for level, n in zip(self.levels, lines) if n in level.refused), None
            )
            yield Columned(self, tuple(lines), candidate) if reason is None else Refusal(reason)

    def gathered(self, name: str, column: Column) -> dict[str, Column]:
        """The one column that all later ones come from; where its shapes are half as many as its lines, a new level."""
        different = {x: i for i, x in enumerate(dict.fromkeys(column))}
        if 2 * len(different) > len(column):
            return {name: column}
        self.levels[-1].places = [different[x] for x in column]
        self.levels.append(Level(len(different), self.inside, []))
        return {name: list(different)}

    def node(self, node: Node, sources: list[Column]) -> Column:
        """The column of one node, and its part of every sum."""
        kind = layers.load(node.layer)
        assert kind is not None
        level = self.levels[-1]
        asked = [key for key, inside in self.inside.items() if inside is None or node.name in inside]
        if kind.output is Layer.output and not asked:
            return sources[0]  # its shape is its input's, whatever that is
        known = self.memo.setdefault((node.layer, *node.options.values()), {})
        lines: Any = sources[0] if len(sources) == 1 else list(zip(*sources))
        output: dict[Any, Shape | None] = {}
        uneven: set[Any] = set()
        for x in dict.fromkeys(lines):
            if x is None or (len(sources) > 1 and None in x):
                output[x] = None
                continue
            if x not in known:
                try:
                    known[x] = kind(node.options, (x,) if len(sources) == 1 else x)
                except ShapeError as error:
                    known[x] = f"{node.layer}: {error.message}"
            layer = known[x]
            output[x] = None if isinstance(layer, str) else layer.y
            if self.exact and not isinstance(layer, str) and not divides(layer):
                uneven.add(x)
        if None in output.values() or uneven:
            for line, x in enumerate(lines):
                if x in uneven:
                    level.uneven.add(line)
                found = known.get(x)
                if isinstance(found, str):
                    level.refused.setdefault(line, found)
        for key in asked:
            costs = {x: 0 if y is None else self.cost(known[x], key[1]) for x, y in output.items()}
            if any(costs.values()):
                level.sums[key] = [n + costs[x] for n, x in zip(level.sums[key], lines)]
        return [output[x] for x in lines]

    def cost(self, layer: Any, quantity: str) -> int:
        """What a layer adds to a sum; the batch multiplies what runs, and not what is learned."""
        if quantity == "params":
            return int(layer.count("weights") + layer.count("biases"))
        if quantity == "activations":
            return int(self.batch * prod(layer.y))
        if quantity == "flops":
            return 2 * self.batch * int(layer.count("macs"))
        times = self.batch if quantity.startswith("macs") else 1
        return times * int(layer.count(quantity))


def independent(plan: Plan, axes: set[str], names: set[str]) -> bool:
    """Whether no expression of a plan asks for the size of these axes, or for these names, but in its input."""
    values: list[Value | None] = [*plan.settings.values(), *(p.default for p in plan.params.values())]
    values += [p.default for block in plan.blocks.values() for p in block.params.values()]
    waiting: list[Entry] = [entry for entries in lists(plan) for entry in entries]
    seen: set[int] = set()
    while waiting:
        entry = waiting.pop()
        values += [*entry.options.values(), entry.repeat, entry.if_]
        if entry.block is not None and entry.block.builtin and id(entry.block) not in seen:
            seen.add(id(entry.block))
            values += [p.default for p in entry.block.params.values()]
            waiting += entry.block.entries
            for e in entry.block.entries:
                waiting += [inner for _key, body in e.branches for inner in body]
    return literal(setting.value for setting in plan.dotted.values()) and not any(
        _asks(value, axes, names) for value in values if value is not None
    )


def _asks(value: Value, axes: set[str], names: set[str]) -> bool:
    if value.items is not None:
        return any(_asks(item, axes, names) for item in value.items)
    if value.expression is None:
        return False
    found = list(ast.walk(value.expression.tree))
    return any(isinstance(n, ast.Attribute) and n.attr in axes for n in found) or any(
        isinstance(n, ast.Name) and n.id in names for n in found
    )
