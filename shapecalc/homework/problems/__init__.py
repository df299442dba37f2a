"""Single questions: one layer, one number, a small network, or the setting that gives a wanted output.

Pitfall: an inverse question may have several right answers; all of them are.
"""

from .key import KeyFinding, check_key, find, is_right, uncomputed
from .reader import is_problems, read_problems
from .records import Problem, ProblemFile, Question

__all__ = [
    "KeyFinding",
    "Problem",
    "ProblemFile",
    "Question",
    "check_key",
    "find",
    "is_problems",
    "is_right",
    "read_problems",
    "uncomputed",
]
