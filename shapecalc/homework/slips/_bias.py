"""Slips over biases: forgotten, one for the whole layer, two for each, one for something else.

Pitfall: a norm's β is kept under the biases too, and is not what these are about.
"""

from __future__ import annotations

from ..working import Working


def biased(w: Working) -> bool:
    """Whether the layer's units have biases: it has weights over inputs, and biases beside them."""
    return "biases" in w.parts and "macs" in w.layer.formulas()
