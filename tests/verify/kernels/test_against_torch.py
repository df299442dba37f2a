"""Random small settings of every kernel that PyTorch has too: the same values, the same shapes, and the same refusals.

Where PyTorch has no such option (one padding before and another after, `same` at a stride), its input is padded first.
Pitfall: PyTorch's channels come first; both ends of the comparison are turned here and nowhere else.
"""

from __future__ import annotations

import random
import warnings
from collections.abc import Callable, Iterator
from math import prod
from typing import Any, NamedTuple

import numpy as np
import pytest

from shapecalc.errors import ShapeError

from ..world import WORDS, execute

torch = pytest.importorskip("torch", reason="PyTorch is not installed: nobody to compare with")
F = torch.nn.functional
Size = tuple[int, ...]
TRIALS = 100
NOT_IN_TORCH = {
    "depthtospace": "TensorFlow's order; ONNX's cases check it",
    "spacetodepth": "TensorFlow's order; ONNX's cases check it",
    "posenc": "PyTorch has no table of waves; worked out by hand",
}


class Trial(NamedTuple):
    """A setting of a kernel, and PyTorch's answer, channels last; asking may raise."""

    xs: tuple[Any, ...]
    weights: Any
    given: dict[str, Any]
    answer: Callable[[], Any]


Maker = Callable[["Dice"], Trial]
MAKERS: dict[str, Maker] = {}


def trial(*words: str) -> Callable[[Callable[..., Trial]], Callable[..., Trial]]:
    """The maker of trials for these kernels."""

    def register(make: Callable[..., Trial]) -> Callable[..., Trial]:
        for word in words:
            MAKERS[word] = (lambda dice, word=word: make(dice, word)) if len(words) > 1 else make
        return make

    return register


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
    word = dice.choice(["sides", "sides", "number", "same", "same_lower", "valid"])
    if word == "sides":
        pairs = [(dice.randint(0, high), dice.randint(0, high)) for _ in sizes]
        return tuple(pairs), pairs
    if word == "number":
        p = dice.randint(0, high)
        return p, [(p, p)] * len(sizes)
    return word, [(0, 0)] * len(sizes) if word == "valid" else same(sizes, kernel, stride, dilation, word)


@trial("conv")
def conv(dice: Dice) -> Trial:
    axes, groups = dice.axes(), dice.choice([1, 1, 2, 3])
    depth, share = dice.randint(1, 4), dice.randint(1, 4)
    x = dice.image(axes, depth * groups)
    kernel, stride, dilation = dice.sizes(axes, 1, 4), dice.sizes(axes, 1, 3), dice.sizes(axes, 1, 2)
    written, pairs = padding(dice, x.shape[1:-1], kernel, stride, dilation)
    w = dice.array(*kernel, depth, share * groups)
    bias = dice.array(share * groups) if dice.random() < 0.5 else None
    call = (F.conv1d, F.conv2d, F.conv3d)[axes - 1]
    given = {"filters": share * groups, "kernel": kernel, "stride": stride, "dilation": dilation, "padding": written,
             "groups": groups, "bias": bias is not None}  # fmt: skip
    return Trial((x,), (w, bias), given, lambda: last(
        call(around(first(x), pairs), filters(w), tensor(bias), stride, 0, dilation, groups)))  # fmt: skip


@trial("depthwise")
def depthwise(dice: Dice) -> Trial:
    axes, channels, m = dice.axes(), dice.randint(1, 5), dice.choice([1, 1, 2, 3])
    x = dice.image(axes, channels)
    kernel, stride, dilation = dice.sizes(axes, 1, 4), dice.sizes(axes, 1, 3), dice.sizes(axes, 1, 2)
    written, pairs = padding(dice, x.shape[1:-1], kernel, stride, dilation)
    w = dice.array(*kernel, channels, m)
    bias = dice.array(channels * m) if dice.random() < 0.5 else None
    call = (F.conv1d, F.conv2d, F.conv3d)[axes - 1]
    given = {"kernel": kernel, "stride": stride, "dilation": dilation, "padding": written, "multiplier": m,
             "bias": bias is not None}  # fmt: skip
    one_deep = filters(w.reshape(*kernel, 1, channels * m))
    return Trial((x,), (w, bias), given, lambda: last(
        call(around(first(x), pairs), one_deep, tensor(bias), stride, 0, dilation, channels)))  # fmt: skip


