"""What can be asked of a layer or a network: each quantity's name, label, kind of answer, and whether it has a total.

Pitfall: a table of answers has columns for most of these, but some are only asked in words (a kernel, the array of
weights); `column` says which is which.
"""

from __future__ import annotations

from collections.abc import Mapping

from .record import Record
from .text import N_


class Quantity(Record):
    """`kind` says how an answer is read, `form` how it is put together from its terms.

    Forms: a `sum` of terms; a `shape`, a size an axis and a depth; the `sizes` alone; a `field`, a sum an axis; a
    `setting` that is looked up. `short` is the label in a narrow table.
    """

    label: str
    kind: str = "number"
    form: str = "sum"
    summed: bool = False
    column: bool = True
    short: str = ""


QUANTITIES: Mapping[str, Quantity] = {
    "output_shape": Quantity(N_("output shape"), "shape", "shape", short=N_("output")),
    "activations": Quantity(N_("activations"), summed=True),
    "weights": Quantity(N_("weights"), summed=True),
    "biases": Quantity(N_("biases"), summed=True),
    "params": Quantity(N_("params"), summed=True),
    "macs": Quantity(N_("MACs"), summed=True),
    "flops": Quantity(N_("FLOPs"), summed=True),
    "memory": Quantity(N_("memory (bytes)"), "bytes", summed=True, short=N_("memory")),
    "receptive_field": Quantity(N_("receptive field"), "receptive_field", "field"),
    "padding": Quantity(N_("padding"), "padding", "setting"),
    "stride": Quantity(N_("stride"), "stride", "setting"),
    "connections": Quantity(N_("connections"), summed=True),
    "buffers": Quantity(N_("buffers"), summed=True, column=False),
    "output_size": Quantity(N_("output size"), "size", "sizes", column=False),
    "kernel": Quantity(N_("kernel"), "size", "setting", column=False),
    "dilation": Quantity(N_("dilation"), "size", "setting", column=False),
    "weight_shape": Quantity(N_("shape of the weights"), "shape", "setting", column=False),
    "filters": Quantity(N_("filters"), "size", "setting", column=False),
    "units": Quantity(N_("units"), "size", "setting", column=False),
    "groups": Quantity(N_("groups"), "size", "setting", column=False),
    "multiplier": Quantity(N_("multiplier"), "size", "setting", column=False),
    "output_padding": Quantity(N_("output padding"), "size", "setting", column=False),
}
COLUMNS = tuple(name for name, quantity in QUANTITIES.items() if quantity.column)
"""The columns that an answer sheet can have, in their order."""
SUMMED = tuple(name for name, quantity in QUANTITIES.items() if quantity.summed)
"""Quantities that have a total."""
INVERSE = ("padding", "stride", "kernel", "dilation")
"""Settings that are asked backwards: which of them gives this output."""
LABELS = {name: QUANTITIES[name].label for name in COLUMNS}
"""What stands above a column."""
SHORT = {name: quantity.short or quantity.label for name, quantity in QUANTITIES.items()}
"""The same where there is little room."""
