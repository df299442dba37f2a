"""Random small settings of every kernel that PyTorch has too: the same values and shapes, and the same refusals."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from math import prod
from typing import Any

import numpy as np
import pytest

from shapecalc.errors import ShapeError
from shapecalc.verify.kernels import _unrolled, depthwise

from ..world import WORDS, execute
from . import trials_sequences, trials_values, trials_windows
from .dice import Dice, F, Size, around, filters, first, last, padding, torch

TRIALS = 100
MAKERS = trials_windows.MAKERS | trials_values.MAKERS | trials_sequences.MAKERS
NOT_IN_TORCH = {
    "depthtospace": "TensorFlow's order; ONNX's cases check it",
    "spacetodepth": "TensorFlow's order; ONNX's cases check it",
    "posenc": "PyTorch has no table of waves; worked out by hand",
}


def test_same_of_a_transposed_convolution_cuts_a_whole_one() -> None:
    """TensorFlow keeps S·N of (N − 1)·S + K positions and cuts the odd one at the end, `same_lower` at the start."""
    dice = Dice(1)
    for _ in range(TRIALS):
        word, s, k = dice.choice(["same", "same_lower"]), dice.randint(1, 3), dice.randint(3, 5)
        x, w = dice.array(1, dice.randint(1, 6), 2), dice.array(k, 2, 3)
        total = k - s
        before = total // 2 if word == "same" else total - total // 2
        whole = last(F.conv_transpose1d(first(x), filters(w, (0, 1)), stride=s))
        given = {"filters": 3, "kernel": k, "stride": s, "padding": word, "bias": False}
        y = execute("convtranspose", x, weights=(w, None), **given).y
        np.testing.assert_allclose(y, whole[:, before : before + s * x.shape[1]], rtol=1e-4, atol=1e-5)


def uneven(dice: Dice, x: Any) -> tuple[Size, Size, Any, list[tuple[int, int]]]:
    """A window that padding fits, another on every side."""
    axes = x.ndim - 2
    kernel, stride = dice.sizes(axes, 2, 4), dice.sizes(axes, 1, 3)
    written, pairs = padding(dice, x.shape[1:-1], kernel, stride, (1,) * axes, high=1)
    return kernel, stride, written, pairs


def test_pools_with_another_padding_on_every_side() -> None:
    """PyTorch pads all sides alike, so its input is padded first: with −∞, or with zeros and a count of the ones."""
    dice = Dice(0)
    for _ in range(TRIALS):
        axes = dice.choice([1, 2])
        x = dice.image(axes, 2) + 2
        kernel, stride, written, pairs = uneven(dice, x)
        if written in ("full", "keep") or any(
            sum(pair) + n < f for pair, n, f in zip(pairs, x.shape[1:-1], kernel)
        ):
            continue
        given = {"kernel": kernel, "stride": stride, "padding": written}
        largest = (F.max_pool1d, F.max_pool2d)[axes - 1](around(first(x), pairs, -np.inf), kernel, stride)
        np.testing.assert_allclose(execute("maxpool", x, **given).y, last(largest))
        mean = (F.avg_pool1d, F.avg_pool2d)[axes - 1]
        counted, real = (
            mean(around(t, pairs), kernel, stride) for t in (first(x), torch.ones_like(first(x)))
        )
        np.testing.assert_allclose(
            execute("avgpool", x, **given).y, last(counted / real), rtol=1e-5, atol=1e-6
        )
        y = execute("avgpool", x, **given, count_padding=True).y
        np.testing.assert_allclose(y, last(counted), rtol=1e-5, atol=1e-6)
        squares = mean(around(first(x * x), pairs), kernel, stride) * prod(kernel)
        np.testing.assert_allclose(
            execute("lppool", x, **given).y, last(squares.sqrt()), rtol=1e-5, atol=1e-6
        )


@pytest.mark.parametrize("word", ["conv", "depthwise"])
def test_small_blocks_give_what_one_block_gives(word: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Images this small fit into one block; a block of one row must find the same pixels."""
    monkeypatch.setattr(_unrolled, "BLOCK_BYTES", 1)
    monkeypatch.setattr(depthwise, "BLOCK_BYTES", 1)
    test_a_kernel_gives_what_torch_gives(word)
    monkeypatch.setattr(_unrolled, "BLOCK_BYTES", 1000)
    monkeypatch.setattr(depthwise, "BLOCK_BYTES", 200)
    test_a_kernel_gives_what_torch_gives(word)


@pytest.fixture(autouse=True, scope="module")
def _plainly() -> Iterator[None]:
    """Arrays this small are not worth waking a second thread; and PyTorch 2.13's oneDNN leaves outputs of a strided
    convolution of one channel over volumes unwritten (330 values of 2×1×6×11×5 are enough), so it is left out."""
    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    (enabled, *_others) = torch.backends.mkldnn.set_flags(_enabled=False)
    yield
    torch.set_num_threads(threads)
    torch.backends.mkldnn.set_flags(_enabled=enabled)


@pytest.mark.parametrize("word", WORDS)
def test_a_kernel_gives_what_torch_gives(word: str) -> None:
    if word in NOT_IN_TORCH:
        pytest.skip(NOT_IN_TORCH[word])
    if word not in MAKERS:
        pytest.skip(f"{word} is compared with nothing: write a trial, or say why PyTorch has none")
    dice, compared = Dice(word), 0
    for _ in range(TRIALS):
        xs, weights, given, answer = MAKERS[word](dice)
        told = f"{word} on {[x.shape for x in xs]} with {given}"
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                wanted = answer()
            if not wanted.size:
                raise ValueError(
                    "PyTorch hands on an empty tensor; here a layer that gives nothing is refused"
                )
        except (RuntimeError, ValueError, IndexError):
            with pytest.raises((ShapeError, ValueError, IndexError)):
                execute(word, *xs, weights=weights, **given)
            continue
        y = execute(word, *xs, weights=weights, **given).y
        assert y.shape == wanted.shape, told
        np.testing.assert_allclose(y, wanted, rtol=2e-4, atol=2e-5, err_msg=told)
        compared += 1
    assert compared >= 10, "more than refusals"
