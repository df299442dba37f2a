"""One answer against one question: right, right in another form, a right step on an own earlier value, or wrong, and why.

Nothing here knows a sheet or an order; what the student's own values give comes in from outside. Pitfall: an answer is
compared with the key first, whatever stands above it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from fractions import Fraction
from typing import Any

from ..engine.options import as_written
from ..errors import ShapeError
from ..record import Record
from ..report.derivation import LayerDerivation
from ..report.grades import Cell, Diagnosis, Style
from ..spec.grading import Tolerance
from ..text import _
from . import compare
from .answers import Reading
from .conventions import BYTES
from .key import Key, KeyCell
from .question import Question
from .solution import solution

Read = Callable[[str, str], Reading]
"""Reads the text of a cell in a column."""
Diagnose = Callable[..., Sequence[Any]]
"""Names the slips (id, rank, message, perhaps hint) that give a value: called with (question, value, step=…)."""
Candidates = Callable[[], Iterator[tuple[Any, "str | None"]]]
"""Values that are the right step on the student's own, each with the row where the difference began."""
BLANK = Reading("", "blank")
MOST_KEPT = 200_000


class Rules(Record):
    """How a run marks: with follow-through, a slip's marks lost once a sheet, a tolerance where the key has none."""

    follow: bool = True
    once: bool = False
    tolerance: Tolerance | None = None
    style: Style = Style()


