"""The verbs of the package: read a spec, compute it, and hand back data; nothing here prints.

Pitfall: overrides are text in the spec language (`{"conv4": "36"}`, `"224x224x3"`), so that a call and the command
line mean the same.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from .. import catalogue
from ..engine import Bound, Overrides, bind, tabulate
from ..engine.expectations import unchecked, unmet
from ..errors import Diagnostic, Source, SpecError, UsageError
from ..record import Record
from ..report.table import Table, View
from ..spec import UNREAD, Plan, Value, load
from ..text import _

if TYPE_CHECKING:
    from ..spec.findings import Findings
    from .shown import Explanation


MAX_BATCH = 10**9


class Selection(Record):
    """How a spec is to be computed: the command line's SELECT."""

    settings: Mapping[str, str] = {}
    inputs: Mapping[str, str] = {}
    batch: int | str = 1
    layout: str | None = None
    dtype: str = "fp32"
    symbolic: tuple[str, ...] = ()


class Answer(Record):
    """A computed network: its table, the bound plan behind it, and what was noticed or does not hold."""

    table: Table
    bound: Bound
    warnings: tuple[Diagnostic, ...]
    unmet: tuple[Diagnostic, ...]
    unchecked: bool

    def explain(self, layer: str | None = None, quantities: Sequence[str] = ()) -> Explanation:
        """The shown work of every number, or of those in `quantities`; `layer` names a row, a block or a branch.

        Raises UsageError for a layer or a quantity that there is not.
        """
        from ..analysis.explain import known
        from ..analysis.explain_network import explain
        from .shown import Explanation

        return Explanation(explain(self.table, layer, quantities=known(quantities)))


def read(spec: str) -> Plan:
    """The plan of a file, a built-in name or `-`. Raises UsageError or SpecError, with every mistake at once."""
    return whole(load(catalogue.source(spec), catalogue.base, tolerant=True))


def whole(plan: Plan) -> Plan:
    """The plan, if nothing is wrong with it; else its shapes are looked at for more, and SpecError has all mistakes."""
    if plan.errors:
        _bound(plan, Overrides())
    return plan


def _bound(plan: Plan, overrides: Overrides, cures: bool = True) -> Bound:
    """The plan with numbers; a refusal comes with changes that would mend it."""
    try:
        return bind(plan, overrides)
    except SpecError as error:
        if not cures:
            raise
        from ..analysis.cures import propose

        raise SpecError(propose(error.diagnostics, plan, overrides)) from None


def compute(
    plan: Plan,
    selection: Selection = Selection(),
    view: View = View(),
    *,
    numbers: bool = False,
    cures: bool = True,
) -> Answer:
    """Shapes, counts and expectations of a plan. Raises SpecError with everything that is wrong.

    With `numbers`, letters that nothing binds are wrong, too. With `cures`, what is wrong with shapes comes with changes
    that were tried and mend it; that takes up to a second.
    """
    overrides = parse_overrides(selection)
    bound = _bound(plan, overrides, cures)
    if numbers and (open_ := bound.letters.open(plan)):
        raise SpecError([open_])
    table = tabulate(bound, batch=selection.batch, dtype=selection.dtype, layout=selection.layout, view=view)
    changed = bool(overrides)
    found = unmet(bound, table, changed)
    if found and cures:
        from ..analysis.cures import propose

        found = propose(found, plan, overrides)
    return Answer(table, bound, bound.warnings, tuple(found), unchecked(bound, table, changed))


def parse_overrides(selection: Selection) -> Overrides:
    """Overrides from their text; raises SpecError with every one that cannot be read."""
    if not selection.settings and not selection.inputs:
        return Overrides(batch=selection.batch, symbolic=selection.symbolic)
    from ..spec.findings import Findings

    findings = Findings()
    settings = {
        name: _value(findings, f"--set {name}", text, None if "." in name else "any")
        for name, text in selection.settings.items()
    }
    inputs = {
        name: _value(findings, f"--input {name}", text, "shape") for name, text in selection.inputs.items()
    }
    if findings.items:
        raise SpecError(findings.items)
    return Overrides(
        {k: v for k, v in settings.items() if v},
        {k: v for k, v in inputs.items() if v},
        selection.batch,
        selection.symbolic,
    )


class _Anything(set[str]):
    """Any name may stand in an override; whether it is a parameter shows when it is worked out."""

    def __contains__(self, name: object) -> bool:
        return True


def _value(findings: Findings, label: str, text: str, kind: str | None) -> Value | None:
    """The value of a text; one without a kind is read later, when it is known which option it is for."""
    from ..spec.reader import read as read_tree
    from ..spec.values import Reader

    if not text.strip():
        raise UsageError(_("{label} needs a value").format(label=label))
    tree, problems = read_tree(Source(label, text))
    findings.items += problems
    if kind is None:
        return Value(tree, UNREAD)
    reader = Reader(findings)
    reader.known = _Anything()
    return reader.value(tree, kind)
