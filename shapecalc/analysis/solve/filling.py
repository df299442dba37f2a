"""A spec's blanks filled from its expectations: each is tried in file order, and what cannot be mended later is cut off.

Pitfall: with a later blank still open, only what lies before it can be checked; so a blank between two expectations is
found quickly, and several before a single one are tried together. A window that says itself what it gives is solved.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from ...engine import Overrides
from ...engine.expectations import total
from ...engine.options import BadValue, Misfits, channels_last, fit, settle, spread, work_out
from ...engine.scope import Poisoned, Scope
from ...engine.tabulate import tabulate
from ...engine.top import SHAPE
from ...errors import Diagnostic, ShapeError, SpecError, UsageError
from ...graph import Shape
from ...layers import Option
from ...record import Record
from ...report.table import Table
from ...spec import Entry, Plan
from ...text import _
from ..cures.watch import Watch
from ..entries import lists
from .axis import solve_axis
from .blanks import Blank, blanks, filled
from .rules import Rule

STEPS = 600_000
MOST = 10_000
LETTERS = {"kernel": "f", "stride": "s", "padding": "p", "dilation": "d"}
Progress = Callable[[int, int], None]


class Miss(Record):
    """A filling that fails: how far off it is, its numbers, and what is not met."""

    distance: float
    numbers: tuple[Any, ...]
    message: str


class Filling(Record):
    """All fillings of the blanks `names`; `cut` where the search stopped early, `free` where every trial fitted."""

    plan: Plan
    blanks: tuple[Blank, ...]
    names: tuple[str, ...]
    found: tuple[tuple[Any, ...], ...]
    tables: tuple[Table, ...]
    nearest: tuple[Miss, ...]
    cut: bool
    free: bool


class Try(Watch):
    """A walk with some blanks open: what is wrong beside them, and how far each expectation is off."""

    def __init__(self, plan: Plan, overrides: Overrides) -> None:
        super().__init__(plan, overrides)
        self.misses: list[tuple[float, str]] = []
        self.names: dict[int, str] = {}
        self.table: Table | None = None

    def errors(self) -> list[Diagnostic]:
        """Every error but the open blanks; expectations are in `misses`."""
        try:
            bound = self.bind()
        except SpecError as error:
            return [d for d in error.diagnostics if d.severity == "error" and d.code != "SC217"]
        self.table = tabulate(bound)
        for quantity, limit in self.plan.expect.items():
            if self.overrides and limit.value.literal:
                continue
            try:
                shaped = quantity == "output"
                wanted = fit(
                    work_out(limit.value, bound.scopes),
                    Option("shape" if shaped else "int", help="", low=0),
                    limit.node.span,
                )
            except (BadValue, Poisoned):
                continue
            value: Any = self.table.output_shape if shaped else total(self.table, quantity)
            wanted = channels_last(wanted, self.plan.layout) if shaped else wanted
            met = {"==": value == wanted, "<=": shaped or value <= wanted, "<": shaped or value < wanted}[
                limit.sign
            ]
            if not met:
                message = _("{quantity} = {value}, and {wanted} was expected")
                shown = (_shape(value), _shape(wanted)) if shaped else (f"{value:,}", f"{wanted:,}")
                far = _far(value, wanted) if shaped else abs(value - wanted) / max(1, wanted)
                self.misses.append((far, message.format(quantity=quantity, value=shown[0], wanted=shown[1])))
        return []

    def name(self, entry: Entry, scope: Scope) -> str:
        name = super().name(entry, scope)
        self.names.setdefault(id(entry.origin or entry), scope.full(name))
        return name

    def expectation(self, entry: Entry, scope: Scope, source: str) -> None:
        before = len(self.unmet)
        super().expectation(entry, scope, source)
        if len(self.unmet) > before:
            assert entry.expect is not None
            wanted = channels_last(settle(entry.expect, SHAPE, scope), self.plan.layout)
            self.misses.append((_far(scope.shapes[source] or (), wanted), self.unmet[-1].message))


def fill(
    plan: Plan, overrides: Overrides, most: int, progress: Progress = lambda _done, _of: None
) -> Filling:
    """All ways to fill a spec's blanks so that its expectations hold, each number up to `most`.

    Raises UsageError where there are no blanks, or nothing that says what they should lead to, and SpecError for what
    is wrong whatever stands in them.
    """
    found = blanks(plan)
    if not found:
        raise UsageError(_("nothing in {name} is unknown").format(name=plan.name),
                         _("write unknown in place of a number, or give --for NAME=LO:HI and --where"))  # fmt: skip
    first = Try(plan, overrides)
    if errors := first.errors():
        raise SpecError(errors)
    names = tuple(_named(blank, first) for blank in found)
    if not plan.expect and not any(entry.expect for entries in lists(plan) for entry in entries):
        message = _("nothing says what {names} should lead to").format(names=_(" and ").join(names))
        raise UsageError(
            message, _("write expect: 28x28x6 on a layer after it, or at the top expect: {params: 61706}")
        )
    return _Search(plan, overrides, most, found, names, progress).run(first)


def _named(blank: Blank, walk: Try) -> str:
    if blank.entry is None:
        return blank.names
    return f"{walk.names.get(id(blank.entry), blank.entry.word)}.{blank.names}"


class _Search:
    def __init__(
        self,
        plan: Plan,
        overrides: Overrides,
        most: int,
        found: list[Blank],
        names: tuple[str, ...],
        progress: Progress,
    ) -> None:
        self.plan, self.overrides, self.most = plan, overrides, most
        self.blanks, self.names, self.progress = found, names, progress
        self.found: list[tuple[Any, ...]] = []
        self.tables: list[Table] = []
        self.misses: list[Miss] = []
        self.steps = self.tried = 0
        self.cut = False

    def run(self, first: Try) -> Filling:
        self.go((), first)
        self.misses.sort(key=lambda miss: (-len(miss.numbers), miss.distance))
        deepest = [m for m in self.misses if len(m.numbers) == len(self.misses[0].numbers)]
        free = bool(self.found) and not self.misses and len(self.found) == self.tried > 1
        return Filling(self.plan, tuple(self.blanks), self.names, tuple(self.found), tuple(self.tables), tuple(deepest[:3]),
                       self.cut, free)  # fmt: skip

    def go(self, numbers: tuple[Any, ...], walk: Try) -> None:
        """Try every number of the next blank; `walk` is the last one, with the blanks so far filled."""
        blank = self.blanks[len(numbers)]
        choices, listed = _choices(blank, walk, self.most, self.plan.layout)
        if not listed and len(self.blanks) - len(numbers) > 1:
            self.progress(self.tried, 0)
        for number in choices:
            if self.steps > STEPS or len(self.found) >= MOST:
                self.cut = True
                return
            tried = (*numbers, number)
            with filled(self.plan, self.blanks, tried) as plan:
                after = Try(plan, self.overrides)
                errors = after.errors()
            self.steps += len(after.placer.nodes) + 1
            last = len(tried) == len(self.blanks)
            self.tried += last
            self.progress(self.tried, self.steps)
            if after.misses and not errors:
                self.misses.append(Miss(sum(far for far, _text in after.misses), tried, after.misses[0][1]))
            if errors or after.misses:
                continue
            if not last:
                self.go(tried, after)
            elif after.table is not None:
                self.found.append(tried)
                if len(self.tables) < 20:
                    self.tables.append(after.table)


def _choices(blank: Blank, walk: Try, most: int, layout: str) -> tuple[Iterator[Any], bool]:
    """The numbers to try for a blank: those that solving leaves, where its own entry says what it gives; else all."""
    solved = _solved(blank, walk, most, layout) if blank.entry is not None and not blank.path else None
    if solved is not None:
        return iter(solved or range(blank.low, min(most, 64) + 1)), True
    return iter(range(blank.low, most + 1)), False


def _solved(blank: Blank, walk: Try, most: int, layout: str) -> list[Any] | None:
    """The values that the entry's own expectation leaves for one of its options; None where it says nothing."""
    entry = blank.entry
    assert entry is not None
    fed = walk.fed.get(id(entry))
    if entry.expect is None or entry.layer is None or fed is None or entry.repeat is not None:
        return None
    try:
        wanted = channels_last(settle(entry.expect, SHAPE, fed.scope), layout)
    except (BadValue, Poisoned):
        return None
    if blank.option in ("filters", "units"):
        return [wanted[-1]]
    if blank.option not in LETTERS or len(wanted) != len(fed.shapes[0]):
        return None
    return _windows(entry, fed.scope, fed.shapes[0], wanted, LETTERS[blank.option], most)


