"""The blanks of a spec: every `unknown` in it, its name, and how a number is put in its place for a trial.

Pitfall: a blank in a block is one blank, however often the block is used; it is named after its first use.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from ...record import Record
from ...spec import UNKNOWN, Entry, Plan, Value
from ...spec.tree import Scalar, Tree
from ..entries import lists

Path = tuple[int, ...]


class Blank(Record):
    """Where an unknown stands: in an option of an entry, or by the name `option` in a parameter, setting, path or input."""

    holder: str
    entry: Entry | None
    option: str
    path: Path
    node: Tree
    low: int

    @property
    def names(self) -> str:
        """The option, with the place in a list where it is one of several numbers."""
        return self.option + "".join(f"[{i}]" for i in self.path)


def blanks(plan: Plan) -> list[Blank]:
    """Every unknown of a plan, in the order of the file."""
    found: list[Blank] = []

    def look(holder: str, entry: Entry | None, option: str, value: Value | None, low: int) -> None:
        for path, node in unknowns(value):
            found.append(Blank(holder, entry, option, path, node, low))

    for name, param in plan.params.items():
        look("params", None, name, plan.settings.get(name, param.default), 1)
    for name, setting in plan.dotted.items():
        if isinstance(setting.value.node, Scalar) and setting.value.node.text == "unknown":
            found.append(Blank("dotted", None, name, (), setting.value.node, 1))
    for name, value in plan.inputs.items():
        look("inputs", None, name, value, 1)
    for entries in lists(plan):
        for entry in entries:
            known = entry.layer.OPTIONS if entry.layer else {}
            for name, value in entry.options.items():
                look("options", entry, name, value, known[name].low if name in known else 1)
            look("repeat", entry, "repeat", entry.repeat, 0)
    return sorted(found, key=lambda b: (b.node.line, b.node.column))


def unknowns(value: Value | None, path: Path = ()) -> Iterator[tuple[Path, Tree]]:
    """The places of unknowns in a value."""
    if value is None:
        return
    if value.constant is UNKNOWN:
        yield path, value.node
    for i, item in enumerate(value.items or ()):
        yield from unknowns(item, (*path, i))


def put(value: Value, path: Path, number: Any) -> Value:
    """The value with a number at a place."""
    if not path:
        return Value(value.node, number)
    items = list(value.items or ())
    items[path[0]] = put(items[path[0]], path[1:], number)
    return Value(value.node, items=tuple(items), keys=value.keys)


@contextmanager
def filled(plan: Plan, blanks: Sequence[Blank], numbers: Sequence[Any]) -> Iterator[Plan]:
    """The plan with the first blanks filled, for the length of a with-block; later ones stay unknown."""
    old: list[tuple[Entry, Mapping[str, Value], Value | None]] = []
    try:
        for blank, number in zip(blanks, numbers):
            entry, name = blank.entry, blank.option
            if entry is not None:
                old.append((entry, entry.options, entry.repeat))
                if blank.holder == "repeat":
                    assert entry.repeat is not None
                    entry.repeat = put(entry.repeat, blank.path, number)
                else:
                    entry.options = {**entry.options, name: put(entry.options[name], blank.path, number)}
            elif blank.holder == "inputs":
                plan = plan._replace(inputs={**plan.inputs, name: put(plan.inputs[name], blank.path, number)})
            elif blank.holder == "dotted":
                changed = plan.dotted[name]._replace(value=Value(blank.node, number))
                plan = plan._replace(dotted={**plan.dotted, name: changed})
            else:
                given = plan.settings.get(name) or plan.params[name].default
                assert given is not None
                plan = plan._replace(settings={**plan.settings, name: put(given, blank.path, number)})
        yield plan
    finally:
        for entry, options, repeat in reversed(old):
            entry.options, entry.repeat = dict(options), repeat
