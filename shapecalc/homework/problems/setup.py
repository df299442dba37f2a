"""A setup becomes recipes: the network it lists, the variants it names, or the one layer that its numbers describe.

Pitfall: a setup may say no more than the question needs (`kernel: 7`), so what is not said is chosen where it does not
matter (an input large enough, one channel) and never where it does.
"""

from __future__ import annotations

import re
from collections.abc import Mapping as Lookup
from typing import Any

from ... import layers as registry
from ...record import Record
from ...spec.findings import Findings
from ...spec.tree import Mapping, Scalar, Sequence, Tree
from ..conventions import Conventions
from . import ops
from .cells import norm
from .named import layer_of
from .nodes import Fields, build, fields, items, plain, sizes, whole
from .recipe import AROUND, LARGE, Recipe, Step, recipe_of, steps_of

WINDOW = ("kernel", "stride", "padding", "dilation", "filters", "groups", "rounding", "ceil", "ceil_mode", "output_padding",
          "bias", "multiplier")  # fmt: skip
NAMES = {
    "k": "kernel", "f": "kernel", "kernel_size": "kernel", "s": "stride", "p": "padding", "pad": "padding", "d": "dilation",
    "width": "n", "height": "n", "length": "n", "in_size": "n", "input_size": "n", "output": "out", "m": "out",
    "in_channels": "channels", "c_in": "channels", "cin": "channels", "depth": "channels", "c": "channels",
    "out_channels": "filters", "c_out": "filters", "cout": "filters", "hidden": "units", "hidden_size": "units",
    "image": "n", "side": "n", "image_size": "n", "w": "n", "hidden_units": "units", "sizes": "units", "widths": "units",
    "timesteps": "steps", "time": "steps", "seq_len": "steps", "sequence": "steps", "t": "steps",
    "input_dim": "features", "embed": "dim", "embedding_dim": "dim", "d_model": "dim", "model_dim": "dim",
    "embed_dim": "dim", "num_heads": "heads", "h": "heads", "vocabulary": "vocab", "vocab_size": "vocab",
    "num_classes": "classes", "outputs": "classes",
}  # fmt: skip
"""Other names of the numbers a setup says."""
_WORDS = (("lstm", "lstm"), ("gru", "gru"), ("attention", "mha"), ("注意力", "mha"), ("rnn", "rnn"), ("recurrent", "rnn"),
          ("循环", "rnn"))  # fmt: skip
_TRANSPOSED = re.compile(r"transpos|deconv|fractional|up-?conv|转置|反卷积", re.IGNORECASE)
_LINE = re.compile(r"\b1-?d\b|one-dimensional|vector|sequence|signal|一维|序列", re.IGNORECASE)


class Draft(Record):
    """What a setup gives: a `main` recipe or none, `variants` by name, its numbers as `knobs`, and the words around."""

    at: Tree
    main: Recipe | None
    variants: Lookup[str, Recipe]
    knobs: Fields
    question: str
    topics: tuple[str, ...]
    cells: tuple[str, ...]
    strange: tuple[str, ...] = ()

    def number(self, *names: str) -> int | None:
        """The first of these numbers that the setup says."""
        return next((n for name in names if (n := whole(self.knobs.get(name))) is not None), None)


def draft(
    node: Tree,
    question: str,
    topics: tuple[str, ...],
    cells: tuple[str, ...],
    findings: Findings,
    strict: bool = False,
) -> Draft:
    """Read a setup; a `strict` reading makes no window of it where it says numbers that are not understood."""
    said = fields(node)
    whole_input = next((k for k in _INPUTS if k in said and len(sizes(said[k])) > 1), None)
    if "input" not in said and whole_input:
        said = {("input" if k == whole_input else k): v for k, v in said.items()}
    if "branches" in said and "layers" not in said:
        merged = {"op": said.get("merge", build("concat", node)), "branches": said["branches"]}
        after = items(said.get("then", said.get("after")))
        said = {k: v for k, v in said.items() if k not in ("branches", "merge", "then", "after")}
        said["layers"] = build([merged, *after], node)
    known = {"input", "layers", "bias", "batch", *AROUND}
    knobs: dict[str, Tree] = {}
    for key, value in said.items():
        knobs[NAMES.get(key.lower(), key)] = value
    if any(plain(said.get(key)) is True for key in ("no_bias", "weights_only")):
        knobs["bias"] = build(False, node)
    if "patch" in knobs and "kernel" not in knobs:
        knobs |= {"kernel": knobs["patch"], "stride": knobs["patch"]}
        if "dim" in knobs:
            knobs.setdefault("filters", knobs["dim"])
    tall, wide = said.get("height", said.get("h")), said.get("width", said.get("w"))
    if tall is not None and wide is not None:
        knobs["n"] = build([tall, wide], node)
    variants: dict[str, Recipe] = {}
    shared = {k: v for k, v in said.items() if k in known and k != "layers"}
    me = Draft(node, None, {}, knobs, question, topics, cells)
    for key, value in said.items():
        if key in known:
            continue
        recipe = None if key in _CASES else _variant(me, key, value, shared, findings)
        if recipe is not None:
            variants[key] = recipe
        elif isinstance(value, Sequence) and len(value.items) == len(cells) > 1 and key not in _LISTS:
            many = {
                c: r for c, item in zip(cells, value.items) if (r := _variant(me, c, item, shared, findings))
            }
            if len(many) == len(cells):
                variants |= many
    main = None
    strange = _strange(said, variants) if strict else ()
    if "layers" in said or "base" in said:
        main = recipe_of(build(said, node), findings)
        if isinstance(said.get("layers"), Scalar) and whole(said["layers"]) is not None:
            main = _by_numbers(me, knobs, findings)
        elif said.get("input") is None and main.steps and all(s.op and ops.resolve(s.op) == "fc" and isinstance(s.at, Scalar) for s in main.steps):  # fmt: skip
            main = main._replace(input=build([main.steps[0].at], node), steps=main.steps[1:])
    elif "model" in said:
        main = model(said["model"], said.get("input"))
    elif not variants and not strange:
        main = _by_numbers(me, knobs, findings)
    main = _sized(main, me) if main else None
    return me._replace(main=main, variants={n: _sized(r, me) for n, r in variants.items()}, strange=strange)


