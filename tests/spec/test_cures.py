"""The right cure: words of Keras, PyTorch, Caffe and Chinese texts before any closest spelling."""

from __future__ import annotations

import pytest

from shapecalc import layers
from shapecalc.spec import words

from .conftest import Mistakes

LAYERS = {
    "Conv2d": "conv", "Conv2D": "conv", "nn.Conv2d": "conv", "Convolution": "conv", "conv2d": "conv", "卷积": "conv",
    "Dense": "fc", "dense": "fc", "InnerProduct": "fc", "fully_connected": "fc", "全连接": "fc", "Linear": "linear",
    "MaxPool2d": "maxpool", "MaxPooling2D": "maxpool", "max_pool": "maxpool", "最大池化": "maxpool",
    "AvgPool2d": "avgpool", "AveragePooling2D": "avgpool", "GlobalAveragePooling2D": "globalavgpool",
    "BatchNorm2d": "bn", "BatchNormalization": "bn", "Flatten": "flatten", "ReLU": "relu", "Softmax": "softmax",
    "Dropout": "dropout", "Eltwise": "add", "Concat": "concat", "concatenate": "concat", "拼接": "concat",
    "ConvTranspose2d": "convtranspose", "DepthwiseConv2D": "depthwise", "SeparableConv2D": "separable", "LRN": "lrn",
    "covn": "conv", "maxpol": "maxpool", "sofmax": "softmax", "Cbr2": "Cbr", "cbr": "Cbr",
}  # fmt: skip


@pytest.mark.parametrize(("word", "meant"), LAYERS.items())
def test_layers(mistakes: Mistakes, word: str, meant: str) -> None:
    if meant != "Cbr" and layers.load(meant) is None:
        pytest.skip(f"there is no layer {meant} yet")
    kind = "block" if word[0].isascii() and word[0].isupper() else "layer"
    [found] = mistakes(f"input: 8x8x4\nblocks: {{Cbr: [relu], DenseBlock: [relu]}}\nlayers: [«{word}»]\n")
    assert found == f"SC201 there is no {kind} {word} | did you mean {meant}?"


OPTIONS = {
    ("conv", "kernel_size"): "kernel", ("conv", "out_channels"): "filters", ("conv", "num_output"): "filters",
    ("conv", "strides"): "stride", ("conv", "pad"): "padding", ("conv", "dilation_rate"): "dilation",
    ("conv", "group"): "groups", ("conv", "use_bias"): "bias", ("conv", "bias_term"): "bias", ("conv", "步长"): "stride",
    ("conv", "卷积核"): "kernel", ("maxpool", "pool_size"): "kernel", ("maxpool", "ceil_mode"): "rounding",
    ("avgpool", "count_include_pad"): "count_padding", ("fc", "out_features"): "units", ("dropout", "p"): "rate",
}  # fmt: skip


@pytest.mark.parametrize(("place", "meant"), OPTIONS.items())
def test_options(mistakes: Mistakes, place: tuple[str, str], meant: str) -> None:
    layer, option = place
    needed = {
        "conv": "filters: 3, ",
        "fc": "units: 3, ",
        "maxpool": "kernel: 2, ",
        "avgpool": "kernel: 2, ",
    }.get(layer, "")
    needed = "" if meant in needed else needed
    [found] = mistakes(f"input: 8x8x4\nlayers: [{layer}: {{{needed}«{option}»: 1}}]\n")
    assert found == f"SC202 {layer} has no option {option} | it is called {meant} here"


NOT_WRITTEN = {
    "in_channels": "it is the depth of the input, and never written",
    "activation": "an activation is an entry of its own: - relu",
    "data_format": "layout: CHW is said once, at the top",
    "input_shape": "the network's input is written once, at the top: input:",
    "filtrs": None,
}


@pytest.mark.parametrize(("option", "help"), NOT_WRITTEN.items())
def test_what_is_not_written(mistakes: Mistakes, option: str, help: str | None) -> None:
    [found] = mistakes(f"input: 8x8x4\nlayers: [conv: {{filters: 3, «{option}»: 1}}]\n")
    assert found.endswith(help or "did you mean filters?")


def test_an_option_like_none_lists_them_all(mistakes: Mistakes) -> None:
    [found] = mistakes("input: 8x8x4\nlayers: [maxpool: {kernel: 2, «zzz»: 1}]\n")
    assert found.endswith("| it takes kernel, stride, padding, dilation, rounding")


def test_a_word_like_none(mistakes: Mistakes) -> None:
    assert mistakes("input: 8x8x4\nlayers: [«zzzzz»]\n")[0].endswith(
        "| the layers are listed by: shapecalc layers"
    )
    assert "declare it under blocks:" in mistakes("input: 8x8x4\nlayers: [«Zzzzz»]\n")[0]


def test_every_choice_of_a_layer_is_an_option_word() -> None:
    """Else a parameter could be called like one, and `params: {mode: bilinear}` would be a name."""
    kinds = [kind for word in layers.words() if (kind := layers.load(word))]
    choices = {
        c
        for kind in kinds
        for option in kind.OPTIONS.values()
        for c in option.choices
        if option.kind == "choice"
    }
    assert choices <= set(words.OPTION_WORDS) <= words.RESERVED


def test_no_synonym_hides_an_option() -> None:
    """A word that is an option of a layer is never answered with another option of the same layer."""
    from shapecalc.spec.synonyms import NOT_WRITTEN, cure

    for kind in filter(None, map(layers.load, layers.words())):
        for name in kind.OPTIONS:
            assert name not in NOT_WRITTEN
            assert cure(name, list(kind.OPTIONS))[0] in (name, *kind.OPTIONS)
