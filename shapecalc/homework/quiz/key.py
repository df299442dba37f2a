"""The key of a worksheet: a spec that stands alone, with `grading:` beside it, so that it can mark what comes back.

Pitfall: a base, a setting or an input from the command line would be lost with the command, so they are written in;
where that cannot be done word for word, the network is written out layer by layer.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from typing import Any

from ...engine import Bound, Overrides, bind
from ...engine.expand import expand
from ...engine.options import as_written
from ...engine.written import flow, quoted, value_text
from ...errors import Source, SpecError
from ...graph import Shape
from ...quantities import INVERSE
from ...report.quiz import Blank, Quiz
from ...spec import Entry, Plan, load
from ...spec.plan import Reference
from ...spec.tree import Mapping as Pairs
from ..conventions import Conventions
from .respell import Respelling, folded
from .said import Said

_ORDER = (
    "spec",
    "name",
    "source",
    "note",
    "input",
    "layout",
    "params",
    "blocks",
    "layers",
    "outputs",
    "frozen",
)


def alone(bound: Bound, overrides: Overrides = Overrides()) -> Plan:
    """The same network as a plan whose text needs no other file, no setting and no expectation."""
    try:
        plan = load(Source("key", _rewritten(bound, overrides)))
        if _same(bind(plan), bound):
            return plan
    except SpecError:
        pass
    return load(Source("key", _expanded(bound)))


def _expanded(bound: Bound) -> str:
    """The network written out layer by layer, under a name."""
    text = expand(bound)
    return text if "name" in bound.plan.texts else f"name: {quoted(_called(bound.plan))}\n{text}"


def _same(a: Bound, b: Bound) -> bool:
    """Whether two networks have the same rows with the same options and shapes."""
    nodes = [(n.name, n.layer, n.inputs, n.options, n.frozen) for n in a.graph.nodes]
    others = [(n.name, n.layer, n.inputs, n.options, n.frozen) for n in b.graph.nodes]
    return nodes == others and a.shapes == b.shapes and a.graph.outputs == b.graph.outputs


def _rewritten(bound: Bound, overrides: Overrides) -> str:
    """The text of the innermost base with everything put in that was said around it."""
    plan = bound.plan
    if not isinstance(plan.root, Pairs):
        return _expanded(bound)
    changed = {**plan.settings, **overrides.settings}
    if plan.dotted or not changed.keys() <= plan.params.keys():
        return _expanded(bound)
    fields: dict[str, Any] = {key.text: node for key, node in plan.root.pairs if key.text in _ORDER}
    if changed:
        fields["params"] = flow({name: _given(plan, bound, name, name in changed) for name in plan.params})
    texts = {"name": _called(plan), **plan.texts}
    fields |= {key: folded(texts[key]) for key in ("name", "source", "note") if key in texts}
    if plan.inherited or overrides.inputs:
        fields["input"] = input_text(bound.graph.inputs, plan.layout)
    for key, references in (("outputs", plan.outputs), ("frozen", plan.frozen)):
        if references:
            fields[key] = _names(references)
    named = {name for block in plan.blocks.values() for name in block.params}
    return Respelling({"expect"} - named).document([(key, fields[key]) for key in _ORDER if key in fields])


def _called(plan: Plan) -> str:
    """A name for a network without one: its file's."""
    stem = os.path.splitext(os.path.basename(plan.source.name))[0]
    return stem if stem.isprintable() and not stem.startswith("<") and stem else "network"


def _given(plan: Plan, bound: Bound, name: str, changed: bool) -> str:
    """What a parameter came to where it is changed, else what stands there."""
    param = plan.params[name]
    if not changed:
        return Respelling().inline(param.default.node) if param.default else param.kind
    number, kind = bound.settings[name], param.kind
    return quoted(number) if isinstance(number, str) else value_text(number, kind, "HWC")


def input_text(inputs: Mapping[str, Shape], layout: str) -> str:
    """Channels-last shapes of inputs as a spec has them: `32x32x1`, or by name."""
    written = {name: as_written(shape, layout) for name, shape in inputs.items()}
    shapes = {n: "x".join(map(str, x)) if len(x) > 1 else str(list(x)) for n, x in written.items()}
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


