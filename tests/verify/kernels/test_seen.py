"""What an output sees, tried out: one input pixel is changed, and the outputs that follow are those that `reach` names.

And what touches real input: `live` against the sum of an all-ones image under all-ones filters. Pitfall: a change must
not vanish by chance, so inputs and weights are positive and the change is large.
"""

from __future__ import annotations

import random
from contextlib import suppress
from typing import Any, NamedTuple

import numpy as np
import pytest

from shapecalc import layers
from shapecalc.errors import SpecError
from shapecalc.verify.kernels import _walk

from ..sample import single
from ..world import WORDS, drawn, execute, kernel, options

SEQUENCE, MAP = (9, 4), (6, 8, 4)

MOVING: list[tuple[str, tuple[int, ...], dict[str, Any]]] = [
    ("conv", SEQUENCE, {"filters": 2, "kernel": 3}),
    ("conv", SEQUENCE, {"filters": 2, "kernel": 3, "stride": 2, "padding": ((1, 2),)}),
    ("conv", SEQUENCE, {"filters": 2, "kernel": 2, "dilation": 3, "padding": "same"}),
    ("conv", SEQUENCE, {"filters": 2, "kernel": 4, "stride": 2, "padding": "same_lower"}),
    ("conv", SEQUENCE, {"filters": 2, "kernel": 3, "padding": "full"}),
    ("conv", SEQUENCE, {"filters": 2, "kernel": 3, "stride": 2, "padding": "keep"}),
    ("conv", MAP, {"filters": 2, "kernel": (3, 2), "stride": (1, 3), "padding": "same"}),
    ("depthwise", SEQUENCE, {"kernel": 3, "stride": 2, "padding": 1}),
    ("depthwise", MAP, {"kernel": (1, 3), "multiplier": 2, "padding": "same"}),
    ("convtranspose", SEQUENCE, {"filters": 2, "kernel": 3, "stride": 2}),
    ("convtranspose", SEQUENCE, {"filters": 2, "kernel": 4, "stride": 2, "padding": "same"}),
    ("convtranspose", SEQUENCE, {"filters": 2, "kernel": 2, "stride": 3, "padding": "same"}),
    (
        "convtranspose",
        SEQUENCE,
        {"filters": 2, "kernel": 3, "stride": 2, "padding": ((1, 0),), "output_padding": 1},
    ),
    (
        "convtranspose",
        MAP,
        {"filters": 2, "kernel": (3, 2), "stride": (1, 2), "dilation": (2, 1), "padding": 1},
    ),
    ("separable", SEQUENCE, {"filters": 2, "kernel": 3, "stride": 2, "padding": 1}),
    ("separable", MAP, {"filters": 2, "kernel": (1, 3), "multiplier": 2, "padding": "same"}),
    ("maxpool", SEQUENCE, {"kernel": 3, "stride": 2, "padding": 1, "rounding": "ceil"}),
    ("maxpool", MAP, {"kernel": 2}),
    ("avgpool", SEQUENCE, {"kernel": 4, "rounding": "ceil"}),
    ("avgpool", MAP, {"kernel": (3, 2), "stride": 1, "padding": "same"}),
    ("lppool", SEQUENCE, {"kernel": 2, "dilation": 2, "stride": 1}),
    ("trainablepool", SEQUENCE, {"kernel": 2, "stride": 3}),
    ("adaptiveavgpool", SEQUENCE, {"size": 4}),
    ("adaptivemaxpool", MAP, {"size": (4, 5)}),
    ("pad", SEQUENCE, {"amount": ((2, 1), (0, 3))}),
    ("pad", MAP, {"amount": ((1, 0), (0, 2), (0, 0))}),
    ("crop", SEQUENCE, {"amount": ((2, 1), (0, 3))}),
    ("crop", MAP, {"amount": ((1, 0), (0, 2), (0, 0))}),
    ("subsample", SEQUENCE, {"stride": 4}),
    ("upsample", SEQUENCE, {"scale": 3}),
    ("upsample", SEQUENCE, {"scale": 4, "mode": "bilinear"}),
    ("upsample", MAP, {"scale": 2, "mode": "bilinear"}),
    ("pixelshuffle", MAP, {"scale": 2}),
    ("depthtospace", MAP, {"scale": 2}),
    ("spacetodepth", MAP, {"scale": 2}),
    ("softmax", SEQUENCE, {"axis": "T"}),
    ("softmax", MAP, {"axis": "W"}),
    ("softmax", MAP, {"axis": "C"}),
    ("tokens", SEQUENCE, {"count": 2}),
    ("slice", SEQUENCE, {"stop": 3}),
    ("slice", MAP, {"start": -3, "step": 2}),
    ("split", MAP, {"parts": 2, "part": 2}),
]
STANDING: dict[str, dict[str, Any]] = {
    "linear": {"units": 3}, "bn": {}, "layernorm": {}, "rmsnorm": {}, "lrn": {}, "relu": {}, "relu6": {}, "leakyrelu": {},
    "prelu": {}, "elu": {}, "sigmoid": {}, "tanh": {}, "gelu": {}, "silu": {}, "hardswish": {}, "hardsigmoid": {},
    "identity": {}, "dropout": {}, "scale": {"factor": 2.0}, "shuffle": {"groups": 2}, "posenc": {}, "add": {}, "mul": {},
}  # fmt: skip
SEES_ALL = {
    "fc", "flatten", "globalavgpool", "globalmaxpool", "groupnorm", "instancenorm", "permute", "rbf", "reshape",
    "rnn", "gru", "lstm", "scores", "attend", "mha", "se",
}  # fmt: skip
NEITHER = {"embed": "its input has no spatial axis", "concat": "of several inputs, by `joined`"}


