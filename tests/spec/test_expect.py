"""Rules 19 to 22: expectations, published figures, blanks, and what an answer key declares."""

from __future__ import annotations

from pathlib import Path

import pytest

from shapecalc.cli._main import run
from shapecalc.engine.expectations import read_figure
from shapecalc.spec.grading import Tolerance

from .conftest import Mistakes, answer

NETWORK = "params: {T: 8, d: 4}\ninput: [T, d]\nlayers:\n  - linear: {units: 2*d, name: a}\n  - linear: {units: d%s}\n%s\n"
MET = (
    (", expect: 8x4", ""), (", expect: [8, 4]", ""), (", expect: [T, d]", ""), (", expect: {T: 8, D: 4}", ""),
    ("", "expect: {params: 76}"), ("", "expect: {params: '== 76'}"), ("", "expect: {params: <= 76}"),
    ("", "expect: {params: < 7.7e1}"), ("", "expect: {params: ≤ 76}"), ("", "expect: {macs: 2*T*d*2*d}"),
    ("", "expect: {output: [T, d], layers: 2, weight_layers: 2, depth: 2}"), ("", "expect: {macs: '<= 600', flops: 1024}"),
    ("", "published: {quantity: params, value: 76, where: here}"),
    ("", "published: [{quantity: params, value: 80, where: here, wrong: a slip}]"),
    ("", "published: [{quantity: params, value: 40, layer: a, where: here}, {quantity: macs, value: 0.5k, where: here}]"),
)  # fmt: skip


@pytest.mark.parametrize(("option", "top"), MET)
def test_met(option: str, top: str) -> None:
    found = answer(NETWORK % (option, top))
    assert found.unmet == () and found.warnings == ()


UNMET = {
    ", expect: «8x5»": "SC501",
    ", expect: «[T, 5]»": "SC501",
    "\nexpect: {params: «75»}": "SC502",
    "\nexpect: {params: «<= 75»}": "SC502",
    "\nexpect: {params: «< 76»}": "SC502",
    "\nexpect: {output: «[T, 5]»}": "SC501",
    "\npublished: «{quantity: params, value: 77, where: here}»": "SC503",
    "\npublished: «{quantity: params, value: 76, where: here, wrong: a slip}»": "SC504",
}


@pytest.mark.parametrize(("written", "code"), UNMET.items())
def test_unmet(mistakes: Mistakes, written: str, code: str) -> None:
    option, _newline, top = written.partition("\n")
    [found] = mistakes(NETWORK % (option, top))
    assert found.startswith(code)


def test_literals_are_not_checked_where_something_is_set() -> None:
    spec = NETWORK % (
        ", expect: [9, 4]",
        "expect: {params: 3}\npublished: {quantity: params, value: 3, where: here}",
    )
    assert len(answer(spec).unmet) == 3
    changed = answer(spec, {"T": "16"})
    assert changed.unmet == () and changed.unchecked


def test_expressions_still_are() -> None:
    spec = NETWORK % (", expect: [T, d]", "expect: {macs: 4*T*d*d}")
    assert answer(spec, {"T": "16"}).unmet == ()
    assert [d.code for d in answer(spec.replace("4*T", "5*T"), {"T": "16"}).unmet] == ["SC502"]


def test_unknown_is_a_blank(mistakes: Mistakes) -> None:
    assert mistakes("input: 8x8x1\nlayers: [conv: {filters: 2, kernel: 3, padding: «unknown»}]") == [
        "SC217 padding is unknown | write a number, or have it worked out: shapecalc solve"
    ]


GRADING = """
    input: 32x32x1
    layers: [conv: 6]
    grading:
      columns: [output_shape, params]
      conventions: {bias: yes, rounding: floor}
      marks: {output_shape: 1, params: 0.5, conv1: {macs: 2}}
      credit: {no_bias: 0.5, follow_through: 1}
      accept: {conv1.params: [12, 12k]}
      tolerance: {params: 1%, macs: {abs: 2}}
      cao: [params, conv1.macs]
      rows: {conv1: [C1, 'CONV 1'], fc1: F6}
"""


def test_grading_has_a_rule_for_every_line() -> None:
    grading = answer(GRADING).bound.plan.grading
    assert grading is not None and grading.columns == ("output_shape", "params")
    assert [(n.row, n.aliases, n.asked) for n in grading.rows] == [
        ("conv1", ("C1", "CONV 1"), None),
        ("fc1", ("F6",), None),
    ]
    marks = [(None, "output_shape", 1), (None, "params", 0.5), ("conv1", "macs", 2)]
    assert [rule[:3] for rule in grading.marks] == marks
    assert [rule[:3] for rule in grading.tolerance] == [
        (None, "params", Tolerance(rel=10_000)),
        (None, "macs", Tolerance(off=2)),
    ]
    assert grading.conventions["bias"] == "yes" and not grading.only


