"""Usual slips: what a wrong value comes from, a hint that does not give the answer away, and distractors for a quiz.

Every slip changes a layer's own formulas, letters, options or inputs, and the value follows; there is no table of
numbers. The folder is the catalogue: a file holds a group, and a function in it is a slip. Pitfall: a false name is worse
than none.
"""

from __future__ import annotations

from ._diagnose import Diagnosis, diagnose
from ._distractors import distractors
from ._help import hint, solution
from ._slip import Slip, slips
from ._words import chinese

__all__ = ["Diagnosis", "Slip", "chinese", "diagnose", "distractors", "hint", "slips", "solution"]
