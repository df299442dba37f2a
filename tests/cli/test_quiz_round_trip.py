"""A quiz's own filled sheet, graded against its key, is full marks: every network, every format that is handed in."""

from __future__ import annotations

from pathlib import Path

import pytest

from shapecalc import catalogue

from .conftest import Cli

NETWORKS = [name for name in catalogue.names() if name != "resnet1202"]  # as resnet110, ten times as long
SUFFIXES = ("csv", "tsv", "md", "json", "ipynb", "html")


FEW = [(name, (SUFFIXES[i % 6], SUFFIXES[(i + 3) % 6])) for i, name in enumerate(NETWORKS)]
"""Each network in two formats, each format by a third of the networks."""
ALL = [pytest.param(name, SUFFIXES, marks=pytest.mark.slow) for name in NETWORKS]


@pytest.mark.parametrize(("spec", "suffixes"), [*FEW, *ALL])
def test_full_marks(cli: Cli, spec: str, suffixes: tuple[str, ...], tmp_path: Path) -> None:
    solutions = [word for s in suffixes for word in ("--solution", tmp_path / f"mei.{s}")]
    found = cli("quiz", spec, "--rate", "0.2", "--key", tmp_path / "key.yaml", *solutions)
    assert found.code == 0
    for suffix in suffixes:
        graded = cli(
            "grade", tmp_path / "key.yaml", tmp_path / f"mei.{suffix}", "--strict", "--format", "json"
        )
        (sheet,) = graded.json["answers"]
        assert graded.code == 0 and sheet["score"] == sheet["max_score"] > 0, suffix


@pytest.mark.parametrize(
    "options",
    [
        ("--columns", "all", "--seed", "5"), ("--blank", "total,params", "--layout", "CHW"), ("--choices", "4"),
        ("--blank", "padding"), ("--blank", "stride"), ("--rate", "1"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("spec", ["lenet5", "alexnet", "inception_module", "resnet18"])
def test_full_marks_for_odd_sheets(cli: Cli, spec: str, options: tuple[str, ...], tmp_path: Path) -> None:
    key, sheet = tmp_path / "key.yaml", tmp_path / "mei.csv"
    assert cli("quiz", spec, *options, "--key", key, "--solution", sheet).code == 0
    assert cli("grade", key, sheet, "--strict").code == 0


def test_every_student_s_own_key(cli: Cli, tmp_path: Path) -> None:
    assert (
        cli(
            "quiz", "lenet5", "--variants", "3", "--format", "csv", "--solution", "x.csv", "-o", tmp_path
        ).code
        == 0
    )
    for name in ("s01", "s02", "s03"):
        key, own = tmp_path / "keys" / f"{name}.yaml", tmp_path / "solutions" / f"{name}.csv"
        assert cli("grade", key, own, "--strict").code == 0
    assert (
        cli("grade", tmp_path / "keys" / "s01.yaml", tmp_path / "solutions" / "s02.csv", "--strict").code == 1
    )
