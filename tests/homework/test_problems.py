"""Published problems and further ones: every answer is computed from the plain form, and compared with the source's."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

from shapecalc import text
from shapecalc.errors import Source
from shapecalc.homework.problems import Ask, ProblemFile, check_key, read_problems

DATA = Path(__file__).parents[1] / "data" / "homework"
HEAD = "problems:\n- "


def read(name: str) -> ProblemFile:
    text.use("en")
    return read_problems(Source(name, (DATA / name).read_text(encoding="utf-8")))


def asked(problem: str) -> dict[str, Ask]:
    """The cells of one problem, written in flow style."""
    text.use("en")
    (found,) = read_problems(Source("p.yaml", f"{HEAD}{problem}\n")).problems
    return {ask.cell: ask for ask in found.asks}


PUBLIC = read("problems.public.yaml")
EXCEPTIONS = {
    ("alex-total", "total"): (62_378_344, "rounds"),
    ("vgg-total", "total"): (138_357_544, "rounds"),
    ("cs231n-vgg-mem", "activations"): (15_237_608, "differs"),
    ("cs231n-vgg-mem", "bytes"): (60_950_432, "differs"),
    ("ng-mobilenet-cost", "ratio"): (Fraction(672, 2160), "rounds"),
    ("hist-fc3", "CONV-9-32:weights"): (7_776, "differs"),
    ("tf-gru5", "reset_after"): (165, "unpublished"),
    ("dbg-rect", "2"): ((7, 9), "differs"),
    ("flops-r50", "paper"): (3_857_973_248, "rounds"),
    ("flops-r50", "torchvision"): (4_089_184_256, "rounds"),
    ("flops-r50", "torchvision_flops"): (8_178_368_512, "rounds"),
}
"""Where the source rounds, says nothing, or is wrong: the numbers were recomputed by walking windows and listing tensors."""


def test_every_published_answer_is_computed() -> None:
    assert len(PUBLIC.problems) == 94
    found = {(p.id, ask.cell): (ask.value, ask.agreement) for p in PUBLIC.problems for ask in p.asks}
    assert len(found) == 326
    other = {cell: said for cell, said in found.items() if said[1] != "agree"}
    assert other == EXCEPTIONS


def test_published_answers_to_check() -> None:
    assert [(f.problem, f.cell, f.published, f.computed) for f in check_key(PUBLIC)] == [
        ("cs231n-vgg-mem", "activations", "24M", 15_237_608),
        ("cs231n-vgg-mem", "bytes", "93MB", 60_950_432),
        ("hist-fc3", "CONV-9-32:weights", 77_760, 7_776),
        ("dbg-rect", "2", "5x7", (7, 9)),
    ]


@pytest.mark.parametrize("name", ["problems.more.yaml", "problems.plain.yaml"])
def test_further_problems(name: str) -> None:
    said = {(p.id, ask.cell): ask for p in read(name).problems for ask in p.asks if ask.published is not None}
    assert len(said) == {"problems.more.yaml": 138, "problems.plain.yaml": 14}[name]
    assert {ask.agreement for ask in said.values()} <= {"agree", "rounds"}


@pytest.mark.parametrize(
    ("problem", "right"),
    [
        # ⌊(8 + 2P − 3) / 4⌋ + 1 = 2 for P = 0 and P = 1
        ("{window: {n: 8, f: 3, s: 4, p: unknown, out: 2}, ask: p}", (0, 1)),
        ("{window: {n: unknown, f: 7, s: 2, p: 3, out: 112}, ask: n}", (223, 224)),
        ("{window: {n: 32, f: 3, d: unknown, out: 26}, ask: d}", (3,)),
        ("{window: {n: 7, f: unknown, s: 2, out: 3}, ask: f}", (2, 3)),
        ("{window: {n: 4, f: 3, s: 2, p: 1, transposed: true, output_padding: 1}, ask: out}", (8,)),
        ("{window: {n: 112, f: 3, s: 2, rounding: ceil}, ask: out}", (56,)),
        ("{window: {n: 8, f: 3x5, p: 0x1, s: 3x4}, ask: out}", ((2, 2),)),
        ("{conventions: {padding: total}, window: {n: 8, f: 3, p: unknown, out: 8}, ask: p}", (2,)),
        ("{conventions: {dilation: 0}, window: {n: 7, f: 3, d: unknown, out: 3}, ask: d}", (1,)),
        ("{input: 56x56x64, layers: [conv: {filters: unknown, kernel: 3}], expect: {params: 73856}, ask: conv1.filters}", (128,)),
        ("{input: [400], layers: [fc: {units: unknown}], expect: {params: 48120}, ask: fc1.units}", (120,)),
        ("{base: vgg16, ask: params}", (138_357_544,)),
        ("{base: lenet5, set: {conv1.filters: 12}, ask: conv1.params}", (5 * 5 * 12 + 12,)),
        ("{base: resnet50, ask: stage4.params + 0}", (14_964_736,)),
        ("{input: 32x32x3, layers: [conv: {filters: 10, kernel: 5, padding: 2}], ask: total.params}", (760,)),
        ("{input: 32x32x3, layers: [conv: {filters: 10, kernel: 5, padding: 2}], ask: conv1.params / 4}", (190,)),
        ("{input: 32x32x3, layers: [conv: {filters: 10, kernel: 5}], ask: conv1.H == 28}", (True,)),
        ("{input: 32x32x3, layers: [conv: {filters: 10, kernel: 5}], ask: [[output.H, 2 * output.C]]}", ((28, 20),)),
        ("{input: 32x32x3, layers: [conv: 8, maxpool: 2], ask: conv1.input}", ((32, 32, 3),)),
        ("{input: 32x32x3, layers: [conv: 8, maxpool: 2], ask: jump}", (2,)),
        ("{input: 32x32x3, layers: [conv: {filters: 8, kernel: 3}], ask: conv1.weight_shape}", ((3, 3, 3, 8),)),
    ],
)  # fmt: skip
def test_asks(problem: str, right: tuple[object, ...]) -> None:
    ((_cell, ask),) = asked(problem).items()
    assert ask.right == right


def test_a_simple_ask_is_the_question_of_a_sheet() -> None:
    cells = asked("{input: 32x32x3, layers: [conv: {filters: 6, kernel: 5}, maxpool: 2], ask: {a: conv1.params, b: params, c: params / 2}}")  # fmt: skip
    assert [(a.quantity, a.question.word if a.question else "", a.way) for a in cells.values()] == [
        ("params", "conv", ("conv1",)),
        ("params", "total", ()),
        ("", "", ()),
    ]
    assert cells["a"].working == "5·5·3·6 + 6 = 456"
    assert cells["c"].working == "456 / 2"


def test_an_ask_may_name_those_before_it() -> None:
    cells = asked("{input: [784], layers: [fc: 128, fc: 10], ask: {l1: fc1.params, l2: fc2.params, both: l1 + l2, half: both / 2}}")  # fmt: skip
    assert [(a.value, a.working) for a in cells.values()][2:] == [
        (101_770, "100480 + 1290"),
        (50_885, "101770 / 2"),
    ]