COLUMNS = "output_shape activations weights biases params macs flops memory receptive_field padding stride connections"
QUANTITIES = (
    "params macs macs_on_data flops weights biases trainable buffers connections activations layers weight_layers depth"
    " param_bytes activation_bytes peak_activation_bytes"
)
WRONG = {
    "grading: {«column»: [params]}": "SC206 grading has no column | did you mean columns?",
    "grading: {columns: [params, «weight»]}": "SC206 an answer sheet has no column weight | did you mean weights?",
    "grading: {columns: [«foo»]}": f"SC206 an answer sheet has no column foo | there are {COLUMNS}",
    "grading: {marks: «many»}": "SC204 expected a number, found many | write a number such as 0.5",
    "grading: {tolerance: «small»}": "SC204 expected a number, found small | write 2 or 1%",
    "grading: {rows: «a»}": "SC204 expected a mapping, found a | write key: value, one on a line, or {key: value}",
    "grading: {rows: [«[a]»]}": "SC204 expected a line of text, found a list | write one line, in quotes if it holds a colon or a #",
    "expect: {«parms»: 3}": "SC206 parms is no quantity | did you mean params?",
    "expect: {«foo»: 3}": f"SC206 foo is no quantity | there are output {QUANTITIES}",
    "expect: {params: '«>=» 3'}": "SC204 >= is no bound | there are ==, <= and <",
    "expect: {params: «=» 3}": "SC204 = is no bound | there are ==, <= and <",
    "expect: {params: '<= «x»'}": "SC303 nothing is called x here | declare it under params:",
    "expect: {params: «138M»}": "SC301 a sign is missing in 138M | write 138e6",
    "expect: {params: «1.5»}": "SC204 expected a whole number, found 1.5 | round it to a whole number",
    "expect: «5»": "SC204 expected a mapping, found 5 | write key: value, one on a line, or {key: value}",
    "published: «{quantity: params, value: 3}»": "SC207 a published figure needs where"
    ' | {quantity: params, value: 138M, where: "…, Table 2"}',
    "published: {quantity: params, value: 3, where: x, «page»: 2}": "SC206 a published figure has no page"
    " | there are quantity value where layer wrong",
    "published: {quantity: «param», value: 3, where: x}": "SC206 param is no quantity | did you mean params?",
    "published: {quantity: params, value: «[3]», where: x}": "SC204 expected a line of text, found a list"
    " | write one line, in quotes if it holds a colon or a #",
    "spec: «2»": "SC207 this program reads version 1 of the language, not 2 | spec: 1",
    "«inputs»: 3x3": "SC206 there is no top-level key inputs | it is called input here",
    "«layer»: [relu]": "SC206 there is no top-level key layer | it is called layers here",
    "name: «[a]»": "SC204 expected a line of text, found a list | write one line, in quotes if it holds a colon or a #",
}


@pytest.mark.parametrize(("line", "finding"), WRONG.items())
def test_wrong_promises(mistakes: Mistakes, line: str, finding: str) -> None:
    assert mistakes(f"input: 8x8x4\nlayers: [conv: 6]\n{line}\n") == [finding]


def test_frozen_on_entries_and_at_the_top() -> None:
    spec = "input: 8x8x4\nblocks: {B: [conv: 2, bn]}\nlayers: [conv: 4, conv: {filters: 4, frozen: true}, B, B, B: {frozen: 1 > 0}]\n%s"
    assert [n.name for n in answer(spec % "").bound.graph.nodes if n.frozen] == [
        "conv2",
        "b3.conv1",
        "b3.bn1",
    ]
    named = answer(spec % "frozen: [conv1, b2]").bound.graph.nodes
    assert [n.name for n in named if n.frozen] == [
        "conv1",
        "conv2",
        "b2.conv1",
        "b2.bn1",
        "b3.conv1",
        "b3.bn1",
    ]


def test_an_unknown_frozen_layer(mistakes: Mistakes) -> None:
    assert mistakes("input: 8x8x4\nlayers: [conv: 6]\nfrozen: [«conv9»]") == [
        "SC305 no layer is called conv9 | did you mean conv1?"
    ]


@pytest.mark.parametrize("name", ["conv1", "stage1", "stage1.b1"])
def test_a_frozen_name_is_no_prefix(name: str) -> None:
    """conv1 is not conv10, stage1 not stage11."""
    blocks = "blocks:\n  B: [conv: 2]\n  Stage: [{B: {repeat: 11}}]"
    spec = f"input: 8x8x4\n{blocks}\nlayers: [{{conv: {{filters: 4, repeat: 11}}}}, {{Stage: {{repeat: 11}}}}]\nfrozen: [{name}]"
    frozen = [n.name for n in answer(spec).bound.graph.nodes if n.frozen]
    assert (
        frozen
        == {
            "conv1": ["conv1"],
            "stage1": [f"stage1.b{i}.conv1" for i in range(1, 12)],
            "stage1.b1": ["stage1.b1.conv1"],
        }[name]
    )