def _windows(entry: Entry, scope: Scope, x: Shape, wanted: Shape, letter: str, most: int) -> list[Any] | None:
    """One letter of a window by solving it along every axis: numbers for all axes, else one each."""
    assert entry.layer is not None
    given: dict[str, Any] = {}
    open_ = set[str]()
    for name in (*LETTERS, "rounding", "output_padding"):
        option = entry.layer.OPTIONS.get(name)
        if option is None:
            continue
        if name not in entry.options:
            given[name] = spread(option.default, option, x, "HWC")
            continue
        try:
            given[name] = spread(settle(entry.options[name], option, scope), option, x, "HWC")
        except (BadValue, Misfits, Poisoned, ShapeError):
            open_.add(name)
    if (
        given.get("stride", 1) is None
        or "kernel" not in {*given, *open_}
        or any(map(any, [given.get("output_padding") or ()]))
    ):
        return None
    padding = given.get("padding", ((0, 0),) * (len(x) - 1))
    word = padding if isinstance(padding, str) else ""
    if not word and any(before != after for before, after in padding):
        return None
    rule = Rule(given.get("rounding", "floor"), word, entry.word == "convtranspose")
    if rule.transposed and word not in ("", "valid", "same"):
        return None
    axes: list[list[int]] = []
    for i in range(len(x) - 1):
        known = {"n": x[i], "out": wanted[i], "d": 1}
        for name, short in LETTERS.items():
            if name in given and short != "p":
                known[short] = given[name][i]
            elif name in open_:
                known.pop(short, None)
        if not word and "padding" not in open_:
            known["p"] = padding[i][0]
        unknown = tuple(
            short for short in ("f", "s", "p", "d") if short not in known and (short != "p" or not word)
        )
        values = {solution[letter] for solution in solve_axis(rule, known, unknown, most, False).solutions}
        axes.append(sorted(v for v in values if v <= most))
    common = [v for v in axes[0] if all(v in axis for axis in axes)]
    if common or not all(axes):
        return common
    from itertools import islice, product

    return list(islice(product(*axes), most))


def _far(shape: Shape, wanted: Shape) -> float:
    return sum(abs(a - b) for a, b in zip(shape, wanted)) if len(shape) == len(wanted) else 10.0**6


def _shape(shape: Sequence[int]) -> str:
    return "×".join(map(str, shape)) if len(shape) > 1 else f"[{shape[0]}]"
