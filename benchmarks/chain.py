"""A chain of 10,000 layers from YAML text to printed table, in one process, and ptflops on the same chain.

ptflops gets its network built and ready, and only its own call is timed; here reading and printing are timed too.
Processor time is measured, on one thread each, so that a busy machine spoils less.
"""

from __future__ import annotations

import gc
import os
import subprocess
import sys
import time

from _chain import WIDTHS, spec

HERE = os.path.dirname(os.path.abspath(__file__))


def table(text: str) -> str:
    """The plain table of a spec's text, as `shapecalc table` prints it on a pipe."""
    from shapecalc.api import compute
    from shapecalc.errors import Source
    from shapecalc.render import render
    from shapecalc.spec import load

    plan = load(Source("chain.yaml", text), max_bytes=2**24)
    return render([compute(plan).table], "plain")


def ours(layers: int, width: str = "thin") -> float:
    """Processor seconds for one chain."""
    text = spec(layers, width)
    gc.collect()
    start = time.process_time()
    printed = table(text)
    seconds = time.process_time() - start
    rows = printed.count("\n")
    if rows < layers:
        sys.exit(f"only {rows} lines for {layers} layers")
    return seconds


def theirs(python: str, layers: int, width: str) -> float | None:
    """Processor seconds that ptflops says it took; None where it cannot run."""
    script = os.path.join(HERE, "peers", "ptflops_chain.py")
    answer = subprocess.run([python, script, str(layers), width], capture_output=True, text=True, check=False)
    if answer.returncode != 0:
        print("ptflops cannot run here, left out:", answer.stderr.strip().rpartition("\n")[2])
        return None
    return float(answer.stdout.splitlines()[-1])


def option(name: str, default: str) -> str:
    """The value after `name` on the command line."""
    return sys.argv[sys.argv.index(name) + 1] if name in sys.argv else default


def middle(times: list[float]) -> float:
    """The median."""
    return sorted(times)[len(times) // 2]


def main() -> None:
    """Measure in turns and print the ratios."""
    runs, peer = int(option("--runs", "5")), option("--peer-python", sys.executable)
    ours(1_000)
    print(f"Python {sys.version.split()[0]}, {runs} runs in turns, processor time")
    for width in WIDTHS:
        mine: list[float] = []
        other: list[float] = []
        for _ in range(runs):
            mine.append(ours(10_000, width))
            seconds = theirs(peer, 10_000, width)
            if seconds is None:
                return
            other.append(seconds)
        least, median = min(other) / min(mine), middle(other) / middle(mine)
        print(f"10,000 {width} layers, faster than ptflops: {least:.1f}× least, {median:.1f}× median")
    pairs = [(ours(100_000), ours(10_000)) for _ in range(3)]
    print(f"100,000 layers over 10,000: {middle([long / short for long, short in pairs]):.1f}×")


if __name__ == "__main__":
    main()
