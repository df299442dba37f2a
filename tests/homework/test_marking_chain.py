"""Which of a student's own values goes into the next row: the last one, worked out or as it was, never an impossible one."""

from __future__ import annotations

import pytest

from .marks import LENET, cell, key, mark, states

CHAIN = """
    input: 32x32x3
    layers:
      - conv: {filters: 6, kernel: 5, name: C1}
      - maxpool: {kernel: 2, name: S2}
      - conv: {filters: 16, kernel: 5, name: C3}
      - fc: {units: 10, name: F4}
"""


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        # a blank cell in a row that is there feeds the key's value: C3 is worked out on 14x14x6
        ("C1, 32x32x6\n S2, -\n C3, 10x10x16\n F4, 10", "wrong blank correct correct"),
        ("C1, 32x32x6\n S2, -\n C3, 12x12x16\n F4, 10", "wrong blank wrong correct"),
        ("C1, 32x32x6\n S2, 16by16\n C3, 12x12x16\n F4, 10", "wrong unreadable wrong correct"),
        # a missing row is blank and passes the student's own last value on: pooled in the head, or forgotten
        ("C1, 32x32x6\n C3, 12x12x16\n F4, 10", "wrong blank follow_through C1 correct"),
        ("C1, 32x32x6\n C3, 28x28x16\n F4, 10", "wrong blank follow_through C1 correct"),
        ("C1, 28x28x6\n C3, 24x24x16\n F4, 10", "correct blank follow_through S2 correct"),
        ("C1, 28x28x6\n C3, 10x10x16\n F4, 10", "correct blank correct correct"),
        # impossible: no depth, or a map that the next window does not fit into
        ("C1, 32x32\n S2, 16x16x6\n C3, 10x10x16\n F4, 10", "wrong wrong correct correct"),
        ("C1, 28x28x6\n S2, 3x3x6\n C3, 9x9x16\n F4, 10", "correct wrong wrong S2 correct"),
        # a later error is charged where it is made, and is then the cause
        ("C1, 32x32x6\n S2, 15x15x6\n C3, 11x11x16\n F4, 10", "wrong wrong follow_through S2 correct"),
        # back on the key's way: right, whatever stands above
        ("C1, 32x32x6\n S2, 14x14x6\n C3, 10x10x16\n F4, 10", "wrong correct correct correct"),
        ("C1, 32x32x6\n S2, 14x14x6\n C3, 12x12x16\n F4, 10", "wrong correct wrong correct"),
        # a wrong depth goes into the next convolution's output not at all, and its size does
        ("C1, 28x28x3\n S2, 14x14x3\n C3, 10x10x16\n F4, 10", "wrong follow_through C1 correct correct"),
        # fractions are wrong and feed nothing
        ("C1, 28.5\n S2, 14x14x6\n C3, 10x10x16\n F4, 10", "wrong correct correct correct"),
    ],
)  # fmt: skip
def test_what_goes_on(text: str, wanted: str) -> None:
    assert " ".join(states(mark(key(CHAIN), text, "output_shape")).values()) == wanted


@pytest.mark.parametrize(
    ("text", "columns", "wanted"),
    [
        # nothing is carried before the first shape: 5·5·3·16 + 16 = 1,216 is a forgotten depth and no right step
        ("C3, 1216", "params", "blank blank wrong blank"),
        # and a sheet of parameters that lists no pool has forgotten none: 24·24·16·10 + 10 = 92,170
        ("C1, 456\n C3, 2416\n F4, 92170", "params", "correct blank correct wrong"),
        ("C3, 28x28x16", "output_shape", "blank blank wrong blank"),
    ],
)  # fmt: skip
def test_rows_missing_before_the_first_shape(text: str, columns: str, wanted: str) -> None:
    assert " ".join(states(mark(key(CHAIN), text, columns), columns).values()) == wanted


def test_depth_carries_to_the_next_parameters() -> None:
    # 5·5·3·16 + 16 = 1,216 on a depth of 3 that was kept from the input
    sheet = mark(
        key(LENET), "CONV1, 28x28x3, 456\n POOL1, 14x14x3, 0\n CONV2, 10x10x16, 1216\n POOL2, 5x5x16, 0"
    )
    assert (
        cell(sheet, "CONV2.params").state == "follow_through"
        and cell(sheet, "CONV2.params").caused_by == "CONV1"
    )


def test_columns_follow_from_each_other() -> None:
    columns = "output_shape activations weights biases params macs flops memory"
    sheet = mark(
        key(LENET),
        # 32·32·6 = 6,144; 75·6 = 450 weights and 3 biases are 453; 1,024 positions × 450 = 460,800
        "CONV1, 32x32x6, 6144, 450, 3, 453, 460800, 921600, 24576\n POOL1, 16x16x6, 1536, 0, 0, 0, 0, 0, 6144",
        columns,
    )
    found = {c.quantity: c.state for c in sheet.cells if c.layer == "CONV1"}
    assert found == {
        "output_shape": "wrong", "activations": "follow_through", "weights": "correct", "biases": "wrong",
        "params": "follow_through", "macs": "follow_through", "flops": "follow_through", "memory": "follow_through",
    }  # fmt: skip
    assert (
        cell(sheet, "POOL1.memory").state == "follow_through"
        and cell(sheet, "POOL1.memory").caused_by == "CONV1"
    )


