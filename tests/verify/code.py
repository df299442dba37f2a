"""Every function of every layer and every kernel, with one change in its syntax tree."""

from __future__ import annotations

import ast
import inspect
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cache, partial
from importlib import import_module
from types import CodeType, FunctionType, ModuleType
from typing import Any

from shapecalc import engine, layers
from shapecalc.verify import kernels

from .planted import FORMULA, KERNEL, Mutant
from .rewriting import recoded
from .sample import Sample, primitive, samples

UNCOUNTED = {
    "warnings": "words to the reader",
    "resolved": "options as a table shows them",
    "unread": "what explain says of pixels that no window reads",
    "cure": "words to the reader",
    "projection": "words to the reader",
    "disagreement": "words to the reader",
    "before": "asked by the engine before there is a layer",
}
"""Functions of layers that no compared number depends on."""


MEMORY = ("scratch", "holds", "around", "mask", "row")
"""Functions of kernels that say how much memory a run takes, which `test_memory` measures."""

MOVING = ("add", "concat", "mul", "conv", "maxpool", "crop", "flatten")
"""Layers whose samples show how receptive fields grow and meet."""


def _hull(a: dict[str, Any], b: dict[str, Any]) -> Sample:
    """Two paths that meet, meet again with themselves, and are looked at through a window."""
    behind = [{"add": {"c": [{"maxpool": {"kernel": 3, "stride": 1, "padding": 1}}], "d": []}}]
    paths = {"a": [{"conv": {"filters": 2, **a}}], "b": [{"conv": {"filters": 2, **b}}]}
    return Sample([16, 19, 2], [{"add": paths}, *behind, {"maxpool": {"kernel": 2, "stride": 1}}])


HULLS = (
    _hull({"kernel": 3, "padding": 1}, {"kernel": 1}),
    _hull({"kernel": 3, "padding": [[2, 0], [1, 1]]}, {"kernel": 1}),
    _hull({"kernel": 3, "padding": [[1, 1], [0, 2]]}, {"kernel": 1}),
    _hull(
        {"kernel": 4, "stride": 3, "padding": [[2, 1], [1, 2]]},
        {"kernel": [2, 3], "stride": 3, "padding": [[1, 0], [1, 1]]},
    ),
)
"""Paths around one centre, around two along one axis alone, and with a stride."""


@cache
def units(package: str) -> tuple[str, ...]:
    """The modules of a package that have a layer's arithmetic, shared ones included."""
    folder = import_module(package)
    assert folder.__file__
    names = {word: import_module(f"{package}.{word}") for word in primitive()}
    shared = {name: module for word in names.values() for name, module in _shared(word, package).items()}
    return (*names, *sorted(shared))


def _shared(module: ModuleType, package: str) -> dict[str, ModuleType]:
    """The private modules of the package that a module takes something from, directly or not."""
    found: dict[str, ModuleType] = {}
    for value in vars(module).values():
        home = value.__name__ if isinstance(value, ModuleType) else getattr(value, "__module__", None) or ""
        name = home.removeprefix(f"{package}.")
        if home.startswith(f"{package}._") and name != module.__name__.rpartition(".")[2] and "." not in name:
            other = import_module(home)
            found[name] = other
            found |= {n: m for n, m in _shared(other, package).items() if n not in found}
    return found


def _samples(unit: str, package: str) -> tuple[Sample, ...]:
    """The samples of a layer, or of every layer that uses a shared module."""
    if unit in primitive():
        return samples(unit)
    users = [word for word in primitive() if unit in _shared(import_module(f"{package}.{word}"), package)]
    return tuple(sample for word in users for sample in samples(word))


def of_layers(unit: str) -> Iterator[Mutant]:
    for mutant in _mutants(unit, layers.__name__, FORMULA):
        if mutant.name.partition(":")[0] not in UNCOUNTED:
            yield mutant


def of_kernels(unit: str) -> Iterator[Mutant]:
    for mutant in _mutants(unit, kernels.__name__, KERNEL):
        if mutant.name.partition(":")[0] not in MEMORY:
            yield mutant


def of_engine(unit: str) -> Iterator[Mutant]:
    """How receptive fields grow and meet, which is the engine's; the samples are those that move what is seen."""
    moving = (s for word in MOVING for s in samples(word)[:30])
    yield from _mutants(unit, engine.__name__, FORMULA, (*HULLS, *moving))


def _mutants(unit: str, package: str, side: str, within: tuple[Sample, ...] = ()) -> Iterator[Mutant]:
    module = import_module(f"{package}.{unit}")
    source = inspect.getsource(module)
    tree, lines = ast.parse(source), source.splitlines()
    for function in functions(module):
        code = function.__code__
        for changed in recoded(tree, code.co_name, code.co_firstlineno):
            new = _find(compile(changed.tree, module.__file__ or "", "exec"), code)  # type: ignore[arg-type]
            if new is not None and new.co_freevars == code.co_freevars:
                where = f"{code.co_name}: {lines[changed.line - 1].strip()}"
                name = (
                    f"{where}   |   {' '.join(changed.before.split())}  →  {' '.join(changed.after.split())}"
                )
                yield Mutant(
                    unit, side, name, partial(_put, function, new), within or _samples(unit, package)
                )


def functions(module: ModuleType) -> Iterator[FunctionType]:
    """The functions and methods that a module defines."""
    for value in list(vars(module).values()):
        if getattr(value, "__module__", None) != module.__name__:
            continue
        inside: Mapping[str, Any] = vars(value) if isinstance(value, type) else {"": value}
        for item in inside.values():
            for bare in (
                item,
                *(getattr(item, a, None) for a in ("__wrapped__", "func", "fget", "__func__")),
            ):
                if isinstance(bare, FunctionType) and bare.__code__.co_filename == module.__file__:
                    yield bare
                    break


def _find(code: CodeType, like: CodeType) -> CodeType | None:
    """The code of the same function, by its name and first line."""
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            if (constant.co_name, constant.co_firstlineno) == (like.co_name, like.co_firstlineno):
                return constant
            found = _find(constant, like)
            if found:
                return found
    return None


@contextmanager
def _put(function: FunctionType, code: CodeType) -> Iterator[None]:
    """Another code in a function that everybody has already imported; tables made by it are made anew."""
    right = function.__code__
    function.__code__ = code
    _forget_tables()
    try:
        yield
    finally:
        function.__code__ = right
        _forget_tables()


@cache
def _caches() -> tuple[Any, ...]:
    """The caches of layers, which hold tables of formulas, and of receptive fields."""
    found = {}
    modules = [import_module(f"{layers.__name__}.{unit}") for unit in units(layers.__name__)]
    for module in (*modules, import_module(f"{engine.__name__}.receptive")):
        for value in vars(module).values():
            if hasattr(value, "cache_clear"):
                found[id(value)] = value
    return tuple(found.values())


def _forget_tables() -> None:
    for table in _caches():
        table.cache_clear()
