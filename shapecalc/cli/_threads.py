"""How many threads a run may have: those of our own, while the library behind NumPy is held to one.

Pitfall: the threads of a BLAS wait for one another in busy loops. On a machine that has other work as well, two of them
take many times as long as one.
"""

from __future__ import annotations

import os
import sys

LIBRARIES = ("OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "VECLIB_MAXIMUM_THREADS")
"""What tells NumPy's libraries how many threads to have; they read it when NumPy is loaded, and not again."""


def threads() -> int:
    """As many as OPENBLAS_NUM_THREADS or OMP_NUM_THREADS say, or as this process has processors.

    To be asked before NumPy is loaded; where it is loaded already, its library has threads of its own, and a run one.
    """
    if "numpy" in sys.modules:
        return 1
    said = os.environ.get("OPENBLAS_NUM_THREADS") or os.environ.get("OMP_NUM_THREADS") or ""
    os.environ.update(dict.fromkeys(LIBRARIES, "1"))
    if said.isdecimal():
        return max(int(said), 1)
    affinity = getattr(os, "sched_getaffinity", None)
    return len(affinity(0)) if affinity else os.cpu_count() or 1
