"""A question is a sum of terms: what is asked, what is right, what is shown and what can go wrong are readings of one list.

A cell of a sheet, a blank of a quiz and a single problem are the same thing: a quantity of one layer (or of a network,
whose layers it adds up) under a teacher's conventions. Pitfall: the inputs may be the student's own earlier values, so
nothing here is looked up in the key's network.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from math import prod
from typing import TYPE_CHECKING, Any

from .. import layers
from ..errors import ShapeError
from ..graph import Shape
from ..quantities import INVERSE, QUANTITIES, SUMMED
from ..record import Record
from ..text import _
from .conventions import Conventions
from .plain import plain

if TYPE_CHECKING:
    from ..layers import Layer
    from .working import Working

Value = int | Shape
TOTAL = "total"
"""The word of a sum over a whole network or a block; its layers stand in `earlier`."""
MOST = 20
"""Answers to an inverse question that are listed; a map of one output has any number of strides."""
MOST_TERMS = 12
"""Terms of a sum over layers that are written out."""


MOST_KEPT = 50_000
_values: dict[Any, tuple[Any, Value]] = {}
"""Answers by question; options are told apart as objects, and kept alive for that."""


class Unasked(ValueError):
    """There is no such quantity of this layer."""


class Question(Record):
    """A quantity of one layer, or of several (`word` is `total`, they are `earlier`).

    `quantity` is a name of `quantities.QUANTITIES`. `options` are complete and normalised as a graph's node has them,
    `inputs` channels-last shapes, and `earlier` the layers on the way from the network's input, the first one first
    (their own `earlier` is not looked at).
    """

    quantity: str
    word: str
    options: Mapping[str, Any]
    inputs: tuple[Shape, ...]
    earlier: tuple[Question, ...] = ()
    conventions: Conventions = Conventions()

    def layer(self) -> Layer:
        """The layer, worked out. Raises ShapeError where these inputs do not fit it."""
        kind = layers.load(self.word)
        assert kind is not None
        if kind.ranks and len(self.inputs[0]) not in kind.ranks:
            raise ShapeError("SC407", _("an input of {n} axes does not fit").format(n=len(self.inputs[0])))
        return kind(self.options, self.inputs)

    def on(self, *inputs: Shape) -> Question:
        """The same question of other inputs: a student's own."""
        return Question(self.quantity, self.word, self.options, inputs, self.earlier, self.conventions)

    def of(self, quantity: str) -> Question:
        """Another quantity of the same layer."""
        return Question(quantity, self.word, self.options, self.inputs, self.earlier, self.conventions)

    def working(self) -> Working:
        """Its terms, in the layer's own formulas. Raises ShapeError or Unasked where there is no answer."""
        from .working import working

        return working(self)

    def value(self) -> Value:
        """The right answer: the terms added up. Raises ShapeError or Unasked where there is none."""
        if self.word == TOTAL:
            return self._total()
        if self.earlier:
            return self.working().whole()
        name = (id(self.options), self.quantity, self.word, self.inputs, self.conventions)
        if name not in _values:
            if len(_values) > MOST_KEPT:
                _values.clear()
            _values[name] = (self.options, self.working().whole())
        return _values[name][1]

    def work(self) -> str:
        """How it is worked out, the same terms in print: 5·5·3·6 + 6 = 456; empty where there is nothing to show."""
        if self.word == TOTAL:
            shown = [f"{n:,}" for n in self.summands() if n]
            return f"{' + '.join(shown)} = {self.value():,}" if 1 < len(shown) <= MOST_TERMS else ""
        return self.working().line()

    def summands(self) -> tuple[int, ...]:
        """What a total adds up, a number a layer."""
        found = (question.of(self.quantity).value() for question in self.earlier)
        return tuple(n for n in found if isinstance(n, int))

    def _total(self) -> Value:
        if self.quantity in SUMMED:
            return sum(self.summands())
        last = self.earlier[-1]
        return last._replace(quantity=self.quantity, earlier=self.earlier[:-1]).value()

    def accepts(self, value: Value) -> bool:
        """Return True if `value` answers it: of an inverse question, if that setting gives the same output."""
        try:
            if value == self.value():
                return True
            if self.quantity not in INVERSE or not isinstance(value, int):
                return False
            return self.solved(value).layer().y == self.layer().y
        except (ShapeError, Unasked):
            return False

    def solved(self, value: int) -> Question:
        """The same layer with `value` as the setting that an inverse question asks for."""
        axes, name = len(self.inputs[0]) - 1, self.quantity
        setting: Any = (value,) * axes
        if name == "padding":
            before = value // 2 if self.conventions.padding == "total" else value
            after = value - before if self.conventions.padding == "total" else value
            setting = ((before, after),) * axes
        if name == "dilation":
            setting = (value + 1 - self.conventions.dilation,) * axes
        return self._replace(options={**self.options, name: setting})

    def solutions(self) -> tuple[int, ...]:
        """All answers of an inverse question, the least first, MOST of them at most; one where it is not inverse."""
        right = self.value()
        if self.quantity not in INVERSE or not isinstance(right, int):
            return (right,) if isinstance(right, int) else ()
        found = sorted({right, *(n for n in self._candidates() if self.accepts(n))})
        return tuple(found[:MOST])

    def _candidates(self) -> Iterator[int]:
        """What solving the window backwards gives along every axis, in the numbers of the conventions."""
        from ..analysis.solve.axis import single
        from ..analysis.solve.rules import Rule

        name = {"padding": "p", "stride": "s", "kernel": "f", "dilation": "d"}[self.quantity]
        layer = self.layer()
        windows = getattr(layer, "windows", ())
        word = self.options.get("padding")
        rule = Rule(
            str(self.options.get("rounding") or "floor"),
            word if isinstance(word, str) and name != "p" else "",
            "output_padding" in self.options,
        )
        found: list[set[int]] = []
        for window in windows:
            v = window.letters
            known = {"n": v["N"], "f": v["F"], "s": v["S"], "d": v["D"], "p": v["P_b"], "out": window.M}
            known = {letter: n for letter, n in known.items() if letter != name}
            found.append({x[name] for x in single(rule, known, name, MOST, False).solutions})
        for n in set.intersection(*found) if found else ():
            if self.quantity == "padding" and self.conventions.padding == "total":
                yield from (2 * n - 1, 2 * n, 2 * n + 1)
            else:
                yield n - 1 + self.conventions.dilation if self.quantity == "dilation" else n


