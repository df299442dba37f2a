"""One kernel on plain arrays: `execute("maxpool", x, kernel=2)` gives the output, and what was counted on the way."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from types import ModuleType
from typing import Any, NamedTuple

import numpy as np

import shapecalc
from shapecalc import layers
from shapecalc.verify.counted import Counted, Tally
from shapecalc.verify.draw import Draw
from shapecalc.verify.kernels import load

FOLDER = Path(shapecalc.__file__).parent / "verify" / "kernels"
WORDS = sorted(file.stem for file in FOLDER.glob("[!_]*.py"))


class Result(NamedTuple):
    """A kernel's output, batch first, its operations by kind, and the products on real input where they are MACs."""

    y: Any
    ops: Mapping[str, int]
    live: int | None


def kernel(word: str) -> ModuleType:
    found = load(word)
    assert found is not None, f"no kernel for {word}"
    return found


def options(word: str, axes: int, **given: Any) -> dict[str, Any]:
    """All options of a layer as a graph carries them: defaults for what is not given, a number for each axis."""
    layer = layers.load(word)
    assert layer is not None
    unknown = given.keys() - layer.OPTIONS.keys()
    assert not unknown, f"{word} has no option {unknown}"
    found = {}
    for name, option in layer.OPTIONS.items():
        assert name in given or not option.required, f"{word} needs {name}"
        value = given.get(name, option.default)
        if layer.BODY and option.kind == "int" and isinstance(value, str):
            value = None  # a default that depends
        if option.kind == "size" and isinstance(value, int):
            value = (value,) * axes
        elif option.kind == "padding" and isinstance(value, int):
            value = ((value, value),) * axes
        found[name] = value
    return found


def execute(word: str, *xs: Any, weights: Any = None, **given: Any) -> Result:
    """Run a kernel on arrays with their batch in front."""
    tally = Tally()
    inputs = tuple(Counted(np.ascontiguousarray(x, np.float32), tally) for x in xs)
    o = options(word, max(x.ndim for x in inputs) - 2, **given)
    y = kernel(word).forward(inputs, weights, o)
    assert isinstance(y, Counted) and y.dtype == np.float32
    ops = dict(tally.counts)
    live = kernel(word).live(inputs, weights, o) if hasattr(kernel(word), "live") else None
    return Result(y.data, ops, live)


def drawn(word: str, *shapes: tuple[int, ...], **given: Any) -> tuple[Any, dict[str, int]]:
    """What a kernel draws for inputs of these shapes, batch left out, and how many numbers of each role that is."""
    draw = Draw(0)
    o = options(word, max(map(len, shapes)) - 1, **given)
    weights = kernel(word).draw(draw, shapes, o) if hasattr(kernel(word), "draw") else None
    return settled(weights), dict(draw.counts)


def settled(weights: Any) -> Any:
    """The same parameters, with all arrays that would be drawn one after another drawn now."""
    if isinstance(weights, Iterator):
        return list(weights)
    return tuple(map(settled, weights)) if isinstance(weights, tuple) else weights
