"""From SPEC arguments to answers: each one computed, the broken ones kept in their place.

Pitfall: one broken spec must not hide the others; the worst of all is the exit code.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ..api import Answer, Selection, compute, parse_overrides, read
from ..errors import Diagnostic, SpecError, UsageError
from ..report.table import View
from ..text import _
from ._output import complain, remark


class Work:
    """The answers of several specs; `documents` has a Broken where there is no answer."""

    def __init__(self) -> None:
        self.documents: list[Any] = []
        self.answers: list[tuple[str, Answer]] = []
        self.problems: list[Diagnostic] = []
        self.code = 0

    def run(self, specs: Sequence[str], selection: Selection, view: View = View()) -> Work:
        """Compute every spec. Raises UsageError or SpecError only for what is wrong with `selection` itself."""
        parse_overrides(selection)
        for spec in specs:
            try:
                self.take(spec, compute(read(spec), selection, view._replace(label=spec)))
            except (SpecError, UsageError) as error:
                self.broken(spec, error)
        return self

    def take(self, label: str, answer: Answer) -> None:
        """Keep an answer under its label."""
        self.documents.append(answer.table)
        self.answers.append((label, answer))

    def broken(self, label: str, error: SpecError | UsageError) -> None:
        """Keep what is wrong with a spec in its place."""
        from ..report.broken import Broken

        found = problems(error)
        self.documents.append(Broken(label, tuple(found)))
        self.problems += found
        self.code = 2

    def finish(self) -> int:
        """Say what is to be said after the data, and the exit code."""
        found = list(self.problems)
        for _spec, answer in self.answers:
            found += [*answer.warnings, *answer.unmet]
        complain(list(dict.fromkeys(found)))
        if any(answer.unchecked for _spec, answer in self.answers):
            remark(_("expectations in the file are for its own sizes, and were not checked"))
        return max(self.code, int(any(answer.unmet for _spec, answer in self.answers)))


def problems(error: SpecError | UsageError) -> list[Diagnostic]:
    """The diagnostics of a spec that cannot be read; a missing file is one, too."""
    if isinstance(error, SpecError):
        return error.diagnostics
    return [Diagnostic("SC001", str(error), None, error.help)]