def steps(chain: tuple[Question, ...]) -> tuple[tuple[tuple[int, int], ...], ...]:
    """(extent, stride) along every axis of every layer of a chain that looks around.

    Raises Unasked where one sees everything or joins.
    """
    found = []
    for question in chain:
        layer = question.layer()
        here = layer.steps()
        if here is None or len(question.inputs) > 1 or len(layer.x) < 2:
            raise Unasked("receptive_field")
        if here:
            found.append(tuple((s.extent, s.stride) for s in here))
    return tuple(found)


def setting(question: Question, layer: Layer) -> Value:
    """A padding, a stride, a kernel: one number where all axes agree. Raises Unasked where the layer has none."""
    name, used = question.quantity, question.conventions
    if name == "weight_shape":
        return _weight_shape(layer)
    found = layer.resolved().get(name)
    if type(found) is int:
        return found
    if not isinstance(found, tuple) or not found:
        raise Unasked(name)
    if name != "padding":
        return plain(tuple(n - 1 + used.dilation if name == "dilation" else n for n in found))
    if used.padding == "total":
        return plain(tuple(a + b for a, b in found))
    if all(a == b for a, b in found):
        return plain(tuple(a for a, _b in found))
    return tuple(found[0]) if len(set(found)) == 1 else tuple(n for sides in found for n in sides)


def _weight_shape(layer: Layer) -> Shape:
    """The array of weights: F_H × F_W × C_in × C_out of a convolution, C_in × C_out of a fully connected layer."""
    inner = layer.letters.get("C_in", 0) // (layer.letters.get("G") or 1)
    shape = (*getattr(layer, "kernel", ()), inner, layer.y[-1])
    if prod(shape) != layer.count("weights"):
        raise Unasked("weight_shape")
    return shape


def form(quantity: str) -> str:
    """How the answer is put together from its terms. Raises Unasked for what is no quantity."""
    if quantity not in QUANTITIES:
        raise Unasked(quantity)
    return QUANTITIES[quantity].form
