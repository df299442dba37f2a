"""The numbers of a network that can be other numbers: sizes, filters and units, kernels, strides, groups, repeats.

Equal widths change together, so that branches that are added still agree; an input changes by multiples of all strides
together, so that every division that was whole stays whole. Pitfall: even stays even and odd stays odd, because an even
kernel has no symmetric padding and a group or a head needs a multiple.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from ...engine import Bound
from ...engine.paths import Place, places
from ...graph import Shape
from ...record import Record
from ...report.table import Table
from ...spec import Plan, Value
from .roles import CHANNELS, GROUPS, KERNEL, PADDING, REPEAT, STRIDE, Roles, roles, slides, use_of

SIZE = "size"
STRUCTURE = (STRIDE, GROUPS, REPEAT)
"""What changes how a network is built; a variant has at most two such changes."""
_NICE = (1, 2, 4, 5, 10, 20, 25, 50, 100, 200, 250, 500, 1000)
_COLOURS = 4
"""Inputs of up to so many channels are pictures, and keep them."""


class Knob(Record):
    """Numbers that change together from `value` to one of `options`, at these paths; at `halves` stands half of it."""

    kind: str
    value: int
    options: tuple[int, ...]
    paths: tuple[str, ...] = ()
    halves: tuple[str, ...] = ()

    def settings(self, new: int) -> dict[str, int]:
        """The overrides that give it another number."""
        return {**dict.fromkeys(self.paths, new), **dict.fromkeys(self.halves, new // 2)}


class Literal(Record):
    """A plain number of a known use: where it is written, the path that sets it, and those of paddings of half of it."""

    kind: str
    value: int
    origin: object
    path: str
    halves: tuple[str, ...] = ()


def knobs(plan: Plan, bound: Bound, table: Table) -> list[Knob]:
    """Everything that can be turned, the input's size first."""
    written = list(_literals(plan))
    strides = [literal for literal in written if literal.kind == STRIDE and literal.value > 1]
    if strides:  # where strides are written, those that are not stay 1
        written = [literal for literal in written if literal.kind != STRIDE or literal.value > 1]
    widths: dict[int, list[str]] = {}
    for literal in written:
        if literal.kind == CHANNELS:
            widths.setdefault(literal.value, []).append(literal.path)
    for shape in bound.graph.inputs.values():
        if shape[-1] > _COLOURS and len(shape) > 1:
            widths.setdefault(shape[-1], [])
    found = [*_sizes(bound, table)]
    found += (
        Knob(CHANNELS, v, others, tuple(dict.fromkeys(widths[v])))
        for v in sorted(widths)
        if (others := other_widths(v))
    )
    return found + [knob for kind in (KERNEL, *STRUCTURE) for knob in _each(kind, written)]


def _each(kind: str, written: Sequence[Literal]) -> Iterator[Knob]:
    """A knob for every number that is written once, wherever it is used."""
    groups: dict[object, list[Literal]] = {}
    for literal in written:
        if literal.kind == kind:
            groups.setdefault(literal.origin, []).append(literal)
    for group in groups.values():
        value = group[0].value
        if options := _OTHERS[kind](value):
            paths = tuple(dict.fromkeys(literal.path for literal in group))
            halves = tuple(dict.fromkeys(path for literal in group for path in literal.halves))
            yield Knob(kind, value, options, paths, halves)


def _sizes(bound: Bound, table: Table) -> Iterator[Knob]:
    """The size of the inputs, all axes of all inputs by the same amount."""
    shapes = list(bound.graph.inputs.values())
    sizes = [n for shape in shapes for n in (shape[:-1] or shape)]
    step = max(
        (s for row in table.rows if row.receptive_field for s in row.receptive_field.stride), default=1
    )
    if sizes and (others := other_sizes(min(sizes), step)):
        yield Knob(SIZE, min(sizes), others)


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


