"""Names of a network run through ranges: published sizes, columns against walking each candidate, and refusals."""

from __future__ import annotations

import random
from typing import Any

import pytest

import shapecalc
from shapecalc import catalogue
from shapecalc.analysis.solve import network
from shapecalc.analysis.solve.columns import Columns, independent
from shapecalc.analysis.solve.network import Moves, evaluator, solve_network
from shapecalc.analysis.solve.quantities import Refusal, Where
from shapecalc.analysis.solve.walks import walks
from shapecalc.api import Selection, parse_overrides, read
from shapecalc.engine import Overrides
from shapecalc.errors import Source, UsageError
from shapecalc.report.solutions import Solutions
from shapecalc.spec import Plan, load


def plan_of(text: str) -> Plan:
    return load(Source("t.yaml", text), catalogue.base)


def asked(spec: str, where: str | None = None, exact: bool = False, **ranges: range) -> Solutions:
    plan = plan_of(spec) if "\n" in spec else read(spec)
    return solve_network(
        plan, Overrides(), {k.replace("__", "."): r for k, r in ranges.items()}, where, exact
    )


# He et al. 2015, Table 1: five halvings, so 7×7 comes from 193 … 224; Simonyan & Zisserman 2014: 512×7×7 from 224 … 255
def test_published_sizes() -> None:
    found = asked("resnet50", "stage4.H == 7", H=range(1, 513))
    assert list(found.solutions) == [{"H": n} for n in range(193, 225)] and found.intervals == {
        "H": [193, 224]
    }
    assert found.rows == (("193 … 224", "7"),) and not found.truncated
    assert asked("vgg16", "stage5.maxpool1.H == 7", H=range(1, 400)).intervals == {"H": [224, 255]}
    assert asked("resnet50", "params == 44549160", conv4=range(1, 30)).solutions == [{"conv4": 23}]
    assert asked("resnet50", "stage4.H == 7", H=range(32, 513, 32)).solutions == [{"H": 224}]
    assert asked(
        "resnet50", "stage3.bottleneck2.H == 14 and fc1.params == 2049000", H=range(200, 230)
    ).intervals == {"H": [209, 224]}


@pytest.mark.parametrize("most", [10_000, pytest.param(100_000, marks=pytest.mark.slow)])
def test_very_many(most: int) -> None:
    assert asked("lenet5", "conv2.H == 10", H=range(1, most + 1)).intervals == {"H": [32, 33]}


def test_costs_and_parameters_in_a_condition() -> None:
    found = asked("lenet5", "fc1.macs <= 48000 and H % 2 == 0 and output.C == 10", H=range(1, 64))
    assert found.intervals == {
        "H": [
            [16, 16],
            [18, 18],
            [20, 20],
            [22, 22],
            [24, 24],
            [26, 26],
            [28, 28],
            [30, 30],
            [32, 32],
            [34, 34],
        ]
    }
    found = asked("mobilenet_v1", "params <= 4e6", classes=range(10, 1001, 90))
    assert found.intervals == {"classes": [10, 730]} and found.given["for"] == {"classes": [10, 1000, 90]}
    assert asked("lenet5", "peak_activation_bytes == 23520", H=range(30, 35)).solutions == [{"H": 32}]


def test_exact_is_every_division() -> None:
    plan = read("vgg16")
    found = solve_network(plan, Overrides(), {"H": range(1, 300)}, None, True)
    assert [s["H"] for s in found.solutions] == list(range(32, 300, 32))  # five 2×2 pools
    odd = asked(
        "resnet50", None, True, H=range(1, 300)
    )  # (H + 6 − 7) / 2 is whole for an odd H, and so on: 32·k + 1
    assert [s["H"] for s in odd.solutions] == list(range(1, 300, 32))


@pytest.mark.parametrize(
    ("options", "sizes"),
    [
        # (N + P_b + P_a − K) / S whole: N + 1 − 3 even; N + 3 − 3 a multiple of 3; K = 2·2 + 1: N + 2 − 5 even
        ("kernel: 3, stride: 2, padding: [[0, 1]]", [2, 4, 6, 8]),
        ("kernel: 3, stride: 2, padding: [[1, 0]]", [2, 4, 6, 8]),
        ("kernel: 3, stride: 3, padding: [[1, 2]]", [3, 6, 9]),
        ("kernel: 3, stride: 2, padding: [[2, 0]], dilation: 2", [3, 5, 7, 9]),
    ],
)
def test_exact_with_uneven_padding(options: str, sizes: list[int]) -> None:
    found = asked(
        f"params: {{n: 5}}\ninput: [n, 2]\nlayers: [conv: {{filters: 1, {options}}}]\n",
        None,
        True,
        n=range(1, 10),
    )
    assert [s["n"] for s in found.solutions] == sizes


