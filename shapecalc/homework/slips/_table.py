"""Every wrong value that a usual slip gives for one question, worked out once and looked up afterwards.

Pitfall: what stands in the table is only what is plausible (`_plausibility`); of the rest a value keeps without a name.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator
from fractions import Fraction
from math import prod
from typing import Any

from ...graph import Shape
from ...quantities import INVERSE, SUMMED
from ...record import Record
from ..question import TOTAL, Question
from ..working import Answer, Given, Working, taught
from . import _inverse, _total
from ._chain import MISFIT, answer, kept, linear, output
from ._plausibility import COMMON, FAR, expected, plausibility
from ._slip import CHAIN, DEPTH, SIZE, Slip, over, slips

SHAPED = ("output_shape", "output_size", "activations", "memory")
"""Quantities that a shape gives by itself."""
UNSIZED = (*INVERSE, "receptive_field", "weight_shape")
"""Quantities that no size goes into: few answers are possible, and the habits are most of the wrong ones."""
PER_DEPTH = ("params", "weights", "biases", "buffers")
"""Quantities of a window that do not depend on the size it walks over."""
Work = str | Working


class Found(Record):
    """A slip, or two, that gives a value: their ids, how likely, the working, and how many layers before it was made."""

    slips: tuple[Slip, ...]
    weight: float
    work: Work
    back: int = 0

    @property
    def id(self) -> str:
        return "+".join(s.id for s in self.slips)


def _arriving(steps: tuple[Question, ...]) -> dict[Shape, dict[str, Reason]]:
    """Every wrong shape that common slips bring to the end of a chain, with the nearest place of each slip."""
    wrong: dict[Shape, dict[str, Reason]] = {}
    for at, step in enumerate(steps):
        now: dict[Shape, dict[str, Reason]] = {}
        right = output(step)
        for x, reasons in wrong.items():
            y = output(step, x)
            if y is not None and y != right:
                now.setdefault(y, {}).update(reasons)
        for slip, y, work in _wrong_shapes(step):
            now.setdefault(y, {})[slip.id] = (slip, at, work)
        wrong = now
    return wrong


@kept
def _wrong_shapes(step: Question, x: Shape | None = None) -> tuple[tuple[Slip, Shape, Work], ...]:
    """The shapes that common slips give behind one layer."""
    try:
        start = taught(Question("output_shape", step.word, step.options, step.inputs, (), step.conventions))
    except MISFIT:
        return ()
    found: list[tuple[Slip, Shape, Work]] = []
    for slip in over("output_shape"):
        if slip.weight >= COMMON and slip.part in (SIZE, DEPTH) and not slip.habit:
            for way in ways(slip, start):
                y: Any = way.value
                if (
                    isinstance(y, tuple)
                    and y != start.layer.y
                    and possible(y)
                    and all(isinstance(n, int) for n in y)
                ):
                    found.append((slip, y, way.work))
    return tuple(found)


Reason = tuple[Slip, int, Work]


class Table:
    """The wrong values of one question; pairs are worked out when they are first needed."""

    def __init__(self, asked: Question) -> None:
        self.asked = asked
        self.right = settled(asked.value())
        self.singles: dict[Hashable, dict[str, Found]] = {}
        self._pairs: dict[Hashable, dict[str, Found]] | None = None
        self._fill(self.singles, self._single())

    @property
    def pairs(self) -> dict[Hashable, dict[str, Found]]:
        """The values of two common slips together."""
        if self._pairs is None:
            self._pairs = {}
            self._fill(self._pairs, self._paired())
        return self._pairs

    def _fill(self, table: dict[Hashable, dict[str, Found]], found: Iterable[tuple[Answer, Found]]) -> None:
        for given, one in found:
            value = settled(given)
            if value == self.right or not possible(value):
                continue
            if plausibility(one.weight, self._room(value)) < 1:
                continue
            known = table.setdefault(value, {})
            if one.id not in known or known[one.id].weight < one.weight:
                known[one.id] = one

    def _room(self, value: Any) -> float:
        """How many values there are about as large as this one; those that equal the right one's leave no choice."""
        if self.asked.quantity in UNSIZED:
            return float("inf")
        a, b = _axes(self.right), _axes(value)
        if len(a) != len(b):
            return float(max(prod(a), prod(b)))
        return float(prod({(x, y): max(x, y) for x, y in zip(a, b) if x != y}.values()))

    def _single(self) -> Iterator[tuple[Answer, Found]]:
        asked = self.asked
        if asked.word == TOTAL:
            if asked.quantity in SUMMED:
                for slip, number, work in _total.wrong(asked):
                    yield number, Found((slip,), expected(slip), work)
            return
        start = taught(asked)
        uneven = len({tuple(t.letters.items()) for t in start.axes}) > 1
        for slip in over(asked.quantity):
            for change in changes(slip, start):
                if way := _given(change):
                    yield way.value, Found((slip,), expected(slip), way.work)
                    if slip.replayed and asked.earlier and asked.quantity not in UNSIZED:
                        carried = slips()["carried_error"]
                        yield way.value, Found((carried,), expected(slip, back=1), way.work, 1)
                if uneven and isinstance(change, Working) and slip.part == SIZE:
                    for way in filter(None, map(_given, _on_one_axis(start, change))):
                        yield way.value, Found((slip,), expected(slip, one_axis=True), way.work)
        if asked.quantity in INVERSE:
            for slip, number, work in _inverse.wrong(asked):
                yield number, Found((slip,), expected(slip), work)
        yield from self._carried()

    def _carried(self) -> Iterator[tuple[Answer, Found]]:
        """A common slip over the shape of an earlier layer, and every step after it right."""
        asked, carried = self.asked, slips()["carried_error"]
        if asked.quantity in UNSIZED:
            return
        steps = linear(asked)[-FAR:]
        for x, reasons in _arriving(steps).items():
            if asked.quantity in PER_DEPTH and "kernel" in asked.options and x[-1:] == asked.inputs[0][-1:]:
                continue
            if (value := answer(asked, x)) is None:
                continue
            for slip, at, work in reasons.values():
                back = len(steps) - at
                often = expected(slip, back=back)
                yield value, Found((slip,), often, work, back)
                yield value, Found((carried,), min(often, expected(carried, back=back)), work, back)

    def _paired(self) -> Iterator[tuple[Answer, Found]]:
        asked = self.asked
        if asked.word == TOTAL:
            if asked.quantity in SUMMED:
                for pair, number, work in _total.wrong_twice(asked, common_together):
                    yield number, Found(pair, expected(*pair), work)
            return
        start = taught(asked)
        changed = {s: self._halves(s, start) for s in over(asked.quantity) if not s.instead}
        for first, halves in changed.items():
            for second in changed if halves else ():
                if first.id == second.id or not common_together(first, second):
                    continue
                pair = (first, second) if _place(first) <= _place(second) else (second, first)
                for half in halves:
                    for way in ways(second, half):
                        yield way.value, Found(pair, expected(*pair), way.work)

    def _halves(self, slip: Slip, start: Working) -> list[Working]:
        """Workings with one slip in them in which another can be made: those in which the first one shows."""
        if slip.part == CHAIN and self.asked.quantity not in PER_DEPTH:
            return []
        if slip.part == SIZE and slip.weight < COMMON and self.asked.quantity not in SHAPED:
            return []
        found = (w for w in changes(slip, start) if isinstance(w, Working))
        return [w for w in found if (way := _given(w)) and settled(way.value) != self.right]


