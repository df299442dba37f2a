"""Names of a network run through ranges, and the values for which a condition holds.

Pitfall: nothing is assumed to grow with a size, so every candidate is answered; a budget is no interval by itself.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from math import prod
from typing import Any

from ...engine import Overrides, bind
from ...engine.paths import literal
from ...errors import SpecError, UsageError
from ...expression import ExpressionError
from ...report.grid import Column
from ...report.solutions import Solutions
from ...spec import Plan
from ...text import _, ngettext
from .answers import interval, runs
from .candidates import Candidates
from .columns import Columns, independent
from .moves import Moves
from .quantities import PARTS, TOTALS, Candidate, Evaluator, Refusal, Values, Where
from .walks import Walked, walks

STEPS = 5_000_000
"""Layers that are walked one by one at the most."""
CANDIDATES = 1_000_000
SHOWN = 20
Progress = Callable[[int, int], None]


def solve_network(
    plan: Plan,
    overrides: Overrides,
    ranges: Mapping[str, range],
    where: str | None = None,
    exact: bool = False,
    batch: int = 1,
    dtype: str = "fp32",
    progress: Progress = lambda _done, _of: None,
    remark: Callable[[str], None] = lambda _sentence: None,
) -> Solutions:
    """All values of the names in `ranges` for which the network can be computed and the condition `where` holds.

    A name is a parameter, an option (`conv1.filters`), a symbol of the input, or an axis (`H`, `image.W`). With `exact`,
    every division of every window must be whole. Raises UsageError for names of nothing, a condition that cannot be
    read, and too many values.
    """
    condition = Where(where, [name for name in ranges if "." in name]) if where is not None else None
    moves = Moves(plan, overrides, list(ranges))
    for sentence in moves.remarks:
        remark(sentence)
    number = prod(len(values) for values in ranges.values())
    if number > CANDIDATES:
        message = _("that is {n:,} values, and at most {most:,} are tried")
        raise UsageError(
            message.format(n=number, most=CANDIDATES), _("take a larger step: --for NAME=LO:HI:STEP")
        )
    if any(n < 1 for name in moves.axes for n in ranges[name][:1]):
        raise UsageError(_("every size of a shape is at least 1"))
    candidates = Candidates(ranges)
    evaluate = evaluator(moves, candidates, condition, exact, batch, dtype, progress)
    slow = walks(plan, moves.place, batch, dtype)
    return _Search(plan, ranges, candidates, condition, exact, progress).run(evaluate, slow)


def evaluator(
    moves: Moves,
    candidates: Sequence[Candidate],
    where: Where | None,
    exact: bool,
    batch: int,
    dtype: str,
    progress: Progress,
) -> Evaluator:
    """What answers for the candidates: columns where only sizes of the input move, else a walk each.

    Raises UsageError where that would take too long.
    """
    plan = moves.plan
    totals = {q for path, q in where.paths() if not path and q in TOTALS} if where else set()
    reference = _reference(moves, candidates)
    inputs = (
        moves.inputs if not moves.settings else moves.letters(reference.graph.inputs) if reference else None
    )
    if reference is not None and inputs is not None and totals <= set(PARTS):
        channels = any(len(moves.base[i]) - 1 in places for i, places in moves.axes.values())
        moved = {"H", "W", "Z", "T", *("CD" if channels or moves.settings else "")}
        set_here = [value for name, value in moves.overrides.settings.items() if "." in name]
        if literal(set_here) and independent(plan, moved, set(moves.settings)):
            try:
                columns = Columns(reference, where, exact, batch, progress)
            except LookupError as error:
                raise UsageError(str(error.args[0]), error.args[1]) from None
            return lambda found: columns.run(found, inputs)
    size = len(reference.graph.nodes) if reference is not None else 1
    if size * len(candidates) > STEPS:
        message = _("that is {n:,} values of a network of {layers} layers, more than can be tried one by one")
        raise UsageError(
            message.format(n=len(candidates), layers=size), _("take a larger step: --for NAME=LO:HI:STEP")
        )
    return walks(plan, moves.place, batch, dtype)


def _reference(moves: Moves, candidates: Sequence[Candidate]) -> Any:
    """A bound network of one of the candidates, the largest that can be computed of a few."""
    steps = [-1, len(candidates) // 2, len(candidates) // 4, len(candidates) // 8, 0]
    for step in steps:
        try:
            bound = bind(moves.plan, moves.place(candidates[step]))
        except SpecError:
            continue
        return None if bound.letters.space else bound
    return None


class _Search:
    """Holds the condition against every candidate, and puts the answer into words."""

    def __init__(
        self,
        plan: Plan,
        ranges: Mapping[str, range],
        candidates: Candidates,
        where: Where | None,
        exact: bool,
        progress: Progress,
    ) -> None:
        self.plan, self.ranges, self.candidates = plan, ranges, candidates
        self.where, self.exact, self.progress = where, exact, progress
        self.chosen: list[int] = []
        self.found = candidates[:0]
        self.refused = 0
        self.last: tuple[Candidate, str] = ({}, "")
        """A candidate that was refused, and why."""
        self.uneven = self.asked = 0
        self.failed: ExpressionError | None = None

    def run(self, evaluate: Evaluator, slow: Evaluator) -> Solutions:
        for done, (candidate, values) in enumerate(zip(self.candidates, evaluate(self.candidates))):
            if done % 64 == 0:
                self.progress(done, len(self.candidates))
            if isinstance(values, Refusal):
                self.refused, self.last = self.refused + 1, (candidate, values.reason)
            elif self.exact and not values.exact:
                self.uneven += 1
            elif self.holds(values):
                self.chosen.append(done)
        self.found = Candidates(self.ranges, self.chosen)
        if self.failed is not None and not self.asked:
            raise UsageError(_("--where: {message}").format(message=self.failed.message), self.failed.help)
        return self.answer(slow)

    def holds(self, values: Values) -> bool:
        if self.where is None:
            return True
        try:
            fits = self.where.holds(values)
        except ExpressionError as error:
            self.failed = self.failed or error
            return False
        self.asked += 1
        return fits

    def answer(self, slow: Evaluator) -> Solutions:
        names = tuple(self.ranges)
        steps = {name: values.step for name, values in self.ranges.items()}
        own = {name: sorted({s[name] for s in self.found}) for name in names}
        box = prod(map(len, own.values())) == len(self.found)
        intervals = {name: interval(own[name], steps[name]) if box else None for name in names}
        given: dict[str, Any] = {
            "for": {
                n: [r[0], r[-1], r.step] if r.step != 1 else [r[0], r[-1]] for n, r in self.ranges.items()
            }
        }
        if self.where:
            given["where"] = self.where.text
        if self.exact:
            given["exact"] = True
        rows, columns = self.rows(slow, steps)
        reason, near = ("", ()) if self.found else self.refusal(slow)
        title = f"{self.plan.name}    {', '.join(f'{n} = ?' for n in names)}    {self.where.text if self.where else ''}".rstrip()
        return Solutions(self.plan.name, title, given, names, self.found, intervals, False, columns, rows,
                         tuple(self.notes(reason, near)), reason, near, {"name": self.plan.name})  # fmt: skip

    def rows(self, slow: Evaluator, steps: Mapping[str, int]) -> tuple[tuple[Any, ...], tuple[Column, ...]]:
        """Runs of one name, or single solutions of several, with what the condition speaks of at their ends."""
        names = list(self.ranges)
        operands = self.where.operands() if self.where else {}
        operands = {text: node for text, node in operands.items() if text not in names}
        ends: list[tuple[Mapping[str, int], Mapping[str, int]]]
        if len(names) == 1:
            (name,) = names
            ends = [({name: a}, {name: b}) for a, b in runs([s[name] for s in self.found], steps[name])]
        else:
            ends = [(s, s) for s in self.found[:SHOWN]]
        rows = []
        for first, last in ends[:SHOWN]:
            shown = [_span(first[n], last[n]) for n in names]
            at = [values for values in slow([first, last]) if isinstance(values, Walked)]
            for node in operands.values():
                cells = [self.where.value(node, values) for values in at if self.where]
                shown.append(_span(cells[0], cells[-1], True) if cells else "")
            rows.append(tuple(shown))
        columns = [*(Column(n, n) for n in names), *(Column(text, text) for text in operands)]
        return tuple(rows), tuple(columns)

    def notes(self, reason: str, near: Sequence[Mapping[str, Any]]) -> Iterator[str]:
        if self.found:
            fits = ngettext("{n} of {all} fits.", "{n} of {all} fit.", len(self.found))
            yield fits.format(n=f"{len(self.found):,}", all=f"{len(self.candidates):,}")
        else:
            yield _("No solution: {reason}.").format(reason=reason)
            for solution in near:
                yield _("Nearest: {values}.").format(
                    values=", ".join(
                        f"{k} = {v:,}" if isinstance(v, int) else f"{k} = {v}" for k, v in solution.items()
                    )
                )
        if self.uneven:
            left = ngettext(
                "{n} is left out because a division is not whole.",
                "{n} are left out because a division is not whole.",
                self.uneven,
            )
            yield left.format(n=f"{self.uneven:,}")
        if self.refused:
            candidate, why = self.last
            shown = ", ".join(f"{name} = {value}" for name, value in candidate.items())
            cannot = ngettext(
                "{n} cannot be computed, such as {values}: {reason}",
                "{n} cannot be computed, such as {values}: {reason}",
                self.refused,
            )
            yield cannot.format(n=f"{self.refused:,}", values=shown, reason=why)
        names = list(self.ranges)
        step = self.ranges[names[0]].step
        lines = len(self.found) if len(names) > 1 else len(runs([s[names[0]] for s in self.found], step))
        if lines > SHOWN:
            more = lines - SHOWN
            text = ngettext(
                "{n} more solution; --format json or csv has it.",
                "{n} more solutions; --format json or csv has them.",
                more,
            )
            yield text.format(n=more)

    def refusal(self, slow: Evaluator) -> tuple[str, tuple[dict[str, Any], ...]]:
        """Why nothing fits, and the candidates that come nearest, of a thousand at the most."""
        if self.refused == len(self.candidates):
            return _("none of these can be computed: {reason}").format(reason=self.last[1]), ()
        if self.where is None or not self.asked:
            return _("for none is every division whole"), ()
        every = max(1, len(self.candidates) // 1000)
        near: list[tuple[float, int, dict[str, Any]]] = []
        for i, values in enumerate(slow(self.candidates[::every])):
            if isinstance(values, Refusal) or (self.exact and not values.exact):
                continue
            try:
                found = {text: self.where.value(node, values) for text, node in self.where.operands().items()}
                near.append((self.where.distance(values), i, {**self.candidates[i * every], **found}))
            except ExpressionError:
                continue
        near.sort(key=lambda item: item[:2])
        return _("{where} is true for none").format(where=self.where.text), tuple(
            found for *_rest, found in near[:3]
        )


def _span(a: Any, b: Any, grouped: bool = False) -> str:
    texts = [f"{v:,}" if grouped and isinstance(v, int) else str(v) for v in (a, b)]
    return texts[0] if a == b else f"{texts[0]} … {texts[1]}"
