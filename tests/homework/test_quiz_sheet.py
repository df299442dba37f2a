"""Which cells are blank, what stands in the others, and what a worksheet says in words."""

from __future__ import annotations

import pytest

from shapecalc import api
from shapecalc.errors import Source, UsageError
from shapecalc.homework.quiz.make import Wish
from shapecalc.homework.quiz.sheets import Made, Maker, Request
from shapecalc.report.quiz import parts
from shapecalc.spec import load

RESIDUAL = """
input: 8x8x4
layers:
  - conv: {filters: 4, kernel: 3, padding: 1}
  - bn
  - relu
  - add: {main: [conv: {filters: 4, kernel: 3, padding: 1}], skip: identity}
  - gap
  - dropout: 0.5
  - fc: 10
"""
LENET = {  # LeCun et al. 1998 and the course's table; receptive fields by hand: 5, 6, 14, 16
    "conv1": ((28, 28, 6), 4704, 156, 5),
    "avgpool1": ((14, 14, 6), 1176, 0, 6),
    "conv2": ((10, 10, 16), 1600, 2416, 14),
    "avgpool2": ((5, 5, 16), 400, 0, 16),
    "fc1": ((120,), 120, 48120, None),
    "fc2": ((84,), 84, 10164, None),
    "fc3": ((10,), 10, 850, None),
}


def made(spec: str, text: str = "", layout: str | None = None, choices: int = 0, **wish: object) -> Made:
    plan = load(Source("net.yaml", text)) if text else api.read(spec)
    bound = api.compute(plan).bound
    return Maker(bound, Request(Wish(**wish), choices, layout=layout)).one()


def blanks(spec: str, text: str = "", **wish: object) -> list[str]:
    return [f"{b.row}.{b.column}" for b in made(spec, text, **wish).quiz.blanks]


def test_every_cell_of_lenet() -> None:
    columns = ("output_shape", "activations", "params", "receptive_field")
    quiz = made("lenet5", columns=columns, rate=1.0).quiz
    known = {(b.row, b.column): b.value for b in quiz.blanks}
    for row, values in LENET.items():
        for column, value in zip(columns, values):
            assert known.get((row, column)) == value, (row, column)
    assert [line.name for line in quiz.lines][:2] == ["input", "conv1"]
    assert quiz.lines[0].cells == ((32, 32, 1), 1024, 0, None)


@pytest.mark.parametrize(
    ("column", "row", "value"),
    [
        ("weights", "conv2", 2400), ("biases", "conv2", 16), ("macs", "conv1", 117600), ("flops", "conv1", 235200),
        ("memory", "conv1", 18816), ("padding", "conv1", 0), ("stride", "avgpool1", 2), ("connections", "conv1", 122304),
    ],
)  # fmt: skip
def test_other_columns(column: str, row: str, value: int) -> None:
    (blank,) = made("lenet5", blank=f"{row}.{column}").quiz.blanks
    assert (blank.row, blank.column, blank.value) == (row, column, value)


@pytest.mark.parametrize(
    ("listed", "found"),
    [
        ("conv2.output_shape", ["conv2.output_shape"]),
        ("fc1.params, conv1.params", ["conv1.params", "fc1.params"]),
        ("CONV-2.params", ["conv2.params"]),
        ("fc3", ["fc3.output_shape", "fc3.activations", "fc3.params"]),
        ("shape", [f"{row}.output_shape" for row in [*[*LENET][:4], "fc1.flatten", *[*LENET][4:]]]),
        ("参数量", [f"{row}.params" for row in [*[*LENET][:4], "fc1.flatten", *[*LENET][4:]]]),
        ("total.params", ["total.params"]),
        ("total", ["total.activations", "total.params"]),
        ("fc1.macs", ["fc1.macs"]),
    ],
)
def test_named_cells(listed: str, found: list[str]) -> None:
    assert blanks("lenet5", blank=listed) == found


def test_a_block_stands_for_its_rows() -> None:
    assert blanks("vgg16", blank="stage1.params")[:2] == ["stage1.conv1.params", "stage1.relu1.params"]


