"""One student's sheet against the key: the rows in order, each on the key's values and on the student's own.

Pitfall: a cell is compared with the key first, whatever stands above it. Only what differs is worked out again on the
student's own values; a mistake is charged where it is made, and what follows from it keeps its marks.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from fractions import Fraction
from typing import Any

from ..engine.options import as_written
from ..errors import ShapeError
from ..graph import Node, Shape
from ..layers import Layer
from ..record import Record
from ..report.derivation import LayerDerivation
from ..report.grades import Cell, Diagnosis, Sheet, Style
from ..spec.grading import Tolerance
from ..text import _
from . import compare, values
from .answers import AnswerRow, HandIn, Reading
from .asked import Asked
from .key import Key, KeyCell, KeyRow
from .solution import solution
from .walk import Walk
from .working import working

Read = Callable[[str, str], Reading]
"""Reads the text of a cell in a column."""
Diagnose = Callable[..., Sequence[Any]]
"""Names the slips (id, rank, message, perhaps hint) that give a value: called with (asked, value, step=…)."""
BLANK = Reading("", "blank")


class Rules(Record):
    """How a run marks: with follow-through, a slip's marks lost once a sheet, a tolerance where the key has none."""

    follow: bool = True
    once: bool = False
    tolerance: Tolerance | None = None
    style: Style = Style()


