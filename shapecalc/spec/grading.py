"""How answers to a spec are marked: its `grading:`, read line by line and checked as far as no row needs to be known.

Pitfall: a name here is a column, a row, or both (`conv1.params`); whether there is such a row shows only when the
network is bound, so every rule keeps its place.
"""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Mapping as Lookup
from typing import Any

from ..expression.tokens import number
from ..pattern import Pattern
from ..quantities import COLUMNS
from ..record import Record
from ..text import _
from .findings import Findings
from .tree import Broken, Mapping, Scalar, Sequence, Tree
from .values import Reader

GRADING = ("columns", "conventions", "marks", "credit", "accept", "tolerance", "cao", "rows", "late",
           "attempts", "overrides")  # fmt: skip
ATTEMPTS = ("last", "best")
CONVENTIONS: Lookup[str, tuple[Any, ...]] = {
    "layout": ("HWC", "CHW"),
    "bias": ("spec", "yes", "no"),
    "bn": (2, 4),
    "rounding": ("spec", "floor", "ceil", "exact"),
    "same": ("ceil", "half", "lower"),
    "padding": ("side", "total"),
    "dilation": (1, 0),
    "pool_params": (0, 2),
    "cost": ("mac", "flop", "mac+bias"),
    "rnn_biases": (1, 2),
    "memory": ("activations", "params", "both"),
    "memory_unit": ("B", "KB", "MB", "GB", "KiB", "MiB", "GiB"),
    "input_row": ("no", "yes"),
    "size": ("values", "shape", "bytes"),
    "parameters": ("learned", "values"),
    "bytes_per_value": (),
    "batch": (),
    "min_digits": (),
}
"""What each convention may be, its default first; those without words are whole numbers from 1 on."""
SAID = {
    "true": "yes", "false": "no", "nhwc": "HWC", "nchw": "CHW", "macs": "mac", "mul": "mac", "multiplications": "mac",
    "flops": "flop", "per layer": "spec", "tensorflow": "ceil", "keras": "ceil", "lecture": "half", "bytes": "B",
}  # fmt: skip
"""Other words for what a convention may be."""
GENERAL = ("follow_through", "rounded", "cut", "equivalent", "layout", "no_depth", "one_of_several")
"""What `credit` may be set for beside slips: marks for a right step on a wrong value, for rounded answers and so on."""
LIMITS = ("rel", "abs", "range", "min_digits", "exact")
_PERCENT = Pattern(r"([0-9]+(?:\.[0-9]+)?)\s*(%?)")


class Rule(Record):
    """One line of `marks`, `accept`, `tolerance` or `cao`: for a row, a column, a cell, or (both None) everything."""

    row: str | None
    column: str | None
    value: Any
    node: Tree


class Named(Record):
    """One line of `rows`: other names of a row, and whether it is asked (None: as by default)."""

    row: str
    aliases: tuple[str, ...]
    asked: bool | None
    node: Tree


class Tolerance(Record):
    """How far a number may be off: a share, a number, or between two numbers; `exact` refuses rounded answers.

    `rel` is in millionths, so that everything stays a whole number.
    """

    rel: int = 0
    off: int = 0
    range: tuple[int, int] | None = None
    min_digits: int | None = None
    exact: bool = False


class Late(Record):
    """What a late hand-in costs: a share of the full marks, or marks."""

    share: float = 0
    marks: float = 0


class Grading(Record):
    """All of it; `only` where `rows` is a list: exactly these rows are asked.

    `attempts` says which of several hand-ins counts, `overrides` is the path of a file of marks given by hand.
    """

    columns: tuple[str, ...] = ()
    conventions: Lookup[str, Any] = {}
    marks: tuple[Rule, ...] = ()
    credit: Lookup[str, Rule] = {}
    accept: tuple[Rule, ...] = ()
    tolerance: tuple[Rule, ...] = ()
    cao: tuple[Rule, ...] = ()
    rows: tuple[Named, ...] = ()
    only: bool = False
    late: Late | None = None
    attempts: str = "last"
    overrides: str = ""


Leaf = Callable[[Tree], Any]


