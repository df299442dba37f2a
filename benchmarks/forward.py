"""The NumPy forward pass against this machine's own matrix product and against PyTorch, in turns, on one thread.

Pitfall: OPENBLAS_CORETYPE and OPENBLAS_L2_SIZE, where an environment sets them, slow NumPy's products down by half, so
they are printed and taken out before NumPy loads.
"""

from __future__ import annotations

import os
import statistics
import sys
import time
from collections.abc import Callable

for name in ("OPENBLAS_CORETYPE", "OPENBLAS_L2_SIZE"):
    if name in os.environ:
        print(f"{name} was {os.environ.pop(name)}, and is not set now")
os.environ["OPENBLAS_NUM_THREADS"] = os.environ["OMP_NUM_THREADS"] = "1"

import numpy as np  # noqa: E402

from shapecalc.api import compute, read  # noqa: E402
from shapecalc.verify import run  # noqa: E402
from shapecalc.verify.counted import Tally  # noqa: E402

NETWORKS = ("vgg16", "resnet50", "lenet5")
SIDE = 1536


def sgemm() -> float:
    """Multiply-accumulates a second of one large float32 product."""
    a = np.ones((SIDE, SIDE), np.float32)
    begin = time.perf_counter()
    np.matmul(a, a)
    return SIDE**3 / (time.perf_counter() - begin)


def ours(name: str) -> Callable[[], tuple[float, int]]:
    """Seconds of a forward pass without drawing weights, and its multiply-accumulates."""
    graph = compute(read(name)).bound.graph

    def forward() -> tuple[float, int]:
        layers = run(graph).layers
        return sum(m.seconds for m in layers), sum(m.macs for m in layers)

    return forward


def peer(name: str) -> Callable[[], float] | None:
    """Seconds of PyTorch's forward pass, where PyTorch is installed and the network is among the peers."""
    try:
        from peers.torch_networks import NETWORKS as known
    except ImportError:
        return None
    if name not in known:
        return None
    import torch

    torch.set_num_threads(1)
    model, x = known[name]()

    def forward() -> float:
        with torch.no_grad():
            begin = time.perf_counter()
            model(x)
            return time.perf_counter() - begin

    forward()
    return forward


def uncounted(forward: Callable[[], tuple[float, int]]) -> float:
    """Seconds of the same pass with a tally that writes nothing down."""
    add, Tally.add = Tally.add, lambda self, kind, n: None  # type: ignore[method-assign]
    try:
        return forward()[0]
    finally:
        Tally.add = add  # type: ignore[method-assign]


def main() -> None:
    """Measure and print the ratios."""
    turns = int(sys.argv[1]) if len(sys.argv) > 1 else 7
    sgemm()
    for name in NETWORKS:
        forward, torch_forward = ours(name), peer(name)
        forward()
        shares, against, overhead = [], [], []
        for _ in range(turns):
            rate = max(sgemm(), sgemm())
            seconds, macs = forward()
            shares.append(macs / seconds / rate)
            overhead.append(seconds / uncounted(forward) - 1)
            if torch_forward:
                against.append(torch_forward() / seconds)
        line = f"{name}: {statistics.median(shares):.2f} of sgemm, counting {100 * statistics.median(overhead):.1f} %"
        print(line + (f", {statistics.median(against):.2f} × PyTorch's speed" if against else ""))


if __name__ == "__main__":
    main()
