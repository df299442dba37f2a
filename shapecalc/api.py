"""The verbs of the package: read a spec, compute it, and hand back data; nothing here prints.

Pitfall: overrides are text in the spec language (`{"conv4": "36"}`, `"224x224x3"`), so that a call and the command
line mean the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from . import catalogue
from .engine import Bound, Overrides, bind, tabulate
from .engine.expectations import any_literal, unmet
from .errors import Diagnostic, Source, SpecError, UsageError
from .record import Record
from .report.table import Table, View
from .spec import Plan, Value, load
from .text import _

if TYPE_CHECKING:
    from .homework.key import Key
    from .homework.marking import Rules
    from .report.grades import Grades
    from .spec.findings import Findings


class Selection(Record):
    """How a spec is to be computed: the command line's SELECT."""

    settings: Mapping[str, str] = {}
    inputs: Mapping[str, str] = {}
    batch: int = 1
    layout: str | None = None
    dtype: str = "fp32"


class Answer(Record):
    """A computed network: its table, the bound plan behind it, and what was noticed or does not hold."""

    table: Table
    bound: Bound
    warnings: tuple[Diagnostic, ...]
    unmet: tuple[Diagnostic, ...]
    unchecked: bool


class KeyAnswer(Record):
    """An answer key, the network behind it, and what was noticed."""

    key: Key
    answer: Answer
    warnings: tuple[Diagnostic, ...]


def read(spec: str) -> Plan:
    """The plan of a file, a built-in name or `-`. Raises UsageError or SpecError, with every mistake at once."""
    return whole(load(catalogue.source(spec), catalogue.base, tolerant=True))


def whole(plan: Plan) -> Plan:
    """The plan, if nothing is wrong with it; else its shapes are looked at for more, and SpecError has all mistakes."""
    if plan.errors:
        bind(plan)
    return plan


def compute(plan: Plan, selection: Selection = Selection(), view: View = View()) -> Answer:
    """Shapes, counts and expectations of a plan. Raises SpecError with everything that is wrong."""
    overrides = parse_overrides(selection)
    bound = bind(plan, overrides)
    table = tabulate(bound, batch=selection.batch, dtype=selection.dtype, layout=selection.layout, view=view)
    changed = bool(overrides)
    found = tuple(unmet(bound, table, changed))
    return Answer(table, bound, bound.warnings, found, changed and any_literal(bound))


def answer_key(
    spec: str, selection: Selection = Selection(), conventions: Mapping[str, object] | None = None
) -> KeyAnswer:
    """The key that a spec is: its network, and what its `grading:` declares.

    `selection` and `conventions` win over the file.

    Raises UsageError or SpecError with everything that is wrong, rows that are not there included.
    """
    import hashlib

    from .homework.conventions import Conventions
    from .homework.credits import unknown_slips
    from .homework.key import make_key
    from .report.table import DTYPES

    plan = read(spec)
    answer = compute(plan, selection)
    said = dict(plan.grading.conventions) if plan.grading else {}
    said.setdefault("layout", plan.layout)
    if selection.dtype != Selection().dtype:
        said["bytes_per_value"] = DTYPES[selection.dtype]
    if selection.layout:
        said["layout"] = selection.layout
    if selection.batch != 1:
        said["batch"] = selection.batch
    said |= conventions or {}
    version = "sha256:" + hashlib.sha256(plan.source.text.encode("utf-8", "replace")).hexdigest()
    if plan.grading and (found := unknown_slips(plan.grading)):
        raise SpecError(found)
    key = make_key(answer.bound.graph, plan.grading, Conventions(**said), version=version)
    return KeyAnswer(key, answer, answer.warnings)


def grade(
    key: KeyAnswer | str,
    answers: Sequence[str] | Mapping[str, Mapping[str, object]],
    rules: Rules | None = None,
    encoding: str = "utf-8",
) -> Grades:
    """Answers marked against a key: the hand-ins of files and folders, or one student's as `{"conv1": {"params": 456}}`.

    Raises UsageError or SpecError for the key or a path that is not there, and never for what a student wrote.
    """
    from .homework.answers import HandIn
    from .homework.folders import read_answers
    from .homework.grade import grade as marked
    from .homework.grade import rows_of, tools
    from .homework.marking import Rules

    made = answer_key(key) if isinstance(key, str) else key
    if isinstance(answers, Mapping):
        hand_ins: Iterable[HandIn] = (HandIn("", "", rows_of(answers)),)
    else:
        hand_ins = read_answers(answers, encoding=encoding)
    return marked(made.key, hand_ins, rules or Rules(), tools(made.key))


def parse_overrides(selection: Selection) -> Overrides:
    """Overrides from their text; raises SpecError with every one that cannot be read."""
    if not selection.settings and not selection.inputs:
        return Overrides(batch=selection.batch)
    from .spec.findings import Findings

    findings = Findings()
    settings = {
        name: _value(findings, f"--set {name}", text, "any") for name, text in selection.settings.items()
    }
    inputs = {
        name: _value(findings, f"--input {name}", text, "shape") for name, text in selection.inputs.items()
    }
    if findings.items:
        raise SpecError(findings.items)
    return Overrides(
        {k: v for k, v in settings.items() if v}, {k: v for k, v in inputs.items() if v}, selection.batch
    )


class _Anything(set[str]):
    """Any name may stand in an override; whether it is a parameter shows when it is worked out."""

    def __contains__(self, name: object) -> bool:
        return True


def _value(findings: Findings, label: str, text: str, kind: str) -> Value | None:
    from .spec.reader import read as read_tree
    from .spec.values import Reader

    if not text.strip():
        raise UsageError(_("{label} needs a value").format(label=label))
    tree, problems = read_tree(Source(label, text))
    findings.items += problems
    reader = Reader(findings)
    reader.known = _Anything()
    return reader.value(tree, kind)
