"""A cell's name says which network, which layer and which reading is meant: `a:floor`, `after_conv1`, `stride3_fits`.

Pitfall: a name is matched whole before it is taken apart; `CONV1_1` is a label, and no second reading of `CONV1`.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable

from .network import Network, Part
from .ops import word_of

_DIMENSIONS = re.compile(r"(?<=[a-z])[123]d(?![a-z])")
"""What Keras and PyTorch put behind a layer's word: conv2d_1 is the first or second convolution, and never the twelfth."""
_WORDS = re.compile(r"\d+x\d+|[a-z]+|\d+|[一-鿿]+")
FAMILIES = (
    {"conv", "convolution"},
    {"maxpool", "avgpool", "lppool", "trainablepool", "pool"},
    {"fc", "linear"},
    {"globalavgpool", "globalmaxpool"},
    {"lstm"}, {"gru"}, {"rnn"},
)  # fmt: skip
"""Words that a cell's name may use for one another."""
SETTINGS = {
    "stride": "stride", "s": "stride", "kernel": "kernel", "k": "kernel", "f": "kernel", "filter": "kernel",
    "padding": "padding", "pad": "padding", "p": "padding", "dilation": "dilation", "rate": "dilation", "d": "dilation",
    "from": "n", "n": "n", "input": "n", "in": "n", "size": "n", "groups": "groups", "g": "groups", "步幅": "stride",
    "units": "units", "filters": "filters",
}  # fmt: skip
READINGS = {
    "floor": ("rounding", "floor"), "ceil": ("rounding", "ceil"), "caffe": ("rounding", "ceil"),
    "valid": ("padding", "valid"), "same": ("padding", "same"), "full": ("padding", "full"),
    "classic": ("biases", 1), "reset": ("biases", 2), "cudnn": ("biases", 2),
}  # fmt: skip
"""Words of a cell's name that stand for a setting and its value."""
_WHOLE = {
    "total",
    "sum",
    "all",
    "both",
    "pair",
    "together",
    "overall",
    "network",
    "合计",
    "总",
    "总计",
    "总和",
}
_LAST = {"final", "last", "out", "output", "end", "shape", "size"}


def words(cell: str) -> list[str]:
    """The words and numbers of a cell's name, small."""
    return _WORDS.findall(_DIMENSIONS.sub("", cell.lower()))


def norm(name: str) -> str:
    """A name without what people spell differently."""
    return re.sub(r"[^\w]|_", "", name.lower())


def means_whole(said: Iterable[str]) -> bool:
    """Whether these words ask for a whole network."""
    return not _WHOLE.isdisjoint(said)


def by_label(network: Network, name: str) -> Part | None:
    """The part that the problem calls so."""
    wanted = norm(name)
    for part in network.parts:
        if wanted in (norm(part.label), norm(part.name)):
            return part
    return network.find(name)


def counted_from_none(cell: str, cells: Iterable[str]) -> list[str]:
    """The words of a cell where Keras counts dense, dense_1, dense_2: the bare name is the first, and _1 the second."""
    said = words(cell)
    others = {tuple(words(other.rpartition(":")[0] or other)) for other in cells}
    number = next((i for i, word in enumerate(said) if i and word.isdigit()), None)
    base = tuple(said[:number]) if number is not None else tuple(said)
    if base not in others or (*base, "1") not in others:
        return said
    return [*base, str(int(said[number]) + 1), *said[number + 1 :]] if number is not None else [*base, "1"]


def by_words(network: Network, said: list[str]) -> Part | None:
    """The part that these words point at: a kind with a number, `l2`, or the only one of a kind."""
    joined = word_of("_".join(word for word in said if not word.isdigit())) if len(said) > 1 else None
    if joined is not None:
        found = _kind(network, "_".join(w for w in said if not w.isdigit()), next((int(w) for w in said if w.isdigit()), None))  # fmt: skip
        if found is not None:
            return found
    for i, word in enumerate(said):
        after = said[i + 1] if i + 1 < len(said) and said[i + 1].isdigit() else ""
        found = by_label(network, word + after) if after else None
        found = found or (by_label(network, word) if len(word) > 1 and not after else None)
        if found is None:
            found = _kind(network, word, int(after) if after else None)
        if found is None and word in ("after", "step", "row", "op", "stage") and after:
            found = _nth(list(network.parts), int(after))
        if found is None and word in ("l", "layer", "w", "b", "层", "no") and after:
            weighted = [part for part in network.parts if any(r.params.total for r in part.rows)]
            found = _nth(weighted or list(network.parts), int(after))
        if found is not None:
            return found
    if len(said) == 1 and said[0].isdigit():
        return _nth(list(network.parts), int(said[0]))
    return None


def _kind(network: Network, word: str, number: int | None) -> Part | None:
    if word == "pointwise":
        inside = [p for p in _rows(network) if p.word == "conv" and set(p.rows[-1].options["kernel"]) == {1}]
        return _nth(inside, number)
    if word == "output" or word in _LAST:
        return None
    spec = word_of(word) if len(word) > 1 else None
    if spec is None:
        return None
    family = next((f for f in FAMILIES if spec in f), {spec})
    parts = [part for part in network.parts if part.word in family]
    return _nth(parts or [part for part in _rows(network) if part.word in family], number)


def _rows(network: Network) -> list[Part]:
    """Every row as a part of its own."""
    pairs = zip(network.rows, network.bound.layers)
    return [Part(row.name, row.name, row.layer, (row,), (layer,)) for row, layer in pairs]


def _nth(parts: list[Part], number: int | None) -> Part | None:
    """The part of this number, from 1; without one the only part there is."""
    if number is None:
        return parts[0] if len(parts) == 1 else None
    return parts[number - 1] if 0 < number <= len(parts) else None


def names_a_layer(said: list[str]) -> str | None:
    """The word that stands for a kind of layer, where there is one: a cell that names a layer is never the whole."""
    known = (word for word in said if len(word) > 1 and word not in _LAST and word not in _NO_LAYERS)
    return next((word for word in known if word_of(word) is not None), None)


_NO_LAYERS = {
    "linear",
    "projection",
    "scale",
    "add",
    "mul",
    "identity",
    "embed",
    "embedding",
    "padding",
    "pad",
}
"""Words of layers that cells also use for other things."""


def settings(said: list[str]) -> dict[str, object]:
    """What the words of a cell's name set: `stride2`, `3x3`, `ceil`, `two_biases`."""
    found: dict[str, object] = {}
    for i, word in enumerate(said):
        after = said[i + 1] if i + 1 < len(said) else ""
        if word in SETTINGS and after.isdigit():
            found[SETTINGS[word]] = int(after)
        elif re.fullmatch(r"\d+x\d+", word):
            a, b = map(int, word.split("x"))
            found["kernel"] = a if a == b else (a, b)
        elif word in READINGS:
            key, value = READINGS[word]
            found[key] = value
        elif word in ("bias", "biases") and i and said[i - 1] in ("two", "2"):
            found["biases"] = 2
        elif word in ("bias", "biases") and i and said[i - 1] in ("one", "1"):
            found["biases"] = 1
    return found


def turns(said: list[str]) -> int:
    """How often a layer stands behind itself: `two3x3`, `3_layers`."""
    numbers = {"two": 2, "three": 3, "four": 4, "2": 2, "3": 3, "4": 4, "double": 2}
    for word, after in itertools.pairwise(said):
        if word in numbers and re.fullmatch(r"\d+x\d+|layers?", after):
            return numbers[word]
    return 1