def other_kernels(f: int) -> tuple[int, ...]:
    """The odd neighbours of an odd kernel."""
    return (f - 2, f + 2) if f >= 3 and f % 2 else ()


def other_strides(s: int) -> tuple[int, ...]:
    """The neighbours of a stride; one of 1 may become 2."""
    return (s - 1, s + 1) if s > 1 else (2,)


def other_groups(g: int) -> tuple[int, ...]:
    """Half and twice as many groups, and never one, which would be none."""
    return tuple(m for m in (g // 2, 2 * g) if m > 1) if g > 1 else ()


def other_repeats(n: int) -> tuple[int, ...]:
    """A block more or less; for long stages two."""
    near = (n - 2, n - 1, n + 1, n + 2) if n >= 8 else (n - 1, n + 1)
    return tuple(m for m in near if m >= 1) if n >= 1 else ()


_OTHERS = {KERNEL: other_kernels, STRIDE: other_strides, GROUPS: other_groups, REPEAT: other_repeats}


def _literals(plan: Plan) -> Iterator[Literal]:
    """Every plain number of a known use, once for every path that sets it."""
    known = roles(plan)
    for place in places(plan):
        yield from _of_entry(place, known)
    for param in plan.params.values():
        kind, number = _kind(known.get(("", param.name), frozenset())), whole(param.default)
        if param.default and number and kind:
            yield Literal(kind, number, param.default.node.span, param.name)


def _of_entry(place: Place, known: Roles) -> Iterator[Literal]:
    """The numbers of one entry, and the defaults of a block that it leaves as they are."""
    entry, path = place.entry, place.path
    values: dict[str, Value | None] = dict(entry.options)
    if entry.block is not None and not entry.block.builtin:
        values = {name: param.default for name, param in entry.block.params.items()} | values
    for option, value in values.items():
        kind, number = _kind(use_of(entry, option, known)), whole(value)
        if value is None or not number or not kind:
            continue
        halves = _paddings(place, number, known) if kind == KERNEL else ()
        if halves is not None:
            yield Literal(kind, number, value.node.span, f"{path}.{option}", halves)
    if entry.repeat is not None and (number := whole(entry.repeat)):
        yield Literal(REPEAT, number, entry.repeat.node.span, f"{path}.{REPEAT}")
    if slides(entry) and STRIDE not in entry.options:
        yield Literal(STRIDE, 1, entry.key.span, f"{path}.{STRIDE}")


def _kind(use: frozenset[str]) -> str:
    """The one thing that a number is for; a kernel may have its padding follow it. Empty where there are several."""
    if KERNEL in use and use <= {KERNEL, PADDING}:
        return KERNEL
    (only,) = use if len(use) == 1 else ("",)
    return only if only in (CHANNELS, *STRUCTURE) else ""


def whole(value: Value | None) -> int:
    """The number of a constant; 0 where it is none."""
    return value.constant if value is not None and type(value.constant) is int else 0


def _paddings(place: Place, kernel: int, known: Roles) -> tuple[str, ...] | None:
    """The paths of paddings of half the kernel beside it, none where they are 0 or a word; None where one is another."""
    found = []
    for option, value in place.entry.options.items():
        if use_of(place.entry, option, known) != {PADDING} or isinstance(value.constant, str):
            continue
        if type(value.constant) is not int:
            return None
        if value.constant == kernel // 2:
            found.append(f"{place.path}.{option}")
        elif value.constant:
            return None
    return tuple(found)


def inputs(bound: Bound, by: int, widths: Mapping[int, int]) -> dict[str, Shape]:
    """The input shapes with every size larger `by` this, and channels changed as other widths are."""

    def turned(shape: Shape) -> Shape:
        if len(shape) == 1:
            return (shape[0] + by,)
        last = widths.get(shape[-1], shape[-1]) if shape[-1] > _COLOURS else shape[-1]
        return (*(n + by for n in shape[:-1]), last)

    return {name: turned(shape) for name, shape in bound.graph.inputs.items()}
