"""An embedding looks up a learned vector for every token: [T] becomes T×d.

With `tied: true` the table is another embedding's (a decoder's, of the same words), and counted there. Pitfall: it is a
table and no matrix product: vocab · d weights, and not one multiply-accumulate.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import Any

from ..formula import Formula
from ..text import N_, _
from ._base import Case, Layer, Option, Shape

TABLE = {"weights": Formula("V * C_out")}

SHARED = {"borrowed": TABLE["weights"]}


class Embed(Layer):
    ranks = (1,)
    synonyms = ("embedding", "lookup", "token_embedding", "word_embedding", "嵌入", "词嵌入", "嵌入层")

    vocab = Option("int", help=N_("number of different tokens"))
    d = Option("int", help=N_("length of a vector"))

    tied = Option("bool", False, help=N_("whether the table is another layer's, and counted there"))

    channels = Formula("C_out")

    def output(self) -> Shape:
        return (*self.x, self.d)

    @cached_property
    def letters(self) -> Mapping[str, Any]:
        return {**super().letters, "V": self.vocab}

    def formulas(self) -> Mapping[str, Formula]:
        return SHARED if self.tied else TABLE

    def notes(self) -> Mapping[str, str]:
        text = _("A table with a row of {d} numbers for each of {vocab} tokens.")
        return {
            "weights": text.format(d=self.d, vocab=self.vocab),
            "macs": _(
                "A row is looked up and nothing is multiplied, so the table is all parameters and no MACs."
            ),
        }

    CASES = (
        Case(
            "Vaswani et al. 2017, arXiv:1706.03762, section 5.1 and Table 3: 37,000 tokens, d = 512",
            (128,),
            {"vocab": 37_000, "d": 512},
            (128, 512),
            {"weights": 18_944_000, "biases": 0, "macs": 0},
        ),
        Case(
            "GPT-2 small: wte of 50,257 × 768",
            (1024,),
            {"vocab": 50_257, "d": 768},
            (1024, 768),
            {"weights": 38_597_376},
        ),
        Case(
            "Vaswani et al. 2017, section 3.4: both embeddings share one matrix",
            (128,),
            {"vocab": 37_000, "d": 512, "tied": True},
            (128, 512),
            {"weights": 0},
        ),
    )
