"""The way through one sheet: which of the student's own values goes into the next row, and where each error began.

A missing row passes the student's last value on, worked out or as it was; a blank, unreadable or impossible cell in a
row that is there feeds the key's, and so does a missing row before the first shape that is given: a sheet of parameters
lists no pools, and has forgotten none. Pitfall: only what differs from the key is held, so that a right sheet costs nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial
from typing import Any

from ..errors import ShapeError
from ..graph import Node, Shape
from ..layers import Layer
from ..report.grades import Cell
from . import compare, follow
from .answers import AnswerRow, Reading
from .judging import Candidates, Judge
from .key import Key, KeyCell, KeyRow, value_of
from .plain import plain
from .question import TOTAL, Question

MOST = 3
"""Values of its own that a row can have, where rows before it are missing."""
MISTAKEN = ("follow_through", "wrong", "special_case")


class Asked:
    """What a key asks of everyone, laid out for the way: the rows at each layer, and shapes that bring no marks."""

    def __init__(
        self,
        key: Key,
        rows: tuple[KeyRow, ...],
        asked: tuple[KeyRow, ...],
        cells: Mapping[str, list[KeyCell]],
    ) -> None:
        self.key, self.rows, self.asked, self.cells = key, rows, asked, cells
        self.at: dict[str, list[KeyRow]] = {}
        for row in asked:
            if row.node is not None:
                self.at.setdefault(row.node, []).append(row)
        self.unasked: dict[str, KeyCell] = {}
        """Shapes that bring no marks, of layers; a student's own go on all the same."""
        for row in (row for row in key.rows if row.kind == "layer"):
            if all(cell.quantity != "output_shape" for cell in cells.get(row.name, ())):
                self.unasked[row.name] = KeyCell(row, "output_shape", key.shapes[row.name])
                if row not in asked:
                    self.at.setdefault(row.name, []).insert(0, row)
        self._layers: dict[tuple[str, tuple[Shape, ...]], Layer | None] = {}
        self._questions: dict[tuple[str, str], Question | None] = {}

    def layer(self, node: Node, inputs: tuple[Shape, ...]) -> Layer | None:
        """The layer of a node on other inputs, None where they do not fit it."""
        place = (node.name, inputs)
        if place not in self._layers:
            try:
                self._layers[place] = self.key.question(node.name, "output_shape").on(*inputs).layer()
            except ShapeError:
                self._layers[place] = None
        return self._layers[place]

    def question(self, cell: KeyCell) -> Question | None:
        """A cell's question with the layers before it; None where it has another answer than the key."""
        place = (cell.row.name, cell.quantity)
        if place not in self._questions:
            whole = self.key.whole(cell)
            self._questions[place] = whole if whole and value_of(whole) == cell.expected else None
        return self._questions[place]


