"""A block of attention as a sum over its layers: what its heads are, and what it has without the last projection."""

from __future__ import annotations

from collections.abc import Iterator

from ..question import Question


def heads(question: Question) -> tuple[int, ...]:
    """The numbers of heads that are written in the layers, or in the question itself."""
    found = [a.options["heads"] for a in question.earlier if isinstance(a.options.get("heads"), int)]
    if not found and isinstance(question.options.get("heads"), int):
        found = [question.options["heads"]]
    return tuple(dict.fromkeys(found))


def ways(question: Question, numbers: list[int]) -> Iterator[tuple[int, int, int]]:
    """The sum, the sum without its last number, and that number: of what is asked, and of the weights alone."""
    weights = [_weights(a) for a in question.earlier] if question.quantity == "params" else numbers
    for each in (numbers, weights):
        last = next((n for n in reversed(each) if n), 0)
        yield sum(each), sum(each) - last, last


def _weights(question: Question) -> int:
    found = question.of("weights").value()
    return found if isinstance(found, int) else 0
