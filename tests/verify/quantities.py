"""Every number that is compared, wrong on one side: by one, doubled, lost; and shapes, receptive fields and the batch."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import Any
from unittest.mock import patch

from shapecalc import layers
from shapecalc.formula import Formula
from shapecalc.layers import Step
from shapecalc.report.table import Row
from shapecalc.verify import Measured, run
from shapecalc.verify.counted import KINDS
from shapecalc.verify.kernels import load

from .planted import FORMULA, KERNEL, Mutant, note
from .sample import BATCH, samples
from .world import settled

PARAMETERS = ("weights", "biases", "buffers")
COSTS = (
    *PARAMETERS,
    "macs",
    "macs_on_data",
    "connections",
    *(f"ops.{kind}" for kind in sorted(set(KINDS.values()))),
)
WRONG = {"one more": "({}) + 1", "one less": "({}) - 1", "twice": "2*({})", "lost": "0"}


def measured(word: str) -> list[Measured]:
    """What running a layer's samples shows."""
    return [
        m
        for s in samples(word)
        if s.legal
        for m in run(s.truth[0].graph, batch=BATCH).layers
        if m.layer == word
    ]


def present(word: str) -> set[str]:
    """The quantities that a layer has anything of."""
    found = set()
    for m in measured(word):
        own = {
            "weights": m.weights,
            "biases": m.biases,
            "buffers": m.buffers,
            "macs": m.macs,
            "macs_on_data": m.live or 0,
            "connections": m.wires,
        }
        found |= {name for name, n in (own | {f"ops.{kind}": n for kind, n in m.ops.items()}).items() if n}
    return found


def mutants(word: str) -> Iterator[Mutant]:
    own = present(word)
    for quantity in COSTS:
        for name, text in WRONG.items():
            if quantity in own or name == "one more":
                yield Mutant(word, FORMULA, f"{quantity} {name}", partial(_cost, word, quantity, text))
    yield from _of_rows(word, own)
    for name, change in SHAPES.items():
        yield Mutant(word, FORMULA, f"shape: {name}", partial(_output, word, change), notes=True)
    for name, wrong in STEPS.items():
        yield Mutant(word, FORMULA, f"receptive field: {name}", partial(_steps, word, wrong), notes=True)
    yield from of_kernel(word, own)


def _cost(word: str, quantity: str, text: str) -> Any:
    kind: Any = layers.load(word)
    right = kind.formulas

    def formulas(self: Any) -> Mapping[str, Formula]:
        table = dict(right(self))
        before = table[quantity].text if quantity in table else "0"
        return {**table, quantity: Formula(text.format(before))}

    return patch.object(kind, "formulas", formulas)


def _of_rows(word: str, own: set[str]) -> Iterator[Mutant]:
    """Mistakes of the report: a total that forgets a part, a batch that is forgotten."""
    if own & {"weights", "biases"}:
        yield Mutant(word, FORMULA, "params: one more", partial(_row, word, "params", _one_param_more))
    for name in ("ops", "macs", "macs_on_data"):
        if any(quantity.partition(".")[0] == name for quantity in own):
            yield Mutant(
                word, FORMULA, f"{name}: the batch forgotten", partial(_row, word, name, _one_sample)
            )


def _row(word: str, name: str, change: Callable[[Any, Any], Any]) -> Any:
    right: Any = getattr(Row, name)
    right = getattr(right, "func", None) or right.fget
    return patch.object(
        Row, name, property(lambda row: change(row, right(row)) if row.layer == word else right(row))
    )


def _one_param_more(_row: Row, params: Any) -> Any:
    return params._replace(total=params.total + 1)


