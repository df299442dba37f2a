"""Inverse questions: the intervals hold exactly the settings with which the windows, walked one by one, are as many."""

from __future__ import annotations

import random

import pytest

from shapecalc.errors import Source
from shapecalc.homework.problems import inverse, read_problems


def walked(n: int, f: int, s: int, p: int, d: int = 1) -> int:
    """How many windows fit: the first pixel of each is walked to."""
    count, at = 0, -p
    while at + d * (f - 1) < n + p:
        count, at = count + 1, at + s
    return count


@pytest.fixture(name="settings")
def random_settings() -> list[tuple[int, int, int, int, int]]:
    draw = random.Random(5)  # noqa: S311
    found = []
    while len(found) < 300:
        n, f, s = draw.randint(1, 24), draw.randint(1, 7), draw.randint(1, 5)
        p, d = draw.randint(0, 4), draw.randint(1, 3)
        if n + 2 * p >= d * (f - 1) + 1:
            found.append((n, f, s, p, d))
    return found


def test_intervals_are_what_walking_finds(settings: list[tuple[int, int, int, int, int]]) -> None:
    for n, f, s, p, d in settings:
        m, k = walked(n, f, s, p, d), d * (f - 1) + 1
        assert inverse.padding(n, k, s, m).members() == tuple(
            q for q in range(200) if walked(n, f, s, q, d) == m
        )
        strides = tuple(t for t in range(1, 60) if walked(n, f, t, p, d) == m)
        found = inverse.stride(n, k, p, m)
        assert found.members() == (strides[:1] if found.open_end else strides)
        assert found.open_end == (m == 1)
        assert inverse.size(k, s, p, m).members() == tuple(
            x for x in range(1, 200) if walked(x, f, s, p, d) == m
        )
        assert inverse.kernel(n, s, p, m, d) == tuple(g for g in range(1, 60) if walked(n, g, s, p, d) == m)
        if f > 1:
            assert inverse.dilation(n, f, s, p, m) == tuple(
                e for e in range(1, 60) if walked(n, f, s, p, e) == m
            )


def solved(text: str) -> tuple[object, ...]:
    (problem,) = read_problems(Source("p.yaml", f"problems:\n- {text}\n")).problems
    return problem.questions[0].right


@pytest.mark.parametrize(
    ("problem", "right"),
    [
        ("{n: 8, kernel: 2, stride: 2, out: 4, ask: padding}", (0,)),
        ("{n: 7, kernel: 3, stride: 2, out: 4, ask: padding}", (1,)),
        ("{n: 8, kernel: 3, stride: 4, out: 2, ask: padding}", (0, 1)),
        ("{n: 5, kernel: 5, out: 1, ask: stride}", (1,)),
        ("{kernel: 7, stride: 2, padding: 3, out: 112, ask: input_size}", (223, 224)),
        ("{input: 30x20x1, kernel: 3, out: 28x18, ask: padding}", (0,)),
        ("{input: 30x20x1, kernel: 3, stride: 2, out: 15x10, ask: kernel}", (1, 2)),
        ("{input: 28x28x1, layers: [{conv: {filters: 4, kernel: unknown}}], out: 24, ask: kernel}", (5,)),
        (
            "{input: 28x28x1, layers: [{conv: {filters: 4, kernel: unknown}}, {maxpool: 2}], out: 12, ask: kernel}",
            (4, 5),
        ),
        (
            "{input: 28x28x3, layers: [{conv: {filters: unknown, kernel: 5}}], params: 7600, ask: filters}",
            (100,),
        ),
        ("{input: 400, layers: [{fc: unknown}], macs: 48000, ask: units}", (120,)),
    ],
)
def test_solved(problem: str, right: tuple[object, ...]) -> None:
    assert solved(problem) == right


def test_an_open_interval_takes_every_larger_stride() -> None:
    from shapecalc.homework.problems import is_right

    (problem,) = read_problems(
        Source("p.yaml", "problems:\n- {n: 5, kernel: 5, out: 1, ask: stride}\n")
    ).problems
    (question,) = problem.questions
    assert question.open_end
    assert is_right(question, 1)
    assert is_right(question, 17)
