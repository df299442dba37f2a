"""Settings drawn at random, along one axis: a window may just fit or just not, padding may be wider than it, and so on.

What is legal among them is said by the engine while nothing is wrong, and the kernels must say the same.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from random import Random
from typing import Any

Drawn = tuple[tuple[int, ...], dict[str, Any]]
MANY = 100


def settings(word: str) -> Iterator[Drawn]:
    """Inputs and options for a layer that has a rule along an axis."""
    draw, random = RULES.get(word), Random(word)  # noqa: S311  (nothing is hidden here)
    if draw:
        for _ in range(MANY):
            yield draw(random)


def _window(r: Random, widest: int = 9) -> tuple[int, dict[str, Any]]:
    """A window that is a little too large, just fits, or fits several times."""
    f, s, d = r.randint(1, 6), r.randint(1, 5), r.choice((1, 1, 2, 3))
    before, after = r.choice(((0, 0), (1, 1), (r.randint(0, widest), r.randint(0, widest))))
    n = d * (f - 1) + 1 - before - after + r.choice((r.randint(-s, 1), r.randint(0, 9)))
    return max(1, n), {"kernel": f, "stride": s, "dilation": d, "padding": [[before, after]]}


def _conv(r: Random) -> Drawn:
    n, options = _window(r)
    if r.random() < 0.3:
        options["padding"] = r.choice(("valid", "same", "same_lower", "full", "keep"))
    return (n, 2), {"filters": 3, "rounding": r.choice(("floor", "ceil")), **options}


def _depthwise(r: Random) -> Drawn:
    x, options = _conv(r)
    return x, {**{k: v for k, v in options.items() if k not in ("filters", "rounding")}, "multiplier": 2}


def _pool(r: Random) -> Drawn:
    n, options = _window(r, 0)
    half = options["kernel"] // 2 + r.choice((0, 0, 0, 1))
    before, after = r.randint(0, half), r.randint(0, half)
    options["padding"] = [[before, after]]
    if r.random() < 0.2:
        options["padding"] = r.choice(("valid", "same", "same_lower", "keep"))
    return (max(1, n - before - after), 2), {"rounding": r.choice(("floor", "ceil")), **options}


def _bare(r: Random) -> Drawn:
    n, options = _window(r, 0)
    return (n, 2), {"kernel": options["kernel"], "stride": options["stride"]}


def _thrown(r: Random) -> Drawn:
    n, f, s, d = r.randint(1, 9), r.randint(1, 5), r.randint(1, 4), r.choice((1, 1, 2, 3))
    padding: Any = [[r.randint(0, 9), r.randint(0, 9)]]
    if r.random() < 0.3:
        padding = r.choice(("valid", "same", "same_lower"))
    extra = 0 if isinstance(padding, str) else r.choice((0, 0, 1, 2, 3))
    return (n, 2), {
        "filters": 3,
        "kernel": f,
        "stride": s,
        "dilation": d,
        "padding": padding,
        "output_padding": extra,
    }


def _crop(r: Random) -> Drawn:
    return (r.randint(1, 9), 7), {"amount": [[r.randint(0, 4), r.randint(0, 4)]]}


def _adaptive(r: Random) -> Drawn:
    return (r.randint(1, 20), 2), {"size": r.randint(1, 12)}


def _lrn(r: Random) -> Drawn:
    return (r.randint(1, 4), r.randint(1, 9)), {"size": r.randint(1, 8)}


RULES: Mapping[str, Callable[[Random], Drawn]] = {
    **dict.fromkeys(("maxpool", "avgpool", "lppool"), _pool),
    **dict.fromkeys(("adaptiveavgpool", "adaptivemaxpool"), _adaptive),
    "conv": _conv,
    "depthwise": _depthwise,
    "trainablepool": _bare,
    "convtranspose": _thrown,
    "crop": _crop,
    "lrn": _lrn,
}