def text_of(plan: Plan) -> str:
    """A plan that stands alone, as text."""
    root: Any = plan.root
    return Respelling().document([(key.text, node) for key, node in root.pairs])


def key_text(text: str, quiz: Quiz, wanted: Conventions, said: Said) -> str:
    """The key of a worksheet: the network's text, what is graded, and where there are choices, the letters."""
    lines = [text.rstrip("\n"), "grading:", f"  columns: [{', '.join(quiz.columns)}]"]
    if declared := _declared(wanted, said):
        lines.append(f"  conventions: {flow({k: _scalar(v) for k, v in declared.items()})}")
    lines += [*_marks(quiz), *_rows(quiz, said)]
    speller = Respelling()
    lines += _accept(quiz, said)
    for name, tree in said.trees.items():
        if name not in ("columns", "conventions", "marks", "rows", "accept"):
            lines += speller.pair(name, tree, "  ")
    return "\n".join([*lines, *_meta(quiz)]) + "\n"


def _declared(wanted: Conventions, said: Said) -> dict[str, Any]:
    """Conventions that are not the defaults, and those that the spec itself names."""
    usual, named = Conventions()._asdict(), said.data.get("conventions") or {}
    own = {k: v for k, v in wanted._asdict().items() if v != usual[k] or k in named}
    return {**named, **own}


def _accept(quiz: Quiz, said: Said) -> list[str]:
    """Other answers that are right: those that the spec lists, all paddings that give the output, and letters."""
    named = said.data.get("accept")
    known: dict[str, Any] = dict(named) if isinstance(named, dict) else {}
    for blank in quiz.blanks:
        own = known.get(blank.row, {})
        more = [*blank.also, *([blank.letter] if blank.letter else [])]
        if more and isinstance(own, dict):
            listed = own.get(blank.column, [])
            before = listed if isinstance(listed, list) else [listed]
            known[blank.row] = {**own, blank.column: [*before, *more]}
    return ["  accept:", *(f"    {quoted(k)}: {_data(v)}" for k, v in known.items())] if known else []


def _rows(quiz: Quiz, said: Said) -> list[str]:
    """Rows that a grader may pass over, because most sheets leave them out, and other names that the spec gives."""
    named = said.data.get("rows")
    rows: dict[str, Any] = dict(named) if isinstance(named, dict) else {}
    for blank in quiz.blanks:
        rows.setdefault(blank.row, True)
    quiet = {line.name for line in quiz.lines if line.quiet}
    lines = [f"    {quoted(row)}: {_data(v)}" for row, v in rows.items() if v is not True or row in quiet]
    return ["  rows:", *lines] if lines else []


def _marks(quiz: Quiz) -> list[str]:
    """Nothing for what is given, and its marks for every blank: by column, and by row where a row differs."""
    usual: dict[str, float] = {}
    for i, column in enumerate(quiz.columns):
        held = [_worth(line.cells[i]) for line in quiz.lines if line.asked and line.cells[i] is not None]
        usual[column] = max(dict.fromkeys(held, 0), key=held.count) if held else 0
    lines = ["  marks:", *(f"    {column}: {_number(n)}" for column, n in usual.items())]
    for line in quiz.lines:
        own = {
            column: _number(_worth(cell))
            for column, cell in zip(quiz.columns, line.cells)
            if line.asked and (cell is not None or column in INVERSE) and _worth(cell) != usual[column]
        }
        if own:
            lines.append(f"    {quoted(line.name)}: {flow(own)}")
    return lines


def _worth(cell: Any) -> float:
    return cell.marks if isinstance(cell, Blank) else 0


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
    return quoted(value) if isinstance(value, str) else value_text(value, "any", "HWC")


def _data(value: Any) -> str:
    """Plain data on one line of YAML."""
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{quoted(str(k))}: {_data(v)}" for k, v in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(_data, value)) + "]"
    return "null" if value is None else _scalar(value)
