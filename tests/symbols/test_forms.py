"""Closed forms in print and in normal form, conditions solved for their letters; the identities are textbook ones."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from shapecalc.symbolic import Undecided, holds
from shapecalc.symbols import Space
from shapecalc.symbols.algebra import SYMBOLS

ceil_div, where = SYMBOLS.functions["ceil_div"], SYMBOLS.functions["where"]
Make = Callable[[Any, Any], Any]


@pytest.fixture
def space() -> Space:
    return Space()


FORMS: dict[str, tuple[Make, str]] = {
    "a floor of a floor is one floor": (lambda h, w: h // 2 // 3, "H//6"),
    "with what is added in between": (lambda h, w: ((h - 1) // 2 + 1 - 1) // 2 + 1, "(H + 3)//4"),
    "what divides evenly leaves the floor": (lambda h, w: (6 * h + 5) // 3, "2*H + 1"),
    "and what does not is cut down": (lambda h, w: (7 * h - 1) // 3, "2*H + (H + 2)//3 - 1"),
    "a common factor is taken out": (lambda h, w: (4 * h + 6 * w + 3) // 10, "(2*H + 3*W + 1)//5"),
    "rounding up": (lambda h, w: ceil_div(h, 2), "(H + 1)//2"),
    "a remainder": (lambda h, w: h % 4, "H - 4*(H//4)"),
    "products multiply out": (lambda h, w: (h + 1) * (w - 1) - h * w, "-H + W - 1"),
    "a quotient of forms": (lambda h, w: (3 * h * w + w) // w, "3*H + 1"),
    "one that does not go": (lambda h, w: h // w, "H//W"),
    "the larger of two is known": (lambda h, w: SYMBOLS.functions["max"](h, h + w), "H + W"),
    "or it is not": (lambda h, w: SYMBOLS.functions["max"](h, w, 3), "max(H, W, 3)"),
    "the smaller of three": (lambda h, w: SYMBOLS.functions["min"](h, 2 * h, h // 2), "H//2"),
    "a choice": (lambda h, w: where(h >= 5, 7, 3), "4*min(max(H - 4, 0), 1) + 3"),
}


@pytest.mark.parametrize("name", FORMS)
def test_normal_form(space: Space, name: str) -> None:
    make, text = FORMS[name]
    assert make(space.letter("H"), space.letter("W")).text == text


def test_print_and_latex(space: Space) -> None:
    h = space.letter("H")
    size = (h - 11) // 4 + 1
    space.note_size(size)
    assert str(size) == "⌊(H − 11) / 4⌋ + 1"
    assert str(96 * size * size) == "96·(⌊(H − 11) / 4⌋ + 1)²"
    assert str(34_848 * size) == "34,848·(⌊(H − 11) / 4⌋ + 1)"
    assert (96 * size).text == "96*((H - 11)//4 + 1)"
    assert size.latex == r"\left\lfloor \frac{H - 11}{4} \right\rfloor + 1"
    assert (size * size).latex == r"\left(\left\lfloor \frac{H - 11}{4} \right\rfloor + 1\right)^2"


def test_a_form_without_letters_is_a_number(space: Space) -> None:
    h = space.letter("H")
    for form in (h - h, (h + 4) // 1 - h, (2 * h + 1) // 2 - h, h * 0):
        assert type(form) is int


CERTAIN: dict[str, tuple[Make, bool]] = {
    "a letter is at least 1": (lambda h, w: h >= 1, True),
    "and no more is known": (lambda h, w: h * w > 0, True),
    "a remainder is less than what divides": (lambda h, w: h - 4 * (h // 4) <= 3, True),
    "twice the half, rounded up, is enough": (lambda h, w: 2 * ceil_div(h, 2) >= h, True),
    "the two halves are the whole": (lambda h, w: (h - h // 2).equals((h + 1) // 2), True),
    "a product of floors is less than the area": (lambda h, w: 4 * (h // 2) * (w // 2) <= h * w, True),
    "never": (lambda h, w: (2 * h).equals(2 * (h // 1) + 1), False),
    "a square is at least its root": (lambda h, w: h * h >= h, True),
}


@pytest.mark.parametrize("name", CERTAIN)
def test_what_is_certain(space: Space, name: str) -> None:
    make, truth = CERTAIN[name]
    assert bool(make(space.letter("H"), space.letter("W"))) is truth


ASSUMED: dict[str, tuple[list[Make], list[str]]] = {
    "a window must fit": ([lambda h, w: (h - 1) // 32 + 1 >= 7], ["H >= 193"]),
    "a map no larger than this": ([lambda h, w: h // 4 <= 5], ["H <= 23"]),
    "both at once": ([lambda h, w: h // 2 >= 3, lambda h, w: h // 2 <= 3], ["H >= 6", "H <= 7"]),
    "a stronger one takes the place": ([lambda h, w: h >= 5, lambda h, w: h >= 9], ["H >= 9"]),
    "one number": ([lambda h, w: (3 * h).equals(21)], ["H == 7"]),
    "halves that fit together again": ([lambda h, w: (2 * (h // 2)).equals(h)], ["H % 2 == 0"]),
    "four levels of them": (
        [lambda h, w, k=k: (2 * (h // 2 ** (k + 1))).equals(h // 2**k) for k in range(4)],  # type: ignore[misc]
        ["H % 16 == 0"],
    ),
    "a remainder and a bound": (
        [lambda h, w: (2 * (h // 2)).equals(h), lambda h, w: h >= 5],
        ["H % 2 == 0", "H >= 6"],
    ),
    "odd ones": ([lambda h, w: (2 * (h // 2) + 1).equals(h)], ["H % 2 == 1"]),
    "odd halves of odd ones": (
        [lambda h, w: (2 * (h // 2) + 1).equals(h), lambda h, w: (2 * (h // 4) + 1).equals(h // 2)],
        ["H % 4 == 3"],
    ),
    "thirds of odd ones": (
        [lambda h, w: (2 * (h // 2) + 1).equals(h), lambda h, w: (3 * (h // 6) + 2).equals(h // 2)],
        ["H % 6 == 5"],
    ),
    "a lower end takes the place": ([lambda h, w: h <= 9, lambda h, w: h <= 5], ["H <= 5"]),
    "each letter by itself": ([lambda h, w: h >= 3, lambda h, w: w >= 4], ["H >= 3", "W >= 4"]),
    "two letters in one": ([lambda h, w: h * w >= 12], ["H*W >= 12"]),
    "equal letters": ([lambda h, w: h.equals(w)], ["H == W"]),
    "a sum of floors": ([lambda h, w: h // 2 + h // 3 >= 10], ["H >= 12"]),
    "the larger of two": ([lambda h, w: SYMBOLS.functions["max"](h, w) <= 9], ["H <= 9", "W <= 9"]),
}


@pytest.mark.parametrize("name", ASSUMED)
def test_what_is_assumed_is_solved(space: Space, name: str) -> None:
    made, conditions = ASSUMED[name]
    h, w = space.letter("H"), space.letter("W")
    for make in made:
        assert holds(make(h, w))
    assert space.conditions() == conditions
    for make in made:
        assert bool(make(h, w)) is True, "what was assumed is certain from then on"


def test_a_condition_is_neither_true_nor_false(space: Space) -> None:
    with pytest.raises(Undecided, match="H ≥ 33"):
        bool(space.letter("H") > 32)


def test_sixteen_halves_are_the_whole_once_sixteen_divides(space: Space) -> None:
    h = space.letter("H")
    holds((16 * (h // 16)).equals(h))
    assert space.settled(16 * (h // 16)) == h
    assert space.settled(3 * (h // 2)).text == "3*(H//2)"


def test_halves_of_odd_ones_are_less_by_one_half(space: Space) -> None:
    h = space.letter("H")
    assert holds((2 * (h // 2) + 1).equals(h))
    assert space.settled(2 * (h // 2)).text == "H - 1"
    assert space.settled(4 * (h // 2) * (h // 2)).text == "(H - 1)*(H - 1)"


def test_half_of_an_odd_number_from_five_on_is_two_or_more(space: Space) -> None:
    h = space.letter("H")
    assert holds((2 * (h // 2) + 1).equals(h)) and holds(h >= 5)
    assert bool(h // 2 >= 2) is True
    with pytest.raises(Undecided):
        bool(h // 2 >= 3)


def test_letters_of_any_script_reach_no_compiler(space: Space) -> None:
    odd = space.letter("宽度") * 2 + space.letter("__import__") // 3
    assert odd.at({"宽度": 4, "__import__": 9}) == 11


def test_a_quotient_s_letter_never_gets_out(space: Space) -> None:
    """Once 3 divides H − 1, what does not become simpler is left as it is, in the letters that a reader knows."""
    h = space.letter("H")
    assert holds((3 * ((h - 1) // 3) + 1).equals(h))
    form = space.settled(h // 7 + h)
    assert form.names() == {"H"} and form.at({"H": 22}) == 25
