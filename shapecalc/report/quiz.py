"""A worksheet: the table of a network with blanks in it, and beside every blank what belongs there.

Pitfall: the right values are in here, so a renderer of a sheet for students prints `mark`, never `value`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from ..quantities import LABELS
from ..record import Record
from ..text import _, labelled, listed
from .grid import Column, Grid

Value = int | tuple[int, ...]

SHAPES = ("output_shape", "receptive_field")
RULE = "________"


class Wrong(Record):
    """A wrong value that people give: the slip behind it (`id` empty: none), in a sentence, and the credit it keeps."""

    value: Value
    id: str
    message: str
    credit: float = 0.0


class Choice(Record):
    """One answer to choose: its letter, and where it is wrong, the slip that gives it."""

    letter: str
    value: Value
    right: bool
    id: str = ""
    message: str = ""


class Blank(Record):
    """A cell to be filled in: `value` is right (shapes in the sheet's layout), `work` how it is worked out.

    `also` are other right answers, where there are several: paddings that give the same output.
    """

    number: int
    row: str
    column: str
    value: Value
    question: str
    axes: tuple[str, ...] = ()
    marks: float = 1
    wrong: tuple[Wrong, ...] = ()
    choices: tuple[Choice, ...] = ()
    work: str = ""
    also: tuple[int, ...] = ()

    @property
    def letter(self) -> str:
        """The right choice's letter."""
        return next((choice.letter for choice in self.choices if choice.right), "")


class Line(Record):
    """A row of the sheet; a cell is a value, a Blank, or None where the layer has no such number.

    `quiet` is a layer that most sheets leave out (relu, dropout, flatten); the input's row is not `asked`.
    """

    name: str
    operation: str
    cells: tuple[Any, ...]
    quiet: bool = False
    asked: bool = True


class Quiz(Record):
    """One worksheet. `student` and `seed` say whose it is; `filled` shows the right values instead of the blanks.

    `blank` is what a blank looks like, empty for a rule to write on (with choices, the question's number); `nothing`
    stands where a layer has no such number; `asserts` is for a notebook that marks itself.
    """

    name: str
    columns: tuple[str, ...]
    lines: tuple[Line, ...]
    conventions: tuple[str, ...]
    layout: str = "HWC"
    student: str = ""
    seed: int = 0
    spec: str = ""
    blank: str = ""
    nothing: str = "–"
    filled: bool = False
    asserts: bool = False

    @property
    def blanks(self) -> tuple[Blank, ...]:
        """Everything that is asked, in the order of the sheet."""
        return tuple(cell for line in self.lines for cell in line.cells if isinstance(cell, Blank))

    @property
    def chosen(self) -> bool:
        """Whether answers are chosen, not written."""
        return any(blank.choices for blank in self.blanks)

    @property
    def marks(self) -> float:
        """All marks that can be had."""
        total = sum(blank.marks for blank in self.blanks)
        return int(total) if total == int(total) else total

    @property
    def heading(self) -> str:
        """The network, and what is to be done."""
        if self.filled:
            head = _("{name}: the answers")
        else:
            head = _("{name}: choose the answers") if self.chosen else _("{name}: fill in the blanks")
        return head.format(name=self.name)

    @property
    def title(self) -> str:
        """The heading, whose sheet it is, and room for the marks."""
        student = self.student or ("" if self.filled else "_" * 20)
        whose = _("name: {student}").format(student=student) if student else ""
        room = "" if self.filled else f"____ / {self.marks}"
        return "   ".join(text for text in (self.heading, whose, room) if text)

    def mark(self, blank: Blank) -> str:
        """What stands in the place of an answer."""
        if self.blank and blank.choices:
            return "  ".join(f"{choice.letter}) {written(choice.value, 'x')}" for choice in blank.choices)
        if self.blank:
            return self.blank
        return f"({blank.number})" if blank.choices else RULE

    def grid(self) -> Grid:
        columns = [Column("layer", _("layer")), Column("operation", _("operation"))]
        kinds = ("shape" if column in SHAPES else "count" for column in self.columns)
        columns += [Column(name, LABELS[name], kind) for name, kind in zip(self.columns, kinds)]
        below = list(self.sentences())
        notes = [*self.conventions, *([""] if below else []), *below]
        rows = tuple((line.name, line.operation, *map(self.shown, line.cells)) for line in self.lines)
        return Grid(self.title, tuple(columns), rows, None, tuple(notes))

    def shown(self, cell: Any) -> Any:
        """What a cell shows: its value, the mark of a blank, nothing where there is no such number."""
        if isinstance(cell, Blank):
            return cell.value if self.filled else self.mark(cell)
        return self.nothing if cell is None else cell

    def sentences(self) -> Iterator[str]:
        """The questions, each with its choices on a line below, or, on a filled sheet, the worked steps."""
        for blank in self.blanks:
            if self.filled:
                work = (
                    labelled(listed((blank.row, _(LABELS[blank.column]))), blank.work) if blank.work else ""
                )
                letter = f"({blank.number}) {blank.letter}" if blank.letter else ""
                if letter or work:
                    yield "   ".join(text for text in (letter, work) if text)
            elif blank.choices:
                yield f"({blank.number}) {blank.question}"
                yield "     " + "   ".join(f"{c.letter}) {written(c.value)}" for c in blank.choices)

    def data(self) -> Mapping[str, Any]:
        return {
            "name": self.name,
            **({"student": self.student} if self.student else {}),
            "seed": self.seed,
            "layout": self.layout,
            "conventions": list(self.conventions),
            "marks": self.marks,
            "columns": ["layer", *self.columns],
            "rows": [self._record(line) for line in self.lines],
            **self._asked(),
        }

    def records(self) -> list[Mapping[str, Any]]:
        return [{"spec": self.spec or self.name, **self._record(line)} for line in self.lines]

    def _record(self, line: Line) -> dict[str, Any]:
        cells = {
            column: plain(cell.value if self.filled else None) if isinstance(cell, Blank) else plain(cell)
            for column, cell in zip(self.columns, line.cells)
            if cell is not None
        }
        return {"layer": line.name, "operation": line.operation, **cells}

    def _asked(self) -> dict[str, Any]:
        """The blanks, list beside list and no mappings: a reader of answers would take those for another sheet."""
        blanks = self.blanks
        known: dict[str, Any] = {
            "blanks": [f"{blank.row}.{blank.column}" for blank in blanks],
            "blank_marks": [blank.marks for blank in blanks],
            "questions": [blank.question for blank in blanks],
        }
        if self.chosen:
            known["choices"] = [[plain(choice.value) for choice in blank.choices] for blank in blanks]
        if self.filled:
            known |= {"letters": [blank.letter for blank in blanks]} if self.chosen else {}
            known["work"] = [blank.work for blank in blanks]
        return known


def alone(quiz: Quiz, blank: Blank) -> str:
    """The question of a blank where the sheet is not beside it: what goes into the layer in numbers, asked or not."""
    question = blank.question
    shapes = {b.row: b.value for b in quiz.blanks if b.column == "output_shape"}
    for name in sorted(shapes, key=len, reverse=True):
        question = question.replace(_("the output of {name}").format(name=name), written(shapes[name]))
    return question


class Part(Record):
    """One number of an answer, for places that take nothing but numbers: a whole answer, or one axis of a shape."""

    blank: Blank
    axis: int | None
    value: int
    weight: int
    wrong: tuple[Wrong, ...]
    also: tuple[int, ...] = ()

    @property
    def name(self) -> str:
        """`conv1 params`, `conv1 output shape H`."""
        label = f"{self.blank.row} {_(LABELS[self.blank.column])}"
        return label if self.axis is None else f"{label} {self.blank.axes[self.axis]}"


def parts(quiz: Quiz) -> list[list[Part]]:
    """The numbers of every answer; weights are whole, and those of one answer add up to its marks."""
    from math import lcm

    sizes = [len(b.value) if isinstance(b.value, tuple) else 1 for b in quiz.blanks]
    whole = lcm(*sizes) if sizes else 1
    times = next((n for n in range(1, 101) if all(b.marks * n % 1 == 0 for b in quiz.blanks)), 100)
    shares = [max(1, int(b.marks * times) * whole // size) for b, size in zip(quiz.blanks, sizes)]
    return [list(_parts(blank, share)) for blank, share in zip(quiz.blanks, shares)]


def _parts(blank: Blank, weight: int) -> Iterator[Part]:
    if not isinstance(blank.value, tuple):
        yield Part(blank, None, blank.value, weight, blank.wrong, blank.also)
        return
    for axis, value in enumerate(blank.value):
        found: dict[int, Wrong] = {}
        for wrong in blank.wrong:
            if isinstance(wrong.value, tuple) and len(wrong.value) == len(blank.value):
                other = wrong.value[axis]
                if other != value:
                    found.setdefault(other, wrong._replace(value=other))
        yield Part(blank, axis, value, weight, tuple(found.values()))


def written(value: Value, times: str = "×") -> str:
    """A value as people write it: 28×28×6, 1,376,256."""
    return times.join(map(str, value)) if isinstance(value, tuple) else f"{value:,}"


def plain(value: Any) -> Any:
    """A shape as a list, for JSON."""
    return list(value) if isinstance(value, tuple) else value
