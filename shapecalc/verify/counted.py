"""Arrays that count: every multiplication, addition and comparison is tallied where NumPy carries it out.

Pitfall: a subclass of ndarray would leak (`np.empty` scratch and `a.dot(b)` drop it, and the count stays 0 without a
word), so this wraps a private array. It is a closed world: what is not on the list below raises.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.lib.mixins import NDArrayOperatorsMixin

Array = Any
erf = np.frompyfunc(math.erf, 1, 1)
"""The error function, one value after another: NumPy has none."""

KINDS: dict[Any, str] = {
    np.multiply: "mul", np.add: "add", np.subtract: "sub", np.divide: "div", np.maximum: "max", np.minimum: "min",
    np.greater: "cmp", np.greater_equal: "cmp", np.less: "cmp", np.less_equal: "cmp", np.equal: "cmp",
    np.exp: "exp", np.log: "log", np.sqrt: "sqrt", np.power: "pow", np.absolute: "abs", np.negative: "neg",
    np.tanh: "tanh", np.sin: "sin", np.cos: "cos", erf: "erf",
}  # fmt: skip
"""What each ufunc counts as; a square is a multiplication and must be written as one."""


class Tally:
    """Operations executed so far, by kind."""

    __slots__ = ("counts",)

    def __init__(self) -> None:
        self.counts: dict[str, int] = {}

    def add(self, kind: str, n: int) -> None:
        if n:
            self.counts[kind] = self.counts.get(kind, 0) + n


class Counted(NDArrayOperatorsMixin):
    """An array whose arithmetic is counted in its tally; moving and viewing numbers is free."""

    __slots__ = ("data", "tally")

    def __init__(self, data: Array, tally: Tally) -> None:
        self.data = data
        self.tally = tally

    shape = property(lambda self: self.data.shape)
    ndim = property(lambda self: self.data.ndim)
    size = property(lambda self: self.data.size)
    dtype = property(lambda self: self.data.dtype)

    def like(self, data: Array) -> Counted:
        """Another array that counts in the same tally."""
        return Counted(data, self.tally)

    def empty(self, *shape: int) -> Counted:
        """Scratch of this shape, filled with nothing in particular."""
        return self.like(np.empty(shape, self.dtype))

    def full(self, value: float, *shape: int) -> Counted:
        return self.like(np.full(shape, value, self.dtype))

    def reshape(self, *shape: int) -> Counted:
        return self.like(self.data.reshape(*shape))

    def transpose(self, *axes: int) -> Counted:
        return self.like(self.data.transpose(*axes))

    def __getitem__(self, key: Any) -> Counted:
        return self.like(self.data[_bare(key)])

    def __setitem__(self, key: Any, value: Any) -> None:
        self.data[_bare(key)] = _bare(value)

    def __len__(self) -> int:
        return len(self.data)

    def __array__(self, *_args: Any, **_options: Any) -> Array:
        raise TypeError("a counted array does not become a plain one behind the counter's back")

    def __array_ufunc__(self, ufunc: Any, method: str, *inputs: Any, out: Any = None, **options: Any) -> Any:
        arrays = [_bare(x) for x in inputs]
        if out is not None:
            options["out"] = tuple(_bare(x) for x in out)
        if ufunc is np.matmul and method == "__call__":
            result = ufunc(*arrays, **options)
            terms = arrays[0].shape[-1]
            self.tally.add("mul", result.size * terms)
            self.tally.add("add", result.size * (terms - 1))
        elif ufunc in KINDS and method == "__call__":
            result = ufunc(*arrays, **options)
            if ufunc is erf:
                result = result.astype(self.dtype)
            self.tally.add(KINDS[ufunc], result.size)
        elif ufunc in KINDS and method == "reduce":
            result = ufunc.reduce(*arrays, **options)
            self.tally.add(KINDS[ufunc], arrays[0].size - result.size)
        else:
            raise TypeError(f"{ufunc.__name__}.{method} is not counted, so a kernel may not use it")
        return out[0] if out is not None else self.like(result)

    def __array_function__(self, function: Callable[..., Any], _types: Any, args: Any, options: Any) -> Any:
        if function not in MOVES:
            raise TypeError(f"{function.__name__} is not counted, so a kernel may not use it")
        return self.like(function(*_bare(args), **{k: _bare(v) for k, v in options.items()}))


MOVES = frozenset({np.concatenate, np.where, np.take, np.repeat, np.broadcast_to, np.flip, np.moveaxis, np.stack})
"""Functions that move numbers and compute none."""


def _bare(value: Any) -> Any:
    """Plain arrays inside whatever a caller passed."""
    if isinstance(value, Counted):
        return value.data
    if isinstance(value, (tuple, list)):
        return type(value)(_bare(v) for v in value)
    return value
