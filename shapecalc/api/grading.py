"""Marking from Python: a key from a spec, and hand-ins or plain values marked against it.

Pitfall: nothing that a student wrote raises; only a key that is wrong, or a path that is not there, does.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from ..errors import Diagnostic, SpecError, UsageError
from ..record import Record
from ..text import _
from . import Answer, Selection, compute, read

if TYPE_CHECKING:
    from ..homework.key import Key
    from ..homework.marking import Rules
    from ..report.grades import Grades


class KeyAnswer(Record):
    """An answer key, the network behind it, and what was noticed."""

    key: Key
    answer: Answer
    warnings: tuple[Diagnostic, ...]


def answer_key(
    spec: str, selection: Selection = Selection(), conventions: Mapping[str, object] | None = None
) -> KeyAnswer:
    """The key that a spec is: its network, and what its `grading:` declares.

    `selection` and `conventions` win over the file. Raises UsageError or SpecError with everything that is wrong, rows
    and slips that are not there included.
    """
    import hashlib

    from ..homework.conventions import Conventions
    from ..homework.credits import unknown_slips
    from ..homework.key import make_key
    from ..report.table import DTYPES

    plan = read(spec)
    answer = compute(plan, selection)
    sizes: list[Any] = [n for shape in answer.bound.shapes.values() for n in shape]
    if not all(isinstance(n, int) for n in (*sizes, selection.batch)):
        message = _("an answer key has numbers, and {name} has letters").format(name=plan.name)
        raise UsageError(message, _("give numbers: --set NAME=128, or --input 224x224x3"))
    said = dict(plan.grading.conventions) if plan.grading else {}
    said.setdefault("layout", plan.layout)
    if selection.dtype != Selection().dtype:
        said["bytes_per_value"] = DTYPES[selection.dtype]
    if selection.layout:
        said["layout"] = selection.layout
    if selection.batch != 1:
        said["batch"] = selection.batch
    said |= conventions or {}
    if plan.grading and (found := unknown_slips(plan.grading)):
        raise SpecError(found)
    version = "sha256:" + hashlib.sha256(plan.source.text.encode("utf-8", "replace")).hexdigest()
    key = make_key(answer.bound.graph, plan.grading, Conventions(**said), version=version)
    return KeyAnswer(key, answer, answer.warnings)


def grade(
    key: KeyAnswer | str,
    answers: Sequence[str] | Mapping[str, Mapping[str, object]],
    rules: Rules | None = None,
    encoding: str = "utf-8",
) -> Grades:
    """Answers marked against a key: the hand-ins of files and folders, or one student's as `{"conv1": {"params": 456}}`.

    Raises UsageError or SpecError for the key or a path that is not there.
    """
    from ..homework.answers import HandIn
    from ..homework.folders import read_answers
    from ..homework.grade import grade as marked
    from ..homework.grade import rows_of, tools
    from ..homework.marking import Rules
    from ..homework.matched import row_names

    made = answer_key(key) if isinstance(key, str) else key
    hand_ins: Iterable[HandIn]
    if isinstance(answers, Mapping):
        hand_ins = (HandIn("", "", rows_of(answers)),)
    else:
        hand_ins = read_answers(answers, encoding=encoding, names=row_names(made.key))
    return marked(made.key, hand_ins, rules or Rules(), tools(made.key))
