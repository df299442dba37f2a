"""The graph that torch.export prints: a line an operation, with its shape.

Pitfall: weights stand in the same form; only what an operation gives is an answer.
"""

from __future__ import annotations

from ....pattern import Pattern
from ..columns import Names
from ..format import Format
from ..sheet import Cell, Sheet, gathered

MAX_LINES = 20_000
_OPERATION = Pattern(r"\s*(?P<name>\w{1,80}): \"\w+\[(?P<axes>[0-9, ]{1,80})\]\" = .*")


def read(text: str, names: Names) -> list[Sheet]:
    """The sheet of an exported graph; none for another text."""
    found = [
        (number, match)
        for number, line in enumerate(text.splitlines()[:MAX_LINES], 1)
        if (match := _OPERATION.fullmatch(line[:2000]))
    ]
    shapes = [(number, match["name"].rstrip("_"), match["axes"]) for number, match in found]
    return gathered(
        Cell(
            "",
            name,
            "output_shape",
            f"({axes})" + (" (NCHW)" if axes.count(",") == 3 else ""),
            number,
            number,
        )
        for number, name, axes in shapes
    )


FORMAT = Format((), read, turn=5)
