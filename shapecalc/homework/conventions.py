"""What a key must declare, because teachers differ in it: the switches that change a published answer.

Pitfall: a grader that guesses one of these marks good work wrong, so every report prints those it used.
"""

from __future__ import annotations

from ..record import Record


class Conventions(Record):
    """Declared under `grading: {conventions: …}`; the defaults are those of every table here."""

    layout: str = "HWC"
    """Order of axes in answers: HWC or CHW."""
    bn: int = 2
    """Numbers a channel that batch norm counts as parameters: 2 (γ, β), or 4 with the running statistics."""
    cost: str = "mac"
    """What a cost is: mac, or flop = 2 × mac."""
    padding: str = "side"
    """What a padding is: side (zeros on each side) or total (both sides of an axis together)."""
    dilation: int = 1
    """The dilation without gaps: 1 (frameworks) or 0 (CS231n)."""
    rnn_biases: int = 1
    """Bias vectors of a GRU or LSTM gate: 1 (Keras), or 2 (PyTorch)."""
    bytes_per_value: int = 4
    """For memory."""
