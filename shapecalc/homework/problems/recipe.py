"""What a setup says of one network, before anything is computed: an input and operations, as the file has them.

Pitfall: `[240, 240]` is a sequence of 240 positions with 240 channels, unless what walks over it has two axes; then it is
a picture whose one channel nobody wrote.
"""

from __future__ import annotations

import re
from collections.abc import Mapping as Lookup
from typing import Any

from ... import layers
from ...record import Record
from ...spec import plan_of
from ...spec.findings import Findings
from ...spec.tree import Mapping, Scalar, Sequence, Tree
from ...text import _
from . import ops
from .network import Network
from .nodes import Fields, build, fields, items, plain, sizes

_COUNTED = re.compile(
    r"\s*(?:(\d+)\s*[x×*]\s+)?([^\W\d]\w*)\s*((?:\d+)(?:\s*[x×]\s*\d+)*)?\s*(?:/\s*(\d+)|s\s*(\d+))?\s*"
)
"""An operation in short: `conv 5x5`, `10 x conv 5x5`, `pool 2`, `conv 7x7/2`."""
NOTHING: Fields = {}
MOST = 10_000
LARGE = 2048
"""Pixels of an input whose size does not matter."""
AROUND = ("layout", "params", "blocks", "outputs", "frozen", "base", "set")
"""Keys of a spec that a problem may use beside input and layers."""


class Step(Record):
    """One operation: its settings by key, or an entry of the spec language as it stands."""

    op: Fields
    at: Tree
    entry: Tree | None = None


def entry_settings(entry: Tree) -> tuple[str, Fields]:
    """The word of an entry of the spec language and its options; one value by itself is the primary option's."""
    word, value = next(iter(fields(entry).items()), (getattr(entry, "text", ""), None))
    layer = layers.load(word)
    if isinstance(value, Mapping):
        return word, fields(value)
    primary = next(iter(layer.OPTIONS), None) if layer else None
    return word, {primary: value} if primary and value is not None else {}


