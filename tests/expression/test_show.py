"""Formulas in print: signs, brackets only where they are needed, numbers put in, and LaTeX."""

from __future__ import annotations

import ast

import pytest

from shapecalc.expression.show import show

SHOWN = {
    "(N + 2*P - F) // S + 1": (
        "⌊(N + 2·P − F) / S⌋ + 1",
        r"\left\lfloor \frac{N + 2 \cdot P - F}{S} \right\rfloor + 1",
    ),
    "ceil_div(N, S)": ("⌈N / S⌉", r"\left\lceil \frac{N}{S} \right\rceil"),
    "(a + b) * c": ("(a + b)·c", r"\left(a + b\right) \cdot c"),
    "a + b * c": ("a + b·c", r"a + b \cdot c"),
    "a - (b - c)": ("a − (b − c)", r"a - \left(b - c\right)"),
    "a - (b + c)": ("a − (b + c)", r"a - \left(b + c\right)"),
    "a + (b + c)": ("a + b + c", "a + b + c"),
    "-(a + b)": ("−(a + b)", r"-\left(a + b\right)"),
    "-a * b": ("(−a)·b", r"\left(-a\right) \cdot b"),
    "C_in * F_H": ("C_in·F_H", r"C_{\mathrm{in}} \cdot F_{H}"),
    "max(0, E)": ("max(0, E)", r"\max(0, E)"),
    "a % b": ("a mod b", r"a \bmod b"),
    "a % b == 0": ("a mod b = 0", None),
    "a <= b and b != c": ("a ≤ b and b ≠ c", None),
    "(a < b or b < c) and not (c > d)": ("(a < b or b < c) and not c > d", None),
    "not (a < b and c < d)": ("not (a < b and c < d)", None),
    "a < b or b < c and c < d": ("a < b or b < c and c < d", None),
    "a if b < c else d": (
        "a if b < c else d",
        r"\begin{cases} a & b < c \\ d & \text{otherwise} \end{cases}",
    ),
    "(a if b else c) + 1": ("(a if b else c) + 1", None),
    "sum(a*o for o in range(M))": ("Σ(o = 0 … M − 1) a·o", r"\sum_{o=0}^{M - 1} a \cdot o"),
}


@pytest.mark.parametrize(("formula", "shown"), SHOWN.items())
def test_shown(formula: str, shown: tuple[str, str | None]) -> None:
    tree = ast.parse(formula, mode="eval").body
    assert show(tree) == shown[0]
    assert shown[1] is None or show(tree, latex=True) == shown[1]


def test_numbers_put_in() -> None:
    tree = ast.parse("(N + 2*P - F) // S + 1", mode="eval").body
    assert show(tree, {"N": 227, "P": 0, "F": 11, "S": 4}) == "⌊(227 + 2·0 − 11) / 4⌋ + 1"
    assert show(tree, {"P": -1, "S": 4}) == "⌊(N + 2·(−1) − F) / 4⌋ + 1"
