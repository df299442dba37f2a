"""The terms that a quantity is the sum of, and how conventions choose among them and scale them.

A part is a formula of the layer's own, or one of the few that only a convention asks for: a pool's two numbers a channel,
an addition for every bias. Pitfall: a convention never computes; it says which terms there are, and how many times.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from math import prod
from typing import TYPE_CHECKING

from ..layers import word_of
from ..layers._base import spatial, times
from .terms import Term, formula

if TYPE_CHECKING:
    from ..layers import Layer
    from .conventions import Conventions

POOLS = ("maxpool", "avgpool", "lppool")
LEARNED = ("weights", "biases", "pool_weights", "pool_biases", "buffers")
"""What parameters may be made of, in the order in which it is added up."""


def of_layer(quantity: str) -> Callable[[Layer, Conventions], Term | None]:
    """The layer's own formula of a quantity; None where it has none, and so counts nothing."""

    def part(layer: Layer, used: Conventions) -> Term | None:
        rule = layer.formulas().get(quantity)
        return Term(rule, layer.letters_of(quantity)) if rule else None

    return part


def values(layer: Layer, used: Conventions) -> Term:
    """The values of the output, of every sample."""
    axes = spatial(len(layer.y))
    if len(axes) != len(layer.y) - 1:
        axes = "".join(map(str, range(1, len(layer.y))))
    letters = {**{f"M_{axis}": n for axis, n in zip(axes, layer.y)}, "C_out": layer.y[-1]}
    text = f"{times('M', axes)} * C_out" if axes else "C_out"
    return Term(formula(text), letters) if used.batch == 1 else _batched(text, letters, used.batch)


def _batched(text: str, letters: Mapping[str, int], batch: int) -> Term:
    return Term(formula(f"batch * {text}"), {**letters, "batch": batch})


def _statistics(layer: Layer, used: Conventions) -> Term | None:
    return of_layer("buffers")(layer, used) if used.bn == 4 else None


def _of_pool(layer: Layer, used: Conventions) -> Term | None:
    """One number a channel: LeCun's trainable pools have a coefficient and a bias."""
    if used.pool_params != 2 or word_of(type(layer)) not in POOLS:
        return None
    return Term(formula("C_out"), {"C_out": layer.y[-1]})


def _bias_adds(layer: Layer, used: Conventions) -> Term | None:
    """An addition for every bias at every position."""
    if used.cost != "mac+bias" or not layer.count("biases") or not layer.count("macs"):
        return None
    return values(layer, used._replace(batch=1))


PARTS: Mapping[str, Callable[[Layer, Conventions], Term | None]] = {
    **{name: of_layer(name) for name in ("weights", "biases", "macs", "connections")},
    "buffers": _statistics,
    "statistics": of_layer("buffers"),
    "pool_weights": _of_pool,
    "pool_biases": _of_pool,
    "bias_adds": _bias_adds,
    "values": values,
}


def names(quantity: str, used: Conventions) -> tuple[str, ...]:
    """The parts of a quantity under these conventions."""
    if quantity == "params":
        return ("values",) if used.parameters == "values" else LEARNED
    if quantity == "memory":
        held = {"activations": ("values",), "params": LEARNED, "both": ("values", *LEARNED)}
        return held[used.memory]
    return {
        "weights": ("weights", "pool_weights"),
        "biases": ("biases", "pool_biases"),
        "buffers": ("statistics",),
        "macs": ("macs", "bias_adds"),
        "flops": ("macs",),
        "connections": ("connections",),
        "activations": ("values",),
    }.get(quantity, ())


def parts(layer: Layer, quantity: str, used: Conventions) -> dict[str, Term]:
    """The terms of a quantity of a layer by name; what is not there is known to be zero."""
    found = ((name, PARTS[name](layer, used)) for name in names(quantity, used))
    return {name: term for name, term in found if term is not None}


def scale(quantity: str, used: Conventions) -> tuple[int, ...]:
    """What multiplies the sum: 2 for operations, the samples, the bytes of a number."""
    if quantity in ("macs", "flops"):
        return (2 if quantity == "flops" or used.cost == "flop" else 1, used.batch)
    return (used.bytes_per_value,) if quantity == "memory" else ()


def factor(quantity: str, used: Conventions) -> int:
    """What a count of one sample is multiplied by in all."""
    samples = used.batch if quantity in ("activations", "memory") else 1
    return samples * prod(scale(quantity, used))
