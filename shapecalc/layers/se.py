"""Squeeze and excitation looks at the means of all channels and decides how much of each to keep, with a gate per channel.

Written out: `gap`, two fully connected layers with a ReLU between them, a sigmoid, and the product with the map.
Pitfall: the gate comes from the whole map, so everything after it sees everything. MobileNetV3 and EfficientNet gate
otherwise (a hard sigmoid; a width of their own) and are written out as blocks.
"""

from __future__ import annotations

from ..formula import Formula, Requires
from ..text import N_
from ._base import Case, Layer, Option


class Se(Layer):
    ranks = (2, 3, 4)
    synonyms = (
        "squeeze_excite",
        "squeeze_excitation",
        "squeeze_and_excite",
        "squeeze_and_excitation",
        "se_block",
        "channel_attention",
        "压缩激励",
        "通道注意力",
    )

    reduction = Option("int", 16, help=N_("how many channels one unit of the narrow layer stands for"))
    bias = Option("bool", True, help=N_("whether the two fully connected layers have one"))

    demands = (
        Requires(
            Formula("C_in >= reduction"),
            "SC422",
            N_("one unit for every {reduction} of {C_in} channels is none at all"),
            "reduction",
            N_("write {C_in} or less"),
        ),
    )
    BODY = """\
- mul: {skip: identity, gate: [gap, fc: {units: input.C // reduction, bias: bias}, relu, fc: {units: input.C, bias: bias}, sigmoid]}
"""

    CASES = (
        Case(
            "Hu et al. 2017, arXiv:1709.01507, equation 5: 2/16 · C² parameters without biases",
            (56, 56, 256),
            {"bias": False},
            (56, 56, 256),
            {"weights": 8_192, "biases": 0, "macs": 8_192, "ops.mul": 811_008},
        ),
        Case(
            "pytorchcv seresnet50, stage 4: fc 2048→128→2048 with biases: 526,464 parameters",
            (7, 7, 2048),
            {},
            (7, 7, 2048),
            {"weights": 524_288, "biases": 2_176, "macs": 524_288},
        ),
    )