def test_exact_holds_for_every_axis() -> None:
    """9 − 3 is a multiple of 2 and of 3; 8 − 3 is neither, and 7 − 3 only of 2."""
    text = "params: {h: 9, w: 9}\ninput: [h, w, 2]\nlayers: [conv: {filters: 1, kernel: 3, stride: [2, 3]}]\n"
    found = asked(text, None, True, h=range(7, 10), w=range(7, 10))
    assert [(s["h"], s["w"]) for s in found.solutions] == [(7, 9), (9, 9)]


def test_axes() -> None:
    told: list[str] = []
    plan = plan_of("input: 8x8x3\nlayers: [conv: {filters: 4, kernel: 3}]\n")
    found = solve_network(plan, Overrides(), {"H": range(3, 9)}, "output.H == output.W", remark=told.append)
    assert len(found.solutions) == 6 and told == ["the input is square, so W moves with H"]
    told.clear()
    found = solve_network(
        plan, Overrides(), {"H": range(3, 9), "W": range(3, 9)}, "output.H == output.W", remark=told.append
    )
    assert len(found.solutions) == 6 and not told and found.intervals == {"H": None, "W": None}
    plan = plan_of("input: 8x9x3\nlayers: [conv: {filters: 4, kernel: 3}]\n")
    found = solve_network(plan, Overrides(), {"H": range(3, 9)}, "output.W == 7", remark=told.append)
    assert len(found.solutions) == 6 and not told
    assert asked(
        "input: 8x9x3\nlayout: CHW\nlayers: [conv: 3]\n", "output.H == 4 and output.W == 3", H=range(1, 9)
    ).solutions == [{"H": 4}]
    two = "input: {a: 8x8x3, b: 4x4x3}\nlayers: [conv: {filters: 3, stride: 2, from: a}, add: [prev, b]]\n"
    assert asked(two, None, a__H=range(1, 20)).intervals == {"a.H": [7, 8]}
    assert asked(
        "input: 9x4\nlayers: [conv: {filters: 3, kernel: 3}]\n", "output.T == 5", T=range(1, 20)
    ).solutions == [{"T": 7}]
    assert asked(
        "input: 8x8x3\nlayers: [conv: {filters: 3, kernel: 3, groups: 3}]\n", None, C=range(1, 10)
    ).intervals == {"C": [[3, 3], [6, 6], [9, 9]]}


def test_symbols() -> None:
    text = "input: HxWx3\nlayers: [conv: {filters: 4, kernel: 3, stride: 2}, relu]\n"
    found = asked(text, "output.H == 3 and output.W == 4", H=range(1, 20), W=range(1, 20))
    assert found.intervals == {"H": [7, 8], "W": [9, 10]}
    assert "there is no number for W" in asked(text, None, H=range(5, 8)).reason
    with pytest.raises(UsageError, match="there is no number for W yet"):
        shapecalc.solve(text, H=range(1, 3))
    text = "input: HxHx3\nlayers: [conv: {filters: H, kernel: 3}]\n"
    assert asked(text, "output.C == 5", H=range(1, 20)).solutions == [{"H": 5}]
    assert asked(
        "input: 2*Hx3\nlayers: [relu]\n".replace("2*Hx3", "['2*H', 3]"), "output.T == 8", H=range(1, 20)
    ).solutions == [{"H": 4}]


WHERES = (
    "output.C >= 3",
    "conv1.H % 2 == 1 and macs < 20000",
    "params >= 100 or activations > 500",
    "at('conv1').macs <= 5000",
    "flops > 3000 and conv1.params > 0",
)
LAYERS = (
    "conv: {{name: n{i}, filters: {a}, kernel: {k}, stride: {s}, padding: {p}}}", "maxpool: {{kernel: {k}, stride: {s}}}", "bn", "relu",
    "add: {{a: [conv: {{filters: {a}, kernel: 3, padding: 1}}, relu], b: [conv: {a}]}}",
    "concat: {{a: [conv: {{filters: {a}, kernel: 3, padding: same}}], b: identity}}", "adaptiveavgpool: {k}", "avgpool: {{kernel: {k}, rounding: ceil}}",
    "separable: {{filters: {a}, padding: 1}}", "seq: {{name: q{i}, layers: [conv: {{filters: {a}, kernel: {k}}}, relu]}}", "upsample: 2",
)  # fmt: skip


