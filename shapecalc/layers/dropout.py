"""Dropout silences a random share of values while training; at inference, which is what is counted, it does nothing.

Pitfall: the rate is the share dropped, a fraction; the factor that makes up for it is applied in training.
"""

from __future__ import annotations

from collections.abc import Mapping

from ..errors import ShapeError
from ..text import N_, _
from ._base import Case, Layer, Option, Shape


class Dropout(Layer):
    view = True
    synonyms = ("spatial_dropout", "alpha_dropout", "drop_path", "丢弃", "丢弃法", "随机失活")

    rate = Option("float", 0.5, low=0, help=N_("the share of values dropped in training"))

    def output(self) -> Shape:
        if self.rate >= 1:
            message = _("a rate of {rate} would drop everything").format(rate=self.rate)
            raise ShapeError("SC413", message, "rate", _("write a fraction: 0.5 drops half"))
        return self.x

    def notes(self) -> Mapping[str, str]:
        return {
            "params": _(
                "Dropout works while training only; at inference, which is what is counted, it does nothing."
            )
        }

    CASES = (
        Case(
            "Krizhevsky et al. 2012, section 4.2", (4096,), {"rate": 0.5}, (4096,), {"weights": 0, "macs": 0}
        ),
    )
