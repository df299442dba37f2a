"""Random small networks, written as a person writes them: chains, residuals, branches, groups of layers, repeats.

Every layer is tried on the shape at hand. What the engine refuses is left out of the network and kept as a refusal, for
the kernels must refuse it too.
"""

from __future__ import annotations

from collections.abc import Callable
from math import prod
from typing import Any, NamedTuple

from hypothesis import strategies as st

from shapecalc import catalogue, layers
from shapecalc.engine import Bound, Overrides, bind
from shapecalc.errors import Source, SpecError
from shapecalc.graph import Graph
from shapecalc.spec import load

from .sample import refusals

LARGEST = 4_000
"""Values of a map that may still grow."""
AXES = {1: "C", 2: "TC", 3: "HWC", 4: "ZHWC"}
EVERYWHERE = ("relu", "relu6", "leakyrelu", "prelu", "elu", "sigmoid", "tanh", "gelu", "silu", "hardswish", "hardsigmoid",
              "identity", "dropout", "bn", "layernorm", "rmsnorm", "scale", "softmax", "linear", "fc", "flatten", "reshape",
              "rbf", "lrn", "shuffle", "slice", "split")  # fmt: skip
ON_MAPS = ("conv", "depthwise", "separable", "convtranspose", "maxpool", "avgpool", "lppool", "trainablepool", "subsample",
           "adaptiveavgpool", "adaptivemaxpool", "globalavgpool", "globalmaxpool", "groupnorm", "instancenorm", "pad",
           "crop", "permute", "upsample", "add", "concat", "mul", "seq")  # fmt: skip
SOMEWHERE = {
    1: ("embed",),
    2: ("posenc", "tokens", "rnn", "gru", "lstm", "mha", "mha", "se"),
    3: ("pixelshuffle", "depthtospace", "spacetodepth", "se"),
    4: ("se",),
}


def _new() -> tuple[str, ...]:
    """Layers that no list names and that need no option: what someone has added."""
    listed = {*EVERYWHERE, *ON_MAPS, *(word for words in SOMEWHERE.values() for word in words)}
    kinds = ((word, layers.load(word)) for word in layers.words() if word not in listed)
    return tuple(
        word
        for word, kind in kinds
        if kind and not kind.merges and not kind.ranks and not any(o.required for o in kind.OPTIONS.values())
    )


EVERYWHERE = (*EVERYWHERE, *_new())


class Refused(NamedTuple):
    """A layer that the engine refused: the code, the spec up to it, and the layer alone as a graph."""

    code: str
    text: str
    graph: Graph


class Network(NamedTuple):
    text: str
    refused: tuple[Refused, ...]