class Marker:
    """Marks the sheets of a class; what was worked out for one student is kept for the next."""

    def __init__(
        self,
        key: Key,
        rows: tuple[KeyRow, ...],
        columns: tuple[str, ...],
        read: Read,
        diagnose: Diagnose | None = None,
        rules: Rules = Rules(),
    ) -> None:
        self.key, self.rules, self.rows = key, rules, rows
        self._read, self._diagnose = read, diagnose
        self.cells: dict[str, list[KeyCell]] = {row.name: [] for row in rows}
        for cell in key.cells(rows, columns):
            if rules.tolerance and cell.tolerance == Tolerance() and cell.quantity not in compare.SHAPES:
                cell = cell._replace(tolerance=rules.tolerance)
            self.cells[cell.row.name].append(cell)
        self.asked = tuple(row for row in rows if self.cells[row.name])
        self.at: dict[str, list[KeyRow]] = {}
        for row in self.asked:
            if row.node is not None:
                self.at.setdefault(row.node, []).append(row)
        self.unasked: dict[str, KeyCell] = {}
        """Shapes that bring no marks, of layers; a student's own go on all the same."""
        for row in (row for row in key.rows if row.kind == "layer"):
            if all(cell.quantity != "output_shape" for cell in self.cells.get(row.name, ())):
                self.unasked[row.name] = KeyCell(row, "output_shape", key.shapes[row.name])
                if row not in self.asked:
                    self.at.setdefault(row.name, []).insert(0, row)
        self._readings: dict[tuple[str, str], Reading] = {}
        self._layers: dict[tuple[str, tuple[Shape, ...]], Layer | None] = {}
        self._named: dict[Any, tuple[Diagnosis, ...]] = {}
        self.questions: dict[tuple[str, str], Asked | None] = {}
        """The cells as questions about the key's own values."""
        self._agreed: dict[tuple[str, str], bool] = {}
        self._works: dict[tuple[str, str], tuple[str, LayerDerivation | None]] = {}
        self._accepts: dict[tuple[str, str], list[tuple[str, Reading]]] = {}

    def mark(self, hand_in: HandIn, rows: Mapping[str, AnswerRow], strays: Sequence[str] = ()) -> Sheet:
        """The marked sheet; `rows` are the rows of the hand-in by the names of the key's rows."""
        walk = Walk(self, rows)
        found = {(cell.layer, cell.quantity): cell for cell in walk.run()}
        order = ((row.name, cell.quantity) for row in self.asked for cell in self.cells[row.name])
        cells = tuple(found[place] for place in order)
        if self.rules.once:
            cells = repeated(cells)
        return Sheet(
            hand_in.student,
            hand_in.file,
            cells,
            hand_in.problems,
            tuple(strays),
            hand_in.facts,
            self.key.name,
            self.rules.style,
        )

    def read(self, text: str, column: str) -> Reading:
        """The reading of a cell; a memory without a unit is in the key's."""
        place = (text, column)
        found = self._readings.get(place)
        if found is None:
            found = self._read(text, column) if text.strip() else BLANK
            scale = values.unit(self.key.conventions)
            if column == "memory" and scale > 1:
                found = scaled(found, scale)
            if len(self._readings) < 200_000:
                self._readings[place] = found
        return found

    def layer(self, node: Node, inputs: tuple[Shape, ...]) -> Layer | None:
        """The layer of a node on other inputs, None where they do not fit it."""
        place = (node.name, inputs)
        if place not in self._layers:
            try:
                self._layers[place] = values.build(node.layer, node.options, inputs)
            except ShapeError:
                self._layers[place] = None
        return self._layers[place]

    def verdict(self, cell: KeyCell, reading: Reading) -> compare.Verdict | None:
        """How a cell is right, None where it is not."""
        own = self.counted(cell, reading)
        for wanted in (cell.expected, *cell.also):
            if found := compare.judge(own, wanted, cell.quantity, self.key.conventions, cell.tolerance):
                if own.value == reading.value:
                    return found
                remark = _("right in {unit}, and this cell asks another count").format(unit=reading.unit)
                return compare.Verdict("equivalent", "equivalent", remark)
        if cell.accept and compare.accepted(reading, self._accepted(cell)):
            return compare.CORRECT
        if cell.quantity == "padding" and self._same_words(cell, reading):
            return compare.CORRECT
        return None

    def counted(self, cell: KeyCell, reading: Reading) -> Reading:
        """An answer that says what it counts, in what the cell asks; blank where that is another thing."""
        return (
            reading
            if not reading.unit
            else compare.counted(reading, cell.quantity, self.key.conventions) or BLANK
        )

    def _accepted(self, cell: KeyCell) -> list[tuple[str, Reading]]:
        place = (cell.row.name, cell.quantity)
        if place not in self._accepts:
            self._accepts[place] = [(text, self.read(text, cell.quantity)) for text in cell.accept]
        return self._accepts[place]

    def _same_words(self, cell: KeyCell, reading: Reading) -> bool:
        """Whether a padding in a word (`same`) comes to the key's padding on the key's input."""
        words = [word for word in (reading.value, reading.also) if isinstance(word, str)]
        if not words or cell.row.kind != "layer":
            return False
        node = self.key.node(cell.row.name)
        layer = self.key.layers[node.name]
        for word in words:
            options = {**node.options, "padding": word.strip().lower()}
            try:
                other = values.build(node.layer, options, layer.inputs)
            except (ShapeError, ValueError, TypeError, KeyError):
                continue
            if other.resolved()["padding"] == layer.resolved()["padding"]:
                return True
        return False

    def made(
        self, cell: KeyCell, reading: Reading, state: str, credit: float, remark: str = "", **more: Any
    ) -> Cell:
        """A marked cell, its values in the layout of the sheet."""
        layout, quantity = self.key.conventions.layout, cell.quantity

        def shown(value: Any) -> Any:
            return (
                as_written(value, layout)
                if quantity == "output_shape" and isinstance(value, tuple)
                else value
            )

        work, way = "", None
        if state not in compare.RIGHT or self.rules.style.reveal == "all":
            work, way = self._work(cell)
        value = reading.value if reading.state in ("read", "word", "wrong") else None
        return Cell(cell.row.name, quantity, reading.text, shown(value), shown(cell.expected), state, credit, cell.marks,
                    remark=remark, work=work, solution=way, **more)  # fmt: skip

    def _work(self, cell: KeyCell) -> tuple[str, LayerDerivation | None]:
        place = (cell.row.name, cell.quantity)
        if place not in self._works:
            told = self.rules.style.reveal != "never"
            self._works[place] = (working(self.key, cell), solution(self.key, cell) if told else None)
        return self._works[place]

    def right(self, cell: KeyCell, reading: Reading, verdict: compare.Verdict) -> Cell:
        """A cell that is right, with the key's credit for how it was written."""
        own = self.key.credit(verdict.credit) if verdict.credit else None
        return self.made(cell, reading, verdict.state, 1.0 if own is None else own, verdict.remark)

    def wrong(self, cell: KeyCell, reading: Reading, asked: Iterable[Asked], cause: str | None) -> Cell:
        """A cell that is wrong, with the slips that give its value and the key's credit for them."""
        remark = reading.reason if reading.state == "wrong" else ""
        if not remark and compare.too_coarse(reading, cell.expected):
            least = cell.tolerance.min_digits or self.key.conventions.min_digits
            remark = _("too few digits to tell: write {n} at least").format(n=least)
            if cell.tolerance.exact:
                remark = _("right as far as it goes, and the exact number is asked for")
        if cell.quantity == "output_shape" and compare.without_depth(reading, cell.expected):
            remark = _("height and width are right, and the depth is missing")
            share = self.key.credit("no_depth") or 0.0
            return self.made(
                cell, reading, "special_case" if share else "wrong", share, remark, caused_by=cause
            )
        found: tuple[Diagnosis, ...] = ()
        if not remark or reading.state == "wrong":
            found = next(filter(None, (self.diagnoses(a, reading) for a in asked)), ())
        credit = next((c for d in found if (c := self.slip_credit(d.id)) is not None), None)
        if credit:
            return self.made(cell, reading, "special_case", credit, remark, diagnoses=found, caused_by=cause)
        return self.made(cell, reading, "wrong", 0.0, remark, diagnoses=found, caused_by=cause)

    def slip_credit(self, name: str) -> float | None:
        """What the key gives a slip; a pair of slips gets the smaller share of the two."""
        own = self.key.credit(name)
        if own is not None or "+" not in name:
            return own
        parts = [self.key.credit(part) for part in name.split("+")]
        known = [share for share in parts if share is not None]
        return min(known) if len(known) == len(parts) else None

    def agrees(self, cell: KeyCell, asked: Asked) -> bool:
        """Whether the question that slips are looked for in has this cell's answer: a rare convention may change it."""
        place = (cell.row.name, cell.quantity)
        if place not in self._agreed:
            try:
                self._agreed[place] = asked.value() == cell.expected
            except (ShapeError, ValueError, NotImplementedError):
                self._agreed[place] = False
        return self._agreed[place]

    def diagnoses(self, asked: Asked, reading: Reading) -> tuple[Diagnosis, ...]:
        """The slips that give what was written, commonest first."""
        value = reading.value
        if self._diagnose is None or not isinstance(value, (int, tuple, Fraction)):
            return ()
        chain = tuple((a.word, a.inputs) for a in asked.earlier) if asked.earlier else ()
        place = (asked.quantity, asked.word, id(asked.options), asked.inputs, chain, value, reading.step)
        if place not in self._named:
            slips = self._diagnose(asked, value, step=reading.step)
            self._named[place] = tuple(
                Diagnosis(s.id, s.rank, s.message, getattr(s, "hint", ""), getattr(s, "work", ""))
                for s in slips
            )
        return self._named[place]


def repeated(cells: Iterable[Cell]) -> tuple[Cell, ...]:
    """A sheet where a slip costs its marks once: full credit for every later cell that it gave."""
    seen: dict[str, str] = {}
    found = []
    for cell in cells:
        name = cell.diagnoses[0].id if cell.diagnoses else ""
        if name in seen:
            cell = cell._replace(credit=1.0, repeated=True, caused_by=seen[name])
        elif name:
            seen[name] = cell.layer
        found.append(cell)
    return tuple(found)


def scaled(reading: Reading, scale: int) -> Reading:
    """A memory that was written without a unit, in bytes; rounded to the digits written."""
    if (
        reading.unit
        or not isinstance(reading.value, (int, Fraction))
        or any(c.isalpha() for c in reading.text)
    ):
        return reading
    value = reading.value * scale
    decimals = len(reading.text.partition(".")[2].strip())
    step = max(1, scale // 10**decimals)
    whole = int(value) if value == int(value) else round(value)
    return reading._replace(
        value=whole, step=reading.step * scale if reading.step else step, state="read", reason=""
    )
