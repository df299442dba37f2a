"""Rules 16 to 18: sizes, shapes, layouts, symbolic sizes and scalars."""

from __future__ import annotations

import pytest

from shapecalc.errors import SpecError

from .conftest import Mistakes, Rows, answer

INPUTS = {
    "[10]": "10", "128x64": "128x64", "28x28x3": "28x28x3", "28×28×3": "28x28x3", "28 x 28 x 3": "28x28x3",
    "4x8x8x2": "4x8x8x2", "[28, 28, 3]": "28x28x3", "{H: 28, W: 20, C: 3}": "28x20x3", "{C: 3, W: 20, H: 28}": "28x20x3",
    "{T: 5, D: 7}": "5x7", "{T: 5, C: 7}": "5x7", "{C: 9}": "9", "{Z: 2, H: 3, W: 4, C: 5}": "2x3x4x5",
    "[n, 2*n, c]": "6x12x3", "{H: n, W: n, C: c}": "6x6x3", "n": "6", "2*n": "12", "'28x28x3'": "28x28x3", "1e3x2": None,
    "[1e3, 2]": "1000x2",
}  # fmt: skip


@pytest.mark.parametrize(("written", "shape"), [(w, s) for w, s in INPUTS.items() if s])
def test_inputs(rows: Rows, written: str, shape: str) -> None:
    assert rows(f"params: {{n: 6, c: 3}}\ninput: {written}\nlayers: [relu]") == {"relu1": shape}


CHW = {
    "input: 3x8x6": "8x6x3", "input: [3, 8, 6]": "8x6x3", "input: {H: 8, W: 6, C: 3}": "8x6x3", "input: 4x100": "100x4",
    "input: 3x2x8x6": "2x8x6x3", "input: [10]": "10",
}  # fmt: skip


@pytest.mark.parametrize(("written", "shape"), CHW.items())
def test_layout_chw_at_every_rank(rows: Rows, written: str, shape: str) -> None:
    assert rows(f"layout: CHW\n{written}\nlayers: [relu]") == {"relu1": shape}


def test_layout_chw_everywhere(rows: Rows) -> None:
    spec = """
    layout: CHW
    input: 3x8x6
    layers: [relu: {expect: 3x8x6}, reshape: 6x8x3, relu: {expect: [6, 8, 3]}]
    expect: {output: 6x8x3}
    """
    assert rows(spec)["reshape1"] == "8x3x6" and not answer(spec).unmet
    shown = answer(spec, inputs={"input": "6x8x3"}).bound.shapes
    assert shown["input"] == (8, 3, 6)


SIZES = {
    "3": "6x6", "3x3": "6x6", "1x7": "8x2", "1×7": "8x2", "[1, 7]": "8x2", "[1, k]": "8x6", "k": "6x6", "$k": "6x6",
    "2*k - 1": "4x4", "1x7 // 2": None, "1x2 + 1": "7x6", "k*1x1": "6x6", "'3'": "6x6", " 3 ": "6x6",
}  # fmt: skip


@pytest.mark.parametrize(("written", "size"), [(w, s) for w, s in SIZES.items() if s])
def test_sizes(rows: Rows, written: str, size: str) -> None:
    assert rows(f"params: {{k: 3}}\ninput: 8x8x1\nlayers: [conv: {{filters: 2, kernel: {written}}}]") == {
        "conv1": f"{size}x2"
    }


def test_per_axis_division(rows: Rows) -> None:
    spec = "input: 8x8x1\nlayers: [conv: {filters: 2, kernel: 1x7, padding: 1x7 // 2}]"
    assert rows(spec) == {"conv1": "8x8x2"}


SYMBOLS = {
    "HxWx3": "5x7x3", "[H, W, 3]": "5x7x3", "{H: H, W: W, C: 3}": "5x7x3", "H×W×3": "5x7x3", "HxHx3": "5x5x3",
    "[H1, 2*W, 3]": "9x14x3", "H": "5", "[H]": "5", "224x224xH": "224x224x5",
}  # fmt: skip


@pytest.mark.parametrize(("written", "shape"), SYMBOLS.items())
def test_set_binds_symbols(rows: Rows, written: str, shape: str) -> None:
    symbols = {s: v for s, v in {"H": "5", "W": "7", "H1": "9"}.items() if s in written}
    if "H1" in symbols:
        symbols.pop("H")
    spec = f"input: {written}\nlayers: [relu]"
    assert rows(spec, **symbols) == {"relu1": shape}


def test_input_binds_symbols() -> None:
    found = answer("input: HxWx3\nlayers: [relu]", inputs={"input": "5x7x3"})
    assert found.bound.shapes["relu1"] == (5, 7, 3)


