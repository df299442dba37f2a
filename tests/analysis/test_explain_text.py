"""A derivation as it is read: exact texts, and what every format must keep."""

from __future__ import annotations

import html.parser
import re

import pytest

from shapecalc import catalogue
from shapecalc.analysis.explain_network import explain
from shapecalc.api import compute, read
from shapecalc.render import render
from shapecalc.report.derivation import Derivation


def derived(name: str, layer: str | None = None) -> Derivation:
    return explain(compute(read(name)).table, layer)


def body(text: str) -> str:
    """The text from the first layer on."""
    return text.split("\n\n", 3)[3]


CONV1 = """\
conv1   conv 96, f=11, s=4   227×227×3 → 55×55×96
A convolution slides its filters over the input; every output value is one filter's products, added up.

  shape
    output height    ⌊(N + 2·P − F) / S⌋ + 1 = ⌊(227 + 2·0 − 11) / 4⌋ + 1 = 55
    output width     as for output height = 55
    output channels  C_out = 96
                     One map for each filter: a filter adds up all the channels that it reads.
    activations      M_H·M_W·C_out = 55·55·96 = 290,400

  parameters
    weights  F_H·F_W·C_in·C_out = 11·11·3·96 = 34,848
             A filter is as deep as its input, so its depth is never written: each of the 96 filters is 11×11×3 = 363 weights.
    biases   C_out = 96
             One number a filter, added at every position: 96, whatever the size of the map.
    params   weights + biases = 34848 + 96 = 34,944

  work
    MACs             M_H·M_W·F_H·F_W·C_in·C_out = 55·55·11·11·3·96 = 105,415,200
                     The same 34,848 weights are used at each of the 55×55 output positions. A stride thins out positions, and so the work; it takes no weight away.
    live taps L      F·M − L_b − L_a = 11·55 − 0 − 0 = 605
    MACs on data     L_H·L_W·C_in·C_out = 605·605·3·96 = 105,415,200
                     No tap lands on padding, so these are all MACs.
    multiplications  M_H·M_W·F_H·F_W·C_in·C_out = 55·55·11·11·3·96 = 105,415,200
    additions        M_H·M_W·F_H·F_W·C_in·C_out = 55·55·11·11·3·96 = 105,415,200
                     Adding up K products takes K − 1 additions; adding the bias makes it K.

  receptive field
    receptive field  R + (K − 1)·J = 1 + (11 − 1)·1 = 11
    its stride       J·S = 1·4 = 4
    its padding      P + p·J = 0 + 0·1 = 0

  memory
    bytes of the output  b·A = 4·290400 = 1,161,600
    bytes of the params  b·params = 4·34944 = 139,776

params: weights and biases. MACs: multiply-accumulates of one sample.
Taps on padding count as MACs; biases, pools, norms and activations do not.
"""


def test_alexnet_conv1() -> None:
    assert body(render([derived("alexnet", "conv1")], "plain")) == CONV1


FC1 = """\
fc1.flatten   flatten   5×5×16 → 400
Flattening writes a map as one long vector, row after row; no value changes.

  shape
    output values  N_H·N_W·N_C = 5·5·16 = 400
                   All the values of 5×5×16, one behind the other: 5·5·16 = 400. No value changes.
    activations    C_out = 400

  parameters
    params  0
            Nothing is learned here.

  work
    MACs  0
          Only weighted sums have MACs; other work is counted by kind.

  receptive field
    One value sees the whole input, here and in all that follows.

  memory
    bytes of the output  b·A = 4·400 = 1,600

fc1   fc 120   400 → 120
A fully connected layer weighs every input for every output; a map is flattened first, as a row of its own.

  shape
    output values  C_out = 120
    activations    C_out = 120

  parameters
    weights  C_in·C_out = 400·120 = 48,000
             Each of the 120 units weighs all 400 inputs. The 400 inputs are the 5·5·16 values of avgpool2, laid out in one line.
    biases   C_out = 120
             One number a unit, not one a layer.
    params   weights + biases = 48000 + 120 = 48,120

  work
    MACs             C_in·C_out = 400·120 = 48,000
                     Every weight is used once, so there are as many MACs as weights.
    multiplications  C_in·C_out = 400·120 = 48,000
    additions        C_in·C_out = 400·120 = 48,000

  receptive field
    None to tell, since a layer before has none, or the input is a vector.

  memory
    bytes of the output  b·A = 4·120 = 480
    bytes of the params  b·params = 4·48120 = 192,480
"""


