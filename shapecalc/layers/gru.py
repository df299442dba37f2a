"""A GRU mixes its old state with a new one; two gates decide how much of each, and what of the old one is looked at.

r, z = σ(W·x + U·h + b), n = tanh(W·x + U·(r·h) + b), h = (1 − z)·n + z·h: three sums a unit. T×C becomes T×units.
Pitfall: with one bias the reset gate r stands before the product with U, as in Cho et al.; with `biases: 2` behind it,
n = tanh(W·x + b + r·(U·h + b)), as in PyTorch and Keras 3 (`reset_after`). The products are as many.
"""

from __future__ import annotations

from ._base import Case
from ._recurrent import Recurrent


class Gru(Recurrent):
    synonyms = ("gated_recurrent_unit", "gru_cell", "cudnn_gru", "门控循环单元")
    gates, kinds = 3, "neg exp add div " * 2 + "tanh mul sub mul mul add"

    CASES = (
        Case(
            "TensorFlow issue 43960: GRU of 5 units on 4 features, one bias a sum, 150 parameters",
            (10, 4),
            {"units": 5},
            (10, 5),
            {"weights": 135, "biases": 15, "macs": 1_350, "ops.tanh": 50, "ops.sub": 50},
        ),
        Case(
            "TensorFlow issue 43960: the same with reset_after, 165 parameters",
            (10, 4),
            {"units": 5, "biases": 2},
            (10, 5),
            {"weights": 135, "biases": 30, "ops.mul": 1_500},
        ),
        Case(
            "docs.pytorch.org, GRU(10, 20, 2): 4,440 weights and biases",
            (5, 10),
            {"units": 20, "layers": 2, "biases": 2},
            (5, 20),
            {"weights": 4_200, "biases": 240},
        ),
    )
