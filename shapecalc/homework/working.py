"""How the right value of a cell is worked out, in one line with the numbers put in: 5·5·3·6 + 6 = 456.

Pitfall: it gives the answer away, so whoever shows it asks first whether right values may be told.
"""

from __future__ import annotations

from ..layers import Layer
from ..report.grades import value_text
from .key import Key, KeyCell
from .values import Value

MOST = 12
"""Terms of a sum that are written out."""


def working(key: Key, cell: KeyCell) -> str:
    """The arithmetic of a cell, empty where there is none to show."""
    row, quantity = cell.row, cell.quantity
    if row.kind == "layer":
        return layer_work(key, key.layers[row.name], quantity, cell.expected)
    if row.kind == "total":
        return summed(key, tuple(key.layers), quantity, cell.expected)
    if row.kind == "block" and isinstance(cell.expected, int) and quantity != "activations":
        return summed(key, row.members, quantity, cell.expected)
    return ""


def layer_work(key: Key, layer: Layer, quantity: str, expected: Value) -> str:
    """The arithmetic of one layer's number."""
    wanted = key.conventions
    if quantity == "output_shape":
        shown = (f"{w.formula.show(w.letters)} = {w.M}" for w in getattr(layer, "windows", ()))
        return ", ".join(dict.fromkeys(shown))
    if quantity == "activations" and len(layer.y) > 1:
        left = "·".join(map(str, layer.y if wanted.batch == 1 else (wanted.batch, *layer.y)))
    elif quantity == "params" and wanted.parameters == "learned":
        left = " + ".join(text for q in ("weights", "biases") if (text := layer.work(q)))
        if layer.count("buffers") and wanted.bn == 4:
            left += f" + {layer.work('buffers')}"
    elif quantity in ("weights", "biases", "connections"):
        left = layer.work(quantity)
    elif quantity in ("macs", "flops"):
        left = layer.work("macs")
        if left and (quantity == "flops" or wanted.cost == "flop"):
            left = f"2·{left}"
    elif quantity == "memory" and wanted.memory == "activations":
        left = "·".join(map(str, (*layer.y, wanted.bytes_per_value)))
    else:
        left = ""
    return f"{left} = {value_text(expected)}" if left and left != str(expected) else ""


def summed(key: Key, names: tuple[str, ...], quantity: str, expected: Value) -> str:
    """A sum over layers, where it has few terms."""
    values = (key.value(name, quantity) for name in names)
    terms = [f"{value:,}" for value in values if isinstance(value, int) and value]
    return f"{' + '.join(terms)} = {value_text(expected)}" if 1 < len(terms) <= MOST else ""
