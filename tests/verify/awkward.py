"""Settings in which every letter of a formula matters, and settings that must be refused, by layer.

An input's shape stands beside the layer's options, or beside a list of entries where one layer is not enough.
"""

from __future__ import annotations

from typing import Any

from shapecalc import layers
from shapecalc.layers._pointwise import Pointwise

Settings = tuple[tuple[Any, Any], ...]

_WINDOWS: Settings = (
    ((7, 10, 4), {"kernel": [3, 2], "stride": [2, 3], "padding": [[1, 0], [0, 1]], "dilation": [2, 1]}),
    ((11, 8, 2), {"kernel": [4, 3], "stride": [3, 2], "padding": [2, 1], "dilation": [1, 2]}),
    ((8, 7, 3), {"kernel": [3, 4], "stride": [2, 3], "padding": "same", "dilation": [1, 2]}),
    ((9, 6, 3), {"kernel": [2, 3], "stride": [1, 2], "padding": "same_lower", "dilation": [3, 1]}),
    ((5, 6, 2), {"kernel": [1, 2], "stride": [3, 4], "padding": "same"}),
    ((6, 9, 2), {"kernel": [3, 2], "stride": [1, 1], "padding": "valid"}),
    ((9, 3), {"kernel": 4, "stride": 3, "padding": 1}),
    ((10, 3), {"kernel": 3, "stride": 2, "padding": [[0, 1]]}),
    ((5, 7, 6, 2), {"kernel": [2, 3, 2], "stride": [2, 1, 3], "padding": [[1, 0], [1, 1], [0, 1]]}),
)
_APART: Settings = (
    ((9, 14, 17, 6), {"kernel": [2, 4, 5]}),
    ((14, 18, 6), {"kernel": [5, 4], "stride": [1, 2]}),
    ((23, 6), {"kernel": 4, "stride": 2}),
)
"""Windows of which no two numbers are equal."""
_CEIL: Settings = (
    ((7, 10, 2), {"kernel": [2, 3], "stride": [3, 2], "padding": [[1, 0], [0, 1]], "rounding": "ceil"}),
    (
        (6, 8, 3),
        {"kernel": [3, 2], "stride": [2, 3], "padding": [1, 0], "dilation": [1, 2], "rounding": "ceil"},
    ),
    ((5, 4, 2), {"kernel": [4, 2], "stride": [4, 3], "padding": [[2, 1], [1, 1]], "rounding": "ceil"}),
    ((2, 7, 1), {"kernel": [3, 4], "stride": [2, 2], "rounding": "ceil"}),
    ((1, 2), {"kernel": 7, "stride": 5, "padding": [[3, 0]], "rounding": "ceil"}),
    ((1, 2), {"kernel": 7, "stride": 5, "padding": [[0, 3]], "rounding": "ceil"}),
    ((1, 2), {"kernel": 6, "stride": 2, "padding": [[1, 3]], "rounding": "ceil"}),
    ((4, 2), {"kernel": 2, "stride": 2, "padding": [[0, 1]], "rounding": "ceil"}),
    ((9, 2), {"kernel": 4, "stride": 3, "padding": [[0, 2]], "rounding": "ceil"}),
    ((2, 2), {"kernel": 6, "padding": [[1, 3]]}),
    ((2, 2), {"kernel": 6, "padding": [[3, 1]]}),
)
_WIDE: Settings = (
    ((4, 5, 2), {"kernel": [2, 3], "stride": [1, 2], "padding": [[5, 3], [4, 7]], "dilation": [2, 3]}),
    ((3, 6, 2), {"kernel": [3, 4], "stride": [2, 1], "padding": [[7, 6], [6, 9]]}),
    ((9, 4), {"kernel": 5, "stride": 3, "padding": [[8, 11]], "dilation": 2}),
    ((2, 2), {"kernel": 3, "stride": 1, "padding": [[8, 7]], "dilation": 4}),
    ((6, 5, 3), {"kernel": [3, 2], "stride": [1, 2], "padding": "full", "dilation": [2, 3]}),
    ((7, 8, 2), {"kernel": [3, 4], "stride": [1, 2], "padding": "keep", "dilation": [2, 1]}),
    ((5, 6, 2), {"kernel": [2, 3], "stride": [3, 2], "padding": "keep"}),
)
_POOLED_WORDS: Settings = (
    ((7, 8, 2), {"kernel": [3, 4], "stride": [1, 2], "padding": "same"}),
    ((4, 9, 2), {"kernel": [1, 3], "stride": [1, 1], "padding": "keep"}),
    ((9, 7, 2), {"kernel": [2, 3]}),
    ((11, 14, 2), {"kernel": [4, 5], "stride": [3, 2], "padding": [2, 2]}),
    ((8, 9, 2), {"kernel": [2, 3], "stride": [2, 3], "padding": "same_lower"}),
    ((1, 2), {"kernel": 2, "stride": 2, "padding": "keep"}),
    ((1, 2), {"kernel": 2, "dilation": 3, "stride": 1, "padding": "same"}),
    ((1, 2), {"kernel": 4, "stride": 2, "padding": "keep"}),
    ((2, 2), {"kernel": 4, "stride": 2, "padding": "keep"}),
)
_TOO_LARGE: Settings = (
    ((4, 6, 2), {"kernel": [5, 2]}),
    ((4, 6, 2), {"kernel": [3, 4], "dilation": [1, 2], "stride": 1}),
    ((3, 2), {"kernel": 4, "stride": 2}),
)
_TOO_LARGE_CEIL: Settings = (
    ((1, 2), {"kernel": 7, "stride": 3, "padding": [[3, 0]]}),
    ((1, 2), {"kernel": 7, "stride": 3, "padding": [[0, 3]]}),
    ((3, 2), {"kernel": 2, "stride": 2, "dilation": 4}),
)
_HALF: Settings = (
    ((9, 9, 2), {"kernel": [3, 4], "padding": [2, 1]}),
    ((9, 9, 2), {"kernel": [5, 3], "padding": [[1, 1], [0, 2]]}),
    ((9, 9, 2), {"kernel": [3, 3], "stride": 1, "padding": "full"}),
    ((4, 4, 2), {"kernel": 1, "stride": 2, "padding": "keep"}),
)


