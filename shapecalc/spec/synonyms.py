"""Words that people bring from Keras, PyTorch, Caffe or a Chinese text, and what they are called here.

Pitfall: a synonym is answered with the right word and never accepted silently; a spec has one spelling.
"""

from __future__ import annotations

from ..errors import nearest
from ..text import N_, _

OPTIONS = {
    "kernel": (
        "kernel_size",
        "kernelsize",
        "ksize",
        "pool_size",
        "filter_size",
        "kernel_shape",
        "window",
        "k",
        "size",
        "卷积核",
        "核大小",
    ),
    "filters": (
        "out_channels",
        "outchannels",
        "num_output",
        "num_filters",
        "nfilters",
        "channels",
        "c_out",
        "n",
        "卷积核个数",
        "滤波器",
    ),
    "stride": ("strides", "subsample", "step", "步长", "步幅"),
    "padding": ("pad", "pads", "border_mode", "auto_pad", "填充"),
    "dilation": ("dilation_rate", "dilations", "dilate", "空洞"),
    "groups": ("group", "num_groups", "分组"),
    "bias": ("use_bias", "bias_term", "b", "偏置"),
    "rounding": ("ceil_mode", "round_mode"),
    "units": ("out_features", "num_output", "neurons", "n", "filters", "单元", "神经元"),
    "rate": ("p", "dropout_ratio", "keep_prob", "dropout_rate"),
    "multiplier": ("depth_multiplier", "channel_multiplier"),
    "count_padding": ("count_include_pad",),
    "scale": ("factor", "scale_factor", "upscale_factor", "block_size", "affine", "weight"),
    "slope": ("negative_slope", "alpha"),
    "shift": ("center", "beta"),
    "eps": ("epsilon",),
    "size": ("output_size", "local_size", "n"),
    "d": ("embedding_dim", "output_dim", "d_model", "embed_dim"),
    "vocab": ("num_embeddings", "input_dim"),
    "heads": ("num_heads", "nhead"),
    "axis": ("dim",),
    "order": ("dims", "perm"),
    "layers": ("num_layers",),
    "biases": ("bias",),
}
"""Our option → the words of others for it."""

NOT_WRITTEN = {
    "in_channels": N_("it is the depth of the input, and never written"),
    "in_features": N_("it is the length of the input, and never written"),
    "input_shape": N_("the network's input is written once, at the top: input:"),
    "activation": N_("an activation is an entry of its own: - relu"),
    "padding_mode": N_("padding counts as zeros"),
    "data_format": N_("layout: CHW is said once, at the top"),
    "momentum": N_("it is for training, and changes no shape and no count"),
}
RESERVED = ("name", "repeat", "if", "else", "from", "expect", "note", "frozen")


def cure(word: str, options: list[str]) -> str | None:
    """What to write instead of the unknown option `word`, where these are the options there are."""
    key = word.lower()
    if key in NOT_WRITTEN:
        return _(NOT_WRITTEN[key])
    for option in options:
        if key in OPTIONS.get(option, ()):
            return _("it is called {option} here").format(option=option)
    near = nearest(word, [*options, *RESERVED])
    if near:
        return _("did you mean {word}?").format(word=near)
    return _("it takes {options}").format(options=", ".join(options)) if options else _("it takes no options")
