"""What a spec expects of its totals, and what its source printed, held against what was computed.

Pitfall: a printed figure is right if it is within half a unit of its last written digit; a figure that the file calls
wrong must not match, or the note is wrong. Beside letters, what does not depend on them is checked as ever.
"""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Iterator
from typing import Any

from ..errors import Diagnostic
from ..layers import Option
from ..report.fold import Fold
from ..report.table import DTYPES, Table
from ..spec.plan import Bound as Limit
from ..spec.plan import Figure
from ..symbolic import Undecided
from ..text import _
from .bind import Bound
from .letters import any_letter, certainly_differ
from .options import BadValue, channels_last, fit, work_out
from .scope import Poisoned, show

_FIGURE = r"[~≈<]?\s*(\d[\d,_ ]*)(?:\.(\d+))?\s*([kKmMgGbBtT]|千|万|百万|千万|亿|十亿)?"
_UNITS = {
    "": 0,
    "k": 3,
    "m": 6,
    "g": 9,
    "b": 9,
    "t": 12,
    "千": 3,
    "万": 4,
    "百万": 6,
    "千万": 7,
    "亿": 8,
    "十亿": 9,
}


def unmet(bound: Bound, table: Table, changed: bool = False) -> list[Diagnostic]:
    """Everything expected or published that does not hold, in file order; of a `changed` network, no literals.

    What depends on letters is left out, unless it is wrong whatever they will be.
    """
    found = [*bound.unmet, *(d for checked in _checked(bound, table, changed) for d in checked or ())]
    return sorted(found, key=lambda d: (d.span.line, d.span.column) if d.span else (0, 0))


def unchecked(bound: Bound, table: Table, changed: bool = False) -> bool:
    """Whether something was left out: of a `changed` network all literals, else what depends on letters."""
    if bound.unchecked or (changed and bound.plan.published):
        return True
    if changed and any(limit.value.literal for limit in bound.plan.expect.values()):
        return True
    return table.symbolic and None in _checked(bound, table, changed)


def _checked(bound: Bound, table: Table, changed: bool) -> Iterator[list[Diagnostic] | None]:
    """What is wrong with each total and figure; None where that depends on letters."""
    for quantity, limit in bound.plan.expect.items():
        if not (changed and limit.value.literal):
            yield _limit(bound, table, quantity, limit)
    for figure in () if changed else bound.plan.published:
        yield _published(table, figure)


def _limit(bound: Bound, table: Table, quantity: str, limit: Limit) -> list[Diagnostic] | None:
    option = Option("shape" if quantity == "output" else "int", help="", low=0)
    try:
        wanted = fit(work_out(limit.value, bound.scopes), option, limit.node.span)
    except BadValue as bad:
        return [Diagnostic(bad.code, bad.message, bad.span, bad.help)]
    except Poisoned:
        return []
    if quantity == "output":
        wanted = channels_last(wanted, bound.plan.layout)
        shape = table.output_shape
        if wanted == shape:
            return []
        if any_letter(wanted, shape) and not certainly_differ(wanted, shape):
            return None
        message = _("the output is {shape}, and {wanted} was expected").format(
            shape=show(table.output_shape), wanted=show(wanted)
        )
        return [Diagnostic("SC501", message, limit.node.span)]
    value = total(table, quantity)
    met = _meets(value, limit.sign, wanted)
    if met is not False:
        return [] if met else None
    sign = {"==": "", "<=": "≤ ", "<": "< "}[limit.sign]
    message = _("{quantity} = {value:,}, and {sign}{wanted:,} was expected")
    return [
        Diagnostic(
            "SC502", message.format(quantity=quantity, value=value, sign=sign, wanted=wanted), limit.node.span
        )
    ]


def _meets(value: Any, sign: str, wanted: Any) -> bool | None:
    """Whether a number is as expected, for all that its letters may be; None where it depends on them."""
    signs: dict[str, Callable[[Any, Any], Any]] = {"==": operator.eq, "<=": operator.le, "<": operator.lt}
    if any_letter((value, wanted)):
        from ..symbols.algebra import equal

        signs["=="] = equal
    try:
        return bool(signs[sign](value, wanted))
    except Undecided:
        return None


def total(table: Table, quantity: str) -> int:
    """A quantity of the whole network by its name in a spec."""
    totals = table.totals()
    if quantity == "params":
        return totals.params.total
    holder: Any = totals.params if quantity in totals.params._fields else totals
    return getattr(holder, quantity)  # type: ignore[no-any-return]


def _published(table: Table, figure: Figure) -> list[Diagnostic] | None:
    interval = read_figure(figure.value)
    if interval is None:
        message = _("{text} is not a figure").format(text=figure.value)
        return [Diagnostic("SC503", message, figure.node.span, _("write 138M, 60,965,224 or 1.38亿"))]
    if figure.layer is None:
        value = total(table, figure.quantity)
    else:
        rows = [r for r in table.rows if r.name == figure.layer or r.name.startswith(figure.layer + ".")]
        if not rows:
            return [
                Diagnostic("SC503", _("there is no layer {name}").format(name=figure.layer), figure.node.span)
            ]
        if figure.quantity in ("depth", "peak_activation_bytes"):
            message = _("{quantity} belongs to a whole network, not to a layer").format(
                quantity=figure.quantity
            )
            return [Diagnostic("SC503", message, figure.node.span, _("take layer: out"))]
        value = _of_rows(Fold(figure.layer, rows), rows, figure.quantity, DTYPES[table.dtype])
    if any_letter((value,)):
        return None
    scale, low, high = interval
    matches = low <= scale * value <= high
    if matches == (figure.wrong is None):
        return []
    where = f"{figure.layer or table.name}: {figure.quantity}"
    if matches:
        message = _("{what} = {value:,} matches the figure that is called wrong here").format(
            what=where, value=value
        )
        return [Diagnostic("SC504", message, figure.node.span, _("take wrong: out"))]
    message = _("{what} = {value:,}, and {source} prints {figure}").format(
        what=where, value=value, source=figure.where, figure=figure.value
    )
    return [
        Diagnostic("SC503", message, figure.node.span, _("if the source is wrong, say so: wrong: reason"))
    ]


def _of_rows(fold: Fold, rows: list[Any], quantity: str, itemsize: int) -> Any:
    if quantity in ("params", "param_bytes"):
        return fold.params.total * (itemsize if quantity == "param_bytes" else 1)
    if quantity in ("layers", "weight_layers"):
        return len(rows) if quantity == "layers" else sum(row.weighted for row in rows)
    if quantity == "activations":
        return rows[-1].activations
    holder: Any = fold.params if quantity in fold.params._fields else fold
    return getattr(holder, quantity)


def read_figure(text: str) -> tuple[int, int, int] | None:
    """A fraction's denominator and the two ends of the interval that `text` rounds to: 275M … 277M halves for 138M."""
    match = re.fullmatch(_FIGURE, text.strip())
    if not match or len(text) > 400:
        return None
    whole, decimals, unit = re.sub(r"[,_ ]", "", match[1]), match[2] or "", match[3] or ""
    exponent = _UNITS[unit.lower()] - len(decimals)
    step, scale = 10 ** max(0, exponent), 10 ** max(0, -exponent)
    value = 2 * int(whole + decimals) * step
    return 2 * scale, value - step, value + step
