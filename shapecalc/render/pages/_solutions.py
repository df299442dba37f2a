"""The whole way to every value that may be told, a layer at a time, in the words of `explain`.

Pitfall: several cells of a layer share its steps, and each step is shown once.
"""

from __future__ import annotations

from collections.abc import Sequence

from ...report.derivation import LayerDerivation
from ...report.grades import Sheet


def solutions(sheet: Sheet) -> Sequence[LayerDerivation]:
    """The layers in which a cell went wrong, with the steps to its value."""
    found: dict[str, LayerDerivation] = {}
    for cell in sheet.told():
        way = cell.solution if sheet.style.shown(cell) and not sheet.style.hints else None
        if way is None or cell.state == "follow_through":
            continue
        own = found.setdefault(way.name, way)
        known = {step.key for step in own.steps}
        more = tuple(step for step in way.steps if step.key not in known)
        found[way.name] = own._replace(steps=own.steps + more)
    return tuple(found.values())
