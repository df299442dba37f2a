"""A cold `shapecalc verify vgg16` against a script that runs VGG-16 once in PyTorch: whole processes, in turns.

Pitfall: OPENBLAS_CORETYPE and OPENBLAS_L2_SIZE, where an environment sets them, slow NumPy's products down by half, so
they are printed and taken out before anything runs.
"""

from __future__ import annotations

import os
import sys
import tempfile

from _measure import Samples, in_turns
from cold_table import HERE, install, option

OURS, PEER, FLOOR = "shapecalc verify vgg16", "PyTorch, one forward pass", "NumPy, the products alone"
PRODUCTS = """
import numpy as np
for n, k, m, times in ((50176, 27, 64, 1), (50176, 576, 64, 1), (12544, 576, 128, 1), (12544, 1152, 128, 1),
                       (3136, 1152, 256, 1), (3136, 2304, 256, 2), (784, 2304, 512, 1), (784, 4608, 512, 2),
                       (196, 4608, 512, 3)):
    rows = min(n, 2**19 // k)
    a, b = np.ones((rows, k), np.float32), np.ones((k, m), np.float32)
    for first in [*range(0, n, rows)] * times:
        np.matmul(a[: n - first], b)
"""
"""Python, NumPy and the matrix products of VGG-16's convolutions, in blocks that stay in the cache, and nothing else."""


def against(found: dict[str, Samples], label: str) -> None:
    """Print how many times the peer's time and memory this one takes less."""
    mine, peer = found[label], found[PEER]
    print(
        f"{label}: {peer.median / mine.median:.1f}× sooner by the median, {peer.least / mine.least:.1f}× by the least,"
        f" {peer.work / mine.work:.1f}× less processor time; peak {mine.mib:.0f} MiB and {peer.mib:.0f} MiB"
    )


def main() -> None:
    """Measure with all processors, then on one thread, and print the ratios."""
    runs, peer = int(option("--runs", "10")), option("--peer-python", sys.executable)
    for name in ("OPENBLAS_CORETYPE", "OPENBLAS_L2_SIZE"):
        if name in os.environ:
            print(f"{name} was {os.environ.pop(name)}, and is not set now")
    with tempfile.TemporaryDirectory() as folder:
        programs = option("--programs", "") or install(folder)
        os.chdir(folder)
        commands = {
            OURS: [os.path.join(programs, "shapecalc"), "verify", "vgg16"],
            PEER: [peer, os.path.join(HERE, "peers", "torch_vgg16.py")],
            FLOOR: [os.path.join(programs, "python"), "-c", PRODUCTS],
        }
        print(f"Python {sys.version.split()[0]}, {runs} runs in turns")
        for threads in (os.cpu_count() or 1, 1):
            os.environ["OPENBLAS_NUM_THREADS"] = os.environ["OMP_NUM_THREADS"] = str(threads)
            found = in_turns(commands, runs)
            print(f"{threads} threads:")
            if PEER in found:
                against(found, OURS)
                against(found, FLOOR)
            else:
                print(f"{found[OURS].median / found[FLOOR].median:.1f}× the time of the products alone")


if __name__ == "__main__":
    main()
