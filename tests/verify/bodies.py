"""Layers that are made of others, with one mistake in the text of what they are made of.

Pitfall: a body is read once a process, so whoever plants a mistake must have it read anew, and again afterwards.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from copy import deepcopy
from typing import Any
from unittest.mock import patch

import yaml

from shapecalc import layers
from shapecalc.spec.entries import composite

OTHERS = {"relu": "relu6", "sigmoid": "hardsigmoid", "globalavgpool": "globalmaxpool", "gap": "globalmaxpool", "mul": "add",
          "linear": "fc", "conv": "depthwise", "depthwise": "conv", "softmax": "sigmoid", "fc": "linear"}  # fmt: skip
"""What one may write for another."""


def composites() -> list[str]:
    """Every layer with a body."""
    return [word for word in layers.words() if kind(word).BODY]


def kind(word: str) -> Any:
    return layers.load(word)


@contextmanager
def planted(word: str, body: str) -> Iterator[None]:
    """Let the layer be made of something else for a while."""
    composite.cache_clear()
    try:
        with patch.object(kind(word), "BODY", body):
            yield
    finally:
        composite.cache_clear()


def mistakes(word: str) -> Iterator[tuple[str, str]]:
    """What was done, and the body with that."""
    body = yaml.safe_load(kind(word).BODY)
    for path, entries in _lists(body):
        for i, entry in enumerate(entries):
            yield f"{_named(entry)} lost", _with(body, path, lambda e, i=i: e.pop(i))
            yield f"{_named(entry)} twice", _with(body, path, lambda e, i=i: e.insert(i, deepcopy(e[i])))
            other = OTHERS.get(_named(entry))
            if other:
                yield (
                    f"{other} for {_named(entry)}",
                    _with(body, path, lambda e, i=i, o=other: _rename(e, i, o)),
                )
            if isinstance(entry, dict) and isinstance(next(iter(entry.values())), dict):
                yield from _of_options(body, path, i, entry)


def _of_options(body: Any, path: list[Any], i: int, entry: dict[str, Any]) -> Iterator[tuple[str, str]]:
    word, options = next(iter(entry.items()))
    for name, value in options.items():
        if name in ("name", "skip", "gate"):
            continue
        changes: dict[str, Any] = {"lost": None}
        if isinstance(value, str):
            changes |= {"one more": f"{value} + 1", "twice": f"2 * ({value})", "one": 1}
        if name == "bias":
            changes |= {"always": True, "never": False}
            for wrong in ("one more", "twice", "one"):
                changes.pop(wrong, None)
        if name in ("from", "padding", "causal", "kernel", "stride"):
            changes = {key: c for key, c in changes.items() if key in ("lost", "one")}
        if name == "from":
            changes = {"lost": None}
        for how, change in changes.items():
            if change != value:
                yield (
                    f"{word}: {name} {how}",
                    _with(body, path, lambda e, i=i, w=word, n=name, c=change: _set(e[i][w], n, c)),
                )


def _lists(node: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[list[Any], list[Any]]]:
    """Every list of entries, with the way to it."""
    if isinstance(node, list) and any(isinstance(item, dict) for item in node):
        yield list(path), node
    if isinstance(node, (list, dict)):
        for key, item in enumerate(node) if isinstance(node, list) else node.items():
            yield from _lists(item, (*path, key))


def _named(entry: Any) -> str:
    return entry if isinstance(entry, str) else str(next(iter(entry)))


def _with(body: Any, path: list[Any], change: Callable[[Any], Any]) -> str:
    wrong = deepcopy(body)
    place = wrong
    for key in path:
        place = place[key]
    change(place)
    return json.dumps(wrong)


def _rename(entries: list[Any], i: int, word: str) -> None:
    entries[i] = word if isinstance(entries[i], str) else {word: next(iter(entries[i].values()))}


def _set(options: dict[str, Any], name: str, value: Any) -> None:
    if value is None:
        del options[name]
    else:
        options[name] = value
