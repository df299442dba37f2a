"""What the pages show is what the program says: examples are run, specs are read, and generated parts are fresh."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from shapecalc import compute
from shapecalc.cli._main import COMMANDS
from shapecalc.errors import Source
from shapecalc.spec import load


def test_every_example_prints_what_the_page_says(page: str, helpers: Any) -> None:
    for command, printed in helpers.examples(page):
        assert helpers.answer(command, helpers.files(page)) == printed, command


def test_every_spec_on_a_page_can_be_computed(page: str, helpers: Any) -> None:
    from shapecalc import catalogue

    for text in helpers.specs(page):
        plan = load(Source("page.yaml", text), catalogue.base)
        assert compute(plan).table.rows, text


def test_generated_parts_are_fresh(root: Path) -> None:
    pytest.importorskip(
        "cogapp", reason="cogapp is not installed: generated parts of the pages are not compared"
    )
    command = [sys.executable, "-m", "cogapp", "--check", "@docs/cog.txt"]
    ran = subprocess.run(command, cwd=root, capture_output=True, encoding="utf-8", check=False)
    assert ran.returncode == 0, f"run `cog -r @docs/cog.txt`\n{ran.stdout}{ran.stderr}"


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help_and_an_example_on_a_page(name: str, root: Path) -> None:
    from importlib import import_module

    command = import_module(f"shapecalc.cli.{name}").command
    assert command.help and f"shapecalc {name}" in command.help, "its help needs a sentence and an example"
    options = [o for o in command.params if o.param_type_name == "option"]
    assert all(o.help for o in options), [o.name for o in options if not o.help]
    outputs = (root / "docs" / "outputs.md").read_text("utf-8")
    section = outputs.partition(f"\n### {name}\n")[2].partition("\n### ")[0]
    assert f"shapecalc {name}" in section


def test_links_lead_somewhere(page: str, root: Path) -> None:
    names = {p.name: p for p in (*root.glob("*.md"), *(root / "docs").glob("*.md"), root / "LICENSE")}
    for target in re.findall(r"\]\(([^)\s]+)\)", page):
        path, _hash, heading = target.partition("#")
        if path.startswith("http"):
            continue
        assert not path or Path(path).name in names, target
        if heading and not path:
            headings = re.findall(r"^#+ (.*)$", page, re.MULTILINE)
            assert heading in [h.lower().replace(" ", "-").replace(",", "") for h in headings], target


def test_the_python_example(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    page = (root / "docs" / "outputs.md").read_text("utf-8")
    (code,) = re.findall(r"```python\n(.*?)```", page, re.DOTALL)
    exec(compile(code, "outputs.md", "exec"), {})  # noqa: S102
    assert capsys.readouterr().out.split()[0] == "44549160"
