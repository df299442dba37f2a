"""Worked derivations whose sizes or options are letters: they are explained, and nothing undecided is claimed."""

from __future__ import annotations

import json

import pytest

import shapecalc
from shapecalc import SpecError

SPEC = "input: HxWx4\nparams: {{k: 2}}\nlayers:\n  - {entry}\n  - relu\n"
ENTRIES = (
    "conv: {filters: 8, kernel: 3, stride: 2, padding: same}",
    "conv: {filters: 8, kernel: 2, stride: 3, padding: same_lower}",
    "conv: {filters: 8, kernel: 5, stride: 2, padding: keep}",
    "conv: {filters: 8, kernel: 5, stride: 3, padding: full}",
    "conv: {filters: 8, kernel: k, stride: 3, padding: k // 2}",
    "conv: {filters: 8, kernel: 3, stride: k}",
    "conv: {filters: 8, kernel: 3, padding: k}",
    "conv: {filters: 8, kernel: 3, dilation: k}",
    "conv: {filters: 4*k, kernel: 3, groups: k}",
    "convtranspose: {filters: 8, kernel: 3, stride: k}",
    "maxpool: {kernel: k, stride: 2, rounding: ceil}",
    "avgpool: {kernel: k, stride: k}",
    "separable: {filters: k, kernel: 3}",
    "pixelshuffle: k",
    "se: k",
    "groupnorm: k",
    "shuffle: k",
    "subsample: k",
    "upsample: k",
    "fc: k",
)


@pytest.mark.parametrize("entry", ENTRIES)
@pytest.mark.parametrize("symbolic", ["", "k"])
def test_every_format_has_letters(entry: str, symbolic: str) -> None:
    network = shapecalc.load(SPEC.format(entry=entry), symbolic=symbolic)
    explained = network.explain()
    for format in ("plain", "markdown", "latex", "html", "csv"):
        assert "H" in explained.show(format)
    layer = json.loads(explained.show("json"))["layers"][0]
    assert layer["steps"], "JSON has closed forms as text"
    assert json.loads(network.show("json"))["layers"]


def test_what_floor_drops_is_not_claimed_of_every_size() -> None:
    text = shapecalc.load(SPEC.format(entry="maxpool: 2")).explain("output_shape").show()
    assert "(H − 2) / 2 is whole for some sizes only: H − 2·⌊H / 2⌋ are left over, which floor drops." in text
    assert "is not whole" not in text


@pytest.mark.parametrize("entry", ["lrn: k", "adaptiveavgpool: k", "adaptivemaxpool: [k, 3]"])
def test_a_letter_that_counts_terms_is_refused(entry: str) -> None:
    with pytest.raises(SpecError, match="size says how many terms a sum has, and a letter leaves that open"):
        shapecalc.load(SPEC.format(entry=entry), symbolic="k")
