"""Mistakes planted on either side are caught: each compared number of each layer, wrong by one, doubled or lost.

Settings misread, formulas changed in their text and code changed in its syntax tree are planted by
`python -m tests.verify.planted`, which prints what survives; that takes an hour.
"""

from __future__ import annotations

import pytest

from .planted import audit
from .quantities import mutants
from .sample import primitive

NO_FIELD = ("fc", "rbf", "upsample")
"""Layers after which no receptive field stands on either side: saying so once more changes nothing."""

MIXED = ("attend",)
"""A layer whose inputs have no field in common, for one is a map and the other a sequence: its own steps are not asked."""


@pytest.mark.parametrize("word", primitive())
def test_every_number_is_held_to(word: str) -> None:
    planted = list(mutants(word))
    fates, survivors = audit(planted)
    told = {str(mutant) for mutant in survivors}
    allowed = {f"{word}, kernel side: receptive field: everything"} if word in NO_FIELD else set()
    if word in MIXED:
        allowed = {name for name in told if "receptive field" in name}
    assert told <= allowed
    caught = sum(n for end, n in fates.items() if not end.endswith("survives"))
    assert caught >= 4, "most mistakes make a difference; those that made none are not counted"
