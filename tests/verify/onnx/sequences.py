"""ONNX's recurrent layers, its attention, and its parts of an axis, said with our kernels.

Pitfall: ONNX puts the sequence before the batch and has its own order of gates; both are turned here and nowhere else.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from ..world import execute
from .adapters import LETTERS, Attributes, NotOurs, operator

ORDERS = {"RNN": (0,), "GRU": (1, 0, 2), "LSTM": (0, 2, 3, 1)}
"""Where each of our gates lies in ONNX's weights: r z n in z r h, and i f g o in i o f c."""


@operator("RNN", "GRU", "LSTM")
def recurrent(
    a: Attributes, x: Any, w: Any, r: Any, b: Any = None, *more: Any, op: str, place: int = 0
) -> Any:
    """A backward direction by itself reads a reversed sequence; Y_h is the last position of each direction."""
    lengths, *states = [*more, None, None, None, None][:4]
    if any(state is not None and np.any(state) for state in states):
        raise NotOurs("a state that was there before, or peepholes")
    if place == 2 or (lengths is not None and set(lengths.tolist()) != {len(x)}):
        raise NotOurs("a cell's memory, or sequences of different lengths")
    units, way = a["hidden_size"], a.get("direction", b"forward")
    batched = x if a.get("layout") else np.moveaxis(x, 0, 1)
    if way == b"reverse":
        batched = batched[:, ::-1]

    def gates(array: Any) -> Any:
        """The blocks of `units` rows, in our order."""
        blocks = np.split(array, len(array) // units)
        return np.concatenate([blocks[i] for i in ORDERS[op]]) if len(blocks) == len(ORDERS[op]) else array

    after = op != "GRU" or bool(a.get("linear_before_reset"))
    layer = []
    for number in range(len(w)):
        first, second = (None, None) if b is None else (gates(half) for half in np.split(b[number], 2))
        if not after and b is not None:
            first, second = first + second, None
        layer.append((gates(w[number]).T, gates(r[number]).T, first, second))
    given = {"units": units, "bidirectional": len(w) == 2, "bias": b is not None, "biases": 2 if after else 1}
    y = execute(op.lower(), batched, weights=[layer], **given).y
    y = y[:, ::-1] if way == b"reverse" else y
    apart = np.stack(np.split(y, len(w), axis=-1), 1)  # batch, direction, position, unit
    if place == 1:
        ends = [0] if way == b"reverse" else [-1, 0][: len(w)]
        last = np.stack([apart[:, d, end] for d, end in enumerate(ends)])
        return np.moveaxis(last, 0, 1) if a.get("layout") else last
    return np.moveaxis(apart, 2, 1) if a.get("layout") else np.transpose(apart, (2, 1, 0, 3))


@operator("Attention")
def attention(
    a: Attributes, q: Any, k: Any, v: Any, mask: Any = None, past_k: Any = None, past_v: Any = None, padded: Any = None
) -> Any:  # fmt: skip
    """Scores, a cap and a mask over them, softmax, and the weighted sum."""
    windows = {a.get(f"{side}_window_size", -1) for side in ("left", "right")}
    if padded is not None or windows != {-1} or (past_k is not None and a.get("is_causal")):
        raise NotOurs("a window, a cache that is partly filled, or a mask that begins later")
    if q.dtype.name == "bfloat16":
        raise NotOurs("numbers of sixteen bits")
    batched = q.ndim == 3
    heads = a["q_num_heads"] if batched else q.shape[1]
    groups = a["kv_num_heads"] if batched else k.shape[1]
    q, k, v, *past = (x if x is None or x.ndim == 3 else np.moveaxis(x, 1, 2).reshape(len(x), x.shape[2], -1)
                      for x in (q, k, v, past_k, past_v))  # fmt: skip
    if past_k is not None:
        k, v = (execute("concat", old, new, axis="T").y for old, new in zip(past, (k, v)))
    if "scale" in a:  # ours is 1 / √d: the queries take what is left of it
        q = execute("scale", q, factor=float(a["scale"]) * (q.shape[-1] // heads) ** 0.5).y
    given = {"heads": heads, "share": heads // groups}
    y = execute("scores", q, k, **given, causal=bool(a.get("is_causal"))).y
    if cap := a.get("softcap", 0.0):
        y = execute("scale", execute("tanh", execute("scale", y, factor=1 / cap).y).y, factor=cap).y
    if mask is not None:
        hidden = np.where(mask, 0, -np.inf) if mask.dtype == bool else mask.astype(np.float32)
        whole = np.broadcast_to(hidden, (len(y), y.shape[-1], *y.shape[1:3]))
        y = execute("add", y, np.moveaxis(whole, 1, -1)).y
    if np.any(np.all(y == -np.inf, axis=2)):
        raise NotOurs("a row of which everything is hidden")
    y = execute("attend", execute("softmax", y, axis="W").y, v, share=given["share"]).y
    return y if batched else np.moveaxis(y.reshape(*y.shape[:2], heads, -1), 2, 1)


@operator("Split")
def split(a: Attributes, x: Any, sizes: Any = None, *, parts: int) -> Any:
    """All parts; where they differ, each is a slice."""
    place = a.get("axis", 0) % x.ndim
    axis, n = LETTERS[x.ndim][place], x.shape[place]
    if sizes is None and n % parts == 0:
        return [execute("split", x[None], parts=parts, part=i + 1, axis=axis).y[0] for i in range(parts)]
    each = [-(-n // parts)] * parts if sizes is None else sizes.tolist()
    ends = np.minimum(np.cumsum(each), n).tolist()
    given = [{"start": start, "stop": end} for start, end in zip([0, *ends], ends)]
    return [execute("slice", x[None], axis=axis, **cut).y[0] for cut in given]


@operator("Slice")
def sliced(
    a: Attributes, x: Any, starts: Any = None, ends: Any = None, axes: Any = None, steps: Any = None
) -> Any:
    """One axis after another; what lies beyond the end is clipped by ONNX, and written as the end here."""
    starts, ends = (list(a[n]) if v is None else v.tolist() for n, v in (("starts", starts), ("ends", ends)))
    axes = a.get("axes", list(range(len(starts)))) if axes is None else axes.tolist()
    for i, (axis, start, end) in enumerate(zip(axes, starts, ends)):
        step = 1 if steps is None else int(steps[i])
        if step < 1:
            raise NotOurs("backwards")
        given = {"start": start, "stop": None if end >= x.shape[axis] else end, "step": step}
        x = execute("slice", x[None], axis=LETTERS[x.ndim][axis], **given).y[0]
    return x