class GradingReader:
    """Reads `grading:`; every mistake is said with its place and a cure."""

    def __init__(
        self, findings: Findings, unknown: Callable[[Tree, str, str, tuple[str, ...]], None]
    ) -> None:
        self.findings = findings
        self.fields = Reader(findings, set())
        self.unknown = unknown

    def read(self, node: Tree | None) -> Grading:
        """What an answer key declares."""
        readers: dict[str, Callable[[Tree], Any]] = {
            "columns": self.columns,
            "conventions": self.conventions,
            "marks": lambda n: self.rules(n, self.marks),
            "credit": self.credit,
            "accept": lambda n: self.rules(n, self.accepted),
            "tolerance": lambda n: self.rules(n, self.tolerance),
            "cao": self.cao,
            "rows": self.rows,
            "late": self.late,
            "attempts": self.attempts,
            "overrides": self.overrides,
        }
        known = dict[str, Any]()
        for key, item in self.pairs(node):
            if key.text in readers:
                known[key.text] = readers[key.text](item)
            else:
                self.unknown(key, key.text, _("grading has no {key}"), GRADING)
        rows = next((item for key, item in self.pairs(node, quiet=True) if key.text == "rows"), None)
        return Grading(**known, only=isinstance(rows, Sequence))

    def pairs(self, node: Tree | None, quiet: bool = False) -> list[tuple[Scalar, Tree]]:
        """The pairs of a mapping, none where nothing stands."""
        if isinstance(node, Mapping):
            return node.pairs
        if node is not None and not (isinstance(node, Scalar) and node.null) and not quiet:
            self.fields.wrong(node, "mapping")
        return []

    def words(self, node: Tree) -> list[Scalar]:
        """One word or a list of words."""
        items = node.items if isinstance(node, Sequence) else [node]
        found = []
        for item in items:
            if isinstance(item, Scalar) and not item.null:
                found.append(item)
            else:
                self.fields.wrong(item, "text")
        return found

    def columns(self, node: Tree) -> tuple[str, ...]:
        found = []
        for item in self.words(node):
            if item.text in COLUMNS:
                found.append(item.text)
            else:
                self.unknown(item, item.text, _("an answer sheet has no column {key}"), COLUMNS)
        return tuple(dict.fromkeys(found))

    def conventions(self, node: Tree) -> dict[str, Any]:
        known = dict[str, Any]()
        for key, item in self.pairs(node):
            if key.text not in CONVENTIONS:
                self.unknown(key, key.text, _("there is no convention {key}"), tuple(CONVENTIONS))
            elif (value := self.convention(item, CONVENTIONS[key.text])) is not None:
                known[key.text] = value
        return known

    def convention(self, node: Tree, choices: tuple[Any, ...]) -> Any:
        """A word or number that a convention may be, None where it is none."""
        text = node.text.strip() if isinstance(node, Scalar) else None
        if text is not None and choices:
            said = SAID.get(text.lower(), text)
            for choice in choices:
                if said.lower() == str(choice).lower():
                    return choice
        elif text is not None:
            n = number(text)
            if isinstance(n, int) and 1 <= n <= 10**9:
                return n
        words = tuple(map(str, choices))
        self.fields.wrong(
            node, "choice" if words else "int", words, None if words else _("write a number from 1 on")
        )
        return None

    def rules(self, node: Tree, leaf: Leaf) -> tuple[Rule, ...]:
        """A value for everything, or values by column, row, or `row.column`, or by row and then column."""
        if not isinstance(node, Mapping) or self.is_limit(node):
            value = leaf(node)
            return () if value is None else (Rule(None, None, value, node),)
        found = []
        for key, item in node.pairs:
            row, column = split(key.text)
            if column is None and isinstance(item, Mapping) and not self.is_limit(item):
                for inner, value in item.pairs:
                    if inner.text in COLUMNS:
                        found.append(Rule(row, inner.text, leaf(value), inner))
                    else:
                        self.unknown(inner, inner.text, _("an answer sheet has no column {key}"), COLUMNS)
            else:
                found.append(Rule(row, column, leaf(item), key))
        return tuple(rule for rule in found if rule.value is not None)

    def is_limit(self, node: Tree) -> bool:
        """Whether a mapping is one tolerance in words, {rel: 1%}, and no list of tolerances."""
        return (
            isinstance(node, Mapping)
            and bool(node.pairs)
            and all(key.text in LIMITS for key, _item in node.pairs)
        )

    def marks(self, node: Tree) -> float | None:
        value = number(node.text.strip()) if isinstance(node, Scalar) else None
        if value is None or value > 10**6:
            self.fields.wrong(node, "float")
            return None
        return value

    def credit(self, node: Tree) -> dict[str, Rule]:
        known = dict[str, Rule]()
        for key, item in self.pairs(node):
            match = _PERCENT.fullmatch(item.text.strip()) if isinstance(item, Scalar) else None
            share = None if match is None else float(match[1]) / (100 if match[2] else 1)
            if share is None or share > 1:
                said = item.text if isinstance(item, Scalar) else key.text
                message = _("{text} is no share of the marks").format(text=said)
                self.findings.say("SC204", message, item, _("write 0.5 or 50%, and 1 at most"))
            else:
                known[key.text] = Rule(key.text, None, share, key)
        return known

    def accepted(self, node: Tree) -> tuple[str, ...] | None:
        """Answers that are right as well, as they are written; a list within the list is a shape."""
        found = []
        for item in node.items if isinstance(node, Sequence) else [node]:
            if isinstance(item, Sequence) and item.items and all(isinstance(n, Scalar) for n in item.items):
                found.append("x".join(n.text for n in item.items if isinstance(n, Scalar)))
            elif isinstance(item, Scalar) and item.text.strip():
                found.append(item.text)
            else:
                self.fields.wrong(item, "text", (), _("write an answer, or a list of answers: [60M, 62.4M]"))
        return tuple(found) or None

    def late(self, node: Tree) -> Late | None:
        found = None
        for key, item in self.pairs(node):
            if key.text != "penalty":
                self.unknown(key, key.text, _("late has no {key}"), ("penalty",))
                continue
            match = _PERCENT.fullmatch(item.text.strip()) if isinstance(item, Scalar) else None
            if match is None or (match[2] and float(match[1]) > 100):
                help = _("write a share of the full marks, 10%, or a number of marks, 2")
                self.fields.wrong(item, "float", (), help)
            else:
                share = float(match[1]) / 100
                found = Late(share=share) if match[2] else Late(marks=float(match[1]))
        return found

    def attempts(self, node: Tree) -> str:
        text = node.text.strip() if isinstance(node, Scalar) else None
        if text not in ATTEMPTS:
            self.fields.wrong(node, "choice", ATTEMPTS)
            return ATTEMPTS[0]
        return text

    def overrides(self, node: Tree) -> str:
        if isinstance(node, Scalar) and node.text.strip():
            return node.text.strip()
        help = _("write the path of a CSV of student, cell, marks and reason: overrides.csv")
        self.fields.wrong(node, "text", (), help)
        return ""

    def tolerance(self, node: Tree) -> Tolerance | None:
        if isinstance(node, Mapping):
            return self.limits(node)
        if isinstance(node, Sequence):
            return self.span(node)
        if isinstance(node, Scalar) and node.text.strip() == "exact":
            return Tolerance(exact=True)
        found = limit(node.text) if isinstance(node, Scalar) else None
        if found is None:
            self.fields.wrong(node, "float", (), _("write 2 or 1%"))
        return found

    def span(self, node: Tree) -> Tolerance | None:
        ends = (
            [number(n.text) for n in node.items if isinstance(n, Scalar)]
            if isinstance(node, Sequence)
            else []
        )
        if len(ends) == 2 and isinstance(ends[0], int) and isinstance(ends[1], int) and ends[0] <= ends[1]:
            return Tolerance(range=(ends[0], ends[1]))
        self.fields.wrong(
            node, "float", (), _("write the least and the greatest that is right: [7500, 7600]")
        )
        return None

    def limits(self, node: Mapping) -> Tolerance | None:
        found = dict[str, Any]()
        for key, item in node.pairs:
            if key.text == "range":
                part = self.span(item)
            elif key.text in ("rel", "abs"):
                part = self.tolerance(item)
            elif key.text == "exact":
                part = Tolerance(exact=True) if isinstance(item, Scalar) and item.text == "true" else None
                if part is None:
                    self.fields.wrong(item, "bool", (), _("write true, or take it out"))
            else:
                n = number(item.text) if isinstance(item, Scalar) else None
                part = Tolerance(min_digits=n) if isinstance(n, int) else None
                if part is None:
                    self.fields.wrong(item, "int", (), _("write a number of digits: 2"))
            if part is None:
                return None
            changed = {
                name: value for name, value in part._asdict().items() if value != Tolerance._defaults[name]
            }
            found |= changed
        return Tolerance(**found)

    def cao(self, node: Tree) -> tuple[Rule, ...]:
        """Cells without follow-through: true, columns, rows and `row.column`, or columns by row."""
        if isinstance(node, Scalar) and node.text in ("true", "false"):
            return (Rule(None, None, True, node),) if node.text == "true" else ()
        if isinstance(node, Mapping):
            found = [
                Rule(key.text, item.text, True, item)
                for key, value in node.pairs
                for item in self.words(value)
            ]
            for rule in found:
                if rule.column is not None and rule.column not in COLUMNS:
                    self.unknown(rule.node, rule.column, _("an answer sheet has no column {key}"), COLUMNS)
            return tuple(found)
        return tuple(Rule(*split(item.text), True, item) for item in self.words(node))

    def rows(self, node: Tree) -> tuple[Named, ...]:
        """Row → its other names, true (asked) or false (not asked); or a list of exactly the rows that are asked."""
        if isinstance(node, Sequence):
            return tuple(Named(item.text, (), True, item) for item in self.words(node))
        found = []
        for key, item in self.pairs(node):
            if isinstance(item, Scalar) and item.text in ("true", "false"):
                found.append(Named(key.text, (), item.text == "true", key))
            elif not isinstance(item, Broken):
                found.append(Named(key.text, tuple(word.text for word in self.words(item)), None, key))
        return tuple(found)


def limit(text: str) -> Tolerance | None:
    """A tolerance from `2` or `1%`, None where it is neither."""
    match = _PERCENT.fullmatch(text.strip())
    whole = number(match[1]) if match and not match[2] else 0
    if match is None or not isinstance(whole, int):
        return None
    return Tolerance(rel=round(float(match[1]) * 10_000)) if match[2] else Tolerance(off=whole)


def split(name: str) -> tuple[str | None, str | None]:
    """A row and a column from `conv1.params`, `params` or `stage1.conv1`."""
    row, dot, last = name.rpartition(".")
    if last in COLUMNS:
        return (row if dot else None), last
    return name, None
