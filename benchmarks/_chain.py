"""A chain of convolutions and ReLUs, written out one by one, whose height, width and depth change at every convolution.

Pitfall: a chain that repeats itself would measure a cache; here a shape comes back only after thousands of layers.
"""

from __future__ import annotations

from collections.abc import Iterator


def convolutions(layers: int) -> Iterator[tuple[int, tuple[int, int]]]:
    """Filters and padding of every second layer, a 3×3 convolution; the maps stay between 8 and 42 wide."""
    for i in range(layers // 2):
        filters = 1 + i * i % 97 % 12
        padding = 2 * (i // 15 % 2 == 0), 2 * (i // 17 % 2 == 0)
        yield filters, padding


def spec(layers: int) -> str:
    """The chain as a spec."""
    lines = ["name: chain", "input: 8x8x1", "layers:"]
    for filters, (high, wide) in convolutions(layers):
        lines += [f"  - conv: {{filters: {filters}, kernel: 3, padding: [{high}, {wide}]}}", "  - relu"]
    return "\n".join(lines) + "\n"
