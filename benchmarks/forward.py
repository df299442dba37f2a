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
    """Seconds of a forward pass, in which only dense layers draw their weights, and its multiply-accumulates."""
    graph = compute(read(name)).bound.graph

    def forward() -> tuple[float, int]:
        layers = run(graph).layers
        return sum(m.seconds for m in layers), sum(m.macs for m in layers)

    return forward


def peers(name: str) -> dict[str, Callable[[], object]]:
    """Forward passes of others by label, those that are installed here; ONNX's reference evaluator is slow."""
    try:
        import torch
        from peers.torch_networks import NETWORKS as known
    except ImportError:
        return {}
    torch.set_num_threads(1)
    model, x = known[name]()
    found: dict[str, Callable[[], object]] = {"PyTorch": torch.no_grad()(lambda: model(x))}
    try:
        import onnxruntime
        from onnx.reference import ReferenceEvaluator
        from peers.onnx_networks import model as to_onnx
    except ImportError:
        return found
    written, feed = to_onnx(model, tuple(x.shape)), {"x": x.numpy()}
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    session = onnxruntime.InferenceSession(
        written.SerializeToString(), options, providers=["CPUExecutionProvider"]
    )
    evaluator = ReferenceEvaluator(written)
    found["onnxruntime"] = lambda: session.run(None, feed)
    found["ONNX reference"] = lambda: evaluator.run(None, feed)
    return found


def timed(forward: Callable[[], object]) -> float:
    """Seconds of one call."""
    begin = time.perf_counter()
    forward()
    return time.perf_counter() - begin


def uncounted(forward: Callable[[], tuple[float, int]]) -> float:
    """Seconds of the same pass with a tally that writes nothing down."""
    add, Tally.add = Tally.add, lambda self, kind, n: None  # type: ignore[method-assign]
    try:
        return forward()[0]
    finally:
        Tally.add = add  # type: ignore[method-assign]


def option(name: str, default: str) -> str:
    """The value after `name` on the command line."""
    return sys.argv[sys.argv.index(name) + 1] if name in sys.argv else default


def main() -> None:
    """Measure and print the ratios."""
    turns, peer = int(option("--runs", "7")), option("--peer-python", sys.executable)
    if os.path.realpath(peer) != os.path.realpath(sys.executable):  # both sides run in one process
        os.execv(peer, [peer, os.path.abspath(__file__), "--runs", str(turns), "--peer-python", peer])  # noqa: S606
    sgemm()
    for name in NETWORKS:
        forward, others = ours(name), peers(name)
        again = range(max(1, int(0.2 / forward()[0])))  # a small network is run often enough to be timed
        shares, overhead = [], []
        against: dict[str, list[float]] = {label: [] for label in others}
        for turn in range(turns):
            rate = max(sgemm(), sgemm())
            seconds, macs = (sum(part) / len(again) for part in zip(*(forward() for _ in again)))
            shares.append(macs / seconds / rate)
            overhead.append(seconds * len(again) / sum(uncounted(forward) for _ in again) - 1)
            for label, other in others.items():
                if turn == 0 or label != "ONNX reference":
                    against[label].append(sum(timed(other) for _ in again) / len(again) / seconds)
        print(
            f"{name}: {statistics.median(shares):.2f} of sgemm, counting {100 * statistics.median(overhead):.1f} %"
        )
        for label, ratios in against.items():
            print(f"  {statistics.median(ratios):.2f} × the speed of {label}")


if __name__ == "__main__":
    main()
