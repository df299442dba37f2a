"""Whether an answer is the right one: in another form, rounded to the digits written, or near enough for the key."""

from __future__ import annotations

from typing import Any

import pytest

from shapecalc.homework.answers import Reading
from shapecalc.homework.compare import judge
from shapecalc.homework.conventions import Conventions
from shapecalc.spec.grading import Tolerance

ALEXNET = 62_378_344
"""Parameters of the AlexNet of one column."""


@pytest.mark.parametrize(
    ("value", "step", "state"),
    [
        (62_378_344, None, "correct"), (62_400_000, 100_000, "rounded"), (62_000_000, 1_000_000, "rounded"),
        (62_380_000, 10_000, "rounded"), (62_300_000, 100_000, "rounded"), (60_000_000, 1_000_000, None),
        (60_000_000, 10_000_000, None), (62_500_000, 100_000, None), (62_378_345, None, None), (6_238_000, 1_000, None),
    ],
)  # fmt: skip
def test_rounded_to_the_digits_written(value: int, step: int | None, state: str | None) -> None:
    found = judge(Reading("", "read", value, step), ALEXNET, "params", Conventions())
    assert (found and found.state) == state
    if value == 62_300_000:
        assert found and found.remark == "cut, not rounded" and found.credit == "cut"


def test_digits_that_are_enough() -> None:
    coarse = Reading("8k", "read", 8_000, 1_000)
    assert judge(coarse, 7_600, "params", Conventions()) is None
    assert judge(coarse, 7_600, "params", Conventions(min_digits=1))
    assert judge(coarse, 8_000, "params", Conventions())
    assert judge(coarse, 7_600, "params", Conventions(), Tolerance(min_digits=1))
    assert judge(Reading("7.6k", "read", 7_600, 100), 7_600, "params", Conventions(), Tolerance(exact=True))
    assert (
        judge(Reading("7.6k", "read", 7_600, 100), 7_601, "params", Conventions(), Tolerance(exact=True))
        is None
    )


@pytest.mark.parametrize(
    ("limits", "value", "right"),
    [
        (Tolerance(rel=10_000), 7_676, True), (Tolerance(rel=10_000), 7_677, False), (Tolerance(off=2), 7_602, True),
        (Tolerance(off=2), 7_603, False), (Tolerance(range=(7_500, 7_600)), 7_500, True),
        (Tolerance(range=(7_500, 7_600)), 7_499, False),
    ],
)  # fmt: skip
def test_tolerances(limits: Tolerance, value: int, right: bool) -> None:
    assert bool(judge(Reading("", "read", value), 7_600, "params", Conventions(), limits)) is right


@pytest.mark.parametrize(
    ("value", "wanted", "layout", "state"),
    [
        ((28, 28, 6), (28, 28, 6), "HWC", "correct"), ((6, 28, 28), (28, 28, 6), "HWC", "equivalent"),
        ((1, 28, 28, 6), (28, 28, 6), "HWC", "equivalent"), ((2, 28, 28, 6), (28, 28, 6), "HWC", None),
        (400, (400,), "HWC", "correct"), ((400, 1), (400,), "HWC", "equivalent"), ((1, 1, 400), (400,), "HWC", "equivalent"),
        ((400,), (1, 1, 400), "HWC", "equivalent"), ((20, 20), (400,), "HWC", None), ((28, 28), (28, 28, 6), "HWC", None),
        ((13, 13, 3, 10), (13, 13, 30), "HWC", None), ((28, 6, 28), (28, 28, 6), "CHW", "equivalent"),
        ((1,), (1,), "HWC", "correct"), ((16, 24, 24, 1), (24, 24, 16), "CHW", "equivalent"),
        ((1, 16, 24, 24), (24, 24, 16), "HWC", "equivalent"), ((400, 1), (400,), "CHW", "equivalent"),
    ],
)  # fmt: skip
def test_shapes(value: Any, wanted: tuple[int, ...], layout: str, state: str | None) -> None:
    found = judge(Reading("", "read", value), wanted, "output_shape", Conventions(layout=layout))
    assert (found and found.state) == state


@pytest.mark.parametrize(
    ("value", "wanted", "right"),
    [
        (3, 3, True),
        ((3, 3), 3, True),
        (3, (3, 3), True),
        ((1, 2), (1, 2), True),
        ((2, 1), (1, 2), False),
        (1, (1, 2), False),
    ],
)
def test_one_number_an_axis(value: Any, wanted: Any, right: bool) -> None:
    assert bool(judge(Reading("", "read", value), wanted, "padding", Conventions())) is right


def test_a_cell_that_says_it_twice() -> None:
    twice = Reading("28x28x6 = 4704", "read", 4704, also=(28, 28, 6))
    assert judge(twice, (28, 28, 6), "output_shape", Conventions())
    assert judge(twice, 4704, "activations", Conventions())


def test_arithmetic_is_an_answer() -> None:
    for text, state in (("450+6", "equivalent"), ("450+6 = 456", "correct"), ("=450+6", "equivalent")):
        found = judge(Reading(text, "read", 456, working="450+6"), 456, "params", Conventions())
        assert found and found.state == state


def test_an_answer_that_says_what_it_counts() -> None:
    from shapecalc.homework.compare import counted

    used = Conventions()
    flops = Reading("705,600 FLOPs", "read", 705_600, unit="flops")
    assert counted(flops, "macs", used) == flops._replace(value=352_800)
    assert (
        counted(flops, "flops", used) == flops and counted(flops, "macs", Conventions(cost="flop")) == flops
    )
    assert counted(Reading("456 B", "read", 456, unit="bytes"), "params", used) is None
    assert counted(Reading("3 MACs", "read", 3, unit="macs"), "flops", used) == Reading(
        "3 MACs", "read", 6, unit="macs"
    )


def test_a_map_without_its_depth() -> None:
    from .marks import LENET, cell, key, mark

    found = cell(mark(key(LENET), "CONV1, 28x28"), "CONV1.output_shape")
    assert (found.state, found.remark) == ("wrong", "height and width are right, and the depth is missing")
    half = cell(mark(key(LENET, "credit: {no_depth: 0.5}"), "CONV1, 28x28"), "CONV1.output_shape")
    assert (half.state, half.score) == ("special_case", 0.5)


def test_shapes_that_bring_no_marks_go_on() -> None:
    from .marks import LENET, cell, key, mark

    graded = key(LENET, "columns: [params]")
    sheet = mark(
        graded,
        "CONV1, 32x32x6, 456\n POOL1, 16x16x6, 0\n CONV2, 12x12x16, 2416\n POOL2, 6x6x16, 0\n FC3, 120, 69240",
    )
    assert {c.quantity for c in sheet.cells} == {"params"}
    assert (
        cell(sheet, "FC3.params").state == "follow_through" and cell(sheet, "FC3.params").caused_by == "CONV1"
    )
