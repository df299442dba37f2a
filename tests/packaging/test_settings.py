"""The settings say the same thing everywhere: versions, dependencies, commands."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

import shapecalc

IMPORTED_AS = {"pyyaml": "yaml"}


def required(settings: dict[str, Any]) -> set[str]:
    return {re.split(r"[<>=~! ]", line)[0] for line in settings["project"]["dependencies"]}


def test_one_version(settings: dict[str, Any], root: Path) -> None:
    assert settings["project"]["version"] == shapecalc.__version__
    headings = re.findall(r"^## \[(.*?)\]", (root / "CHANGELOG.md").read_text("utf-8"), re.MULTILINE)
    assert headings[0] in ("Unreleased", shapecalc.__version__)


def test_few_dependencies_and_each_has_its_reason(settings: dict[str, Any], root: Path) -> None:
    assert required(settings) == {"click", "numpy", "pyyaml", "rich"}
    page = (root / "docs" / "dependencies.md").read_text("utf-8")
    extras = settings["project"]["optional-dependencies"]
    everything = [
        *settings["project"]["dependencies"],
        *(line for lines in extras.values() for line in lines),
    ]
    for line in everything:
        assert re.split(r"[<>=~!; ]", line)[0] in page, line


def test_nothing_is_imported_that_is_not_required(settings: dict[str, Any], root: Path) -> None:
    ours = {"shapecalc", *(IMPORTED_AS.get(name, name) for name in required(settings))}
    for path in (root / "shapecalc").rglob("*.py"):
        tree = ast.parse(path.read_text("utf-8"))
        late = {id(n) for f in ast.walk(tree) if isinstance(f, ast.FunctionDef) for n in ast.walk(f)}
        for node in ast.walk(tree):
            checked = isinstance(node, ast.If) and "TYPE_CHECKING" in ast.dump(node.test)
            late |= {id(n) for n in ast.walk(node)} if checked else set()
        for node in ast.walk(tree):
            names = [a.name for a in node.names] if isinstance(node, ast.Import) else []
            if isinstance(node, ast.ImportFrom) and not node.level:
                names = [node.module or ""]
            for name in (n.partition(".")[0] for n in names if id(node) not in late):
                assert name in ours or name in sys.stdlib_module_names, f"{path}: {name}"


def test_the_readme_gives_two_commands_and_ci_runs_them(root: Path) -> None:
    readme, ci = (root / "README.md").read_text("utf-8"), (root / ".ci" / "run").read_text("utf-8")
    assert "\npip install . && shapecalc table vgg16\n" in readme
    assert "\npip install -e '.[dev]' && pytest\n" in readme
    assert "-e '.[dev]'" in ci and "pytest" in ci and "shapecalc table vgg16" in ci
    done = subprocess.run(["bash", "-n", str(root / ".ci" / "run")], check=False)
    assert done.returncode == 0


@pytest.mark.parametrize("name", ["ruff", "mypy", "import-linter", "cogapp", "pre-commit", "pytest"])
def test_the_tools_of_ci_are_in_the_dev_extra(name: str, settings: dict[str, Any]) -> None:
    assert any(line.startswith(name) for line in settings["project"]["optional-dependencies"]["dev"])
