"""A slip is named only if the student's own row agrees: whoever has the right size has not kept or shrunk it.

Pitfall: a slip that earned marks stays, and so does everything where nothing beside it was right: silence is no witness.
"""

from __future__ import annotations

from collections.abc import Mapping

from ..report.grades import Cell, Diagnosis, Sheet
from .slips._slip import DEPTH, FAN_IN, SIZE, slips

_OWN = ("activations", "memory", "macs", "flops", "connections")
"""What is worked out from the output shape of its own row."""
_LEARNED = ("params", "weights", "biases")
"""What is worked out from the depth, or the whole size, of the rows before, and from the number of filters."""


def consistent(sheet: Sheet) -> Sheet:
    """The sheet without diagnoses that other cells of the student contradict."""
    right = {(cell.layer, cell.quantity): cell.right for cell in sheet.cells}
    before, fault = True, None
    """Whether every output shape down to here was given and right, and the first row whose shape was wrong."""
    found: list[Cell] = []
    for cell in sheet.cells:
        if cell.diagnoses and cell.state == "wrong" and not cell.repeated:
            cell = _told(cell, cell.caused_by or fault, right, before)
        found.append(cell)
        if cell.quantity == "output_shape":
            before = before and cell.right
            fault = fault or (cell.layer if cell.state in ("wrong", "special_case") else None)
    return sheet._replace(cells=tuple(found))


def _told(cell: Cell, cause: str | None, right: Mapping[tuple[str, str], bool], before: bool) -> Cell:
    """The cell with what its row agrees with; where it was made in a row before, that row is named instead."""
    kept = [d for d in cell.diagnoses if not _contradicted(d, cell, right, before)]
    own = [d for d in kept if not d.back]
    if cause and cause != cell.layer and cell.quantity != "receptive_field" and len(own) < len(kept):
        return cell._replace(diagnoses=tuple(own), caused_by=cause)
    return cell._replace(diagnoses=tuple(kept))


def _contradicted(
    diagnosis: Diagnosis, cell: Cell, right: Mapping[tuple[str, str], bool], before: bool
) -> bool:
    known = slips()
    names = diagnosis.id.split("+")
    if cell.quantity == "receptive_field" or any(name not in known for name in names):
        return False
    parts = {known[name].part for name in names}
    follows = cell.quantity in _OWN or (cell.quantity in _LEARNED and before)
    if parts & {SIZE, DEPTH} and follows and right.get((cell.layer, "output_shape")):
        return True
    return FAN_IN in parts and cell.quantity == "params" and bool(right.get((cell.layer, "weights")))
