"""What PyTorch makes of random sequences: recurrent layers, the two products of attention, and parts of an axis."""

from __future__ import annotations

from typing import Any

import numpy as np

from .dice import Dice, F, Maker, Trial, into, tensor, torch

MAKERS: dict[str, Maker] = {}
trial = into(MAKERS)
GATES = {"rnn": 1, "gru": 3, "lstm": 4}
LETTERS = {1: "C", 2: "TC", 3: "HWC", 4: "ZHWC"}


@trial("rnn", "gru", "lstm")
def recurrent(dice: Dice, word: str) -> Trial:
    """PyTorch's own module, its weights turned; one bias is two of which the second is zero, and a GRU of its own."""
    depth, units, layers, ways = (
        dice.randint(1, 4),
        dice.randint(1, 5),
        dice.randint(1, 3),
        dice.randint(1, 2),
    )
    x, biases = dice.array(dice.randint(1, 3), dice.randint(1, 5), depth), dice.choice([0, 1, 2])
    sums = GATES[word] * units
    weights = []
    for layer in range(layers):
        inputs = depth if layer == 0 else ways * units
        weights.append([
            (dice.array(inputs, sums), dice.array(units, sums), dice.array(sums) if biases else None,
             dice.array(sums) if biases == 2 else None)
            for _way in range(ways)
        ])  # fmt: skip
    given = {"units": units, "layers": layers, "bidirectional": ways == 2, "bias": biases > 0}
    given["biases"] = dice.choice([1, 2]) if biases == 0 else biases
    if word == "gru" and given["biases"] == 1:
        return Trial((x,), weights, given, lambda: _cho(x, weights))
    return Trial((x,), weights, given, lambda: _module(word, x, weights, given))


def _module(word: str, x: Any, weights: Any, given: dict[str, Any]) -> Any:
    kind = {"rnn": torch.nn.RNN, "gru": torch.nn.GRU, "lstm": torch.nn.LSTM}[word]
    named = {"num_layers": given["layers"], "bias": given["bias"], "bidirectional": given["bidirectional"]}
    module = kind(x.shape[-1], given["units"], batch_first=True, **named)
    with torch.no_grad():
        for number, layer in enumerate(weights):
            for way, (into, within, first, second) in zip(("", "_reverse"), layer):
                arrays = {"weight_ih": into.T, "weight_hh": within.T}
                if first is not None:
                    arrays |= {
                        "bias_ih": first,
                        "bias_hh": np.zeros_like(first) if second is None else second,
                    }
                for name, array in arrays.items():
                    getattr(module, f"{name}_l{number}{way}").copy_(tensor(array))
        return module(tensor(x))[0].numpy()


def _cho(x: Any, weights: Any) -> Any:
    """Cho et al. 2014, equations 5 to 8: the reset gate before the product; PyTorch's sigmoid and tanh."""
    y = tensor(x)
    for layer in weights:
        both = []
        for way, (first, within, bias, _second) in enumerate(layer):
            units = within.shape[0]
            wr, wz, wn = tensor(first).split(units, 1)
            ur, uz, un = tensor(within).split(units, 1)
            br, bz, bn = tensor(np.zeros(3 * units, np.float32) if bias is None else bias).split(units)
            h, shown = torch.zeros(y.shape[0], units), {}
            for t in reversed(range(y.shape[1])) if way else range(y.shape[1]):
                r, z = (torch.sigmoid(y[:, t] @ w + h @ u + b) for w, u, b in ((wr, ur, br), (wz, uz, bz)))
                h = z * h + (1 - z) * torch.tanh(y[:, t] @ wn + (r * h) @ un + bn)
                shown[t] = h
            both.append(torch.stack([shown[t] for t in range(y.shape[1])], 1))
        y = torch.cat(both, -1)
    return y.numpy()


def _heads(x: Any, heads: int, share: int) -> Any:
    """Batch × heads × positions × channels, a shared head once for each that reads it."""
    return x.unflatten(-1, (heads, -1)).transpose(1, 2).repeat_interleave(share, 1)


@trial("scores")
def scores(dice: Dice) -> Trial:
    share, groups, each = dice.randint(1, 3), dice.randint(1, 3), dice.randint(1, 4)
    heads, batch = share * groups, dice.randint(1, 2)
    q, k = (
        dice.array(batch, dice.randint(1, 5), heads * each),
        dice.array(batch, dice.randint(1, 5), groups * each),
    )
    causal = dice.random() < 0.5

    def answer() -> Any:
        found = _heads(tensor(q), heads, 1) @ _heads(tensor(k), groups, share).mT / each**0.5
        if causal:
            seen = torch.ones(found.shape[-2:], dtype=torch.bool).tril()
            found = found.masked_fill(~seen, -torch.inf)
        return found.movedim(1, -1).numpy()

    return Trial((q, k), None, {"heads": heads, "share": share, "causal": causal}, answer)


