"""Answers to single questions, marked: right, right in another form, rounded, wrong with the slip behind it, or unread.

Pitfall: the published answer earns marks only where it agrees with the computed one; where it does not, a student who
gives it is told that the key is to be checked.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from fractions import Fraction
from typing import Any

from ...record import Record
from ...spec.grading import Tolerance
from ...text import _
from ..answers import Reading
from ..compare import judge_several, within, without_depth
from ..conventions import Conventions
from ..question import Question
from . import asking
from .follow import on_own_numbers, on_own_values, shape_given, sum_of_own, value_of
from .key import in_print, is_right, near, same
from .records import Ask, Problem, ProblemFile

Read = Callable[[str, str, str], Reading]
"""Reads a text as a kind of answer (shape, number, bytes, padding, stride, size, ratio, yes_no), in a layout."""
Diagnose = Callable[[Question, Any, int | None], Sequence[Any]]
"""Names the slips that give a value, read to a last digit of this size, in place of what was asked."""
Memo = dict[tuple[Any, ...], Any]
RIGHT = ("correct", "equivalent", "rounded")


class Marked(Record):
    """One answer with its state, the credit it earns of its marks, and what is to be said of it."""

    layer: str
    quantity: str
    given: str
    value: Any
    expected: Any
    state: str
    credit: float
    marks: float = 1
    diagnoses: tuple[Any, ...] = ()
    caused_by: str | None = None
    remark: str = ""
    work: str = ""

    alone: bool = True
    """The only question of its problem."""
    several: bool = False
    """`expected` are several answers, each right by itself (of a choice: right together)."""
    asked: Question | None = None
    """The layer behind the number, where there is a single one."""

    @property
    def score(self) -> float:
        return self.marks * self.credit

    @property
    def row(self) -> str:
        """What a table with a line a question calls it: `q1`, `q2 params`."""
        return self.layer if self.alone else f"{self.layer} {self.quantity}"


class Verdict(Record):
    """How an answer stands: its state and a remark."""

    state: str
    remark: str = ""


def mark(
    file: ProblemFile,
    answers: Mapping[tuple[str, str], str],
    read: Read,
    diagnose: Diagnose | None = None,
    min_digits: int = 2,
    follow: bool = True,
    memo: Memo | None = None,
    tolerance: Tolerance | None = None,
) -> tuple[Marked, ...]:
    """Every question of the file with its answer; `answers` are texts by problem and cell, what is not there is blank.

    Within a problem, what is right on the student's own earlier shapes (or a sum of the student's own numbers) is a
    `follow_through`, unless `follow` is off. `memo` keeps what one sheet took long to find out for the next. Numbers
    within `tolerance` are as good as rounded.
    """
    memo = {} if memo is None else memo
    marked: list[Marked] = []
    for problem in file.problems:
        own: dict[str, tuple[int, ...]] = {}
        origin: dict[str, str] = {}
        numbers: dict[str, Any] = {}
        for q in problem.asks:
            text = answers.get((problem.id, q.cell), "")
            reading = reading_of(q, text, read, problem.conventions.layout)
            verdict = judge(q, reading, min_digits)
            if (
                verdict.state == "wrong"
                and (allowed := q.tolerance or tolerance)
                and _near(q, reading, allowed)
            ):
                verdict = Verdict("rounded")
            found = None
            if follow and verdict.state == "wrong" and q.way:
                above = tuple(own.get(name) for name in q.way[:-1])
                if (q.span, q.cell, above) not in memo:
                    memo[q.span, q.cell, above] = on_own_values(q, own)
                found = memo[q.span, q.cell, above]
            cell = _one(problem, q, text, reading, diagnose, verdict, found[0] if found else None, memo)
            total = None
            if follow and cell.state == "wrong":
                total = on_own_numbers(q, numbers)
                total = sum_of_own(q, numbers, problem.asks) if total is None else total
            if found and cell.state == "wrong" and follows(q, found[0], reading):
                source = origin.get(found[1], found[1])
                cell = cell._replace(
                    state="follow_through", credit=1.0, diagnoses=(), caused_by=source, remark=""
                )
            elif total is not None and _comes_to(q, total, reading, min_digits):
                cell = cell._replace(
                    state="follow_through", credit=1.0, diagnoses=(), caused_by=problem.id, remark=""
                )
            marked.append(cell)
            numbers[q.cell] = reading.value
            if given := shape_given(q, reading):
                own[given[0]] = given[1]
                if cell.state in ("wrong", "follow_through"):
                    origin[given[0]] = cell.caused_by or q.cell.rpartition(":")[0] or given[0]
    return tuple(marked)


def _one(
    problem: Problem,
    q: Ask,
    text: str,
    reading: Reading,
    diagnose: Diagnose | None,
    verdict: Verdict,
    own: Question | None,
    memo: Memo,
) -> Marked:
    slips: tuple[Any, ...] = ()
    if (
        verdict.state == "wrong"
        and diagnose is not None
        and q.question is not None
        and reading.value is not None
    ):
        value, step = reading.value, reading.step
        place = (q.span, q.cell, own.inputs if own else None, value, step)
        if place not in memo:
            memo[place] = tuple((own and diagnose(own, value, step)) or diagnose(q.question, value, step))
        slips = memo[place]
    if (
        verdict.state == "wrong"
        and diagnose is not None
        and q.again is not None
        and reading.value is not None
    ):
        slips = _of_operands(q, reading, diagnose)
    remark = verdict.remark
    if (
        verdict.state == "wrong"
        and q.kind == "shape"
        and any(without_depth(reading, right) for right in q.right)
    ):
        remark = _("height and width are right, and the depth is missing")
    if verdict.state == "wrong" and q.agreement == "differs" and _is_published(q, reading):
        remark = _("this is the published answer, and {value} was computed: check the key").format(
            value=said(q.value)
        )
    expected: Any = q.value if len(q.right) < 2 else q.right
    return Marked(
        problem.id, q.cell, text, reading.value, expected, verdict.state, float(verdict.state in RIGHT),
        float(q.marks), slips, None, remark, q.working, len(problem.asks) == 1, len(q.right) > 1, q.question,
    )  # fmt: skip


def _comes_to(q: Ask, value: Any, reading: Reading, min_digits: int) -> bool:
    """Whether the answer is this value, as exact as the right one would have to be."""
    return judge(q._replace(right=(value,), published=None, accept=()), reading, min_digits).state in RIGHT


def _of_operands(q: Ask, reading: Reading, diagnose: Diagnose) -> tuple[Any, ...]:
    """The slips in one operand of an expression that give the student's number."""
    assert q.again is not None
    found: list[Any] = []
    for name, question in q.operands.items():
        if question is None:
            continue
        for value in asking.slipped(question):
            came = q.again({name: value})
            if came is not None and _comes_to(q, came, reading, 2):
                found += diagnose(question, value, None)
    return tuple({d.id: d for d in found}.values())[:3]


