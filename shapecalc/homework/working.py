"""What stands on the paper beside an answer: a size formula an axis, a depth, and the terms of the costs.

A slip changes one of these, and the answer and its work come anew from what is then there. Pitfall: slips are made in the
form that was taught, ⌊(N + 2·P − F) / S⌋ + 1, so `taught` puts the sizes into it where it gives the same.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from ..formula import Formula
from ..layers._base import spatial
from ..record import Record
from .parts import parts, scale
from .plain import plain
from .question import Question, Value, form, setting, steps
from .terms import Term, constant, formula, total, written

if TYPE_CHECKING:
    from ..layers import Layer

Answer = int | Fraction | tuple[int, ...] | tuple[Fraction, ...]
MEASURED = ("weights", "macs", "connections")
"""The parts whose formula holds what a unit reads."""


class Given(Record):
    """An answer that was not worked out as asked: something else was given in its place, and why it is this number."""

    value: Answer
    work: str | Working = ""


class Working(Record):
    """How an answer is worked out: `axes` the spatial sizes, `depth` the last axis, `parts` the terms of a cost.

    `fields` are the terms of a receptive field, a sum an axis. Of a cost, sizes are put in only where it is taught.
    """

    question: Question
    layer: Layer
    axes: tuple[Term, ...]
    depth: Term
    parts: Mapping[str, Term]
    fields: tuple[tuple[Term, ...], ...] = ()

    def answer(self) -> Any:
        """What this working leads to; raises ShapeError, Unasked or ArithmeticError where it leads nowhere."""
        asked = self.question
        kind = form(asked.quantity)
        if kind == "sum":
            return total(self.parts.values(), scale(asked.quantity, asked.conventions))
        if kind == "field":
            return plain(tuple(total(terms) for terms in self.fields))
        if kind == "setting":
            return setting(asked, self.layer)
        sizes = tuple(term.value() for term in self.axes)
        return plain(sizes) if kind == "sizes" and sizes else (*sizes, self.depth.value())

    def whole(self) -> Value:
        """The answer of a working without a slip."""
        found: Value = self.answer()
        return found

    def show(self) -> str:
        """The terms with their numbers put in, as far as one line can hold them."""
        asked = self.question
        kind = form(asked.quantity)
        if kind == "sum":
            return written(self.parts.values(), scale(asked.quantity, asked.conventions))
        if kind == "field":
            return ", ".join(dict.fromkeys(written(terms) for terms in self.fields))
        if kind == "setting":
            return ""
        sizes = [term.show() for term in self.axes]
        if kind == "sizes" and sizes:
            return ", ".join(dict.fromkeys(sizes))
        return " × ".join([*(f"({s})" if "+" in s or "−" in s else s for s in sizes), self.depth.show()])

    def line(self) -> str:
        """The terms and what they come to: 5·5·3·6 + 6 = 456; of a shape, each size that is worked out at all."""
        kind = form(self.question.quantity)
        if kind in ("sum", "field"):
            shown, value = self.show(), self.answer()
            text = f"{value:,}" if isinstance(value, int) else "×".join(map(str, value))
            return f"{shown} = {text}" if shown not in ("", str(value), text) else ""
        terms = (*self.axes, self.depth) if kind == "shape" else self.axes
        sums = (f"{term.show()} = {term.value():,}" for term in terms if term.show() != str(term.value()))
        return ", ".join(dict.fromkeys(sums)) if kind in ("shape", "sizes") else ""

    def taught(self) -> Working:
        """The same with every window's size in the textbook's form."""
        *axes, depth = (*self.axes, self.depth) if self.axes else _sizes(self.layer)
        windows = getattr(self.layer, "windows", ())
        taught = map(_textbook, windows) if windows else map(_evenly, axes)
        return self._replace(axes=tuple(taught), depth=depth)

    def with_options(self, **options: Any) -> Working:
        """The same question of a layer with other options; raises ShapeError where they do not fit."""
        asked = self.question
        return taught(asked._replace(options={**asked.options, **options}))

    def with_inputs(self, *inputs: tuple[int, ...]) -> Working:
        """The same question of other inputs; raises ShapeError where they do not fit."""
        return taught(self.question.on(*inputs))

    def with_axes(self, axes: tuple[Term, ...]) -> Working:
        """With other sizes, which the costs then use too."""
        sizes = [term.value() for term in axes]
        names = {f"M_{a}": n for a, n in zip(spatial(len(axes) + 1), sizes)}
        whole = all(isinstance(n, int) for n in sizes)
        put = {
            name: term.put(**{letter: n for letter, n in names.items() if letter in term.letters})
            for name, term in self.parts.items()
            if whole or name == "values"
        }
        return self._replace(axes=axes, parts={**self.parts, **put})

    def with_depth(self, depth: Term) -> Working:
        """With another depth, which the values then have too."""
        parts = dict(self.parts)
        if "values" in parts:
            parts["values"] = parts["values"].put(C_out=depth.value())
        return self._replace(depth=depth, parts=parts)

    def with_part(self, name: str, term: Term | None) -> Working:
        """With another formula for one cost, or none."""
        parts = {part: term for part, term in self.parts.items() if part != name}
        return self.with_parts({**parts, name: term} if term else parts)

    def with_parts(self, parts: Mapping[str, Term]) -> Working:
        """With other formulas for the costs."""
        return self._replace(parts=parts)

    def with_fields(self, change: Callable[[tuple[Term, ...]], tuple[Term, ...]]) -> Working:
        """With the receptive field's terms changed along every axis."""
        return self._replace(fields=tuple(map(change, self.fields)))

    def measured(self, change: Callable[[Term], Term | None]) -> Working | None:
        """With each formula of MEASURED changed, where it can be; None where none can."""
        changed = {p: new for p in MEASURED if p in self.parts and (new := change(self.parts[p]))}
        return self.with_parts({**self.parts, **changed}) if changed else None

    def on_output(self, y: tuple[int, ...]) -> Working:
        """With the output shape that somebody wrote down in place of the layer's own."""
        return self.with_axes(tuple(map(constant, y[:-1]))).with_depth(constant(y[-1]))

    @property
    def windowed(self) -> bool:
        """True if a window slides over the input (and is not thrown over the output)."""
        return bool(getattr(self.layer, "windows", ())) and not self.transposed

    @property
    def transposed(self) -> bool:
        return "output_padding" in self.question.options

    @property
    def learned(self) -> bool:
        """True if the layer has weights."""
        return "weights" in self.layer.formulas()

    @property
    def pools(self) -> bool:
        return bool(getattr(self.layer, "windows", ())) and not self.learned