def common_together(first: Slip, second: Slip) -> bool:
    """Whether these two are to be expected in one answer: both common, or one very common and in another place."""
    if first.part == second.part:
        return min(first.weight, second.weight) >= COMMON + 1
    return first.weight * second.weight >= COMMON**2


def _place(slip: Slip) -> tuple[int, int, str]:
    """Where a slip stands in the name of a pair."""
    return slip.part, -slip.weight, slip.id


def changes(slip: Slip, start: Working) -> Iterator[Working | Given]:
    """Each way of making a slip, as far as it can be made here."""
    try:
        yield from slip.change(start)
    except MISFIT:
        return


def ways(slip: Slip, start: Working) -> Iterator[Given]:
    """Each value that a slip gives, with its working."""
    yield from filter(None, map(_given, changes(slip, start)))


def _given(change: Working | Given) -> Given | None:
    if isinstance(change, Given):
        return change
    try:
        return Given(change.answer(), change)
    except MISFIT:
        return None


def _on_one_axis(start: Working, change: Working) -> Iterator[Working]:
    """The slip made along one axis only, where the axes are not alike."""
    if len(change.axes) == len(start.axes) > 1:
        for i, term in enumerate(change.axes):
            yield start.with_axes((*start.axes[:i], term, *start.axes[i + 1 :]))


def settled(answer: Any) -> Any:
    """An answer in the one form that values are compared in: a vector's shape is its length."""
    if isinstance(answer, (tuple, list)):
        whole = tuple(map(settled, answer))
        return whole[0] if len(whole) == 1 else whole
    if isinstance(answer, Fraction) and answer.denominator == 1:
        return int(answer)
    return answer


def possible(value: Any) -> bool:
    """Whether anybody would hand this in: sizes are 1 at least, and numbers not below 0."""
    return all(n >= 1 for n in value) if isinstance(value, tuple) else value >= 0


def _axes(value: Any) -> tuple[Any, ...]:
    return value if isinstance(value, tuple) else (value,)