def _strange(said: Fields, variants: Lookup[str, Recipe]) -> tuple[str, ...]:
    """Numbers of a setup that nothing here understands: a window worked out without them would be a guess."""
    found = []
    for key, value in said.items():
        known = (
            key in variants or key in UNDERSTOOD or NAMES.get(key.lower(), "") in UNDERSTOOD or key in _CASES
        )
        numbers = sizes(value) or isinstance(plain(value), float)
        if not known and numbers:
            found.append(key)
    return tuple(found)


_INPUTS = ("input_shape", "input_size", "in", "x", "volume", "image", "shape", "size")
"""Other keys under which a whole input may stand, [32, 32, 3]."""
UNDERSTOOD = ("input", "layers", "bias", "batch", "layout", "params", "blocks", "outputs", "frozen", "base", "set", "model", "n",
              *WINDOW, "channels", "out", "expect", "inputs", "strides", "kernels", "paddings", "dilations", "steps",
              "features", "units", "vocab", "dim", "heads", "classes", "weights", "biases", "macs", "flops",
              "activations", "total_params", "op", "dilation_from_zero", "bidirectional", "reset_after", "patch", "ff",
              "d_ff", "ffn", "repeat", "times", "count", "stack", "num_layers", "out_size", "output_size",
              "output_shape", "kv_heads", "causal", "dilation_from_one", "cell_type", "height", "h", "width", "w", "count_padding",
              "no_bias", "weights_only", "bytes_per_value", "classes")  # fmt: skip
"""Numbers of a setup that are made use of."""


def under(me: Draft, conventions: Conventions) -> Draft:
    """The draft with its operations as the conventions mean them: dilation counted from 0, two biases a gate.

    Entries of the spec language are not touched: there 1 is no gap, and a layer says its biases itself.
    """
    if conventions.dilation == 1 and conventions.rnn_biases == 1:
        return me

    def step(s: Step) -> Step:
        op = dict(s.op)
        word = ops.resolve(op) if op else None
        if conventions.dilation == 0 and word is not None:
            for key in [
                k for k in op if ops.option_of(k, registry.load(word) or registry.Layer) == "dilation"
            ]:
                found = sizes(op[key])
                op[key] = (
                    build([n + 1 for n in found] if len(found) > 1 else found[0] + 1, op[key])
                    if found
                    else op[key]
                )
        if (
            conventions.rnn_biases == 2
            and word in ("lstm", "gru", "rnn")
            and not {"biases", "reset_after"} & set(op)
        ):
            op["biases"] = build(2, s.at)
        return s._replace(op=op)

    def recipe(r: Recipe) -> Recipe:
        return r._replace(steps=tuple(map(step, r.steps)))

    return me._replace(
        main=recipe(me.main) if me.main else None,
        variants={name: recipe(r) for name, r in me.variants.items()},
    )


def _sized(recipe: Recipe, me: Draft) -> Recipe:
    """A recipe without an input on the size that the setup says apart, and with its biases."""
    if recipe.bias is None and "bias" in me.knobs:
        recipe = recipe._replace(bias=me.knobs["bias"])
    said = sizes(me.knobs.get("n")) if recipe.input is None and "n" in me.knobs and recipe.steps else ()
    if not said:
        return recipe
    line = "conv1d" in me.topics or bool(_LINE.search(me.question))
    axes = said if len(said) > 1 or line else said * 2
    return recipe._replace(input=build([*axes, me.number("channels") or 1], me.knobs["n"]))


