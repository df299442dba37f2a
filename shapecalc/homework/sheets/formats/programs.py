"""Programs and typeset texts, which are refused: nothing that is handed in is run."""

from __future__ import annotations

from ....text import N_
from ..format import Format

FORMAT = Format(
    (".py", ".tex", ".typ", ".m", ".r", ".java", ".c", ".cpp"),
    refusal=N_("it is a program or typeset text; type the answers into a CSV"),
)
