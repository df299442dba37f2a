"""Kernels added up."""

from __future__ import annotations

from ...text import N_
from ..terms import Term, formula
from ..working import Working
from ._receptive import walked
from ._slip import CHAIN, Changed, Example, Slip

SLIP = Slip(
    CHAIN,
    1,
    "receptive_field",
    N_("kernels added up"),
    N_("Two windows on one another overlap. By how much?"),
    special=True,
)
EXAMPLES = (
    Example(
        "receptive_field",
        "conv",
        (64, 64, 1),
        {"filters": 1, "kernel": 3},
        9,
        after=(
            ("conv", {"filters": 1, "kernel": 3}),
            ("maxpool", {"kernel": 2}),
        ),
    ),
)


def change(w: Working) -> Changed:
    if len(w.fields[0]) == 1:
        return
    yield w.with_fields(lambda t: tuple(term.by("K") for term in t[1:]))
    yield w.with_fields(lambda t: tuple(term.by("K + S - 1") for term in t[1:]))
    letters = [{f"K_{i}": k for i, (k, _) in enumerate(walked(t))} for t in w.fields]
    products = (Term(formula(" * ".join(names)), names) for names in letters)
    yield w._replace(fields=tuple((term,) for term in products))
