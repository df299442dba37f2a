"""An operation as problem files write it, `{op: conv, filters: 8, kernel: 3}`, becomes an entry of the spec language.

Pitfall: other people's words are taken here and nowhere else (a problem is copied from its source, a spec is written by
hand): `pool` may be a maximum or an average, which gives the same shape, and `ceil` is a rounding.
"""

from __future__ import annotations

from ... import layers
from ...errors import nearest
from ...layers import Layer
from ...spec.findings import Findings
from ...spec.synonyms import OPTIONS
from ...spec.tree import Mapping, Scalar, Tree
from ...text import _
from .nodes import Fields, build, fields, plain

WORDS = {
    "dwconv": "depthwise", "depthwise_conv": "depthwise", "dw": "depthwise", "depthwiseconv2d": "depthwise",
    "pwconv": "conv", "pointwise": "conv", "convt": "convtranspose", "tconv": "convtranspose",
    "transposed": "convtranspose", "upconv": "convtranspose", "sepconv": "separable", "dwsep": "separable",
    "gap": "globalavgpool", "gmp": "globalmaxpool", "global_pool": "globalavgpool", "globalpool": "globalavgpool",
    "lstm": "lstm", "gru": "gru", "rnn": "rnn", "dense": "fc", "output": "fc", "embedding": "embed", "batchnorm": "bn", "batch_norm": "bn", "norm": "bn",
    "attention": "mha", "self_attention": "mha", "multihead_attention": "mha", "simplernn": "rnn",
    "zeropad": "pad", "activation": "relu", "act": "relu", "unpool": "upsample", "resize": "upsample",
    "skip": "identity", "mha": "mha", "crop2d": "crop", "avg_pool": "avgpool", "max_pool": "maxpool",
}  # fmt: skip
"""Names of operations that are neither our words nor those that a layer lists as its synonyms."""
MERGES = ("concat", "add", "mul")
OTHERS = {
    "kernel": ("f", "filter", "filter_size", "field", "extent"),
    "filters": ("out", "maps", "depth", "features", "units", "outputs", "kernels", "c"),
    "units": ("out", "hidden", "size", "outputs", "hidden_size", "classes", "width"),
    "padding": ("p", "pad"),
    "stride": ("s",),
    "dilation": ("d", "rate"),
    "groups": ("g", "cardinality"),
    "amount": ("pad", "padding", "p", "by", "size", "cropping"),
    "d": ("dim", "size", "features", "out", "width", "units", "model", "hidden"),
    "vocab": ("words", "tokens", "num", "input", "vocabulary"),
    "scale": ("factor", "size", "stride"),
    "heads": ("h", "n_heads"),
    "multiplier": ("m",),
    "rate": ("p",),
    "biases": ("bias_vectors",),
    "layers": ("num_layers", "depth"),
    "shape": ("target", "to", "size"),
    "size": ("output", "out"),
    "output_padding": ("op", "out_padding", "outpad"),
    "kv_heads": ("groups",),
}
"""More words of problem files for our options."""
SILENT = ("op", "name", "label", "note", "activation", "return_sequences", "reset_after", "kind", "type", "mode", "ceil",
          "ceil_mode", "in", "in_channels", "in_features", "input", "framework", "global", "repeat", "times", "trainable", "learned")  # fmt: skip
"""Keys that are no option of a layer: they were read already, or say what the input says."""


def word_of(said: str) -> str | None:
    """The spec's word for an operation's name, or None."""
    low = said.strip().lower()
    if low in MERGES:
        return low
    if low in WORDS:
        return WORDS[low]
    if low in ("pool", "pooling"):
        return "maxpool"
    layer = layers.load(low)
    if layer:
        return layers.word_of(layer)
    return layers.meaning(said) or WORDS.get(low.rstrip("123d"))


