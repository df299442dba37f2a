"""A layer's derivation against its row of the table."""

from __future__ import annotations

from shapecalc.report.derivation import DerivationStep, LayerDerivation
from shapecalc.report.table import Row

from .printed import value

AXES = {1: "C", 2: "TC", 3: "HWC", 4: "ZHWC"}


def by_key(layer: LayerDerivation) -> dict[str, DerivationStep]:
    return {step.key: step for step in layer.steps}


def check(row: Row, layer: LayerDerivation) -> int:
    """Every step of a layer; the number of steps."""
    steps = by_key(layer)
    assert len(steps) == len(layer.steps), row.name
    for step in layer.steps:
        assert value(step.substituted) == step.value, (row.name, step)
    shape = row.output_shape
    axes = ("V",) if len(shape) == 1 else AXES[len(shape)]
    assert tuple(steps[f"output.{axis}"].value for axis in axes) == shape
    assert steps["activations"].value == row.activations
    assert steps["activation_bytes"].value == row.activation_bytes
    assert steps["params"].value == row.params.total
    for quantity in ("weights", "biases", "buffers"):
        assert (steps[quantity].value if quantity in steps else 0) == getattr(row.params, quantity)
    assert steps["macs"].value == row.macs
    on_data = steps.get("macs_on_data", steps["macs"])
    assert on_data.value == row.macs_on_data
    assert {key[4:]: s.value for key, s in steps.items() if key.startswith("ops.")} == row.ops
    field = row.receptive_field
    if field is None:
        assert not any(key.startswith("receptive_field.") for key in steps)
        assert layer.remark
    else:
        spatial = AXES[len(field.size) + 1][:-1]
        for part in ("size", "stride", "padding"):
            found = [steps.get(f"receptive_field.{part}.{axis}") for axis in spatial]
            if part == "size" or found[0] is not None:
                assert tuple(step.value for step in found if step) == getattr(field, part)
    return len(steps)
