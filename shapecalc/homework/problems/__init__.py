"""Problems: a spec (or the numbers of one window), and what is asked of it, in the house's own expressions.

Several named networks are compared by name (`plain.macs / bottleneck.macs`), and an unknown is solved as `shapecalc
solve` solves it. Pitfall: a problem may have several right answers; all of them are.
"""

from .key import KeyFinding, check_key, is_right
from .reader import is_problems, read_problems
from .records import Ask, Problem, ProblemFile

__all__ = [
    "Ask",
    "KeyFinding",
    "Problem",
    "ProblemFile",
    "check_key",
    "is_problems",
    "is_right",
    "read_problems",
]
