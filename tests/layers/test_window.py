"""The arithmetic of a window, against windows that are walked pixel by pixel."""

from __future__ import annotations

from itertools import product

import pytest

from shapecalc.errors import ShapeError
from shapecalc.layers import _window

SMALL = list(product(range(1, 9), range(1, 5), range(1, 4), range(1, 4), range(3), range(3)))
"""Every N F S D P_b P_a of a small world."""


def walk(N: int, F: int, S: int, D: int, before: int, after: int, ceil: bool = False) -> list[list[int]]:
    """The pixels of every window, taken step by step; pixel 0 is the first real one, N the first behind."""
    reach = [tap * D for tap in range(F)]
    found: list[list[int]] = []
    start, end = -before, N + after
    while True:
        if start + reach[-1] >= end and not ceil:
            return found
        if ceil and found and (found[-1][-1] >= end - 1 or start >= N):
            return found
        found.append([start + r for r in reach])
        if len(found) > N + before + after + 1:
            return found
        start += S


def real(found: list[list[int]], N: int) -> int:
    return sum(0 <= pixel < N for window in found for pixel in window)


def check(w: _window.Window, found: list[list[int]], N: int) -> None:
    assert len(found) == w.M
    assert real(found, N) == w.live
    assert w.unread == max(0, N - 1 - found[-1][-1])
    assert w.step == (found[0][-1] - found[0][0] + 1, w.letters["S"], -found[0][0])


def test_every_small_window() -> None:
    fitted = refused = 0
    for N, F, S, D, before, after in SMALL:
        found = walk(N, F, S, D, before, after)
        if found:
            check(_window.window(N, F, S, D, (before, after)), found, N)
            fitted += 1
        else:
            with pytest.raises(ShapeError, match="does not fit"):
                _window.window(N, F, S, D, (before, after))
            refused += 1
    assert (fitted, refused) == (2_049, 543)


def test_every_small_window_rounded_up() -> None:
    for N, F, S, D, before, after in SMALL:
        K = (F - 1) * D + 1
        if N + before + after <= K - S:
            with pytest.raises(ShapeError, match="does not fit"):
                _window.window(N, F, S, D, (before, after), "ceil")
        else:
            w = _window.window(N, F, S, D, (before, after), "ceil")
            found = walk(N, F, S, D, before, after, ceil=True)
            assert len(found) == w.M
            assert real(found, N) == w.live


def test_reduced_forms_equal_the_general_one() -> None:
    for N, F, S, D, before, after in SMALL:
        v = {
            "N": N,
            "F": F,
            "S": S,
            "D": D,
            "P_b": before,
            "P_a": after,
            "K": _window.EXTENT({"F": F, "D": D}),
        }
        if D == 1 and before == after:
            v["P"] = before
            assert _window.SYMMETRIC(v) == _window.GENERAL(v)
    for F, S, D, M, E in product(range(1, 5), range(1, 4), range(1, 4), range(1, 5), range(9)):
        v = {"F": F, "S": S, "D": D, "M": M, "E": E}
        v |= {"X": _window.WHOLLY_OUT(v), "Y": _window.OUT(v)}
        lost = sum(-E + o * S + tap * D < 0 for o in range(M) for tap in range(F))
        assert _window.LOST(v) == lost
        if D == 1:
            assert _window.LOST_DENSE(v) == lost
        if E <= 1:
            assert _window.LOST_ONE(v) == lost


@pytest.mark.parametrize("word", ["same", "same_lower"])
def test_same_is_the_least_padding_that_reaches_every_step(word: str) -> None:
    for N, F, S, D in product(range(1, 12), range(1, 6), range(1, 5), range(1, 3)):
        w = _window.window(N, F, S, D, word)
        steps = len(range(0, N, S))
        total = next(p for p in range(50) if len(walk(N, F, S, D, 0, p)) >= steps)
        assert (w.M, sum(w.padding)) == (steps, total)
        assert w.padding[0] - w.padding[1] in ((0, -1) if word == "same" else (0, 1))
        found = walk(N, F, S, D, *w.padding)[:steps]
        assert real(found, N) == w.live


