"""Attention scores: how well each query matches each key, head by head: Q·Kᵀ / √d.

T queries and S keys give T×S×heads; one division a score, none of it learned. Pitfall: `causal` hides what comes later
and saves nothing here: the full square is computed and counted, as every tool counts it, and then masked.
"""

from __future__ import annotations

from collections.abc import Mapping

from ..formula import Formula, Requires
from ..text import N_, _
from ._attention import SHARED, SPLITS, Product, sequence
from ._base import UNCHANGED, Case, Option, Shape, Work

ALIKE = Requires(
    Formula("C_out * M == C_in"),
    "SC419",
    N_("keys of {C_out} channels do not go with queries of {C_in}"),
    None,
    N_("the channels of the keys, {M} times, must be those of the queries"),
)
HEADS = Formula("G")
PRODUCTS = Formula("R * J * C_in")
TABLE = {
    "macs": PRODUCTS,
    "macs_on_data": PRODUCTS,
    "ops.mul": PRODUCTS,
    "ops.add": Formula("R * J * C_in - A"),
    "ops.div": Formula("A"),
}


class Scores(Product):
    costs = TABLE
    reads = ("queries", "keys")
    synonyms = ("attention_scores", "qk", "dot_product_scores", "注意力分数")

    heads = Option("int", help=N_("heads that the queries split into"))
    share = Option("int", 1, help=N_("heads of the queries that use the same head of the keys"))
    causal = Option("bool", False, help=N_("whether a query sees earlier keys and its own only"))

    def output(self) -> Shape:
        queries, keys = self.pair()
        sequence(queries, 0)
        sequence(keys, 1)
        SPLITS.check({"C_in": queries[1], "G": self.heads})
        SHARED.check({"G": self.heads, "M": self.share})
        ALIKE.check({"C_in": queries[1], "C_out": keys[1], "M": self.share})
        return (queries[0], keys[0], self.heads)

    def sizes(self) -> tuple[Work, ...]:
        queries, keys = self.pair()
        return (
            Work("output.H", UNCHANGED, {"N": queries[0]}),
            Work("output.W", UNCHANGED, {"N": keys[0]}),
            Work("output.C", HEADS, {"G": self.heads}),
        )

    def notes(self) -> Mapping[str, str]:
        queries, keys = self.pair()
        text = _(
            "Each of {n} queries meets each of {m} keys, so the work grows with the square of the length."
        )
        return {"macs": text.format(n=queries[0], m=keys[0])}

    CASES = (
        Case(
            "Vaswani et al. 2017, arXiv:1706.03762, section 3.2: T = 128, d = 512, 8 heads",
            ((128, 512), (128, 512)),
            {"heads": 8},
            (128, 128, 8),
            {"weights": 0, "macs": 8_388_608, "ops.mul": 8_388_608, "ops.div": 131_072},
        ),
        Case(
            "torchvision ViT-B/16: 24 such products are the 715,327,488 MACs that many counters miss",
            ((197, 768), (197, 768)),
            {"heads": 12},
            (197, 197, 12),
            {"macs": 29_805_312},
        ),
    )
