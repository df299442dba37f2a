"""Blocks of a layer on several threads: each takes the next block as soon as it is free.

NumPy lets go of Python's lock while it copies and multiplies. Pitfall: whoever counts on several threads needs a lock.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from threading import Lock, Thread
from typing import Any


class Shared(Iterator[Any]):
    """Jobs that several threads take from, each of them once."""

    def __init__(self, jobs: Iterable[Any]) -> None:
        self.jobs = iter(jobs)
        self.lock = Lock()

    def __next__(self) -> Any:
        with self.lock:
            return next(self.jobs)


def spread(work: Callable[[Iterator[Any]], None], jobs: list[Any], threads: int) -> None:
    """Call `work` on every thread with the jobs that are left, to take them one by one; its first error is raised."""
    shared, errors = Shared(jobs), list[BaseException]()

    def one() -> None:
        try:
            work(shared)
        except BaseException as error:
            errors.append(error)

    others = [Thread(target=one) for _ in range(min(threads, len(jobs)) - 1)]
    for thread in others:
        thread.start()
    one()
    for thread in others:
        thread.join()
    if errors:
        raise errors[0]
