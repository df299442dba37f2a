"""A closed form as a Python function: compiled once, then a fraction of a microsecond a term.

Pitfall: a letter's name is a reader's, so it never reaches the compiler; letters become v[0], v[1] and so on.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from .atoms import Call, Extreme, Floor, Letter
from .expr import Expr

Functions = Mapping[str, Callable[..., Any]]


def function(form: Expr, functions: Functions | None = None) -> Callable[[Mapping[str, Any]], Any]:
    """A function from letters' values; `functions` says what max, min and round_to are for arrays."""
    writer = _Writer(form)
    body = writer.of(form)
    lines = "; ".join((*writer.lines, "")).replace("; ", "\n ")
    source = f"def run(v):\n {lines}return {body}"
    scope: dict[str, Any] = {"__builtins__": {}, "max": max, "min": min, "int": int, "round_to": _round_to}
    exec(compile(source, "<closed form>", "exec"), {**scope, **(functions or {})}, scope)  # noqa: S102
    return scope["run"]  # type: ignore[no-any-return]


def _round_to(x: Any, multiple: int) -> int:
    from ..expression.evaluate import round_to

    return round_to(x, multiple)


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
