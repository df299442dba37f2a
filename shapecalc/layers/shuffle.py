"""Channel shuffle deals the channels of each group out over all groups, so that grouped convolutions can mix.

Pitfall: it moves numbers and computes nothing, but it is no view: the memory is rewritten.
"""

from __future__ import annotations

from collections.abc import Mapping

from ..text import N_, _
from ._base import Case, Layer, Option, Shape
from ._conv import INPUT_SPLITS


class Shuffle(Layer):
    synonyms = ("channel_shuffle", "shuffle_channel", "shuffle_channels", "通道混洗", "通道重排")

    groups = Option("int", help=N_("groups that the channels come from"))

    def output(self) -> Shape:
        INPUT_SPLITS.check({"C_in": self.x[-1], "G": self.groups})
        return self.x

    def notes(self) -> Mapping[str, str]:
        return {"params": _("Channels change places: no value changes, and nothing is learned.")}

    CASES = (
        Case("docs.pytorch.org, ChannelShuffle(2)", (2, 2, 4), {"groups": 2}, (2, 2, 4)),
        Case(
            "Zhang et al. 2017, arXiv:1707.01083, Table 1: g = 3",
            (28, 28, 240),
            {"groups": 3},
            (28, 28, 240),
            {"macs": 0},
        ),
    )
