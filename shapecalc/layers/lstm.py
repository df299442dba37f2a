"""An LSTM keeps a memory beside its state; three gates decide what is forgotten, written into it and shown.

f, i, o = σ(W·x + U·h + b), g = tanh(W·x + U·h + b), c = f·c + i·g, h = o·tanh(c): four sums a unit. T×C becomes T×units.
Pitfall: 4·units·(C + units + 1) parameters; PyTorch has two biases a sum (`biases: 2`). Peepholes are not counted.
"""

from __future__ import annotations

from ._base import Case
from ._recurrent import Recurrent


class Lstm(Recurrent):
    synonyms = ("long_short_term_memory", "lstm_cell", "cudnn_lstm", "长短期记忆", "长短时记忆")
    gates, kinds = 4, "neg exp add div " * 3 + "tanh tanh mul mul mul add"

    CASES = (
        Case(
            "Stack Overflow 38080035: LSTM of 256 units on 16 steps of 4096 features, 4,457,472 parameters",
            (16, 4096),
            {"units": 256},
            (16, 256),
            {"weights": 4_456_448, "biases": 1_024},
        ),
        Case(
            "counters on PyTorch's LSTM 32→64, T = 10: 245,760 multiply-accumulates",
            (10, 32),
            {"units": 64, "biases": 2},
            (10, 64),
            {"weights": 24_576, "biases": 512, "macs": 245_760, "macs_on_data": 245_760, "ops.mul": 247_680},
        ),
        Case(
            "docs.pytorch.org, LSTM(10, 20, 2), bidirectional: 15,040 weights and biases",
            (5, 10),
            {"units": 20, "layers": 2, "bidirectional": True, "biases": 2},
            (5, 40),
            {"weights": 14_400, "biases": 640, "ops.tanh": 800, "ops.exp": 1_200},
        ),
    )