class Recipe(Record):
    """A network to be: `steps` in order, `bias` for all of them, `around` what else of a spec is said."""

    at: Tree
    input: Tree | None = None
    steps: tuple[Step, ...] = ()
    bias: Tree | None = None
    batch: int | None = None
    around: Fields = NOTHING
    free: bool = False
    """The input's size was chosen here, since it does not matter: what depends on it cannot be asked."""

    def change(self, settings: Lookup[str, Any]) -> Recipe:
        """The same with settings of its windows changed, and with `n` another input size."""
        steps = []
        for step in self.steps:
            word = ops.resolve(step.op) if step.op else None
            layer = layers.load(word) if word else None
            new = {
                key: build(value, step.at)
                for key, value in settings.items()
                if layer and (key in layer.OPTIONS or key in ("ceil", "kind"))
            }
            kept = {
                k: v for k, v in step.op.items() if not layer or (ops.option_of(k, layer) or k) not in new
            }
            if "rounding" in new:
                kept = {k: v for k, v in kept.items() if k not in ("ceil", "ceil_mode")}
            steps.append(step._replace(op={**kept, **new}))
        node = self.input
        if "n" in settings and node is not None:
            said = sizes(node)
            channels = settings.get("channels", said[-1] if said else 1)
            size = (
                settings["n"]
                if isinstance(settings["n"], (tuple, list))
                else [settings["n"]] * (len(said) - 1)
            )
            node = build([*size, channels], node)
        return self._replace(steps=tuple(steps), input=node, free=self.free and "n" not in settings)

    def blank(self) -> tuple[int, str] | None:
        """Which step's option is a blank to be solved for: its place and our word for it."""
        for i, step in enumerate(self.steps):
            word, found = entry_settings(step.entry) if step.entry else (ops.resolve(step.op), step.op)
            layer = layers.load(word) if word else None
            for key, node in found.items():
                if layer and ops.is_blank(node):
                    return i, ops.option_of(key, layer) or key
        return None

    def fill(self, place: int, option: str, value: Any) -> Recipe:
        """The same with the option of one step set."""
        step = self.steps[place]
        if step.entry is not None:
            word, said = entry_settings(step.entry)
            layer = layers.load(word)
            kept = {k: v for k, v in said.items() if not layer or (ops.option_of(k, layer) or k) != option}
            kept.pop("expect", None)
            changed = step._replace(entry=build({word: {**kept, option: value}}, step.at))
        else:
            word = ops.resolve(step.op) or ""
            layer = layers.load(word)
            kept = {k: v for k, v in step.op.items() if not layer or (ops.option_of(k, layer) or k) != option}
            changed = step._replace(op={**kept, option: build(value, step.at)})
        return self._replace(steps=(*self.steps[:place], changed, *self.steps[place + 1 :]))

    def upto(self, place: int) -> Recipe:
        """The same, ending with the step at this place."""
        return self._replace(steps=self.steps[: place + 1])

    def network(self, findings: Findings) -> Network:
        """The network with numbers. Raises SpecError with all that is wrong with it."""
        names: dict[str, tuple[str, str]] = {}
        entries = _Entries(self.bias, findings, names)
        made = entries.made(self.steps)
        root: dict[str, Any] = {"name": "problem", **self.around}
        if "base" not in root:
            root |= {"input": self._input(), "layers": made}
        plan = plan_of(build(root, self.at), self.at.source, _no_base if "base" not in root else _built_in)
        return Network(plan, names, self.batch)

    @property
    def is_free(self) -> bool:
        """Whether nobody said how large the input is."""
        return self.free or (self.input is None and "base" not in self.around)

    def _input(self) -> Tree:
        """The input as a spec's shape; a channel is put behind a picture that was written without one."""
        if self.input is None:
            return build(self._large_enough(), self.at)
        said = sizes(self.input)
        if len(said) == 2 and isinstance(self.input, Sequence) and self._walks_two_axes():
            return build([*said, 1], self.input)
        return self.input

    def _large_enough(self) -> list[int]:
        """An input for layers that do not say theirs: its size matters to nothing that may be asked of them."""
        first = self.steps[0].op if self.steps else {}
        channels = next((n for key in ("in", "in_channels", "in_features", "channels") if (n := sizes(first.get(key)))), (1,))  # fmt: skip
        word = ops.resolve(first) if first else None
        if word in ("fc", "linear"):
            return [channels[0]]
        return [LARGE, channels[0]] if word in ("lstm", "gru", "rnn") else [LARGE, LARGE, channels[0]]

    def _walks_two_axes(self) -> bool:
        for step in self.steps:
            for key in ("kernel", "f", "filter", "kernel_size"):
                if key in step.op and len(sizes(step.op[key])) == 2:
                    return True
        return False


def _no_base(name: str, asker: str) -> Any:
    raise AssertionError(name)


def _built_in(name: str, asker: str) -> Any:
    from ... import catalogue

    return catalogue.base(name, asker)


def steps_of(node: Tree | None, findings: Findings) -> tuple[Step, ...]:
    """The steps of a list: operations by key, entries of the spec language, [kernel, stride] pairs, or short words."""
    found: list[Step] = []
    for item in items(node):
        inner = fields(item)
        if "op" in inner:
            turns = plain(inner.get("repeat", inner.get("times")))
            found += [Step(inner, item)] * (min(turns, MOST) if isinstance(turns, int) else 1)
        elif isinstance(item, Scalar) and item.text.isdigit() and not item.style:
            found.append(Step({"op": build("fc", item), "units": item}, item))
        elif isinstance(item, Sequence):
            numbers = list(item.items)
            keys = ("kernel", "stride", "padding", "dilation")
            if len(numbers) <= len(keys) and all(sizes(n) for n in numbers):
                said = dict(zip(keys, numbers))
                found.append(Step({"op": build("conv", item), "filters": build(1, item), **said}, item))
            else:
                findings.say("SC205", _("a layer is an operation, or a kernel and a stride"), item, "{op: conv, filters: 8, kernel: 3}, or [3, 1]")  # fmt: skip
        elif isinstance(item, Scalar) and (short := _COUNTED.fullmatch(item.text)) and (short[1] or short[3]):
            said = {"op": build(short[2], item)}
            if short[3]:
                size = [int(n) for n in re.findall(r"\d+", short[3])]
                said["kernel"] = build(size if len(size) > 1 else size[0], item)
            if short[4] or short[5]:
                said["stride"] = build(int(short[4] or short[5]), item)
            word = ops.resolve(said)
            if word in ("conv", "convtranspose"):
                said["filters"] = build(1, item)
            found += [Step(said, item)] * int(short[1] or 1)
        else:
            found.append(Step({}, item, item))
    return tuple(found)


