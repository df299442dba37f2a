"""`-o FILE`: the format of its suffix, the whole text or nothing, and no harm to what is not a plain file."""

from __future__ import annotations

import json
import os
import stat
from pathlib import Path

import pytest

from shapecalc.render import SUFFIXES

from .conftest import Cli

root = pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write everywhere")
posix = pytest.mark.skipif(os.name != "posix", reason="devices and links as POSIX has them")


@pytest.mark.parametrize("suffix", [*SUFFIXES, ".JSON", ".Md"])
def test_the_suffix_says_the_format(cli: Cli, tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"table{suffix}"
    assert cli("table", "lenet5", "-o", path) == (0, "", "")
    wanted = cli("table", "lenet5", "--format", SUFFIXES[suffix.lower()]).out
    assert path.read_bytes() == wanted.encode()
    assert os.listdir(tmp_path) == [path.name]


def test_a_format_asked_for_wins(cli: Cli, tmp_path: Path) -> None:
    path = tmp_path / "table.csv"
    cli("table", "lenet5", "-o", path, "--format", "json")
    assert json.loads(path.read_text())["name"] == "LeNet-5"
    cli("table", "lenet5", "-o", tmp_path / "plain", "--format", "plain")
    assert (tmp_path / "plain").read_text().startswith("LeNet-5")


@pytest.mark.parametrize("name", ["table.xlsx", "table", "table.yaml", ".csv"])
def test_an_unknown_suffix(cli: Cli, tmp_path: Path, name: str) -> None:
    found = cli("table", "lenet5", "-o", tmp_path / name)
    assert found.code == 2 and found.out == "" and ".json" in found.err
    assert os.listdir(tmp_path) == []


def test_a_path_that_cannot_be_written(cli: Cli, tmp_path: Path) -> None:
    (tmp_path / "folder.csv").mkdir()
    for path in (
        tmp_path / "folder.csv",
        tmp_path / "nowhere" / "a.csv",
        f"{tmp_path}/a\0.csv",
        tmp_path / ("x" * 300 + ".csv"),
    ):
        found = cli("table", "lenet5", "-o", path)
        assert found.code == 2 and found.out == "" and "cannot be written" in found.err, path
    assert os.listdir(tmp_path) == ["folder.csv"]


def test_an_old_file_is_replaced_whole(cli: Cli, tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("x" * 100_000)
    os.chmod(path, 0o640)
    cli("table", "lenet5", "-o", path)
    assert path.read_text().startswith("LeNet-5") and "x" * 9 not in path.read_text()
    assert stat.S_IMODE(path.stat().st_mode) == 0o640


@root
def test_a_protected_file_stays(cli: Cli, tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("mine")
    os.chmod(path, 0o440)
    assert cli("table", "lenet5", "-o", path).code == 2
    assert path.read_text() == "mine"


def test_a_failure_leaves_the_old_file(cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.txt"
    path.write_text("mine")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", full)
    found = cli("table", "lenet5", "-o", path)
    assert found.code == 2 and "No space left" in found.err
    assert path.read_text() == "mine" and os.listdir(tmp_path) == ["a.txt"]


@posix
def test_links_and_devices_stay_what_they_are(cli: Cli, tmp_path: Path) -> None:
    (tmp_path / "real.txt").write_text("old")
    (tmp_path / "link.txt").symlink_to("real.txt")
    assert cli("table", "lenet5", "-o", tmp_path / "link.txt").code == 0
    assert (tmp_path / "link.txt").is_symlink() and (tmp_path / "real.txt").read_text().startswith("LeNet-5")
    (tmp_path / "null.txt").symlink_to("/dev/null")
    assert cli("table", "lenet5", "-o", tmp_path / "null.txt").code == 0
    assert Path("/dev/null").is_char_device()
    if os.path.exists("/dev/full"):
        found = cli("table", "lenet5", "-o", "/dev/full", "--format", "csv")
        assert found.code == 2 and "cannot be written" in found.err and Path("/dev/full").is_char_device()


def test_minus_is_stdout(cli: Cli) -> None:
    assert cli("table", "lenet5", "-o", "-").out == cli("table", "lenet5").out
    assert cli("expand", "lenet5", "-o", "-").out == cli("expand", "lenet5").out


def test_diagnostics_never_go_into_the_file(cli: Cli, tmp_path: Path) -> None:
    spec, path = tmp_path / "unmet.yaml", tmp_path / "a.txt"
    spec.write_text("input: 8x8x3\nlayers: [relu]\nexpect: {params: 7}\n")
    found = cli("table", spec, "-o", path)
    assert found.code == 1 and found.out == "" and "SC502" in found.err and "SC502" not in path.read_text()


def test_colour_is_for_the_terminal(cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shapecalc.render.look.sys.stdout.isatty", lambda: True)
    cli("table", "lenet5", "-o", tmp_path / "a.txt", "--format", "table")
    assert "\x1b" not in (tmp_path / "a.txt").read_text()
    cli("--color", "always", "table", "lenet5", "-o", tmp_path / "a.txt", "--format", "table")
    assert "\x1b" in (tmp_path / "a.txt").read_text()


@pytest.mark.parametrize(
    "command", [["list"], ["layers"], ["layers", "conv"], ["compare", "lenet5", "vgg16"]]
)
def test_other_commands_too(cli: Cli, tmp_path: Path, command: list[str]) -> None:
    for name in ("a.csv", "a.json", "a.md", "a.txt"):
        assert cli(*command, "-o", tmp_path / name)[:2] == (0, "")
        assert (tmp_path / name).stat().st_size > 100
    assert cli(*command, "-o", tmp_path / "a.pdf").code == 2
