"""Totals and key shapes of the built-in networks against torchvision's, timm's, pytorchcv's and Keras's own.

tests/data/architectures.yaml was made by running those packages. What a built-in file expects of itself is checked
elsewhere, and could be bent; these numbers cannot.
"""

from __future__ import annotations

from typing import Any

import pytest

from .net import WEIGHTED, WRITTEN_HERE, arrived, channels_last, document
from .variants import OTHERS, VARIANTS

LANGUAGE = ("transformer_", "bert_", "gpt2_", "llama_")
"""Networks of which only parameters are recorded, and multiply-accumulates of some."""


def published() -> dict[str, Any]:
    return {v["id"]: v for family in document("architectures.yaml")["families"] for v in family["variants"]}


def test_every_variant_is_ours_or_left_out_for_a_reason() -> None:
    assert not VARIANTS.keys() & OTHERS.keys()
    assert VARIANTS.keys() | OTHERS.keys() == published().keys()


def test_a_new_network_moves_up_into_variants() -> None:
    assert arrived({variant: name for variant, (name, _reason) in OTHERS.items()}) == []


@pytest.mark.parametrize("variant", VARIANTS)
def test_totals(variant: str) -> None:
    """A gate's layers are 1×1 convolutions elsewhere; projections of attention are no modules, or one of timm's is three."""
    theirs, ours = published()[variant], VARIANTS[variant].net()
    learned = ours.rows(*WEIGHTED)
    hidden = ".mha" if variant.startswith("tv_") else "no such name"
    weighted = [row for row in learned if hidden not in row.name]
    fused = 2 * len([row for row in weighted if row.name.endswith(".mha1.query")])
    dense = [row for row in weighted if row.layer in ("fc", "linear") and ".gate." not in row.name]
    found = {
        "params": ours.total.params.total,
        "macs": ours.total.macs,
        "total": ours.total.params.total,
        "weight_layers": len(weighted) - fused,
        "conv_layers": len(weighted) - len(dense),
        "linear_layers": len(dense) - fused,
        "output": [ours.table.output_shape[-1], *ours.table.output_shape[:-1]],
        "conv_linear_output_elements": sum(row.activations for row in weighted),
    }
    known = {key for key in found if theirs.get(key) is not None}
    assert {"params", "total"} & known and (len(known) == 7 or variant.startswith(("keras_", *LANGUAGE)))
    assert {key: found[key] for key in known} == {key: theirs[key] for key in known}
    stored = ours.total.params.total + ours.total.params.buffers
    stored += 7 * variant.startswith("keras_EfficientNet")  # it normalises its input: 3 + 3 + 1 numbers
    assert theirs.get("params_total_incl_bn_stats", stored) == stored


@pytest.mark.parametrize("variant", [name for name, ours in VARIANTS.items() if ours.rows])
def test_key_shapes(variant: str) -> None:
    """A global pool gives a vector here and 1×1×C there."""
    theirs, ours = published()[variant]["key_shapes"], VARIANTS[variant]
    places = ours.rows.split()
    assert len(places) == len(theirs)
    for (key, shape), place in zip(theirs.items(), places):
        found = ours.net().shape(place)
        wanted = channels_last(shape) if len(shape) == 3 else tuple(shape)
        assert found == wanted or (shape[1:] == [1, 1] and list(found) == shape[:1]), (
            key,
            place,
        )


@pytest.mark.parametrize("variant", [name for name in VARIANTS if "nominal_depth" in published()[name]])
def test_nominal_depth(variant: str) -> None:
    """The number in a network's name is its depth: projection shortcuts stand beside the path, not in it.

    A wide ResNet's number, 6n + 4, counts the three projections and not the fc layer.
    """
    more = 3 - 1 if variant == "pcv_wrn16_10_cifar10" else 0
    assert VARIANTS[variant].net().total.depth + more == published()[variant]["nominal_depth"]


def test_a_network_written_here_gives_way_to_a_built_in() -> None:
    """Take the file in tests/reference/specs away, and compare the built-in network of its name."""
    assert arrived({name: name for name in WRITTEN_HERE}) == []
