"""Follow-through: the same question on a student's own earlier values, which later rows may rest on without a new error.

Pitfall: several answers are possible. A missing row may have been worked out in the head or forgotten altogether, and a
number of multiplications may rest on the map that was written or on the one that the layer would give.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction
from math import prod
from typing import Any

from ..errors import ShapeError
from ..graph import Shape
from ..quantities import SUMMED
from .key import Key, KeyRow
from .parts import LEARNED, factor
from .question import Question, Unasked
from .terms import Term, constant, formula
from .working import Working

Got = Mapping[str, Any]
On = Callable[[str], "tuple[tuple[Shape, ...], ...]"]
"""The inputs of a layer, for each way the student's own may be meant."""
MISFIT = (ShapeError, Unasked, ArithmeticError)


def on_inputs(key: Key, row: KeyRow, question: Question, on: On) -> Iterator[Any]:
    """On the shapes that go in: the layer's, or for a sum over a block those of each of its layers."""
    if row.kind == "block" and question.quantity in SUMMED:
        found = []
        for name in row.members:
            part = key.question(name, question.quantity)
            ways = on(name)
            found.append(part.on(*ways[0]) if ways else part)
        yield from values(lambda: question._replace(word="total", earlier=tuple(found)).value())
    for inputs in on(row.members[-1]) if row.members else ():
        layer = key.question(row.members[-1], question.quantity)
        yield from values(layer.on(*inputs).value)


def on_output(question: Question, y: Shape) -> Iterator[Any]:
    """On the output shape that the student wrote in the same row: its positions, and then its depth as well."""
    w = _right(question)
    if w is None or len(y) != len(w.layer.y):
        return
    own = w.on_output(y)
    deeper = {name: term.put(C_out=y[-1]) for name, term in own.parts.items()}
    yield from values(own.answer)
    yield from values(own.with_parts(deeper).answer)


def on_cells(question: Question, y: Shape, got: Got) -> Iterator[Any]:
    """On other numbers that the student wrote in the same row."""
    w = _right(question)
    if w is None:
        return
    yield from values(_put(w, got).answer)
    if question.quantity in ("macs", "flops", "connections") and _whole(got.get("weights")):
        yield from values(_uses(w, y, got["weights"]).answer)


def values(answer: Callable[[], Any]) -> Iterator[Any]:
    """The answer, if there is one."""
    try:
        yield answer()
    except MISFIT:
        return


def _right(question: Question) -> Working | None:
    """The right way, None where there is none."""
    return next(values(question.working), None)


def _put(w: Working, got: Got) -> Working:
    """The student's own numbers in the place of the terms that they stand for."""
    asked, parts = w.question, dict(w.parts)
    once = factor("macs", asked.conventions)
    for name, n in got.items():
        if not _whole(n) or name == asked.quantity:
            continue
        if name == "activations" and "values" in parts:
            parts["values"] = constant(n)
        elif name == "macs" and asked.quantity == "flops" and "macs" in parts:
            parts["macs"] = constant(n // once)
        elif name == "params" and asked.quantity == "memory":
            parts = {part: term for part, term in parts.items() if part not in LEARNED}
            parts |= {"weights": constant(n)} if asked.conventions.memory != "activations" else {}
        elif name in ("weights", "biases") and asked.quantity == "params":
            parts.pop(f"pool_{name}", None)
            parts[name] = constant(n)
    return w.with_parts(parts)


def _uses(w: Working, y: Shape, weights: int) -> Working:
    """Every weight used at every position of the output, and where biases count a bias beside it."""
    once = Term(formula("R * M"), {"R": prod(y[:-1]), "M": weights})
    if w.question.quantity == "connections" and w.layer.count("biases"):
        once = Term(formula("R * M + A"), {"R": prod(y[:-1]), "M": weights, "A": prod(y)})
    name = "connections" if w.question.quantity == "connections" else "macs"
    return w.with_part(name, once) if name in w.parts else w


def _whole(n: Any) -> bool:
    return isinstance(n, int) and not isinstance(n, (bool, Fraction))


def grown(key: Key, name: str, field: Shape) -> Shape | None:
    """A receptive field after the layer `name`, from the student's own before it: R + (K − 1)·J."""
    layer, node = key.layers[name], key.node(name)
    before, steps = key.fields[node.inputs[0]], layer.steps()
    if before is None or steps is None or len(node.inputs) != 1:
        return None
    if not steps:
        return field
    if len(steps) != len(field):
        return None
    return tuple(r + (s.extent - 1) * j for r, j, s in zip(field, before.stride, steps))
