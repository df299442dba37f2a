"""What a student is given after a diagnosis: a hint first, and the worked line when it may be shown.

Pitfall: a solution gives the answer away; whoever prints it before the due date has published the key.
"""

from __future__ import annotations

from ..question import TOTAL, Question
from ..working import taught
from ._chain import MISFIT
from ._diagnose import Diagnosis
from ._total import added
from ._words import hint as hint_of


def hint(asked: Question, diagnosis: Diagnosis | str, language: str = "") -> str:
    """Where to look, in `language` (`en`, `zh`) or the user's; nothing of the answer. Of a pair, both hints.

    `diagnosis` may be its id.
    """
    return hint_of(diagnosis if isinstance(diagnosis, str) else diagnosis.id, language)


def solution(asked: Question) -> str:
    """The formula with its numbers put in and what comes out, on one line: 5·5·3·6 + 6 = 456; "" where there is none."""
    try:
        if asked.word == TOTAL:
            parts = [a._replace(quantity=asked.quantity).value() for a in asked.earlier]
            shown = added([n for n in parts if isinstance(n, int)])
            return f"{shown} = {asked.value()}" if shown else str(asked.value())
        way = taught(asked)
        right, shown = asked.value(), way.show()
        value = " × ".join(map(str, right)) if isinstance(right, tuple) else str(right)
        return f"{shown} = {value}" if shown and way.answer() == right else value
    except MISFIT:
        return ""