class Walk:
    """One student's values where they differ from the key's: shapes by name, receptive fields, and whose error each is."""

    def __init__(self, judge: Judge, plan: Asked, rows: Mapping[str, AnswerRow]) -> None:
        self.judge, self.plan, self.key, self.rows = judge, plan, plan.key, rows
        self.own: dict[str, tuple[Shape, ...]] = {}
        self.origin: dict[str, str] = {}
        self.layers: dict[str, Layer] = {}
        self.ways: dict[str, tuple[Layer, ...]] = {}
        self.fields: dict[str, Shape] = {}
        self.field_origin: dict[str, str] = {}
        self.turned = False
        self.begun = False
        """True once a shape of the student's own was read."""
        self.done: list[Cell] = []
        self.columns: dict[str, list[tuple[KeyRow, Any]]] = {}

    def run(self) -> list[Cell]:
        """Every asked cell, marked."""
        at, cells = self.plan.at, self.plan.cells
        for name in self.key.graph.inputs:
            for row in at.get(name, ()):
                self.row(row, None)
        for node in self.key.graph.nodes:
            rows = at.get(node.name, ())
            layers = self.own_layers(node) if self.own else ()
            if self.fields:
                self.pass_field(node)
            if layers:
                self.layers[node.name], self.ways[node.name] = layers[0], layers
            if not any(self.says(row) for row in rows):
                missing = next((row for row in rows if cells.get(row.name) and not row.quiet), None)
                self.pass_on(node, layers, missing if self.begun else None)
            for row in rows:
                self.row(row, node)
        for row in self.plan.asked:
            if row.kind == TOTAL:
                self.total(row)
        return self.done

    def says(self, row: KeyRow) -> bool:
        """Return True if a row is there: one that brings no marks, only with a shape in it."""
        answer = self.rows.get(row.name)
        return answer is not None and bool(
            self.plan.cells.get(row.name) or answer.cells.get("output_shape", "").strip()
        )

    def own_layers(self, node: Node) -> tuple[Layer, ...]:
        """The layer on the student's own inputs, for each way they may be meant; none where they are the key's or unfit."""
        if not any(name in self.own for name in node.inputs):
            return ()
        ways = [self.own.get(name) or (self.key.shapes[name],) for name in node.inputs]
        inputs = (tuple(way[min(i, len(way) - 1)] for way in ways) for i in range(max(map(len, ways))))
        layers = (self.plan.layer(node, way) for way in dict.fromkeys(inputs))
        return tuple(layer for layer in layers if layer)

    def cause(self, node: Node) -> str | None:
        """The row whose mistake reaches this node."""
        return next((self.origin[name] for name in node.inputs if name in self.origin), None)

    def pass_on(self, node: Node, layers: tuple[Layer, ...], missing: KeyRow | None = None) -> None:
        """A node without an answer: its value on the student's own inputs, and for a missing row these as they were."""
        shapes = [layer.y for layer in layers]
        key = self.key.shapes[node.name]
        if missing and len(node.inputs) == 1:
            shapes = shapes or [key]
            shapes += self.own.get(node.inputs[0]) or (self.key.shapes[node.inputs[0]],)
        shapes = list(dict.fromkeys(shapes))[:MOST]
        if any(shape != key for shape in shapes):
            origin = self.cause(node) or (missing.name if missing else None)
            self.own[node.name] = tuple(shapes)
            self.origin[node.name] = origin or node.name

    def row(self, row: KeyRow, node: Node | None) -> None:
        """All asked cells of one row, in the order of the columns."""
        answer = self.rows.get(row.name)
        got: dict[str, Any] = {}
        shape = self.plan.unasked.get(row.name)
        if shape and answer and answer.cells.get("output_shape", "").strip():
            self.shape(shape, self.judge.read(answer.cells["output_shape"], "output_shape"), node)
        for cell in self.plan.cells.get(row.name, ()):
            text = answer.cells.get(cell.quantity, "") if answer else ""
            reading = self.judge.read(text, cell.quantity)
            if cell.quantity == "output_shape":
                marked = self.shape(cell, reading, node)
            elif cell.quantity == "receptive_field":
                marked = self.field(cell, reading, node)
            else:
                marked = self.cell(cell, reading, node, partial(self.steps, cell, node, got))
            value = reading.value if reading.state == "read" else None
            if answer and value is not None:
                got[cell.quantity] = value
            self.columns.setdefault(cell.quantity, []).append((row, value))
            self.done.append(marked)

    def cell(self, cell: KeyCell, reading: Reading, node: Node | None, steps: Candidates) -> Cell:
        """One cell: right, a right step, or wrong."""
        clash = self.cause(node) if node and self.clashes(node) else None
        marked = self.judge.judge(cell, reading, steps, partial(self.questions, cell), clash)
        if marked.state == "equivalent" and not self.turned:
            verdict = self.judge.verdict(cell, reading)
            self.turned = verdict is not None and verdict.credit == "layout"
        return marked

    def clashes(self, node: Node) -> bool:
        """Return True if the student's own inputs do not fit this layer: unequal branches, a window too large."""
        return any(name in self.own for name in node.inputs) and node.name not in self.layers

    def steps(
        self, cell: KeyCell, node: Node | None, got: Mapping[str, Any]
    ) -> Iterator[tuple[Any, str | None]]:
        """The right steps for a number: on what goes in, on the shape written beside it, on other numbers beside it."""
        row, question = cell.row, cell.question
        if question is None:
            return
        if node is None:
            for shape in self.own.get(row.name, ()):
                for value in follow.values(question.on(shape).value):
                    yield value, self.origin[row.name]
            return
        last = self.key.question(node.name, cell.quantity)
        cause = self.cause(node) or self.first_cause(row)
        for value in follow.on_inputs(self.key, row, question, self.inputs_of):
            yield value, cause
        base = self.key.layers[node.name]
        if node.name in self.own and row.name in self.rows:
            y = self.own[node.name][0]
            for inputs in (*self.inputs_of(node.name), base.inputs):
                for value in follow.on_output(last.on(*inputs), y):
                    yield value, self.origin.get(node.name)
        y = (self.own.get(node.name) or (base.y,))[0]
        for value in follow.on_cells(last, y, got):
            yield value, row.name

    def inputs_of(self, name: str) -> tuple[tuple[Shape, ...], ...]:
        """The student's own inputs of a layer, for each way they may be meant."""
        return tuple(layer.inputs for layer in self.ways.get(name, ()))

    def first_cause(self, row: KeyRow) -> str | None:
        """For a block: the mistake that reaches any of its layers."""
        causes = (self.cause(self.key.node(name)) for name in row.members)
        return next(filter(None, causes), None)

    def shape(self, cell: KeyCell, reading: Reading, node: Node | None) -> Cell:
        """An output shape; what is written here goes into the next rows, if it can."""
        row = cell.row
        layers = self.ways.get(node.name, ()) if node else ()
        cause = self.cause(node) if node else None
        marked = self.cell(cell, reading, node, lambda: iter([(layer.y, cause) for layer in layers]))
        name = row.node or row.name
        if row.name not in self.rows:
            return marked
        self.begun = self.begun or reading.state == "read"
        self.own.pop(name, None)
        self.origin.pop(name, None)
        if marked.state in MISTAKEN and isinstance(cell.expected, tuple):
            value = self.fed(reading, cell.expected, layers)
            if value and value != cell.expected:
                self.own[name] = (value,)
                self.origin[name] = marked.caused_by or row.name
        return marked

    def fed(self, reading: Reading, wanted: Shape, layers: tuple[Layer, ...]) -> Shape | None:
        """The shape that the next row gets, channels-last; None where it is none of this kind."""
        for value in (reading.value, reading.also):
            shape = (value,) if isinstance(value, int) else value
            if not isinstance(shape, tuple) or any(not isinstance(n, int) or n < 1 for n in shape):
                continue
            if len(shape) == len(wanted) + 1:
                shape = compare.unbatched(shape, self.key.conventions) or shape
            if len(wanted) == 1 and len(shape) > 1:
                shape = compare.squeezed(shape)
            if len(shape) == 1 < len(wanted) and (
                set(wanted[:-1]) == {1} or compare.written_axes(reading) == len(wanted)
            ):
                shape = (*(1,) * (len(wanted) - 1), *shape)
            if len(shape) != len(wanted):
                continue
            other = compare.turned(shape, self.key.conventions) if len(shape) > 1 else shape
            if any(layer.y == other for layer in layers) or (
                self.turned and not any(layer.y == shape for layer in layers)
            ):
                return other
            return shape
        return None

    def field(self, cell: KeyCell, reading: Reading, node: Node | None) -> Cell:
        """A receptive field; the student's own goes on as his shapes do."""
        row = cell.row
        name = row.node or row.name
        own, origin = self.fields.get(name), self.field_origin.get(name)
        marked = self.cell(cell, reading, None, lambda: iter([(plain(own), origin)] if own else []))
        if row.name not in self.rows:
            return marked
        self.fields.pop(name, None)
        axes = self.key.fields[name]
        if marked.state in MISTAKEN and axes:
            value = reading.value
            size = (value,) * len(axes.size) if isinstance(value, int) else value
            if isinstance(size, tuple) and len(size) == len(axes.size):
                self.fields[name] = size
                self.field_origin[name] = marked.caused_by or row.name
        return marked

    def pass_field(self, node: Node) -> None:
        """The student's own receptive field, grown by a layer."""
        source = node.inputs[0]
        if source in self.fields and (size := follow.grown(self.key, node.name, self.fields[source])):
            self.fields[node.name] = size
            self.field_origin[node.name] = self.field_origin[source]

    def total(self, row: KeyRow) -> None:
        """The total: right, or the sum of what the student wrote above, blanks as nothing or as the key has them."""
        answer = self.rows.get(row.name)
        for cell in self.plan.cells[row.name]:
            reading = self.judge.read(answer.cells.get(cell.quantity, "") if answer else "", cell.quantity)
            self.done.append(self.cell(cell, reading, None, partial(self.sums, cell.quantity)))

    def sums(self, quantity: str) -> Iterator[tuple[Any, str | None]]:
        """Sums over the column as it was written, with the first row that is not right."""
        column = [
            (row, value) for row, value in self.columns.get(quantity, ())
            if row.kind != "input" or self.key.conventions.input_row == "yes"
        ]  # fmt: skip
        off = (c for c in self.done if c.quantity == quantity and not c.right)
        first = next((c.caused_by or c.layer for c in off), None)
        written = [value for _row, value in column if isinstance(value, int)]
        if written:
            yield sum(written), first
        filled = (
            value if isinstance(value, int) else next(self.key.answers(row, quantity, self.plan.rows))[0]
            for row, value in column
        )
        yield sum(value for value in filled if isinstance(value, int)), first

    def questions(self, cell: KeyCell) -> Iterator[Question]:
        """What a slip may have been made in: the layer on the student's own inputs first, then on the key's."""
        right = self.plan.question(cell)
        if right is None:
            return
        sized = cell.quantity != "receptive_field"  # a field depends on no shape
        if self.layers and sized and (cell.row.members or cell.row.kind == TOTAL):
            own = self.mine(right, cell)
            if own != right:
                yield own
        yield right

    def mine(self, right: Question, cell: KeyCell) -> Question:
        """The question on the student's own inputs, the key's where there are none or they do not fit."""
        if right.word == TOTAL:
            names = cell.row.members or tuple(self.key.layers)
            if len(names) != len(right.earlier):
                return right
            return right._replace(earlier=tuple(map(self.moved, right.earlier, names)))
        way = [cell.row.members[-1]]
        while len(way) <= len(right.earlier):
            way.append(self.key.node(way[-1]).inputs[0])
        chain = tuple(map(self.moved, right.earlier, reversed(way[1:])))
        return self.moved(right, way[0])._replace(earlier=chain)

    def moved(self, question: Question, name: str) -> Question:
        layer = self.layers.get(name)
        return question.on(*layer.inputs) if layer else question