def model(node: Tree, shape: Tree | None, version: str = "") -> Recipe | None:
    """A network that comes with the program, by its usual name, and the version of it that libraries have."""
    from ... import catalogue

    wanted = norm(str(plain(node)) + version)
    name = next((n for n in catalogue.names() if norm(n) in (wanted, f"{wanted}v1")), None)
    if name is None:
        return None
    around = {"base": build(name, node)} | ({"input": shape} if shape is not None else {})
    return Recipe(node, around=around)


def _variant(me: Draft, key: str, value: Tree, shared: Fields, findings: Findings) -> Recipe | None:
    """A network under a name of its own: a mapping with layers, a list of operations, [n, kernel, stride], or numbers."""
    inner = fields(value)
    if isinstance(value, Mapping):
        if "layers" in inner:
            return recipe_of(value, findings, shared)
        if "op" in inner:
            return recipe_of(build({"layers": [value]}, value), findings, shared)
        if "model" in inner:
            return model(inner["model"], inner.get("input"))
        own = {NAMES.get(k.lower(), k): v for k, v in inner.items()}
        if "layers" in me.knobs and isinstance(me.knobs["layers"], Sequence):
            changes = {k: plain(v) for k, v in own.items()}
            base = recipe_of(me.at, findings)
            return (
                base.change(changes)
                if "input" not in own
                else base._replace(input=own["input"]).change(changes)
            )
        return _by_numbers(me, {**me.knobs, **own}, findings)
    if not isinstance(value, Sequence) or not value.items or key in NAMES or key in _LISTS:
        return None
    if all("op" in fields(item) or _is_entry(item) or isinstance(item, Sequence) for item in value.items):
        if isinstance(value.items[0], Sequence) and key in WINDOW:
            return None
        return Recipe(value, shared.get("input"), steps_of(value, findings), shared.get("bias"))
    numbers = sizes(value)
    if len(numbers) >= 3 and key not in WINDOW:
        row = dict(zip(("n", "kernel", "stride", "padding", "dilation"), value.items))
        return _by_numbers(me, {**me.knobs, **row}, findings)
    if len(numbers) == 2 and key not in WINDOW:
        return _by_numbers(me, {**me.knobs, "n": value}, findings)
    return None


def _is_entry(item: Tree) -> bool:
    """Whether this is an entry of the spec language: a layer's word, or one with its options."""
    said = fields(item)
    word = next(iter(said)) if len(said) == 1 else getattr(item, "text", "")
    return bool(word) and (registry.load(word) is not None or word[:1].isupper() or word == "seq")


_LISTS = ("inputs", "strides", "kernels", "units", "paddings", "dilations", "input", "n", "out", "sizes", "choices", "hidden",
          "layers", "filters", "channels")  # fmt: skip


def _by_numbers(me: Draft, knobs: Fields, findings: Findings) -> Recipe | None:
    """The one layer, or the chain of layers, that a setup's numbers describe."""
    word = _spoken(me)
    if word and ({"units", "features", "dim", "heads"} & set(knobs)):
        return _sequence(me, knobs, word)
    if "vocab" in knobs or ("units" in knobs and "input" in knobs):
        return None  # the cells say which layers
    chain = _chain(me, knobs)
    if chain is not None:
        return chain
    width = knobs.get("features", knobs.get("inputs"))
    if width is not None and whole(width) is not None and "kernel" not in knobs:
        units = knobs.get("units", knobs.get("classes", build("?", me.at)))
        if whole(units) is not None or ops.is_blank(units):
            step = Step({"op": build("fc", me.at), "units": units}, me.at)
            return Recipe(me.at, build([width], width), (step,), knobs.get("bias"))
    if (
        "kernel" in knobs
        or ("n" in knobs and {"out", "stride", "padding"} & set(knobs))
        or "kernels" in knobs
    ):
        return _window(me, knobs)
    return None