@trial("attend")
def attend(dice: Dice) -> Trial:
    share, groups, each = dice.randint(1, 3), dice.randint(1, 3), dice.randint(1, 4)
    batch, keys = dice.randint(1, 2), dice.randint(1, 5)
    shares, v = (
        dice.array(batch, dice.randint(1, 5), keys, share * groups),
        dice.array(batch, keys, groups * each),
    )

    def answer() -> Any:
        found = tensor(shares).movedim(-1, 1) @ _heads(tensor(v), groups, share)
        return found.transpose(1, 2).flatten(-2).numpy()

    return Trial((shares, v), None, {"share": share}, answer)


@trial("slice", "split")
def part(dice: Dice, word: str) -> Trial:
    """torch.narrow refuses what lies outside, where a Python slice is clipped."""
    rank = dice.randint(1, 4)
    x = dice.array(2, *dice.sizes(rank, 1, 6))
    axis = dice.randrange(rank)
    given: dict[str, Any] = {"axis": LETTERS[rank][axis]}
    n = x.shape[axis + 1]
    if word == "split":
        parts, chosen = dice.randint(1, 3), dice.randint(1, 3)
        cut = lambda: tensor(x).unflatten(axis + 1, (parts, -1))  # noqa: E731
        given |= {"parts": parts, "part": chosen}
        return Trial(
            (x,), None, given, lambda: cut().narrow(axis + 1, chosen - 1, 1).squeeze(axis + 1).numpy()
        )
    start, stop, step = (
        dice.randint(-n - 1, n),
        dice.choice([None, dice.randint(-n - 1, n + 1)]),
        dice.randint(1, 3),
    )
    first, last = (i + n if i < 0 else i for i in (start, n if stop is None else stop))
    given |= {"start": start, "stop": stop, "step": step}

    def answer() -> Any:
        if first < 0 or last < first:
            raise ValueError("narrow counts from the end where this is before the beginning")
        kept = tensor(x).narrow(axis + 1, first, last - first)
        return kept.index_select(axis + 1, torch.arange(0, last - first, step)).numpy()

    return Trial((x,), None, given, answer)


@trial("mha")
def mha(dice: Dice) -> Trial:
    """PyTorch's scaled dot-product attention between its linear layers, each head's matrices side by side."""
    share, groups, each = dice.randint(1, 3), dice.randint(1, 3), dice.randint(1, 4)
    heads, batch, width, of_memory = (
        share * groups,
        dice.randint(1, 2),
        dice.randint(1, 6),
        dice.randint(1, 6),
    )
    x, m = dice.array(batch, dice.randint(1, 5), width), dice.array(batch, dice.randint(1, 5), of_memory)
    itself, bias, causal = dice.random() < 0.3, dice.random() < 0.5, dice.random() < 0.5
    known = x if itself else m

    def several(count: int, depth: int, size: int) -> list[tuple[Any, Any]]:
        return [(dice.array(depth, size), dice.array(size) if bias else None) for _head in range(count)]

    asked, keys, values = (
        several(n, k.shape[-1], each) for n, k in ((heads, x), (groups, known), (groups, known))
    )
    behind = several(1, heads * each, heads * each)[0]

    def projected(of: Any, weights: list[tuple[Any, Any]]) -> Any:
        matrix = np.concatenate([matrix for matrix, _bias in weights], 1)
        summand = np.concatenate([b for _matrix, b in weights]) if bias else None
        return F.linear(of, tensor(matrix.T), tensor(summand))

    def answer() -> Any:
        q, k, v = (
            projected(tensor(of), w).unflatten(-1, (len(w), each)).transpose(1, 2)
            for of, w in ((x, asked), (known, keys), (known, values))
        )
        found = F.scaled_dot_product_attention(q, k, v, is_causal=causal, enable_gqa=True)
        return projected(found.transpose(1, 2).flatten(-2), [behind]).numpy()

    given = {"heads": heads, "d": heads * each, "kv_heads": groups, "bias": bias, "causal": causal}
    return Trial((x,) if itself else (x, m), (asked, keys, values, behind), given, answer)