def test_a_declared_capital_is_a_parameter(rows: Rows) -> None:
    assert rows("params: {D: 64}\ninput: [128, D]\nlayers: [linear: D]") == {"linear1": "128x64"}


SEVERAL = "input: {image: 8x8x4, text: [T]}\nlayers: [relu: {from: image}]\noutputs: [relu1, text]"


def test_several_inputs() -> None:
    graph = answer(SEVERAL, {"T": "9"}).bound.graph
    assert graph.inputs == {"image": (8, 8, 4), "text": (9,)}


SCALARS = {
    "1e1": "10", "10": "10", '"10"': "10", "1.5e1": "15", "5e0": "5", "2*5": "10", "${5 + 5}": "10", "|\n        5 +\n        5": "10",
    ">-\n        5 +\n        5": "10",
}  # fmt: skip


@pytest.mark.parametrize(("written", "filters"), SCALARS.items())
def test_scalars(rows: Rows, written: str, filters: str) -> None:
    assert rows(f"input: 1x1x1\nlayers:\n  - conv:\n      filters: {written}\n") == {
        "conv1": f"1x1x{filters}"
    }


def test_texts_stay_texts() -> None:
    plan = answer(
        "name: 12:30\nsource: 2020-01-01\nnote: no\ninput: 1x1x1\nlayers: [relu: {note: 010}]"
    ).bound.plan
    assert plan.texts == {"name": "12:30", "source": "2020-01-01", "note": "no"} and plan.name == "12:30"


NUMBER = "write a number such as 64, or an expression such as 4*mid"
SIZE = "write 3, 1x7 or [1, 7]"
WRONG = {
    "filters: «010»": "SC204 expected a whole number, found 010 | a number has no leading zero: 10",
    "filters: «0x10»": "SC204 expected a whole number, found 0x10 | numbers are decimal: 16",
    "filters: «0x1F»": "SC301 0x1F is not a decimal number | numbers are decimal, 16 and not 0x10; a size with a zero is a list: [0, 3]",
    "filters: «1_000»": "SC301 1_000 is not a decimal number | write 1000",
    "filters: «6.0»": "SC204 expected a whole number, found 6.0 | write 6",
    "filters: «6.5»": "SC204 expected a whole number, found 6.5 | round it to a whole number",
    "filters: 12«:»30": "SC301 : has no meaning in an expression | there are + - * // %, comparisons and functions",
    "filters: 2020-«01»-02": "SC301 01 has a leading zero | write 1",
    "filters: «0»": "SC204 expected at least 1, found 0 | filters: number of filters: the depth of the output",
    "filters: «-4»": "SC204 expected at least 1, found -4 | filters: number of filters: the depth of the output",
    "filters: «6x6»": f"SC204 expected a whole number, found 6x6 | {NUMBER}",
    "filters: «[6]»": f"SC204 expected a whole number, found a list | {NUMBER}",
    "filters: «{a: 6}»": f"SC204 expected a whole number, found a mapping | {NUMBER}",
    "filters: «~»": "SC204 expected a whole number, found ~ | write a value",
    "filters: «''»": "SC204 expected a whole number, found nothing | write a value",
    "filters: «６»": "SC301 ６ is a full-width sign | write 6",
    "filters: «1000000000000000001»": "SC204 numbers go up to 10^18 | write a smaller one",
    "filters: «1e400»": "SC204 numbers go up to 10^18 | write a smaller one",
    "filters: 3, bias: «no»": "SC204 expected true or false, found no | write true or false",
    "filters: 3, bias: «True»": "SC204 expected true or false, found True | write true or false",
    "filters: 3, bias: «0»": "SC204 expected true or false, found 0 | write true or false",
    "filters: 3, kernel: «03x3»": "SC204 expected a size, found 03x3 | a number has no leading zero: 3x3",
    "filters: 3, kernel: «0x3»": "SC204 expected a size, found 0x3 | 0x begins no number; a size with a zero is a list: [0, 3]",
    "filters: 3, kernel: «3X3»": "SC204 expected a size, found 3X3 | write 3x3",
    "filters: 3, kernel: «1x2x3»": "SC408 conv: kernel has 3 numbers, and there are 2 axes | write:  kernel: 1x2",
    "filters: 3, kernel: «[]»": f"SC204 expected a size, found a list | {SIZE}",
    "filters: 3, kernel: «[[3]]»": f"SC204 expected a size, found a list | {SIZE}",
    "filters: 3, kernel: «{H: 3, W: 1}»": f"SC204 expected a size, found a mapping | {SIZE}",
    "filters: 3, stride: «0»": "SC204 expected at least 1, found 0 | stride: step of the window",
    "filters: 3, padding: «SAME»": "SC303 nothing is called SAME here | did you mean same?",
    "filters: 3, padding: «causal»": "SC303 nothing is called causal here | name the two sides: padding: [[2, 0]]",
    "filters: 3, rounding: «up»": "SC204 expected one of floor, ceil, found up | write one of these words",
}  # fmt: skip