@pytest.mark.parametrize("seed", range(40))
def test_columns_are_what_walks_find(seed: int) -> None:
    r = random.Random(seed)  # noqa: S311
    lines = ["  - conv: {filters: 3, kernel: 3, padding: 1}"]
    lines += [
        "  - "
        + r.choice(LAYERS).format(
            i=i, a=r.choice((3, 4, 6)), k=r.randint(1, 4), s=r.randint(1, 3), p=r.randint(0, 2)
        )
        for i in range(r.randint(2, 8))
    ]
    plan = plan_of(
        "input: 16x16x3\nlayers:\n" + "\n".join([*lines, "  - fc: 5"][: len(lines) + r.randint(0, 1)]) + "\n"
    )
    where, exact = Where(r.choice(WHERES)), bool(seed % 2)
    candidates = [{"H": h} for h in range(1, 60)]
    moves = Moves(plan, Overrides(), ["H"])
    fast = evaluator(moves, candidates, where, exact, 2, "fp32", lambda *_: None)
    slow = walks(plan, moves.place, 2, "fp32")
    for candidate, a, b in zip(candidates, fast(candidates), slow(candidates)):
        assert isinstance(a, Refusal) == isinstance(b, Refusal), candidate
        if isinstance(a, Refusal) or isinstance(b, Refusal):
            continue
        assert type(a) is not type(b)
        assert not exact or a.exact == b.exact, candidate
        for node in where.nodes:
            assert where.value(node, a) == where.value(node, b), candidate
        assert where.holds(a) == where.holds(b)


@pytest.mark.parametrize(
    "name",
    [
        "googlenet",
        "resnet18",
        "densenet121",
        "mobilenet_v2",
        "inception_v3",
        "xception",
        "squeezenet",
        "alexnet",
    ],
)
def test_columns_of_built_in_networks(name: str) -> None:
    plan = read(name)
    candidates = [{"H": h} for h in (200, 224, 225, 299, 300)]
    moves, where = (
        Moves(plan, Overrides(), ["H"]),
        Where("params > 0 and macs > 0 and activations > 0 and output.C > 0"),
    )
    fast, slow = (
        evaluator(moves, candidates, where, True, 1, "fp32", lambda *_: None),
        walks(plan, moves.place, 1, "fp32"),
    )
    for a, b in zip(fast(candidates), slow(candidates)):
        assert isinstance(a, Refusal) == isinstance(b, Refusal)
        if not isinstance(a, Refusal) and not isinstance(b, Refusal):
            assert a.exact == b.exact and [a.total(q) for q in ("params", "macs", "activations")] == [
                b.total(q) for q in ("params", "macs", "activations")
            ]


def test_what_depends_on_the_size_is_walked(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "input: 8x8x3\nlayers: [conv: {filters: input.H, kernel: 3}, relu: {if: input.W > 5}]\n"
    assert not independent(plan_of(text), {"H"}, set()) and not independent(plan_of(text), {"W"}, set())
    assert independent(plan_of(text), {"T"}, set())

    def never(*_: Any) -> Any:
        raise AssertionError

    monkeypatch.setattr(Columns, "run", never)
    assert asked(text, "output.C == 5", H=range(3, 9)).solutions == [{"H": 5}]


def test_the_nearest() -> None:
    found = asked("resnet50", "stage4.H == 9", H=range(200, 231))
    assert found.reason == "stage4.H == 9 is true for none" and found.nearest[0] == {"H": 225, "stage4.H": 8}
    assert "none of these can be computed" in asked("vgg16", None, H=range(1, 9)).reason
    assert asked("resnet50", None, True, H=range(224, 225)).reason == "for none is every division whole"


REFUSED: dict[str, tuple[dict[str, range], str | None]] = {
    "no layer is called stage9": ({"H": range(200, 230)}, "stage9.H == 7"),
    "fc1 has no axis H: it is \\[1000\\]": ({"H": range(200, 230)}, "fc1.H == 7"),
    "there is no parameter, symbol or axis Q": ({"Q": range(1, 3)}, None),
    "nothing is called parms here": ({"H": range(200, 210)}, "parms < 3"),
    "must be true or false": ({"H": range(200, 210)}, "params + 1"),
    "not an expression": ({"H": range(200, 210)}, "params <"),
    "the input has no axis T": ({"T": range(1, 3)}, None),
    "at least 1": ({"H": range(3)}, None),
    "values of a network of": ({"conv4": range(1, 40_000)}, None),
    "at most 1,000,000": ({"H": range(1, 2000), "W": range(1, 2000)}, None),
}


@pytest.mark.parametrize(("message", "question"), REFUSED.items())
def test_refusals(message: str, question: tuple[dict[str, range], str | None]) -> None:
    with pytest.raises(UsageError, match=message):
        solve_network(read("resnet50"), Overrides(), *question)


def test_set_and_input_hold_for_all() -> None:
    plan = read("resnet50")
    chosen = parse_overrides(Selection({"conv4": "23"}, {"input": "192x256x3"}))
    found = solve_network(
        plan, chosen, {"H": range(100, 300)}, "stage4.H == 7 and stage4.W == 8 and params == 44549160"
    )
    assert found.intervals == {"H": [193, 224]}
    assert network.SHOWN == 20
