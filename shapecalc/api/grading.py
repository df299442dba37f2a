"""Marking from Python: a key from a spec, and hand-ins or plain values marked against it.

Pitfall: nothing that a student wrote raises; only a key that is wrong, or a path that is not there, does.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from ..errors import Diagnostic, SpecError, UsageError
from ..record import Record
from ..text import _
from . import Answer, Selection, compute, read

if TYPE_CHECKING:
    from ..homework.answers import HandIn
    from ..homework.key import Key
    from ..homework.marking import Rules
    from ..homework.overrides import Override
    from ..homework.own_keys import Keys
    from ..report.grades import Grades
    from ..spec import Plan


SOME = 20
"""Keys of a folder whose rows tell columns and rows apart in what is read; the others are the same network's."""
MOST_OVERRIDES = 2**22
"""Characters of a file of marks given by hand."""


class KeyAnswer(Record):
    """An answer key, the network behind it, and what was noticed."""

    key: Key
    answer: Answer
    warnings: tuple[Diagnostic, ...]
    overrides: tuple[Override, ...] = ()
    """Marks given by hand, from the file that the key names."""


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
    return KeyAnswer(key, answer, answer.warnings, _overrides(plan))


def _overrides(plan: Plan) -> tuple[Override, ...]:
    """The marks given by hand in the file that the key names, which lies beside it."""
    path = plan.grading.overrides if plan.grading else ""
    return overrides_in(os.path.join(os.path.dirname(plan.source.name), path)) if path else ()


def overrides_in(path: str) -> tuple[Override, ...]:
    """The marks given by hand in a file. Raises UsageError where it cannot be read, or says none."""
    from ..homework.overrides import read_overrides

    try:
        with open(path, encoding="utf-8-sig", errors="replace", newline="") as file:
            return read_overrides(file.read(MOST_OVERRIDES), path)
    except OSError as error:
        raise UsageError(
            _("{path} cannot be read: {reason}").format(path=path, reason=error.strerror),
            _("marks given by hand are a CSV of student, cell, marks and reason"),
        ) from None


def answer_keys(
    folder: str, selection: Selection = Selection(), conventions: Mapping[str, object] | None = None
) -> Keys:
    """The keys in a folder, one for each student, as `quiz --students` writes them; each is read when it is needed.

    A file is called as its student. Raises UsageError where there is none.
    """
    from ..homework.own_keys import Keys

    inner = os.path.join(folder, "keys")
    folder = inner if os.path.isdir(inner) else folder
    try:
        names = sorted(os.listdir(folder))
    except OSError as error:
        reason = error.strerror
        raise UsageError(_("{path} cannot be read: {reason}").format(path=folder, reason=reason)) from None
    paths = {
        os.path.splitext(name)[0]: os.path.join(folder, name)
        for name in names
        if name.lower().endswith((".yaml", ".yml")) and not name.startswith(".")
    }
    if not paths:
        raise UsageError(
            _("{path} is a folder, and holds no keys").format(path=folder),
            _("give a key, or the folder of keys that quiz --students writes"),
        )

    def load(student: str) -> Key:
        return answer_key(paths[student], selection, conventions).key

    return Keys(os.path.basename(os.path.abspath(folder)), tuple(paths), load)


def grade(
    key: KeyAnswer | str,
    answers: Sequence[str] | Mapping[str, Mapping[str, object]],
    rules: Rules | None = None,
    encoding: str = "utf-8",
) -> Grades:
    """Answers marked against a key: the hand-ins of files and folders, or one student's as `{"conv1": {"params": 456}}`.

    A folder of keys marks every student by his own.

    Raises UsageError or SpecError for the key or a path that is not there.
    """
    from ..homework.answers import HandIn
    from ..homework.grade import grade as marked
    from ..homework.grade import rows_of, tools
    from ..homework.judging import Rules
    from ..homework.overrides import overridden

    if isinstance(key, str) and os.path.isdir(key) and not isinstance(answers, Mapping):
        return graded(answer_keys(key), answers, rules or Rules(), encoding=encoding)
    made = answer_key(key) if isinstance(key, str) else key
    if isinstance(answers, Mapping):
        return marked(made.key, (HandIn("", "", rows_of(answers)),), rules or Rules(), tools(made.key))
    return overridden(graded(made.key, answers, rules or Rules(), encoding=encoding), made.overrides)[0]


def graded(
    key: Key | Keys,
    answers: Sequence[str],
    rules: Rules,
    *,
    through: Callable[[Iterable[HandIn]], Iterable[HandIn]] = iter,
    progress: Callable[[int, int], None] | None = None,
    own: bool = False,
    **how: Any,
) -> Grades:
    """The hand-ins under paths, marked by one key or each by its own; `how` is that of `read_answers`.

    They go `through` a function on their way. With `own` they are published values, which say themselves what is asked.
    """
    from ..homework.folders import read_answers
    from ..homework.grade import grade as marked
    from ..homework.grade import tools
    from ..homework.matched import row_names
    from ..homework.own_keys import Keys, grade_each

    keys = [key.load(student) for student in key.students[:SOME]] if isinstance(key, Keys) else [key]
    how["names"] = frozenset().union(*map(row_names, keys))
    how.setdefault("every", keys[0].grading.attempts == "best")
    how["called"] = (*how.get("called", ()), *(key.name for key in keys))
    hand_ins = through(read_answers(answers, **how))
    if isinstance(key, Keys):
        return grade_each(key, hand_ins, rules, progress)
    return marked(key, hand_ins, rules, tools(key), progress, own)