@pytest.mark.parametrize(("options", "finding"), WRONG.items())
def test_wrong_scalars(mistakes: Mistakes, options: str, finding: str) -> None:
    assert mistakes(f"input: 8x8x4\nlayers:\n  - conv: {{{options}}}\n") == [finding]


WRONG_INPUTS = {
    "«8x16x16x3x3»": "SC204 expected a shape, found 8x16x16x3x3 | a shape has one to four axes, without the batch",
    "«28x0x1»": "SC204 expected a shape, found 28x0x1 | every size of a shape is at least 1",
    "«224X224X3»": "SC204 expected a shape, found 224X224X3 | write 224x224x3",
    "«224,224,3»": "SC204 expected a shape, found 224,224,3 | write 224x224x3",
    "«(224, 224, 3)»": "SC204 expected a shape, found (224, 224, 3) | write 224x224x3",
    "«hxwx3»": "SC303 nothing is called hxwx3 here | sizes given by names are a list: [h, w, 3]",
    "[«h», 3]": "SC303 nothing is called h here | declare it under params:",
    "«{H: 224, C: 3}»": "SC204 H, C do not make a shape | there are C; T, C; H, W, C; and Z, H, W, C",
    "{H: 224, W: 224, «Q»: 3}": "SC204 Q is not an axis | the axes are C H W T Z",
    "{«prev»: 3x3x3}": "SC208 prev cannot be a name | a name is made of letters, digits, _ and -; prev and identity are taken",
    "[«0», 3]": "SC204 expected at least 1, found 0 | write a larger number",
}  # fmt: skip


@pytest.mark.parametrize(("written", "finding"), WRONG_INPUTS.items())
def test_wrong_inputs(mistakes: Mistakes, written: str, finding: str) -> None:
    assert mistakes(f"input: {written}\nlayers: [relu]\n") == [finding]


def test_no_input(mistakes: Mistakes) -> None:
    assert mistakes("input:«»\nlayers: [relu]") == ["SC204 expected a shape, found nothing | write a value"]


def test_capitals_elsewhere_are_unknown_names(mistakes: Mistakes) -> None:
    assert mistakes("input: 8x8x1\nlayers: [conv: «H»]") == [
        "SC303 nothing is called H here | declare it under params:"
    ]


def test_a_literal_picture_without_depth_warns(mistakes: Mistakes, rows: Rows) -> None:
    found = mistakes("input: «28x28»\nlayers: [conv: {filters: 6, kernel: 5}, maxpool: 2]")
    assert found == [
        "W402 28×28 is read as length × channels | write 28x28x1 for a picture, [28, 28] for a sequence"
    ]
    assert mistakes("input: [28, 28]\nlayers: [conv: {filters: 6, kernel: 5}]") == []
    assert mistakes("input: 28x28\nlayers: [linear: 6]") == []


def test_an_unknown_layout(mistakes: Mistakes) -> None:
    finding = "SC204 expected one of HWC, CHW, found NCHW | did you mean CHW?"
    assert mistakes("layout: «NCHW»\ninput: 8x8x4\nlayers: [relu]") == [finding]


BOUND = {
    ("[T, d]", "5x7"): {"T": 5},
    ("HxWx3", "5x7x3"): {"H": 5, "W": 7},
    ("{C: 3, H: H, W: W}", "5x7x3"): {"H": 5, "W": 7},
    ("T", "[9]"): {"T": 9},
    ("HxHx3", "5x7x3"): {"H": 5},
}


@pytest.mark.parametrize(("given", "bound"), BOUND.items())
def test_input_gives_the_symbols_their_sizes(given: tuple[str, str], bound: dict[str, int]) -> None:
    declared, shape = given
    symbol = next(iter(bound))
    found = answer(f"params: {{d: 7}}\ninput: {declared}\nlayers: [fc: {symbol}]", inputs={"input": shape})
    assert found.table.output_shape == (bound[symbol],)
    assert {name: found.bound.settings[name] for name in bound} == bound


def test_a_symbol_of_another_input_stays_open() -> None:
    found = answer(SEVERAL, inputs={"image": "8x8x4"})
    assert [list(map(str, shape)) for shape in found.table.graph.inputs.values()] == [["8", "8", "4"], ["T"]]


def test_an_unknown_input() -> None:
    with pytest.raises(SpecError) as error:
        answer("input: 8x8x4\nlayers: [relu]", inputs={"foo": "3x3x3"})
    assert [(d.code, d.message, d.help) for d in error.value.diagnostics] == [
        ("SC305", "there is no input foo", "there are input")
    ]
