"""A fully connected layer: one weight for every pair of an input and an output, and one bias an output.

From Rumelhart et al. 1986; weights lie as inputs, units. Pitfall: it takes a vector; a map is flattened before it.
"""

from __future__ import annotations

from typing import Any

from ..counted import Array
from . import _axes, linear

sees = "everything"
wired = True
draw, live, scratch = linear.draw, linear.live, linear.scratch


def forward(xs: tuple[Array, ...], w: Any, o: Any) -> Array:
    _axes.need(xs[0], 1)
    return linear.forward(xs, w, o)
