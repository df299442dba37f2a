"""A chain of convolutions and ReLUs, written out one by one, whose height, width and depth change at every convolution.

Pitfall: a chain that repeats itself would measure a cache; here a shape comes back only after thousands of layers.
"""

from __future__ import annotations

from collections.abc import Iterator

WIDTHS = {"thin": (1, 12), "usual": (32, 128)}
"""Fewest and most filters: thin layers are nearly free to run, so they show what counting alone costs."""


def convolutions(layers: int, width: str) -> Iterator[tuple[int, tuple[int, int]]]:
    """Filters and padding of every second layer, a 3×3 convolution; the maps stay between 8 and 42 wide."""
    low, high = WIDTHS[width]
    for i in range(layers // 2):
        filters = low + i * i % 97 % (high - low + 1)
        padding = 2 * (i // 15 % 2 == 0), 2 * (i // 17 % 2 == 0)
        yield filters, padding


def spec(layers: int, width: str = "thin") -> str:
    """The chain as a spec."""
    lines = ["name: chain", "input: 8x8x1", "layers:"]
    for filters, (high, wide) in convolutions(layers, width):
        lines += [f"  - conv: {{filters: {filters}, kernel: 3, padding: [{high}, {wide}]}}", "  - relu"]
    return "\n".join(lines) + "\n"