def _with(settings: Settings, **more: Any) -> Settings:
    return tuple((x, {**more, **options}) for x, options in settings)


_MAPS: Settings = (((3, 4, 6), {}), ((5, 2), {}), ((7,), {}), ((2, 3, 5, 4), {}))
_BOTH: tuple[dict[str, bool], ...] = (
    {},
    {"scale": False},
    {"shift": False},
    {"scale": False, "shift": False},
)


def _each(maps: Settings, choices: tuple[dict[str, Any], ...]) -> Settings:
    """Every map with every choice."""
    return tuple((x, {**options, **choice}) for x, options in maps for choice in choices)


_TABLE = [[0, 2], [1], [3, 0, 1], [5], [4, 5], [2], [1, 0], [3], [4]]
_GROUPS: tuple[dict[str, Any], ...] = ({"groups": 7}, {"groups": 7, "bias": False}, {}, {"bias": False})
_FEWER: tuple[dict[str, Any], ...] = ({"groups": 3}, {"groups": 3, "bias": False}, {}, {"bias": False})

_RECURRENT: Settings = (
    *(
        ((6, 3), {"units": 5, "bidirectional": both, "layers": layers, **biases})
        for both in (False, True)
        for layers in (1, 4)
        for biases in ({"bias": False}, {}, {"biases": 2})
    ),
    ((7, 2), {"units": 3, "biases": 2}),
    ((3, 4), {"units": 1, "bidirectional": True, "layers": 3}),
    ((1, 1), {"units": 2, "layers": 2, "biases": 2}),
)

