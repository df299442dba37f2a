"""The answer key: a network with numbers under a teacher's conventions, the rows that are asked, and their marks.

Pitfall: what is asked belongs to the key or to the whole class and never to one sheet: a row that a student leaves out
is blank. Rows that change nothing (relu, dropout, the flatten before an fc) are asked only where somebody lists them,
and the input, which is given, only where the key says so.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from math import prod
from typing import Any

from ..engine.receptive import receptive_fields
from ..errors import Diagnostic, SpecError, nearest
from ..graph import Graph, Node, Shape
from ..layers import Layer
from ..record import Record
from ..report.table import Field
from ..spec import in_order
from ..spec.grading import COLUMNS, Grading, Rule, Tolerance
from ..text import _
from . import values
from .conventions import Conventions

TOTAL = "total"
"""The reserved row: the sum of a column."""
Value = values.Value


class KeyRow(Record):
    """A row that can be asked: a layer, a block (its members' sum and last output), an input, or the total.

    `node` is where its output is read, None for the total; a `quiet` row is asked only where somebody lists it.
    """

    name: str
    kind: str
    node: str | None
    members: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    quiet: bool = False
    asked: bool | None = None


class KeyCell(Record):
    """One cell that is asked. `expected` is channels-last; `also` and the texts in `accept` are right as well."""

    row: KeyRow
    quantity: str
    expected: Value
    also: tuple[Value, ...] = ()
    accept: tuple[str, ...] = ()
    tolerance: Tolerance = Tolerance()
    marks: float = 1
    cao: bool = False


class Key(Record):
    """`graph` has its options as the conventions want them; `layers`, `shapes` and `fields` are its right answers."""

    name: str
    graph: Graph
    nodes: Mapping[str, Node]
    layers: Mapping[str, Layer]
    shapes: Mapping[str, Shape]
    fields: Mapping[str, Field | None]
    rows: tuple[KeyRow, ...]
    conventions: Conventions
    grading: Grading = Grading()
    version: str = ""

    def node(self, name: str) -> Node:
        """The layer of this name."""
        return self.nodes[name]

    def credit(self, what: str) -> float | None:
        """The share of the marks that the key gives a slip, or to follow_through, rounded and so on; None by default."""
        rule = self.grading.credit.get(what)
        return None if rule is None else float(rule.value)

    def asked_rows(self, seen: Collection[str] = ()) -> tuple[KeyRow, ...]:
        """The rows that are asked of everyone; `seen` are the names of those that the class lists."""
        if self.grading.only:
            named = {rule.row: i for i, rule in enumerate(self.grading.rows)}
            return tuple(
                sorted((row for row in self.rows if row.asked), key=lambda row: named.get(row.name, 0))
            )
        seen = set(seen)
        blocks = {row.name for row in self.rows if row.kind == "block" and (row.asked or row.name in seen)}
        return tuple(row for row in self.rows if self._is_asked(row, seen, blocks))

    def _is_asked(self, row: KeyRow, seen: Collection[str], blocks: Collection[str]) -> bool:
        if row.asked is not None:
            return row.asked
        if row.name in seen:
            return row.kind != "input"
        inside = any(row.name.startswith(block + ".") for block in blocks)
        return not row.quiet and not inside

    def cells(self, rows: tuple[KeyRow, ...], columns: tuple[str, ...]) -> tuple[KeyCell, ...]:
        """What is asked of these rows in these columns; one without value (the padding of an fc) or marks is left out."""
        return tuple(cell for row in rows for column in columns if (cell := self.cell(row, column, rows)))

    def cell(self, row: KeyRow, column: str, rows: tuple[KeyRow, ...] = ()) -> KeyCell | None:
        """One cell with its rules, None where there is nothing to ask."""
        found = list(self.expected(row, column, rows))
        if not found or found[0] is None:
            return None
        also = tuple(dict.fromkeys(v for v in found[1:] if v is not None and v != found[0]))
        marks, cao = self._rule("marks", row, column), self._rule("cao", row, column)
        if marks == 0:
            return None
        accept, tolerance = self._rule("accept", row, column), self._rule("tolerance", row, column)
        return KeyCell(
            row,
            column,
            found[0],
            also,
            accept or (),
            tolerance or Tolerance(),
            1 if marks is None else marks,
            bool(cao),
        )

    def _rule(self, what: str, row: KeyRow, column: str) -> Any:
        """The value of the most particular rule for a cell: of the cell, of its row, of its column, of everything."""
        best, rank = None, -1
        for rule in getattr(self.grading, what):
            if rule.row in (None, row.name) and rule.column in (None, column):
                own = 2 * (rule.row is not None) + (rule.column is not None)
                if own >= rank:
                    best, rank = rule.value, own
        return best

    def expected(self, row: KeyRow, column: str, rows: tuple[KeyRow, ...]) -> Iterator[Value | None]:
        """The right value of a cell, and after it those of other readings of the question that are right as well."""
        if row.kind == TOTAL:
            yield from self._totals(column, rows)
        elif row.kind == "input":
            yield self._input(row.name, column)
        elif column == "receptive_field":
            field = self.fields[row.node or ""]
            yield values.plain(field.size) if field else None
        elif row.kind == "block":
            last = self.value(row.members[-1], column)
            if column in ("activations", "memory"):
                yield last
            if column in values.SUMMED:
                yield self._sum(row.members, column)
            elif column == "output_shape":
                yield last
        else:
            yield self.value(row.name, column)

    def value(self, name: str, column: str) -> Value | None:
        """The right value of one layer."""
        layer = self.layers[name]
        return values.value_of(layer, values.word(layer), column, self.conventions)

    def _sum(self, names: Collection[str], column: str) -> int:
        found = (self.value(name, column) for name in names)
        return sum(value for value in found if isinstance(value, int))

    def _input(self, name: str, column: str) -> Value | None:
        shape = self.graph.inputs[name]
        if column == "output_shape":
            return shape
        if column == "activations":
            return self.conventions.batch * prod(shape)
        if column == "memory":
            return values.memory(self.conventions, prod(shape), 0)
        return 0 if column in values.SUMMED else None

    def _totals(self, column: str, rows: tuple[KeyRow, ...]) -> Iterator[Value | None]:
        """The sum over the network; of activations that over the rows asked, since a sheet has no row for a flatten."""
        if column not in values.SUMMED:
            return
        whole, listed = self._sum(self.layers, column), 0
        for row in rows:
            if row.kind in ("layer", "block"):
                value = next(self.expected(row, column, rows))
                listed += value if isinstance(value, int) else 0
        extra = 0
        if self.conventions.input_row == "yes":
            extra = sum(n for name in self.graph.inputs if isinstance(n := self._input(name, column), int))
        found = [whole + extra, listed + extra]
        yield from reversed(found) if column in ("activations", "memory") and listed else found[:1]


def make_key(graph: Graph, grading: Grading | None = None, conventions: Conventions | None = None, *,
             version: str = "") -> Key:  # fmt: skip
    """The key of a bound network. Raises SpecError where `grading` names a row that is not there, or nothing fits.

    `conventions` win over those of `grading`.
    """
    grading = grading or Grading()
    wanted = conventions or Conventions(**grading.conventions)
    nodes = tuple(
        node._replace(options=values.adapted(node.layer, node.options, wanted)) for node in graph.nodes
    )
    graph = graph._replace(nodes=nodes)
    shapes, layers = dict(graph.inputs), dict[str, Layer]()
    for node in nodes:
        layer = values.build(node.layer, node.options, tuple(shapes[name] for name in node.inputs))
        layers[node.name], shapes[node.name] = layer, layer.y
    fields = receptive_fields(graph, tuple(layers.values()))
    grading, rows = _placed(grading, _rows(graph, layers), graph, layers, wanted)
    return Key(
        graph.name,
        graph,
        {node.name: node for node in nodes},
        layers,
        shapes,
        fields,
        rows,
        wanted,
        grading,
        version,
    )


def _rows(graph: Graph, layers: Mapping[str, Layer]) -> list[KeyRow]:
    """Every row that can be asked, in order: inputs, layers, each block after its last layer, and the total."""
    rows = [KeyRow(name, "input", name, quiet=True) for name in graph.inputs]
    blocks: dict[str, list[str]] = {}
    for node in graph.nodes:
        parts = node.name.split(".")
        for i in range(1, len(parts)):
            blocks.setdefault(".".join(parts[:i]), []).append(node.name)
    ends: dict[str, list[str]] = {}
    for block, members in blocks.items():
        if block not in layers:
            ends.setdefault(members[-1], []).insert(0, block)
    for node in graph.nodes:
        rows.append(KeyRow(node.name, "layer", node.name, (node.name,), quiet=is_quiet(layers[node.name])))
        rows += [
            KeyRow(block, "block", node.name, tuple(blocks[block]), quiet=True)
            for block in ends.get(node.name, ())
        ]
    return [*rows, KeyRow(TOTAL, TOTAL, None, quiet=True)]


def is_quiet(layer: Layer) -> bool:
    """A row that most sheets leave out: nothing learned, nothing multiplied, and the shape handed on as it came."""
    if layer.view:
        return True
    return layer.y == layer.x and not any(layer.count(q) for q in ("weights", "biases", "macs"))


def _placed(grading: Grading, rows: list[KeyRow], graph: Graph, layers: Mapping[str, Layer],
            wanted: Conventions) -> tuple[Grading, tuple[KeyRow, ...]]:  # fmt: skip
    """The rules with the rows' own names, and the rows with what `rows` says of them."""
    found: list[Diagnostic] = []
    known = {plain(row.name): row.name for row in reversed(rows)}
    for named in grading.rows:
        known |= {plain(alias): named.row for alias in named.aliases}

    def real(name: str, node: Any) -> str:
        if plain(name) in known:
            return known[plain(name)]
        near = nearest(name, [row.name for row in rows])
        help = (
            _("did you mean {word}?").format(word=near)
            if near
            else _("there are {names}").format(names=" ".join(row.name for row in rows[:20]))
        )
        found.append(
            Diagnostic("SC305", _("the network has no row {name}").format(name=name), node.span, help)
        )
        return name

    def rule(r: Rule) -> Rule:
        return r if r.row is None else r._replace(row=real(r.row, r.node))

    changed = {
        what: tuple(map(rule, getattr(grading, what))) for what in ("marks", "accept", "tolerance", "cao")
    }
    said = tuple(named._replace(row=real(named.row, named.node)) for named in grading.rows)
    by_name = {named.row: named for named in said}
    if wanted.rounding == "exact":
        for node in graph.nodes:
            if not values.divides(layers[node.name]):
                message = _(
                    "{name}: a window does not fit a whole number of times, and sizes must divide exactly"
                )
                found.append(
                    Diagnostic(
                        "SC505",
                        message.format(name=node.name),
                        node.span,
                        _("change the network, or take rounding: floor"),
                    )
                )
    if found:
        raise SpecError(in_order(found))
    rows = [
        row._replace(aliases=by_name[row.name].aliases, asked=by_name[row.name].asked)
        if row.name in by_name
        else row
        for row in rows
    ]
    if grading.only:
        rows = [row._replace(asked=row.name in by_name) for row in rows]
    return grading._replace(rows=said, **changed), tuple(rows)


def plain(name: str) -> str:
    """A row's name without case, spaces and punctuation."""
    return "".join(c for c in name.casefold() if c.isalnum())


def columns_of(key: Key, seen: Collection[str]) -> tuple[str, ...]:
    """The columns that are asked: the key's, else those that the class filled in; in the order of an answer sheet."""
    return key.grading.columns or tuple(column for column in COLUMNS if column in seen)