def follows(q: Ask, asked: Question, reading: Reading) -> bool:
    """Whether the answer is right on these inputs."""
    value = value_of(asked)
    return value is not None and same(q.kind, value, reading.value)


def kind_of(q: Ask) -> str:
    """As what an answer to the question is read."""
    return q.kind


def reading_of(q: Ask, text: str, read: Read, layout: str) -> Reading:
    """The answer as read; of choices, words and lists the text itself."""
    kind = kind_of(q)
    plain = text.strip()
    if not plain or plain.casefold() in ("-", "?", "idk", "不会"):
        return Reading(text, "blank")
    if kind in ("choice", "word"):
        return Reading(text, "word", plain)
    if kind == "list":
        numbers = tuple(map(int, re.findall(r"\d+", plain)))
        return Reading(text, "read", numbers) if numbers else Reading(text, "unreadable", reason=_("there is no number in it"))  # fmt: skip
    return read(text, kind, layout)


def judge(q: Ask, reading: Reading, min_digits: int = 2) -> Verdict:
    """The state of an answer; `min_digits` are those that a rounded one must have."""
    if reading.choices and len(q.right) > 1 and q.kind != "choice":
        found = judge_several(reading, q.right, "padding", Conventions())
        return Verdict(found.state, found.remark) if found else Verdict("wrong")
    if reading.state in ("blank", "unreadable"):
        return Verdict(reading.state, reading.reason)
    if q.kind == "choice":
        return Verdict("correct" if chosen(q, reading.text) else "wrong")
    if q.question is not None and (found := asking.judged(q.question, reading, q.right, q.tolerance)):
        return Verdict(found.state, found.remark)
    for value in (reading.value, reading.also if hasattr(reading, "also") else None):
        if value is not None and is_right(q, value):
            state = "equivalent" if reading.working and "=" not in reading.text.lstrip("= ") else "correct"
            return Verdict(state)
    if _accepted(q, reading):
        return Verdict("correct")
    if reading.state == "word" and q.kind == "padding" and _word_fits(q, str(reading.value)):
        return Verdict("equivalent")
    if rounded := _rounded(q, reading, min_digits):
        return rounded
    if q.kind == "shape" and isinstance(reading.value, tuple):
        turned = (*reading.value[1:], reading.value[0])
        if any(same("shape", right, turned) for right in q.right):
            return Verdict("equivalent", _("right in the other layout"))
    return Verdict("wrong", reading.reason)


