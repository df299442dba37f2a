"""The answer key: a network with numbers under a teacher's conventions, the rows that are asked, and their marks.

Pitfall: what is asked belongs to the key or to the whole class and never to one sheet: a row that a student leaves out
is blank. Rows that change nothing (relu, dropout, the flatten before an fc) are asked only where somebody lists them,
and the input, which is given, only where the key says so.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from ..engine.receptive import receptive_fields
from ..errors import Diagnostic, ShapeError, SpecError, nearest
from ..graph import Graph, Node, Shape
from ..layers import Layer
from ..quantities import SUMMED
from ..record import Record
from ..report.table import Field
from ..spec import in_order
from ..spec.grading import Grading, Rule, Tolerance
from ..text import _
from .conventions import Conventions, adapted
from .plain import plain as together
from .question import TOTAL, Question, Unasked, Value


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
    """One cell that is asked, and its question, without the layers before it (`Key.whole` has them).

    `expected` is channels-last; `also` and the texts in `accept` are right as well.
    """

    row: KeyRow
    quantity: str
    expected: Value
    also: tuple[Value, ...] = ()
    accept: tuple[str, ...] = ()
    tolerance: Tolerance = Tolerance()
    marks: float = 1
    cao: bool = False
    question: Question | None = None


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

    def row(self, name: str) -> KeyRow:
        """The row of this name."""
        return next(row for row in self.rows if row.name == name)

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
        found = list(self.answers(row, column, rows))
        if not found or found[0][0] is None:
            return None
        (expected, question), others = found[0], (value for value, _question in found[1:])
        assert expected is not None
        also = tuple(dict.fromkeys(v for v in others if v is not None and v != expected))
        marks, cao = self._rule("marks", row, column), self._rule("cao", row, column)
        if marks == 0:
            return None
        accept, tolerance = self._rule("accept", row, column), self._rule("tolerance", row, column)
        return KeyCell(
            row,
            column,
            expected,
            also,
            accept or (),
            tolerance or Tolerance(),
            1 if marks is None else marks,
            bool(cao),
            question,
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

    def answers(
        self, row: KeyRow, column: str, rows: tuple[KeyRow, ...] = ()
    ) -> Iterator[tuple[Value | None, Question | None]]:
        """The right value of a cell with its question, and after it other readings that are right as well."""
        for question in self.readings(row, column, rows):
            if column == "receptive_field" and row.kind != "input":
                field = self.fields[row.node or ""]
                yield (together(field.size) if field else None), question
            else:
                yield value_of(question), question

    def readings(self, row: KeyRow, column: str, rows: tuple[KeyRow, ...] = ()) -> Iterator[Question]:
        """What a cell may ask: the last of a block or its sum; all the layers of a network or the rows asked."""
        if row.kind == TOTAL:
            if column in SUMMED:
                yield from self._totals(column, rows)
        elif row.kind == "input":
            if column in ("output_shape", *SUMMED):
                yield self.question(row.name, column)
        elif row.kind == "block":
            if column in ("output_shape", "activations", "memory", "receptive_field"):
                yield self.question(row.members[-1], column)
            if column in SUMMED:
                yield self.sum_of(row.members, column)
        else:
            yield self.question(row.name, column)

    def question(self, name: str, quantity: str) -> Question:
        """A quantity of one layer; of an input, that of handing it on."""
        if name in self.graph.inputs:
            return Question(quantity, "identity", {}, (self.graph.inputs[name],), (), self.conventions)
        node = self.nodes[name]
        return Question(quantity, node.layer, node.options, self.layers[name].inputs, (), self.conventions)

    def sum_of(self, names: Collection[str], quantity: str) -> Question:
        """A sum over layers."""
        inputs = tuple(self.graph.inputs.values())[:1]
        parts = tuple(self.question(name, quantity) for name in names)
        return Question(quantity, TOTAL, {}, inputs, parts, self.conventions)

    def whole(self, cell: KeyCell) -> Question | None:
        """The question of a cell with the layers that lead to it, the first one first."""
        question, name = cell.question, cell.row.members[-1] if cell.row.members else None
        if question is None or question.word == TOTAL or name is None:
            return question
        if cell.quantity == "receptive_field":
            return self._main_path(name)
        before: list[Question] = []
        name = self.nodes[name].inputs[0]
        while name not in self.graph.inputs:
            before.append(self.question(name, cell.quantity))
            name = self.nodes[name].inputs[0]
        return question._replace(earlier=tuple(reversed(before)))

    def _main_path(self, name: str) -> Question:
        """A receptive field along the path that sees most; a join looks at nothing and is left out."""
        path: list[Question] = []
        while name not in self.graph.inputs:
            inputs = self.nodes[name].inputs
            if len(inputs) == 1:
                path.append(self.question(name, "receptive_field"))
            last, name = name, max(inputs, key=self._seen)
        if not path:
            return self.question(last, "receptive_field")
        return path[0]._replace(earlier=tuple(reversed(path[1:])))

    def _seen(self, name: str) -> tuple[int, ...]:
        axes = self.fields.get(name)
        return tuple(axes.size) if axes else ()

    def work(self, cell: KeyCell) -> str:
        """How a cell is worked out; empty where there is nothing to show, or several paths make it."""
        question = self.whole(cell) if cell.quantity == "receptive_field" else cell.question
        if question is None or value_of(question) != cell.expected:
            return ""
        return question.work()

    def _totals(self, column: str, rows: tuple[KeyRow, ...]) -> Iterator[Question]:
        """The sum over the network; of activations that over the rows asked, since a sheet has no row for a flatten."""
        inputs = tuple(self.graph.inputs) if self.conventions.input_row == "yes" else ()
        whole = self.sum_of((*inputs, *self.layers), column)
        listed = [row.node for row in rows if row.kind in ("layer", "block") and row.node]
        if column in ("activations", "memory") and listed:
            yield self.sum_of((*inputs, *listed), column)
        yield whole


def value_of(question: Question) -> Value | None:
    """The right answer; None where the layer has no such quantity (the padding of a fully connected one)."""
    try:
        return question.value()
    except (Unasked, ShapeError):
        return None


def make_key(graph: Graph, grading: Grading | None = None, conventions: Conventions | None = None, *,
             version: str = "") -> Key:  # fmt: skip
    """The key of a bound network. Raises SpecError where `grading` names a row that is not there, or nothing fits.

    `conventions` win over those of `grading`.
    """
    grading = grading or Grading()
    wanted = conventions or Conventions(**grading.conventions)
    nodes = tuple(node._replace(options=adapted(node.layer, node.options, wanted)) for node in graph.nodes)
    graph = graph._replace(nodes=nodes)
    shapes, layers = dict(graph.inputs), dict[str, Layer]()
    for node in nodes:
        inputs = tuple(shapes[name] for name in node.inputs)
        layer = Question("output_shape", node.layer, node.options, inputs).layer()
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


def _divides(layer: Layer) -> bool:
    """Return True if every window fits a whole number of times."""
    return all(not w.unread for w in getattr(layer, "windows", ()))


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
            if not _divides(layers[node.name]):
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
