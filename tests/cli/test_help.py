"""Every command has help, an example that works, and its completions."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from shapecalc.cli._main import COMMANDS

from .conftest import Cli

ROOT = Path(__file__).parents[2]


def examples(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if re.match(r"\s+shapecalc [a-z]", line)]


@pytest.mark.parametrize("command", COMMANDS)
def test_help_and_an_example(cli: Cli, command: str) -> None:
    found = cli(command, "--help")
    assert found.code == 0 and found.err == "" and found.out.startswith(f"Usage: shapecalc {command} ")
    assert any(
        line.startswith((f"shapecalc {command}", 'eval "$(shapecalc'))
        for line in (s.strip() for s in found.out.splitlines())
    )
    assert found.out == cli(command, "-h").out
    options = re.findall(r"^  (-{1,2}[a-z-]+)", found.out, re.MULTILINE)
    assert options and all(re.search(rf"{option}\b.*\n?\s*\S", found.out) for option in options)


@pytest.mark.parametrize("command", ["table", "compare", "expand", "list", "layers", "schema", "check"])
def test_the_examples_work(cli: Cli, command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "architectures").symlink_to(ROOT / "architectures")
    (tmp_path / "my-net.yaml").write_text("{input: 300x300x3, layers: [{conv: {filters: 4, kernel: 3}}]}")
    found = examples(cli(command, "--help").out)
    assert found
    for line in found:
        words = shlex.split(line.split(" > ")[0])[1:]
        assert cli(*words).code == 0, line


def test_the_overview(cli: Cli) -> None:
    text = cli("--help").out
    assert all(re.search(rf"^  {command} +[A-Z]", text, re.MULTILINE) for command in COMMANDS)
    for option in ("--lang", "--color", "--ascii", "-q, --quiet", "--version"):
        assert option in text
    assert len(examples(text)) >= 3


def test_an_unknown_command(cli: Cli) -> None:
    found = cli("tabel", "vgg16")
    assert found.code == 2 and "there is no command tabel" in found.err and "did you mean table?" in found.err
    assert " ".join(COMMANDS) in cli("xyzzy").err


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish", "powershell"])
def test_completion_scripts(cli: Cli, shell: str) -> None:
    found = cli("completion", shell)
    assert found.code == 0 and "shapecalc" in found.out and "_SHAPECALC_COMPLETE" in found.out
    program = shutil.which(shell)
    if program and shell != "powershell":
        checked = subprocess.run(
            [program, "-n"], input=found.out, text=True, capture_output=True, check=False
        )
        assert checked.returncode == 0 and checked.stderr == ""


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("shapecalc ta", "plain,table"),
        ("shapecalc table vgg1", "plain,vgg16"),
        ("shapecalc table mobi", "plain,mobilenet_v1"),
        ("shapecalc layers dep", "plain,depthwise"),
        ("shapecalc table vgg16 --form", "plain,--format"),
        ("shapecalc table vgg16 --format js", "plain,jsonl"),
        ("shapecalc completion f", "plain,fish"),
    ],
)
def test_completions(words: str, found: str) -> None:
    env = {
        **os.environ,
        "PYTHONPATH": str(ROOT),
        "COMP_WORDS": words,
        "COMP_CWORD": str(len(words.split()) - 1),
    }
    env["_SHAPECALC_COMPLETE"] = "bash_complete"
    code = "from shapecalc.cli import main; main()"
    done = subprocess.run([sys.executable, "-c", code], env=env, text=True, capture_output=True, check=False)
    assert done.returncode == 0 and found in done.stdout.splitlines() and done.stderr == ""
