"""Wall time, processor time and peak memory of whole processes, measured in turns so that a busy moment hits all of them.

Pitfall: Linux counts the parent's own memory into a child's peak, so this file imports next to nothing.
"""

from __future__ import annotations

import os
import sys
import time


class Samples:
    """What was measured of one command: seconds, processor seconds, and the peak memory in MiB."""

    def __init__(self, label: str, command: list[str]) -> None:
        self.label = label
        self.command = command
        self.seconds: list[float] = []
        self.worked: list[float] = []
        self.mib = 0.0

    @property
    def least(self) -> float:
        return min(self.seconds)

    @property
    def median(self) -> float:
        return sorted(self.seconds)[len(self.seconds) // 2]

    @property
    def work(self) -> float:
        """The median of the processor seconds."""
        return sorted(self.worked)[len(self.worked) // 2]

    def run(self) -> int:
        """Run the command once with its output on a pipe; the exit code."""
        reader, writer = os.pipe()
        moves = [(os.POSIX_SPAWN_DUP2, writer, 1), (os.POSIX_SPAWN_CLOSE, reader)]
        start = time.perf_counter()
        child = os.posix_spawn(self.command[0], self.command, dict(os.environ), file_actions=moves)
        os.close(writer)
        while os.read(reader, 1 << 16):
            pass
        os.close(reader)
        _, status, usage = os.wait4(child, 0)
        self.seconds.append(time.perf_counter() - start)
        self.worked.append(usage.ru_utime + usage.ru_stime)
        unit = 2**20 if sys.platform == "darwin" else 2**10
        self.mib = max(self.mib, usage.ru_maxrss / unit)
        return os.waitstatus_to_exitcode(status)


def in_turns(commands: dict[str, list[str]], runs: int, seldom: tuple[str, ...] = ()) -> dict[str, Samples]:
    """Run every command `runs` times in turn after one run that does not count; `seldom` ones a fifth as often."""
    found = {label: Samples(label, command) for label, command in commands.items()}
    for samples in list(found.values()):
        if samples.run() != 0:
            print(f"{samples.label}: cannot run here, left out")
            del found[samples.label]
        samples.seconds.clear()
        samples.worked.clear()
        samples.mib = 0.0
    for turn in range(runs):
        for samples in found.values():
            if samples.label not in seldom or turn % 5 == 0:
                samples.run()
    return found


def report(found: dict[str, Samples], unit: str) -> None:
    """Print every command as a multiple of `unit`, by the least and by the median time."""
    one = found[unit]
    width = max(map(len, found))
    print(f"{'':{width}}  {'least':>8}  {'median':>8}  {'peak':>9}  runs")
    for label, samples in found.items():
        least, median = samples.least / one.least, samples.median / one.median
        print(
            f"{label:{width}}  {least:7.2f}×  {median:7.2f}×  {samples.mib:5.1f} MiB  {len(samples.seconds):4d}"
        )