@trial("convtranspose")
def convtranspose(dice: Dice) -> Trial:
    axes, groups = dice.axes(), dice.choice([1, 1, 2])
    depth, share = dice.randint(1, 3), dice.randint(1, 3)
    x = dice.image(axes, depth * groups, 6)
    kernel, stride, dilation = dice.sizes(axes, 1, 4), dice.sizes(axes, 1, 3), dice.sizes(axes, 1, 2)
    cut, extra = dice.sizes(axes, 0, 2), dice.sizes(axes, 0, 2)
    w = dice.array(*kernel, depth * groups, share)
    bias = dice.array(share * groups) if dice.random() < 0.5 else None
    call = (F.conv_transpose1d, F.conv_transpose2d, F.conv_transpose3d)[axes - 1]
    given = {"filters": share * groups, "kernel": kernel, "stride": stride, "dilation": dilation,
             "padding": tuple((p, p) for p in cut), "output_padding": extra, "groups": groups, "bias": bias is not None}  # fmt: skip
    return Trial((x,), (w, bias), given, lambda: last(
        call(first(x), filters(w, (0, 1)), tensor(bias), stride, cut, extra, groups, dilation)))  # fmt: skip


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


@trial("maxpool")
def maxpool(dice: Dice) -> Trial:
    axes = dice.axes()
    x = dice.image(axes, dice.randint(1, 3)) - 5
    kernel, dilation = dice.sizes(axes, 1, 4), dice.sizes(axes, 1, 2)
    stride = dice.choice([None, dice.sizes(axes, 1, 3)])
    cut, rounding = dice.sizes(axes, 0, 2), dice.choice(["floor", "ceil"])
    call = (F.max_pool1d, F.max_pool2d, F.max_pool3d)[axes - 1]
    given = {
        "kernel": kernel,
        "stride": stride,
        "padding": tuple((p, p) for p in cut),
        "dilation": dilation,
        "rounding": rounding,
    }
    return Trial((x,), None, given, lambda: last(
        call(first(x), kernel, stride or kernel, cut, dilation, rounding == "ceil")))  # fmt: skip


@trial("avgpool")
def avgpool(dice: Dice) -> Trial:
    axes = dice.axes()
    x = dice.image(axes, dice.randint(1, 3))
    kernel, stride = dice.sizes(axes, 1, 4), dice.choice([None, dice.sizes(axes, 1, 3)])
    if axes == 3:  # PyTorch alone wants windows no larger than the input here, whatever the padding
        kernel = tuple(map(min, kernel, x.shape[1:-1]))
    cut, rounding, counting = dice.sizes(axes, 0, 2), dice.choice(["floor", "ceil"]), dice.random() < 0.5
    call = (F.avg_pool1d, F.avg_pool2d, F.avg_pool3d)[axes - 1]
    given = {"kernel": kernel, "stride": stride, "padding": tuple((p, p) for p in cut), "rounding": rounding,
             "count_padding": counting}  # fmt: skip
    return Trial((x,), None, given, lambda: last(
        call(first(x), kernel, stride or kernel, cut, rounding == "ceil", counting)))  # fmt: skip


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
        if any(sum(pair) + n < f for pair, n, f in zip(pairs, x.shape[1:-1], kernel)):
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


@trial("lppool")
def lppool(dice: Dice) -> Trial:
    axes = dice.choice([1, 2, 3])
    x = abs(dice.image(axes, 2)) + 0.1  # PyTorch takes no absolute values
    kernel, stride, p = (
        dice.sizes(axes, 1, 3),
        dice.choice([None, dice.sizes(axes, 1, 3)]),
        dice.choice([1, 2, 3, 4]),
    )
    call = (F.lp_pool1d, F.lp_pool2d, F.lp_pool3d)[axes - 1]
    sizes = (kernel[0], (stride or kernel)[0]) if axes == 1 else (kernel, stride or kernel)
    return Trial(
        (x,), None, {"kernel": kernel, "stride": stride, "norm": p}, lambda: last(call(first(x), p, *sizes))
    )


@trial("trainablepool")
def trainablepool(dice: Dice) -> Trial:
    x = dice.image(2, 3)
    kernel, stride = dice.sizes(2, 1, 3), dice.choice([None, dice.sizes(2, 1, 3)])
    factor, bias = dice.array(3), dice.array(3)
    w = np.broadcast_to(factor[:, None, None, None], (3, 1, *kernel))
    return Trial((x,), (factor, bias), {"kernel": kernel, "stride": stride}, lambda: last(
        F.conv2d(first(x), tensor(w), tensor(bias), stride or kernel, groups=3)))  # fmt: skip


