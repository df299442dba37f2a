"""What `solve` answers: every solution as data, and the first of them as a table that shows its working.

Pitfall: an interval is exact and the list under it may be cut; `truncated` says so, and no list is ever taken for all.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ..record import Record
from .grid import Column, Grid

Solution = Mapping[str, Any]


class Solutions(Record):
    """The answer to one question.

    `given` and `unknown` state it; `intervals` bound each unknown, null where there is no end; `rows` are the solutions
    that are printed, under `columns`; `notes` explain. Without a solution there is a `reason`, and the `nearest` that work.
    `head` are further keys of the JSON document.
    """

    name: str
    title: str
    given: Mapping[str, Any]
    unknown: tuple[str, ...]
    solutions: Sequence[Solution]
    intervals: Mapping[str, Any]
    truncated: bool
    columns: tuple[Column, ...] = ()
    rows: tuple[tuple[Any, ...], ...] = ()
    notes: tuple[str, ...] = ()
    reason: str = ""
    nearest: tuple[Solution, ...] = ()
    head: Mapping[str, Any] = {}
    whole: bool = False

    @property
    def ok(self) -> bool:
        """Whether there is a solution."""
        return bool(self.solutions)

    def grid(self) -> Grid:
        """The table that is printed; as data, every solution and its own keys."""
        if not self.whole:
            return Grid(self.title, self.columns if self.rows else (), self.rows, None, self.notes)
        keys = list(dict.fromkeys(key for solution in self.solutions for key in solution))
        rows = tuple(tuple(_cell(solution.get(key)) for key in keys) for solution in self.solutions)
        return Grid(self.title, tuple(Column(key, key) for key in keys or self.unknown), rows)

    def data(self) -> Mapping[str, Any]:
        """The JSON document."""
        found: dict[str, Any] = {
            **self.head,
            "given": self.given,
            "unknown": list(self.unknown),
            "solutions": list(self.solutions),
            "intervals": self.intervals,
            "truncated": self.truncated,
        }
        if not self.ok:
            found |= {"reason": self.reason, "nearest": list(self.nearest)}
        return found

    def records(self) -> list[Mapping[str, Any]]:
        """One solution a line."""
        return [{"spec": self.name, **solution} for solution in self.solutions]


def _cell(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value
