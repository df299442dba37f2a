"""A network written out as a spec again: no blocks, parameters or repeats; the same rows under the same names.

Pitfall: a use of a block becomes a named seq, since a name with dots cannot be written; that keeps every path as it was.
"""

from __future__ import annotations

from typing import Any

from .. import layers
from ..graph import Node
from .bind import Bound
from .options import as_written
from .scope import Scope


def expand(bound: Bound) -> str:
    """The spec's text; reading it gives the same rows."""
    return _Writer(bound).text()


class _Writer:
    def __init__(self, bound: Bound) -> None:
        self.bound = bound
        self.nodes = {node.name: node for node in bound.graph.nodes}

    def text(self) -> str:
        plan, graph = self.bound.plan, self.bound.graph
        lines = [
            f"{key}: {quoted(plan.texts[key])}" for key in ("name", "source", "note") if key in plan.texts
        ]
        shapes = {
            name: "[" + ", ".join(map(str, as_written(shape, plan.layout))) + "]"
            for name, shape in graph.inputs.items()
        }
        single = list(shapes) == ["input"]
        lines.append(
            f"input: {shapes['input']}"
            if single
            else "input: {" + ", ".join(f"{n}: {s}" for n, s in shapes.items()) + "}"
        )
        if plan.layout != "HWC":
            lines.append(f"layout: {plan.layout}")
        first = next(iter(graph.inputs)) if len(graph.inputs) == 1 else ""
        lines += ["layers:", *(self.entries(self.bound.scopes, first, "  ") or ["  []"])]
        last = self.nodes[list(self.nodes)[-1]].name if self.nodes else first
        if graph.outputs != (last,):
            lines.append("outputs: [" + ", ".join(graph.outputs) + "]")
        return "\n".join(lines) + "\n"

    def entries(self, scope: Scope, previous: str, indent: str) -> list[str]:
        """The lines of a scope's entries, in order; branches wait for the layer that joins them."""
        lines: list[str] = []
        branches: list[Scope] = []
        counters = Scope("", None, {}, None, ())
        for name, item in scope.items.items():
            if isinstance(item, Scope):
                if item.branch:
                    branches.append(item)
                    continue
                source = "" if item.source == previous else f"from: {item.source}, "
                body = self.entries(item, item.source, indent + "    ")
                head = f"{indent}- seq: {{name: {name}, {source}layers: []}}"
                lines += (
                    [f"{indent}- seq:", *self.keys(indent, name, source), f"{indent}    layers:", *body]
                    if body
                    else [head]
                )
                previous = item.output or previous
                counters.items[name] = item
            elif item in self.nodes and not item.endswith(".flatten"):
                node = self.nodes[item]
                auto = counters.count(node.layer)
                if auto != name:
                    counters.counters[node.layer] -= 1
                label = "" if auto == name else name
                counters.items[name] = item
                lines += self.entry(node, label, previous, indent, branches)
                branches, previous = [], item
            elif item in self.nodes:
                previous = previous if self.nodes[item].inputs[0] == previous else previous
        return lines

    def keys(self, indent: str, name: str, source: str) -> list[str]:
        found = [f"{indent}    name: {name}"]
        return [*found, f"{indent}    {source.rstrip(', ')}"] if source else found

    def entry(self, node: Node, label: str, previous: str, indent: str, branches: list[Scope]) -> list[str]:
        options = {"name": label} if label else {}
        options |= self.options(node)
        if node.frozen:
            options["frozen"] = "true"
        layer = layers.load(node.layer)
        if layer and layer.merges:
            return self.merge(node, options, previous, indent, branches)
        origin = (
            self.nodes[node.inputs[0]].inputs[0]
            if node.inputs[0] == f"{node.name}.flatten"
            else node.inputs[0]
        )
        if origin != previous:
            options["from"] = origin
        flow = ", ".join(f"{k}: {v}" for k, v in options.items())
        return [f"{indent}- {node.layer}: {{{flow}}}" if flow else f"{indent}- {node.layer}"]

    def merge(
        self, node: Node, options: dict[str, str], previous: str, indent: str, branches: list[Scope]
    ) -> list[str]:
        if not branches:
            options["from"] = "[" + ", ".join("prev" if n == previous else n for n in node.inputs) + "]"
            return [f"{indent}- {node.layer}: {{" + ", ".join(f"{k}: {v}" for k, v in options.items()) + "}"]
        if branches[0].source != previous:
            options["from"] = branches[0].source
        lines = [f"{indent}- {node.layer}:", *(f"{indent}    {k}: {v}" for k, v in options.items())]
        for branch in branches:
            body = self.entries(branch, branch.source, indent + "      ")
            lines += (
                [f"{indent}    {quoted(branch.branch)}:", *body]
                if body
                else [f"{indent}    {quoted(branch.branch)}: identity"]
            )
        return lines

    def options(self, node: Node) -> dict[str, str]:
        """The options that are not the defaults, as a spec writes them."""
        layer = layers.load(node.layer)
        assert layer is not None
        written = {}
        for name, option in layer.OPTIONS.items():
            value = node.options[name]
            text = self.value(value, option.kind)
            if value is not None and (option.required or text != self.value(option.default, option.kind)):
                written[name] = text
        return written

    def value(self, value: Any, kind: str) -> str:
        if isinstance(value, bool):
            return str(value).lower()
        if kind == "shape" and isinstance(value, tuple):
            return str(list(as_written(value, self.bound.plan.layout)))
        if kind == "amount" and isinstance(value, tuple):
            letters = {1: "C", 2: "TC", 3: "HWC", 4: "ZHWC"}[len(value)]
            return "{" + ", ".join(f"{a}: [{b}, {e}]" for a, (b, e) in zip(letters, value) if b or e) + "}"
        if isinstance(value, tuple) and value and kind in ("size", "padding"):
            if all(isinstance(v, tuple) and v[0] == v[1] for v in value):
                value = tuple(v[0] for v in value)
            if not isinstance(value[0], tuple):
                return str(value[0]) if len(set(value)) == 1 else "x".join(map(str, value))
        return str(_lists(value)) if isinstance(value, tuple) else str(value)


def _lists(value: Any) -> Any:
    return [_lists(v) for v in value] if isinstance(value, tuple) else value


def quoted(text: str) -> str:
    """Text as a YAML scalar that reads back as the same text."""
    import json

    plain = text.replace("-", "").replace("_", "")
    return (
        text
        if plain.isalnum()
        and plain.isascii()
        and not plain[0].isdigit()
        and text not in ("true", "false", "null")
        else json.dumps(text, ensure_ascii=False)
    )
