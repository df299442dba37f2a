"""Sizes as people write them: one number where all axes agree."""

from __future__ import annotations

from typing import TypeVar

T = TypeVar("T")


def plain(sizes: tuple[T, ...]) -> T | tuple[T, ...]:
    """One number where all axes agree, else one an axis."""
    return sizes[0] if len(set(sizes)) == 1 else sizes
