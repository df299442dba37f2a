"""The numbers of a network that can be other numbers: sizes of the input, filters and units, kernels.

Equal widths change together, so that branches that are added still agree; an input changes by multiples of all strides
together, so that every division that was whole stays whole. Pitfall: even stays even and odd stays odd, because an even
kernel has no symmetric padding and a group or a head needs a multiple.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ...engine import Bound
from ...graph import Shape
from ...record import Record
from ...report.table import Table
from ...spec import Entry, Plan, Value
from ...spec.tree import Mapping as Pairs
from ...spec.tree import Tree
from .key import entries, input_text
from .roles import CHANNELS, KERNEL, PADDING, roles, use_of

_NICE = (1, 2, 4, 5, 10, 20, 25, 50, 100, 200, 250, 500, 1000)
_COLOURS = 4
"""Inputs of up to so many channels are pictures, and keep them."""


class Knob(Record):
    """Numbers that change together from `value` to one of `options`, in the places `nodes`; `halves` hold half of it."""

    kind: str
    value: int
    options: tuple[int, ...]
    nodes: tuple[Tree, ...] = ()
    halves: tuple[Tree, ...] = ()

    def texts(self, new: int) -> dict[int, str]:
        """What stands in each place after a change."""
        return {**{id(n): str(new) for n in self.nodes}, **{id(n): str(new // 2) for n in self.halves}}


def knobs(plan: Plan, bound: Bound, table: Table) -> list[Knob]:
    """Everything that can be turned, the input's size first."""
    found = [*_sizes(bound, table)]
    widths: dict[int, list[Tree]] = {}
    kernels = []
    for kind, value, nodes, halves in _literals(plan):
        if kind == CHANNELS:
            widths.setdefault(value, []).extend(nodes)
        else:
            kernels.append(Knob(KERNEL, value, (value - 2, value + 2), nodes, halves))
    for shape in bound.graph.inputs.values():
        if shape[-1] > _COLOURS and len(shape) > 1:
            widths.setdefault(shape[-1], [])
    found += (
        Knob(CHANNELS, v, others, tuple(widths[v])) for v in sorted(widths) if (others := other_widths(v))
    )
    return found + kernels


def _sizes(bound: Bound, table: Table) -> Iterator[Knob]:
    """The size of the inputs, all axes of all inputs by the same amount."""
    shapes = list(bound.graph.inputs.values())
    sizes = [n for shape in shapes for n in (shape[:-1] or shape)]
    step = max(
        (s for row in table.rows if row.receptive_field for s in row.receptive_field.stride), default=1
    )
    if sizes and (others := other_sizes(min(sizes), step)):
        yield Knob("size", min(sizes), others)


def other_sizes(n: int, stride: int) -> tuple[int, ...]:
    """Sizes like `n` that differ from it by multiples of the stride of the whole network."""
    coarse = max(1, n // 16)
    step = stride * -(-coarse // stride) if stride > 1 else next((s for s in _NICE if s >= coarse), n)
    low, high = max(n // 2, 2), 2 * n if n < 100 else 3 * n // 2
    return tuple(m for m in range(n - n // step * step, high + 1, step) if m >= low and m != n)


def other_widths(v: int) -> tuple[int, ...]:
    """Widths like `v`, from half to one and a half of it (small ones to twice), with its powers of two kept."""
    if v < 2:
        return ()
    grain = 2 if v % 2 == 0 else 1
    while grain < 256 and v % (2 * grain) == 0 and v // (2 * grain) >= 4:
        grain *= 2
    if v % 100 == 0 and v >= 200:
        grain = 100
    high = 2 * v if v <= 16 else 3 * v // 2
    return tuple(m for m in range(grain, high + 1, grain) if m != v and 2 * m >= v and m >= 2)


def _literals(plan: Plan) -> Iterator[tuple[str, int, tuple[Tree, ...], tuple[Tree, ...]]]:
    """Every plain number of a known use: what it is for, the number, its place, and that of a padding of half of it."""
    known = roles(plan)
    for entry in entries(plan):
        for option, value in entry.options.items():
            use = use_of(entry, option, known)
            if use == {CHANNELS} and (n := _whole(value)):
                yield CHANNELS, n, (value.node,), ()
            elif KERNEL in use and use <= {KERNEL, PADDING} and (n := _whole(value)) and _odd(n):
                halves = _paddings(entry, n, known)
                if halves is not None:
                    yield KERNEL, n, (value.node,), halves
    owners = [("", plan.params), *((name, block.params) for name, block in plan.blocks.items())]
    for owner, params in owners:
        for param in params.values():
            use, number = known.get((owner, param.name), frozenset()), _whole(param.default)
            if param.default and number and use == {CHANNELS}:
                yield CHANNELS, number, (param.default.node,), ()
            elif param.default and number and KERNEL in use and use <= {KERNEL, PADDING} and _odd(number):
                yield KERNEL, number, (param.default.node,), ()


def _whole(value: Value | None) -> int:
    """The number of a constant; 0 where it is none."""
    return value.constant if value is not None and type(value.constant) is int else 0


def _odd(n: int) -> bool:
    return n >= 3 and n % 2 == 1


def _paddings(
    entry: Entry, kernel: int, known: Mapping[tuple[str, str], frozenset[str]]
) -> tuple[Tree, ...] | None:
    """The places of a padding of half the kernel beside it, none where it is 0 or a word; None where it is another."""
    found = []
    for option, value in entry.options.items():
        if use_of(entry, option, known) != {PADDING} or isinstance(value.constant, str):
            continue
        if type(value.constant) is not int:
            return None
        if value.constant == kernel // 2:
            found.append(value.node)
        elif value.constant:
            return None
    return tuple(found)


def input_change(plan: Plan, bound: Bound, by: int, widths: Mapping[int, int]) -> dict[int, str]:
    """The text of `input:` with every size larger `by` this, and channels changed as other widths are."""

    def turned(shape: Shape) -> Shape:
        if len(shape) == 1:
            return (shape[0] + by,)
        last = widths.get(shape[-1], shape[-1]) if shape[-1] > _COLOURS else shape[-1]
        return (*(n + by for n in shape[:-1]), last)

    root = plan.root
    node = next(v for k, v in root.pairs if k.text == "input") if isinstance(root, Pairs) else root
    shapes = {name: turned(shape) for name, shape in bound.graph.inputs.items()}
    return {id(node): input_text(shapes, plan.layout)}
