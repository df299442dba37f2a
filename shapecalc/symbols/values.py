"""Letters get values: numbers or other forms put in, or the form compiled once as a Python function of them.

Pitfall: what is put in is built anew by arithmetic, so it is in normal form again: ⌊H / 2⌋ with 2·t for H is t. And a
letter's name is a reader's, so it never reaches the compiler as a name.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from ..expression.evaluate import round_to
from .atoms import Call, Extreme, Floor, Letter
from .form import Expr, Value, normal

if TYPE_CHECKING:
    from .space import Space

Functions = Mapping[str, Callable[..., Any]]


def put(form: Value, values: Mapping[str, Value]) -> Value:
    """`form` with some letters replaced."""
    return _Put(values).of(form)


class _Put:
    def __init__(self, values: Mapping[str, Value]) -> None:
        self.values = values
        self.done: dict[int, Value] = {}

    def of(self, form: Value) -> Value:
        if not isinstance(form, Expr):
            return form
        total: Value = 0
        for monomial, c in form.terms.items():
            product: Value = c
            for number in monomial:
                product = product * self.atom(form, number)
            total = total + product
        return total

    def atom(self, form: Expr, number: int) -> Value:
        if number not in self.done:
            atom = form.space.atoms[number]
            if isinstance(atom, Letter):
                self.done[number] = self.values.get(atom.name, Expr(form.space, {(number,): 1}))
            elif atom.letters() & self.values.keys():
                self.done[number] = atom.rebuilt(tuple(map(self.of, atom.parts())))
            else:
                self.done[number] = Expr(form.space, {(number,): 1})
        return self.done[number]


def whole_again(space: Space, form: Value, otherwise: Value) -> Value:
    """A form over t = (H − r) / m in the letter H again, if nothing is left to divide; else `otherwise`."""
    if not isinstance(form, Expr):
        return form
    hidden = {
        space.inner(name).terms and next(i for (i,) in filter(None, space.inner(name).terms)): name
        for name in space.moduli
    }
    total: Value = 0
    for monomial, c in form.terms.items():
        product: Value = 1
        divisor = 1
        for number in monomial:
            name = hidden.get(number)
            if name is None:
                product = product * Expr(space, {(number,): 1})
                continue
            m, r = space.moduli[name]
            product, divisor = product * (space.letter(name) - r), divisor * m
        if not isinstance(c, int) or c % divisor:
            return otherwise
        total = total + (c // divisor) * product
    if isinstance(total, Expr) and any(a.letters() - set(space.symbols) for a in total.atoms()):
        return otherwise
    return normal(space, total.terms) if isinstance(total, Expr) else total


def function(form: Expr, functions: Functions | None = None) -> Callable[[Mapping[str, Any]], Any]:
    """A function from letters' values; `functions` says what max, min and round_to are for arrays."""
    writer = _Writer(form)
    body = writer.of(form)
    lines = "; ".join((*writer.lines, "")).replace("; ", "\n ")
    source = f"def run(v):\n {lines}return {body}"
    scope: dict[str, Any] = {"__builtins__": {}, "max": max, "min": min, "int": int, "round_to": round_to}
    exec(compile(source, "<closed form>", "exec"), {**scope, **(functions or {})}, scope)  # noqa: S102
    return scope["run"]  # type: ignore[no-any-return]


class _Writer:
    """Python text of a form; each floor and maximum gets a name of its own, worked out once."""

    def __init__(self, form: Expr) -> None:
        self.space = form.space
        self.lines: list[str] = []
        self.names: dict[int, str] = {}

    def of(self, form: Any) -> str:
        if not isinstance(form, Expr):
            return str(form if isinstance(form, int) else float(form))
        return " + ".join(self.term(monomial, c) for monomial, c in form.terms.items())

    def term(self, monomial: tuple[int, ...], c: Any) -> str:
        factors = [self.atom(number) for number in monomial]
        if c != 1 or not factors:
            factors.insert(0, f"({c})" if isinstance(c, int) else repr(float(c)))
        return "*".join(factors)

    def atom(self, number: int) -> str:
        if number not in self.names:
            text = self.text(self.space.atoms[number])
            self.names[number] = f"x{len(self.names)}"
            self.lines.append(f"{self.names[number]} = {text}")
        return self.names[number]

    def text(self, atom: Any) -> str:
        if isinstance(atom, Letter):
            return f"v[{atom.name!r}]"
        if isinstance(atom, Floor):
            whole = self.space.is_whole_form(atom.a)
            quotient = f"({self.of(atom.a)}){'//' if whole else '/'}({self.of(atom.b)})"
            return quotient if whole else f"int({quotient})"
        if isinstance(atom, Extreme):
            return f"{atom.word}({', '.join(map(self.of, atom.forms))})"
        assert isinstance(atom, Call)
        return f"{atom.word}({', '.join(map(self.of, atom.arguments))})"