UNITS = {"1": 1, "7k": 7_000, "7 K": 7_000, "7m": 7_000_000, "7M": 7_000_000, "7g": 7_000_000_000, "7G": 7_000_000_000,
         "7b": 7_000_000_000, "7B": 7_000_000_000, "7t": 7_000_000_000_000, "7T": 7_000_000_000_000, "7千": 7_000,
         "7万": 70_000, "7百万": 7_000_000, "7千万": 70_000_000, "7亿": 700_000_000, "7十亿": 7_000_000_000,
         "7.30B": 7_300_000_000, "0.73亿": 73_000_000, "~1,234,567": 1_234_567}  # fmt: skip


@pytest.mark.parametrize("written", UNITS)
def test_units_of_published_figures(written: str) -> None:
    interval = read_figure(written)
    assert interval is not None
    scale, low, high = interval
    assert low <= scale * UNITS[written] <= high
    assert (
        not low <= scale * (UNITS[written] * 10) <= high and not low <= scale * UNITS[written] // 10 <= high
    )


LETTERED = {
    # input, the layer, what is expected: the codes, and whether the rest is said not to be checked
    ("[T]", "fc: 10", "expect: {activations: 11}"): (["SC502"], False),
    ("[T]", "fc: 10", "expect: {activations: 10, layers: 1, depth: 1}"): ([], False),
    ("[T]", "fc: 10", "expect: {params: 1}"): (["SC502"], False),  # 10·T + 10 is never 1
    ("[T]", "fc: 10", "expect: {params: 110}"): ([], True),
    ("[T]", "fc: 10", "expect: {params: 10*T + 10}"): ([], False),
    ("[T]", "fc: 10", "expect: {params: 10*T + 11}"): (["SC502"], False),
    ("[T]", "fc: 10", "expect: {params: <= 19}"): (["SC502"], False),  # T is at least 1
    ("[T]", "fc: 10", "expect: {params: <= 20}"): ([], True),
    ("[T]", "fc: 10", "expect: {params: '< 10*T + 11'}"): ([], False),
    ("[T]", "embed: {vocab: 20000, d: 128}", "expect: {params: 1}"): (["SC502"], False),
    ("[T]", "embed: {vocab: 20000, d: 128}", "expect: {params: 2560000, output: [T, 128]}"): ([], False),
    ("[T]", "embed: {vocab: 20000, d: 128}", "expect: {params: 2560000, output: [9, 128]}"): ([], True),
    ("[T]", "embed: {vocab: 20000, d: 128}", "expect: {output: [9, 127]}"): (["SC501"], False),
    ("HxWx3", "conv: {filters: 8, kernel: 3}", "expect: {params: 1}"): (["SC502"], False),
    ("HxWx3", "conv: {filters: 8, kernel: 3}", "expect: {macs: 216*(H - 2)*(W - 2)}"): ([], False),
    ("HxWx3", "conv: {filters: 8, kernel: 3}", "published: {quantity: params, value: 224, where: x}"): ([], False),
    ("HxWx3", "conv: {filters: 8, kernel: 3}", "published: {quantity: params, value: 225, where: x}"): (["SC503"], False),
    ("HxWx3", "conv: {filters: 8, kernel: 3}", "published: {quantity: macs, value: 1M, where: x, layer: conv1}"): ([], True),
    ("HxWx3", "conv: {filters: 8, kernel: 3}", "published: {quantity: params, value: 1, where: x, layer: conv1}"): (["SC503"], False),
}  # fmt: skip


@pytest.mark.parametrize(("spec", "wanted"), LETTERED.items())
def test_beside_a_letter(spec: tuple[str, str, str], wanted: tuple[list[str], bool]) -> None:
    """What does not depend on a letter is checked; what does is right, wrong for every letter, or said to be open."""
    shape, layer, promise = spec
    found = answer(f"input: {shape}\nlayers:\n  - {layer}\n{promise}\n")
    assert ([d.code for d in found.unmet], found.unchecked) == wanted
    assert all(d.span is not None and d.span.line == 4 for d in found.unmet)


def test_check_says_what_a_letter_leaves_open(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "open.yaml"
    path.write_text("input: [T]\nlayers: [fc: 10]\nexpect: {params: 110}\n", "utf-8")
    assert run(["--lang", "en", "check", "--strict", str(path)]) == 0
    assert capsys.readouterr().err == (
        f"note: {path}: expectations of numbers that depend on letters were not checked\n"
    )
