"""What stands beside a file while it is written, and around it: links, hard links, long names, folders."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from shapecalc.cli._files import write_file, write_folder

from .conftest import Cli

posix = pytest.mark.skipif(os.name != "posix", reason="links as POSIX has them")


@posix
def test_a_planted_link_is_not_followed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Even where the drawn name is guessed, what a link under it leads to stays as it is."""
    monkeypatch.setattr(os, "urandom", bytes)
    victim = tmp_path / "victim"
    victim.write_text("mine")
    (tmp_path / f".shapecalc-{'00' * 8}").symlink_to(victim)
    with pytest.raises(FileExistsError):
        write_file(str(tmp_path / "a.txt"), ["text"])
    assert victim.read_text() == "mine" and not (tmp_path / "a.txt").exists()


def test_names_beside_are_drawn(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    names: list[str] = []
    real = os.replace

    def replace(source: str, target: str) -> None:
        names.append(os.path.basename(source))
        real(source, target)

    monkeypatch.setattr(os, "replace", replace)
    for _turn in range(5):
        write_file(str(tmp_path / "a.txt"), ["text"])
    assert len(set(names)) == 5 and os.listdir(tmp_path) == ["a.txt"]


@posix
def test_every_name_of_a_file_has_the_new_text(tmp_path: Path) -> None:
    first, second = tmp_path / "a.txt", tmp_path / "b.txt"
    first.write_text("old and much longer than the new one")
    os.link(first, second)
    write_file(str(first), ["new"])
    assert first.read_text() == second.read_text() == "new" and first.samefile(second)
    assert sorted(os.listdir(tmp_path)) == ["a.txt", "b.txt"]


@posix
@pytest.mark.parametrize("name", ["x" * 251 + ".txt", "中" * 83 + "a.txt"])
def test_the_longest_names(cli: Cli, tmp_path: Path, name: str) -> None:
    assert len(name.encode()) in (254, 255)
    assert cli("table", "lenet5", "-o", tmp_path / name) == (0, "", "")
    assert cli("table", "lenet5", "-o", tmp_path / name) == (0, "", "")
    assert os.listdir(tmp_path) == [name]


@posix
def test_a_new_file_has_the_mode_of_any_new_file(tmp_path: Path) -> None:
    write_file(str(tmp_path / "a.txt"), ["text"])
    (tmp_path / "b.txt").write_text("text")
    assert (tmp_path / "a.txt").stat().st_mode == (tmp_path / "b.txt").stat().st_mode


def test_what_fails_midway_leaves_nothing(tmp_path: Path) -> None:
    def pieces() -> object:
        yield "half"
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        write_file(str(tmp_path / "a.txt"), pieces())  # type: ignore[arg-type]
    assert os.listdir(tmp_path) == []


def full(*_: object, **__: object) -> None:
    raise OSError(28, "No space left on device")


@pytest.mark.parametrize("call", ["shapecalc.cli._files._fill", "os.rename"])
def test_a_new_folder_is_whole_or_not_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: str
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(call, full)
        with pytest.raises(OSError, match="No space"):
            write_folder(str(tmp_path / "quiz"), {"sheets/1.md": "a", "keys/1.yaml": "b"})
    assert os.listdir(tmp_path) == []
    write_folder(str(tmp_path / "quiz"), {"sheets/1.md": "a", "keys/1.yaml": "b"})
    assert (tmp_path / "quiz/sheets/1.md").read_text() == "a" and os.listdir(tmp_path) == ["quiz"]


def test_an_old_folder_is_changed_whole_or_not_at_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, real = tmp_path / "quiz", os.rename
    write_folder(str(folder), {"sheets/1.md": "old 1", "sheets/2.md": "old 2"})
    (folder / "mine.txt").write_text("mine")

    def rename(source: str, target: str) -> None:
        if target.endswith("3.md"):
            full()
        real(source, target)

    new = {f"sheets/{n}.md": f"new {n}" for n in (1, 2, 3)}
    with monkeypatch.context() as patch:
        patch.setattr(os, "rename", rename)
        with pytest.raises(OSError, match="No space"):
            write_folder(str(folder), new)
    assert {p.name: p.read_text() for p in folder.rglob("*.*")} == {
        "1.md": "old 1",
        "2.md": "old 2",
        "mine.txt": "mine",
    }
    write_folder(str(folder), new)
    assert (folder / "sheets/3.md").read_text() == "new 3" and (folder / "mine.txt").read_text() == "mine"
    assert sorted(os.listdir(folder)) == ["mine.txt", "sheets"]


def test_a_quiz_that_cannot_be_written(cli: Cli, tmp_path: Path) -> None:
    (tmp_path / "sheets").write_text("a file")
    found = cli("quiz", "lenet5", "--variants", "2", "-o", tmp_path / "sheets")
    assert found.code == 2 and "cannot be written" in found.err
    assert os.listdir(tmp_path) == ["sheets"]


def test_the_package_loads_nothing_before_the_guard() -> None:
    """What is imported before `main` runs is not guarded against Ctrl-C."""
    code = (
        "import sys; before = set(sys.modules); import shapecalc.cli; print(sorted({*sys.modules} - before))"
    )
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "['shapecalc', 'shapecalc.cli']"
