"""Every layer has a kernel; no kernel divides for a size, looks behind the counter, or knows a formula or its parts."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import shapecalc
from shapecalc import layers

from ..world import FOLDER, WORDS, kernel

FILES = sorted(FOLDER.glob("*.py"))
NAMES = [file.stem for file in FILES]
ROOMS = {
    "formula",
    "expression",
    "layers",
    "spec",
    "engine",
    "symbols",
    "report",
    "analysis",
    "api",
    "catalogue",
}
IMPORTS = {
    "__future__", "collections.abc", "functools", "importlib", "itertools", "math", "types", "typing", "numpy",
    "numpy.lib.stride_tricks", ".", "..counted", "..draw", "..room", "...errors",
}  # fmt: skip
DIVISIONS = (ast.Div, ast.FloorDiv, ast.Mod, ast.LShift, ast.RShift)
DIVIDING_WORDS = {
    "divmod", "floor_divide", "true_divide", "remainder", "mod", "fmod", "round", "rint", "trunc", "Fraction",
}  # fmt: skip
HATCHES = {
    "data", "tally", "asarray", "asanyarray", "ascontiguousarray", "tolist", "item", "einsum", "dot", "tensordot",
}  # fmt: skip


def words() -> list[str]:
    folder = Path(layers.__file__).parent
    names = [file.stem for file in folder.glob("[!_]*.py")]
    found = {word: layers.load(word) for word in names}
    return sorted(word for word, layer in found.items() if layer is not None)


def walk(file: Path) -> Iterator[ast.AST]:
    return ast.walk(ast.parse(file.read_text(encoding="utf-8")))


def test_every_layer_has_a_kernel_and_every_kernel_a_layer() -> None:
    assert words() == WORDS
    for word in WORDS:
        assert callable(kernel(word).forward), word


def test_a_word_without_a_file_has_no_kernel() -> None:
    from shapecalc.verify.kernels import load

    assert load("no_such_layer") is None


@pytest.mark.parametrize("file", FILES, ids=NAMES)
def test_no_division_finds_a_size(file: Path) -> None:
    """Sizes are lengths of what was made; `np.divide` divides values, and 2**40 or float(n)**-1 is no size either."""
    for node in walk(file):
        operator = getattr(node, "op", None)
        assert not isinstance(operator, DIVISIONS), f"{file.name}:{getattr(node, 'lineno', 0)} divides"
        if isinstance(node, ast.BinOp) and isinstance(operator, ast.Pow):
            left = node.left
            value = isinstance(left, ast.Call) and isinstance(left.func, ast.Name) and left.func.id == "float"
            assert value or isinstance(left, ast.Constant), (
                f"{file.name}:{node.lineno} takes a power of a size"
            )
        name = node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""
        assert name not in DIVIDING_WORDS, f"{file.name} says {name}"


@pytest.mark.parametrize("file", FILES, ids=NAMES)
def test_no_kernel_looks_behind_the_counter(file: Path) -> None:
    attributes = {node.attr for node in walk(file) if isinstance(node, ast.Attribute)}
    assert not attributes & HATCHES


@pytest.mark.parametrize("file", FILES, ids=NAMES)
def test_kernels_import_nothing_that_knows_a_formula(file: Path) -> None:
    for node in walk(file):
        if isinstance(node, ast.ImportFrom):
            assert "." * node.level + (node.module or "") in IMPORTS
        elif isinstance(node, ast.Import):
            assert {alias.name for alias in node.names} <= IMPORTS


@pytest.mark.parametrize("word", [word for word in words() if layers.load(word).BODY])  # type: ignore[union-attr]
def test_a_whole_runs_no_part_of_it(word: str) -> None:
    """A layer made of others is a second opinion of them: its kernel may not be written with theirs."""
    for node in walk(FOLDER / f"{word}.py"):
        if isinstance(node, ast.ImportFrom) and node.module is None:
            assert all(alias.name.startswith("_") for alias in node.names)


@pytest.mark.parametrize("file", FILES, ids=NAMES)
def test_a_kernel_is_short_and_says_what_it_does_whence_and_what_to_mind(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    words = ast.get_docstring(ast.parse(text)) or ""
    assert words.split("\n\n")[0].endswith("."), "a sentence"
    assert "Pitfall:" in words
    if not file.stem.startswith("_"):
        assert len(text.splitlines()) <= 80
        assert "From " in words, "a source"


def test_the_second_opinion_loads_no_formula() -> None:
    """In a fresh interpreter: whatever an eager import would load behind the verifier's back shows in sys.modules."""
    code = (
        "import sys, shapecalc.verify\n"
        "from shapecalc.verify.kernels import load\n"
        f"assert all(load(word) for word in {WORDS!r})\n"
        "print(*sorted(name for name in sys.modules if name.startswith('shapecalc')))\n"
    )
    root = Path(shapecalc.__file__).parents[1]
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=root, check=True)
    rooms = {name.split(".")[1] for name in done.stdout.split() if "." in name}
    assert "verify" in rooms
    assert not rooms & ROOMS
