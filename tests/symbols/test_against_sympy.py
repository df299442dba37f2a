"""SymPy, where it is installed, says the same of the same operations: polynomials expand alike, floors have its values."""

from __future__ import annotations

from random import Random
from typing import Any

import pytest

from shapecalc.symbols import Space

sympy = pytest.importorskip("sympy", reason="SymPy is not installed: closed forms are not compared with its")


def test_polynomials_expand_alike() -> None:
    random = Random(5)  # noqa: S311
    for _ in range(60):
        space = Space()
        ours: list[Any] = [space.letter("H"), space.letter("W")]
        theirs: list[Any] = list(sympy.symbols("H W"))
        for _step in range(6):
            i, j, n, sign = (
                random.randrange(len(ours)),
                random.randrange(len(ours)),
                random.randint(-4, 4),
                random.randrange(3),
            )
            for forms in (ours, theirs):
                forms.append([forms[i] + forms[j], forms[i] - n * forms[j], forms[i] * (forms[j] + n)][sign])
        text = str(ours[-1].text if hasattr(ours[-1], "text") else ours[-1])
        assert sympy.expand(theirs[-1] - sympy.sympify(text)) == 0


def test_chains_of_windows_have_its_values() -> None:
    random = Random(6)  # noqa: S311
    letter = sympy.Symbol("H", integer=True, positive=True)
    for _ in range(40):
        ours: Any = Space().letter("H")
        theirs: Any = letter
        for _step in range(random.randint(1, 5)):
            f, s, p = random.choice([1, 3, 5, 7]), random.choice([1, 2, 2, 3]), random.choice([0, 1, 2])
            ours = (ours + 2 * p - f) // s + 1
            theirs = sympy.floor((theirs + 2 * p - f) / s) + 1
        for n in (1, 7, 28, 33, 224, 227):
            assert ours.at({"H": n}) == int(theirs.subs(letter, n))
