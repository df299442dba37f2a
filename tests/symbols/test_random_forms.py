"""Random arithmetic on letters and on numbers: putting the numbers in gives the same, and bounds hold.

`python -m tests.symbols.test_random_forms 100000` does as many as it is told.
"""

from __future__ import annotations

import sys
from random import Random
from typing import Any

import pytest

from shapecalc.symbols import Space
from shapecalc.symbols.algebra import SYMBOLS

F = SYMBOLS.functions
SIGNS = ("+", "-", "*", "//", "//", "%", "max", "min", "ceil", "choice")


def work(sign: str, a: Any, b: Any, letters: bool) -> Any:
    """One operation: by the algebra of letters, or by Python's own arithmetic."""
    if sign in ("max", "min"):
        return F[sign](a, b) if letters else {"max": max, "min": min}[sign](a, b)
    if sign == "ceil":
        return F["ceil_div"](a, b) if letters else -(-a // b)
    if sign == "choice":
        return F["where"](a >= b, a * 2, b - 1) if letters else a * 2 if a >= b else b - 1
    return {"+": a + b, "-": a - b, "*": a * b, "//": a // (b or 1), "%": a % (b or 1)}[sign]


def check(seed: int) -> None:
    """Build one random form beside its values at six points."""
    random = Random(seed)  # noqa: S311
    space = Space()
    names = ["H", "W"][: random.choice([1, 1, 2])]
    points = [
        {n: random.choice([1, 2, 3, random.randint(1, 40), random.randint(1, 999)]) for n in names}
        for _ in range(6)
    ]
    forms: list[Any] = [space.letter(n) for n in names]
    values = [[p[n] for p in points] for n in names]
    for _ in range(random.randint(1, 7)):
        sign, i = random.choice(SIGNS), random.randrange(len(forms))
        b: Any = random.randint(1, 9)
        others = [b] * len(points)
        if sign not in ("//", "%", "ceil") and random.random() < 0.5:
            j = random.randrange(len(forms))
            b, others = forms[j], values[j]
        result = [work(sign, x, y, False) for x, y in zip(values[i], others)]
        if max(map(abs, result)) > 10**15:
            break
        forms.append(work(sign, forms[i], b, True))
        values.append(result)
    form = forms[-1]
    low, high = space.low(form), space.high(form)
    for point, value in zip(points, values[-1]):
        if type(form) is not int:
            read = eval(form.text, {"max": max, "min": min}, point)  # noqa: S307
            assert form.at(point) == form.put(point) == read == value, (seed, form, point)
        else:
            assert form == value, (seed, form, point)
        assert (low is None or low <= value) and (high is None or value <= high), (seed, form, point)


@pytest.mark.parametrize("block", range(4))
def test_random_forms(block: int) -> None:
    for seed in range(block * 500, (block + 1) * 500):
        check(seed)


if __name__ == "__main__":
    for number in range(int(sys.argv[1])):
        check(10_000 + number)
    sys.stdout.write(f"{sys.argv[1]} random forms, no difference\n")