@pytest.mark.parametrize(
    ("total", "state"),
    [
        ("61706", "wrong"), ("62006", "correct"), ("61700", "follow_through CONV1"), ("72164", "wrong"), ("62000", "wrong"),
    ],
)  # fmt: skip
def test_a_total_is_the_sum_of_what_is_written(total: str, state: str) -> None:
    # 150 + 0 + 2416 + 0 + 48120 + 10164 + 850 = 61,700 on a CONV1 without its depth and biases; 62,006 is right
    sheet = mark(key(LENET), f"""
        CONV1, 28x28x6, 150
        POOL1, 14x14x6, 0
        CONV2, 10x10x16, 2416
        POOL2, 5x5x16, 0
        FC3, 120, 48120
        FC4, 84, 10164
        OUT, 10, 850
        total, , {total}
    """)  # fmt: skip
    assert states(sheet, "params")["total"] == state
    assert "total" not in states(sheet)


def test_a_total_over_a_blank() -> None:
    rows = "CONV1, , 450\n POOL1, , 0\n CONV2, , -\n POOL2, , 0\n FC3, , 48120\n FC4, , 10164\n OUT, , 850\n"
    assert states(mark(key(LENET), rows + "total, , 59584"), "params")["total"] == "follow_through CONV1"
    assert states(mark(key(LENET), rows + "total, , 62000"), "params")["total"] == "follow_through CONV1"
    assert states(mark(key(LENET), rows + "total, , 62006"), "params")["total"] == "correct"


BRANCHES = """
    input: 28x28x192
    layers:
      - concat:
          a: [conv: {filters: 64, kernel: 1, name: one}]
          b: [conv: {filters: 128, kernel: 3, padding: 1, name: three}]
      - conv: {filters: 10, kernel: 1, name: last}
"""
RESIDUAL = """
    input: 8x8x4
    layers:
      - conv: {filters: 4, kernel: 3, padding: 1, name: first}
      - add: {main: [conv: {filters: 4, kernel: 3, padding: 1, name: inner}], skip: identity}
      - fc: {units: 10, name: out}
"""


def test_concat_takes_all_the_students_branches() -> None:
    # a branch of 96 instead of 128: 64 + 96 = 160 maps, and 160·10 + 10 = 1,610 parameters after it
    text = "a.one, 28x28x64, 12352\n b.three, 28x28x96, 221312\n concat1, 28x28x160, 0\n last, 28x28x10, 1610"
    sheet = mark(key(BRANCHES), text)
    assert states(sheet) == {
        "a.one": "correct", "b.three": "wrong", "concat1": "follow_through b.three", "last": "correct",
    }  # fmt: skip
    assert cell(sheet, "last.params").state == "follow_through"


def test_a_sum_needs_equal_shapes() -> None:
    text = "first, 8x8x4\n main.inner, 6x6x4\n add1, 6x6x4\n out, 10"
    sheet = mark(key(RESIDUAL), text, "output_shape", seen=("add1",))
    assert states(sheet)["add1"] == "wrong main.inner" and states(sheet)["out"] == "correct"
    assert (
        states(mark(key(RESIDUAL), text.replace("add1, 6", "add1, 8").replace("8x6", "8x8"), "output_shape"))[
            "add1"
        ]
        == "correct"
    )


def test_receptive_fields_follow() -> None:
    # R ← R + (K − 1)·J: 5, 6, 14, 16 on the key's way (J = 1, 1, 2, 2); from a wrong 4: 5, 13, 15
    right = "CONV1, 5\n POOL1, 6\n CONV2, 14\n POOL2, 16"
    assert set(states(mark(key(LENET), right, "receptive_field"), "receptive_field").values()) == {"correct"}
    assert states(
        mark(key(LENET), "CONV1, 5x5\n POOL1, 6x6\n CONV2, 14\n POOL2, 16", "receptive_field"),
        "receptive_field",
    ) == (dict.fromkeys(("CONV1", "POOL1", "CONV2", "POOL2"), "correct"))
    wrong = mark(key(LENET), "CONV1, 4\n POOL1, 5\n CONV2, 13\n POOL2, 15", "receptive_field")
    assert states(wrong, "receptive_field") == {
        "CONV1": "wrong", "POOL1": "follow_through CONV1", "CONV2": "follow_through CONV1", "POOL2": "follow_through CONV1",
    }  # fmt: skip


def test_the_other_layout_goes_on() -> None:
    sheet = mark(key(CHAIN), "C1, 6x28x28\n S2, 6x13x13\n C3, 16x9x9\n F4, 10", "output_shape")
    assert list(states(sheet).values()) == ["equivalent", "wrong", "follow_through S2", "correct"]
    assert cell(sheet, "C1.output_shape").remark == "right in CHW, and this sheet asks HWC"
    half = mark(key(CHAIN, "  credit: {layout: 0.5}\n"), "C1, 6x28x28", "output_shape")
    assert cell(half, "C1.output_shape").credit == 0.5


def test_no_follow_through_where_only_the_correct_answer_counts() -> None:
    text = "C1, 32x32x6\n S2, 16x16x6\n C3, 12x12x16\n F4, 10"
    graded = key(CHAIN, "  cao: [C3.output_shape]\n")
    assert list(states(mark(graded, text, "output_shape")).values()) == [
        "wrong",
        "follow_through C1",
        "wrong C1",
        "correct",
    ]
    less = key(CHAIN, "  credit: {follow_through: 0.5}\n")
    assert mark(less, text, "output_shape").score == 2


def test_a_wrong_input_where_the_input_is_asked() -> None:
    graded = key(CHAIN, "  rows: {input: true}\n")
    sheet = mark(graded, "input, 28x28x3\n C1, 24x24x6\n S2, 12x12x6\n C3, 8x8x16\n F4, 10", "output_shape")
    assert list(states(sheet).values()) == ["wrong", *["follow_through input"] * 3, "correct"]