def _found() -> None:
    """What the lists above do not name is tried with the options of its first example."""
    named = {word for word, *_rest in MOVING} | STANDING.keys() | SEES_ALL | NEITHER.keys()
    for word in WORDS:
        kind = layers.load(word)
        if word in named or kind is None or kind.BODY or kind.merges:
            continue
        given = dict(kind.CASES[0].options)
        if hasattr(kernel(word), "reach"):
            MOVING.append((word, SEQUENCE if 2 in (kind.ranks or (2,)) else MAP, given))
        elif getattr(kernel(word), "sees", "") == "everything":
            SEES_ALL.add(word)
        elif not kind.ranks or {2, 3} & {*kind.ranks}:
            STANDING[word] = given


_found()


class Shaped(NamedTuple):
    shape: tuple[int, ...]


def positive(weights: Any) -> Any:
    if isinstance(weights, np.ndarray):
        return abs(weights) + 0.1
    return None if weights is None else type(weights)(map(positive, weights))


def followers(word: str, shape: tuple[int, ...], axis: int, given: dict[str, Any]) -> Any:
    """For every pixel along one axis, which outputs along it change with it."""
    weights = positive(drawn(word, shape, **given)[0])
    x = np.random.default_rng(0).uniform(0.1, 1.0, (1, *shape)).astype(np.float32)
    y = execute(word, x, weights=weights, **given).y
    rows = []
    for pixel in range(shape[axis]):
        for channel in range(shape[-1]):  # one channel at a time: a norm does not see all of them grow
            changed = np.moveaxis(x.copy(), axis + 1, 0)
            changed[pixel, ..., channel] += 2.5
            z = execute(word, np.moveaxis(changed, 0, axis + 1), weights=weights, **given).y
            other = tuple(i for i in range(y.ndim) if i != axis + 1)
            rows.append(np.any(z != y, axis=other))
    return np.array(rows).reshape(shape[axis], shape[-1], -1).any(axis=1)


@pytest.mark.parametrize(("word", "shape", "given"), MOVING)
def test_the_first_and_the_last_pixel_seen_are_those_that_matter(
    word: str, shape: tuple[int, ...], given: dict[str, Any]
) -> None:
    places = [np.arange(n) for n in shape[:-1]]
    lows, highs = kernel(word).reach(
        places, places, options(word, len(places), **given), Shaped((1, *shape[:-1], 1))
    )
    assert len(lows) == len(highs) == len(places)
    for axis, (low, high) in enumerate(zip(lows, highs)):
        seen = followers(word, shape, axis, given)
        assert seen.shape[1] == len(low) == len(high)
        for place, column in enumerate(seen.T):
            pixels = np.flatnonzero(column)
            if len(pixels):
                assert (low[place], high[place]) == (pixels[0], pixels[-1]), f"axis {axis}, output {place}"
            else:
                assert low[place] > high[place], f"axis {axis}, output {place} sees nothing"
                assert low[place] >= _walk.NEVER


@pytest.mark.parametrize("word", STANDING)
def test_what_says_nothing_of_places_leaves_them_alone(word: str) -> None:
    shape = MAP if 3 in (layers.load(word).ranks or (3,)) else SEQUENCE  # type: ignore[union-attr]
    for axis in range(len(shape) - 1):
        assert np.array_equal(followers(word, shape, axis, STANDING[word]), np.eye(shape[axis], dtype=bool))