def chosen(q: Ask, text: str) -> bool:
    """Whether these are the right letters, all of them, or the right choice in words."""
    known = {letter.casefold() for letter, _said in q.choices}
    marks = {m.casefold() for m in re.findall(r"[^\W_]+", text)}
    if marks and marks <= known:
        return marks == {letter.casefold() for letter in q.right if isinstance(letter, str)}
    joined = set(text.strip().casefold())
    if joined <= known and len(text.strip()) == len(joined):
        return joined == {letter.casefold() for letter in q.right if isinstance(letter, str)}
    return _plain(text) in {_plain(choice) for choice in q.accept}


def _rounded(q: Ask, reading: Reading, min_digits: int) -> Verdict | None:
    """Right to the digits that were written: 62.4M, 0.31."""
    numbers = [Fraction(v) for v in q.right if isinstance(v, (int, Fraction)) and not isinstance(v, bool)]
    value = reading.value
    if not isinstance(value, (int, Fraction)) or isinstance(value, bool):
        return None
    if q.kind == "ratio":
        return (
            Verdict("rounded")
            if any(near(reading.text.strip().rstrip("%x×倍 "), n) for n in numbers)
            else None
        )
    if not reading.step or len(str(int(value) // reading.step)) < min_digits:
        return None
    for wanted in numbers:
        if 2 * abs(wanted - value) <= reading.step:
            return Verdict("rounded")
        if value < wanted < value + reading.step:
            return Verdict("rounded", _("cut, not rounded"))
    return None


def _near(q: Ask, reading: Reading, tolerance: Tolerance) -> bool:
    """Whether a number is as near to a right one as is allowed; settings and choices must be right."""
    if q.kind not in ("number", "bytes") or not isinstance(reading.value, (int, Fraction)):
        return False
    wanted = [n for n in q.right if type(n) is int]
    return any(within(Fraction(reading.value), n, tolerance) for n in wanted)


def _accepted(q: Ask, reading: Reading) -> bool:
    """Whether the problem lists this answer: its text, or the published figure where it agrees."""
    texts: Iterable[str] = q.accept
    if q.agreement in ("agree", "rounds") and q.published is not None:
        texts = (*q.accept, str(q.published))
        if in_print(q.kind, q.published) == reading.value is not None:
            return True
    return _plain(reading.text) in {_plain(text) for text in texts}


def _is_published(q: Ask, reading: Reading) -> bool:
    published = in_print(q.kind, q.published)
    return published == reading.value or _plain(str(q.published)) == _plain(reading.text)


def _word_fits(q: Ask, word: str) -> bool:
    """`same` or `valid` as a padding: the number that it stands for here is a right one."""
    if word in ("valid", "none"):
        return 0 in q.right
    asked = q.question
    if word != "same" or asked is None:
        return False
    return asked.layer().y[:-1] == tuple(-(-n // s) for n, s in zip(asked.inputs[0], asked.options["stride"]))


def _plain(text: str) -> str:
    return "".join(text.casefold().split())


def said(value: Any) -> str:
    """A value in a sentence: 28×28×6, 7,776, yes."""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, tuple):
        return "×".join(map(str, value))
    if isinstance(value, Fraction):
        return f"{float(value):.4g}"
    return f"{value:,}" if isinstance(value, int) else str(value)
