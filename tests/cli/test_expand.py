"""`expand`: whatever is written out reads back as the same network, to the last name, wire, option and number."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from shapecalc import catalogue
from shapecalc.api import Selection, compute
from shapecalc.engine import Bound
from shapecalc.engine.expand import expand
from shapecalc.errors import Source
from shapecalc.spec import load

from .conftest import Cli


def read(text: str, **select: Any) -> Bound:
    return compute(load(Source("test.yaml", text), catalogue.base), Selection(**select)).bound


def network(bound: Bound) -> dict[str, Any]:
    """All that must not change."""
    data = dict(compute_again(bound).data())
    data["frozen"] = [node.name for node in bound.graph.nodes if node.frozen]
    data["options"] = [dict(node.options) for node in bound.graph.nodes]
    return data


def compute_again(bound: Bound) -> Any:
    from shapecalc.engine import tabulate

    return tabulate(bound)


def check(text: str, **select: Any) -> str:
    """Write out, read back, compare; and once more. The written text."""
    before = read(text, **select)
    written = expand(before)
    after = read(written)
    assert network(after) == network(before), written
    assert expand(after) == written
    for word in ("params:", "blocks:", "repeat:", "if:", "base:", "set:"):
        assert word not in written.replace("note: ", "note ")
    return written


@pytest.mark.parametrize("name", catalogue.names())
def test_every_built_in(name: str) -> None:
    check(catalogue.source(name).text)


CASES = {
    "several inputs": """\
        input: {image: 32x32x3, depth: [32, 32, 1]}
        layers:
          - conv: {filters: 4, kernel: 3, from: image, name: a}
          - relu
          - conv: {filters: 4, kernel: 3, from: depth, name: b}
          - concat: [prev, relu1]
          - add: {from: [a, b], name: sum}
        outputs: [concat1, sum]
        """,
    "inputs joined at once": """\
        input: {x: [8], y: [8]}
        layers: [{add: [x, y]}, {fc: 3}]
        """,
    "seq with and without name, repeated": """\
        input: 32x32x3
        layers:
          - seq: {name: stem, layers: [{conv: {filters: 4, kernel: 3}}, relu]}
          - seq: [{conv: 8}, relu]
          - seq: {name: turn, repeat: 3, layers: [{conv: 8}, {seq: [relu]}]}
          - conv: {filters: 4, name: x, repeat: 2}
          - relu
        """,
    "names that skip": """\
        input: 8x8x4
        blocks: {Relu: [relu], Conv: {params: {n: 4}, layers: [{conv: n}, Relu]}}
        layers: [relu, Relu, {relu: {name: relu5}}, relu, relu, {Conv: {repeat: 2}}, {conv: {filters: 3, name: conv7}}, {conv: 2}]
        """,
    "chinese and odd names": """\
        name: "网络: #1"
        note: "one\\ntwo\\u2028three"
        input: 8x8x4
        blocks: {B: [relu, {add: {主干: [{conv: 4}], "1x1": [{conv: 4}], "-": identity}}]}
        layers: [{conv: {filters: 4, name: 卷积1}}, {B: {name: "1e3"}}, {B: {name: "---"}}, {B: {name: null}}, {relu: {name: "on"}}]
        """,
    "connection table, amounts, sides": """\
        input: 12x10x3
        layers:
          - conv: {filters: 2, kernel: 3x1, padding: 1x0, connections: [[0, 1], [2]]}
          - pad: {amount: {C: [0, 2], H: 1}}
          - crop: [[1, 2], [0, 1]]
          - pad: 0
          - conv: {filters: 4, kernel: 3, padding: [[0, 1], [2, 0]], stride: 1x2, dilation: 2, bias: false}
          - conv: {filters: 4, kernel: 3, padding: same, groups: 2}
          - conv: {filters: 4, kernel: 1x7, padding: 1x7 // 2}
          - reshape: [4, 8, 4]
          - permute: [W, H, C]
          - leakyrelu: 0.2
          - layernorm: {eps: 1e-5}
        """,
    "channels first": """\
        input: 3x12x10
        layout: CHW
        blocks: {Down: {params: {n: int}, layers: [{conv: {filters: n, kernel: 3, stride: 2}}, {reshape: {shape: [n, 2, 8]}}]}}
        layers: [{separable: {filters: 4, kernel: 3}}, {pad: {amount: {W: [1, 0]}}}, {Down: 8}, fc: 5]
        """,
    "composites": """\
        input: 16x16x8
        layers:
          - separable: {filters: 8, kernel: 3, padding: same, repeat: 2}
          - add: {main: {separable: {filters: 8, padding: same}}, skip: identity}
          - depthwise: {kernel: 3, multiplier: 2}
        """,
    "frozen": """\
        input: 8x8x4
        blocks: {B: {layers: [{conv: 4}, {add: {a: [bn], b: identity}}]}}
        layers: [{B: {frozen: true}}, {conv: {filters: 4, name: mine}}, {fc: {units: 3, name: head}}, {fc: 2}]
        frozen: [head]
        """,
    "if, else, repeat nothing": """\
        input: 8x8x4
        params: {deep: false, n: 0}
        layers:
          - conv: {filters: 4, if: deep, else: [{conv: {filters: 4, kernel: 3}}, relu]}
          - conv: {filters: 4, repeat: n}
          - bn
          - conv: {filters: 4, repeat: n, from: relu1}
          - softmax
        """,
    "merges of names and of branches": """\
        input: 8x8x4
        layers:
          - conv: {filters: 4, name: c}
          - relu
          - add: [prev, c]
          - mul: {from: [relu1, c, add1], name: m}
          - concat: {axis: H, from: c, up: [relu], down: [{conv: 4}, relu]}
          - concat: {from: c, up: relu, up2: relu, down: {seq: {name: inner, layers: [relu, {add: [prev, c]}]}}}
        outputs: [m, concat2.down.inner.add1, concat2]
        """.replace("concat2.down.inner.add1", "down2.inner.add1"),
    "a block's input under a hidden name": """\
        input: 8x8x4
        blocks:
          Residual: [{conv: {filters: 4, kernel: 3, padding: 1}}, relu, {conv: 4}, {add: [prev, input]}]
        layers: [{conv: 4}, Residual, {Residual: {repeat: 2}}, {add: [prev, conv1]}]
        """,
    "a hidden path": """\
        input: 8x8x4
        blocks:
          Inner: {params: {skip: str}, layers: [{conv: 4}, {seq: {name: a, layers: [{conv: 4}]}}, {add: [prev, $skip]}]}
        layers:
          - seq: {name: a, layers: [{conv: 4}, relu]}
          - seq: {name: b, layers: [{seq: {name: a, layers: [{conv: 4}, {conv: 4}]}}, {add: [prev, input]}, {Inner: a.conv2}]}
          - Inner: b.a.conv1
        """,
    "an input hidden by a layer": """\
        input: {x: 8x8x4, y: 8x8x4}
        layers:
          - seq: {name: s, from: x, layers: [{conv: {filters: 4, name: z}}, {add: [prev, y]}, {relu: {name: x}}, {add: [x, y]}]}
          - add: [prev, x]
        """,
    "a seq that ends elsewhere": """\
        input: 8x8x4
        params: {n: 0}
        blocks: {B: {layers: [{conv: {filters: 4, name: p}}, {relu: {name: q}}, {conv: {filters: 9, from: p, repeat: n}}]}}
        layers: [{B: {name: b}}, {conv: 4}, {add: {main: [B], skip: identity}}, {add: [prev, b.q]}]
        """,
    "nothing at all": "{input: 8x8x4, layers: []}",
    "a vector, a sequence, a volume": """\
        input: {v: [10], s: 7x4, z: 6x6x6x2}
        layers:
          - fc: {units: 3, from: v}
          - conv: {filters: 2, kernel: 3, padding: [[1, 0]], from: s}
          - pad: {amount: {T: [1, 2]}}
          - conv: {filters: 2, kernel: 1x3x3, padding: [0, 1, 1], from: z}
          - maxpool: 2
        outputs: [fc1, pad1, maxpool1]
        """,
    "an entry called input": """\
        input: {image: 8x8x4}
        layers: [{conv: {filters: 4, name: input}}, relu, {relu: {name: end}}]
        """,
}


@pytest.mark.parametrize("name", CASES)
def test_reading_back(name: str) -> None:
    import textwrap

    check(textwrap.dedent(CASES[name]))


def test_overrides_are_written_in() -> None:
    bound = read(
        catalogue.source("resnet50").text,
        settings={"conv4": "1", "classes": "10"},
        inputs={"input": "64x64x3"},
    )
    written = expand(bound)
    assert network(read(written)) == network(bound)
    assert "input: [64, 64, 3]" in written and "\n  - fc: 10\n" in written


def test_a_text_to_read() -> None:
    assert (
        check(catalogue.source("lenet5").text).partition("input:")[2]
        == """ [32, 32, 1]
layers:
  - conv: {filters: 6, kernel: 5}
  - avgpool: 2
  - conv: {filters: 16, kernel: 5}
  - avgpool: 2
  - fc: 120
  - fc: 84
  - fc: 10
"""
    )


def test_command(cli: Cli, tmp_path: Path) -> None:
    path = tmp_path / "wide.yaml"
    assert cli("expand", "resnet50", "--set", "conv4=1", "-o", path) == (
        0,
        "",
        "note: expectations in the file are for its own sizes, and were not checked\n",
    )
    small = cli("table", path, "--format", "json").json
    same = cli("table", "resnet50", "--set", "conv4=1", "--format", "json").json
    assert small == same
    assert cli("expand", "nothing.yaml").code == 2
    assert cli("expand", "lenet5").out == cli("expand", "-", stdin=cli("expand", "lenet5").out).out
