"""Learned tokens are put in front of a sequence: a class token that gathers what the others say.

Pitfall: the sequence gets longer, and everything after it costs more: 196 patches become 197 positions.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import Any

from ..formula import Formula
from ..text import N_, _
from ._base import Case, Layer, Option, Shape, Step, Work

LONGER = Formula("N + R")
TABLE = {"weights": Formula("R * C_out")}


class Tokens(Layer):
    ranks = (2,)
    synonyms = ("class_token", "cls_token", "cls", "register_tokens", "类别标记")

    extra = Option("int", 1, name="count", help=N_("how many"))

    def output(self) -> Shape:
        return (LONGER({"N": self.x[0], "R": self.extra}), self.x[1])

    def sizes(self) -> tuple[Work, ...]:
        longer = Work("output.T", LONGER, {"N": self.x[0], "R": self.extra})
        return (longer, Work("output.C", self.channels, self.channel_letters))

    @cached_property
    def letters(self) -> Mapping[str, Any]:
        return {**super().letters, "R": self.extra}

    def formulas(self) -> Mapping[str, Formula]:
        return TABLE

    def steps(self) -> tuple[Step, ...]:
        return (Step(1, 1, self.extra),)

    def notes(self) -> Mapping[str, str]:
        return {
            "output.T": _("The sequence gets longer, and everything after it costs more."),
            "weights": _("Each token is a learned vector, as long as there are channels."),
        }

    CASES = (
        Case(
            "Dosovitskiy et al. 2020, arXiv:2010.11929; torchvision ViT-B/16, class_token",
            (196, 768),
            {},
            (197, 768),
            {"weights": 768, "macs": 0},
        ),
    )
