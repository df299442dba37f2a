"""The rooms are kept apart: every room has its contract, the contracts bite, and commands load only what they need."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

OPEN = {"text", "record", "pattern", "symbolic", "quantities", "__init__", "__main__"}
needs_linter = pytest.mark.skipif(
    not find_spec("importlinter"), reason="import-linter is not installed: the contracts are not checked"
)


def rooms(root: Path) -> set[str]:
    """Modules and folders with code of the package, by name."""
    package = root / "shapecalc"
    return {p.stem for p in package.glob("*.py")} | {p.parent.name for p in package.glob("*/__init__.py")}


def contracts(settings: dict[str, Any]) -> dict[str, set[str]]:
    found = settings["tool"]["importlinter"]["contracts"]
    kept = {c["protected_modules"][0]: set(c["allowed_importers"]) for c in found if c["type"] == "protected"}
    return {room.partition(".")[2]: {u.partition(".")[2] for u in users} for room, users in kept.items()}


def lint(folder: Path) -> subprocess.CompletedProcess[str]:
    command = [
        sys.executable,
        "-c",
        "from importlinter.cli import lint_imports_command as lint; lint()",
        "--no-cache",
    ]
    environment = {**os.environ, "PYTHONPATH": str(folder), "PYTHONUTF8": "1"}
    return subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, encoding="utf-8", check=False
    )


def test_every_room_has_a_contract(root: Path, settings: dict[str, Any]) -> None:
    assert rooms(root) - OPEN == contracts(settings).keys()


def test_contracts_name_rooms_that_exist(root: Path, settings: dict[str, Any]) -> None:
    named = set().union(*contracts(settings).values())
    assert named <= rooms(root)


@needs_linter
def test_contracts_are_kept(root: Path) -> None:
    ran = lint(root)
    assert ran.returncode == 0, ran.stdout + ran.stderr


@needs_linter
@pytest.mark.parametrize(
    ("file", "line", "broken"),
    [
        ("layers/relu.py", "from ..graph import Node", "who may import graph BROKEN"),
        ("spec/plan.py", "import shapecalc.engine", "who may import engine BROKEN"),
        (
            "verify/runner.py",
            "import shapecalc.formula",
            "the second opinion shares nothing with the first BROKEN",
        ),
        (
            "expression/parse.py",
            "import rich",
            "the arithmetic knows no graph, no arrays and no screen BROKEN",
        ),
        ("engine/bind.py", "from .. import cli", "who may import cli BROKEN"),
    ],
)
def test_contracts_bite(root: Path, tmp_path: Path, file: str, line: str, broken: str) -> None:
    shutil.copytree(root / "shapecalc", tmp_path / "shapecalc", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(root / "pyproject.toml", tmp_path)
    target = tmp_path / "shapecalc" / file
    target.write_text(f"{target.read_text('utf-8')}\n{line}\n", "utf-8")
    ran = lint(tmp_path)
    assert ran.returncode == 1
    assert broken in ran.stdout


def loaded(code: str) -> set[str]:
    """Modules that a fresh interpreter has loaded after `code`, less those it had before."""
    script = f"import sys; before = set(sys.modules)\n{code}\nsys.stderr.write('\\n' + ' '.join(set(sys.modules) - before))"
    ran = subprocess.run(
        [sys.executable, "-X", "utf8", "-c", script], capture_output=True, encoding="utf-8", check=False
    )
    assert ran.returncode == 0, ran.stderr
    return set(ran.stderr.splitlines()[-1].split())


RUN = "from shapecalc.cli._main import run\ntry: run({words})\nexcept SystemExit: pass"


def test_importing_the_package_loads_nothing_of_it() -> None:
    assert {m for m in loaded("import shapecalc") if m.startswith("shapecalc.")} == set()


def test_a_plain_table_loads_click_and_yaml_only() -> None:
    found = {name.partition(".")[0] for name in loaded(RUN.format(words=["table", "vgg16"]))}
    assert not found & {
        "numpy",
        "rich",
        "sympy",
        "onnx",
        "torch",
        "dataclasses",
        "fractions",
        "decimal",
        "json",
    }
    others = {
        name for name in found - sys.stdlib_module_names if not name.startswith("_") and "cython" not in name
    }
    assert others == {"click", "shapecalc", "yaml"}


def test_a_plain_table_loads_only_the_layers_it_has() -> None:
    found = loaded(RUN.format(words=["table", "vgg16"]))
    layers = {m.rpartition(".")[2] for m in found if m.startswith("shapecalc.layers.")}
    words = {word for word in layers if not word.startswith("_")}
    assert words == {"conv", "relu", "maxpool", "flatten", "fc", "dropout", "softmax"}


def test_the_second_opinion_loads_no_formula() -> None:
    pytest.importorskip("numpy", reason="numpy is not installed: the second opinion cannot be loaded")
    found = loaded("import shapecalc.verify")
    shared = {"layers", "formula", "symbols", "expression", "engine", "spec", "report", "analysis", "api"}
    assert {m for m in found if m.startswith("shapecalc.") and m.split(".")[1] in shared} == set()
