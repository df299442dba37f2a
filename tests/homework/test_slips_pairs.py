"""Two slips together, chains, totals and inverse questions; and values that must get no name."""

from __future__ import annotations

from typing import Any

import pytest

from shapecalc.homework.conventions import Conventions
from shapecalc.homework.question import TOTAL, Question
from shapecalc.homework.slips import diagnose, slips

from .positive import CONV, LENET, MLP, WIDE
from .setups import asked, chain

ALEXNET = chain((227, 227, 3), [
    ("conv", {"filters": 96, "kernel": 11, "stride": 4}), ("maxpool", {"kernel": 3, "stride": 2}),
    ("conv", {"filters": 256, "kernel": 5, "padding": 2}), ("maxpool", {"kernel": 3, "stride": 2}),
    ("conv", {"filters": 384, "kernel": 3, "padding": 1}), ("conv", {"filters": 384, "kernel": 3, "padding": 1}),
    ("conv", {"filters": 256, "kernel": 3, "padding": 1}), ("maxpool", {"kernel": 3, "stride": 2}),
    ("fc", {"units": 4096}), ("fc", {"units": 4096}), ("fc", {"units": 1000})])  # fmt: skip


def ids(question: Question, given: Any, **more: Any) -> list[str]:
    return [d.id for d in diagnose(question, given, **more)]


@pytest.mark.parametrize(
    ("question", "given", "pair"),
    [
        (CONV, 151, "no_input_depth+one_bias_per_layer"),
        (WIDE, (26, 26, 3), "valid_for_same+depth_from_input"),
        (WIDE, (27, 27, 24), "pad_once+depth_multiplied"),
        (LENET[2]._replace(quantity="params"), 400, "no_input_depth+no_bias"),
        (MLP, 2853, ""),
    ],
)
def test_pairs(question: Question, given: Any, pair: str) -> None:
    found = ids(question, given)
    assert pair in found if pair else not found
    assert all("+" in one for one in found)


def test_pairs_only_where_no_single_slip_fits() -> None:
    for given in range(1, 2000):
        found = ids(CONV, given)
        assert not any("+" in one for one in found) or all("+" in one for one in found), given
        assert len(found) <= 3


def test_ranks_and_their_order() -> None:
    for given in range(1, 60):
        found = diagnose(WIDE._replace(quantity="output_size"), given)
        assert [d.rank for d in found] == list(range(1, len(found) + 1))


def test_the_students_own_values_come_first() -> None:
    """A student kept 32 in CONV1 and went on rightly; what is right on that is no new slip."""
    own = LENET[2]._replace(inputs=((16, 16, 6),))
    assert ids(own, (12, 12, 16), key_inputs=((14, 14, 6),)) == ["carried_error"]
    assert ids(own, (11, 11, 16), key_inputs=((14, 14, 6),))[0] == "no_plus_one"
    assert ids(own, (9, 9, 16), key_inputs=((14, 14, 6),))[0] == "no_plus_one"


@pytest.mark.parametrize(
    ("at", "quantity", "given", "slip"),
    [
        (2, "output_shape", (28, 28, 256), "carried_error"),
        (9, "params", 26_218_496, "wrong_input_size"),
        (9, "params", 26_218_496, "carried_error"),
        (8, "output_shape", 6400, "wrong_input_size"),
        (9, "macs", 9216 * 4096 * 2, "mac_vs_flop"),
    ],
)
def test_chains(at: int, quantity: str, given: Any, slip: str) -> None:
    assert slip in ids(ALEXNET[at]._replace(quantity=quantity), given)


def test_a_stack_with_a_layer_too_few_or_too_many() -> None:
    stack = chain((240, 240, 1), [("conv", {"filters": 1, "kernel": 5})] * 10)[-1]
    assert "stopped_early" in ids(stack, 204)
    assert "extra_layer" in ids(stack, 196)


@pytest.mark.parametrize(
    ("given", "slip"),
    [
        (62_367_776, "no_bias"),
        (58_281_344, "missing_layer"),
        (3_747_200, "stopped_early"),
        (623_783_440, "decimal_slip"),
        (6_238_000, "unit_slip"),
    ],
)
def test_totals(given: int, slip: str) -> None:
    assert Question("params", TOTAL, {}, (), ALEXNET).value() == 62_378_344
    assert slip in ids(Question("params", TOTAL, {}, (), ALEXNET), given)


def test_a_cost_in_operations() -> None:
    fc = asked("macs", "fc", (400,), units=120, wanted=Conventions(cost="flop"))
    assert fc.value() == 96_000
    assert ids(fc, 48_000)[0] == "mac_vs_flop"
    assert ids(fc._replace(quantity="flops"), 48_000)[0] == "mac_vs_flop"


def test_rounded_answers_are_compared_to_the_digit_written() -> None:
    fc = ALEXNET[9]._replace(quantity="params")  # 37,752,832 with biases, 37,748,736 without
    assert ids(fc, 37_800_000, step=100_000) == []
    assert ids(fc, 37_749_000, step=1_000) == ["no_bias", "one_bias_per_layer"]
    assert "mac_vs_flop" in ids(ALEXNET[9]._replace(quantity="macs"), 75_500_000, step=100_000)


@pytest.mark.parametrize(
    ("quantity", "options", "given", "slip"),
    [
        ("padding", {"kernel": 7, "padding": 3}, 6, "pad_once"),
        ("padding", {"kernel": 5, "padding": 2}, 5, "pad_equals_kernel"),
        ("padding", {"kernel": 5, "padding": 2}, 0, "pad_ignored"),
        ("stride", {"kernel": 3, "stride": 4}, 1, "wrong_stride"),
        ("kernel", {"kernel": 7}, 5, "kernel_habit_5x5"),
        ("kernel", {"kernel": 7}, 6, "no_plus_one"),
    ],
)
def test_inverse_questions(quantity: str, options: dict[str, Any], given: int, slip: str) -> None:
    assert slip in ids(asked(quantity, "conv", (63, 63, 1), filters=1, **options), given)


def test_any_setting_with_the_same_output_is_right() -> None:
    strided = asked("stride", "conv", (10, 10, 1), filters=1, kernel=3, stride=4)
    assert [n for n in range(1, 10) if strided.accepts(n)] == [4, 5, 6, 7]
    assert [n for n in range(12) if ids(strided, n) and strided.accepts(n)] == []


def share_without_a_name(question: Question, values: list[Any]) -> float:
    return sum(not diagnose(question, v) for v in values) / len(values)


def test_chance_values_get_no_name() -> None:
    """Every wrong size, and every wrong count of a stretch, within half the right one: benchmarks/diagnosis.py at large."""
    sizes, counts = [], []
    for question in (*ALEXNET, *LENET):
        y = question.layer().y
        if len(y) == 3:
            near = [n for n in range(-(-y[0] // 2), y[0] * 3 // 2 + 1) if n != y[0]]
            sizes.append(share_without_a_name(question, [(n, n, y[2]) for n in near]))
        params = question._replace(quantity="params")
        if isinstance(right := params.value(), int) and right:
            near = list(range(-(-right // 2), right * 3 // 2, max(1, right // 101)))
            counts.append(share_without_a_name(params, [n for n in near if n != right]))
    assert sum(sizes) / len(sizes) >= 0.6
    assert sum(counts) / len(counts) >= 0.95


def test_a_rare_slip_does_not_explain_a_small_number() -> None:
    small = asked("output_size", "conv", (5, 5, 1), filters=1, kernel=3)
    assert ids(small, 2)[0] == "no_plus_one"
    assert "off_by_one" not in ids(small, 4)
    assert slips()["off_by_one"].weight == 1
