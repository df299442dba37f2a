"""`new`: a spec to begin with, and never at the cost of one that is there."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from shapecalc import catalogue

from .conftest import Cli


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_a_copy_of_lenet(cli: Cli, here: Path) -> None:
    found = cli("new", "my-net")
    assert found.code == 0 and found.out == "" and "shapecalc table my-net.yaml" in found.err
    assert os.listdir(here) == ["my-net.yaml"]
    table = cli("table", "my-net.yaml", "--format", "json").json
    assert table["name"] == "my-net" and table["totals"]["params"]["total"] == 61_706
    assert cli("check", "my-net.yaml").code == 0


@pytest.mark.parametrize(
    "origin", ["resnet18", "resnet152", "googlenet_aux", "transfer_vgg16", "same_200", "lenet5_1998"]
)
def test_from_another(cli: Cli, origin: str) -> None:
    assert origin in catalogue.names()
    assert cli("-q", "new", "mine.yml", "--from", origin) == (0, "", "")
    mine, wanted = (cli("table", spec, "--format", "json").json for spec in ("mine.yml", origin))
    assert (
        mine["name"] == "mine" and mine["totals"] == wanted["totals"] and mine["layers"] == wanted["layers"]
    )
    assert cli("check", "mine.yml").code == 0


def test_never_overwrites(cli: Cli, here: Path) -> None:
    (here / "mine.yaml").write_text("precious")
    found = cli("new", "mine")
    assert found.code == 2 and "mine.yaml is there already" in found.err
    assert cli("new", "mine.yaml", "--from", "vgg16").code == 2
    assert (here / "mine.yaml").read_text() == "precious"
    (here / "dangling.yaml").symlink_to(here / "nowhere.txt")
    assert cli("new", "dangling").code == 2 and not (here / "nowhere.txt").exists()


@pytest.mark.parametrize(
    "name", ["网络", "12", "true", "null", "a: b", "#1", "it's", 'say "x"', "1e3", "x" * 100, "tab\tx"]
)
def test_any_name(cli: Cli, name: str) -> None:
    assert cli("new", name).code == 0
    found = cli("table", f"{name}.yaml", "--format", "json")
    assert found.code == 0 and found.json["name"] == name


def test_in_a_folder(cli: Cli, here: Path) -> None:
    (here / "nets").mkdir()
    assert (
        cli("new", "nets/deep").code == 0
        and cli("table", "nets/deep.yaml", "--format", "json").json["name"] == "deep"
    )
    for name in ("nowhere/deep", "nets/", ""):
        found = cli("new", name)
        assert found.code == 2 and "itself" not in found.err
    assert sorted(os.listdir(here / "nets")) == ["deep.yaml"]


def test_from_a_file_of_ones_own_and_from_a_pipe(cli: Cli, here: Path) -> None:
    (here / "own.yaml").write_text("# mine\ninput: 8x8x3\nlayers: [relu]\n")
    assert cli("new", "second", "--from", "own.yaml").code == 0
    assert (here / "second.yaml").read_text() == "# mine\nname: second\ninput: 8x8x3\nlayers: [relu]\n"
    assert cli("new", "third", "--from", "-", stdin="{input: 8x8x3, layers: [relu]}").code == 0
    assert cli("table", "third.yaml", "--format", "json").json["name"] == "third"
    assert cli("new", "fourth", "--from", "nowhere").code == 2 and not (here / "fourth.yaml").exists()


def test_a_name_within_a_block_is_left_alone(cli: Cli, here: Path) -> None:
    (here / "own.yaml").write_text(
        "input: 8x8x3\nlayers:\n  - relu:\n      name: first\nname:   Old  # the name\n"
    )
    assert cli("new", "second", "--from", "own.yaml").code == 0
    found = cli("table", "second.yaml", "--format", "json").json
    assert found["name"] == "second" and found["layers"][0]["name"] == "first"


def test_a_base_elsewhere(cli: Cli, here: Path) -> None:
    (here / "nets").mkdir()
    (here / "nets" / "a.yaml").write_text("{input: 8x8x3, params: {n: 4}, layers: [{conv: n}]}")
    (here / "nets" / "b.yaml").write_text("base: ./a.yaml\nset: {n: 5}\n")
    found = cli("new", "mine", "--from", "nets/b.yaml")
    assert found.code == 0 and cli("table", "mine.yaml", "--format", "json").json["output_shape"] == [8, 8, 5]
