"""The examples of the language's contract, with the totals that it prints."""

from __future__ import annotations

from textwrap import dedent

import pytest

from shapecalc.api import compute
from shapecalc.errors import Source, SpecError
from shapecalc.render import render_findings
from shapecalc.spec import load

from .conftest import answer

LENET = """
name: LeNet-5
input: 32x32x1
layers:
  - conv: {filters: 6, kernel: 5}
  - avgpool: 2
  - conv: {filters: 16, kernel: 5}
  - avgpool: 2
  - fc: 120
  - fc: 84
  - fc: 10
"""

INCEPTION = """
name: GoogLeNet inception (3a), with dimension reduction
source: Szegedy et al. 2014, arXiv:1409.4842, Figure 2(b) and Table 1
input: 28x28x192
blocks:
  ConvRelu:
    params: {filters: int, kernel: 1}
    layers: [conv: {filters: filters, kernel: kernel, padding: same}, relu]
  Inception:
    params: {c1: int, r3: int, c3: int, r5: int, c5: int, pool: int}
    layers:
      - concat:
          1x1:  [ConvRelu: c1]
          3x3:  [ConvRelu: r3, ConvRelu: {filters: c3, kernel: 3}]
          5x5:  [ConvRelu: r5, ConvRelu: {filters: c5, kernel: 5}]
          pool: [maxpool: {kernel: 3, stride: 1, padding: same}, ConvRelu: pool]
layers:
  - Inception: {c1: 64, r3: 96, c3: 128, r5: 16, c5: 32, pool: 32, expect: 28x28x256}
"""

RESNET = """
name: ResNet-50
source: He et al. 2015, arXiv:1512.03385, Table 1
input: 224x224x3
params: {conv2: 3, conv3: 4, conv4: 6, conv5: 3, classes: 1000}
blocks:
  ConvBN:
    params: {filters: int, kernel: 1, stride: 1}
    layers:
      - conv: {filters: filters, kernel: kernel, stride: stride, padding: kernel // 2, bias: false}
      - bn
  Bottleneck:
    params: {mid: int, stride: 1, project: false}
    layers:
      - add:
          main:
            - ConvBN: {filters: mid, stride: stride}
            - relu
            - ConvBN: {filters: mid, kernel: 3}
            - relu
            - ConvBN: 4*mid
          shortcut:
            - ConvBN: {filters: 4*mid, stride: stride, if: project}
      - relu
  Stage:
    params: {mid: int, blocks: int, stride: 2}
    layers:
      - Bottleneck: {mid: mid, stride: stride, project: true}
      - Bottleneck: {mid: mid, repeat: blocks - 1}
layers:
  - ConvBN: {filters: 64, kernel: 7, stride: 2}
  - relu
  - maxpool: {kernel: 3, stride: 2, padding: 1, expect: 56x56x64}
  - Stage: {mid: 64, blocks: conv2, stride: 1}
  - Stage: {mid: 128, blocks: conv3}
  - Stage: {mid: 256, blocks: conv4}
  - Stage: {mid: 512, blocks: conv5, expect: 7x7x2048}
  - gap
  - fc: classes
"""

TRANSFORMER = """
name: Transformer encoder (base)
source: Vaswani et al. 2017, arXiv:1706.03762, Table 3
params: {d: 512, heads: 8, ff: 2048, depth: 6, vocab: 37000, T: 128}
input: [T]
blocks:
  EncoderLayer:
    layers:
      - add: {main: [mha: heads], skip: identity}
      - layernorm
      - add: {main: [linear: ff, relu, linear: d], skip: identity}
      - layernorm
layers:
  - embed: {vocab: vocab, d: d}
  - posenc
  - EncoderLayer: {repeat: depth, expect: [T, d]}
"""

TOTALS = [
    (LENET, {}, 61_706, 416_520),
    (INCEPTION, {}, 163_696, 128_049_152),
    (RESNET, {}, 25_557_032, 3_857_973_248),
    (RESNET, {"conv4": "23"}, 44_549_160, None),
    (RESNET, {"conv3": "8", "conv4": "36"}, 60_192_808, None),
]


@pytest.mark.parametrize(("spec", "settings", "params", "macs"), TOTALS)
def test_totals(spec: str, settings: dict[str, str], params: int, macs: int | None) -> None:
    found = answer(spec, settings)
    totals = found.table.totals()
    assert totals.params.total == params and macs in (None, totals.macs)
    assert not found.warnings and not found.unmet


def test_transformer() -> None:
    found = answer(TRANSFORMER)
    assert found.table.totals().params.total == 37_858_304 and not found.unmet
    assert answer(TRANSFORMER, {"T": "16"}).table.totals().params.total == 37_858_304


@pytest.mark.parametrize(("settings", "inputs"), [({"T": "64"}, {}), ({}, {"input": "[64]"})])
def test_transformer_of_a_symbolic_length(settings: dict[str, str], inputs: dict[str, str]) -> None:
    """T is a symbol where no parameter is called so; 6 layers of 64·4·512² + 2·64²·512 + 2·64·512·2048 each."""
    found = answer(TRANSFORMER.replace(", T: 128", ""), settings, inputs)
    totals = found.table.totals()
    assert (totals.params.total, totals.macs) == (37_858_304, 1_233_125_376)
    assert found.table.output_shape == (64, 512) and not found.unmet


def test_the_contracts_path() -> None:
    assert "stage2.bottleneck1.main.convbn1.conv1" in answer(RESNET).bound.shapes


RES = """\
input: 56x56x256
layers:
  - add:
      main: [conv: {filters: 512, stride: 2}]
      shortcut: identity
"""


def test_the_contracts_message() -> None:
    with pytest.raises(SpecError) as error:
        compute(load(Source("res.yaml", RES)))
    text = render_findings(error.value.diagnostics, "full")
    assert text == dedent("""\
        error[SC401]: add: branch 'shortcut' is 56×56×256, branch 'main' is 28×28×512
         --> res.yaml:5:7
          |
        5 |       shortcut: identity
          |       ^^^^^^^^
          = help: add a 1×1 projection to this branch:  conv: {filters: 512, stride: 2}
        """)


def test_how_long_they_are() -> None:
    """LeNet-5 takes ten lines, and the others stay under eighty."""
    assert len(LENET.strip().splitlines()) <= 10
    assert all(len(spec.splitlines()) < 80 for spec in (INCEPTION, RESNET, TRANSFORMER))
