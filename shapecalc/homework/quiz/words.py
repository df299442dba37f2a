"""The sentences of a worksheet: what was counted and how, and each blank as a question that stands alone.

Pitfall: every switch that is not said here changes somebody's right answer, and most complaints of a class are about one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from ...quantities import LABELS
from ...report.table import Table
from ...text import N_, _
from ..conventions import Conventions

ASKS = {
    "output_shape": N_("Give the output shape."),
    "activations": N_("How many numbers are in its output?"),
    "weights": N_("How many weights does it have, biases apart?"),
    "biases": N_("How many biases does it have?"),
    "params": N_("How many parameters does it have?"),
    "macs": N_("How many multiply-accumulates (MACs) does it need?"),
    "flops": N_("How many FLOPs does it need, two for each MAC?"),
    "memory": N_("How many bytes does its output take?"),
    "receptive_field": N_("How wide is its receptive field, in pixels of the input?"),
    "padding": N_("Which padding p gives this output?"),
    "stride": N_("Which stride s gives this output?"),
    "connections": N_("How many connections does it have?"),
}

PADDINGS = {
    "same": N_("Padding same gives ⌈N / s⌉ outputs; an odd zero stands at the end."),
    "same_lower": N_("Padding same_lower gives ⌈N / s⌉ outputs; an odd zero stands at the start."),
    "keep": N_("Padding keep is the least on each side that keeps the size of the input."),
    "full": N_("Padding full is d·(f − 1) on each side."),
}
"""Words for a padding, and what they mean."""


def question(name: str, what: str, inputs: Sequence[str], output: str, column: str, network: str) -> str:
    """A blank as a question: the layer, what goes into it, and what is asked; shapes come in words."""
    known = {"name": name, "what": what, "shape": " + ".join(inputs), "y": output, "network": network}
    if column == "receptive_field":
        head = _("{name} of {network}: {what}.")
    elif column in ("padding", "stride"):
        head = _("{name}: {what} makes {y} of {shape}.")
    else:
        head = _("{name}: {what} on {shape}.")
    return f"{head.format(**known)} {_(ASKS[column])}"


def total_question(network: str, column: str) -> str:
    """The question for a sum."""
    label = _(LABELS[column])
    return _("All layers of {network} together: how many {label}?").format(network=network, label=label)


def conventions(table: Table, columns: Sequence[str], wanted: Conventions) -> Iterator[str]:
    """What the columns mean, a sentence for each switch that matters on this sheet."""
    words = {row.layer for row in table.rows}
    windowed: Any = [row for row in table.rows if getattr(row.costs, "windows", ())]
    order = "C×H×W" if wanted.layout == "CHW" else "H×W×C"
    yield _("Shapes are {order}, without the batch.").format(order=order)
    if windowed:
        yield _("f: filter size, s: stride, d: dilation, p: padding on each side.")
        if wanted.padding == "total" and "padding" in columns:
            yield _("In the column padding, it is that of both sides together.")
        pools = any(row.node.options.get("stride", 1) is None for row in windowed)
        plain = _("Where nothing is said, f = 1, s = 1 and p = 0.")
        yield _("Where nothing is said, f = 1, s = 1 (a pool steps by its f) and p = 0.") if pools else plain
        yield from _rounding(windowed)
    said = {row.node.options.get("padding") for row in windowed} & set(PADDINGS)
    yield from (_(words) for word, words in PADDINGS.items() if word in said)
    if any(row.node.options.get("connections") for row in windowed):
        yield _("connections=60 would say that 60 pairs of an input map and a filter are connected.")
    yield from _counts(table, columns, wanted, words)


def _rounding(rows: Sequence[Any]) -> Iterator[str]:
    up = [row for row in rows if row.node.options.get("rounding") == "ceil"]
    if len(up) == len(rows):
        yield _("Output sizes are rounded up.")
    elif up:
        yield _("Output sizes are rounded down, and up where a layer says rounding=ceil.")
    else:
        yield _("Output sizes are rounded down.")


def _counts(table: Table, columns: Sequence[str], wanted: Conventions, words: set[str]) -> Iterator[str]:
    """The columns of numbers."""
    if "activations" in columns:
        yield _("Activations are the numbers in a layer's output.")
    if "params" in columns or "biases" in columns:
        biased = any(row.params.biases for row in table.rows)
        if "params" in columns:
            yield (
                _("Params are weights and biases.")
                if biased
                else _("Params are weights; nothing has biases.")
            )
        bare = any(row.node.options.get("bias") is False for row in table.rows)
        if bare and biased:
            yield _("There are biases unless a layer says bias=no.")
    if "bn" in words and ("params" in columns or "weights" in columns):
        if wanted.bn == 4:
            yield _("Batch norm has 4 params a channel: γ, β and the two running statistics.")
        else:
            yield _("Batch norm has 2 params a channel, γ and β; running statistics do not count.")
    if "macs" in columns or "flops" in columns:
        yield _("A MAC is one multiplication and its addition.")
        yield _("Taps on padding count as MACs; biases, pools and norms do not.")
    if "macs" in columns and wanted.cost == "flop":
        yield _("The column MACs asks for FLOPs, 2 × MACs.")
    if "flops" in columns:
        yield _("FLOPs are 2 × MACs.")
    if "memory" in columns:
        yield _("Memory is that of the layer's output, {n} bytes a number.").format(n=wanted.bytes_per_value)
    if "receptive_field" in columns:
        yield _("A receptive field is how many input pixels along an axis one output can see.")
    if "connections" in columns:
        yield _("Connections are all taps of all outputs, and a bias for each.")