def _chain(me: Draft, knobs: Fields) -> Recipe | None:
    """Several layers whose numbers stand in lists, `kernels: [3, 3]`, or the same one several times, `layers: 10`."""
    at = me.at
    lists = {
        option: items(knobs[key]) for key, option in _CHAINED.items() if isinstance(knobs.get(key), Sequence)
    }
    lists = {
        k: v
        for k, v in lists.items()
        if len(v) != len(me.cells) or len(me.cells) == 1 or "receptive" in me.question
    }
    lists = {key: listed for key, listed in lists.items() if listed}
    several = isinstance(knobs.get("channels"), Sequence)
    turns = me.number("layers", "repeat", "times", "count", "stack", "num_layers") or 1
    if several:
        widths = items(knobs["channels"])
        lists["filters"] = widths[1:]
    if not lists and turns == 1:
        return None
    if "kernel" not in lists and "kernel" not in knobs:
        return None
    one = _window(me, {k: v for k, v in knobs.items() if k not in _CHAINED and k != "channels"} | {"kernel": lists.get("kernel", [knobs.get("kernel", at)])[0]})  # fmt: skip
    length = max([turns, *map(len, lists.values())])
    steps = []
    for i in range(length):
        own = {k: v[min(i, len(v) - 1)] for k, v in lists.items() if v}
        steps.append(one.steps[0]._replace(op={**one.steps[0].op, **own}))
    shape = one.input
    if several and shape is not None:
        shape = build([*sizes(shape)[:-1], items(knobs["channels"])[0]], at)
    free = one.free
    if free and shape is not None:
        shape = build([LARGE] * (len(sizes(shape)) - 1) + [sizes(shape)[-1]], at)
    return one._replace(steps=tuple(steps), input=shape, free=free)


_CASES = ("cases", "rows", "settings", "examples", "parts", "questions")
"""Keys whose list has one item a cell."""
_CHAINED = {
    "kernels": "kernel",
    "strides": "stride",
    "paddings": "padding",
    "dilations": "dilation",
    "filters": "filters",
}


def _spoken(me: Draft) -> str | None:
    """The kind of layer for sequences that the problem speaks of."""
    op = me.knobs.get("op") or me.knobs.get("layer") or me.knobs.get("cell") or me.knobs.get("type")
    said = " ".join([*me.topics, me.question.lower(), str(plain(op) or "").lower()])
    return next((word for mark, word in _WORDS if mark in said), None)


def _sequence(me: Draft, knobs: Fields, word: str) -> Recipe | None:
    """A recurrent layer or attention: steps and features go in, units come out."""
    if any(layer_of(cell) in ("embed", "fc", "ffn") for cell in me.cells):
        return None  # a network: the cells say which layers
    width = knobs.get("features") or knobs.get("dim") or knobs.get("input")
    at = me.at
    steps = knobs.get("steps") or knobs.get("n") or build(8, at)
    shape = build([steps, width], at) if width is not None and len(sizes(width)) == 1 else width
    if shape is None:
        return None
    allowed = {
        "lstm": ("units", "layers", "bidirectional", "bias", "biases"),
        "gru": ("units", "layers", "bidirectional", "bias", "biases", "reset_after"),
        "rnn": ("units", "layers", "bidirectional", "bias", "biases"),
        "mha": ("heads", "bias", "causal", "kv_heads"),
    }[word]
    op = {"op": build(word, at), **{key: knobs[key] for key in allowed if key in knobs}}
    if word == "mha" and "heads" not in op:
        op["heads"] = build(1, at)
    return Recipe(at, shape, (Step(op, at),))


def _window(me: Draft, knobs: Fields) -> Recipe:
    """One convolution (or pool) whose numbers are given; what is not said does not matter."""
    at = me.at
    said = str(plain(knobs.get("op")) or "")
    kind = said or ("convT" if _TRANSPOSED.search(me.question) and "stride" in knobs else "conv")
    if not said and "output_padding" in knobs:
        kind = "convT"
    op: dict[str, Tree] = {"op": build(kind, at)}
    for key in WINDOW:
        if key in knobs and not (key == "filters" and ops.word_of(kind) == "maxpool"):
            op[key] = knobs[key]
    if "dilation_from_zero" in knobs and (zero := whole(knobs["dilation_from_zero"])) is not None:
        op["dilation"] = build(zero + 1, knobs["dilation_from_zero"])
    if ops.word_of(kind) in ("conv", "convtranspose") and "filters" not in op:
        op["filters"] = build(1, at)
    if "kernel" not in op:
        op["kernel"] = build("?", at)
    channels = whole(knobs.get("channels")) or 1
    shape: Any = knobs.get("input")
    free = shape is None and "n" not in knobs
    if shape is None:
        taps = list(sizes(op["kernel"])) or [1]
        wide = sizes(knobs["n"]) if "n" in knobs else ()
        if not wide and "n" in knobs:
            wide = (1,)
        if not wide:
            spread = whole(op.get("dilation")) or 1
            wide = tuple(spread * (t - 1) + 1 for t in taps)
        line = "conv1d" in me.topics or bool(_LINE.search(me.question))
        axes = max(len(wide), len(taps), 1 if line else 2)
        wide = wide if len(wide) > 1 else wide * axes
        shape = build([*wide, channels], knobs.get("n", at))
    return Recipe(at, shape, (Step(op, at),), knobs.get("bias"), free=free)


def is_scalar(node: Tree | None) -> bool:
    """Whether this is one word or number."""
    return isinstance(node, Scalar) and not node.null
