"""Words in one string with spaces between, as a list: a hundred spellings that a person can read and add to.

Pitfall: a spelling with a space in it cannot stand in such a string.
"""

from __future__ import annotations


def listed(text: str) -> list[str]:
    """The words of `text`."""
    return text.split()
