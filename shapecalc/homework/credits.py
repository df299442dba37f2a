"""The slips that a key gives credit for are slips that there are.

Pitfall: a misspelt id would give nobody anything, and nobody would ever know.
"""

from __future__ import annotations

from ..errors import Diagnostic, nearest
from ..spec.grading import GENERAL, Grading
from ..text import _


def unknown_slips(grading: Grading) -> list[Diagnostic]:
    """A diagnostic for every id under `credit` that is no slip, no pair of slips, and no other thing that has a credit."""
    from .slips import slips

    known = slips()
    found = []
    for name, rule in grading.credit.items():
        if name in GENERAL or all(part in known for part in name.split("+")):
            continue
        near = nearest(name, [*known, *GENERAL])
        help = (
            _("did you mean {word}?").format(word=near)
            if near
            else _("there are {names}").format(names=" ".join([*GENERAL, *known][:20]))
        )
        found.append(
            Diagnostic("SC206", _("there is no slip {name}").format(name=name), rule.node.span, help)
        )
    return found