@trial("adaptiveavgpool", "adaptivemaxpool")
def adaptive(dice: Dice, word: str) -> Trial:
    axes = dice.axes()
    x, size = dice.image(axes, 2), dice.sizes(axes, 1, 7)
    mean = (F.adaptive_avg_pool1d, F.adaptive_avg_pool2d, F.adaptive_avg_pool3d)[axes - 1]
    largest = (F.adaptive_max_pool1d, F.adaptive_max_pool2d, F.adaptive_max_pool3d)[axes - 1]
    call = mean if word == "adaptiveavgpool" else largest
    return Trial((x,), None, {"size": size}, lambda: last(call(first(x), size)))


@trial("globalavgpool", "globalmaxpool")
def globalpool(dice: Dice, word: str) -> Trial:
    x = dice.image(dice.axes(), 3)
    axes = tuple(range(1, x.ndim - 1))
    return Trial(
        (x,),
        None,
        {},
        lambda: (torch.mean if word == "globalavgpool" else torch.amax)(tensor(x), axes).numpy(),
    )


@trial("fc", "linear")
def dense(dice: Dice, word: str) -> Trial:
    x = dice.array(dice.randint(1, 3), *(() if word == "fc" else dice.sizes(dice.randint(0, 3), 1, 4)), 5)
    w, bias = dice.array(5, 4), dice.choice([None, dice.array(4)])
    given = {"units": 4, "bias": bias is not None}
    return Trial((x,), (w, bias), given, lambda: F.linear(tensor(x), tensor(w.T), tensor(bias)).numpy())


@trial("rbf")
def rbf(dice: Dice) -> Trial:
    x, w = dice.array(2, 6), dice.array(4, 6)
    exact = "donot_use_mm_for_euclid_dist"
    return Trial(
        (x,), w, {"units": 4}, lambda: torch.cdist(tensor(x), tensor(w), compute_mode=exact).numpy() ** 2
    )


@trial("bn")
def bn(dice: Dice) -> Trial:
    x = dice.array(2, *dice.sizes(dice.randint(0, 3), 1, 5), 4)
    gamma, beta = dice.choice([None, dice.array(4)]), dice.choice([None, dice.array(4)])
    mean, variance = dice.array(4), abs(dice.array(4))
    given = {"scale": gamma is not None, "shift": beta is not None, "eps": 1e-3}
    learned = tensor(gamma), tensor(beta)
    return Trial((x,), (gamma, beta, mean, variance), given, lambda: last(
        F.batch_norm(first(x), tensor(mean), tensor(variance), *learned, eps=1e-3)))  # fmt: skip


@trial("layernorm", "rmsnorm", "instancenorm", "groupnorm")
def norm(dice: Dice, word: str) -> Trial:
    spatial = dice.sizes(dice.randint(1, 3), 2, 5)
    x = dice.array(2, *spatial, 6) * 3 + 1
    gamma = dice.choice([None, dice.array(6)])
    beta = dice.choice([None, dice.array(6)])
    groups = dice.choice([1, 2, 3, 6])
    learned = tensor(gamma), tensor(beta)
    given = {"scale": gamma is not None, "shift": beta is not None, "eps": 1e-4}
    if word == "groupnorm":
        given["groups"] = groups
    if word == "rmsnorm":
        given["shift"], beta = False, None
    answers = {
        "layernorm": lambda: F.layer_norm(tensor(x), (6,), *learned, eps=1e-4).numpy(),
        "rmsnorm": lambda: F.rms_norm(tensor(x), (6,), learned[0], eps=1e-4).numpy(),
        "instancenorm": lambda: last(F.instance_norm(first(x), None, None, *learned, eps=1e-4)),
        "groupnorm": lambda: last(F.group_norm(first(x), groups, *learned, eps=1e-4)),
    }
    return Trial((x,), (gamma, beta), given, answers[word])


@trial("lrn")
def lrn(dice: Dice) -> Trial:
    x, size = dice.image(2, dice.randint(1, 8)) * 3, dice.randint(1, 7)
    alpha, beta, k = dice.choice([1e-4, 0.5, 2.0]), dice.choice([0.5, 0.75]), dice.choice([1.0, 2.0])
    given = {"size": size, "alpha": alpha, "beta": beta, "k": k}
    return Trial((x,), None, given, lambda: last(F.local_response_norm(first(x), size, alpha, beta, k)))


