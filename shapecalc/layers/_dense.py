"""What `fc` and `linear` share: every output is a weighted sum of a whole vector of inputs.

Pitfall: at R positions the same weights are used R times, so parameters do not grow with R and products do.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from ..formula import Formula


@cache
def table(rows: bool, bias: bool) -> Mapping[str, Formula]:
    """The costs of C_in · C_out weights, used at each of R rows or once."""
    r = "R * " if rows else ""
    texts = {
        "weights": "C_in * C_out",
        "macs": f"{r}C_in * C_out",
        "macs_on_data": f"{r}C_in * C_out",
        "connections": f"{r}(C_in + 1) * C_out" if bias else f"{r}C_in * C_out",
        "ops.mul": f"{r}C_in * C_out",
        "ops.add": f"{r}C_in * C_out" if bias else f"{r}(C_in - 1) * C_out",
    }
    if bias:
        texts["biases"] = "C_out"
    return {quantity: Formula(text) for quantity, text in texts.items()}
