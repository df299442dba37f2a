"""A sentence stands where it is true and nowhere else: counted pixel by pixel, and by building the other way."""

from __future__ import annotations

import re
from itertools import product
from typing import Any

import pytest

from shapecalc import catalogue, layers
from shapecalc.analysis.explain import steps_of
from shapecalc.analysis.explain_network import explain
from shapecalc.api import compute
from shapecalc.errors import ShapeError, Source
from shapecalc.layers import Layer
from shapecalc.report.derivation import DerivationStep
from shapecalc.spec import load

from .printed import value


def make(word: str, x: tuple[int, ...], **given: Any) -> Layer:
    kind = layers.load(word)
    assert kind is not None
    axes = len(x) - 1
    sizes = {"kernel", "stride", "dilation", "output_padding"}
    options = {name: given.get(name, option.default) for name, option in kind.OPTIONS.items()}
    for name, size in options.items():
        if name in sizes and isinstance(size, int):
            options[name] = (size,) * axes
        if name == "padding" and not isinstance(size, str):
            sides = size if isinstance(size, tuple) else (size, size)
            options[name] = (sides,) * axes
    return kind(options, (x,))


def steps(layer: Layer) -> dict[str, DerivationStep]:
    return {step.key: step for step in steps_of(layer)}


def network(text: str) -> dict[str, dict[str, DerivationStep]]:
    table = compute(load(Source("test.yaml", text), catalogue.base)).table
    return {layer.name: {s.key: s for s in layer.steps} for layer in explain(table).layers}


SMALL = list(product(range(1, 10), range(1, 5), range(1, 5), range(1, 3), range(3), range(3)))


def test_what_floor_drops_and_which_pixels_are_never_read() -> None:
    dropped = lost = gaps = 0
    for N, F, S, D, before, after in SMALL:
        try:
            layer = make("conv", (N, 3), filters=2, kernel=F, stride=S, dilation=D, padding=(before, after))
        except ShapeError:
            continue
        found = steps(layer)
        assert all(value(step.substituted) == step.value for step in found.values())
        note, K = found["output.T"].note or "", D * (F - 1) + 1
        starts = range(-before, N + after - K + 1, S)
        left = N + after - (starts[-1] + K)
        unread = max(0, N - (starts[-1] + K))
        assert ("which floor drops" in note) == (left > 0), (N, F, S, D, before, after)
        assert ("no pixel is lost" in note) == (left > 0 and unread == 0)
        count = 1 if "The last pixel is never read." in note else 0
        if match := re.search(r"The last (\d+) pixels are never read", note):
            count = int(match[1])
        assert count == unread
        assert ("the others are never read" in note) == (S > K)
        dropped, lost, gaps = dropped + (left > 0), lost + (unread > 0), gaps + (S > K)
    assert min(dropped, lost, gaps) > 100


def test_what_ceil_adds_and_takes_away() -> None:
    hanging = clipped = 0
    for N, F, S, _D, before, after in SMALL:
        try:
            layer = make(
                "conv", (N, 3), filters=2, kernel=F, stride=S, padding=(before, after), rounding="ceil"
            )
        except ShapeError:
            continue
        step = steps(layer)["output.T"]
        assert value(step.substituted) == step.value
        note = step.note or ""
        over = (step.value - 1) * S + F - (N + before + after)
        wanted = len(range(-before, N + after - F + S, S))
        assert ("left out" in note) == (wanted > step.value)
        assert ("over the edge" in note) == (wanted == step.value and over > 0)
        if "over the edge" in note:
            assert re.findall(r"hangs (\d+) position", note) == [str(over)]
        hanging, clipped = hanging + ("over the edge" in note), clipped + ("left out" in note)
    assert min(hanging, clipped) > 50


@pytest.mark.parametrize(("word", "side"), [("same", "behind"), ("same_lower", "before")])
def test_uneven_padding_is_said(word: str, side: str) -> None:
    uneven = 0
    for N, F, S in product(range(1, 12), range(1, 6), range(1, 5)):
        found = steps(make("conv", (N, 3), filters=2, kernel=F, stride=S, padding=word))
        note = found["P_a.T"].note
        odd = found["P_t.T"].value % 2
        assert found["P_b.T"].value + found["P_a.T"].value == found["P_t.T"].value
        assert bool(note) == bool(odd)
        if note:
            assert f"it stands {side} the input" in note or f"the odd one stands {side} the input" in note
            assert ("no pixel in its middle" in note) == (F % 2 == 0)
            uneven += 1
    assert uneven > 30


def test_taps_on_padding() -> None:
    """The course's 120,422,400, of which 110,321,664 touch real input."""
    layer = make("conv", (28, 28, 192), filters=32, kernel=5, padding="same", bias=False)
    note = steps(layer)["macs_on_data"].note
    assert note is not None
    assert note.startswith("10,100,736 products are with padding zeros.")
    bare = steps(make("conv", (28, 28, 192), filters=32, kernel=5))["macs_on_data"].note
    assert bare == "No tap lands on padding, so these are all MACs."


