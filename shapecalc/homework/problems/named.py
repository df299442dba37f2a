"""A network whose layers only the cells name, `embedding`, `lstm_1`, `dense`: the setup's numbers are used up in order.

Pitfall: a cell says which layer and seldom how large, so where no number is left for one there is no network.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from ...spec.findings import Findings
from ...spec.tree import Sequence
from . import ops, prose
from .cells import words
from .nodes import build, fields, plain
from .recipe import Recipe, Step

if TYPE_CHECKING:
    from .setup import Draft

_FEED_FORWARD = ("ffn", "feedforward", "feed")


def from_cells(me: Draft, findings: Findings) -> Recipe | None:
    """The network whose layers only the cells name, `embedding`, `lstm_1`, `dense`: the setup's lists are used up in order.

    Where the setup has variants, cells such as `concat`, `flatten` and `linear` go on from all of them.
    """
    del findings
    at = me.at
    steps: list[Step] = []
    joined = _joined(me)
    if joined is not None:
        steps.append(joined)
    units = list(plain(me.knobs.get("units")) or []) if isinstance(me.knobs.get("units"), Sequence) else [plain(me.knobs.get("units"))]  # fmt: skip
    queue = [u for u in units if isinstance(u, int)]
    layers = [(cell, word) for cell in me.cells if (word := layer_of(cell)) and word not in ops.MERGES]
    frozen = bool(
        re.search(
            r"embedding[^.;]*(frozen|fixed|not trained)|frozen[^.;]*embedding|冻结",
            me.question,
            re.IGNORECASE,
        )
    )
    for i, (cell, word) in enumerate(layers):
        op: dict[str, Any] = {"op": word, "name": cell}
        last = not any(w in ("fc", "linear", "lstm", "gru", "rnn") for _, w in layers[i + 1 :])
        if word in ("fc", "linear", "lstm", "gru", "rnn"):
            classes = me.number("classes")
            if last and classes is not None:
                op["units"] = classes
            elif queue:
                op["units"] = queue.pop(0)
            elif last and word in ("fc", "linear") and (said := prose.units(me.question)) is not None:
                op["units"] = said
            else:
                return None
        elif word == "embed":
            vocab, width = me.number("vocab"), me.number("dim", "features")
            if vocab is None or width is None:
                return None
            entry: dict[str, Any] = {"vocab": vocab, "d": width, "name": re.sub(r"\W", "_", cell)}
            if frozen:
                entry["frozen"] = True
            steps.append(Step({}, at, build({"embed": entry}, at)))
            continue
        elif word == "mha":
            op["heads"] = me.number("heads") or 1
        elif word == "ffn":
            wide, inner = me.number("dim", "features"), me.number("ff", "d_ff", "ffn", "units", "hidden")
            if wide is None or inner is None:
                return None
            twice = [{"linear": inner}, "relu", {"linear": wide}]
            steps.append(
                Step({}, at, build({"seq": {"name": re.sub(r"\W", "_", cell), "layers": twice}}, at))
            )
            continue
        elif word not in ("bn", "flatten", "relu", "dropout", "softmax", "globalavgpool", "layernorm"):
            return None
        steps.append(Step({k: build(v, at) for k, v in op.items()}, at))
    if not steps and len(queue) > 1 and not layers:
        first = [] if "input" in me.knobs else [queue.pop(0)]
        steps = [Step({"op": build("fc", at), "units": build(u, at)}, at) for u in queue]
        return Recipe(at, me.knobs.get("input") or build(first, at), tuple(steps), me.knobs.get("bias"))
    if not steps:
        return None
    shape = me.knobs.get("input")
    if joined is not None and shape is None:
        shape = next((r.input for r in me.variants.values() if r.input is not None), None)
    if shape is None and any(word in ("mha", "ffn") for _c, word in layers):
        wide = me.number("dim", "features")
        shape = build([me.number("steps", "n") or 10, wide], at) if wide else None
    if shape is None and any("embed" in fields(s.entry) for s in steps if s.entry):
        shape = build([me.number("steps", "n") or 10], at)
    return None if shape is None else Recipe(at, shape, tuple(steps), me.knobs.get("bias"))


def _joined(me: Draft) -> Step | None:
    """The variants as branches, where a cell says that they are put together."""
    cell, word = next(((c, w) for c in me.cells if (w := layer_of(c)) in ops.MERGES), ("", None))
    if word is None or len(me.variants) < 2:
        return None
    branches = {f"branch_{name}": fields(r.at).get("layers", r.at) for name, r in me.variants.items()}
    return Step(
        {"op": build(word, me.at), "name": build(cell, me.at), "branches": build(branches, me.at)}, me.at
    )


def layer_of(cell: str) -> str | None:
    """The layer that a cell's name begins with, or None."""
    if ":" in cell:
        cell = cell.rpartition(":")[0]
    said = words(cell)
    joined = ops.word_of("_".join(word for word in said if not word.isdigit()))
    if joined is not None and len(said) > 1:
        return joined
    if said and said[0] in _FEED_FORWARD:
        return "ffn"
    return (
        ops.word_of(said[0])
        if said and len(said[0]) > 1 and said[0] not in ("output", "size", "input")
        else None
    )