@pytest.mark.parametrize(
    ("listed", "words", "help"),
    [
        ("conv9", "there is no row and no column conv9 to blank", "did you mean conv2?"),
        ("conv1.parms", "there is no row and no column conv1.parms to blank", "did you mean params?"),
        ("input.output_shape", "input.output_shape cannot be blank", "name a layer"),
        ("fc1.padding", "fc1.padding has no number to ask for", "a layer without a window"),
        ("fc1.receptive_field", "fc1.receptive_field has no number to ask for", "a flatten no receptive field"),
        ("conv1.stride,conv1.output_shape", "stride and output shape of conv1 cannot both be blank", "--blank"),
        (",", "--blank names no cell", "--blank params"),
    ],
)  # fmt: skip
def test_refusals(listed: str, words: str, help: str) -> None:
    with pytest.raises(UsageError, match=words.replace("(", r"\(")) as error:
        made("lenet5", blank=listed)
    assert error.value.help is not None and help in error.value.help


@pytest.mark.parametrize("rate", [0.01, 0.3, 0.5, 0.8, 1.0])
@pytest.mark.parametrize("spec", ["lenet5", "vgg16", "conv1x1"])
def test_the_rate_is_met(spec: str, rate: float) -> None:
    everything = len(blanks(spec, rate=1.0))
    found = len(blanks(spec, rate=rate, seed=5))
    assert found >= 1 and abs(found - rate * everything) <= 2


def test_the_seed_decides() -> None:
    drawn = [blanks("vgg16", seed=seed) for seed in range(8)]
    assert drawn == [blanks("vgg16", seed=seed) for seed in range(8)]
    assert len({tuple(d) for d in drawn}) == 8
    assert all(any(cell.endswith(column) for cell in d) for d in drawn for column in ("shape", "params"))


def test_a_rate_of_named_cells() -> None:
    found = blanks("lenet5", blank="params", rate=0.5)
    assert len(found) == 4 and all(cell.endswith(".params") for cell in found)


def test_what_gives_a_blank_away_is_blank_too() -> None:
    for seed in range(20):
        found = blanks("", RESIDUAL, seed=seed)
        shapes = [cell for cell in found if cell.endswith("output_shape")]
        if "conv1.output_shape" in shapes:
            assert {"bn1.output_shape", "relu1.output_shape", "add1.output_shape"} <= set(shapes)
        assert ("globalavgpool1.output_shape" in found) == ("dropout1.output_shape" in found)


def test_a_cell_named_alone_is_blank_alone() -> None:
    from shapecalc.homework.quiz.make import given_away

    one = made("", RESIDUAL, blank="conv1.output_shape")
    assert [b.row for b in one.quiz.blanks] == ["conv1"]
    assert given_away(one.draft) == [("bn1", "output_shape")]
    assert given_away(made("", RESIDUAL, blank="conv1").draft) == []


def test_a_padding_is_asked_where_the_shape_is_given() -> None:
    columns = ("output_shape", "padding", "stride")
    for seed in range(20):
        cells = {tuple(cell.rsplit(".", 1)) for cell in blanks("vgg16", columns=columns, seed=seed)}
        for row in {row for row, _column in cells}:
            assert sum((row, column) in cells for column in columns) == 1


def test_what_is_asked_is_no_part_of_the_layer() -> None:
    quiz = made("alexnet", blank="conv1.stride,conv2.padding").quiz
    shown = {line.name: line.operation for line in quiz.lines}
    assert shown["conv1"] == "conv 96, f=11, s=?" and "p=?" in shown["conv2"]
    assert quiz.blanks[0].question == (
        "conv1: conv 96, f=11, s=? makes 55×55×96 of 227×227×3. Which stride s gives this output?"
    )


def test_a_question_does_not_tell_another_answer() -> None:
    quiz = made("lenet5", blank="conv1.output_shape,avgpool1.output_shape,conv2.params").quiz
    assert [b.question.split(".")[0] for b in quiz.blanks] == [
        "conv1: conv 6, f=5 on 32×32×1",
        "avgpool1: avgpool f=2 on the output of conv1",
        "conv2: conv 16, f=5 on the output of avgpool1",
    ]


def test_layouts() -> None:
    quiz = made("lenet5", layout="CHW", blank="conv1.output_shape").quiz
    assert quiz.blanks[0].value == (6, 28, 28) and quiz.blanks[0].axes == ("C", "H", "W")
    assert quiz.lines[0].cells[0] == (1, 32, 32) and "C×H×W" in quiz.conventions[0]


def test_batch_norm_as_the_spec_declares_it() -> None:
    text = RESIDUAL + "grading: {conventions: {bn: 4}}\n"
    asked = {"blank": "bn1.params"}
    assert [made("", t, **asked).quiz.blanks[0].value for t in (RESIDUAL, text)] == [8, 16]
    assert any("4 params a channel" in line for line in made("", text, **asked).quiz.conventions)


