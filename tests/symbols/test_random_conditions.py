"""Random conditions taken as given: what is said of the letter holds for exactly those numbers for which they hold."""

from __future__ import annotations

from collections.abc import Callable
from random import Random
from typing import Any

import pytest

from shapecalc.symbolic import holds
from shapecalc.symbols import Space

UP_TO = 240
Made = Callable[[Any], Any]


def condition(r: Random) -> tuple[Made, Made]:
    """One condition, for a letter and for a number: an end, a sum of floors, a remainder, a remainder of a quotient."""
    m, k, a, b = r.randint(2, 5), r.randint(1, 40), r.randint(1, 4), r.randint(0, 6)
    rest, kind = r.randrange(m), r.randrange(6)
    if kind == 0:
        return (lambda h: (h + b) // a >= k), (lambda h: (h + b) // a >= k)
    if kind == 1:
        return (lambda h: (h + b) // a <= k), (lambda h: (h + b) // a <= k)
    if kind == 2:
        return (lambda h: h // m + h // (m + a) >= k), (lambda h: h // m + h // (m + a) >= k)
    if kind == 3:
        return (lambda h: a * h - m * (h // m) >= k), (lambda h: a * h - m * (h // m) >= k)
    if kind == 4:
        return (lambda h: (m * (h // m) + rest).equals(h)), (lambda h: h % m == rest)
    return (lambda h: (m * (h // (a * m)) + rest).equals(h // a)), (lambda h: h // a % m == rest)


@pytest.mark.parametrize("block", range(4))
def test_conditions_say_what_was_assumed(block: int) -> None:
    for seed in range(60 * block, 60 * block + 60):
        r = Random(seed)  # noqa: S311
        space = Space()
        h = space.letter("H")
        pairs = [condition(r) for _ in range(r.randint(1, 3))]
        right = [n for n in range(1, UP_TO) if all(number(n) for _letter, number in pairs)]
        if not all(holds(letter(h)) for letter, _number in pairs):
            assert not right, seed
            continue
        said = space.conditions()
        names = {"max": max, "min": min}
        whole = "all([" + ", ".join(said) + "])"
        found = [n for n in range(1, UP_TO) if eval(whole, {**names, "all": all}, {"H": n})]  # noqa: S307
        assert found == right, (seed, said)
        low, high = space.low(h), space.high(h)
        assert all(low <= n and (high is None or n <= high) for n in right), (seed, said)
