"""An inverse question answered with a slipped formula: the setting for which the wrong formula gives the right output.

Pitfall: which padding keeps 63 under a 7×7 filter is 3 on each side; counted on one side only it is 6.
"""

from __future__ import annotations

from collections.abc import Iterator

from ...quantities import INVERSE
from ..question import Question
from ..working import Working, taught
from ._chain import MISFIT
from ._slip import SIZE, Slip, over

MOST = 24


def wrong(asked: Question) -> Iterator[tuple[Slip, int, str]]:
    """Each size slip that, solved for the setting, gives another answer; the smallest such one."""
    if asked.quantity not in INVERSE or not asked.inputs or len(asked.inputs[0]) < 2:
        return
    target = asked._replace(quantity="output_size").value()
    tried = [(n, start) for n in range(MOST) if (start := _start(asked, n))]
    for slip in over("output_size"):
        if slip.part != SIZE or slip.special:
            continue
        for n, start in tried:
            if work := _leads(slip, start, target):
                if not asked.accepts(n):
                    yield slip, n, work
                break


def _start(asked: Question, n: int) -> Working | None:
    try:
        return taught(asked.solved(n)._replace(quantity="output_size"))
    except MISFIT:
        return None


def _leads(slip: Slip, start: Working, target: object) -> str:
    """The first working of this slip that ends at the target, where it is a slip in the formula and not in a setting."""
    try:
        for change in slip.change(start):
            if (
                isinstance(change, Working)
                and change.question == start.question
                and change.answer() == target
            ):
                return change.show()
    except MISFIT:
        return ""
    return ""
