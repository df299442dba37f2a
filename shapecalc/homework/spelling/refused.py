"""A cell's refusal: the sentence that tells the teacher what could not be read in it.

Pitfall: it must not leave this folder; whoever reads a cell gets a Reading, whatever was typed.
"""

from __future__ import annotations

from ...errors import ShapecalcError


class Refused(ShapecalcError):
    """What was written cannot be read; `wrong` where it was read well and is impossible in itself."""

    def __init__(self, reason: str, wrong: bool = False, value: object = None) -> None:
        self.reason = reason
        self.wrong = wrong
        self.value = value
        super().__init__(reason)
