"""`conv_out` and `solve` from Python: numbers in, plain integers or answers that print themselves out."""

from __future__ import annotations

import pickle
from typing import Any

import numpy as np
import pytest

import shapecalc
from shapecalc import UsageError

BLANK = """\
input: 32x32x1
layers:
  - conv: {filters: 6, kernel: 5, padding: unknown, expect: 32x32x6}
"""


@pytest.mark.parametrize(
    ("question", "size"),
    [
        # He et al. 2015, Table 1: conv1 and the pool behind it
        ({"n": 224, "f": 7, "s": 2, "p": 3}, 112),
        ({"n": 112, "f": 3, "s": 2, "p": 1}, 56),
        # Krizhevsky et al. 2012, as corrected in CS231n: 227, not 224
        ({"n": 227, "f": 11, "s": 4}, 55),
        # Dumoulin & Visin 2016, Figures 2.3, 2.4 and 5.1: half padding, full padding, dilation 2
        ({"n": 5, "f": 3, "p": "same"}, 5),
        ({"n": 5, "f": 3, "p": "full"}, 7),
        ({"n": 7, "f": 3, "d": 2}, 3),
        # Szegedy et al. 2014, Table 1: 112 pooled to 56, rounded up
        ({"n": 112, "f": 3, "s": 2, "rounding": "ceil"}, 56),
        ({"n": (224, 320), "f": 3, "s": 2, "p": 1}, (112, 160)),
        ({"n": np.int64(224), "f": 7, "s": 2, "p": 3}, 112),
    ],
)
def test_conv_out(question: dict[str, Any], size: int | tuple[int, ...]) -> None:
    found = shapecalc.conv_out(**question)
    assert found == size and type(found) is type(size)


@pytest.mark.parametrize(
    ("question", "message"),
    [
        ({"n": 3, "f": 7}, "a window of 7 does not fit into an input of 3"),
        ({"n": 3.5, "f": 1}, "N is a whole number, one for each of up to three axes, or unknown; not 3.5"),
        ({"n": (8.5, 3), "f": 1}, "N is a whole number"),
        ({"n": (), "f": 1}, "N is a whole number"),
        ({"n": range(9), "f": 1}, "N is a whole number"),
        ({"n": True, "f": 1}, "N is a whole number"),
        ({"n": 8, "f": 0}, "F is at least 1"),
        ({"n": 8, "f": 3, "p": "sam"}, "P is a whole number, a size such as 3x5, or unknown; not sam"),
        ({"n": 8, "f": 3, "rounding": "up"}, "rounding is floor or ceil, not up"),
        ({"n": 8, "f": None}, "conv_out needs all of"),
    ],
)
def test_refusals(question: dict[str, Any], message: str) -> None:
    with pytest.raises(UsageError, match=message):
        shapecalc.conv_out(**question)


def test_a_window_backwards() -> None:
    """The course's quiz: which padding keeps 63 with a 7×7 filter at stride 1?"""
    found = shapecalc.solve(n=63, f=7, s=1, out=63)
    assert list(found.solutions) == [{"p": 3, "exact": True}] and found and len(found) == 1
    assert "⌊(63 + 2·3 − 7) / 1⌋ + 1 = 63" in str(found)
    assert found.data()["intervals"] == {"p": [3, 3]}
    assert found._repr_html_().startswith('<div class="shapecalc">')
    assert found._repr_latex_().startswith("% \\usepackage{booktabs}")
    assert str(pickle.loads(pickle.dumps(found))) == str(found)  # noqa: S301
    none = shapecalc.solve(n=200, f=2, s=1, out=200)
    assert not none and "P = 0.5: an even kernel cannot keep 200 with stride 1" in str(none)


def test_a_network_backwards() -> None:
    found = shapecalc.solve("resnet50", H=range(1, 513), where="stage4.H == 7")
    assert found.data()["intervals"] == {"H": [193, 224]} and len(found) == 32
    backwards = shapecalc.solve("resnet50", H=range(512, 0, -1), where="stage4.H == 7")
    assert backwards.data()["intervals"] == {"H": [193, 224]}
    deeper = shapecalc.solve("resnet50", conv4=range(3, 40), H=range(224, 225), where="params == 44549160")
    assert [s["conv4"] for s in deeper] == [23]  # torchvision, resnet101


def test_a_blank_in_a_spec_is_filled() -> None:
    assert "In line 3 write 2 for unknown (padding)." in str(shapecalc.solve(BLANK))


@pytest.mark.parametrize(
    ("question", "message"),
    [
        ({}, "nothing is given"),
        ({"where": "params < 3"}, "ranges and where are about a network"),
        ({"spec": "resnet50", "H": range(5, 5)}, "the range of H has no values"),
        ({"spec": "resnet50", "Q": range(1, 5)}, "there is no parameter, symbol or axis Q"),
        ({"spec": "resnet50", "where": "params < 3"}, "nothing is run through"),
        ({"spec": "resnet50", "transposed": True}, "about one window, and resnet50 is a network"),
        ({"n": 8, "f": 3, "transposed": True, "rounding": "ceil"}, "a transposed convolution rounds nothing"),
        ({"n": 8, "f": 3, "output_padding": 1}, "output padding belongs to a transposed convolution"),
    ],
)
def test_questions_that_are_none(question: dict[str, Any], message: str) -> None:
    with pytest.raises(UsageError, match=message):
        shapecalc.solve(**question)


def test_names_are_listed() -> None:
    assert {"conv_out", "solve", "load", "Network"} <= set(dir(shapecalc))
