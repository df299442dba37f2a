"""Flattening writes a map as one long vector, row after row; no value changes.

Pitfall: the order differs between channels-last and channels-first, so weights trained behind one do not fit the other.
"""

from __future__ import annotations

from collections.abc import Mapping

from ..symbolic import joined
from ..text import _
from ._base import Case, Layer, Shape, Work, values_in


class Flatten(Layer):
    view = True
    synonyms = ("flat", "ravel", "view", "展平", "展平层", "拉直", "压平")

    def output(self) -> Shape:
        return (values_in(self.x).value,)

    def sizes(self) -> tuple[Work, ...]:
        return (values_in(self.x)._replace(key="output.C"),)

    def steps(self) -> None:
        return None

    def notes(self) -> Mapping[str, str]:
        sizes = joined(self.x)
        text = _("All the values of {sizes}, one behind the other: {product} = {n}. No value changes.")
        product = joined(self.x, "·")
        return {"output.V": text.format(sizes=sizes, product=product, n=self.y[0])}

    CASES = (
        Case("torchvision VGG-16, in front of classifier.0", (7, 7, 512), {}, (25_088,)),
        Case("deeplearning.ai CNN course, week 1: LeNet-5", (5, 5, 16), {}, (400,)),
    )
