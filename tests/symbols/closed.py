"""A network in letters beside the same network in numbers: what differs, in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from shapecalc.api import Selection, compute
from shapecalc.errors import SpecError
from shapecalc.report.table import Row, Table
from shapecalc.spec import Plan

ROW = ("output_shape", "activations", "activation_bytes", "macs", "flops", "connections", "ops", "params")
TOTALS = ("macs", "activations", "param_bytes", "peak_activation_bytes", "weight_layers", "depth")


def put(value: Any, letters: Mapping[str, int]) -> Any:
    """The number that a closed form gives, all the way down; kinds of operations that are 0 are left out."""
    if isinstance(value, Mapping):
        return {k: n for k, v in value.items() if (n := put(v, letters))}
    if isinstance(value, tuple):
        return tuple(put(v, letters) for v in value)
    return value.at(letters) if hasattr(value, "terms") else value


def holds(conditions: Iterable[str], letters: Mapping[str, int]) -> bool:
    """Whether all conditions are true of these numbers, read as the expression grammar reads them."""
    return all(eval(text, {"max": max, "min": min}, dict(letters)) for text in conditions)  # noqa: S307


def differences(plan: Plan, symbolic: Table, letters: Mapping[str, int], numeric: Selection) -> list[str]:
    """Where numbers put into the closed forms disagree with the numbers; refusals must agree, too."""
    fine = holds(symbolic.conditions, letters)
    try:
        table = compute(plan, numeric).table
    except SpecError as refused:
        return [f"{letters}: refused, and {symbolic.conditions} holds: {refused}"] if fine else []
    if not fine:
        return [f"{letters}: computed, and {symbolic.conditions} fails"]
    found = [text for a, b in zip(symbolic.rows, table.rows) for text in _row(a, b, letters)]
    for quantity in TOTALS:
        a, b = getattr(symbolic.totals(), quantity), getattr(table.totals(), quantity)
        if put(a, letters) != b:
            found.append(f"{letters}: {quantity} is {b}, and {a} gives {put(a, letters)}")
    return found


def _row(a: Row, b: Row, letters: Mapping[str, int]) -> list[str]:
    pairs = {q: (getattr(a, q), getattr(b, q)) for q in ROW}
    last = 3 if a.receptive_field and a.receptive_field.aligned is None else 4
    pairs["receptive field"] = (a.receptive_field or ())[:last], (b.receptive_field or ())[:last]
    if a.macs_on_data is not None:
        pairs["macs_on_data"] = a.macs_on_data, b.macs_on_data
    return [
        f"{letters}: {quantity} of {a.name} is {y}, and {x} gives {put(x, letters)}"
        for quantity, (x, y) in pairs.items()
        if put(x, letters) != put(y, letters)
    ]
