"""Attending mixes the values: every output is a weighted sum of them, head by head, by the shares that softmax gives.

T×S×heads shares and S values give T×d. Pitfall: nothing is learned here, yet it is a matrix product: T·S·d
multiply-accumulates, which grow with the square of the length.
"""

from __future__ import annotations

from collections.abc import Mapping

from ..errors import ShapeError
from ..formula import Formula, Requires
from ..text import N_, _
from ._attention import SHARED, SPLITS, Product, sequence
from ._base import UNCHANGED, Case, Option, Shape, Work, written

WIDTH = Formula("C_in * M")
HEADS = Formula("G // M")
EACH = Requires(Formula("N == J"), "SC419", N_("there are {N} shares and {J} values"))
PRODUCTS = Formula("R * J * C_out")
TABLE = {
    "macs": PRODUCTS,
    "macs_on_data": PRODUCTS,
    "ops.mul": PRODUCTS,
    "ops.add": Formula("R * (J - 1) * C_out"),
}


class Attend(Product):
    costs = TABLE
    reads = ("shares", "values")
    synonyms = ("weighted_sum", "attention_output", "加权求和")

    share = Option("int", 1, help=N_("heads of the shares that use the same head of the values"))

    def output(self) -> Shape:
        shares, values = self.pair()
        if len(shares) != 3:
            message = _("the first input holds shares, queries × keys × heads, and is {shape}")
            raise ShapeError("SC407", message.format(shape=written(shares)), None, "from: [shares, values]")
        sequence(values, 1)
        EACH.check({"N": shares[1], "J": values[0]})
        SHARED.check({"G": shares[2], "M": self.share})
        SPLITS.check({"C_in": values[1], "G": HEADS({"G": shares[2], "M": self.share})})
        return (shares[0], WIDTH({"C_in": values[1], "M": self.share}))

    def sizes(self) -> tuple[Work, ...]:
        shares, values = self.pair()
        width = {"C_in": values[1], "M": self.share}
        return (Work("output.T", UNCHANGED, {"N": shares[0]}), Work("output.C", WIDTH, width))

    def notes(self) -> Mapping[str, str]:
        return {"macs": _("Nothing is learned here, and yet it is a matrix product: shares times values.")}

    CASES = (
        Case(
            "Vaswani et al. 2017, arXiv:1706.03762, equation 1: T = 128, d = 512, 8 heads",
            ((128, 128, 8), (128, 512)),
            {},
            (128, 512),
            {"weights": 0, "macs": 8_388_608, "ops.mul": 8_388_608, "ops.add": 8_323_072},
        ),
        Case(
            "Ainslie et al. 2023, arXiv:2305.13245, Figure 2: 8 heads share the values of 2",
            ((10, 10, 8), (10, 128)),
            {"share": 4},
            (10, 512),
            {"macs": 51_200},
        ),
    )
