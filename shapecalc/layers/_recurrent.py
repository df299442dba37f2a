"""What the recurrent layers share: at every position, gates are weighted sums of the input and of the state before it.

From Elman 1990, Cho et al. 2014 and Hochreiter & Schmidhuber 1997. Counted at every position, the first included,
where the state is 0: a sum of C_in + H products a gate and unit, the biases, then what the cell does value by value;
a sigmoid is neg, exp, add and div. Pitfall: products of gates are multiplications but no multiply-accumulates, and the
second layer reads the first one's output, of both directions.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from functools import cache, cached_property
from typing import Any, ClassVar

from ..formula import Formula, Requires
from ..text import N_, _, ngettext
from ._base import UNCHANGED, Layer, Option, Shape, Work

AT_MOST_TWO = Requires(
    Formula("B <= 2"),
    "SC421",
    N_("{B} biases a unit: there is one, or one for the input and one for the state"),
    "biases",
    N_("biases: 1 as in textbooks, biases: 2 as PyTorch counts"),
)
ONE_WAY, BOTH_WAYS = Formula("H"), Formula("2 * H")


class Recurrent(Layer):
    ranks = (2,)
    gates: ClassVar[int]
    """Weighted sums a unit."""
    kinds: ClassVar[str]
    """What the cell does with them, a unit: "mul mul add tanh"."""

    units = Option("int", help=N_("hidden units of one direction"))
    layers = Option("int", 1, help=N_("layers, one on another"))
    bidirectional = Option("bool", False, help=N_("whether it is also read backwards: twice as wide"))
    bias = Option("bool", True, help=N_("whether the gates have one"))
    biases = Option("int", 1, help=N_("biases a gate and unit: 1 as in textbooks, 2 as PyTorch counts"))

    def output(self) -> Shape:
        AT_MOST_TWO.check({"B": self.biases})
        wide = BOTH_WAYS if self.bidirectional else ONE_WAY
        return (self.x[0], wide({"H": self.units}))

    def sizes(self) -> tuple[Work, ...]:
        wide = BOTH_WAYS if self.bidirectional else ONE_WAY
        return (Work("output.T", UNCHANGED, {"N": self.x[0]}), Work("output.C", wide, {"H": self.units}))

    def notes(self) -> Mapping[str, str]:
        inputs, units, gates = self.x[1], self.units, self.gates
        weights = ngettext(
            "A unit is one weighted sum of the {inputs} inputs and of the {units} values of the state.",
            "A unit is {gates} weighted sums, each of the {inputs} inputs and of the {units} values of the state.",
            gates,
        )
        found = {"weights": weights.format(gates=gates, inputs=inputs, units=units)}
        found["macs"] = _("The same weights are used at each of the {n} positions.").format(n=self.x[0])
        if self.bias and self.biases == 2:
            found["biases"] = _(
                "PyTorch keeps one bias for the input and one for the state; a textbook adds them up."
            )
        return found

    @cached_property
    def letters(self) -> Mapping[str, Any]:
        return {"C_in": self.x[1], "R": self.x[0], "H": self.units, "Z": self.layers}

    def formulas(self) -> Mapping[str, Formula]:
        biases = self.biases if self.bias else 0
        return table(self.gates, self.kinds, 2 if self.bidirectional else 1, self.layers != 1, biases)

    def steps(self) -> None:
        return None


@cache
def table(gates: int, kinds: str, ways: int, deep: bool, biases: int) -> Mapping[str, Formula]:
    """The costs of `gates` sums a unit, read in one or two `ways`; `deep` where there are several layers."""
    each = "Z * H" if deep else "H"
    above = f" + (Z - 1) * {ways + 1} * H" if deep else ""
    weights = _times(ways * gates, f"H * (C_in + H{above})")
    done = Counter(kinds.split())
    gated, sums = done.pop("mul", 0), done.pop("add", 0) + gates * (biases - 1)
    own = _times(ways * gates * biases, each)
    texts = {
        "weights": weights,
        "macs": f"R * {weights}",
        "macs_on_data": f"R * {weights}",
        "connections": f"R * ({weights} + {own})" if biases else f"R * {weights}",
        "ops.mul": f"R * ({weights} + {_times(ways * gated, each)})" if gated else f"R * {weights}",
        "ops.add": f"R * ({weights} {'-' if sums < 0 else '+'} {_times(ways * abs(sums), each)})",
    }
    if not sums:
        texts["ops.add"] = f"R * {weights}"
    if biases:
        texts["biases"] = own
    texts |= {f"ops.{kind}": _times(ways * n, f"R * {each}") for kind, n in done.items()}
    return {quantity: Formula(text) for quantity, text in texts.items()}


def _times(n: int, text: str) -> str:
    return text if n == 1 else f"{n} * {text}"
