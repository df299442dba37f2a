"""Usual slips: what a wrong value comes from, a hint that does not give the answer away, and distractors for a quiz.

Every slip changes a question's own terms, letters, options or inputs, and the value follows; there is no table of
numbers. The folder is the catalogue: a file is a slip. Pitfall: a false name is worse than none.
"""

from __future__ import annotations

from ._diagnose import Diagnosis, diagnose
from ._distractors import distractors
from ._slip import Example, Slip, slips
from ._words import hint

__all__ = ["Diagnosis", "Example", "Slip", "diagnose", "distractors", "hint", "slips"]
