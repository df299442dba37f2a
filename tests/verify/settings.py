"""Options that one side misreads: groups ignored, padding put on once, `same` at the wrong end, ceil for floor."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import Any
from unittest.mock import patch

import numpy as np

from shapecalc import layers
from shapecalc.layers import Option
from shapecalc.verify.kernels import load

from .planted import FORMULA, KERNEL, Mutant, note

WORDS = ("valid", "same", "same_lower", "full", "keep")
Change = Callable[[Any], Any]
PARTS = ("draw", "forward", "live", "reach")


def mutants(word: str) -> Iterator[Mutant]:
    kind: Any = layers.load(word)
    kernel: Any = load(word)
    for name, option in kind.OPTIONS.items():
        for how, change in misreadings(option):
            text = f"{name}: {how}"
            yield Mutant(word, FORMULA, text, partial(_layer, kind, name, change), notes=True)
            parts = [part for part in PARTS if hasattr(kernel, part)]
            yield Mutant(word, KERNEL, text, partial(_kernel, kernel, name, change, parts), notes=True)
            for part in parts[: len(parts) if len(parts) > 1 else 0]:
                yield Mutant(
                    word,
                    KERNEL,
                    f"{text}, in {part} alone",
                    partial(_kernel, kernel, name, change, [part]),
                    notes=True,
                )
    if kind.merges:
        yield Mutant(word, KERNEL, "an input lost", partial(_inputs, kernel, lambda xs: xs[:-1]))
        yield Mutant(word, KERNEL, "an input twice", partial(_inputs, kernel, lambda xs: (*xs, xs[-1])))
    for name, change in INPUTS.items():
        yield Mutant(word, KERNEL, name, partial(_inputs, kernel, change))


INPUTS: Mapping[str, Change] = {
    "an input channel lost": lambda xs: tuple(x[..., :-1] for x in xs),
    "a row of the input lost": lambda xs: tuple(x[:, :-1] for x in xs),
    "a sample of the input lost": lambda xs: tuple(x[:-1] for x in xs),
}


def misreadings(option: Option) -> Iterator[tuple[str, Change]]:
    """Ways to misread an option, each a change of its value; a value that it does not suit stays."""
    kind = option.kind
    if kind == "int":
        yield from {"one more": lambda v: v + 1, "one less": lambda v: v - 1, "ignored": lambda v: 1}.items()
    elif kind == "bool":
        yield "the other way round", lambda v: not v
    elif kind in ("choice", "axis"):
        for word in option.choices or ("H", "W", "T", "Z", "C"):
            yield f"always {word}", lambda v, word=word: word
    elif kind in ("size", "shape", "order"):
        yield "axes the other way round", lambda v: v and tuple(reversed(v))
        if kind != "order":
            yield "one more on the first axis", lambda v: v and (v[0] + 1, *v[1:])
            yield "one more on the last axis", lambda v: v and (*v[:-1], v[-1] + 1)
            yield "ignored", lambda v: v and (1,) * len(v)
    if kind in ("padding", "amount"):
        for name, sides in SIDES.items():
            yield name, lambda v, sides=sides: v if isinstance(v, str) else tuple(sides(*pair) for pair in v)
        yield "the last axis forgotten", lambda v: v if isinstance(v, str) else (*v[:-1], (0, 0))
    if kind == "padding":
        for word in WORDS:
            yield f"the word {word} for another", lambda v, word=word: word if isinstance(v, str) else v
    if kind == "table":
        yield "a map of the first row lost", lambda v: v and (v[0][1:] or v[0], *v[1:])
        yield "ignored", lambda v: None


SIDES: Mapping[str, Callable[[int, int], tuple[int, int]]] = {
    "on the wrong side": lambda before, after: (after, before),
    "once, in front": lambda before, after: (before, 0),
    "once, behind": lambda before, after: (0, after),
    "ignored": lambda before, after: (0, 0),
    "one more in front": lambda before, after: (before + 1, after),
    "one more behind": lambda before, after: (before, after + 1),
}


def _layer(kind: Any, name: str, change: Change) -> Any:
    right = kind.__init__

    def init(self: Any, options: Mapping[str, Any], inputs: Any) -> None:
        right(self, {**options, name: note(options[name], change(options[name]))}, inputs)

    return patch.object(kind, "__init__", init)


def _kernel(kernel: Any, name: str, change: Change, parts: list[str]) -> Any:
    def wrapped(right: Any, place: int) -> Any:
        def function(*args: Any) -> Any:
            options = _Misread(args[place], name, change(args[place][name]))
            return right(*args[:place], options, *args[place + 1 :])

        return function

    return patch.multiple(kernel, **{part: wrapped(getattr(kernel, part), 2) for part in parts})


class _Misread(Mapping[str, Any]):
    """Options of which one is misread, by whoever reads it at all."""

    def __init__(self, right: Mapping[str, Any], name: str, wrong: Any) -> None:
        self.right, self.name, self.wrong = right, name, wrong

    def __getitem__(self, name: str) -> Any:
        return note(self.right[name], self.wrong) if name == self.name else self.right[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self.right)

    def __len__(self) -> int:
        return len(self.right)


def _inputs(kernel: Any, change: Change) -> Any:
    """The kernel is handed other inputs, to draw for as well as to run on."""
    functions: dict[str, Any] = {"forward": partial(_first_changed, kernel.forward, change)}
    if hasattr(kernel, "live"):
        functions["live"] = partial(_first_changed, kernel.live, change)
    if hasattr(kernel, "draw"):
        functions["draw"] = partial(_drawn, kernel.draw, change)
    return patch.multiple(kernel, **functions)


def _first_changed(right: Any, change: Change, xs: Any, w: Any, o: Any) -> Any:
    return right(change(xs), w, o)


def _drawn(right: Any, change: Change, d: Any, xs: Any, o: Any) -> Any:
    left = change(tuple(np.empty((2, *x)) for x in xs))
    return right(d, tuple(x.shape[1:] for x in left), o)