def test_keep_is_the_least_padding_on_both_sides() -> None:
    for N, F, S in product(range(1, 10), range(1, 6), range(1, 4)):
        kept = [p for p in range(40) if len(walk(N, F, S, 1, p, p)) == N]
        if kept:
            w = _window.window(N, F, S, 1, "keep")
            assert (w.M, w.padding) == (N, (kept[0], kept[0]))
        else:
            with pytest.raises(ShapeError) as refusal:
                _window.window(N, F, S, 1, "keep")
            assert (refusal.value.code, F % 2, S) == ("SC403", 0, 1)


def test_full_and_valid() -> None:
    for N, F, S, D in product(range(1, 6), range(1, 5), range(1, 4), range(1, 3)):
        K = (F - 1) * D + 1
        found = walk(N, F, S, D, K - 1, K - 1)
        check(_window.window(N, F, S, D, "full"), found, N)
        if K <= N:
            assert _window.window(N, F, S, D, "valid") == _window.window(N, F, S, D, (0, 0))


def test_absurd_padding_takes_no_time() -> None:
    """Every pixel is met by every tap once, however far the zeros reach."""
    for D in (1, 2):
        assert _window.window(10, 3, 1, D, (10**9, 10**9)).live == 30
    assert _window.window(10, 10**9, 1, 1, "full").live == 10 * 10**9


def test_literals_of_the_course() -> None:
    """deeplearning.ai, week 1: 39×39×3, then 3, then 5/2, then 5/2; and AlexNet's first layer."""
    assert _window.window(39, 3, 1, 1, (0, 0)).M == 37
    assert _window.window(37, 5, 2, 1, (0, 0)).M == 17
    assert _window.window(17, 5, 2, 1, (0, 0)).M == 7
    assert _window.window(227, 11, 4, 1, (0, 0)).M == 55
    w = _window.window(7, 3, 2, 1, (0, 0))
    assert (w.M, w.unread, str(w.formula)) == (3, 0, "⌊(N + 2·P − F) / S⌋ + 1")
    assert _window.window(224, 3, 2, 1, (1, 1)).live == 335


@pytest.mark.parametrize(
    ("settings", "code", "message", "help"),
    [
        (
            (4, 5, 1, 1, (0, 0)),
            "SC402",
            "a window of 5 does not fit into an input of 4 padded by 0 + 0",
            "take a smaller kernel or more padding, or shrink the input less before",
        ),
        (
            (28, 4, 1, 1, "keep"),
            "SC403",
            "no symmetric padding keeps 28 with an even window of 4 at stride 1: P would be 1.5",
            "F = 3 or 5 can",
        ),
    ],
)
def test_refusals(
    settings: tuple[int, int, int, int, object], code: str, message: str, help: str | None
) -> None:
    with pytest.raises(ShapeError) as refusal:
        _window.window(*settings)
    assert (refusal.value.code, refusal.value.message, refusal.value.help) == (code, message, help)
    assert refusal.value.option == "kernel"


@pytest.mark.parametrize(("F", "D"), [(2, 2), (4, 2), (2, 4), (4, 4)])
def test_keep_asks_for_an_odd_window_not_for_an_odd_filter(F: int, D: int) -> None:
    """Two taps that are two apart are a window of three."""
    w = _window.window(9, F, 1, D, "keep")
    assert w.M == 9 and w.step == ((F - 1) * D + 1, 1, (F - 1) * D // 2)


@pytest.mark.parametrize(("F", "D"), [(2, 1), (2, 3), (4, 1), (4, 3)])
def test_keep_refuses_an_even_window(F: int, D: int) -> None:
    with pytest.raises(ShapeError, match="no symmetric padding keeps 9 with an even window"):
        _window.window(9, F, 1, D, "keep")