def test_marks() -> None:
    text = RESIDUAL + "grading: {marks: {params: 2, conv1: {params: 0.5}}}\n"
    quiz = made("", text, blank="params,conv1.output_shape").quiz
    assert quiz.marks == 18.5  # 0.5 and seven times 2; a shape, and three that only pass it on
    whole = parts(quiz)
    assert [sum(p.weight for p in asked) for asked in whole][:2] == [
        6,
        3,
    ]  # a mark is 6, an axis of a shape 2
    assert [p.weight for p in whole[0]] == [2, 2, 2]


@pytest.mark.parametrize(
    ("used", "right"),
    [
        ("cost: flop", 80),  # 2 · 4 · 10
        ("cost: mac+bias", 50),  # 4 · 10 + 10
        ("bias: no, cost: mac+bias", 40),
    ],
)
def test_a_sheet_follows_its_conventions(used: str, right: int) -> None:
    text = RESIDUAL + f"grading: {{conventions: {{{used}}}}}\n"
    assert made("", text, blank="fc1.macs").quiz.blanks[0].value == right


def test_words() -> None:
    said = made(
        "resnet50", columns=("params", "macs", "memory", "receptive_field"), rate=0.1
    ).quiz.conventions
    text = " ".join(said)
    for words in (
        "H×W×C",
        "rounded down",
        "Batch norm has 2 params",
        "bias=no",
        "4 bytes",
        "receptive field",
    ):
        assert words in text
    up = " ".join(made("googlenet", rate=0.1).quiz.conventions)
    assert "rounded down, and up where a layer says rounding=ceil" in up


def test_a_branch_says_where_it_reads_from() -> None:
    quiz = made("", RESIDUAL, rate=0.5).quiz
    assert {line.name: line.operation for line in quiz.lines}["add1"] == "add, from main.conv1, relu1"


def test_choices() -> None:
    quiz = made("lenet5", rate=1.0, choices=4).quiz
    again = made("lenet5", rate=1.0, choices=4).quiz
    assert quiz == again and len({b.letter for b in quiz.blanks}) == 4
    for blank in quiz.blanks:
        values = [choice.value for choice in blank.choices]
        assert [choice.letter for choice in blank.choices] == list("abcd") and len(set(values)) == 4
        assert [c.letter for c in blank.choices if c.right] == [blank.letter] and blank.value in values
        assert all(isinstance(v, tuple) == isinstance(blank.value, tuple) for v in values)
        assert all(n > 0 for v in values if isinstance(v, tuple) for n in v)


def test_choices_by_another_seed_stand_in_another_order() -> None:
    letters = [
        tuple(b.letter for b in made("lenet5", rate=1.0, choices=4, seed=s).quiz.blanks) for s in (1, 2)
    ]
    assert letters[0] != letters[1]


def test_an_inverse_question_may_have_several_answers() -> None:
    text = "input: 8x8x1\nlayers: [conv: {filters: 2, kernel: 3, stride: 4, padding: 1}]\n"
    one = made("", text, blank="conv1.padding")
    blank = one.quiz.blanks[0]
    assert (blank.value, blank.also) == (
        1,
        (0,),
    )  # ⌊(8 + 2P − 3) / 4⌋ + 1 is 2 for P = 0 and 1, and 3 for P = 2
    assert "accept:\n    conv1: {padding: [0]}" in one.key
    stride = made("", text, blank="conv1.stride").quiz.blanks[0]
    assert (stride.value, stride.also) == (4, (5, 6, 7))  # ⌊7 / S⌋ + 1 = 2
    chosen = made("", text, choices=4, blank="conv1.padding").quiz.blanks[0]
    assert 0 not in {choice.value for choice in chosen.choices}


def test_sides_and_axes_of_a_padding() -> None:
    text = "input: 9x9x1\nlayers: [conv: {filters: 2, kernel: 1x7, padding: [0, 3]}, maxpool: {kernel: 2, padding: same, stride: 1}]\n"  # fmt: skip
    (blank,) = made("", text, blank="padding").quiz.blanks
    assert (blank.row, blank.value, blank.axes) == ("conv1", (0, 3), ("H", "W"))
    total = text + "grading: {conventions: {padding: total}}\n"
    (blank,) = made("", total, blank="padding").quiz.blanks
    assert blank.value == (0, 6)
