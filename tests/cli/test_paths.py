"""SPEC: a file, a built-in name, `-`; and everything that somebody gives instead."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from .conftest import Cli

root = pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read everything")
NET = "{input: 8x8x3, layers: [{conv: {filters: 4, kernel: 3}}]}"


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_standard_input(cli: Cli) -> None:
    found = cli("table", "-", stdin=NET)
    assert found.code == 0 and found.out.startswith("<stdin>\n")
    found = cli("table", "-", stdin="input: 8x8x3\nlayers:\n  - cnv: 3\n")
    assert found.code == 2 and "<stdin>:3:5" in found.err
    assert cli("table", "-", stdin="").code == 2
    assert "is empty" in cli("table", "-", stdin="").err
    assert cli("table", "-", "vgg16", "-", stdin=NET).code == 2  # the second - finds nothing more


def test_relative_absolute_and_odd_paths(cli: Cli, here: Path) -> None:
    (here / "deep er").mkdir()
    for name in ("net.yaml", "net.yml", "deep er/网络 1.yaml", "no_suffix", "-net.yaml"):
        (here / name).write_text(NET)
        assert cli("table", f"./{name}").code == 0
        assert cli("table", here / name).code == 0
    assert cli("table", "no_suffix", "deep er/../net.yml").code == 0
    assert cli("table", "--", "-net.yaml").code == 0


def test_a_built_in_is_not_hidden_by_a_file(cli: Cli, here: Path) -> None:
    (here / "vgg16").write_text(NET)
    (here / "lenet5").mkdir()
    assert "138,357,544" in cli("table", "vgg16").out and "61,706" in cli("table", "lenet5").out
    assert "138,357,544" not in cli("table", "./vgg16").out
    (here / "vgg16.yaml").write_text(NET)
    assert "138,357,544" not in cli("table", "vgg16.yaml").out


@pytest.mark.parametrize("command", ["table", "expand", "compare", "check", "new"])
def test_what_cannot_be_read(cli: Cli, here: Path, command: str) -> None:
    (here / "folder").mkdir()
    (here / "binary.yaml").write_bytes(b"\x89PNG\r\n\x1a\n\xff\xfe\x00")
    (here / "latin.yaml").write_bytes("name: café\ninput: 8x8x3\nlayers: []\n".encode("latin-1"))
    (here / "utf16.yaml").write_bytes(NET.encode("utf-16"))
    (here / "empty.yaml").write_bytes(b"")
    (here / "nul.yaml").write_bytes(b"input: 8x8x3\0\nlayers: []")
    for name in (
        "folder",
        "nowhere.yaml",
        "nowhere/net.yaml",
        "vgg61",
        "",
        "a\0b",
        "binary.yaml",
        "latin.yaml",
        "utf16.yaml",
        "x" * 5000,
    ):
        arguments = [command, "mine", "--from", name] if command == "new" else [command, name]
        found = cli(*arguments, "lenet5") if command == "compare" else cli(*arguments)
        assert found.code == 2, (name, found)
        assert "itself" not in found.err and "error" in found.err + found.out
    for name in ("empty.yaml", "nul.yaml"):
        if command != "new":
            assert cli(command, name, *(["lenet5"] if command == "compare" else [])).code == (
                1 if command == "check" else 2
            )
    assert not (here / "mine.yaml").exists()


def test_cures(cli: Cli, here: Path) -> None:
    (here / "folder").mkdir()
    (here / "latin.yaml").write_bytes(b"name: caf\xe9\n")
    assert "did you mean vgg16?" in cli("table", "vgg_16").err
    assert "shapecalc list" in cli("table", "xyzzy").err
    assert "shapecalc check folder" in cli("table", "folder").err
    assert "there is no file nowhere.yaml" in cli("table", "nowhere.yaml").err
    assert "0xe9 at 9" in cli("table", "latin.yaml").err and "UTF-8" in cli("table", "latin.yaml").err


@root
def test_a_file_that_may_not_be_read(cli: Cli, here: Path) -> None:
    (here / "secret.yaml").write_text(NET)
    os.chmod(here / "secret.yaml", 0)
    found = cli("table", "secret.yaml")
    assert found.code == 2 and "Permission denied" in found.err


def test_a_file_that_fails_while_it_is_read(cli: Cli, here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (here / "net.yaml").write_text(NET)

    def fail(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("builtins.open", fail)
    found = cli("table", "net.yaml")
    assert found.code == 2 and "net.yaml cannot be read: Permission denied" in found.err


def test_a_file_that_never_ends(cli: Cli, here: Path) -> None:
    (here / "long.yaml").write_text("#" * (2**25 + 1))
    assert "larger than" in cli("table", "long.yaml").err
    if os.path.exists("/dev/zero"):
        found = cli("table", "/dev/zero")
        assert found.code == 2 and "too long" in found.err


@pytest.mark.skipif(os.name != "posix", reason="pipes as POSIX has them")
def test_process_substitution(here: Path) -> None:
    source = Path(__file__).parents[2]
    command = f"{sys.executable} -m shapecalc table <(echo '{NET}')"
    env = {**os.environ, "PYTHONPATH": str(source)}
    found = subprocess.run(["bash", "-c", command], capture_output=True, text=True, env=env, check=False)
    assert found.returncode == 0 and "conv 4, f=3" in found.stdout


def test_base_is_relative_to_its_file(cli: Cli, here: Path) -> None:
    (here / "a" / "b").mkdir(parents=True)
    (here / "net.yaml").write_text(
        "{input: 8x8x3, params: {n: 4}, layers: [{conv: {filters: n, kernel: 3}}]}"
    )
    (here / "a" / "one.yaml").write_text("{base: ../net.yaml, set: {n: 5}}")
    (here / "a" / "b" / "two.yaml").write_text("{base: ../one.yaml, set: {n: 6}}")
    (here / "a" / "b" / "three.yaml").write_text("{base: ./two.yaml}")
    for path, filters in (("a/one.yaml", 5), ("a/b/two.yaml", 6), ("a/b/three.yaml", 6)):
        for spec in (path, here / path):
            assert cli("table", spec, "--format", "json").json["output_shape"] == [6, 6, filters]
    (here / "a" / "b" / "bad.yaml").write_text("{base: ../nowhere.yaml}")
    found = cli("table", "a/b/bad.yaml")
    assert found.code == 2 and "nowhere.yaml" in found.err


def test_base_of_ones_own_name(cli: Cli, here: Path) -> None:
    """A file called like the built-in that it changes is no circle; two that name each other are."""
    (here / "resnet18.yaml").write_text("{base: resnet18, set: {classes: 10}}")
    found = cli("table", "resnet18.yaml", "--format", "json")
    assert found.code == 0 and found.json["output_shape"] == [10]
    (here / "a.yaml").write_text("{base: b.yaml}")
    (here / "b.yaml").write_text("{base: ./a.yaml}")
    found = cli("table", "a.yaml")
    assert found.code == 2 and "SC211" in found.err
