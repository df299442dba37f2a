"""Where paths meet, the field is the hull of all; whether they are aligned is measured, too, and so is that none fits.

Araujo et al. 2019 (distill.pub, section on alignment): of a branch with a 3×3 and one with a 1×1 without padding, centres
differ by one pixel; of strides 1 and 2 there is no one field, for the hull grows from place to place.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest

from shapecalc.engine import receptive

from .conftest import Cli

MEET = """\
input: {size}
layers:
  - {joint}:
      a: {a}
      b: {b}
  - relu
  - maxpool: {{kernel: 2, stride: 1}}
"""
ALIGNED = [
    # joint, branches, size and padding of the hull, aligned
    ("concat", "[conv: {filters: 2, kernel: 3, padding: 1}]", "[conv: 2]", [3, 3], [1, 1], True),
    ("concat", "[conv: {filters: 2, kernel: 3, padding: 2}, maxpool: {kernel: 3, stride: 1}]", "[conv: 2]",
     [5, 5], [2, 2], True),
    ("add", "[conv: {filters: 2, kernel: 3, padding: [[2, 0], [1, 1]]}]", "[conv: 2]", [3, 3], [2, 1], False),
    ("add", "[conv: {filters: 2, kernel: 2, padding: same}]", "[conv: 2]", [2, 2], [0, 0], False),
    ("add", "[conv: {filters: 2, kernel: 3, stride: 2, padding: 1}]", "[conv: {filters: 2, stride: 2}]",
     [3, 3], [1, 1], True),
    ("mul", "[conv: {filters: 2, kernel: 2, stride: 2}]", "[conv: {filters: 2, stride: 2}]", [2, 2], [0, 0], False),
]  # fmt: skip


def verified(cli: Cli, folder: Path, text: str) -> tuple[int, dict[str, Any], str]:
    spec = folder / "net.yaml"
    spec.write_text(text)
    found = cli("verify", spec, "--receptive-field", "--format", "json")
    return (
        found.code,
        {x["name"]: x for x in found.json["layers"]},
        cli("verify", spec, "--receptive-field").out,
    )


@pytest.mark.parametrize(("joint", "a", "b", "size", "padding", "aligned"), ALIGNED)
def test_alignment_is_measured(
    cli: Cli, tmp_path: Path, joint: str, a: str, b: str, size: list[int], padding: list[int], aligned: bool
) -> None:
    text = MEET.format(size="16x18x2", joint=joint, a=a, b=b)
    code, layers, _out = verified(cli, tmp_path, text)
    assert code == 0
    field = layers[f"{joint}1"]["receptive_field"]
    assert field["ok"] is True
    assert {key: field["measured"][key] for key in ("size", "padding", "aligned")} == {
        "size": size, "padding": padding, "aligned": aligned,
    }  # fmt: skip
    behind = layers["maxpool1"]["receptive_field"]
    assert behind["ok"] is True and behind["measured"]["aligned"] is aligned, "nothing behind mends it"


@pytest.mark.parametrize(("joint", "a", "b", "size", "padding", "aligned"), ALIGNED)
def test_a_wrong_alignment_is_caught(
    cli: Cli, tmp_path: Path, joint: str, a: str, b: str, size: list[int], padding: list[int], aligned: bool
) -> None:
    text = MEET.format(size="16x18x2", joint=joint, a=a, b=b)
    with patch.object(receptive, "_aligned", lambda fields: not aligned):
        code, layers, out = verified(cli, tmp_path, text)
    assert code == 1 and layers[f"{joint}1"]["receptive_field"]["ok"] is False
    assert f"{joint}1: receptive_field is size" in out and "aligned" in out


def test_a_wrong_stride_of_the_hull_is_caught(cli: Cli, tmp_path: Path) -> None:
    a, b = ALIGNED[4][1:3]
    right = receptive._hull.__wrapped__
    wrong = lambda *paths: (right(*paths)[0], right(*paths)[1] + 1, right(*paths)[2])  # noqa: E731
    with patch.object(receptive, "_hull", wrong):
        code, layers, _out = verified(cli, tmp_path, MEET.format(size="17x17x2", joint="add", a=a, b=b))
    field = layers["add1"]["receptive_field"]
    assert code == 1 and field["predicted"]["stride"] == [3, 3] and field["measured"]["stride"] == [2, 2]


SPLIT = [
    ("8x8x2", "[conv: {filters: 2, stride: 2}]", "[conv: {filters: 2, kernel: 5}]"),
    ("8x8x2", "[maxpool: 2]", "[conv: {filters: 2, kernel: 3, dilation: 2}]"),
    ("12x9x2", "[conv: {filters: 2, stride: [3, 1]}]", "[conv: {filters: 2, kernel: [9, 1]}]"),
]


@pytest.mark.parametrize("joint", ["add", "concat"])
@pytest.mark.parametrize(("size", "a", "b"), SPLIT)
def test_of_different_strides_there_is_no_field_on_either_side(
    cli: Cli, tmp_path: Path, joint: str, size: str, a: str, b: str
) -> None:
    code, layers, out = verified(cli, tmp_path, MEET.format(size=size, joint=joint, a=a, b=b))
    assert code == 0, "nothing disagrees"
    for name in (f"{joint}1", "relu1", "maxpool1"):
        field = layers[name]["receptive_field"]
        assert layers[name]["ok"] is True and field["ok"] is None and field["measured"] is None
        assert field["predicted"]["aligned"] is False
        assert (
            field["unverified"]
            == "the strides of the paths that meet differ, so its size is another at every place"
        )
    assert f"{joint}1: receptive field unverified, the strides of the paths that meet differ" in out
    assert "when run" not in out and "✗" not in out


def test_different_strides_that_are_called_aligned_are_caught(cli: Cli, tmp_path: Path) -> None:
    with patch.object(receptive, "_aligned", lambda fields: True):
        code, layers, _out = verified(
            cli, tmp_path, MEET.format(size=SPLIT[0][0], joint="add", a=SPLIT[0][1], b=SPLIT[0][2])
        )
    assert code == 1 and layers["add1"]["receptive_field"]["ok"] is False
