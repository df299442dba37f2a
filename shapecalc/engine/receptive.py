"""How much of the input one output value sees: a window adds (K − 1)·J, where J is the product of strides before it.

R ← R + (K − 1)·J, P ← P + p·J, J ← J·S (Dumoulin & Visin 2016; Araujo et al. 2019, distill.pub). Pitfall: where paths
meet, the field is the hull of both, and it is only centred if their centres agree.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, lru_cache

from ..errors import Diagnostic, ShapeError, SpecError
from ..formula import Formula
from ..graph import Graph, Shape
from ..layers import Layer, Step
from ..report.table import Field
from ..symbolic import Symbolic
from .large import LARGEST_FIELD, bounded

SIZE = Formula("R + (K - 1)*J")
STRIDE = Formula("J * S")
PADDING = Formula("P + p*J")


def receptive_fields(graph: Graph, layers: tuple[Layer, ...]) -> dict[str, Field | None]:
    """The field of every input and node; None where it is the whole input, or where inputs mix."""
    fields: dict[str, Field | None] = {name: _start(name, shape) for name, shape in graph.inputs.items()}
    for node, layer in zip(graph.nodes, layers):
        steps = layer.steps()
        if steps == () and len(node.inputs) == 1:
            fields[node.name] = fields[node.inputs[0]]
            continue
        field = _joined([fields[name] for name in node.inputs])
        field = None if field is None or steps is None else _grown(field, steps)
        if field is not None:
            try:
                bounded((*field.size, *field.stride, *field.padding), LARGEST_FIELD)
            except ShapeError as error:
                text = f"{node.layer}: {error.message}"
                raise SpecError([Diagnostic(error.code, text, node.span, error.help)]) from None
        fields[node.name] = field
    return fields


def _start(name: str, shape: Shape) -> Field | None:
    axes = len(shape) - 1
    return Field((1,) * axes, (1,) * axes, (0,) * axes, True, name) if axes else None


def _grown(field: Field, steps: tuple[Step, ...]) -> Field | None:
    if not steps:
        return field
    if len(steps) != len(field.size):
        return None
    axes = [_axis(*axis) for axis in zip(field.size, field.stride, field.padding, steps)]
    size, stride, padding = zip(*axes)
    return Field(size, stride, padding, field.aligned, field.origin)


@lru_cache(maxsize=4096)
def _axis(size: int, stride: int, padding: int, step: Step) -> tuple[int, int, int]:
    """Size, stride and padding along one axis behind a layer; axes are alike more often than not."""
    letters = grown_letters(size, stride, padding, step)
    return SIZE(letters), STRIDE(letters), PADDING(letters)


def grown_letters(size: int, stride: int, padding: int, step: Step) -> dict[str, int]:
    """What SIZE, STRIDE and PADDING ask for: the field before a layer, and what the layer does to it."""
    return {"R": size, "J": stride, "P": padding, "K": step.extent, "S": step.stride, "p": step.before}


def _joined(fields: list[Field | None]) -> Field | None:
    """The hull of several paths: from the earliest first pixel to the latest last one."""
    first = fields[0]
    if len(fields) == 1 or first is None:
        return first
    known = [
        f for f in fields if f is not None and f.origin == first.origin and len(f.size) == len(first.size)
    ]
    if len(known) < len(fields):
        return None
    hulls = [_hull(*paths) for paths in zip(*(tuple(zip(f.size, f.stride, f.padding)) for f in known))]
    size, stride, padding = zip(*hulls)
    return Field(size, stride, padding, _aligned(known), first.origin)


def _aligned(fields: list[Field]) -> bool | None:
    """Whether the centres and strides of several paths agree; None where that depends on letters."""
    centres = {tuple(r - 2 * p for r, p in zip(f.size, f.padding)) for f in fields}
    same = len(centres) == 1 and len({f.stride for f in fields}) == 1
    if same and all(f.aligned for f in fields):
        return True
    open_ = any(isinstance(n, Symbolic) for centre in centres for n in centre)
    return None if open_ and all(f.aligned is not False for f in fields) else False


@lru_cache(maxsize=4096)
def _hull(*paths: tuple[int, int, int]) -> tuple[int, int, int]:
    """Size, stride and padding along one axis where paths meet."""
    rules, letters = hull_rules(len(paths)), hull_letters(paths)
    for letter in "PEJ":
        letters[letter] = rules[letter](letters)
    return rules["R"](letters), letters["J"], letters["P"]


def hull_letters(paths: Sequence[tuple[int, int, int]]) -> dict[str, int]:
    """The fields of the paths, numbered from 1: R_1, J_1, P_1 and so on."""
    numbered = enumerate(paths, 1)
    return {f"{letter}_{i}": value for i, path in numbered for letter, value in zip("RJP", path)}


@cache
def hull_rules(paths: int) -> dict[str, Formula]:
    """Padding P, end E, size R and stride J of the hull: it begins with the earliest path and ends with the latest."""
    each = range(1, paths + 1)
    padding, stride = (", ".join(f"{letter}_{i}" for i in each) for letter in "PJ")
    ends = ", ".join(f"R_{i} - P_{i}" for i in each)
    texts = {"P": f"max({padding})", "E": f"max({ends})", "R": "P + E", "J": f"max({stride})"}
    return {letter: Formula(text) for letter, text in texts.items()}
