"""From SPEC arguments to answers: each one computed, the broken ones kept in their place.

Pitfall: one broken spec must not hide the others; the worst of all is the exit code.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
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
        self.labels: list[str] = []
        self.answers: list[Answer] = []
        self.problems: list[Diagnostic] = []
        self.code = 0

    def run(
        self, specs: Sequence[str], selection: Selection, view: View = View(), numbers: bool = False
    ) -> Work:
        """Compute every spec, with `numbers` only where letters will not do.

        Raises UsageError or SpecError only for what is wrong with `selection` itself.
        """
        parse_overrides(selection)
        for spec in specs:
            try:
                self.take(spec, compute(read(spec), selection, view._replace(label=spec), numbers=numbers))
            except (SpecError, UsageError) as error:
                self.broken(spec, error)
        return self

    def scan(self, specs: Sequence[str], selection: Selection, axes: Mapping[str, range]) -> Work:
        """Compute every spec for all the values of those axes that it has: `resnet50 conv4=6`."""
        from ._ranges import check_names, variants

        plans: dict[str, Any] = {}
        for spec in specs:
            try:
                plans[spec] = read(spec)
            except (SpecError, UsageError) as error:
                plans[spec] = error
        names = {
            spec: [] if isinstance(p, Exception) else [*p.params, *p.symbols] for spec, p in plans.items()
        }
        self._paths(plans, selection, axes, names)
        check_names(axes, [name for own in names.values() for name in own])
        for spec in specs:
            for settings in variants(axes, names[spec]):
                label = " ".join([spec, *(f"{name}={value}" for name, value in settings.items())])
                changed = selection._replace(settings={**selection.settings, **settings})
                try:
                    if isinstance(plans[spec], Exception):
                        raise plans[spec]
                    self.take(label, compute(plans[spec], changed, View(label=label), cures=False))
                except (SpecError, UsageError) as error:
                    self.broken(label, error)
        return self

    def _paths(
        self,
        plans: Mapping[str, Any],
        selection: Selection,
        axes: Mapping[str, range],
        names: dict[str, list[str]],
    ) -> None:
        """Add the dotted paths among the axes to the names of the specs where they lead somewhere."""
        from ..engine.paths import whole_path

        for axis in (name for name in axes if "." in name):
            refusals = []
            for spec, plan in plans.items():
                if isinstance(plan, Exception):
                    continue
                try:
                    whole_path(plan, parse_overrides(selection), axis, f"--scan {axis}")
                    names[spec].append(axis)
                except UsageError as error:
                    refusals.append(error)
            if refusals and not any(axis in own for own in names.values()):
                raise refusals[-1]

    def take(self, label: str, answer: Answer) -> None:
        """Keep an answer."""
        self.labels.append(label)
        self.documents.append(answer.table)
        self.answers.append(answer)

    def broken(self, label: str, error: SpecError | UsageError) -> None:
        """Keep what is wrong with a spec in its place."""
        from ..report.broken import Broken

        found = problems(error)
        self.labels.append(label)
        self.documents.append(Broken(label, tuple(found)))
        self.problems += found
        self.code = 2

    def first(self, other: Work) -> None:
        """Put another's answers before these."""
        self.labels = other.labels + self.labels
        self.documents = other.documents + self.documents
        self.answers = other.answers + self.answers
        self.problems = other.problems + self.problems
        self.code = max(self.code, other.code)

    def finish(self) -> int:
        """Say what is to be said after the data, and the exit code."""
        found = list(self.problems)
        for answer in self.answers:
            found += [*answer.warnings, *answer.unmet]
        complain(list(dict.fromkeys(found)))
        for sentence in dict.fromkeys(r for answer in self.answers for r in answer.bound.letters.remarks):
            remark(sentence)
        if any(answer.unchecked for answer in self.answers):
            remark(_("expectations in the file are for its own sizes, and were not checked"))
        return max(self.code, int(any(answer.unmet for answer in self.answers)))


def problems(error: SpecError | UsageError) -> list[Diagnostic]:
    """The diagnostics of a spec that cannot be read; a missing file is one, too."""
    if isinstance(error, SpecError):
        return error.diagnostics
    return [Diagnostic("SC001", str(error), None, error.help)]