def resolve(op: Fields) -> str | None:
    """The spec's word for an operation, its kind considered: an average pool, a global one."""
    word = word_of(str(plain(op.get("op")) or ""))
    if word in ("maxpool", "avgpool") and any(plain(op.get(k)) is True for k in ("trainable", "learned")):
        return "trainablepool"
    if word in ("maxpool", "globalavgpool", "globalmaxpool"):
        kind = " ".join(str(plain(op[k])).lower() for k in ("kind", "type", "mode") if k in op)
        average = any(w in kind for w in ("avg", "average", "mean"))
        if plain(op.get("global")) is True or "global" in kind:
            word = "globalavgpool" if average or "max" not in kind else "globalmaxpool"
        elif word == "maxpool" and average:
            word = "avgpool"
        elif word == "globalavgpool" and "max" in kind:
            word = "globalmaxpool"
    return word


def entry(op: Fields, at: Tree, name: str, bias: Tree | None, findings: Findings, branches: Fields | None = None) -> Tree | None:  # fmt: skip
    """The entry for an operation, called `name`; None where it cannot be told, and that is reported.

    `bias` is what the problem says of all layers, for those that do not say it themselves.
    """
    said = op["op"]
    word = resolve(op)
    if branches is not None:
        return build({word or "concat": {**branches, "name": name}}, at)
    layer = layers.load(word) if word else None
    if layer is None or word is None:
        text = str(plain(said))
        near = (nearest(text, [*WORDS, *layers.words()]) if not findings.full else None) or word
        help = _("did you mean {word}?").format(word=near) if near else _("the layers are listed by: shapecalc layers")  # fmt: skip
        findings.say("SC201", _("there is no layer {word}").format(word=text), said, help)
        return None
    options = _options(op, layer, findings, str(plain(said)))
    if bias is not None and "bias" in layer.OPTIONS and "bias" not in options:
        options["bias"] = bias
    return build({word: {"name": name, **options}}, at)


def _options(op: Fields, layer: type[Layer], findings: Findings, said: str) -> dict[str, Tree]:
    """The options in our words, each with its own place."""
    found: dict[str, Tree] = {}
    for key, value in op.items():
        option = option_of(key, layer)
        if option in found:
            message = _("{key} is given twice").format(key=option)
            findings.say("SC104", message, value, _("write it once"))
        elif option is not None:
            found[option] = value
        elif key in ("kernel", "filters", "units", "stride", "padding", "dilation") and not layer.OPTIONS:
            continue  # a global pool written with its window
        elif key not in SILENT:
            near = nearest(key, list(layer.OPTIONS)) if not findings.full else None
            listed = ", ".join(layer.OPTIONS) or "–"
            help = _("did you mean {word}?").format(word=near) if near else _("it takes {options}").format(options=listed)  # fmt: skip
            findings.say(
                "SC202", _("{word} has no option {option}").format(word=said, option=key), value, help
            )
    if "rounding" in layer.OPTIONS:
        for key in ("ceil", "ceil_mode"):
            if key in op and "rounding" not in found:
                found["rounding"] = build("ceil" if plain(op[key]) is True else "floor", op[key])
    if "biases" in layer.OPTIONS and "reset_after" in op and "biases" not in found:
        found["biases"] = build(2 if plain(op["reset_after"]) is True else 1, op["reset_after"])
    if str(plain(op["op"])).lower() in ("pwconv", "pointwise") and "kernel" not in found:
        found["kernel"] = build(1, op["op"])
    return found


def option_of(key: str, layer: type[Layer]) -> str | None:
    """The layer's option that a problem file calls `key`, or None."""
    if key in layer.OPTIONS:
        return key
    low = key.lower()
    if low in layer.short:
        return layer.short[low]
    if low in SILENT:
        return None
    return next(
        (o for o in layer.OPTIONS if low in OPTIONS.get(o, ()) or low in OTHERS.get(o, ())), None
    )  # fmt: skip


def branches_of(op: Fields) -> Fields | None:
    """The branches of a merge, by name; None where it is none, or joins what stands before by name."""
    node = op.get("branches") or op.get("paths")
    if isinstance(node, Mapping):
        return fields(node)
    items = getattr(node, "items", None)
    return {f"b{i}": item for i, item in enumerate(items, 1)} if isinstance(items, list) else None


def is_blank(node: Tree | None) -> bool:
    """Whether this is a blank to be solved for: `?` in quotes, `unknown`, x."""
    return isinstance(node, Scalar) and node.text.strip() in ("?", "??", "unknown", "？")
