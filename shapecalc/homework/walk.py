"""The way through one sheet: which of the student's own values goes into the next row, and where each error began.

A missing row passes the student's last value on, worked out or as it was; a blank, unreadable or impossible cell in a
row that is there feeds the key's, and so does a missing row before the first shape that is given: a sheet of parameters
lists no pools, and has forgotten none. Pitfall: only what differs from the key is held, so that a right sheet costs nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import TYPE_CHECKING, Any

from ..graph import Node, Shape
from ..layers import Layer
from ..report.grades import Cell
from . import compare, follow, values
from .answers import AnswerRow, Reading
from .asked import Asked
from .key import TOTAL, KeyCell, KeyRow

if TYPE_CHECKING:
    from .marking import Marker

MOST = 3
"""Values of its own that a row can have, where rows before it are missing."""
Candidates = Callable[[], Iterator[tuple[Any, "str | None"]]]
"""Values that are the right step on the student's own, each with the row where the difference began."""


class Walk:
    """One student's values where they differ from the key's: shapes by name, receptive fields, and whose error each is."""

    def __init__(self, marker: Marker, rows: Mapping[str, AnswerRow]) -> None:
        self.marker, self.key, self.rows = marker, marker.key, rows
        self.own: dict[str, tuple[Shape, ...]] = {}
        self.origin: dict[str, str] = {}
        self.layers: dict[str, Layer] = {}
        self.fields: dict[str, Shape] = {}
        self.field_origin: dict[str, str] = {}
        self.turned = False
        self.begun = False
        """Whether a shape of the student's own was read."""
        self.done: list[Cell] = []
        self.columns: dict[str, list[tuple[KeyRow, Any]]] = {}

    def run(self) -> list[Cell]:
        """Every asked cell, marked."""
        at, cells = self.marker.at, self.marker.cells
        for name in self.key.graph.inputs:
            for row in at.get(name, ()):
                self.row(row, None, ())
        for node in self.key.graph.nodes:
            rows = at.get(node.name, ())
            layers = self.own_layers(node) if self.own else ()
            if self.fields:
                self.pass_field(node)
            if layers:
                self.layers[node.name] = layers[0]
            if not any(self.says(row) for row in rows):
                missing = next((row for row in rows if cells.get(row.name) and not row.quiet), None)
                self.pass_on(node, layers, missing if self.begun else None)
            for row in rows:
                self.row(row, node, layers)
        for row in self.marker.asked:
            if row.kind == TOTAL:
                self.total(row)
        return self.done

    def says(self, row: KeyRow) -> bool:
        """Whether a row is there: one that brings no marks, only with a shape in it."""
        answer = self.rows.get(row.name)
        return answer is not None and bool(
            self.marker.cells.get(row.name) or answer.cells.get("output_shape", "").strip()
        )

    def own_layers(self, node: Node) -> tuple[Layer, ...]:
        """The layer on the student's own inputs, for each way they may be meant; none where they are the key's or unfit."""
        if not any(name in self.own for name in node.inputs):
            return ()
        ways = [self.own.get(name) or (self.key.shapes[name],) for name in node.inputs]
        inputs = (tuple(way[min(i, len(way) - 1)] for way in ways) for i in range(max(map(len, ways))))
        found = (self.marker.layer(node, way) for way in dict.fromkeys(inputs))
        return tuple(layer for layer in found if layer)

    def cause(self, node: Node) -> str | None:
        """The row whose mistake reaches this node."""
        return next((self.origin[name] for name in node.inputs if name in self.origin), None)

    def pass_on(self, node: Node, layers: tuple[Layer, ...], missing: KeyRow | None = None) -> None:
        """A node without an answer: its value on the student's own inputs, and for a missing row these as they were."""
        found = [layer.y for layer in layers]
        key = self.key.shapes[node.name]
        if missing and len(node.inputs) == 1:
            found = found or [key]
            found += self.own.get(node.inputs[0]) or (self.key.shapes[node.inputs[0]],)
        found = list(dict.fromkeys(found))[:MOST]
        if any(shape != key for shape in found):
            origin = self.cause(node) or (missing.name if missing else None)
            self.own[node.name] = tuple(found)
            self.origin[node.name] = origin or node.name

    def row(self, row: KeyRow, node: Node | None, layers: tuple[Layer, ...]) -> None:
        """All asked cells of one row, in the order of the columns."""
        answer = self.rows.get(row.name)
        got: dict[str, Any] = {}
        shape = self.marker.unasked.get(row.name)
        if shape and answer and answer.cells.get("output_shape", "").strip():
            self.shape(
                shape, self.marker.read(answer.cells["output_shape"], "output_shape"), row, node, layers
            )
        for cell in self.marker.cells.get(row.name, ()):
            text = answer.cells.get(cell.quantity, "") if answer else ""
            reading = self.marker.read(text, cell.quantity)
            if cell.quantity == "output_shape":
                marked = self.shape(cell, reading, row, node, layers)
            elif cell.quantity == "receptive_field":
                marked = self.field(cell, reading, row)
            else:
                marked = self.cell(cell, reading, node, self.steps(row, cell.quantity, node, layers, got))
            if answer and reading.state == "read":
                got[cell.quantity] = reading.value
            self.columns.setdefault(cell.quantity, []).append(
                (row, reading.value if reading.state == "read" else None)
            )
            self.done.append(marked)

    def cell(self, cell: KeyCell, reading: Reading, node: Node | None, steps: Candidates) -> Cell:
        """One cell: right, a right step, or wrong."""
        marker = self.marker
        if verdict := marker.verdict(cell, reading):
            self.turned = self.turned or verdict.credit == "layout"
            return marker.right(cell, reading, verdict)
        if reading.state == "blank":
            return marker.made(cell, reading, "blank", 0.0)
        if reading.state == "unreadable":
            return marker.made(cell, reading, "unreadable", 0.0, reading.reason)
        if marker.rules.follow and not cell.cao:
            own = marker.counted(cell, reading)
            for value, origin in steps():
                if value is None or value == cell.expected:
                    continue
                if compare.judge(own, value, cell.quantity, self.key.conventions, cell.tolerance):
                    credit = self.key.credit("follow_through")
                    return marker.made(
                        cell, reading, "follow_through", 1.0 if credit is None else credit, caused_by=origin
                    )
        clash = self.cause(node) if node and self.clashes(node) else None
        return marker.wrong(cell, reading, self.asked(cell, node), clash)

    def clashes(self, node: Node) -> bool:
        """Whether the student's own inputs do not fit this layer: unequal branches, a window larger than the map."""
        return any(name in self.own for name in node.inputs) and node.name not in self.layers

    def steps(
        self, row: KeyRow, quantity: str, node: Node | None, layers: tuple[Layer, ...], got: Mapping[str, Any]
    ) -> Candidates:
        """The right steps for a number: on what goes in, on the shape written beside it, on other numbers beside it."""

        def found() -> Iterator[tuple[Any, str | None]]:
            used = self.key.conventions
            if node is None:
                shapes = self.own.get(row.name, ())
                for shape in shapes:
                    yield from (
                        (v, self.origin[row.name])
                        for v, _why in follow.from_shape(used, quantity, shape, (), got)
                    )
                return
            base = self.key.layers[node.name]
            cause = self.cause(node)
            for value, _why in follow.from_inputs(self.key, row, quantity, layers, self.layers):
                yield value, cause or self.first_cause(row)
            if node.name in self.own and row.name in self.rows:
                y = self.own[node.name][0]
                for value, _why in follow.from_shape(used, quantity, y, (*layers, base), got):
                    yield value, self.origin.get(node.name)
            y = (self.own.get(node.name) or (base.y,))[0]
            for value, _why in follow.from_cells(used, quantity, base, y, got):
                yield value, row.name

        return found

    def first_cause(self, row: KeyRow) -> str | None:
        """For a block: the mistake that reaches any of its layers."""
        causes = (self.cause(self.key.node(name)) for name in row.members)
        return next(filter(None, causes), None)

    def shape(
        self, cell: KeyCell, reading: Reading, row: KeyRow, node: Node | None, layers: tuple[Layer, ...]
    ) -> Cell:
        """An output shape; what is written here goes into the next rows, if it can."""
        cause = self.cause(node) if node else None
        marked = self.cell(cell, reading, node, lambda: iter([(layer.y, cause) for layer in layers]))
        name = row.node or row.name
        if row.name not in self.rows:
            return marked
        self.begun = self.begun or reading.state == "read"
        self.own.pop(name, None)
        self.origin.pop(name, None)
        if marked.state in ("follow_through", "wrong", "special_case") and isinstance(cell.expected, tuple):
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

    def field(self, cell: KeyCell, reading: Reading, row: KeyRow) -> Cell:
        """A receptive field; the student's own goes on as his shapes do."""
        name = row.node or row.name
        own = self.fields.get(name)
        origin = self.field_origin.get(name)
        marked = self.cell(cell, reading, None, lambda: iter([(values.plain(own), origin)] if own else []))
        if marked.state == "wrong" and row.kind == "layer":
            node = self.key.node(name)
            marked = self.marker.wrong(cell, reading, self.asked(cell, node), None)
        if row.name in self.rows:
            self.fields.pop(name, None)
            if marked.state in ("follow_through", "wrong", "special_case") and (
                axes := self.key.fields[name]
            ):
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
        for cell in self.marker.cells[row.name]:
            reading = self.marker.read(answer.cells.get(cell.quantity, "") if answer else "", cell.quantity)
            self.done.append(self.cell(cell, reading, None, partial(self.sums, cell.quantity)))

    def sums(self, quantity: str) -> Iterator[tuple[Any, str | None]]:
        """Sums over the column as it was written, with the first row that is not right."""
        column = [
            (r, v) for r, v in self.columns.get(quantity, ())
            if r.kind != "input" or self.key.conventions.input_row == "yes"
        ]  # fmt: skip
        off = (c for c in self.done if c.quantity == quantity and not c.right)
        first = next((c.caused_by or c.layer for c in off), None)
        written = [v for _row, v in column if isinstance(v, int)]
        if written:
            yield sum(written), first
        filled = (
            v if isinstance(v, int) else next(self.key.expected(r, quantity, self.marker.rows))
            for r, v in column
        )
        yield sum(v for v in filled if isinstance(v, int)), first

    def asked(self, cell: KeyCell, node: Node | None) -> Iterator[Asked]:
        """What a slip may have been made in: the layer on the student's own inputs first, then on the key's."""
        place, known = (cell.row.name, cell.quantity), self.marker.questions
        if place not in known:
            known[place] = self.question(cell, node, own=False)
        right = known[place]
        if right is None or not self.marker.agrees(cell, right):
            return
        own = self.question(cell, node, own=True) if self.layers else None
        if own is not None and own != right:
            yield own
        yield right

    def question(self, cell: KeyCell, node: Node | None, own: bool) -> Asked | None:
        """The cell as a question about a layer or a whole network, on the student's own inputs or the key's."""
        if cell.row.kind == TOTAL:
            chain = tuple(self.one(cell.quantity, n, self.inputs_of(n, own)) for n in self.key.graph.nodes)
            inputs = tuple(self.key.graph.inputs.values())[:1]
            return Asked(cell.quantity, TOTAL, {}, inputs, chain, self.key.conventions)
        if cell.row.kind != "layer" or node is None:
            return None
        found: list[Asked] = []
        name = node.inputs[0]
        while name not in self.key.graph.inputs:
            before = self.key.node(name)
            found.append(self.one(cell.quantity, before, self.inputs_of(before, own)))
            name = before.inputs[0]
        return self.one(cell.quantity, node, self.inputs_of(node, own))._replace(
            earlier=tuple(reversed(found))
        )

    def one(self, quantity: str, node: Node, inputs: tuple[Shape, ...]) -> Asked:
        return Asked(quantity, node.layer, node.options, inputs, (), self.key.conventions)

    def inputs_of(self, node: Node, own: bool) -> tuple[Shape, ...]:
        """The student's own inputs of a node, the key's where there are none or they do not fit."""
        layer = self.layers.get(node.name) if own else None
        return layer.inputs if layer else self.key.layers[node.name].inputs
