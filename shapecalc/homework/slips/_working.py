"""What a student writes down on the way to an answer: a size formula an axis, a depth, and the formulas of the costs.

A slip changes one of these, and the answer is worked out anew from what is then there. Pitfall: sizes stand in the
textbook's form, ⌊(N + 2·P − F) / S⌋ + 1, also where the layer has another that gives the same, because slips are made
in the form that was taught.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Mapping
from fractions import Fraction
from math import prod
from typing import TYPE_CHECKING, Any

from ...formula import Formula
from ...layers._base import spatial
from ...record import Record
from ..asked import Asked, factor, plain
from ._rewrite import rewritten

if TYPE_CHECKING:
    from ...layers import Layer

Number = int | Fraction
Answer = int | Fraction | tuple[int, ...] | tuple[Fraction, ...]
NEEDS: Mapping[str, tuple[str, ...]] = {
    "params": ("weights", "biases", "buffers"),
    "weights": ("weights",),
    "biases": ("biases",),
    "buffers": ("buffers",),
    "macs": ("macs",),
    "flops": ("macs",),
    "connections": ("connections",),
}
"""The formulas that a quantity is the sum of."""
MEASURED = ("weights", "macs", "connections")
"""The parts whose formula holds what a unit reads."""
SHAPED = ("output_shape", "output_size", "activations", "memory")


class Term(Record):
    """A formula and the numbers that were put in; `exact` leaves its divisions unrounded."""

    formula: Formula
    letters: Mapping[str, Any]
    exact: bool = False

    def value(self) -> Number:
        if not self.exact:
            return self.formula(self.letters)
        letters = {name: Fraction(n) for name, n in self.letters.items() if isinstance(n, int)}
        found = Fraction(formula(self.formula.text.replace("//", "/"))(letters))
        return int(found) if found.denominator == 1 else found

    def show(self) -> str:
        text = self.formula.show(self.letters)
        return text.translate({ord("⌊"): "(", ord("⌋"): ")"}) if self.exact else text

    def rewritten(self, old: str, new: str) -> Term | None:
        """With `old` in the formula replaced by `new`; None where it holds no `old`."""
        found = rewritten(self.formula.text, old, new)
        return Term(found, self.letters, self.exact) if found else None

    def by(self, text: str) -> Term:
        """By another formula over the same letters."""
        return Term(formula(text), self.letters, self.exact)

    def put(self, **letters: Any) -> Term:
        """With other numbers for some letters."""
        return Term(self.formula, {**self.letters, **letters}, self.exact)

    def has(self, letter: str) -> bool:
        return letter in letters_in(self.formula.text)


class Given(Record):
    """An answer that was not worked out as asked: something else was given in its place, and why it is this number."""

    value: Answer
    work: str | Working = ""


class Working(Record):
    """How an answer is worked out: `axes` the spatial sizes, `depth` the last axis, `parts` the cost formulas."""

    asked: Asked
    layer: Layer
    axes: tuple[Term, ...]
    depth: Term
    parts: Mapping[str, Term]

    def answer(self) -> Answer:
        """What this working leads to; raises ShapeError, Unasked or ArithmeticError where it leads nowhere."""
        quantity, wanted = self.asked.quantity, self.asked.conventions
        if quantity in NEEDS:
            found: Number = sum(self.parts[p].value() for p in NEEDS[quantity] if p in self.parts)
            return found * factor(quantity, wanted)
        if quantity in SHAPED:
            sizes: Any = tuple(term.value() for term in self.axes)
            if quantity == "output_size" and sizes:
                return plain(sizes)
            shape: Any = (*sizes, self.depth.value())
            if quantity in ("output_shape", "output_size"):
                return plain(shape) if quantity == "output_size" else shape
            values: Number = prod(shape)
            return values * factor(quantity, wanted)
        return self.asked.value()

    def show(self) -> str:
        """The formula with its numbers put in, as far as one line can hold it."""
        quantity = self.asked.quantity
        if quantity in NEEDS:
            shown = [self.parts[p].show() for p in NEEDS[quantity] if p in self.parts]
            text = " + ".join(shown)
            times = factor(quantity, self.asked.conventions)
            return f"{times}·({text})" if times != 1 else text
        if quantity in SHAPED:
            sizes = [term.show() for term in self.axes]
            if quantity == "output_size" and sizes:
                return ", ".join(dict.fromkeys(sizes))
            if quantity == "output_shape":
                return " × ".join(
                    [*(f"({s})" if "+" in s or "−" in s else s for s in sizes), self.depth.show()]
                )
            return "·".join(str(n) for n in (*(t.value() for t in self.axes), self.depth.value()))
        return ""

    def with_options(self, **options: Any) -> Working:
        """The same question of a layer with other options; raises ShapeError where they do not fit."""
        return working(changed(self.asked, {**self.asked.options, **options}, self.asked.inputs))

    def with_inputs(self, *inputs: tuple[int, ...]) -> Working:
        """The same question of other inputs; raises ShapeError where they do not fit."""
        return working(changed(self.asked, self.asked.options, inputs))

    def with_axes(self, axes: tuple[Term, ...]) -> Working:
        """With other sizes, which the costs then use too."""
        sizes = [term.value() for term in axes]
        names = {f"M_{a}": n for a, n in zip(spatial(len(axes) + 1), sizes)}
        whole = all(isinstance(n, int) for n in sizes)
        parts = {
            q: t.put(**{name: n for name, n in names.items() if name in t.letters})
            for q, t in self.parts.items()
        }
        return Working(self.asked, self.layer, axes, self.depth, parts if whole else self.parts)

    def with_depth(self, depth: Term) -> Working:
        return Working(self.asked, self.layer, self.axes, depth, self.parts)

    def with_part(self, name: str, term: Term | None) -> Working:
        """With another formula for one cost, or none."""
        parts = {q: t for q, t in self.parts.items() if q != name}
        return self.with_parts({**parts, name: term} if term else parts)

    def with_parts(self, parts: Mapping[str, Term]) -> Working:
        """With other formulas for the costs."""
        return Working(self.asked, self.layer, self.axes, self.depth, parts)

    def measured(self, change: Callable[[Term], Term | None]) -> Working | None:
        """With each formula of MEASURED changed, where it can be; None where none can."""
        changed = {p: new for p in MEASURED if p in self.parts and (new := change(self.parts[p]))}
        return self.with_parts({**self.parts, **changed}) if changed else None

    @property
    def windowed(self) -> bool:
        """Whether a window slides over the input (and is not thrown over the output)."""
        return bool(getattr(self.layer, "windows", ())) and not self.transposed

    @property
    def transposed(self) -> bool:
        return "output_padding" in self.asked.options

    @property
    def learned(self) -> bool:
        """Whether the layer has weights."""
        return "weights" in self.layer.formulas()

    @property
    def pools(self) -> bool:
        return bool(getattr(self.layer, "windows", ())) and not self.learned


def changed(asked: Asked, options: Mapping[str, Any], inputs: tuple[tuple[int, ...], ...]) -> Asked:
    """The same question of a layer with other options or inputs."""
    return Asked(asked.quantity, asked.word, options, inputs, asked.earlier, asked.conventions)


def working(asked: Asked) -> Working:
    """The right way to the answer; raises ShapeError where the inputs do not fit."""
    layer = asked.layer()
    axes = tuple(map(_textbook, layer.windows)) if hasattr(layer, "windows") else _plain_axes(asked, layer)
    parts: dict[str, Term] = {}
    formulas = layer.formulas()
    for part in NEEDS.get(asked.quantity, ()):
        if part in formulas and (part != "buffers" or asked.conventions.bn == 4):
            parts[part] = Term(formulas[part], layer.letters_of(part))
    return Working(asked, layer, axes, _depth(asked, layer), parts)


CONSTANT = Formula("M")
FILTERS = Formula("C_out")
CHANNELS = Formula("C_in")
GROWN = Formula("N + P_b + P_a")
GROWN_EVENLY = Formula("N + 2*P")


def _textbook(window: Any) -> Term:
    """A window's size as it is taught, where that gives the right number; else by the layer's own formula."""
    v = dict(window.letters)
    own = Term(window.formula, v)
    if "O" in v:
        return own
    before, after = v["P_b"], v["P_a"]
    taught = ""
    if "ceil_div(N, S)" in window.formula.text and v["K"] % 2:
        v["P"] = v["K"] // 2
        taught = "2*P"
    elif before == after:
        v["P"] = before
        taught = "2*P" if before else ""
    extent = "F" if v["D"] == 1 else "(D*(F - 1) + 1)"
    for padding in dict.fromkeys((taught, "P_b + P_a")):
        span = f"N + {padding} - {extent}" if padding else f"N - {extent}"
        floor, ceil = f"({span}) // S + 1", f"ceil_div({span}, S) + 1"
        for form in (ceil,) if "min(" in window.formula.text else (floor, ceil):
            term = Term(formula(form), v)
            if term.value() == window.M:
                return term
    return own


def _plain_axes(asked: Asked, layer: Layer) -> tuple[Term, ...]:
    amount = asked.options.get("amount")
    if asked.word == "pad" and isinstance(amount, tuple):
        return tuple(_grown(n, sides) for n, sides in zip(layer.x[:-1], amount))
    return tuple(Term(CONSTANT, {"M": n}) for n in layer.y[:-1])


def _grown(n: int, sides: tuple[int, int]) -> Term:
    before, after = sides
    letters = {"N": n, "P_b": before, "P_a": after, "P": before}
    return Term(GROWN_EVENLY if before == after else GROWN, letters)


def _depth(asked: Asked, layer: Layer) -> Term:
    letters = {**layer.letters, "C_in": layer.x[-1], "C_out": layer.y[-1]}
    if asked.word == "flatten":
        names = [f"N_{a}" for a in spatial(len(layer.x))] or [f"N_{i}" for i in range(len(layer.x) - 1)]
        letters.update(zip(names, layer.x))
        return Term(formula(" * ".join([*names, "C_in"])), letters)
    return Term(CHANNELS if layer.x[-1] == layer.y[-1] and len(layer.y) > 1 else FILTERS, letters)


_FORMULAS: dict[str, Formula] = {}


def formula(text: str) -> Formula:
    """The same text is the same object, and so compiled once."""
    if text not in _FORMULAS:
        _FORMULAS[text] = Formula(text)
    return _FORMULAS[text]


_LETTERS: dict[str, frozenset[str]] = {}


def letters_in(text: str) -> frozenset[str]:
    """The letters of a formula's text."""
    if text not in _LETTERS:
        names = (n.id for n in ast.walk(ast.parse(text, mode="eval")) if isinstance(n, ast.Name))
        _LETTERS[text] = frozenset(names)
    return _LETTERS[text]