AWKWARD: dict[str, Settings] = {
    "conv": (
        *_with(_WINDOWS[:1], filters=6, groups=2),
        *_with(_WINDOWS[1:], filters=3),
        *_with(_APART, filters=9, stride=1),
        *_with(_APART, filters=9, bias=False),
        *_with(_APART, filters=9, groups=3),
        *_with(_APART, filters=9, groups=3, bias=False),
        *_with(_APART, filters=9, connections=_TABLE),
        *_with(_CEIL, filters=3),
        *_with(_WIDE, filters=5, bias=False),
        ((6, 7, 6), {"filters": 9, "kernel": [2, 3], "groups": 3, "bias": False}),
        ((5, 6, 4), {"filters": 3, "kernel": [2, 1], "connections": [[0, 2], [1], [3, 0, 1]]}),
        ((8, 4), {"filters": 6, "kernel": 3, "groups": 2, "padding": "same"}),
    ),
    "depthwise": (
        *_with(_WINDOWS[:4], multiplier=3),
        *_with(_APART, multiplier=3),
        *_with(_APART, multiplier=3, bias=False),
        ((8, 9, 2), {"kernel": [2, 3], "stride": [2, 3], "padding": "same_lower"}),
        *_WINDOWS[4:],
        *_with(_WIDE, multiplier=2, bias=False),
    ),
    "convtranspose": (
        *(((5, 9, 13, 14), {"filters": 21, "kernel": [2, 3, 4], "stride": [1, 2, 2], **more}) for more in _GROUPS),
        *(((9, 11, 6), {"filters": 15, "kernel": [4, 2], "stride": [2, 3], **more}) for more in _FEWER),
        *(((9, 6), {"filters": 15, "kernel": 4, "stride": 2, **more}) for more in _FEWER),
        *(((4, 5, 6), {"filters": 4, "kernel": [3, 2], "stride": [2, 3], "groups": 2, **more}) for more in (
            {}, {"padding": [[1, 0], [0, 1]]}, {"padding": [1, 0], "output_padding": [1, 2]}, {"bias": False},
            {"padding": "same"}, {"padding": "same_lower", "dilation": [2, 3]}, {"dilation": [3, 2]})),
        ((4, 6, 2), {"filters": 3, "kernel": [1, 2], "stride": [3, 4], "padding": "same"}),
        ((4, 6, 2), {"filters": 3, "kernel": [4, 3], "stride": 1, "padding": [[1, 2], [0, 1]], "dilation": [1, 2]}),
        ((5, 3), {"filters": 2, "kernel": 4, "stride": 3, "padding": 2, "output_padding": 1}),
        ((5, 3), {"filters": 2, "kernel": 2, "dilation": 4, "output_padding": 3}),
        ((3, 2, 4, 2), {"filters": 3, "kernel": [2, 3, 1], "stride": [1, 2, 3], "padding": [0, 1, 0]}),
        ((3, 5, 2), {"filters": 3, "kernel": [3, 5], "padding": [[3, 1], [4, 2]]}),
        ((3, 4, 2), {"filters": 3, "kernel": [2, 3], "padding": "valid", "output_padding": [0, 0]}),
        ((1, 1, 2), {"filters": 1, "kernel": [3, 2], "padding": [[1, 1], [0, 1]]}),
        ((1, 2), {"filters": 3, "kernel": 1, "dilation": 4, "output_padding": 3, "padding": [[3, 0]]}),
    ),
    "maxpool": (*_with(_APART, stride=1), *_WINDOWS, *_CEIL, *_POOLED_WORDS),
    "avgpool": (*_with(_APART, stride=1), *_WINDOWS, *_CEIL, *_POOLED_WORDS, *_with(_WINDOWS[:2], count_padding=True)),
    "lppool": (
        *(one for norm in (1, 2, 3) for one in _with(_APART, stride=1, norm=norm)), *_WINDOWS, *_CEIL, *_POOLED_WORDS,
    ),
    "trainablepool": (
        *_APART,
        ((7, 10, 4), {"kernel": [3, 2], "stride": [2, 3]}),
        ((9, 7, 2), {"kernel": [2, 3]}),
        ((9, 3), {"kernel": 4, "stride": 3}),
        ((5, 7, 6, 2), {"kernel": [2, 3, 1], "stride": [2, 1, 3]}),
    ),
    "subsample": (((7, 9, 2), {"stride": [2, 3]}), ((8, 3), {"stride": 3}), ((5, 7, 6, 2), {"stride": [2, 1, 4]})),
    "adaptiveavgpool": (
        ((7, 11, 13, 5), {"size": [2, 3, 8]}),
        ((7, 9, 3), {"size": [3, 4]}), ((8, 6, 2), {"size": [4, 2]}), ((5, 3), {"size": 2}),
        ((5, 4, 6, 2), {"size": [2, 3, 6]}), ((3, 4, 2), {"size": [5, 6]}), ((6, 5, 2), {"size": 1}),
    ),
    "globalavgpool": (((3, 4, 6), {}), ((5, 2), {}), ((2, 3, 5, 4), {})),
    "fc": (((40,), {"units": 5}), ((7,), {"units": 3}), ((7,), {"units": 3, "bias": False}), ((2, 3, 4), {"units": 5})),
    "linear": (
        ((7,), {"units": 3}), ((3, 24), {"units": 5}), ((5, 3), {"units": 4}), ((5, 3), {"units": 4, "bias": False}), ((2, 3, 4), {"units": 5}),
        ((2, 3, 2, 4), {"units": 5, "bias": False}), ((5, 3), {"units": 4, "tied": True}),
    ),
    "rbf": (((7,), {"units": 3}), ((2, 3, 4), {"units": 5})),
    "flatten": (((3, 4, 6), {}), ((5, 2), {}), ((2, 3, 5, 4), {}), ((7,), {})),
    "reshape": (((3, 4, 6), {"shape": [2, 9, 4]}), ((24,), {"shape": [2, 3, 4]}), ((4, 6), {"shape": [24]})),
    "permute": (((3, 4, 6), {"order": ["C", "H", "W"]}), ((5, 2), {"order": ["C", "T"]}),
                ((2, 3, 5, 4), {"order": ["W", "Z", "C", "H"]}), ((3, 4, 6), {"order": ["W", "D", "H"]})),
    "pad": (((3, 4, 2), {"amount": [[1, 0], [2, 3]]}), ((5, 2), {"amount": 2}), ((3, 4, 2), {"amount": {"C": [2, 1], "H": 1}})),
    "crop": (((7, 9, 5), {"amount": [[1, 0], [2, 3]]}), ((8, 2), {"amount": 2}), ((5, 6, 5), {"amount": {"C": [2, 1], "H": 1}}),
             ((4, 3), {"amount": [[1, 2]]})),
    "shuffle": (((2, 3, 6), {"groups": 2}), ((5, 6), {"groups": 3}), ((6,), {"groups": 2})),
    "upsample": (
        ((3, 4, 2), {"scale": [2, 3]}), ((5, 2), {"scale": 3}), ((3, 4, 2), {"scale": [3, 2], "mode": "bilinear"}),
        ((5, 2), {"scale": 2, "mode": "bilinear"}), ((3, 2, 4, 2), {"scale": [1, 2, 3], "mode": "bilinear"}),
        ((3, 2, 4, 2), {"scale": [1, 2, 3]}),
    ),
    "pixelshuffle": (((3, 4, 8), {"scale": 2}), ((2, 3, 18), {"scale": 3}), ((2, 3, 4), {"scale": 1})),
    "spacetodepth": (((4, 6, 3), {"scale": 2}), ((6, 3, 2), {"scale": 3}), ((2, 3, 4), {"scale": 1})),
    "lrn": (((3, 4, 6), {}), ((3, 4, 6), {"size": 3}), ((2, 3, 7), {"size": 4}), ((2, 3), {}), ((5,), {"size": 2})),
    "bn": _each(_MAPS, _BOTH),
    "layernorm": _each(_MAPS, _BOTH),
    "rmsnorm": (*_each(_MAPS, _BOTH), ((3, 4, 6), {"shift": True})),
    "instancenorm": _each((((3, 4, 6), {}), ((5, 2), {}), ((2, 3, 5, 4), {})), _BOTH),
    "groupnorm": _each((((3, 4, 6), {"groups": 3}), ((5, 4), {"groups": 2}), ((2, 3, 5, 4), {"groups": 4})), _BOTH),
    "softmax": (((3, 4, 6), {}), ((3, 4, 6), {"axis": "H"}), ((3, 4, 6), {"axis": "W"}), ((5, 2), {"axis": "T"}), ((7,), {}),
                ((2, 3, 5, 4), {"axis": "Z"})),
    "prelu": (((3, 4, 6), {}), ((3, 4, 6), {"shared": True}), ((5, 2), {}), ((7,), {})),
    "rnn": _RECURRENT,
    "gru": _RECURRENT,
    "lstm": _RECURRENT,
    "scores": (
        (((5, 12), (7, 12)), {"heads": 4}), (((5, 12), (7, 6)), {"heads": 4, "share": 2}), (((3, 5), (2, 5)), {"heads": 1}),
        (((4, 6), (4, 6)), {"heads": 3, "causal": True}), (((2, 12), (5, 4)), {"heads": 6, "share": 3}),
        ((5, 12), [{"scores": {"heads": 4, "a": [], "b": []}}]),
        ((9, 4), [{"conv": {"filters": 6, "kernel": 3}}, {"scores": {"heads": 2, "a": [], "b": [{"linear": 6}]}}]),
    ),
    "attend": (
        (((5, 7, 4), (7, 12)), {}), (((5, 7, 4), (7, 6)), {"share": 2}), (((3, 2, 1), (2, 5)), {}),
        (((2, 1, 6), (1, 4)), {"share": 3}),
    ),
    "mha": (
        ((7, 12), {"heads": 3}), (((7, 12), (9, 10)), {"heads": 3, "bias": False}), ((5, 12), {"heads": 2, "d": 20, "causal": True}),
        (((3, 5), (4, 7)), {"heads": 6, "d": 18, "kv_heads": 2}), ((6, 8), {"heads": 4, "kv_heads": 1}), ((1, 3), {"heads": 1}),
    ),
    "se": (
        ((5, 4, 12), {"reduction": 3}), ((7, 9), {"reduction": 4}), ((2, 3, 4, 11), {"reduction": 5, "bias": False}),
        ((6, 5, 33), {}), ((1, 1, 2), {"reduction": 2}),
    ),
    "separable": (
        ((7, 10, 3), {"filters": 5, "kernel": [3, 2], "stride": [2, 3], "padding": [[1, 0], [0, 1]], "multiplier": 2}),
        ((9, 6, 3), {"filters": 4, "kernel": [2, 3], "padding": "same", "bias": False}),
        ((11, 3), {"filters": 2, "kernel": 4, "stride": 3, "padding": 1, "multiplier": 3}),
        ((5, 7, 6, 2), {"filters": 3, "kernel": [2, 3, 2], "stride": [2, 1, 3]}), ((4, 5, 3), {"filters": 8}),
    ),
    "slice": (
        ((3, 4, 9), {"stop": 5}), ((3, 4, 9), {"start": 2, "stop": 7, "step": 2}), ((8, 2), {"start": -5, "stop": -1, "axis": "T"}),
        ((3, 11, 2), {"start": 1, "step": 4, "axis": "W"}), ((7,), {"start": 3}), ((2, 3, 5, 4), {"axis": "Z", "stop": 1}),
        ((5, 2), {}),
    ),
    "split": (
        ((3, 4, 9), {"parts": 3}), ((3, 4, 9), {"parts": 3, "part": 2}), ((8, 3), {"parts": 4, "part": 4, "axis": "T"}),
        ((6,), {"parts": 2, "part": 2}), ((5, 2), {"parts": 1}), ((2, 3, 5, 4), {"parts": 5, "part": 3, "axis": "W"}),
    ),
    "embed": (((7,), {"vocab": 5, "d": 3}), ((4,), {"vocab": 11, "d": 2}), ((4,), {"vocab": 11, "d": 2, "tied": True})),
    "posenc": (((7, 4), {}), ((7, 4), {"learned": True}), ((3, 5), {})),
    "tokens": (((7, 4), {}), ((5, 3), {"count": 2})),
    "scale": (*_with(_MAPS, factor=0.17), *_with(_MAPS, learned=True)),
    "dropout": (*_MAPS, ((5, 2), {"rate": 0.25}), ((5, 2), {"rate": 0.0})),
    "add": (
        (((3, 4, 6), (3, 4, 6)), {}), (((6,), (3, 4, 6), (3, 4, 6)), {}), (((5, 2), (2,)), {}),
        ((9, 8, 4), [{"add": {"a": [{"conv": {"filters": 4, "kernel": [3, 1], "padding": "same"}}], "b": []}}]),
        ((9, 8, 4), [{"add": {"a": [{"conv": {"filters": 4, "kernel": [3, 5], "padding": "same", "stride": 2}}],
                              "b": [{"subsample": 2}]}}]),
    ),
    "concat": (
        (((3, 4, 6), (3, 4, 2)), {}), (((3, 4, 6), (5, 4, 6), (1, 4, 6)), {"axis": "H"}), (((3, 4), (5, 4)), {"axis": "T"}),
        (((3, 4, 6), (3, 1, 6)), {"axis": "W"}), (((3,), (4,)), {}), (((2, 3, 4, 5), (2, 3, 4, 1)), {"axis": "D"}),
        ((9, 8, 4), [{"concat": {"a": [{"conv": {"filters": 3, "kernel": [3, 2], "padding": "same"}}],
                                 "b": [{"maxpool": {"kernel": [1, 3], "stride": 1, "padding": "same"}}]}}]),
        ((9, 8, 4), [{"concat": {"a": [{"conv": {"filters": 4, "kernel": [3, 1]}}], "b": [], "axis": "H"}}]),
        ((9, 8, 4), [{"concat": {"a": [], "b": [{"conv": {"filters": 4, "kernel": [1, 3]}}], "axis": "W"}}]),
    ),
}  # fmt: skip
AWKWARD["adaptivemaxpool"] = AWKWARD["adaptiveavgpool"]
AWKWARD["globalmaxpool"] = AWKWARD["globalavgpool"]
AWKWARD["depthtospace"] = AWKWARD["pixelshuffle"]
AWKWARD["mul"] = (
    *AWKWARD["add"][:3],
    ((9, 8, 4), [{"mul": {"a": [{"maxpool": {"kernel": [3, 2], "stride": 1, "padding": "same"}}], "b": []}}]),
)
for _word in ("identity", *layers.words()):
    _kind = layers.load(_word)
    if _word not in AWKWARD and (_word == "identity" or issubclass(_kind or object, Pointwise)):
        AWKWARD[_word] = _MAPS

