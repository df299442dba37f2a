"""Weights are drawn, not loaded: a small random block, tiled into a real array and scaled by 1/√fan-in.

Pitfall: unscaled weights overflow in deep networks, and a hundred million normals cost more than the forward pass.
So does the memory that they lie in: who can do with a part at a time draws that part, and lets it go for the next.
"""

from __future__ import annotations

from typing import Any

import numpy as np

Array = Any
Shapes = tuple[tuple[int, ...], ...]
BLOCK = 65_521
"""Length of the random block: a prime, so that rows of a matrix do not repeat in step."""


class Draw:
    """Hands out parameters, each an allocated array; `weights`, `biases` and `buffers` count what was handed out."""

    def __init__(self, seed: int) -> None:
        block = np.random.default_rng(seed).standard_normal(BLOCK, np.float32)
        self.twice = np.concatenate([block, block])
        self.start = 0
        self.counts = {"weights": 0, "biases": 0, "buffers": 0}

    def weights(self, *shape: int, fan_in: int = 1) -> Array:
        """Learned weights of this shape; `fan_in` is how many of them meet in one output."""
        return self._normal("weights", shape, float(fan_in) ** -0.5)

    def borrowed(self, *shape: int, fan_in: int = 1) -> Array:
        """Weights of another layer, read again: as many numbers as there, and counted there."""
        before = dict(self.counts)
        array = self.weights(*shape, fan_in=fan_in)
        self.counts.update(before)
        return array

    def biases(self, *shape: int) -> Array:
        return self._normal("biases", shape, 0.1)

    def gains(self, *shape: int) -> Array:
        """Weights around ½, such as a norm's scale: of 1, a thousand residual branches would add up to infinity."""
        array = self._normal("weights", shape, 0.1)
        return np.add(array, np.float32(0.5), out=array)

    def means(self, *shape: int) -> Array:
        """A buffer around 0, such as a running mean."""
        return self._normal("buffers", shape, 0.1)

    def variances(self, *shape: int) -> Array:
        """A positive buffer, such as a running variance."""
        array = self._normal("buffers", shape, 0.1)
        np.abs(array, out=array)
        return np.add(array, np.float32(1), out=array)

    def input(self, *shape: int) -> Array:
        """An input; it is nobody's parameter."""
        return self._tiled(shape, 1)

    def _normal(self, role: str, shape: tuple[int, ...], scale: float) -> Array:
        array = self._tiled(shape, scale)
        self.counts[role] += array.size
        return array

    def _tiled(self, shape: tuple[int, ...], scale: float) -> Array:
        """A new array, filled with the block again and again from where the last array left off."""
        array = np.empty(shape, np.float32)
        flat, block = array.reshape(-1), self.twice[self.start : self.start + BLOCK]
        for first in range(0, flat.size, BLOCK):
            stretch = flat[first : first + BLOCK]
            np.multiply(block[: stretch.size], np.float32(scale), out=stretch)
        self.start = (self.start + flat.size) % BLOCK
        return array


class Weighing(Draw):
    """Draws nothing and counts the numbers that would lie there; what it hands out has a shape and one number."""

    def __init__(self) -> None:
        self.counts = {"weights": 0, "biases": 0, "buffers": 0}
        self.numbers = 0

    def _normal(self, role: str, shape: tuple[int, ...], scale: float) -> Array:
        array = np.broadcast_to(np.float32(scale), shape)
        self.numbers += array.size
        return array

    def gains(self, *shape: int) -> Array:
        return self._normal("weights", shape, 0.1)

    def variances(self, *shape: int) -> Array:
        return self._normal("buffers", shape, 0.1)
