"""What kernels draw: how many weights, biases and buffers, as literals; real arrays, the same for the same seed."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from shapecalc import layers
from shapecalc.verify.counted import Counted, Tally
from shapecalc.verify.draw import BLOCK, Draw

from ..world import WORDS, drawn, kernel, options

C3 = ((0, 1, 2), (1, 2, 3), (2, 3, 4), (3, 4, 5), (0, 4, 5), (0, 1, 5), (0, 1, 2, 3), (1, 2, 3, 4), (2, 3, 4, 5),
      (0, 3, 4, 5), (0, 1, 4, 5), (0, 1, 2, 5), (0, 1, 3, 4), (1, 2, 4, 5), (0, 2, 3, 5), (0, 1, 2, 3, 4, 5))  # fmt: skip
"""LeCun et al. 1998, Table I."""

LARGEST = 3_000_000
"""Numbers that are still drawn for an example."""

PARAMETERS: list[tuple[str, tuple[int, ...], dict[str, Any], tuple[int, int, int]]] = [
    ("conv", (32, 32, 1), {"filters": 6, "kernel": 5}, (150, 6, 0)),
    ("conv", (14, 14, 6), {"filters": 16, "kernel": 5, "connections": C3}, (1500, 16, 0)),
    ("conv", (28, 28, 192), {"filters": 32, "kernel": 5}, (153_600, 32, 0)),
    ("conv", (8, 8, 6), {"filters": 9, "kernel": (1, 7), "groups": 3, "bias": False}, (126, 0, 0)),
    ("conv", (4, 4, 4, 2), {"filters": 3, "kernel": 3}, (162, 3, 0)),
    ("depthwise", (9, 9, 32), {"kernel": 3}, (288, 32, 0)),
    ("depthwise", (9, 9, 5), {"kernel": 3, "multiplier": 2, "bias": False}, (90, 0, 0)),
    ("convtranspose", (7, 7, 8), {"filters": 6, "kernel": 4}, (768, 6, 0)),
    ("convtranspose", (7, 7, 8), {"filters": 6, "kernel": 4, "groups": 2, "bias": False}, (384, 0, 0)),
    ("fc", (400,), {"units": 120}, (48_000, 120, 0)),
    ("linear", (7, 7, 512), {"units": 10, "bias": False}, (5120, 0, 0)),
    ("linear", (7, 512), {"units": 10}, (5120, 10, 0)),
    ("rbf", (84,), {"units": 10}, (0, 0, 840)),
    ("trainablepool", (28, 28, 6), {"kernel": 2}, (6, 6, 0)),
    ("bn", (56, 56, 64), {}, (64, 64, 128)),
    ("bn", (512,), {"scale": False}, (0, 512, 1024)),
    ("bn", (512,), {"shift": False}, (512, 0, 1024)),
    ("layernorm", (128, 512), {}, (512, 512, 0)),
    ("layernorm", (128, 512), {"scale": False, "shift": False}, (0, 0, 0)),
    ("rmsnorm", (128, 512), {}, (512, 0, 0)),
    ("rmsnorm", (128, 512), {"shift": True}, (512, 512, 0)),
    ("groupnorm", (8, 8, 12), {"groups": 3}, (12, 12, 0)),
    ("instancenorm", (8, 8, 12), {}, (12, 12, 0)),
    ("prelu", (8, 8, 12), {}, (12, 0, 0)),
    ("prelu", (8, 8, 12), {"shared": True}, (1, 0, 0)),
    ("embed", (128,), {"vocab": 37_000, "d": 512}, (18_944_000, 0, 0)),
    ("posenc", (197, 768), {"learned": True}, (151_296, 0, 0)),
    ("posenc", (197, 768), {}, (0, 0, 0)),
    ("rnn", (5, 10), {"units": 20, "layers": 2, "biases": 2}, (1400, 80, 0)),
    ("gru", (10, 4), {"units": 5}, (135, 15, 0)),
    ("gru", (10, 4), {"units": 5, "biases": 2}, (135, 30, 0)),
    ("lstm", (16, 4096), {"units": 256}, (4_456_448, 1024, 0)),
    ("lstm", (5, 10), {"units": 20, "layers": 2, "bidirectional": True, "biases": 2}, (14_400, 640, 0)),
    ("lstm", (5, 10), {"units": 20, "bias": False, "biases": 2}, (2400, 0, 0)),
    ("scale", (7, 7, 96), {"learned": True}, (96, 0, 0)),
    ("scale", (7, 7, 96), {"factor": 0.5}, (0, 0, 0)),
    ("embed", (128,), {"vocab": 370, "d": 51, "tied": True}, (0, 0, 0)),
    ("linear", (7, 51), {"units": 370, "tied": True}, (0, 370, 0)),
    ("tokens", (196, 768), {}, (768, 0, 0)),
    ("mha", (128, 512), {"heads": 8}, (1_048_576, 2048, 0)),
    ("mha", (2, 4096), {"heads": 32, "kv_heads": 8, "bias": False, "d": None}, (41_943_040, 0, 0)),
    ("mha", (128, 512), {"heads": 4, "d": 256, "kv_heads": None}, (458_752, 1024, 0)),
    ("se", (56, 56, 256), {"bias": False}, (8192, 0, 0)),
    ("se", (7, 7, 2048), {}, (524_288, 2176, 0)),
    ("separable", (147, 147, 64), {"filters": 128, "bias": False}, (8768, 0, 0)),
    ("separable", (9, 9, 3), {"filters": 8, "kernel": (1, 7), "multiplier": 2}, (90, 8, 0)),
    ("tokens", (196, 768), {"count": 2}, (1536, 0, 0)),
]


def arrays(weights: Any) -> list[Any]:
    if weights is None:
        return []
    return [weights] if isinstance(weights, np.ndarray) else [a for part in weights for a in arrays(part)]


@pytest.mark.parametrize(("word", "x", "given", "expected"), PARAMETERS)
def test_parameters_are_arrays_of_this_many_numbers(
    word: str, x: tuple[int, ...], given: dict[str, Any], expected: tuple[int, int, int]
) -> None:
    weights, counts = drawn(word, x, **given)
    assert (counts["weights"], counts["biases"], counts["buffers"]) == expected
    borrowed = 370 * 51 if given.get("tied") else 0
    assert sum(a.size for a in arrays(weights)) == sum(expected) + borrowed
    for array in arrays(weights):
        assert array.flags.owndata or array.base.size == array.size, (
            "allocated, and no number stands for many"
        )
        assert array.dtype == np.float32


@pytest.mark.parametrize("word", [word for word in WORDS if hasattr(kernel(word), "draw")])
def test_every_kernel_draws_what_its_layer_s_examples_say(word: str) -> None:
    for case in layers.load(word).CASES:  # type: ignore[union-attr]
        shapes = case.x if isinstance(case.x[0], tuple) else (case.x,)
        said = {role: case.counts.get(role, 0) for role in ("weights", "biases", "buffers")}
        if sum(said.values()) <= LARGEST and "borrowed" not in case.counts:
            counts = drawn(word, *shapes, **case.options)[1]
            assert {role: counts.get(role, 0) for role in said if role in case.counts} == {
                role: n for role, n in said.items() if role in case.counts
            }


def test_the_same_seed_draws_the_same_numbers_and_another_seed_others() -> None:
    one, again, other = (Draw(seed).weights(7, 5) for seed in (1, 1, 2))
    assert np.array_equal(one, again) and not np.array_equal(one, other)


def test_weights_are_scaled_by_what_meets_in_an_output() -> None:
    """Unscaled ones overflow; the block is tiled, so long arrays repeat it from its start."""
    weights = Draw(0).weights(3, BLOCK, fan_in=100)
    assert 0.095 < weights.std() < 0.105
    assert np.array_equal(weights[0], weights[1]) and np.array_equal(weights[1], weights[2])


@pytest.mark.parametrize(
    ("word", "shape", "given"),
    [
        ("conv", (12, 12, 64), {"filters": 64, "kernel": 3}),
        ("conv", (12, 12, 64), {"filters": 64, "kernel": 3, "groups": 4}),
        (
            "conv",
            (12, 12, 64),
            {"filters": 4, "kernel": 3, "connections": (range(64), range(32), range(32), range(64))},
        ),
        ("depthwise", (12, 12, 64), {"kernel": 5}),
        ("convtranspose", (12, 12, 64), {"filters": 64, "kernel": 3, "padding": 1}),
        ("fc", (400,), {"units": 50}),
        ("linear", (9, 400), {"units": 50}),
        ("trainablepool", (12, 12, 64), {"kernel": 3}),
        ("layernorm", (12, 12, 64), {}),
        ("bn", (12, 12, 64), {}),
    ],
)
def test_drawn_weights_keep_the_size_of_the_numbers(
    word: str, shape: tuple[int, ...], given: dict[str, Any]
) -> None:
    """Normal numbers in, numbers of about the same size out, however many of them meet."""
    draw = Draw(0)
    o = options(word, len(shape) - 1, **given)
    x = Counted(draw.input(1, *shape), Tally())
    y = kernel(word).forward((x,), kernel(word).draw(draw, (shape,), o), o)
    assert 0.4 < y.data.std() < 2.0


def test_six_hundred_residual_blocks_do_not_overflow() -> None:
    """ResNet-1202: of gains around 1 the signal would grow by half with every block."""
    draw, tally = Draw(0), Tally()
    x = Counted(draw.input(1, 4, 4, 16), tally)
    convolve, normalise = (
        options("conv", 2, filters=16, kernel=3, padding="same", bias=False),
        options("bn", 2),
    )

    def run(word: str, *xs: Any, **o: Any) -> Any:
        weights = kernel(word).draw(draw, ((4, 4, 16),), o) if o else None
        return kernel(word).forward(xs, weights, o)

    for _ in range(600):
        y = run("relu", run("bn", run("conv", x, **convolve), **normalise))
        x = run("relu", run("add", x, run("bn", run("conv", y, **convolve), **normalise)))
    assert np.isfinite(x.data).all()
