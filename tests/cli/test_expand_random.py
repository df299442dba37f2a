"""`expand` against random nestings: seqs, blocks, branches, repeats and references, whose names often collide.

Every map is 6×6×2, so every wire fits; what is tried is names and wires.
"""

from __future__ import annotations

import json
import random
from typing import Any

import pytest

from shapecalc.api import compute
from shapecalc.engine import Bound
from shapecalc.engine.expand import expand
from shapecalc.errors import Source, SpecError, UsageError
from shapecalc.spec import load

NAMES = ("a", "b", "relu1", "conv1", "x1")


class Maker:
    """Random entries; `seen` holds the names of each open scope, innermost last."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)  # noqa: S311
        self.blocks: dict[str, Any] = {}

    def spec(self) -> dict[str, Any]:
        several = self.random.random() < 0.3
        inputs: Any = {"a": [6, 6, 2], "in2": [6, 6, 2]} if several else [6, 6, 2]
        for name in ("B", "X", "Relu"):
            self.blocks[name] = {"layers": self.entries(3, [["input"]] if not several else [[]], 2)}
        seen = [["a", "in2"] if several else []]
        first = [{"conv": {"filters": 2, "from": "a"}}] if several else []
        layers = first + self.entries(1, seen, 6)
        return {"input": inputs, "blocks": self.blocks, "layers": layers or ["relu"]}

    def entries(self, depth: int, seen: list[list[str]], most: int) -> list[Any]:
        return [self.entry(depth, seen) for _ in range(self.random.randint(0, most))]

    def entry(self, depth: int, seen: list[list[str]]) -> Any:
        kind = self.random.choice(("relu", "conv", "add", "mul", "seq", "block", "names", "relu"))
        options: dict[str, Any] = {}
        if self.random.random() < 0.4:
            free = [n for n in NAMES if n not in seen[-1]]
            if free:
                options["name"] = self.random.choice(free)
        visible = [n for scope in seen for n in scope]
        if visible and self.random.random() < 0.3:
            options["from"] = self.random.choice(visible)
        if self.random.random() < 0.2:
            options["repeat"] = self.random.choice((0, 2))
            options.pop("name", None)
        return self.built(kind, options, depth, seen, visible)

    def built(
        self, kind: str, options: dict[str, Any], depth: int, seen: list[list[str]], visible: list[str]
    ) -> Any:
        if kind == "names" and visible:
            one = self.random.choice(visible)
            entry = {"add": {**options, "from": ["prev", one]}}
        elif kind == "seq" and depth < 4:
            body = self.entries(depth + 1, [*seen, []], 4)
            entry = {"seq": {**options, "layers": body}}
        elif kind == "block" and depth < 3:
            entry = {self.random.choice(("B", "X", "Relu")): options}
        elif kind in ("add", "mul") and depth < 4:
            branches = {key: self.entries(depth + 1, [*seen, []], 3) for key in ("main", "relu1")}
            entry = {kind: {**options, **branches}}
        elif kind == "conv":
            entry = {"conv": {"filters": 2, **options}}
        else:
            entry = {"relu": options}
        if "name" in options:
            seen[-1].append(options["name"])
        return entry


def facts(bound: Bound) -> list[tuple[Any, ...]]:
    rows = [(n.name, n.layer, n.inputs, sorted(map(str, n.options.items()))) for n in bound.graph.nodes]
    return [*rows, bound.graph.outputs]


@pytest.mark.parametrize("start", range(0, 400, 100))
def test_random_nestings(start: int) -> None:
    written = refused = 0
    for seed in range(start, start + 100):
        text = json.dumps(Maker(seed).spec())
        try:
            before = compute(load(Source(f"{seed}.yaml", text))).bound
            again = expand(before)
        except SpecError:  # a name was drawn twice
            continue
        except UsageError:  # an entry in one branch, asked for from another, behind a nearer one of its name
            refused += 1
            continue
        after = compute(load(Source(f"{seed}.yaml", again))).bound
        assert facts(after) == facts(before), (seed, text, again)
        assert expand(after) == again, (seed, text)
        written += 1
    assert written > 60 and refused < 5
