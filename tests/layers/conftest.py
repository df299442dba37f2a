"""Layers built by hand, from the options a person would write."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import pytest

from shapecalc import layers
from shapecalc.layers import Layer, Option, Shape

Build = Callable[..., Layer]
AXES = {1: "C", 2: "TC", 3: "HWC", 4: "ZHWC"}


def build(word: str, x: Any, **given: Any) -> Layer:
    """The layer `word` on an input (or on several, for a merge), after what must run before it."""
    kind = layers.load(word)
    assert kind is not None, word
    inputs: tuple[Shape, ...] = x if isinstance(x[0], tuple) else (x,)
    for before, options in kind.before(inputs[0]):
        inputs = (build(before, inputs[0], **options).y,)
    unknown = given.keys() - kind.OPTIONS.keys()
    assert not unknown, f"{word} has no option {unknown}"
    return kind(
        {name: spread(given.get(name, o.default), o, inputs[0]) for name, o in kind.OPTIONS.items()}, inputs
    )


def spread(value: Any, option: Option, x: Shape) -> Any:
    """One number for all axes becomes one for each, as the engine hands it over."""
    assert not (isinstance(value, type(option.default)) and option.required and value is option.default), (
        option.name
    )
    axes = len(x) - 1
    if value is None or isinstance(value, str):
        return value
    if option.kind == "size":
        return (value,) * axes if isinstance(value, int) else value
    if option.kind == "padding":
        return sides(value, axes)
    if option.kind == "amount":
        if isinstance(value, Mapping):
            return tuple(
                sides(value.get(a, 0), 1)[0] if isinstance(value.get(a, 0), int) else value[a]
                for a in AXES[len(x)]
            )
        pairs = sides(value, axes)
        return pairs if len(pairs) == len(x) else (*pairs, (0, 0))
    return value


def sides(value: Any, axes: int) -> tuple[tuple[int, int], ...]:
    if isinstance(value, int):
        return ((value, value),) * axes
    return tuple((v, v) if isinstance(v, int) else v for v in value)


@pytest.fixture(name="build", scope="session")
def _build() -> Build:
    return build
