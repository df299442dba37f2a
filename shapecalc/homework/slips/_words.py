"""What a student is told about a slip: its name, and a hint that asks where to look.

Pitfall: a hint holds no number of the question, so it can be shown before the due date; a solution cannot.
"""

from __future__ import annotations

from ...text import N_, _, run_on
from ._slip import slips

PAIR = N_("{first}; and {second}")
BACK = N_("{message} (layers before this one: {n})")


def message(name: str, back: int = 0) -> str:
    """What was done, by the slip's id or those of a pair; `back` layers before the one that is asked."""
    known = slips()
    texts = [known[part].message for part in name.split("+")]
    text = texts[0] if len(texts) == 1 else _(PAIR).format(first=texts[0], second=texts[1])
    return text if not back or name == "carried_error" else _(BACK).format(message=text, n=back)


def hint(name: str) -> str:
    """Where to look after the slip of this id, or both of a pair; nothing of the answer."""
    known = slips()
    return run_on(known[part].advice for part in name.split("+") if part in known)
