"""Changes that a person could make to a spec, each as the text to write and as the same thing done to its plan.

Pitfall: a plan's entries are shared, so a change is made for the length of a trial and taken back; what is offered in
words is read by the spec's own reader, or is the same value, so the text and the trial cannot differ.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from typing import Any

from ...engine.options import as_written
from ...engine.written import value_text
from ...errors import Source
from ...graph import Shape
from ...record import Record
from ...spec import Entry, NamesEntry, Plan, Value
from ...spec.entries import EntryReader
from ...spec.findings import Findings
from ...spec.plan import Reference
from ...spec.reader import read
from ...spec.tree import Scalar
from ...text import N_
from ..entries import holder

Make = Callable[[Plan], AbstractContextManager[Plan]]
WORDS = {
    "option": (N_("write:  {text}"), N_("or write:  {text}")),
    "other": (N_("in {word} at {place} write:  {text}"), N_("or in {word} at {place} write:  {text}")),
    "before": (N_("put before it:  {text}"), N_("or put before it:  {text}")),
    "this branch": (N_("add a 1×1 projection to this branch:  {text}"), N_("or add a 1×1 projection to this branch:  {text}")),
    "branch": (N_("add a 1×1 projection to branch {word}:  {text}"), N_("or add a 1×1 projection to branch {word}:  {text}")),
    "names": (N_("put before it:  {text}  and then join  {word}"), N_("or put before it:  {text}  and then join  {word}")),
    "input": (N_("change the input:  {text}"), N_("or change the input:  {text}")),
}  # fmt: skip
"""How a change is offered, first and after another one."""


class Change(Record):
    """`kind` is one of WORDS; `make` does it to a plan for the length of a with-block."""

    kind: str
    text: str
    make: Make
    word: str = ""
    place: str = ""


def options(plan: Plan, entry: Entry, values: Mapping[str, Any], at: Entry | None = None) -> Change:
    """Set options of an entry; `at` is the entry that was refused, where it is another one."""
    kinds = entry.layer.OPTIONS if entry.layer else {}
    text = ", ".join(
        f"{name}: {value_text(value, 'padding' if kinds[name].kind == 'amount' else kinds[name].kind, plan.layout)}"
        for name, value in values.items()
    )

    @contextmanager
    def make(plan: Plan) -> Iterator[Plan]:
        before = dict(entry.options)
        try:
            for name, value in values.items():
                node = before[name].node if name in before else entry.key
                if kinds[name].kind == "shape":
                    value = as_written(value, plan.layout)
                entry.options[name] = Value(node, value)
            yield plan
        finally:
            entry.options = before

    if at is None or at is entry:
        return Change("option", text, make)
    return Change("other", text, make, entry.key_text, f"{entry.key.line + 1}:{entry.key.column + 1}")


def expectation(plan: Plan, entry: Entry, shape: Shape) -> Change:
    """Expect another shape."""
    written = as_written(shape, plan.layout)
    text = "x".join(map(str, written)) if len(written) > 1 else str(list(written))

    @contextmanager
    def make(plan: Plan) -> Iterator[Plan]:
        before = entry.expect
        assert before is not None
        try:
            entry.expect = Value(before.node, written)
            yield plan
        finally:
            entry.expect = before

    return Change("option", f"expect: {text}", make)


def input_shape(plan: Plan, name: str, shape: Shape, flag: bool = False) -> Change:
    """Give the network another input: in its file, or by the flag that gave it one."""
    written = as_written(shape, plan.layout)
    size = "x".join(map(str, written)) if len(written) > 1 else str(list(written))
    text = f"--input {size}" if flag else f"input: {size}" if len(plan.inputs) == 1 else f"{name}: {size}"

    @contextmanager
    def make(plan: Plan) -> Iterator[Plan]:
        old = plan.inputs[name]
        yield plan._replace(inputs={**plan.inputs, name: Value(old.node, written)})

    return Change("input", text, make)


def before(entry: Entry, text: str) -> Change:
    """Put a new entry before one."""

    @contextmanager
    def make(plan: Plan) -> Iterator[Plan]:
        siblings = holder(plan, entry)
        new = entry_of(text)
        at = siblings.index(entry)
        siblings.insert(at, new)
        try:
            yield plan
        finally:
            siblings.remove(new)

    return Change("before", text, make)


def branch(entry: Entry, index: int, text: str, this: bool) -> Change:
    """Put a new entry at the end of a branch of a merge."""
    key, entries = entry.branches[index]

    @contextmanager
    def make(plan: Plan) -> Iterator[Plan]:
        entries.append(entry_of(text))
        try:
            yield plan
        finally:
            entries.pop()

    return Change("this branch" if this else "branch", text, make, f"'{key.text}'")


def joined_by_name(entry: NamesEntry, index: int, names: list[str], text: str) -> Change:
    """Project one of the named inputs of a merge in an entry before it; all are then joined by their names."""
    new = entry_of(text)
    assert new.name
    names = [new.name if i == index else name for i, name in enumerate(names)]

    @contextmanager
    def make(plan: Plan) -> Iterator[Plan]:
        siblings, old = holder(plan, entry), entry.references
        siblings.insert(siblings.index(entry), new)
        entry.references = tuple(Reference(n, r.node) for n, r in zip(names, old))
        try:
            yield plan
        finally:
            entry.references = old
            siblings.remove(new)

    return Change("names", text, make, f"[{', '.join(names)}]")


def entry_of(text: str) -> Entry:
    """The entry that a text means, read as a spec is."""
    tree, problems = read(Source("<change>", text))
    findings = Findings()
    names = set(re.findall(r"[^\W\d]\w*", text))  # a block's parameters may stand in it
    entry = EntryReader(findings, names, {}).entry(tree)
    assert not problems and not findings.items, (problems, findings.items)
    return entry


def own(plan: Plan, entry: Entry) -> bool:
    """Whether an entry stands in the file itself, and not in a base or in a layer's own body."""
    return isinstance(entry.key, Scalar) and entry.key.source is plan.source
