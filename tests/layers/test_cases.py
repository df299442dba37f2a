"""Every layer's own examples, found by themselves, and what every layer file must keep."""

from __future__ import annotations

import ast
import importlib
import json
import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from shapecalc import catalogue, layers
from shapecalc.engine import bind
from shapecalc.errors import Source
from shapecalc.layers import Case, Layer, _base
from shapecalc.spec import load

WORDS = layers.words()
CASES = [pytest.param(w, c, id=f"{w}: {c.source}") for w in WORDS for c in layers.load(w).CASES]  # type: ignore[union-attr]
KINDS = ["int", "float", "bool", "size", "padding", "choice", "amount", "order", "shape", "table", "axis"]
PRODUCTS = ("scores", "attend")
"""Matrix products of two inputs: nothing is learned."""
FILES = sorted(Path(layers.__file__).parent.glob("*.py"))


def parts(build: Any, word: str, x: Any, options: dict[str, Any]) -> list[Layer]:
    """The layer, or the layers that it is written out as, last one last."""
    kind = layers.load(word)
    assert kind is not None
    if not kind.BODY:
        return [build(word, x, **options)]
    inputs = dict(zip("abc", x)) if isinstance(x[0], tuple) else {"a": x}
    entry = {word: {**options, "from": list(inputs)}}
    plan = load(Source(word, f"input: {json.dumps(inputs)}\nlayers: {json.dumps([entry])}\n"), catalogue.base)
    return list(bind(plan).layers)


@pytest.mark.parametrize(("word", "case"), CASES)
def test_case(build: Any, word: str, case: Case) -> None:
    chain = parts(build, word, case.x, dict(case.options))
    assert chain[-1].y == case.y
    for quantity, expected in case.counts.items():
        assert sum(layer.count(quantity) for layer in chain) == expected, quantity


@pytest.mark.parametrize(("word", "case"), CASES)
def test_formulas_have_their_letters_and_print(build: Any, word: str, case: Case) -> None:
    for layer in parts(build, word, case.x, dict(case.options)):
        for quantity, formula in layer.formulas().items():
            assert re.fullmatch(
                r"weights|borrowed|biases|buffers|macs|macs_on_data|connections|ops\.[a-z]+", quantity
            )
            assert set(formula.letters) <= layer.letters_of(quantity).keys(), quantity
            assert isinstance(formula(layer.letters_of(quantity)), int)
            assert formula(layer.letters_of(quantity)) >= 0
            assert formula.show() and formula.show(layer.letters_of(quantity)) and formula.show(latex=True)
            for letter in formula.letters:
                base = letter if letter in _base.LETTERS else re.sub(r"_[ZHWTC]$", "", letter)
                assert base in _base.LETTERS, letter


@pytest.mark.parametrize(("word", "case"), CASES)
def test_weight_layers(build: Any, word: str, case: Case) -> None:
    """macs belong to weighted sums: what has them has weights or two inputs, and on data there are no more of them."""
    for layer in parts(build, word, case.x, dict(case.options)):
        assert layer.count("macs_on_data") <= layer.count("macs")
        if layer.count("macs"):
            learned = layer.count("weights") and layer.count("connections")
            assert layer.count("macs_on_data") and (
                learned or layer.options.get("tied") or layers.word_of(type(layer)) in PRODUCTS
            )
            assert layer.ops["mul"] >= layer.count("macs_on_data")


def test_ops_are_of_known_kinds(build: Any) -> None:
    known = {
        "mul",
        "add",
        "sub",
        "div",
        "max",
        "min",
        "cmp",
        "exp",
        "log",
        "sqrt",
        "pow",
        "abs",
        "neg",
        "tanh",
    }
    known |= {"erf", "sin", "cos"}
    for word in WORDS:
        for case in layers.load(word).CASES:  # type: ignore[union-attr]
            for layer in parts(build, word, case.x, dict(case.options)):
                assert layer.ops.keys() <= known


@pytest.mark.parametrize("word", WORDS)
def test_every_layer_is_whole(word: str) -> None:
    kind = layers.load(word)
    assert kind is not None
    assert kind.CASES, "a layer shows at least one worked example"
    assert layers.word_of(kind) == word
    for name, option in kind.OPTIONS.items():
        assert option.name == name and option.help and option.kind in KINDS
        attribute = dict(kind.renamed).get(name, name)
        assert not hasattr(Layer, attribute), "an option's attribute must not hide a method"
    document = importlib.import_module(f"shapecalc.layers.{word}").__doc__ or ""
    assert "Pitfall: " in document


@pytest.mark.parametrize("file", [f for f in FILES if not f.name.startswith("_")], ids=lambda f: f.stem)
def test_a_layer_is_small_and_imports_little(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    assert len(text.splitlines()) < 90
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.ImportFrom) and node.level == 2:
            assert node.module in ("errors", "formula", "symbolic", "text")
        if isinstance(node, ast.Import):
            assert {a.name for a in node.names} <= {"math"}


def test_no_word_means_two_layers() -> None:
    named: Counter[str] = Counter()
    for word in WORDS:
        kind = layers.load(word)
        assert kind is not None
        named.update({layers._plain(s) for s in (*kind.synonyms, *kind.aliases, word)})
    assert [s for s, n in named.items() if n > 1] == []


