"""Random settings, the same in every run, and PyTorch's arrays in place of ours: channels first, and back.

Pitfall: both ends of a comparison are turned here and nowhere else.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from functools import partial
from typing import Any, NamedTuple

import numpy as np
import pytest

torch = pytest.importorskip("torch", reason="PyTorch is not installed: nobody to compare with")
F = torch.nn.functional
Size = tuple[int, ...]


class Trial(NamedTuple):
    """A setting of a kernel, and PyTorch's answer, channels last; asking may raise."""

    xs: tuple[Any, ...]
    weights: Any
    given: dict[str, Any]
    answer: Callable[[], Any]


Maker = Callable[["Dice"], Trial]
Register = Callable[[Callable[..., Trial]], Callable[..., Trial]]


def into(makers: dict[str, Maker]) -> Callable[..., Register]:
    """A decorator, `@trial(word, …)`, that keeps the maker of trials for these kernels."""

    def trial(*words: str) -> Register:
        def register(make: Callable[..., Trial]) -> Callable[..., Trial]:
            makers.update({word: partial(make, word=word) if len(words) > 1 else make for word in words})
            return make

        return register

    return trial


class Dice(random.Random):
    """Random settings, the same in every run."""

    def array(self, *shape: int, scale: float = 1.0) -> Any:
        return (np.random.default_rng(self.getrandbits(32)).standard_normal(shape) * scale).astype(np.float32)

    def sizes(self, axes: int, low: int, high: int) -> Size:
        return tuple(self.randint(low, high) for _ in range(axes))

    def image(self, axes: int, channels: int, high: int = 9) -> Any:
        return self.array(self.randint(1, 3), *self.sizes(axes, 1, high if axes < 3 else 6), channels)

    def axes(self) -> int:
        return self.choice([1, 2, 2, 3])


def first(x: Any) -> Any:
    return torch.from_numpy(np.ascontiguousarray(np.moveaxis(x, -1, 1)))


def last(y: Any) -> Any:
    return np.moveaxis(y.numpy(), 1, -1)


def tensor(x: Any) -> Any:
    return None if x is None else torch.from_numpy(np.ascontiguousarray(x))


def filters(w: Any, depth_then_filters: tuple[int, int] = (1, 0)) -> Any:
    """Our filters, taps first, in PyTorch's order."""
    return torch.from_numpy(np.ascontiguousarray(np.moveaxis(w, (-2, -1), depth_then_filters)))


def around(x: Any, pairs: Any, value: float = 0.0) -> Any:
    """PyTorch's input with a padding for each side of each axis; F.pad takes the last axis first."""
    return F.pad(x, [n for pair in reversed(pairs) for n in pair], value=value)


def same(sizes: Size, kernel: Size, stride: Size, dilation: Size, word: str) -> list[tuple[int, int]]:
    """TensorFlow's note on SAME: (⌈N/S⌉ − 1)·S + K − N zeros in all, the odd one at the end (at the start if lower)."""
    pairs = []
    for n, f, s, d in zip(sizes, kernel, stride, dilation):
        total = max((-(-n // s) - 1) * s + d * (f - 1) + 1 - n, 0)
        pairs.append((total // 2, total - total // 2) if word == "same" else (total - total // 2, total // 2))
    return pairs


def padding(
    dice: Dice, sizes: Size, kernel: Size, stride: Size, dilation: Size, high: int = 3
) -> tuple[Any, list[tuple[int, int]]]:
    """A padding as it is written, and the zeros that it means."""
    word = dice.choice(["sides", "sides", "number", "same", "same_lower", "valid", "full", "keep"])
    if word == "sides":
        pairs = [(dice.randint(0, high), dice.randint(0, high)) for _ in sizes]
        return tuple(pairs), pairs
    if word == "number":
        p = dice.randint(0, high)
        return p, [(p, p)] * len(sizes)
    if word == "valid":
        return word, [(0, 0)] * len(sizes)
    extents = [d * (f - 1) + 1 for f, d in zip(kernel, dilation)]
    if word == "full":
        return word, [(k - 1, k - 1) for k in extents]
    if (
        word == "keep"
    ):  # the course's P = ((N − 1)·S + F − N) / 2, rounded up; at S = 1 an even window has none
        odd = tuple(max(s, 2) if k % 2 == 0 else s for s, k in zip(stride, extents))
        if odd == stride:
            return word, [(-(-((n - 1) * s + k - n) // 2),) * 2 for n, s, k in zip(sizes, stride, extents)]
        word = "same"
    return word, same(sizes, kernel, stride, dilation, word)