def working(question: Question) -> Working:
    """The right way to the answer; raises ShapeError where the inputs do not fit, Unasked for what it has not."""
    layer, kind = question.layer(), form(question.quantity)
    fields = _fields((*question.earlier, question)) if kind == "field" else ()
    terms = parts(layer, question.quantity, question.conventions) if kind == "sum" else {}
    if kind not in ("shape", "sizes"):
        return Working(question, layer, (), Term(FIRST, {}), terms, fields)
    *axes, depth = _sizes(layer)
    return Working(question, layer, tuple(axes), depth, terms, fields)


def _sizes(layer: Layer) -> list[Term]:
    """A term for every axis of the output, by the layer's own rule."""
    rules = {work.key: work for work in layer.sizes()}
    names = spatial(len(layer.y))
    if len(names) != len(layer.y) - 1:
        return [constant(n) for n in layer.y]
    found = []
    for axis, n in zip(names + "C", layer.y):
        work = rules.get(f"output.{axis}")
        term = Term(work.formula, work.letters) if work else constant(n)
        found.append(term if term.value() == n else constant(n))
    around = {"C_in": layer.x[-1], "C_out": layer.y[-1], **found[-1].letters}
    found[-1] = Term(found[-1].formula, around)
    return found


FIRST = Formula("1")
GROWS = Formula("(K - 1) * J")


def recursion(axis: Iterable[tuple[int, int]]) -> tuple[Term, ...]:
    """R = 1 + (K₁ − 1)·J₁ + … over (extent K, stride S) of the layers along one axis.

    The jump J is the product of the strides before (Araujo et al. 2019, distill.pub).
    """
    terms, jump = [Term(FIRST, {})], 1
    for extent, stride in axis:
        terms.append(Term(GROWS, {"K": extent, "J": jump, "S": stride}))
        jump *= stride
    return tuple(terms)


def _fields(chain: tuple[Question, ...]) -> tuple[tuple[Term, ...], ...]:
    """The terms of a receptive field, a sum an axis."""
    looked = steps(chain)
    if not looked:
        return ((Term(FIRST, {}),),) * (len(chain[0].inputs[0]) - 1)
    return tuple(map(recursion, zip(*looked)))


def _evenly(term: Term) -> Term:
    """Zeros on both sides alike, as they are taught: N + 2·P."""
    v = term.letters
    if term.formula.text != "N + P_b + P_a" or v["P_b"] != v["P_a"]:
        return term
    return Term(formula("N + 2*P"), {**v, "P": v["P_b"]})


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
        for text in (ceil,) if "min(" in window.formula.text else (floor, ceil):
            term = Term(formula(text), v)
            if term.value() == window.M:
                return term
    return own


def taught(question: Question) -> Working:
    """The right way to the answer as it was taught: what slips are made in."""
    return question.working().taught()