POINTWISE: dict[str, Callable[..., Any]] = {
    "relu": F.relu, "relu6": F.relu6, "sigmoid": torch.sigmoid, "tanh": torch.tanh, "gelu": F.gelu, "silu": F.silu,
    "hardswish": F.hardswish, "hardsigmoid": F.hardsigmoid, "identity": lambda x: x, "dropout": lambda x: F.dropout(x, 0.5, False),
}  # fmt: skip


@trial(*POINTWISE)
def pointwise(dice: Dice, word: str) -> Trial:
    x = dice.array(2, *dice.sizes(dice.randint(0, 3), 1, 5), 4) * dice.choice([1, 5, 50])
    x.flat[0] = dice.choice([0.0, 200.0, -200.0])
    return Trial((x,), None, {}, lambda: POINTWISE[word](tensor(x)).numpy())


@trial("leakyrelu", "elu", "scale")
def bent(dice: Dice, word: str) -> Trial:
    x, a = dice.array(2, 3, 4) * 5, dice.choice([0.01, 0.3, 1.0, 2.0])
    x.flat[0] = 200.0
    answers = {
        "leakyrelu": lambda: F.leaky_relu(tensor(x), a),
        "elu": lambda: F.elu(tensor(x), a),
        "scale": lambda: tensor(x) * a,
    }
    name = {"leakyrelu": "slope", "elu": "alpha", "scale": "factor"}[word]
    return Trial((x,), None, {name: a}, lambda: answers[word]().numpy())


@trial("prelu")
def prelu(dice: Dice) -> Trial:
    x, shared = dice.array(2, *dice.sizes(dice.randint(0, 3), 1, 4), 5), dice.random() < 0.5
    w = dice.array(1 if shared else 5)
    return Trial((x,), w, {"shared": shared}, lambda: last(F.prelu(first(x), tensor(w))))


@trial("softmax")
def softmax(dice: Dice) -> Trial:
    rank = dice.randint(1, 4)
    x = dice.array(2, *dice.sizes(rank, 1, 5)) * dice.choice([1, 100])
    axis = dice.randint(1, rank)
    letter = {1: "C", 2: "TC", 3: "HWC", 4: "ZHWC"}[rank][axis - 1]
    return Trial((x,), None, {"axis": letter}, lambda: torch.softmax(tensor(x), axis).numpy())


@trial("add", "mul")
def merge(dice: Dice, word: str) -> Trial:
    shape = (2, *dice.sizes(dice.randint(0, 3), 1, 4), 3)
    xs = [dice.array(*shape) for _ in range(dice.randint(1, 4))]
    if len(shape) > 2 and len(xs) > 1 and dice.random() < 0.4:
        xs[dice.randrange(len(xs))] = dice.array(2, 3)
    spread = [x.reshape(2, *([1] * (len(shape) - 2)), 3) if x.ndim == 2 else x for x in xs]

    def answer() -> Any:
        y = tensor(spread[0])
        for x in spread[1:]:
            y = y + tensor(x) if word == "add" else y * tensor(x)
        return y.numpy()

    return Trial(tuple(xs), None, {}, answer)


@trial("concat")
def concat(dice: Dice) -> Trial:
    rank = dice.randint(1, 4)
    axis = dice.randint(1, rank)
    shape = list(dice.sizes(rank, 1, 4))
    xs = []
    for _ in range(dice.randint(1, 3)):
        shape[axis - 1] = dice.randint(1, 4)
        if dice.random() < 0.1:
            shape[dice.randrange(rank)] += 1  # both may refuse
        xs.append(dice.array(2, *shape))
    letter = {1: "C", 2: "TC", 3: "HWC", 4: "ZHWC"}[rank][axis - 1]
    return Trial(tuple(xs), None, {"axis": letter}, lambda: torch.cat([tensor(x) for x in xs], axis).numpy())


@trial("pad", "crop")
def border(dice: Dice, word: str) -> Trial:
    x = dice.array(2, *dice.sizes(dice.randint(1, 4), 1, 5))
    amount = tuple((dice.randint(0, 2), dice.randint(0, 2)) for _ in x.shape[1:])
    sign = 1 if word == "pad" else -1

    around_all = [sign * n for pair in reversed(amount) for n in pair]
    return Trial((x,), None, {"amount": amount}, lambda: F.pad(tensor(x), around_all).numpy())