def test_reach_takes_what_was_seen_before_along() -> None:
    """Two windows of 3, one after the other, see 5."""
    places = [np.arange(10)]
    o = options("maxpool", 1, kernel=3, stride=1)
    lows, highs = kernel("maxpool").reach(places, places, o, Shaped((1, 10, 1)))
    lows, highs = kernel("maxpool").reach(lows, highs, o, Shaped((1, 8, 1)))
    assert lows[0].tolist() == [0, 1, 2, 3, 4, 5]
    assert highs[0].tolist() == [4, 5, 6, 7, 8, 9]


def test_joined_inputs_follow_one_another_or_are_seen_together() -> None:
    narrow, wide = ([np.array([0, 1])], [np.array([0, 1])]), ([np.array([0, 0])], [np.array([1, 2])])
    lows, highs = kernel("concat").joined([narrow, wide], {"axis": "T"})
    assert (lows[0].tolist(), highs[0].tolist()) == ([0, 1, 0, 0], [0, 1, 1, 2])
    lows, highs = kernel("concat").joined([narrow, wide], {"axis": "C"})
    assert (lows[0].tolist(), highs[0].tolist()) == ([0, 0], [1, 2])
    maps = [([np.array([5, 6]), np.array([n])], [np.array([7, 8]), np.array([n + 1])]) for n in (0, 1, 2)]
    lows, highs = kernel("concat").joined(maps, {"axis": "W"})
    assert [a.tolist() for a in (*lows, *highs)] == [[5, 6], [0, 1, 2], [7, 8], [1, 2, 3]]


def test_every_kernel_says_what_it_sees() -> None:
    moving = {word for word, *_rest in MOVING}
    for word in WORDS:
        assert hasattr(kernel(word), "reach") == (word in moving), word
        assert (getattr(kernel(word), "sees", "") == "everything") == (word in SEES_ALL), word


@pytest.mark.parametrize("word", ["conv", "depthwise", "convtranspose"])
def test_live_products_are_what_ones_under_ones_add_up_to(word: str) -> None:
    dice = random.Random(word)  # noqa: S311
    for _ in range(60):
        axes, groups = dice.choice([1, 2, 2, 3]), dice.choice([1, 2])
        shape = (*(dice.randint(3, 7) for _ in range(axes)), 2 * groups)
        given: dict[str, Any] = {
            "kernel": tuple(dice.randint(1, 3) for _ in range(axes)),
            "stride": tuple(dice.randint(1, 3) for _ in range(axes)),
            "bias": False,
            "padding": tuple((dice.randint(0, 2), dice.randint(0, 2)) for _ in range(axes)),
        }
        if word == "depthwise":
            given["multiplier"] = groups
        else:
            given |= {"filters": 3 * groups, "groups": groups}
        if word == "convtranspose":
            given["padding"] = tuple((min(a, 1), 0) for a, _b in given["padding"])
        filters, _bias = drawn(word, shape, **given)[0]
        result = execute(word, np.ones((2, *shape)), weights=(np.ones_like(filters), None), **given)
        assert result.live == result.y.sum()
        assert result.live is not None and result.live <= result.ops["mul"]


@pytest.mark.parametrize(("word", "shape"), [("fc", (6,)), ("linear", (6,)), ("linear", (3, 4, 6))])
def test_without_padding_every_product_is_live(word: str, shape: tuple[int, ...]) -> None:
    result = execute(
        word, np.ones((2, *shape)), weights=([np.ones((6, 5), np.float32)], None), units=5, bias=False
    )
    assert result.live == result.y.sum() == result.ops["mul"]


@pytest.mark.parametrize("word", WORDS)
def test_only_multiply_accumulates_are_live(word: str) -> None:
    """A kernel says which products touch real input if, and only if, the layer has multiply-accumulates."""
    kind = layers.load(word)
    assert kind is not None
    found = []
    for case in kind.CASES:
        with suppress(SpecError):  # padding of every axis is written by name in a spec
            found.append(single(word, case.x, case.options).truth[1].totals().macs)
    assert hasattr(kernel(word), "live") == any(found)


def test_gates() -> None:
    assert {word for word in WORDS if getattr(kernel(word), "gates", False)} >= {
        "gru",
        "lstm",
        "mha",
        "rnn",
        "se",
    }
