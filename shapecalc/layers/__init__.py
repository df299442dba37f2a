"""The folder is the registry: a layer's word is its file's name, and an alias is found by looking through the files."""

from __future__ import annotations

import os
import re
from functools import cache
from importlib import import_module

from ._base import Case, Layer, Option, Shape, Step

__all__ = ["Case", "Layer", "Option", "Shape", "Step", "find", "load", "words"]


@cache
def load(word: str) -> type[Layer] | None:
    """The layer of this word or alias, or None; a known word loads just its file."""
    layer = _load(word)
    return layer or next((found for w in words() if (found := _load(w)) and word in found.aliases), None)


@cache
def _load(word: str) -> type[Layer] | None:
    if word.startswith("_") or not word.isidentifier() or not word.isascii() or word != word.lower():
        return None
    try:
        module = import_module(f".{word}", __name__)
    except ModuleNotFoundError as missing:
        if missing.name != f"{__name__}.{word}":
            raise
        return None
    classes = (c for c in vars(module).values() if isinstance(c, type) and issubclass(c, Layer))
    return next(c for c in classes if c.__module__ == module.__name__)


def word_of(layer: type[Layer]) -> str:
    """The canonical word of a layer: its file's name."""
    return layer.__module__.rpartition(".")[2]


@cache
def words() -> tuple[str, ...]:
    """Every layer's word, sorted."""
    names = os.listdir(os.path.dirname(__file__))
    return tuple(sorted(n[:-3] for n in names if n.endswith(".py") and not n.startswith("_")))


def meaning(unknown: str) -> str | None:
    """The built-in word for a word of Keras, PyTorch, Caffe or a Chinese text, or None."""
    return _meanings().get(_plain(unknown))


@cache
def _meanings() -> dict[str, str]:
    """Every word that is known, without what differs from tool to tool, and the layer it means."""
    known = ((word, layer) for word in words() if (layer := _load(word)))
    pairs = [
        (_plain(other), word) for word, layer in known for other in (*layer.synonyms, *layer.aliases, word)
    ]
    return dict(reversed(pairs))


def find(unknown: str) -> str | None:
    """The built-in word that an unknown word means: a synonym first, then the closest spelling."""
    from ..errors import nearest

    aliases = [a for w in words() if (layer := _load(w)) for a in layer.aliases]
    return meaning(unknown) or nearest(unknown, [*words(), *aliases])


def _plain(word: str) -> str:
    """A word without what differs from tool to tool: nn.MaxPool2d, max_pooling and MaxPoolLayer are one."""
    plain = re.sub(r"[_\- ]", "", word.rpartition(".")[2].lower()).replace("pooling", "pool")
    return re.sub(r"(?<=.)([123]d)?(layer)?$", "", plain)