class _Entries:
    """Writes steps as entries of the spec language, and keeps what each is called in the problem."""

    def __init__(self, bias: Tree | None, findings: Findings, names: dict[str, tuple[str, str]]) -> None:
        self.bias = bias
        self.findings = findings
        self.names = names
        self.counts: dict[str, int] = {}

    def made(self, steps: tuple[Step, ...]) -> list[Tree]:
        entries: list[Tree] = []
        word = ""
        for step in steps:
            if step.entry is not None:
                entries.append(step.entry)
                continue
            before, word = word, ops.resolve(step.op) or ""
            merged = self.merged(step)
            if merged is not None:
                entries.append(merged)
                continue
            op = step.op
            if before in ("lstm", "gru", "rnn") and word == "fc":
                op = {**op, "op": build("linear", step.at)}
            entry = ops.entry(op, step.at, self.name(op, word), self.bias, self.findings)
            if entry is not None:
                entries.append(entry)
        return entries

    def merged(self, step: Step) -> Tree | None:
        """A concat, add or residual with its branches written out."""
        said = str(plain(step.op["op"])).lower()
        branches = ops.branches_of(step.op)
        if said in ("residual", "skip", "resblock"):
            branches = {"main": step.op.get("layers") or step.op.get("main") or build([], step.at)}
            shortcut = step.op.get("shortcut") or step.op.get("projection")
            branches = {**branches, "shortcut": shortcut or build("identity", step.at)}
            said = "add"
        if said not in ops.MERGES or branches is None:
            return None
        inner = {
            key: item if isinstance(item, Scalar) else build(_Entries(self.bias, self.findings, {}).made(steps_of(item, self.findings)), item)
            for key, item in branches.items()
        }  # fmt: skip
        return ops.entry({**step.op, "op": build(said, step.at)}, step.at, self.name(step.op, said), None, self.findings, inner)  # fmt: skip

    def name(self, op: Fields, word: str) -> str:
        """A legal name: the label without what a name may not have, or the word and a number."""
        label = str(plain(op.get("name") or op.get("label")) or "")
        slug = re.sub(r"[^\w-]+", "_", label).strip("_")
        self.counts[word] = self.counts.get(word, 0) + 1
        name = slug if slug and slug not in self.names and slug not in ("prev", "identity", "input") else ""
        while not name or name in self.names:
            name = f"{word}{self.counts[word]}" if not name else f"{name}_"
        self.names[name] = (label or name, word)
        return name


def _is_around(key: str, node: Tree) -> bool:
    """Whether this is the spec's key and no count of the same name: `params: 7600` is what is wanted."""
    return isinstance(node, Mapping) or key not in ("params", "blocks", "set")


def recipe_of(node: Tree, findings: Findings, shared: Fields = NOTHING) -> Recipe:
    """The recipe of a mapping with input and layers, or of a list of layers; `shared` says the rest."""
    inner = {"layers": node} if not isinstance(node, Mapping) else fields(node)
    said = {**shared, **inner}
    batch = plain(said.get("batch"))
    return Recipe(
        node,
        said.get("input"),
        steps_of(said.get("layers"), findings),
        said.get("bias"),
        batch if isinstance(batch, int) else None,
        {key: said[key] for key in AROUND if key in said and _is_around(key, said[key])},
    )