def test_lenet_fc1() -> None:
    text = render([derived("lenet5", "fc1")], "plain")
    assert FC1 in text


TOTALS = """\
total
  params       conv1 156 + conv2 2,416 + fc1 48,120 + fc2 10,164 + fc3 850 = 61,706
  MACs         conv1 117,600 + conv2 240,000 + fc1 48,000 + fc2 10,080 + fc3 840 = 416,520
  activations  conv1 4,704 + avgpool1 1,176 + conv2 1,600 + avgpool2 400 + fc1 520 + fc2 84 + fc3 10 = 8,494
"""


def test_lenet_totals() -> None:
    """LeCun et al. 1998 with plain pooling: 61,706 parameters."""
    assert TOTALS in render([derived("lenet5")], "plain")


SAME_5X5 = """\
    extent K            F = 5
    padding in all P_t  max(0, (⌈N / S⌉ − 1)·S + K − N) = max(0, (⌈28 / 1⌉ − 1)·1 + 5 − 28) = 4
    padding before P_b  ⌊P_t / 2⌋ = ⌊4 / 2⌋ = 2
    padding behind P_a  P_t − ⌊P_t / 2⌋ = 4 − ⌊4 / 2⌋ = 2
    output height       ⌈N / S⌉ = ⌈28 / 1⌉ = 28
                        With same padding the size depends on the stride alone; the zeros are as many as that takes.
    output width        as for output height = 28
"""
LIVE_5X5 = """\
    reach before E             P_b = 2
    windows wholly before X    min(M, max(0, ⌈(E − D·(F − 1)) / S⌉)) = min(28, max(0, ⌈(2 − 1·(5 − 1)) / 1⌉)) = 0
    windows reaching before Y  min(M, ⌈E / S⌉) = min(28, ⌈2 / 1⌉) = 2
    taps lost before L_b       F·X + (Y − X)·E − S·⌊(Y − X)·(X + Y − 1) / 2⌋ = 5·0 + (2 − 0)·2 − 1·⌊(2 − 0)·(0 + 2 − 1) / 2⌋ = 3
    reach behind E             (M − 1)·S + K − P_b − N = (28 − 1)·1 + 5 − 2 − 28 = 2
    taps lost behind L_a       as for taps lost before L_b = 3
    live taps L                F·M − L_b − L_a = 5·28 − 3 − 3 = 134
    MACs on data               L_H·L_W·C_in·C_out = 134·134·16·32 = 9,193,472
"""
MET = """\
    output channels  N_1 + N_2 + N_3 + N_4 = 64 + 128 + 32 + 32 = 256
"""


def test_inception_pieces() -> None:
    text = render([derived("inception_module", "inception1.5x5.convrelu2.conv1")], "plain")
    assert SAME_5X5 in text and LIVE_5X5 in text
    assert MET in render([derived("inception_module")], "plain")


@pytest.mark.parametrize("name", ["alexnet", "inception_module", "resnet18", "lenet5_1998", "mobilenet_v2"])
def test_latex_is_well_formed(name: str) -> None:
    text = render([derived(name)], "latex")
    unescaped = re.sub(r"\\[{}$&#%_\\]", "", text)
    depth = 0
    for sign in unescaped:
        depth += (sign == "{") - (sign == "}")
        assert depth >= 0
    assert depth == 0
    assert re.findall(r"\\begin\{(\w+)\}", text) == re.findall(r"\\end\{(\w+)\}", text)
    assert text.count(r"\left") == text.count(r"\right")
    assert len(re.findall(r"(?<!\\)\$", text)) % 2 == 0
    inner = re.sub(r"\\text\{[^{}]*?(\$[^$]*\$)?[^{}]*?\}", lambda m: m[0].replace("$", ""), text)
    assert not any("_" in t for t in re.findall(r"\\text\{([^{}$]*)\}", text))
    for formula in re.findall(r"(?<!\\)\$(.+?)(?<!\\)\$", inner):
        assert not re.search("[×·−⌊⌋⌈⌉…Σ]", re.sub(r"\\text\{.*?\}", "", formula)), formula
    assert not re.search(r"(?<!\\)[%#&]", text.replace(r"% \usepackage{amsmath}", ""))