@trial("subsample")
def subsample(dice: Dice) -> Trial:
    axes = dice.axes()
    x, stride = dice.image(axes, 2), dice.sizes(axes, 1, 4)
    call = (F.max_pool1d, F.max_pool2d, F.max_pool3d)[axes - 1]
    return Trial((x,), None, {"stride": stride}, lambda: last(call(first(x), 1, stride)))


@trial("upsample")
def upsample(dice: Dice) -> Trial:
    axes = dice.axes()
    x, scale, mode = dice.image(axes, 2, 5), dice.sizes(axes, 1, 4), dice.choice(["nearest", "bilinear"])
    size = [n * s for n, s in zip(x.shape[1:-1], scale)]
    linear = {"mode": ("linear", "bilinear", "trilinear")[axes - 1], "align_corners": False}
    how = linear if mode == "bilinear" else {"mode": "nearest"}
    return Trial(
        (x,), None, {"scale": scale, "mode": mode}, lambda: last(F.interpolate(first(x), size, **how))
    )


@trial("pixelshuffle")
def pixelshuffle(dice: Dice) -> Trial:
    r = dice.randint(1, 3)
    x = dice.image(2, dice.choice([r * r, 2 * r * r, 5]))
    return Trial((x,), None, {"scale": r}, lambda: last(F.pixel_shuffle(first(x), r)))


@trial("shuffle")
def shuffle(dice: Dice) -> Trial:
    x, groups = dice.image(2, 12), dice.choice([1, 2, 3, 4, 6, 12, 5])
    return Trial((x,), None, {"groups": groups}, lambda: last(F.channel_shuffle(first(x), groups)))


@trial("flatten", "reshape", "permute")
def moved(dice: Dice, word: str) -> Trial:
    rank = dice.randint(1, 4)
    x = dice.array(2, *dice.sizes(rank, 1, 4))
    if word == "flatten":
        return Trial((x,), None, {}, lambda: torch.flatten(tensor(x), 1).numpy())
    if word == "reshape":
        size = prod(x.shape[1:])
        shape = (dice.choice([1, 2, 3]), size) if dice.random() < 0.5 else (1, size, 1)
        return Trial((x,), None, {"shape": shape}, lambda: tensor(x).reshape(2, *shape).numpy())
    order = dice.sample(range(rank), rank)
    letters = {1: "C", 2: "TC", 3: "HWC", 4: "ZHWC"}[rank]
    given = {"order": tuple(letters[i] for i in order)}
    return Trial((x,), None, given, lambda: tensor(x).permute(0, *(i + 1 for i in order)).numpy())


@trial("embed")
def embed(dice: Dice) -> Trial:
    table = dice.array(7, 3)
    tokens = np.array([[dice.randrange(7) for _ in range(5)] for _ in range(2)])
    return Trial(
        (tokens,), table, {"vocab": 7, "d": 3}, lambda: F.embedding(tensor(tokens), tensor(table)).numpy()
    )


@trial("tokens")
def tokens(dice: Dice) -> Trial:
    x, w = dice.array(3, 4, 2), dice.array(dice.randint(1, 3), 2)
    whole = lambda: torch.cat([tensor(w).expand(3, -1, -1), tensor(x)], 1).numpy()  # noqa: E731
    return Trial((x,), w, {"count": len(w)}, whole)


@pytest.fixture(autouse=True, scope="module")
def _one_thread() -> Iterator[None]:
    """Arrays this small are not worth waking a second thread."""
    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(threads)


@pytest.mark.parametrize("word", WORDS)
def test_a_kernel_gives_what_torch_gives(word: str) -> None:
    if word in NOT_IN_TORCH:
        pytest.skip(NOT_IN_TORCH[word])
    assert word in MAKERS, f"{word} is compared with nothing: write a trial, or say why PyTorch has none"
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
        except (RuntimeError, ValueError):
            with pytest.raises((ShapeError, ValueError, IndexError)):
                execute(word, *xs, weights=weights, **given)
            continue
        y = execute(word, *xs, weights=weights, **given).y
        assert y.shape == wanted.shape, told
        np.testing.assert_allclose(y, wanted, rtol=2e-4, atol=2e-5, err_msg=told)
        compared += 1
    assert compared >= 10, "more than refusals"
