"""Every built-in network in letters: the closed forms give the numbers, at sizes drawn anew for every network."""

from __future__ import annotations

from random import Random
from typing import Any

import pytest

from shapecalc import catalogue
from shapecalc.api import Selection, compute, read

from .closed import differences

SIZES = 3
LONG = ("resnet1202",)
"""As resnet110, ten times as long."""


@pytest.mark.parametrize("letters", ["H", "H,W"])
@pytest.mark.parametrize(
    "name", [pytest.param(n, marks=[pytest.mark.slow] * (n in LONG)) for n in catalogue.names()]
)
def test_closed_forms_give_the_numbers(name: str, letters: str) -> None:
    plan = read(name)
    inputs = compute(plan).table.graph.inputs
    random = Random(f"{name} {letters}")  # noqa: S311
    lengths = tuple(n for n in ("S", "T") if n in plan.params)
    if lengths:
        symbolic = compute(plan, Selection(symbolic=lengths)).table
        points = [{n: random.randint(1, 300) for n in lengths} for _ in range(SIZES)]
        pairs = [(point, Selection({n: str(v) for n, v in point.items()})) for point in points]
    else:
        ((_name, shape),) = inputs.items()
        axes = {1: "C", 2: "TC", 3: "HWC"}[len(shape)]
        names = tuple(letters.split(",")) if len(shape) == 3 else (axes[0],)
        symbolic = compute(plan, Selection(symbolic=names)).table
        pairs = []
        for _ in range(SIZES):
            point = {letter: random.randint(1, 2 * max(shape)) for letter in names}
            full = dict(zip(axes, shape)) | point
            if names == ("H",):
                full["W"] = full["H"]
            text = "{" + ", ".join(f"{axis}: {n}" for axis, n in full.items()) + "}"
            pairs.append((point, Selection(inputs={"input": text})))
    found = [text for point, numeric in pairs for text in differences(plan, symbolic, point, numeric)]
    assert not found, found[:5]


@pytest.mark.parametrize(
    ("name", "row", "form", "conditions"),
    [
        ("resnet50", "stage4", "(H - 1)//32 + 1", ()),  # He et al. 2015, Table 1: five halvings that round up
        (
            "vgg16",
            "stage5",
            "H//32",
            ("H >= 32",),
        ),  # Simonyan & Zisserman 2014, Table 1: five that round down
        # torchvision's AlexNet gives 6 of 227 and needs 63; this one, without padding in conv1, needs 67
        ("alexnet", "pool5", "(H - 67)//32 + 1", ("H >= 67",)),
        # Keras InceptionV3 is documented to need at least 75
        ("inception_v3", "inceptionc2", "(H - 75)//32 + 1", ("H >= 75",)),
        # Chollet 2017 and Keras: 299 gives 10
        ("xception", "relu4", "(H - 7)//32 + 1", ("H >= 7",)),
        ("mobilenet_v1", "separable13", "(H - 1)//32 + 1", ()),
    ],
)
def test_a_chain_of_windows_is_one_window(
    name: str, row: str, form: str, conditions: tuple[str, ...]
) -> None:
    table = compute(read(name), Selection(symbolic=("H",))).table
    last = [r for r in table.rows if r.name == row or r.name.startswith(row + ".")][-1]
    assert last.output_shape[0].text == form  # type: ignore[attr-defined]
    assert table.conditions == conditions


def test_vgg16_in_h() -> None:
    """Its parameters are 138,357,544 at 224 (Simonyan & Zisserman 2014, Table 2: 138M); only fc6 depends on H."""
    totals = compute(read("vgg16"), Selection(symbolic=("H",))).table.totals()
    params: Any = totals.params.total
    assert params.text == "2097152*(H//32)*(H//32) + 35597096"
    assert params.at({"H": 224}) == 138_357_544
    macs: Any = totals.macs
    assert macs.at({"H": 224}) == 15_470_264_320


def test_multipliers_classes_and_batch_as_letters() -> None:
    table = compute(read("mobilenet_v1"), Selection(symbolic=("alpha", "classes"), batch="B")).table
    totals: Any = table.totals()
    # Howard et al. 2017, Table 6: 4.2M at 1.0; Keras MobileNet(alpha=0.5): 1,342,536 with running statistics
    assert totals.params.total.at({"alpha": 1.0, "classes": 1000}) == 4_231_976
    assert (
        totals.params.total.at({"alpha": 0.5, "classes": 1000}) + totals.params.buffers.at({"alpha": 0.5})
        == 1_342_536
    )
    assert totals.macs.at({"alpha": 1.0, "classes": 1000, "B": 3}) == 3 * 568_740_352