def test_depth_of_a_filter() -> None:
    full = steps(make("conv", (28, 28, 192), filters=32, kernel=5))["weights"].note
    assert full is not None and "each of the 32 filters is 5×5×192 = 4,800 weights" in full
    grouped = steps(make("conv", (28, 28, 192), filters=32, kernel=5, groups=4))["weights"].note
    assert grouped is not None and "sees only 192 / 4 = 48 channels: 1,200 weights, 4 times fewer" in grouped
    point = steps(make("conv", (28, 28, 192), filters=16))["weights"].note
    assert point is not None and "all 192 channels: 192 weights" in point
    depthwise = steps(make("depthwise", (28, 28, 192), kernel=3))["weights"].note
    assert depthwise is not None and "192 times the weights" in depthwise
    table = ((0, 1), (1, 2), (0,))
    partial = steps(make("conv", (9, 9, 3), filters=3, kernel=2, connections=table))
    assert (
        partial["weights"].note
        == "A table says which of the 3 maps each filter reads: 5 pairs, where all would be 9."
    )
    assert partial["connections"].value == 8 * 8 * (5 * 4 + 3)


def test_where_400_comes_from() -> None:
    found = explain(compute(load(catalogue.source("lenet5"), catalogue.base)).table)
    by_name = {layer.name: {s.key: s for s in layer.steps} for layer in found.layers}
    assert by_name["fc1"]["weights"].note == (
        "Each of the 120 units weighs all 400 inputs. "
        "The 400 inputs are the 5·5·16 values of avgpool2, laid out in one line."
    )
    assert "laid out" not in (by_name["fc2"]["weights"].note or "")
    assert by_name["fc1.flatten"]["output.V"].substituted == "5·5·16"


BOTTLENECK = """\
name: bottleneck
input: 28x28x192
layers:
  - conv: {filters: 16, bias: false}
  - relu
  - conv: {filters: 32, kernel: 5, padding: same, bias: false}
"""


def test_what_a_bottleneck_saves() -> None:
    """deeplearning.ai CNN course, week 2: 12.4M instead of 120M multiplications."""
    note = network(BOTTLENECK)["conv1"]["macs"].note
    assert note is not None
    assert "the two take 2,408,448 + 10,035,200 = 12,443,648 MACs" in note
    assert "Without it conv2 alone would take 120,422,400, 9.7 times as many." in note


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("filters: 16, bias", "filters: 192, bias"),  # as many channels as before
        ("filters: 16, bias", "filters: 16, stride: 2, bias"),  # a stride looks at a quarter only
        ("kernel: 5, padding: same", "kernel: 1"),  # nothing to save
        ("- relu", "- maxpool: 2"),  # the convolution works on another map
    ],
)
def test_no_bottleneck(old: str, new: str) -> None:
    assert "bottleneck" not in (network(BOTTLENECK.replace(old, new))["conv1"]["macs"].note or "")


def test_a_separable_pair() -> None:
    """Howard et al. 2017, arXiv:1704.04861, section 3.1: 1/N + 1/D_K² of a full convolution."""
    text = """\
name: separable
input: 14x14x512
layers:
  - depthwise: {kernel: 3, padding: 1, bias: false}
  - bn
  - relu
  - conv: {filters: 512, bias: false}
"""
    note = network(text)["conv1"]["macs"].note
    assert note is not None
    assert "903,168 + 51,380,224 = 52,283,392 MACs" in note
    assert "would take 462,422,016, 8.8 times as many" in note


def test_frozen() -> None:
    text = "name: f\ninput: 8x8x3\nlayers:\n  - conv: {filters: 2, frozen: true}\n  - conv: {filters: 2}\n"
    found = network(text)
    assert "Frozen: they are not trained." in (found["conv1"]["params"].note or "")
    assert not found["conv2"]["params"].note


def test_misaligned_paths_are_said() -> None:
    text = """\
name: misaligned
input: 20x20x3
layers:
  - concat:
      a: [conv: {filters: 3, kernel: 3, padding: 1}]
      b: [conv: {filters: 5, kernel: 2, padding: [[0, 1], [0, 1]]}]
  - conv: {filters: 3, kernel: 3, padding: 1}
"""
    found = network(text)
    note = found["concat1"]["receptive_field.size.H"].note
    assert note is not None and note.startswith("The paths have different centres")
    assert found["conv1"]["receptive_field.size.H"].note is None
    centred = network(text.replace("kernel: 2, padding: [[0, 1], [0, 1]]", "kernel: 5, padding: 2"))
    assert centred["concat1"]["receptive_field.size.H"].note is None
    same = network(text.replace("kernel: 2, padding: [[0, 1], [0, 1]]", "kernel: 3, padding: 1"))
    assert same["concat1"]["receptive_field.size.H"].note == "All paths see the same, so nothing changes."
