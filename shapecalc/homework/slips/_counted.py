"""Slips over what is counted: filters for parameters, values for parameters, a copy of the weights at every position.

Pitfall: 5,120 values and 5,300 parameters of one network are both called "parameters" in a published quiz.
"""

from __future__ import annotations


def product(numbers: tuple[int, ...]) -> str:
    """A shape multiplied out in print: 28·28·6."""
    return "·".join(map(str, numbers))
