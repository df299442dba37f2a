"""From SPEC arguments to answers: each one computed, the broken ones kept in their place.

Pitfall: one broken spec must not hide the others; the worst of all is the exit code.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ..api import Answer, Selection, compute, read
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
        for spec in specs:
            try:
                answer = compute(read(spec), selection, view)
            except SpecError as error:
                self.broken(spec, error.diagnostics)
            except UsageError as error:
                if len(specs) == 1:
                    raise
                self.broken(spec, [Diagnostic("SC001", str(error), None, error.help)])
            else:
                self.documents.append(answer.table)
                self.answers.append((spec, answer))
        return self

    def broken(self, spec: str, diagnostics: list[Diagnostic]) -> None:
        from ..report.broken import Broken

        self.documents.append(Broken(spec, tuple(diagnostics)))
        self.problems += diagnostics
        self.code = 2

    def finish(self) -> int:
        """Say what is to be said after the data, and the exit code."""
        found = list(self.problems)
        for _spec, answer in self.answers:
            found += [*answer.warnings, *answer.unmet]
        complain(found)
        if any(answer.unchecked for _spec, answer in self.answers):
            remark(_("expectations in the file are for its own sizes, and were not checked"))
        return max(self.code, int(any(answer.unmet for _spec, answer in self.answers)))
