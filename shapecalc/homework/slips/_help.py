"""What a student is told besides the slip's name: a hint, or the worked line.

Pitfall: a hint holds no number of the question, so it can be shown before the due date; a solution cannot.
"""

from __future__ import annotations

from collections.abc import Mapping

from ...text import _
from ..asked import TOTAL, Asked
from ._chain import MISFIT
from ._hints import HINTS
from ._slip import slips
from ._total import added
from ._working import working

PAIR = ("{first}; and {second}", "{first};并且{second}")


def hint(asked: Asked | None, diagnosis: str | object, language: str = "") -> str:
    """Where to look, in `language` (`en`, `zh`) or the user's; nothing of the answer. Of a pair, both hints.

    `diagnosis` is a Diagnosis or its id.
    """
    name = diagnosis if isinstance(diagnosis, str) else str(getattr(diagnosis, "id", ""))
    found = (HINTS[part] for part in name.split("+") if part in HINTS)
    return " ".join(en if language == "en" else zh if language == "zh" else _(en) for en, zh in found)


def solution(asked: Asked) -> str:
    """The formula with its numbers put in and what comes out, on one line: 5·5·3·6 + 6 = 456; "" where there is none."""
    try:
        if asked.word == TOTAL:
            parts = [a._replace(quantity=asked.quantity).value() for a in asked.earlier]
            shown = added([n for n in parts if isinstance(n, int)])
            return f"{shown} = {asked.value()}" if shown else str(asked.value())
        way = working(asked)
        right, shown = asked.value(), way.show()
        value = " × ".join(map(str, right)) if isinstance(right, tuple) else str(right)
        return f"{shown} = {value}" if shown and way.answer() == right else value
    except MISFIT:
        return ""


def chinese() -> Mapping[str, str]:
    """Every sentence of the catalogue and its Chinese: what a message catalogue is made from."""
    names = {s.en: s.zh for s in slips().values()}
    return {**names, **dict(HINTS.values()), PAIR[0]: PAIR[1]}
