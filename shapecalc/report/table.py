"""The shape table of one network: a row a layer, and totals that are the sums of the rows.

Pitfall: the batch multiplies activations, MACs, operations and bytes, and never shapes or parameters.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property
from math import prod
from typing import TYPE_CHECKING, Any

from ..graph import Graph, Node, Shape
from ..record import Record
from ..symbolic import Undecided
from .grid import Grid

if TYPE_CHECKING:
    from typing import Protocol

    class Costs(Protocol):
        """What a row asks of its layer."""

        @property
        def ops(self) -> Mapping[str, int]: ...

        def count(self, quantity: str) -> int: ...

        def work(self, quantity: str) -> str:
            """The formula of a quantity with the numbers put in, as text."""
            ...

        def resolved(self) -> Mapping[str, Any]: ...


DTYPES = {"fp32": 4, "fp16": 2, "bf16": 2, "int8": 1}
"""Bytes of one number."""


class Params(Record):
    """Learned numbers; `total` = weights + biases, and `buffers` stand apart."""

    weights: int
    biases: int
    total: int
    trainable: int
    buffers: int


class Field(Record):
    """A receptive field, one number per spatial axis: extent, stride, and padding before the first pixel.

    `aligned` is None where letters leave open whether the centres of paths agree.
    """

    size: tuple[int, ...]
    stride: tuple[int, ...]
    padding: tuple[int, ...]
    aligned: bool | None
    origin: str


class Row:
    """One layer of the table; counts are those of the whole batch."""

    repeats = 1

    def __init__(
        self,
        node: Node,
        costs: Costs,
        shapes: Mapping[str, Shape],
        batch: int,
        itemsize: int,
        field: Field | None,
        conditions: tuple[str, ...] = (),
    ) -> None:
        self.node = node
        self.costs = costs
        self.name = node.name
        self.layer = node.layer
        self.inputs = node.inputs
        self.input_shapes = tuple(shapes[n] for n in node.inputs)
        self.output_shape = shapes[node.name]
        self.batch = batch
        self.itemsize = itemsize
        self.receptive_field = field
        self.conditions = conditions

    @cached_property
    def params(self) -> Params:
        weights, biases = self.costs.count("weights"), self.costs.count("biases")
        total = weights + biases
        return Params(weights, biases, total, 0 if self.node.frozen else total, self.costs.count("buffers"))

    @cached_property
    def macs(self) -> int:
        return self.batch * self.costs.count("macs")

    @property
    def macs_on_data(self) -> int | None:
        """None where letters leave it open how many taps land on padding."""
        try:
            return self.batch * self.costs.count("macs_on_data")
        except Undecided:
            return None

    @property
    def flops(self) -> int:
        return 2 * self.macs

    @property
    def connections(self) -> int:
        return self.costs.count("connections")

    @property
    def ops(self) -> Mapping[str, int]:
        return {kind: self.batch * n for kind, n in self.costs.ops.items()}

    @property
    def activations(self) -> int:
        return self.batch * prod(self.output_shape)

    @property
    def activation_bytes(self) -> int:
        return self.itemsize * self.activations

    @property
    def options(self) -> Mapping[str, Any]:
        return self.costs.resolved()

    @property
    def weighted(self) -> bool:
        """A weight layer: it multiplies by learned weights."""
        return bool(self.macs) and bool(self.params.weights)


class Totals:
    """Sums over all rows, and what only a whole network has; each is worked out when it is first asked for."""

    def __init__(self, table: Table) -> None:
        self.rows = table.rows
        self.itemsize = DTYPES[table.dtype]
        self.layers = len(table.rows)
        self.depth = table.depth
        self.peak_activation_bytes = self.itemsize * table.batch * table.peak

    @cached_property
    def params(self) -> Params:
        return (
            Params(*map(sum, zip(*(row.params for row in self.rows)))) if self.rows else Params(0, 0, 0, 0, 0)
        )

    @cached_property
    def weight_layers(self) -> int:
        return sum(row.weighted for row in self.rows)

    @cached_property
    def macs(self) -> int:
        return sum(row.macs for row in self.rows)

    @cached_property
    def macs_on_data(self) -> int | None:
        return add_known(row.macs_on_data for row in self.rows)

    @property
    def flops(self) -> int:
        return 2 * self.macs

    @cached_property
    def connections(self) -> int:
        return sum(row.connections for row in self.rows)

    @cached_property
    def ops(self) -> Mapping[str, int]:
        return add_up(row.ops for row in self.rows)

    @cached_property
    def activations(self) -> int:
        return sum(row.activations for row in self.rows)

    @property
    def param_bytes(self) -> int:
        return self.itemsize * self.params.total

    @property
    def activation_bytes(self) -> int:
        return self.itemsize * self.activations


def add_known(numbers: Iterable[int | None]) -> int | None:
    """The sum, or None where one of them is unknown."""
    found = list(numbers)
    return None if None in found else sum(found)  # type: ignore[arg-type]


def add_up(operations: Iterable[Mapping[str, int]]) -> Mapping[str, int]:
    """Operations by kind, summed."""
    sums: dict[str, int] = {}
    for ops in operations:
        for kind, n in ops.items():
            sums[kind] = sums.get(kind, 0) + n
    return sums


class View(Record):
    """How a table is printed: columns by key, blocks folded at `depth`, formulas, FLOPs for MACs, as data, a label.

    `share` adds each row's share of the parameters, where there is room for a bar.
    """

    columns: tuple[str, ...] = ()
    depth: int | None = None
    formulas: bool = False
    flops: bool = False
    data: bool = False
    label: str = ""
    share: bool = False


class Table:
    """A network with numbers. `layout` is the one shapes are shown in; `batch` and `dtype` those that were counted.

    A `symbolic` one has closed forms in letters, under `conditions` in the expression grammar.
    """

    def __init__(
        self,
        graph: Graph,
        rows: tuple[Row, ...],
        texts: Mapping[str, str],
        layout: str,
        batch: int,
        dtype: str,
        peak: int,
        depth: int,
        conditions: tuple[str, ...] = (),
        view: View = View(),
        symbolic: bool = False,
    ) -> None:
        self.graph = graph
        self.rows = rows
        self.texts = texts
        self.layout = layout
        self.batch = batch
        self.dtype = dtype
        self.peak = peak
        self.depth = depth
        self.conditions = conditions
        self.view = view
        self.symbolic = symbolic

    @property
    def name(self) -> str:
        return self.graph.name

    @property
    def spec(self) -> str:
        """What it was asked for by: its rows carry this among those of others."""
        return self.view.label or self.name

    @property
    def output_shape(self) -> Shape:
        """The shape of the last output."""
        return self.shape_of(self.graph.outputs[-1])

    def shape_of(self, name: str) -> Shape:
        """The channels-last shape of an input or a layer."""
        if name in self.graph.inputs:
            return self.graph.inputs[name]
        return next(row.output_shape for row in self.rows if row.name == name)

    def as_shown(self, shape: Shape) -> Shape:
        """A channels-last shape in the table's layout."""
        return (shape[-1], *shape[:-1]) if self.layout == "CHW" and len(shape) > 1 else shape

    def totals(self) -> Totals:
        """Every total, each the sum of its column."""
        return self._totals

    @cached_property
    def _totals(self) -> Totals:
        return Totals(self)

    def grid(self) -> Grid:
        from .columns import grid

        return grid(self)

    def data(self) -> Mapping[str, Any]:
        from .json_rows import document

        return document(self)

    def records(self) -> list[Mapping[str, Any]]:
        from .json_rows import record

        return [{"spec": self.spec, **record(self, row)} for row in self.rows]