def _one_sample(row: Row, counted: Any) -> Any:
    return (
        {k: n // row.batch for k, n in counted.items()}
        if isinstance(counted, Mapping)
        else counted // row.batch
    )


SHAPES: Mapping[str, Callable[[tuple[int, ...]], tuple[int, ...]]] = {
    "first axis one more": lambda y: (y[0] + 1, *y[1:]),
    "first axis one less": lambda y: (max(y[0] - 1, 1), *y[1:]),
    "channels one more": lambda y: (*y[:-1], y[-1] + 1),
    "channels one less": lambda y: (*y[:-1], max(y[-1] - 1, 1)),
    "axes the other way round": lambda y: y[::-1],
    "an axis lost": lambda y: y[1:] or (y[0], 1),
}


def _output(word: str, change: Callable[[Any], Any]) -> Any:
    kind: Any = layers.load(word)
    right = kind.output
    return patch.object(kind, "output", lambda self: _noted(right(self), change))


def _noted(right: Any, change: Callable[[Any], Any]) -> Any:
    return note(right, change(right))


STEPS: Mapping[str, Callable[[Any, int], Any]] = {
    "extent one more": lambda steps, axes: _each(steps, axes, 1, 0, 0),
    "extent one less": lambda steps, axes: _each(steps, axes, -1, 0, 0),
    "stride one more": lambda steps, axes: _each(steps, axes, 0, 1, 0),
    "stride one less": lambda steps, axes: _each(steps, axes, 0, -1, 0),
    "one more before": lambda steps, axes: _each(steps, axes, 0, 0, 1),
    "one less before": lambda steps, axes: _each(steps, axes, 0, 0, -1),
    "last axis only": lambda steps, axes: (*_full(steps, axes)[:-1], _add(_full(steps, axes)[-1], 1, 0, 0)),
    "none": lambda steps, axes: None if steps is not None else (Step(1, 1, 0),) * axes,
}


def _full(steps: Any, axes: int) -> tuple[Step, ...]:
    return tuple(steps or (Step(1, 1, 0),) * axes)


def _add(step: Step, extent: int, stride: int, before: int) -> Step:
    return Step(step.extent + extent, step.stride + stride, step.before + before)


def _each(steps: Any, axes: int, *more: int) -> tuple[Step, ...]:
    return tuple(_add(step, *more) for step in _full(steps, axes))


def _steps(word: str, wrong: Callable[[Any, int], Any]) -> Any:
    kind: Any = layers.load(word)
    right = kind.steps

    def steps(self: Any) -> Any:
        axes = len(self.x) - 1
        return note(right(self), wrong(right(self), axes)) if axes else right(self)

    return patch.object(kind, "steps", steps)


def of_kernel(word: str, own: set[str]) -> Iterator[Mutant]:
    kernel = load(word)
    for kind in sorted(set(KINDS.values())):
        for name, change in TALLIES.items():
            if f"ops.{kind}" in own or name == "one more":
                yield Mutant(word, KERNEL, f"ops.{kind} {name}", partial(_tally, kernel, kind, change))
    for role in PARAMETERS:
        for name, change in TALLIES.items():
            if role in own or name == "one more":
                yield Mutant(word, KERNEL, f"{role} {name}", partial(_drawn, kernel, role, change))
    for name, change in {**TALLIES, "one less": lambda n: n - 1}.items():
        if "macs_on_data" in own or name == "one more":
            yield Mutant(word, KERNEL, f"macs_on_data {name}", partial(_live, kernel, change))
    for name, change in TALLIES.items():
        if "connections" in own or name == "one more":
            yield Mutant(word, KERNEL, f"connections {name}", partial(_wires, kernel, change))
    if "macs_on_data" in own:
        yield Mutant(word, KERNEL, "macs not seen", partial(patch.multiple, kernel, live=None))
    for name, cut in CUTS.items():
        yield Mutant(word, KERNEL, f"shape: {name}", partial(_forward, kernel, cut), notes=True)
    if any(len(x) > 1 for s in samples(word) if s.legal for row in s.truth[1].rows for x in row.input_shapes):
        yield Mutant(word, KERNEL, "receptive field: everything", partial(_sees, kernel, "everything"))


TALLIES: Mapping[str, Callable[[int], int]] = {
    "one more": lambda n: n + 1,
    "one less": lambda n: n - 1,
    "half": lambda n: n // 2,
    "lost": lambda n: 0,
}


def _tally(kernel: Any, kind: str, change: Callable[[int], int]) -> Any:
    right = kernel.forward

    def forward(xs: Any, w: Any, o: Any) -> Any:
        y = right(xs, w, o)
        counts = xs[0].tally.counts
        counts[kind] = change(counts.get(kind, 0))
        return y

    return patch.object(kernel, "forward", forward)


def _drawn(kernel: Any, role: str, change: Callable[[int], int]) -> Any:
    right = getattr(kernel, "draw", lambda d, xs, o: None)

    def draw(d: Any, xs: Any, o: Any) -> Any:
        w = settled(right(d, xs, o))
        d.counts[role] = change(d.counts[role])
        return w

    return patch.object(kernel, "draw", draw, create=True)


def _live(kernel: Any, change: Callable[[int], int]) -> Any:
    right = getattr(kernel, "live", lambda xs, w, o: 0)
    return patch.object(kernel, "live", lambda xs, w, o: change(right(xs, w, o)), create=True)


def _wires(kernel: Any, change: Callable[[int], int]) -> Any:
    own = getattr(kernel, "wires", None)

    def wires(xs: Any, w: Any, o: Any) -> int:
        met = xs[0].tally.wires if getattr(kernel, "wired", False) else 0
        return change(own(xs, w, o) if own else met)

    return patch.object(kernel, "wires", wires, create=True)


CUTS: Mapping[str, Callable[[Any], Any]] = {
    "first axis cut by one": lambda y: y[:, :-1],
    "a channel lost": lambda y: y[..., :-1],
    "an axis more": lambda y: y[:, None],
    "axes the other way round": lambda y: y.transpose(0, *range(y.ndim - 1, 0, -1)),
    "a sample lost": lambda y: y[:-1],
}


def _forward(kernel: Any, cut: Callable[[Any], Any]) -> Any:
    right = kernel.forward

    def forward(xs: Any, w: Any, o: Any) -> Any:
        y = right(xs, w, o)
        wrong = y.like(cut(y.data))
        note(y.shape, wrong.shape)
        return wrong

    return patch.object(kernel, "forward", forward)


def _sees(kernel: Any, what: str) -> Any:
    return patch.object(kernel, "sees", "" if getattr(kernel, "sees", "") == what else what, create=True)
