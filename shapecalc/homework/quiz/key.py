"""The key of a worksheet: a spec that stands alone, with `grading:` beside it, so that it can mark what comes back.

Pitfall: a base, a setting or an input from the command line would be lost with the command, so they are written in;
where that cannot be done word for word, the network is written out layer by layer.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from ...engine import Bound, Overrides, bind
from ...engine.expand import expand
from ...engine.options import as_written
from ...engine.written import flow, quoted, value_text
from ...errors import Source, SpecError
from ...report.quiz import Quiz
from ...spec import Entry, Plan, Value, load
from ...spec.plan import Reference
from ...spec.tree import Mapping as Pairs
from ...text import _
from ..conventions import Conventions
from .respell import Respelling, folded

_ORDER = ("spec", "name", "source", "note", "input", "layout", "params", "blocks", "layers", "outputs", "frozen")


def alone(bound: Bound, overrides: Overrides = Overrides()) -> Plan:
    """The same network as a plan whose text needs no other file, no setting and no expectation."""
    try:
        plan = load(Source("key", _rewritten(bound, overrides)))
        if _same(bind(plan), bound):
            return plan
    except SpecError:
        pass
    return load(Source("key", expand(bound)))


def _same(a: Bound, b: Bound) -> bool:
    """Whether two networks have the same rows with the same options and shapes."""
    nodes = [(n.name, n.layer, n.inputs, n.options, n.frozen) for n in a.graph.nodes]
    others = [(n.name, n.layer, n.inputs, n.options, n.frozen) for n in b.graph.nodes]
    return nodes == others and a.shapes == b.shapes and a.graph.outputs == b.graph.outputs


def _rewritten(bound: Bound, overrides: Overrides) -> str:
    """The text of the innermost base with everything put in that was said around it."""
    plan = bound.plan
    if not isinstance(plan.root, Pairs):
        return expand(bound)
    changes: dict[int, str] = {}
    for name, value in {**plan.settings, **overrides.settings}.items():
        param = plan.params.get(name)
        if param is None:
            return expand(bound)
        node = param.default.node if param.default else param.node
        changes[id(node)] = _value(value, bound.settings[name], param.kind)
    fields: dict[str, Any] = {key.text: node for key, node in plan.root.pairs if key.text in _ORDER}
    fields |= {key: folded(plan.texts[key]) for key in ("name", "source", "note") if key in plan.texts}
    if plan.inherited or overrides.inputs:
        fields["input"] = input_text(bound)
    for key, references in (("outputs", plan.outputs), ("frozen", plan.frozen)):
        if references:
            fields[key] = _names(references)
    dropped = {id(e.expect.node) for e in entries(plan) if e.expect}
    return Respelling(changes, dropped).document([(key, fields[key]) for key in _ORDER if key in fields])


def _value(value: Value, number: Any, kind: str) -> str:
    """A setting as it was written where it is a constant, else what it came to."""
    return value_text(number, kind, "HWC") if not isinstance(number, str) else quoted(number)


def input_text(bound: Bound) -> str:
    """The shapes of the inputs as a spec has them: `32x32x1`, or by name."""
    layout = bound.plan.layout
    shapes = {
        name: str(list(as_written(shape, layout)))
        if len(shape) == 1
        else "x".join(map(str, as_written(shape, layout)))
        for name, shape in bound.graph.inputs.items()
    }
    return shapes["input"] if list(shapes) == ["input"] else flow({quoted(k): v for k, v in shapes.items()})


def _names(references: tuple[Reference, ...]) -> str:
    return "[" + ", ".join(quoted(reference.text) for reference in references) + "]"


def entries(plan: Plan) -> Iterator[Entry]:
    """Every entry of a plan, those of blocks and branches too."""
    waiting = [*plan.entries, *(e for block in plan.blocks.values() for e in block.entries)]
    while waiting:
        entry = waiting.pop()
        yield entry
        waiting += [*entry.entries, *entry.else_, *(e for _key, inner in entry.branches for e in inner)]


def text_of(plan: Plan, changes: Mapping[int, str] = {}) -> str:
    """A plan that stands alone, as text; `changes` are other texts for some of its nodes."""
    root: Any = plan.root
    return Respelling(changes).document([(key.text, node) for key, node in root.pairs])


def key_text(plan: Plan, quiz: Quiz, wanted: Conventions, changes: Mapping[int, str] = {}) -> str:
    """The key of a worksheet: the network, what is graded, and where there are choices, the letters."""
    grading = {**{k: v for k, v in plan.grading.items() if k not in ("columns", "marks")}}
    lines = [text_of(plan, changes).rstrip("\n"), "grading:"]
    lines.append(f"  columns: [{', '.join(quiz.columns)}]")
    declared = _declared(wanted, plan.grading.get("conventions") or {})
    if declared:
        lines.append(f"  conventions: {flow({k: _scalar(v) for k, v in declared.items()})}")
    lines += _marks(quiz)
    lines += [
        f"  {key}: {_data(value)}" for key, value in grading.items() if key != "conventions"
    ]
    lines += _meta(quiz)
    return "\n".join(lines) + "\n"


def _declared(wanted: Conventions, said: Mapping[str, Any]) -> dict[str, Any]:
    """Conventions that are not the defaults, and those that the spec itself names."""
    usual = Conventions()._asdict()
    own = {k: v for k, v in wanted._asdict().items() if v != usual[k]}
    return {**said, **own, **({"layout": wanted.layout} if wanted.layout != "HWC" else {})}


def _marks(quiz: Quiz) -> list[str]:
    """Nothing for what is given, and its marks for every blank: by column, and by row where a row differs."""
    marks = {(blank.row, blank.column): blank.marks for blank in quiz.blanks}
    lines, usual = ["  marks:"], {}
    rows = [line.name for line in quiz.lines if line.name not in _inputs(quiz)]
    for i, column in enumerate(quiz.columns):
        held = [marks.get((line.name, column), 0) for line in quiz.lines if line.cells[i] is not None]
        usual[column] = max(dict.fromkeys(held, 0), key=held.count) if held else 0
        lines.append(f"    {column}: {_number(usual[column])}")
    for row in rows:
        cells = next(line.cells for line in quiz.lines if line.name == row)
        own = {
            c: _number(marks.get((row, c), 0))
            for c, cell in zip(quiz.columns, cells)
            if cell is not None and marks.get((row, c), 0) != usual[c]
        }
        if own:
            lines.append(f"    {quoted(row)}: {flow(own)}")
    return lines


def _inputs(quiz: Quiz) -> Iterable[str]:
    return {line.name for line in quiz.lines if not line.operation and line.name != "total"}


def _meta(quiz: Quiz) -> list[str]:
    """Whose sheet it is, its seed, and the letters of right choices."""
    fields = {"student": quoted(quiz.student) if quiz.student else "", "seed": str(quiz.seed)}
    fields["asked"] = str(len(quiz.blanks))
    lines = ["meta:", f"  quiz: {flow(fields)}"]
    if quiz.chosen:
        letters = {str(b.number): b.letter for b in quiz.blanks if b.letter}
        lines.append(f"  letters: {flow(letters)}")
    return lines


def _number(value: float) -> str:
    return str(int(value)) if value == int(value) else str(value)


def _scalar(value: Any) -> str:
    return value_text(value, "any", "HWC") if not isinstance(value, str) else quoted(value)


def _data(value: Any) -> str:
    """Plain data on one line of YAML."""
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{quoted(str(k))}: {_data(v)}" for k, v in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(_data, value)) + "]"
    return "null" if value is None else _scalar(value)


__all__ = ["_", "alone", "entries", "input_text", "key_text", "text_of"]