REFUSED: dict[str, Settings] = {
    "conv": (
        *_with(_TOO_LARGE, filters=2),
        *_with(_TOO_LARGE[:1], filters=2, rounding="ceil", stride=1),
        *_with(_TOO_LARGE_CEIL, filters=2, rounding="ceil"),
        ((2, 3, 2), {"filters": 1, "kernel": [5, 1], "stride": 3, "rounding": "ceil"}),
        ((4, 5, 2), {"filters": 1, "kernel": [7, 2], "padding": [1, 0]}),
        ((4, 5, 2), {"filters": 1, "kernel": [7, 2], "padding": [[0, 2], [0, 0]]}),
        ((4, 5, 2), {"filters": 1, "kernel": [3, 2], "padding": "keep"}),
        ((4, 5, 2), {"filters": 1, "kernel": [2, 2], "dilation": [1, 3], "padding": "keep"}),
        ((4, 5, 5), {"filters": 4, "kernel": 1, "groups": 2}),
        ((4, 5, 4), {"filters": 5, "kernel": 1, "groups": 2}),
        ((4, 5, 2), {"filters": 2, "kernel": 1, "connections": [[0], [2]]}),
        ((4, 5, 2), {"filters": 2, "kernel": 1, "connections": [[0], [1, 1]]}),
        ((4, 5, 2), {"filters": 2, "kernel": 1, "connections": [[1, 1], [0]]}),
        ((4, 5, 2), {"filters": 2, "kernel": 1, "connections": [[0]]}),
        ((4, 5, 2), {"filters": 2, "kernel": 1, "groups": 2, "connections": [[0], [1]]}),
    ),
    "depthwise": (*_TOO_LARGE, ((4, 5, 2), {"kernel": [3, 2], "padding": "keep"})),
    "convtranspose": (
        ((4, 5, 5), {"filters": 4, "kernel": 1, "groups": 2}),
        ((4, 5, 4), {"filters": 5, "kernel": 1, "groups": 2}),
        ((2, 3, 1), {"filters": 1, "kernel": [2, 3], "padding": [[1, 2], [0, 0]]}),
        ((2, 3, 1), {"filters": 1, "kernel": [3, 2], "padding": [[1, 0], [2, 2]]}),
        ((2, 3, 1), {"filters": 1, "kernel": [3, 2], "stride": [2, 1], "output_padding": [2, 0]}),
        ((2, 3, 1), {"filters": 1, "kernel": [3, 2], "dilation": [1, 3], "output_padding": [0, 3]}),
        ((2, 3, 1), {"filters": 1, "kernel": 3, "padding": "full"}),
        ((2, 3, 1), {"filters": 1, "kernel": 3, "padding": "keep"}),
        ((2, 3, 1), {"filters": 1, "kernel": 3, "stride": 2, "padding": "same", "output_padding": 1}),
    ),
    "maxpool": (*_TOO_LARGE, *_with(_TOO_LARGE_CEIL, rounding="ceil"), *_HALF),
    "avgpool": (*_TOO_LARGE, *_with(_TOO_LARGE_CEIL, rounding="ceil"), *_HALF),
    "lppool": (*_TOO_LARGE, *_with(_TOO_LARGE_CEIL, rounding="ceil"), *_HALF),
    "trainablepool": (((4, 6, 2), {"kernel": [5, 2]}), ((4, 6, 2), {"kernel": [3, 7]})),
    "reshape": (((3, 4, 6), {"shape": [3, 4, 5]}), ((24,), {"shape": [25]})),
    "permute": (((3, 4, 6), {"order": ["C", "H", "H"]}), ((3, 4, 6), {"order": ["C", "H"]}), ((3, 4), {"order": ["C", "H"]}),
                ((3, 4, 6), {"order": ["H", "W"]})),
    "crop": (((4, 5, 2), {"amount": [[2, 2], [0, 0]]}), ((4, 5, 2), {"amount": {"C": [1, 1]}}), ((4, 5, 2), {"amount": {"W": [0, 5]}})),
    "shuffle": (((2, 3, 5), {"groups": 2}),),
    "groupnorm": (((2, 3, 5), {"groups": 2}),),
    "pixelshuffle": (((2, 3, 6), {"scale": 2}), ((2, 3, 3), {"scale": 3})),
    "spacetodepth": (((4, 5, 3), {"scale": 2}), ((5, 4, 3), {"scale": 2})),
    "softmax": (((5, 2), {"axis": "H"}), ((7,), {"axis": "T"})),
    "rnn": (((5, 2), {"units": 3, "biases": 3}),),
    "gru": (((5, 2), {"units": 3, "biases": 3}),),
    "lstm": (((5, 2), {"units": 3, "biases": 3}),),
    "scores": (
        (((5, 12), (7, 12)), {"heads": 5}), (((5, 12), (7, 6)), {"heads": 4}), (((5, 12), (7, 12)), {"heads": 4, "share": 2}),
        (((5, 12), (7, 4)), {"heads": 4, "share": 3}), (((5, 12), (7, 12), (7, 12)), {"heads": 4}),
        (((5, 3, 12), (7, 12)), {"heads": 4}), (((5, 12), (12,)), {"heads": 4}),
    ),
    "attend": (
        (((5, 7, 4), (6, 12)), {}), (((5, 7, 4), (7, 10)), {}), (((5, 7, 4), (7, 12)), {"share": 3}),
        (((5, 7), (7, 12)), {}), (((5, 7, 4), (7, 3, 12)), {}), (((5, 7, 4), (7, 12), (7, 12)), {}),
    ),
    "slice": (
        ((3, 4, 9), {"stop": 10}), ((3, 4, 9), {"start": 9}), ((3, 4, 9), {"start": -10}), ((3, 4, 9), {"start": 4, "stop": 4}),
        ((3, 4, 9), {"start": 5, "stop": -5}), ((3, 4, 9), {"stop": -9}), ((3, 4, 9), {"axis": "T", "stop": 1}),
    ),
    "split": (((3, 4, 9), {"parts": 2}), ((3, 4, 9), {"parts": 3, "part": 4}), ((3, 4), {"parts": 3, "axis": "H"})),
    "dropout": (((5, 2), {"rate": 1.0}), ((5, 2), {"rate": 1.5})),
    "add": ((((3, 4, 6), (3, 4, 5)), {}), (((3, 4, 6), (3, 5, 6)), {}), (((3, 4, 6), (5,)), {}), (((4, 6), (3, 4, 6)), {}),
            (((1, 4, 6), (3, 4, 6)), {})),
    "concat": ((((3, 4, 6), (3, 5, 6)), {}), (((3, 4, 6), (3, 4, 5)), {"axis": "H"}), (((3, 4, 6), (4, 6)), {}),
               (((3, 4), (5, 4)), {"axis": "H"}), (((4, 6), (4, 6, 3)), {}), (((4, 6, 3), (4, 6)), {"axis": "W"})),
}  # fmt: skip
REFUSED["mul"] = REFUSED["add"]
REFUSED["depthtospace"] = REFUSED["pixelshuffle"]
