"""A plain recurrent layer passes a state along the sequence: h = tanh(W·x + U·h + b), one position after another.

T×C becomes T×units, the state at every position (twice as wide if bidirectional); the last one alone is
`slice: {axis: T, start: -1}` and `flatten`. Pitfall: its weights are those of input *and* state, units·(C + units), used
T times; PyTorch has two biases a unit, which add up to one (`biases: 2`).
"""

from __future__ import annotations

from ._base import Case
from ._recurrent import Recurrent


class Rnn(Recurrent):
    synonyms = (
        "simple_rnn",
        "elman",
        "elman_rnn",
        "vanilla_rnn",
        "recurrent",
        "循环",
        "循环层",
        "循环神经网络",
    )
    gates, kinds = 1, "tanh"

    CASES = (
        Case(
            "keras.io, SimpleRNN(4) on 10 steps of 8: 52 parameters",
            (10, 8),
            {"units": 4},
            (10, 4),
            {"weights": 48, "biases": 4, "macs": 480, "connections": 520, "ops.tanh": 40, "ops.add": 480},
        ),
        Case(
            "docs.pytorch.org, RNN(10, 20, 2): h0 of 20, output of 5 steps; 1,480 parameters",
            (5, 10),
            {"units": 20, "layers": 2, "biases": 2},
            (5, 20),
            {"weights": 1_400, "biases": 80, "macs": 7_000, "ops.tanh": 200},
        ),
    )