@pytest.mark.parametrize(
    ("unknown", "word"),
    [
        *(
            ("Conv2d", "conv"),
            ("nn.Conv1d", "conv"),
            ("Convolution", "conv"),
            ("卷积", "conv"),
            ("Conv3D", "conv"),
        ),
        *(("Dense", "fc"), ("InnerProduct", "fc"), ("全连接", "fc"), ("nn.Linear", "linear"), ("Gemm", "fc")),
        *(("BatchNormalization", "bn"), ("BatchNorm2d", "bn"), ("批归一化", "bn"), ("nn.BatchNorm1d", "bn")),
        *(
            ("MaxPooling2D", "maxpool"),
            ("max_pool2d", "maxpool"),
            ("pool", "maxpool"),
            ("Pooling", "maxpool"),
        ),
        *(("AveragePooling2D", "avgpool"), ("AvgPool2d", "avgpool"), ("AveragePool", "avgpool")),
        *(("GlobalAveragePooling2D", "globalavgpool"), ("GlobalMaxPooling1D", "globalmaxpool")),
        *(
            ("AdaptiveAvgPool2d", "adaptiveavgpool"),
            ("DepthwiseConv2D", "depthwise"),
            ("SeparableConv2D", "separable"),
        ),
        *(
            ("ReLU", "relu"),
            ("LeakyReLU", "leakyrelu"),
            ("PReLU", "prelu"),
            ("swish", "silu"),
            ("Hardswish", "hardswish"),
        ),
        *(("丢弃", "dropout"), ("Dropout2d", "dropout"), ("ZeroPadding2D", "pad"), ("ZeroPad2d", "pad")),
        *(("Concatenate", "concat"), ("Eltwise", "add"), ("Multiply", "mul"), ("LocalResponseNorm", "lrn")),
        *(
            ("ConvTranspose2d", "convtranspose"),
            ("Conv2DTranspose", "convtranspose"),
            ("反卷积", "convtranspose"),
        ),
        *(("UpSampling2D", "upsample"), ("nn.Upsample", "upsample"), ("PixelUnshuffle", "spacetodepth")),
        *(("LayerNormalization", "layernorm"), ("Embedding", "embed"), ("nn.ChannelShuffle", "shuffle")),
        *(
            ("MultiheadAttention", "mha"),
            ("MultiHeadAttention", "mha"),
            ("注意力", "mha"),
            ("多头注意力", "mha"),
        ),
        *(
            ("nn.LSTM", "lstm"),
            ("LSTMCell", "lstm"),
            ("GRUCell", "gru"),
            ("SimpleRNN", "rnn"),
            ("循环", "rnn"),
        ),
        *(("SqueezeExcite", "se"), ("SqueezeExcitation", "se"), ("torch.chunk", "split"), ("切片", "slice")),
        *(("GroupNormalization", "groupnorm"), ("cls_token", "tokens"), ("PositionalEncoding", "posenc")),
        *(("convv", "conv"), ("maxpol", "maxpool"), ("sofmax", "softmax")),
    ],
)
def test_words_of_other_tools(unknown: str, word: str) -> None:
    assert layers.find(unknown) == word


def test_an_alias_is_a_word() -> None:
    assert layers.load("gap") is layers.load("globalavgpool")
    assert layers.load("pool") is None
    assert layers.load("_conv") is None
    assert layers.find("xyzzy") is None


def test_options_stand_in_the_order_of_the_contract() -> None:
    table = {
        "conv": "filters kernel stride padding dilation groups bias rounding connections",
        "depthwise": "kernel multiplier stride padding dilation bias",
        "separable": "filters kernel stride padding multiplier bias",
        "maxpool": "kernel stride padding dilation rounding",
        "avgpool": "kernel stride padding dilation rounding count_padding",
        "lppool": "kernel stride padding dilation rounding norm",
        "globalavgpool": "",
        "globalmaxpool": "",
        "adaptiveavgpool": "size",
        "adaptivemaxpool": "size",
        "fc": "units bias",
        "linear": "units bias tied",
        "flatten": "",
        "reshape": "shape",
        "permute": "order",
        "pad": "amount",
        "crop": "amount",
        "subsample": "stride",
        "bn": "scale shift eps",
        "lrn": "size alpha beta k",
        "leakyrelu": "slope",
        "prelu": "shared",
        "elu": "alpha",
        "softmax": "axis",
        "dropout": "rate",
        "concat": "axis",
        "trainablepool": "kernel stride",
        "rbf": "units",
        "convtranspose": "filters kernel stride padding output_padding dilation groups bias",
        "upsample": "scale mode",
        "pixelshuffle": "scale",
        "depthtospace": "scale",
        "spacetodepth": "scale",
        "shuffle": "groups",
        "layernorm": "scale shift eps",
        "groupnorm": "groups scale shift eps",
        "instancenorm": "scale shift eps",
        "rmsnorm": "scale shift eps",
        "embed": "vocab d tied",
        "posenc": "learned",
        "tokens": "count",
        "scale": "factor learned",
        "mha": "heads d kv_heads bias causal",
        "scores": "heads share causal",
        "attend": "share",
        "rnn": "units layers bidirectional bias biases",
        "gru": "units layers bidirectional bias biases",
        "lstm": "units layers bidirectional bias biases",
        "se": "reduction bias",
        "slice": "stop start step axis",
        "split": "parts part axis",
    }
    for word, options in table.items():
        kind = layers.load(word)
        assert kind is not None
        assert " ".join(kind.OPTIONS) == options, word
