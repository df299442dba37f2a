"""A network written out as a spec again: no blocks, parameters or repeats; the same rows under the same names.

Pitfall: names with dots cannot be written, so a use of a block becomes a named seq; and in there a nearer name may
hide the one that is meant. So the writer asks, name by name, what a reader of the lines so far would find.
"""

from __future__ import annotations

from .. import layers
from ..errors import UsageError
from ..graph import Node
from ..text import _
from .bind import Bound
from .options import as_written
from .scope import Scope
from .written import flow, option_texts, quoted


def expand(bound: Bound) -> str:
    """The spec's text; reading it gives the same rows. Raises UsageError where a name cannot be reached."""
    writer = _Writer(bound)
    while True:
        try:
            return writer.text()
        except _Hidden as hidden:
            writer.give_alias(hidden)


class _Hidden(Exception):
    """In the scope `place`, no name leads to `target`: a nearer entry is called the same."""

    def __init__(self, place: Scope, target: str) -> None:
        self.place = place
        self.target = target


class _Writer:
    """Writes entries; `known`, a second tree of scopes, is what a reader knows at each line."""

    def __init__(self, bound: Bound) -> None:
        self.plan = bound.plan
        self.graph = bound.graph
        self.file = bound.scopes
        self.nodes = {node.name: node for node in bound.graph.nodes}
        self.aliases: dict[tuple[str, str], list[tuple[str, str]]] = {}

    def text(self) -> str:
        texts, layout, inputs = self.plan.texts, self.plan.layout, self.graph.inputs
        lines = [f"{key}: {quoted(texts[key])}" for key in ("name", "source", "note") if key in texts]
        shapes = {quoted(name): str(list(as_written(shape, layout))) for name, shape in inputs.items()}
        lines.append(f"input: {shapes['input'] if list(shapes) == ['input'] else flow(shapes)}")
        if layout != "HWC":
            lines.append(f"layout: {layout}")
        known = Scope("", None, {}, next(iter(inputs)) if len(inputs) == 1 else None, ())
        known.items.update((name, name) for name in inputs)
        body = self.entries(self.file, known, "  ")
        lines += ["layers:", *body] if body else ["layers: []"]
        last = known.output if body else next(iter(inputs))
        if self.graph.outputs != (last,):
            lines.append(
                "outputs: [" + ", ".join(self.reference(known, name) for name in self.graph.outputs) + "]"
            )
        return "\n".join(lines) + "\n"

    def entries(self, scope: Scope, known: Scope, indent: str) -> list[str]:
        """The lines of a scope's entries, in order; branches wait for the layer that joins them."""
        lines: list[str] = []
        branches: list[str] = []
        origin, previous = "", known.source
        for name, item in scope.items.items():
            if isinstance(item, Scope):
                origin = origin if branches else self.origin(known, item.source, previous)
                if item.branch:
                    branches += self.branch(item, known, name, indent)
                    continue
                lines += self.seq(item, known, name, origin, indent)
                previous = item.output or previous
            elif item in self.nodes:
                if "." in name:  # the flatten that a later fc brings along
                    known.items[name] = item
                    continue
                node = self.nodes[item]
                origin = origin if branches else self.origin(known, self.source(node), previous)
                lines += self.entry(node, known, name, origin, indent, branches, previous)
                branches, previous = [], item
            for target, alias in self.aliases.get((scope.path, name), ()):
                lines.append(self.jump(known, target, previous, indent, alias))
                previous = target
        if scope.path and scope.output and scope.output != previous:
            lines.append(self.jump(known, scope.output, previous, indent))
            previous = scope.output
        known.output = previous
        return lines

    def jump(self, known: Scope, target: str, previous: str, indent: str, name: str = "") -> str:
        """An entry without rows, after which `target` is `prev`; with a name, another name for it."""
        line = f"{indent}- seq: {flow({'name': name, 'from': self.origin(known, target, previous), 'layers': '[]'})}"
        if name:
            known.items[name] = alias = Scope(known.full(name), known, {}, known.entered, ())
            alias.output = target
        return line

    def seq(self, scope: Scope, known: Scope, name: str, origin: str, indent: str) -> list[str]:
        """A use of a block, or a seq with a name."""
        body = self.entries(scope, self.enter(scope, known, name), indent + "      ")
        head = {"name": quoted(name), "from": origin}
        if not body:
            return [f"{indent}- seq: {flow({**head, 'layers': '[]'})}"]
        fields = [f"{indent}    {key}: {text}" for key, text in head.items() if text]
        return [f"{indent}- seq:", *fields, f"{indent}    layers:", *body]

    def branch(self, scope: Scope, known: Scope, name: str, indent: str) -> list[str]:
        """A branch under its key."""
        body = self.entries(scope, self.enter(scope, known, name), indent + "      ")
        key = f"{indent}    {quoted(scope.branch)}:"
        return [key, *body] if body else [f"{key} identity"]

    def enter(self, scope: Scope, known: Scope, name: str) -> Scope:
        inner = Scope(known.full(name), known, {}, known.entered, ())
        inner.output = inner.source = scope.source
        inner.branch = scope.branch
        known.items[name] = inner
        return inner

    def entry(
        self,
        node: Node,
        known: Scope,
        name: str,
        origin: str,
        indent: str,
        branches: list[str],
        previous: str,
    ) -> list[str]:
        """A layer; the name is left out where counting gives it."""
        count = known.counters.get(node.layer, 0)
        label = ""
        if known.count(node.layer) != name:
            known.counters[node.layer], label = count, quoted(name)
        layer = layers.load(node.layer)
        assert layer is not None
        options = option_texts(layer, node.options, self.plan.layout)
        if layer.merges and not branches:
            origin = f"[{', '.join(self.origin(known, n, previous) or 'prev' for n in node.inputs)}]"
        known.items[name] = node.name
        fields = {"name": label, **options, "frozen": "true" if node.frozen else "", "from": origin}
        if branches:
            head = [f"{indent}    {key}: {text}" for key, text in fields.items() if text]
            return [f"{indent}- {node.layer}:", *head, *branches]
        primary = next(iter(layer.OPTIONS), "")
        if [key for key, text in fields.items() if text] == [primary] and fields[primary][0] not in "{[":
            return [f"{indent}- {node.layer}: {fields[primary]}"]
        return [
            f"{indent}- {node.layer}: {flow(fields)}" if any(fields.values()) else f"{indent}- {node.layer}"
        ]

    def source(self, node: Node) -> str:
        """What an entry reads from: past the flatten of its own, and the first of several."""
        name = node.inputs[0]
        return self.nodes[name].inputs[0] if name.startswith(f"{node.name}.") and name in self.nodes else name

    def origin(self, known: Scope, target: str, previous: str) -> str:
        """What stands after `from:`; nothing where the entry before is meant."""
        return "" if target == previous else self.reference(known, target)

    def reference(self, known: Scope, target: str) -> str:
        """A name by which a reader finds `target` from here: its path, or the end of it, or what ends with it."""
        parts = target.split(".")
        for name in (*(".".join(parts[start:]) for start in range(len(parts))), *_ending(known, target)):
            found = known.entered if name == "input" and known.entered else known.find(name)
            if (found.output if isinstance(found, Scope) else found) == target:
                return quoted(name)
        raise _Hidden(known, target)

    def give_alias(self, hidden: _Hidden) -> None:
        """Another name for the hidden entry, right after it, in the innermost scope that also holds the place."""
        place, target = hidden.place, hidden.target
        while place.parent and not target.startswith(f"{place.path}."):
            place = place.parent
        key = target.removeprefix(f"{place.path}.").split(".")[0]
        item, known = place.items.get(key), self.aliases.setdefault((place.path, key), [])
        if (isinstance(item, Scope) and item.branch) or target in dict(known):
            message = _("{name} cannot be written out: from {place}, a nearer entry of that name hides it")
            raise UsageError(
                message.format(name=target, place=hidden.place.path), _("give one of them a name of its own")
            )
        names = {part for name in self.nodes for part in name.split(".")}
        names |= {alias for found in self.aliases.values() for _target, alias in found}
        alias, n = f"{key}_seen", 2
        while alias in names:
            alias, n = f"{key}_seen{n}", n + 1
        known.append((target, alias))


def _ending(known: Scope, target: str) -> list[str]:
    """The blocks, seqs and aliases in sight that end with `target`; those around this place have no end yet."""
    names = []
    inside: Scope | None = None
    place: Scope | None = known
    while place:
        scopes = (
            (name, item)
            for name, item in place.items.items()
            if isinstance(item, Scope) and item is not inside
        )
        names += [name for name, item in scopes if item.output == target]
        place, inside = place.parent, place
    return names
