"""Words that people bring from Keras, PyTorch, Caffe or a Chinese text, and what they are called here.

Pitfall: a synonym is answered with the right word and never accepted silently; a spec has one spelling.
"""

from __future__ import annotations

from .. import layers
from ..errors import meant, nearest, suggest, there_are
from ..text import N_, _
from .words import ENTRY_OPTIONS

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
    "units": (
        "out_features",
        "num_output",
        "neurons",
        "n",
        "filters",
        "hidden_size",
        "num_units",
        "hidden_dim",
        "hidden",
        "单元",
        "神经元",
    ),
    "rate": ("p", "dropout_ratio", "keep_prob", "dropout_rate"),
    "multiplier": ("depth_multiplier", "channel_multiplier"),
    "count_padding": ("count_include_pad",),
    "scale": ("factor", "scale_factor", "upscale_factor", "block_size", "affine", "weight"),
    "tied": ("shared", "tie_weights", "tie_word_embeddings", "weight_tying"),
    "slope": ("negative_slope", "alpha"),
    "shift": ("center", "beta"),
    "eps": ("epsilon",),
    "size": ("output_size", "local_size", "n"),
    "d": ("embedding_dim", "output_dim", "d_model", "embed_dim"),
    "vocab": ("num_embeddings", "input_dim"),
    "heads": ("num_heads", "nhead", "n_heads", "n_head", "h", "头数"),
    "kv_heads": ("num_kv_heads", "n_kv_heads", "num_key_value_heads", "num_groups"),
    "causal": ("is_causal", "use_causal_mask", "masked", "mask"),
    "bidirectional": ("bidir", "both"),
    "reduction": ("r", "ratio", "reduction_ratio", "squeeze_factor", "rd_ratio"),
    "parts": ("chunks", "sections", "num_splits", "num_or_size_splits"),
    "part": ("index", "chunk"),
    "start": ("begin", "starts", "first", "offset"),
    "stop": ("end", "ends", "length", "size"),
    "step": ("stride", "strides", "steps"),
    "axis": ("dim",),
    "order": ("dims", "perm"),
    "layers": ("num_layers",),
    "biases": ("bias", "reset_after"),
}
"""Our option → the words of others for it."""

NOT_WRITTEN = {
    "in_channels": N_("it is the depth of the input, and never written"),
    "in_features": N_("it is the length of the input, and never written"),
    "input_shape": N_("the network's input is written once, at the top: input:"),
    "activation": N_("an activation is an entry of its own: - relu"),
    "padding_mode": N_("padding counts as zeros"),
    "data_format": N_("layout: CHW is said once, at the top"),
    "return_sequences": N_("every position is given; the last one alone is - slice: {axis: T, start: -1}"),
    "batch_first": N_("a sequence is positions × channels, and the batch is not written"),
    "key_dim": N_("d is the width of all heads together, heads · key_dim"),
    "head_dim": N_("d is the width of all heads together, heads · head_dim"),
    "kdim": N_("it is the depth of the memory, and never written"),
    "vdim": N_("it is the depth of the memory, and never written"),
    "momentum": N_("it is for training, and changes no shape and no count"),
}


TOP = {
    "input": ("inputs", "input_shape", "input_size", "data", "输入"),
    "layers": ("layer", "model", "network", "net", "backbone", "body", "architecture", "层", "网络"),
    "params": ("parameters", "param", "variables", "vars", "constants", "args", "参数"),
    "blocks": ("block", "modules", "macros", "functions", "模块"),
    "name": ("title", "名称", "名字"),
    "note": ("description", "comment", "notes", "注释", "备注"),
    "source": ("paper", "reference", "来源"),
    "outputs": ("output", "输出"),
    "expect": ("expected", "assert", "checks"),
    "layout": ("data_format", "format"),
    "spec": ("version",),
    "frozen": ("freeze",),
    "base": ("extends", "inherit", "parent"),
}
"""Our top-level key → the words of others for it."""


def top(word: str, keys: tuple[str, ...]) -> tuple[str | None, str]:
    """The top-level key that an unknown one may have meant, and the sentence that says so or lists what there is."""
    ours = next((key for key, others in TOP.items() if word.lower() in others and key in keys), None)
    if ours:
        return ours, _("it is called {option} here").format(option=ours)
    near = nearest(word, list(keys))
    return near, meant(near) if near else there_are(keys)


def unknown_word(word: str, blocks: list[str], quick: bool) -> tuple[str | None, str]:
    """What an unknown layer or block may have meant, and the sentence that says so: synonyms before spellings.

    A `quick` answer leaves the spellings out.
    """
    near = layers.meaning(word) or next((b for b in blocks if b.lower() == word.lower()), None)
    if not near and not quick:
        near = nearest(word, [*blocks, *layers.words()]) or layers.find(word)
        if near and near not in blocks and len(word) <= 4 and near[:1] != word[:1].lower():
            near = None  # Stem is no slip for lstm: in a short word the first letter is right
    if near:
        return near, meant(near)
    if "A" <= word[:1] <= "Z":
        return None, _(
            "declare it under blocks:; the layers are written small, and listed by: shapecalc layers"
        )
    return None, _("the layers are listed by: shapecalc layers")


def other_parameter(word: str, names: list[str]) -> str:
    """What to set instead of a parameter that there is not."""
    help = _("it has {names}; an option of a layer has a dotted path, conv1.filters")
    return suggest(word, names, help.format(names=", ".join(names) or _("none")))


def cure(word: str, options: list[str]) -> tuple[str | None, str]:
    """The option that an unknown one may have meant, and the sentence that says so or lists what there is."""
    key = word.lower()
    if key in NOT_WRITTEN:
        return "", _(NOT_WRITTEN[key])
    for option in options:
        if key in OPTIONS.get(option, ()):
            return option, _("it is called {option} here").format(option=option)
    near = nearest(word, [*options, *ENTRY_OPTIONS])
    listed = (
        _("it takes {options}").format(options=", ".join(options)) if options else _("it takes no options")
    )
    return near, meant(near) if near else listed
