"""What PyTorch makes of random small windows: convolutions, pools, and what enlarges or thins out a map.

Where PyTorch has no such option (one padding before and another after, `same` at a stride), its input is padded first.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from .dice import Dice, F, Maker, Trial, around, filters, first, into, last, padding, tensor, torch

MAKERS: dict[str, Maker] = {}
trial = into(MAKERS)


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
    axes, groups = dice.axes(), dice.choice([1, 1, 2, 3])
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


@trial("separable")
def separable(dice: Dice) -> Trial:
    """PyTorch's convolution of as many groups as channels, and one of a single pixel behind it."""
    axes, channels, m, many = dice.axes(), dice.randint(1, 5), dice.choice([1, 1, 2, 3]), dice.randint(1, 4)
    x = dice.image(axes, channels)
    kernel, stride = dice.sizes(axes, 1, 4), dice.sizes(axes, 1, 3)
    written, pairs = padding(dice, x.shape[1:-1], kernel, stride, (1,) * axes)
    w, mixing = dice.array(*kernel, channels, m), dice.array(channels, m, many)
    bias = dice.array(many) if dice.random() < 0.5 else None
    call = (F.conv1d, F.conv2d, F.conv3d)[axes - 1]
    given = {
        "filters": many,
        "kernel": kernel,
        "stride": stride,
        "padding": written,
        "multiplier": m,
        "bias": bias is not None,
    }
    one_deep = filters(w.reshape(*kernel, 1, channels * m))
    one_pixel = filters(mixing.reshape(*(1,) * axes, channels * m, many))

    def answer() -> Any:
        between = call(around(first(x), pairs), one_deep, None, stride, 0, 1, channels)
        return last(call(between, one_pixel, tensor(bias)))

    return Trial((x,), (w, mixing, bias), given, answer)


@trial("se")
def se(dice: Dice) -> Trial:
    """torchvision's SqueezeExcitation: a mean, two 1×1 convolutions around a ReLU, a sigmoid."""
    axes, r, channels = dice.axes(), dice.randint(1, 3), dice.randint(1, 7)
    x, narrow = dice.image(axes, channels), max(channels // r, 1)
    first_w, second_w = dice.array(narrow, channels), dice.array(channels, narrow)
    bias = dice.random() < 0.5
    one, two = (dice.array(n) if bias else None for n in (narrow, channels))

    def answer() -> Any:
        hidden = torch.relu(F.linear(tensor(x).flatten(1, -2).mean(1), tensor(first_w), tensor(one)))
        gate = torch.sigmoid(F.linear(hidden, tensor(second_w), tensor(two)))
        return (tensor(x) * gate.reshape(x.shape[0], *(1,) * axes, channels)).numpy()

    return Trial((x,), (first_w, one, second_w, two), {"reduction": r, "bias": bias}, answer)
