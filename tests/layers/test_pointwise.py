"""Activations carried out on a number that counts what is done to it, in the words of their definitions."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from shapecalc import layers
from shapecalc.layers._pointwise import Pointwise

from ..verify.world import drawn, execute, kernel

DONE: Counter[str] = Counter()


class Number:
    """A number; every operation on it is counted by kind."""

    def __init__(self, value: float) -> None:
        self.value = value

    def __add__(self, other: Any) -> Number:
        return result("add", self.value + plain(other))

    def __sub__(self, other: Any) -> Number:
        return result("sub", self.value - plain(other))

    def __mul__(self, other: Any) -> Number:
        return result("mul", self.value * plain(other))

    def __truediv__(self, other: Any) -> Number:
        return result("div", self.value / plain(other))

    def __rtruediv__(self, other: float) -> Number:
        return result("div", other / self.value)

    def __neg__(self) -> Number:
        return result("neg", -self.value)

    def __gt__(self, other: float) -> bool:
        DONE["cmp"] += 1
        return self.value > other


def plain(x: Any) -> float:
    return x.value if isinstance(x, Number) else x


def result(kind: str, value: float) -> Number:
    DONE[kind] += 1
    return Number(value)


def named(kind: str, function: Callable[..., float]) -> Callable[..., Number]:
    return lambda *xs: result(kind, function(*map(plain, xs)))


exp, tanh, erf = named("exp", math.exp), named("tanh", math.tanh), named("erf", math.erf)
greater, lesser = named("max", max), named("min", min)


def either(condition: bool, yes: Number, no: Number) -> Number:
    """Both branches are worked out, as array programs do."""
    return yes if condition else no


def sigma(x: Number) -> Number:
    return 1 / (exp(-x) + 1)


def relu6(x: Number) -> Number:
    return lesser(greater(x, 0), 6)


DEFINITIONS: dict[str, Callable[[Number], Number]] = {
    "relu": lambda x: greater(x, 0),
    "relu6": relu6,
    "leakyrelu": lambda x: either(x > 0, x, x * 0.01),
    "prelu": lambda x: either(x > 0, x, x * 0.25),
    "elu": lambda x: either(x > 0, x, (exp(x) - 1) * 1.0),
    "sigmoid": sigma,
    "tanh": tanh,
    "gelu": lambda x: x * 0.5 * (erf(x / math.sqrt(2)) + 1),
    "silu": lambda x: x * sigma(x),
    "hardsigmoid": lambda x: relu6(x + 3) / 6,
    "hardswish": lambda x: x * relu6(x + 3) / 6,
    "scale": lambda x: x * 0.17,
    "bn": lambda x: x * 1.5 + 0.5,
    "posenc": lambda x: x + 0.25,
}
OPTIONS = {"scale": {"factor": 0.17}}
TORCH = {
    **{w: w for w in ("relu", "relu6", "elu", "sigmoid", "tanh", "gelu", "silu", "hardsigmoid", "hardswish")},
    "leakyrelu": "leaky_relu",
}
MOVERS: dict[str, dict[str, Any]] = {
    **{w: {} for w in ("identity", "dropout", "flatten")},
    "reshape": {"shape": (48,)},
    "permute": {"order": ("W", "H", "C")},
    **{w: {"amount": 1} for w in ("pad", "crop")},
    "subsample": {"stride": 2},
    "shuffle": {"groups": 3},
    "pixelshuffle": {"scale": 1},
    "depthtospace": {"scale": 1},
    "spacetodepth": {"scale": 2},
}


@pytest.mark.parametrize("word", DEFINITIONS)
def test_definition(build: Any, word: str) -> None:
    DONE.clear()
    for value in range(-12, 12):
        DEFINITIONS[word](Number(value / 3))
    layer = build(word, (8, 3), **OPTIONS.get(word, {}))
    assert layer.y == (8, 3)
    assert layer.ops == DONE


@pytest.mark.parametrize(
    "word", [w for w in layers.words() if issubclass(layers.load(w) or object, Pointwise)]
)
def test_every_pointwise_layer_is_its_kernel(build: Any, word: str) -> None:
    """One without a definition above is held to what its kernel does to arrays."""
    kind = layers.load(word)
    assert kind is not None
    for case in kind.CASES:
        x = (5, 3) if len(case.x) == 2 else (5, 4, 3) if len(case.x) == 3 else (6,)
        given = dict(case.options)
        ran = execute(word, np.ones((1, *x)), weights=drawn(word, x, **given)[0], **given)
        layer = build(word, x, **given)
        assert layer.y == ran.y.shape[1:] and layer.ops == ran.ops


@pytest.mark.parametrize("word", TORCH)
def test_the_definitions_are_pytorchs(word: str) -> None:
    torch = pytest.importorskip("torch", reason="PyTorch is not installed: it is not asked directly")
    function = getattr(torch.nn.functional, TORCH[word])
    for value in range(-12, 12):
        theirs = float(function(torch.tensor(value / 3, dtype=torch.float64)))
        assert DEFINITIONS[word](Number(value / 3)).value == pytest.approx(theirs, abs=1e-12)


@pytest.mark.parametrize("word", MOVERS)
def test_what_only_moves_numbers_costs_nothing(build: Any, word: str) -> None:
    layer = build(word, (4, 4, 3), **MOVERS[word])
    assert dict(layer.formulas()) == {}
    assert layer.count("macs") == 0
    assert layer.ops == {}


def test_every_layer_says_what_it_does_to_the_receptive_field(build: Any) -> None:
    """Nothing, a window an axis, or nothing left of it; on the input of each layer's first example."""
    found: dict[str, set[str]] = {"nothing": set(), "window": set(), "everything": set()}
    for word in layers.words():
        kind = layers.load(word)
        assert kind is not None
        if kind.BODY:
            continue
        layer = build(word, kind.CASES[0].x, **kind.CASES[0].options)
        steps = layer.steps()
        found["everything" if steps is None else "window" if steps else "nothing"].add(word)
        assert not steps or len(steps) == len(layer.x) - 1
        assert hasattr(kernel(word), "reach") or not steps, f"{word}: its kernel says nothing of a window"
        sees = getattr(kernel(word), "sees", "")
        assert sees != "everything" or steps is None, f"{word}: its kernel sees everything, and it does not"
    known = {
        "window": {
            *(
                "conv",
                "depthwise",
                "maxpool",
                "avgpool",
                "lppool",
                "trainablepool",
                "subsample",
                "pad",
                "crop",
            ),
            *("spacetodepth", "tokens"),
        },
        "everything": {
            *("groupnorm", "instancenorm"),
            *(
                "fc",
                "rbf",
                "flatten",
                "reshape",
                "permute",
                "globalavgpool",
                "globalmaxpool",
                "adaptiveavgpool",
            ),
            *("adaptivemaxpool", "convtranspose", "upsample", "pixelshuffle", "depthtospace"),
            *("rnn", "gru", "lstm", "scores", "attend"),
        },
        "nothing": {
            *DEFINITIONS,
            *("identity", "dropout", "softmax", "lrn", "linear", "embed", "shuffle", "add", "mul", "concat"),
            *("layernorm", "rmsnorm", "slice", "split"),
        },
    }
    for answer, words in known.items():
        assert words <= found[answer], answer


def test_views(build: Any) -> None:
    """They hand on what they read: nothing is computed, and as many numbers come out as went in."""
    views = {w for w in layers.words() if getattr(layers.load(w), "view", False)}
    assert views >= {"flatten", "reshape", "identity", "dropout"}
    for word in views:
        for case in layers.load(word).CASES:  # type: ignore[union-attr]
            layer = build(word, case.x, **case.options)
            assert not layer.formulas() and math.prod(layer.y) == math.prod(layer.x)
