"""What a student is told besides the slip's name: a hint that asks where to look; and all of it in Chinese.

Pitfall: a hint holds no number of the question, so it can be shown before the due date; a solution cannot.
"""

from __future__ import annotations

from collections.abc import Mapping

from ...text import N_, _
from ._hints import HINTS
from ._slip import slips

PAIR = (N_("{first}; and {second}"), "{first};并且{second}")
BACK = (N_("{message} (layers before this one: {n})"), "{message}(往前第 {n} 层)")


def said(sentence: tuple[str, str], language: str) -> str:
    """A sentence, given in English and Chinese, in `language` (`en`, `zh`), or in the user's."""
    return {"en": sentence[0], "zh": sentence[1]}.get(language) or _(sentence[0])


def hint(name: str, language: str = "") -> str:
    """Where to look after the slip of this id, or both of a pair; nothing of the answer."""
    return " ".join(said(HINTS[part], language) for part in name.split("+") if part in HINTS)


def chinese() -> Mapping[str, str]:
    """Every sentence of the catalogue and its Chinese: what a message catalogue is made from."""
    names = {s.en: s.zh for s in slips().values()}
    return {**names, **dict(HINTS.values()), **dict((PAIR, BACK))}