class Writer:
    """A spec that grows line by line."""

    def __init__(self, draw: Callable[[Any], Any]) -> None:
        self.draw = draw
        self.refused: list[Refused] = []
        self.lines: list[str] = []
        self.x: tuple[int, ...] = ()

    def one(self, *values: Any) -> Any:
        return self.draw(st.sampled_from(values))

    def number(self, low: int, high: int) -> int:
        return int(self.draw(st.integers(low, high)))

    def size(self, low: int, high: int) -> Any:
        """One number for all axes, or one for each."""
        axes = len(self.x) - 1
        if axes == 0 or self.one(True, False):
            return self.number(low, high)
        return [self.number(low, high) for _ in range(axes)]

    def padding(self, *words: str) -> Any:
        kind = self.one("word", "number", "sides")
        if kind == "word":
            return self.one(*words)
        return self.size(0, 3) if kind == "number" else self.sides(3)

    def sides(self, most: int) -> Any:
        return [[self.number(0, most), self.number(0, most)] for _ in self.x[:-1]] or 0

    def write(self, depth: int = 0) -> str:
        """One more entry, as text without its dash."""
        words = EVERYWHERE if len(self.x) == 1 else self.one(EVERYWHERE, ON_MAPS, ON_MAPS, ON_MAPS)
        word = self.one(*words, *SOMEWHERE.get(len(self.x), ()))
        if word in ("add", "concat", "mul", "seq"):
            return "relu" if depth else self.group(word)
        given = getattr(self, f"o_{word}", dict)()
        return f"{word}: {{{', '.join(f'{k}: {_yaml(v)}' for k, v in given.items())}}}" if given else word

    def group(self, word: str) -> str:
        """Branches on one input, or a sequence; an inner entry may not fit, and then nothing of the group is taken."""
        if word == "seq":
            return f"seq: {{repeat: {self.number(0, 3)}, layers: [{self.chain()}]}}"
        same = f"conv: {{filters: {self.x[-1]}, kernel: {self.one(1, 3, 5)}, padding: same}}"
        last = same if word == "add" or self.one(True, False) else self.write(1)
        parts = [f"a: [{{{self.write(1)}}}, {{{last}}}]".replace("{relu}", "relu"), "b: identity"]
        if word == "mul":
            parts = ["a: [globalavgpool, sigmoid]", "b: []"]
        if word == "concat" and self.one(True, False):
            parts.append(f"axis: {self.one(*AXES[len(self.x)])}")
        return f"{word}: {{{', '.join(parts)}}}"

    def chain(self) -> str:
        return ", ".join(
            f"{{{line}}}" if ":" in line else line
            for line in (self.write(1) for _ in range(self.number(1, 2)))
        )

    # the options of each layer that has any

    def o_conv(self) -> dict[str, Any]:
        groups = self.one(1, 1, 1, 2, 3, self.x[-1])
        given = {"filters": groups * self.number(1, 3) + self.one(0, 0, 0, 1), "kernel": self.size(1, 4), "stride": self.size(1, 3),
                 "padding": self.padding("valid", "same", "same_lower", "full", "keep"), "dilation": self.size(1, 2),
                 "groups": groups, "bias": self.one(True, False), "rounding": self.one("floor", "floor", "ceil")}  # fmt: skip
        if groups == 1 and self.one(False, False, True):
            maps = st.lists(st.integers(0, self.x[-1]), min_size=1, max_size=3)
            given["connections"] = [self.draw(maps) for _ in range(given["filters"])]
        return given

    def o_depthwise(self) -> dict[str, Any]:
        return {"kernel": self.size(1, 4), "stride": self.size(1, 3), "padding": self.padding("same", "full", "keep"),
                "dilation": self.size(1, 2), "multiplier": self.number(1, 3), "bias": self.one(True, False)}  # fmt: skip

    def o_separable(self) -> dict[str, Any]:
        return {"filters": self.number(1, 4), "kernel": self.size(1, 3), "stride": self.size(1, 2),
                "padding": self.padding("same", "valid"), "multiplier": self.number(1, 2)}  # fmt: skip

    def o_convtranspose(self) -> dict[str, Any]:
        groups = self.one(1, 1, 2)
        return {"filters": groups * self.number(1, 2), "kernel": self.size(1, 4), "stride": self.size(1, 3),
                "padding": self.padding("same", "valid", "same_lower", "full"), "output_padding": self.one(0, 0, self.size(0, 2)),
                "dilation": self.size(1, 2), "groups": groups, "bias": self.one(True, False)}  # fmt: skip

    def o_maxpool(self) -> dict[str, Any]:
        given = {"kernel": self.size(1, 4), "padding": self.padding("same", "same_lower", "valid", "keep"),
                 "dilation": self.size(1, 2), "rounding": self.one("floor", "ceil")}  # fmt: skip
        return given | ({"stride": self.size(1, 3)} if self.one(True, False) else {})

    def o_avgpool(self) -> dict[str, Any]:
        return {**self.o_maxpool(), "count_padding": self.one(True, False)}

    def o_lppool(self) -> dict[str, Any]:
        return {**self.o_maxpool(), "norm": self.one(1, 2, 3)}

    def o_trainablepool(self) -> dict[str, Any]:
        return {"kernel": self.size(1, 3), "stride": self.size(1, 3)}

    def o_subsample(self) -> dict[str, Any]:
        return {"stride": self.size(1, 4)}

    def o_adaptiveavgpool(self) -> dict[str, Any]:
        return {"size": self.size(1, 5)}

    o_adaptivemaxpool = o_adaptiveavgpool

    def o_groupnorm(self) -> dict[str, Any]:
        return {"groups": self.one(1, 2, 3, self.x[-1]), "scale": self.one(True, False)}

    def o_bn(self) -> dict[str, Any]:
        return {"scale": self.one(True, False), "shift": self.one(True, False)}

    o_layernorm = o_rmsnorm = o_instancenorm = o_bn

    def o_pad(self) -> dict[str, Any]:
        if self.one(True, False):
            return {"amount": {self.one(*AXES[len(self.x)]): [self.number(0, 2), self.number(0, 2)]}}
        return {"amount": self.sides(2)}

    def o_crop(self) -> dict[str, Any]:
        return self.o_pad()

    def o_permute(self) -> dict[str, Any]:
        return {"order": self.draw(st.permutations(AXES[len(self.x)]))[: len(self.x) - self.one(0, 0, 0, 1)]}

    def o_upsample(self) -> dict[str, Any]:
        return {"scale": self.size(1, 3), "mode": self.one("nearest", "bilinear")}

    def o_pixelshuffle(self) -> dict[str, Any]:
        return {"scale": self.number(1, 3)}

    o_depthtospace = o_spacetodepth = o_pixelshuffle

    def o_softmax(self) -> dict[str, Any]:
        return {"axis": self.one("C", "C", "H", "W", "T", "Z")}

    def o_prelu(self) -> dict[str, Any]:
        return {"shared": self.one(True, False)}

    def o_linear(self) -> dict[str, Any]:
        return {"units": self.number(1, 6), "bias": self.one(True, False)}

    o_fc = o_linear

    def o_rbf(self) -> dict[str, Any]:
        return {"units": self.number(1, 4)}

    def o_reshape(self) -> dict[str, Any]:
        total = prod(self.x)
        shapes = [
            [total],
            [*self.x[::-1]],
            [*self.x[:-2], prod(self.x[-2:])],
            [*self.x, 1][-4:],
            [total + 1],
            [2, total // 2],
        ]
        return {"shape": self.one(*(s for s in shapes if min(s) > 0))}

    def o_lrn(self) -> dict[str, Any]:
        return {"size": self.number(1, 6)}

    def o_shuffle(self) -> dict[str, Any]:
        return {"groups": self.one(1, 2, 3, self.x[-1])}

    def o_scale(self) -> dict[str, Any]:
        return {"factor": 0.5, "learned": self.one(True, False)}

    def o_embed(self) -> dict[str, Any]:
        return {"vocab": self.number(1, 9), "d": self.number(1, 4)}

    def o_slice(self) -> dict[str, Any]:
        n = max(self.x)
        given = {"axis": self.one(*AXES[len(self.x)]), "start": self.number(-n, n), "step": self.number(1, 3)}
        return given | ({"stop": self.number(-n, n + 1)} if self.one(True, False) else {})

    def o_split(self) -> dict[str, Any]:
        return {"parts": self.number(1, 3), "part": self.number(1, 3), "axis": self.one(*AXES[len(self.x)])}

    def o_rnn(self) -> dict[str, Any]:
        return {"units": self.number(1, 4), "layers": self.number(1, 2), "bidirectional": self.one(True, False),
                "bias": self.one(True, False), "biases": self.number(1, 3)}  # fmt: skip

    o_gru = o_lstm = o_rnn

    def o_mha(self) -> dict[str, Any]:
        groups, share = self.number(1, 3), self.number(1, 2)
        return {"heads": groups * share, "kv_heads": groups, "d": groups * share * self.number(1, 3),
                "bias": self.one(True, False), "causal": self.one(True, False)}  # fmt: skip

    def o_se(self) -> dict[str, Any]:
        return {"reduction": self.number(1, 4), "bias": self.one(True, False)}

    def o_posenc(self) -> dict[str, Any]:
        return {"learned": self.one(True, False)}

    def o_tokens(self) -> dict[str, Any]:
        return {"count": self.number(1, 2)}


def _yaml(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, dict):
        return f"{{{', '.join(f'{k}: {_yaml(v)}' for k, v in value.items())}}}"
    return f"[{', '.join(map(_yaml, value))}]" if isinstance(value, (list, tuple)) else str(value)


def bound(text: str) -> Bound:
    return bind(load(Source("random.yaml", text), catalogue.base), Overrides(batch=2))


@st.composite
def networks(draw: Any) -> Network:
    """A network that the engine takes, with the layers that it would not take on the way."""
    rank = draw(st.sampled_from((1, 2, 2, 3, 3, 3, 4)))
    largest = {1: 12, 2: 14, 3: 11, 4: 6}[rank]
    writer = Writer(draw)
    writer.x = (*(draw(st.integers(1, largest)) for _ in range(rank - 1)), draw(st.integers(1, 6)))
    head = f"input: {_yaml(list(writer.x))}\nlayers:\n"
    for _ in range(draw(st.integers(1, 7))):
        line = f"  - {writer.write()}\n"
        text = head + "".join(writer.lines) + line
        with refusals() as found:
            try:
                net = bound(text)
            except SpecError as error:
                codes = {d.code for d in error.diagnostics if d.severity == "error"}
                assert all(code.startswith("SC4") for code in codes), (text, error)
                writer.refused += [Refused(why.code, text, graph) for why, graph in found[:1]]
                continue
        shape = net.shapes[net.graph.outputs[-1]]
        if prod(shape) <= LARGEST and len(shape) in AXES:
            writer.lines.append(line)
            writer.x = shape
    return Network(head + ("".join(writer.lines) or "  - identity\n"), tuple(writer.refused))
