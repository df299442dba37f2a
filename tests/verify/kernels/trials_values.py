"""What PyTorch makes of random values: dense layers, norms, activations, merges, and what only moves numbers."""

from __future__ import annotations

from collections.abc import Callable
from math import prod
from typing import Any

import numpy as np

from .dice import Dice, F, Maker, Trial, first, into, last, tensor, torch

MAKERS: dict[str, Maker] = {}
trial = into(MAKERS)


@trial("fc", "linear")
def dense(dice: Dice, word: str) -> Trial:
    x = dice.array(dice.randint(1, 3), *(() if word == "fc" else dice.sizes(dice.randint(0, 3), 1, 4)), 5)
    w, bias = dice.array(5, 4), dice.choice([None, dice.array(4)])
    given = {"units": 4, "bias": bias is not None}
    return Trial(
        (x,),
        ([w[:, :3], w[:, 3:]], bias),
        given,
        lambda: F.linear(tensor(x), tensor(w.T), tensor(bias)).numpy(),
    )


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
