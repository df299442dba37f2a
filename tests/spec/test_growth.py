"""What takes twice as long where there is twice as much: lines of Python that run are counted, no time is measured."""

from __future__ import annotations

import sys
from collections.abc import Callable
from types import FrameType
from typing import Any

import pytest

from shapecalc.analysis.explain_network import explain
from shapecalc.analysis.solve import columns
from shapecalc.analysis.solve.network import solve_network
from shapecalc.api import read
from shapecalc.engine import Overrides, bind
from shapecalc.errors import Source, SpecError
from shapecalc.layers import Layer
from shapecalc.render import render
from shapecalc.spec import load

from .conftest import answer, findings


def work(call: Callable[[], object]) -> int:
    """The lines of Python that run in a call."""
    count = 0

    def trace(_frame: FrameType, event: str, _argument: Any) -> Any:
        nonlocal count
        count += event == "line"
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        call()
    finally:
        sys.settrace(before)
    return count


def table(spec: str) -> None:
    render([answer(spec).table], "plain")


HEAD = "input: 8x8x4\nlayers:\n"
GROWING: dict[str, Callable[[int], str]] = {
    "a repeated merge of branches": lambda n: f"{HEAD}- seq: {{repeat: {n}, layers: [add: {{main: [relu], skip: identity}}]}}",
    "branches of one merge": lambda n: HEAD + "- add: {" + ", ".join(f"b{i}: [relu]" for i in range(n)) + "}",
    "branches of a concat": lambda n: HEAD + "- concat: {" + ", ".join(f"b{i}: [relu]" for i in range(n)) + "}",
    "layers written out": lambda n: HEAD + "".join(f"- conv: {{filters: {i + 1}, kernel: 3, padding: same}}\n" for i in range(n)),
    "uses of a block with many parameters in the file": lambda n: (
        "input: 8x8x4\nparams: {" + ", ".join(f"p{i}: {i + 1}" for i in range(n)) + "}\nblocks: {B: {params: {k: 1}, layers: [relu]}}\n"
        + "layers: [" + ", ".join(f"B: {{k: {i + 1}}}" for i in range(n)) + "]"
    ),
    "frozen layers": lambda n: (
        f"input: 8x8x4\nlayers: [{', '.join(f'relu: {{name: r{i}}}' for i in range(n))}]\n"
        f"frozen: [{', '.join(f'r{i}' for i in range(n))}]"
    ),
    "outputs": lambda n: (
        f"input: 8x8x4\nlayers: [{', '.join(f'relu: {{name: r{i}}}' for i in range(n))}]\n"
        f"outputs: [{', '.join(f'r{i}' for i in range(n))}]"
    ),
}  # fmt: skip


@pytest.mark.parametrize("spec", GROWING.values(), ids=GROWING)
def test_twice_as_much_takes_twice_as_long(spec: Callable[[int], str]) -> None:
    table(spec(3))
    assert work(lambda: table(spec(400))) < 2.2 * work(lambda: table(spec(200)))


def test_closing_parentheses_are_looked_for_a_while_only() -> None:
    spec = "input: [{}]\nlayers: [relu]".format
    assert work(lambda: findings(spec("a), " * 4000))) < 2.2 * work(lambda: findings(spec("a), " * 2000)))


def test_nested_repeats_of_nothing_are_refused_before_they_are_walked() -> None:
    blocks = ", ".join(f"B{i}: [B{i - 1}: {{repeat: n}}]" for i in range(1, 10))
    spec = f"input: 8x8x1\nparams: {{n: 200}}\nblocks: {{B0: [], {blocks}}}\nlayers: [B9]"
    assert work(lambda: findings(spec)) < 100_000


def test_a_form_that_grows_is_refused() -> None:
    """Its terms would be (k + 3 choose 3) after k layers; the place of the layer is told."""
    spec = (
        "input: [8, 8, C]\nparams: {a: 1, b: 1, c: 1, d: 1}\n"
        "blocks: {G: [conv: {filters: 'input.C*(a+b+c+d)', kernel: 1}]}\nlayers: [G: {repeat: 40}]"
    )
    plan, overrides = load(Source("t.yaml", spec)), Overrides(symbolic=("a", "b", "c", "d"))
    with pytest.raises(SpecError) as found:
        bind(plan, overrides)
    assert [(d.code, d.message) for d in found.value.diagnostics] == [
        ("SC219", "conv: a closed form would have more than 1,000 terms")
    ]


@pytest.mark.parametrize(
    ("layer", "message"),
    [
        ("upsample: {scale: 1000000000000000000, repeat: 300}", "upsample: a size would be beyond 10^36"),
        (
            "conv: {filters: 1, kernel: 1, stride: 1000000000000000000, repeat: 300}",
            "conv: its receptive field would be beyond 10^1000",
        ),
    ],
)
def test_numbers_have_an_end(layer: str, message: str) -> None:
    found = findings(f"input: 8x8x1\nlayers: [{layer}]")
    assert [(d.code, d.message, d.help) for d in found] == [("SC423", message, "lower a stride or a factor")]


def test_layers_of_many_candidates_are_not_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    """No more layers are alive at once than those of the candidates that are answered together."""
    monkeypatch.setattr(columns, "AT_ONCE", 50)
    alive = most = 0
    make, drop = Layer.__init__, getattr(Layer, "__del__", None)
    assert drop is None

    def made(self: Layer, *arguments: Any) -> None:
        nonlocal alive, most
        alive += 1
        most = max(most, alive)
        make(self, *arguments)

    def dropped(_self: Layer) -> None:
        nonlocal alive
        alive -= 1

    monkeypatch.setattr(Layer, "__init__", made)
    monkeypatch.setattr(Layer, "__del__", dropped, raising=False)
    found = solve_network(read("lenet5"), Overrides(), {"H": range(32, 1032)})
    assert len(found.solutions) == 1000 and most < 1500


def test_explanations_are_not_kept() -> None:
    """JSON asks for one layer after another, and never for what people read."""
    document = explain(answer(GROWING["layers written out"](300)).table)
    pieces = render([document], "json")
    assert pieces.count('"layer"') == 300 and document.shown.made is None  # type: ignore[attr-defined]
    assert document.layers[0] is not document.layers[0]


def test_many_branches_are_explained() -> None:
    for n in (32, 3000):
        document = explain(answer(GROWING["branches of a concat"](n)).table, "concat1")
        step = next(step for step in document.layers[0].steps if step.key == "output.C")
        assert step.value == 4 * n and step.formula == " + ".join(f"N_{i}" for i in range(1, n + 1))
