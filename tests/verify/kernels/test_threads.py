"""Blocks of a layer on several threads: the same numbers and counts, every job once, and no error lost."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from unittest.mock import patch

import numpy as np
import pytest

from shapecalc.api import compute, read
from shapecalc.verify import run
from shapecalc.verify.kernels import _unrolled
from shapecalc.verify.spread import spread


@pytest.mark.parametrize("threads", [2, 5])
def test_threads_change_no_number_and_no_count(threads: int) -> None:
    graph = compute(read("lenet5")).bound.graph
    with patch.object(_unrolled, "BLOCK_BYTES", 4096):
        one, several = run(graph, batch=3), run(graph, batch=3, threads=threads)
    assert [m.ops for m in one.layers] == [m.ops for m in several.layers]
    assert all(np.array_equal(one.values[name], several.values[name]) for name in one.values)


@pytest.mark.parametrize("threads", [1, 2, 8])
def test_every_job_is_done_once(threads: int) -> None:
    done: list[int] = []
    spread(done.extend, list(range(1000)), threads)
    assert sorted(done) == list(range(1000))


def test_an_error_on_any_thread_is_raised() -> None:
    def work(jobs: Iterator[int]) -> None:
        for job in jobs:
            if job == 7:
                raise ValueError("the seventh")

    with pytest.raises(ValueError, match="the seventh"):
        spread(work, list(range(10)), 3)


@pytest.mark.parametrize(
    ("settings", "expected"),
    [
        ({"OPENBLAS_NUM_THREADS": "3", "OMP_NUM_THREADS": "2"}, "3 1 1"),
        ({"OMP_NUM_THREADS": "2"}, "2 1 1"),
        ({"OMP_NUM_THREADS": "0"}, "1 1 1"),
    ],
)
def test_the_environment_says_how_many(settings: dict[str, str], expected: str) -> None:
    """NumPy's library is held to one thread, as long as NumPy is not loaded; then it is too late, and we have one."""
    program = (
        "import os\n"
        "from shapecalc.cli._threads import threads\n"
        "n = threads()\n"
        "import numpy\n"
        "print(n, os.environ['OPENBLAS_NUM_THREADS'], threads())\n"
    )
    path = {"PYTHONPATH": ":".join(sys.path)}
    answer = subprocess.run(
        [sys.executable, "-c", program], env=settings | path, capture_output=True, text=True, check=False
    )
    assert answer.stdout.strip() == expected, answer.stderr