def test_latex_of_one_number() -> None:
    text = render([derived("alexnet", "conv1")], "latex")
    assert (
        r"\item[output height] $\left\lfloor \frac{N + 2 \cdot P - F}{S} \right\rfloor + 1 = "
        r"\left\lfloor \frac{227 + 2 \cdot 0 - 11}{4} \right\rfloor + 1 = 55$"
    ) in text
    assert r"$\mathrm{weights} + \mathrm{biases} = 34848 + 96 = 34{,}944$" in text
    assert r"M_{H} \cdot M_{W} \cdot C_{\mathrm{out}}" in text


def test_markdown() -> None:
    text = render([derived("alexnet", "conv1")], "markdown")
    assert "### conv1   conv 96, f=11, s=4   227×227×3 → 55×55×96\n" in text
    assert "- output height: ⌊(N + 2·P − F) / S⌋ + 1 = ⌊(227 + 2·0 − 11) / 4⌋ + 1 = **55**\n" in text


class Balanced(html.parser.HTMLParser):
    """A page whose tags are closed in order."""

    VOID = ("meta", "!doctype")

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: object) -> None:
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def test_html_is_balanced_and_complete() -> None:
    text = render([derived("resnet18")], "html")
    page = Balanced()
    page.feed(text)
    assert page.open == []
    assert (
        "<dt>output height</dt><dd>⌊(N + 2·P − F) / S⌋ + 1 = ⌊(224 + 2·3 − 7) / 2⌋ + 1 = <b>112</b>" in text
    )


HOSTILE = """\
name: "<b>[red]$x$ *y* \\\\end"
input: 8x8x3
layers:
  - conv: {filters: 2, name: "a_b"}
"""


@pytest.mark.parametrize("format", ["plain", "table", "markdown", "latex", "html"])
def test_names_are_only_text(format: str) -> None:
    from shapecalc.errors import Source
    from shapecalc.spec import load

    table = compute(load(Source("test.yaml", HOSTILE), catalogue.base)).table
    text = render([explain(table)], format, width=80, color="never")
    title = {"markdown": r"&lt;b>\[red\]\$x\$ \*y\* \\end", "html": "&lt;b&gt;[red]$x$ *y* \\end",
             "latex": r"$<$b$>${[}red]\$x\${} {*}y{*} \textbackslash{}end"}.get(format, "<b>[red]$x$ *y* \\end")  # fmt: skip
    assert title.replace(r"\${} ", r"\$ ") in text


@pytest.mark.parametrize("width", [80, 120, 200])
def test_a_terminal_breaks_before_equals_signs(width: int) -> None:
    text = render([derived("inception_module")], "table", width=width, color="never")
    for line in text.splitlines():
        if len(line) > width:
            assert " = " not in line.strip().removeprefix("= "), line
    for name in ("MACs  ", "multiplications  "):
        assert name in text
    assert "⌈28 / 1⌉ = 28" in text


def test_ascii_only() -> None:
    text = render([derived("alexnet", "conv1")], "plain", ascii=True)
    assert "floor((227 + 2*0 - 11) / 4) + 1 = 55" in text
    assert text.isascii()


def test_units() -> None:
    text = render([derived("alexnet", "conv1")], "plain", units="zh")
    assert "55·55·11·11·3·96 = 1.05亿" in text
    assert "4·290400 = 1.11 MiB" in text
