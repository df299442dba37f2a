"""Concatenating puts branches one behind the other along an axis, the channels unless another is named.

Pitfall: all other axes must agree, so every branch of an inception module keeps the size of its map.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from ..formula import Formula, sum_of
from ..text import N_, _
from ._base import UNCHANGED, Case, Layer, Option, Shape, Step, Work, axis_index, spatial
from ._merge import agree, disagreement


class Concat(Layer):
    merges = True
    synonyms = ("concatenate", "cat", "depth_concat", "join", "merge", "拼接", "连接", "级联")

    axis = Option("axis", "C", help=N_("the axis along which they are put together"))

    def output(self) -> Shape:
        first = self.inputs[0]
        self.place = place = axis_index(first, self.axis)
        for i, x in enumerate(self.inputs):
            if len(x) != len(first):
                raise disagreement(self.inputs, i, 0, self.cure())
            pairs = (pair for at, pair in enumerate(zip(x, first)) if at != place)
            agree(self.inputs, i, 0, pairs, lambda *_: self.cure())
        return (*first[:place], self.whole().value, *first[place + 1 :])

    def whole(self) -> Work:
        """The branches' sizes along the axis, added up."""
        names = spatial(len(self.x)) + "C"
        letters = {f"N_{i}": x[self.place] for i, x in enumerate(self.inputs, 1)}
        return Work(f"output.{names[self.place]}", _sum(len(letters)), letters)

    def sizes(self) -> tuple[Work, ...]:
        axes = zip(spatial(len(self.x)) + "C", self.x)
        works = [Work(f"output.{axis}", UNCHANGED, {"N": n}) for axis, n in axes]
        works[self.place] = self.whole()
        return tuple(works)

    def steps(self) -> tuple[Step, ...] | None:
        return () if self.place == len(self.x) - 1 else None

    def cure(self) -> str:
        return _("all axes but {axis} must agree").format(axis=self.axis)

    def notes(self) -> Mapping[str, str]:
        axis = (spatial(len(self.x)) + "C")[self.place]
        said = _("Along this axis the branches' sizes are added up; along all others they must agree.")
        return {
            f"output.{axis}": said,
            "params": _("Values are put side by side: nothing is computed, and nothing is learned."),
        }

    CASES = (
        Case(
            "Szegedy et al. 2014, arXiv:1409.4842, Table 1: inception (3a)",
            ((28, 28, 64), (28, 28, 128), (28, 28, 32), (28, 28, 32)),
            {},
            (28, 28, 256),
            {"weights": 0, "macs": 0},
        ),
        Case("keras.io, Concatenate(axis=1)", ((2, 2, 5), (1, 2, 5)), {"axis": "H"}, (3, 2, 5)),
    )


@cache
def _sum(branches: int) -> Formula:
    return Formula(sum_of([f"N_{i}" for i in range(1, branches + 1)]))