class Judge:
    """Judges answers by one key; what was worked out for one student is kept for the next."""

    def __init__(self, key: Key, read: Read, diagnose: Diagnose | None, rules: Rules) -> None:
        self.key, self.rules = key, rules
        self._read, self._diagnose = read, diagnose
        self._readings: dict[tuple[str, str], Reading] = {}
        self._named: dict[Any, tuple[Diagnosis, ...]] = {}
        self._works: dict[tuple[str, str], tuple[str, LayerDerivation | None]] = {}
        self._accepts: dict[tuple[str, str], list[tuple[str, Reading]]] = {}

    def read(self, text: str, column: str) -> Reading:
        """The reading of a cell; a memory without a unit is in the key's."""
        place = (text, column)
        found = self._readings.get(place)
        if found is None:
            found = self._read(text, column) if text.strip() else BLANK
            scale = BYTES[self.key.conventions.memory_unit]
            if column == "memory" and scale > 1:
                found = scaled(found, scale)
            if len(self._readings) < MOST_KEPT:
                self._readings[place] = found
        return found

    def judge(
        self,
        cell: KeyCell,
        reading: Reading,
        steps: Candidates,
        questions: Callable[[], Iterable[Question]],
        clash: str | None = None,
    ) -> Cell:
        """The marked cell.

        `steps` are values that follow from the student's own, `questions` what a slip may have been made in, the
        likeliest first, and `clash` the row whose value does not fit this one.
        """
        if verdict := self.verdict(cell, reading):
            own = self.key.credit(verdict.credit) if verdict.credit else None
            return self.made(cell, reading, verdict.state, 1.0 if own is None else own, verdict.remark)
        if reading.state == "blank":
            return self.made(cell, reading, "blank", 0.0)
        if reading.state == "unreadable" and not (reading.choices and self.several(cell)):
            return self.made(cell, reading, "unreadable", 0.0, reading.reason)
        for value, origin in steps():
            if value is None or value == cell.expected:
                continue
            own_reading = self.counted(cell, reading)
            if compare.judge(own_reading, value, cell.quantity, self.key.conventions, cell.tolerance):
                if self.rules.follow and not cell.cao:
                    credit = self.key.credit("follow_through")
                    credit = 1.0 if credit is None else credit
                    return self.made(cell, reading, "follow_through", credit, caused_by=origin)
                return self.carried(cell, reading, origin)
        return self.wrong(cell, reading, questions, clash)

    def verdict(self, cell: KeyCell, reading: Reading) -> compare.Verdict | None:
        """How a cell is right, None where it is not."""
        own = self.counted(cell, reading)
        if right := self.several(cell):
            found = compare.judge_several(own, right, cell.quantity, self.key.conventions, cell.tolerance)
            if found or reading.choices:
                return found
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

    def several(self, cell: KeyCell) -> tuple[Any, ...]:
        """The right answers of a setting that has several, as the key accepts them; none where it has one."""
        if cell.quantity not in compare.SETTINGS:
            return ()
        accepted = [reading for _text, reading in self._accepted(cell)] if cell.accept else []
        more = (v for r in accepted for v in ((r.value,) if r.state == "read" else r.choices))
        right = tuple(dict.fromkeys((cell.expected, *cell.also, *more)))
        return right if len(right) > 1 else ()

    def counted(self, cell: KeyCell, reading: Reading) -> Reading:
        """An answer that says what it counts, in what the cell asks; blank where that is another thing."""
        if not reading.unit:
            return reading
        return compare.counted(reading, cell.quantity, self.key.conventions) or BLANK

    def _accepted(self, cell: KeyCell) -> list[tuple[str, Reading]]:
        place = (cell.row.name, cell.quantity)
        if place not in self._accepts:
            self._accepts[place] = [(text, self.read(text, cell.quantity)) for text in cell.accept]
        return self._accepts[place]

    def _same_words(self, cell: KeyCell, reading: Reading) -> bool:
        """Return True if a padding in a word (`same`) comes to the key's padding on the key's input."""
        words = [word for word in (reading.value, reading.also) if isinstance(word, str)]
        if not words or cell.question is None or cell.row.kind != "layer":
            return False
        options = cell.question.options
        right = cell.question.layer().resolved()["padding"]
        for word in words:
            other = cell.question._replace(options={**options, "padding": word.strip().lower()})
            try:
                if other.layer().resolved()["padding"] == right:
                    return True
            except (ShapeError, ValueError, TypeError, KeyError):
                continue
        return False

    def made(
        self, cell: KeyCell, reading: Reading, state: str, credit: float, remark: str = "", **more: Any
    ) -> Cell:
        """A marked cell, its values in the layout of the sheet."""
        layout, quantity = self.key.conventions.layout, cell.quantity

        def shown(value: Any) -> Any:
            shape = quantity == "output_shape" and isinstance(value, tuple)
            return as_written(value, layout) if shape else value

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
            self._works[place] = (self.key.work(cell), solution(self.key, cell) if told else None)
        return self._works[place]

    def wrong(
        self, cell: KeyCell, reading: Reading, questions: Callable[[], Iterable[Question]], cause: str | None
    ) -> Cell:
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
        named: tuple[Diagnosis, ...] = ()
        if not remark or reading.state == "wrong":
            named = next(filter(None, (self.slips(question, reading) for question in questions())), ())
        credit = next((c for d in named if (c := self.slip_credit(d.id)) is not None), None)
        state = "special_case" if credit else "wrong"
        return self.made(cell, reading, state, credit or 0.0, remark, diagnoses=named, caused_by=cause)

    def carried(self, cell: KeyCell, reading: Reading, origin: str | None) -> Cell:
        """A right step on a wrong earlier value where that brings no marks: no slip was made here."""
        from .slips import slips

        slip = slips()["carried_error"]
        named = (Diagnosis(slip.id, 1, slip.message, slip.advice),) if self._diagnose else ()
        share = self.slip_credit(slip.id) or 0.0
        state = "special_case" if share else "wrong"
        return self.made(cell, reading, state, share, diagnoses=named, caused_by=origin)

    def slip_credit(self, name: str) -> float | None:
        """What the key gives a slip; a pair of slips gets the smaller share of the two."""
        own = self.key.credit(name)
        if own is not None or "+" not in name:
            return own
        parts = [self.key.credit(part) for part in name.split("+")]
        known = [share for share in parts if share is not None]
        return min(known) if len(known) == len(parts) else None

    def slips(self, question: Question, reading: Reading) -> tuple[Diagnosis, ...]:
        """The slips that give what was written, commonest first."""
        value = reading.value
        if self._diagnose is None or not isinstance(value, (int, tuple, Fraction)):
            return ()
        chain = tuple((q.word, q.inputs) for q in question.earlier)
        asked = (question.quantity, question.word, id(question.options), question.inputs, chain)
        place = (asked, value, reading.step)
        if place not in self._named:
            found = self._diagnose(question, value, step=reading.step)
            self._named[place] = tuple(
                Diagnosis(
                    s.id,
                    s.rank,
                    s.message,
                    getattr(s, "hint", ""),
                    getattr(s, "work", ""),
                    getattr(s, "back", 0),
                )
                for s in found
            )
        return self._named[place]


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
