"""Arrays that count: every multiplication, addition and comparison is tallied where NumPy carries it out.

Pitfall: a subclass of ndarray would leak (`np.empty` scratch and `a.dot(b)` drop it, and the count stays 0 without a
word), so this wraps a private array. It is a closed world: what is not on the lists below raises.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from threading import Lock
from typing import Any

import numpy as np
from numpy.lib.mixins import NDArrayOperatorsMixin
from numpy.lib.stride_tricks import sliding_window_view

from .spread import spread

Array = Any
"""A counted array, to whoever annotates: NumPy's own annotations know no duck arrays."""

erf: Any = np.frompyfunc(math.erf, 1, 1)
"""The error function, one value after another: NumPy has none."""

KINDS: dict[Any, str] = {
    np.multiply: "mul", np.add: "add", np.subtract: "sub", np.divide: "div", np.maximum: "max", np.minimum: "min",
    np.greater: "cmp", np.greater_equal: "cmp", np.less: "cmp", np.less_equal: "cmp", np.equal: "cmp",
    np.exp: "exp", np.log: "log", np.sqrt: "sqrt", np.power: "pow", np.absolute: "abs", np.negative: "neg",
    np.tanh: "tanh", np.sin: "sin", np.cos: "cos", erf: "erf",
}  # fmt: skip
"""What each ufunc counts as; a square is a multiplication and must be written as one."""

PLAIN = {"__call__": frozenset({"out"}), "reduce": frozenset({"axis", "keepdims", "out"})}
"""Ways to call a ufunc, and the arguments that leave its count as it is; `where=` and `initial=` would not."""

STRETCH = 65_536
"""Values that become Python numbers at a time, where NumPy lacks a function."""


class Tally:
    """Operations executed so far, by kind, on one thread or on several.

    `products` are those multiplications that matrix products made; `wires` how often a number of the input, or one
    made of it, met a parameter, which is a plain array.
    """

    __slots__ = ("counts", "lock", "products", "threads", "wires")

    def __init__(self, threads: int = 1) -> None:
        self.counts: dict[str, int] = {}
        self.products = 0
        self.wires = 0
        self.lock = Lock()
        self.threads = threads

    def clear(self) -> None:
        self.counts.clear()
        self.products = self.wires = 0

    def add(self, kind: str, n: int) -> None:
        if n:
            with self.lock:
                self.counts[kind] = self.counts.get(kind, 0) + n

    def multiply(self, n: int) -> None:
        """Multiplications of a matrix product."""
        self.add("mul", n)
        with self.lock:
            self.products += n

    def meet(self, n: int) -> None:
        """Numbers that each met a parameter."""
        with self.lock:
            self.wires += n


class Counted(NDArrayOperatorsMixin):
    """An array whose arithmetic is counted in its tally; moving and viewing numbers is free."""

    __slots__ = ("data", "tally")

    def __init__(self, data: Any, tally: Tally) -> None:
        self.data = data
        self.tally = tally

    shape = property(lambda self: self.data.shape)
    ndim = property(lambda self: self.data.ndim)
    size = property(lambda self: self.data.size)
    dtype = property(lambda self: self.data.dtype)
    contiguous = property(lambda self: self.data.flags.c_contiguous)

    def like(self, data: Any) -> Array:
        """Another array that counts in the same tally."""
        return Counted(data, self.tally)

    def empty(self, *shape: int) -> Array:
        """Scratch of this shape, filled with nothing in particular."""
        return self.like(np.empty(shape, self.dtype))

    def full(self, value: float, *shape: int) -> Array:
        return self.like(np.full(shape, value, self.dtype))

    def spread(self, work: Callable[[Iterator[Any]], None], jobs: list[Any]) -> None:
        """Do all jobs on as many threads as there may be; each calls `work` with an iterator over those left."""
        spread(work, jobs, self.tally.threads)

    def reshape(self, *shape: int) -> Array:
        return self.like(self.data.reshape(*shape))

    def transpose(self, *axes: int) -> Array:
        return self.like(self.data.transpose(*axes))

    def indices(self) -> Any:
        """The values as plain whole numbers, to look something up with."""
        return self.data.astype(np.int64)

    def __getitem__(self, key: Any) -> Array:
        return self.like(self.data[_bare(key)])

    def __setitem__(self, key: Any, value: Any) -> None:
        self.data[_bare(key)] = _bare(value)

    def __len__(self) -> int:
        return len(self.data)

    def __array__(self, *_args: Any, **_options: Any) -> Any:
        raise TypeError("a counted array does not become a plain one behind the counter's back")

    def __array_ufunc__(self, ufunc: Any, method: str, *inputs: Any, out: Any = None, **options: Any) -> Any:
        arrays = [_bare(x) for x in inputs]
        if not (options.keys() <= PLAIN.get(method, frozenset()) and method in PLAIN):
            raise TypeError(
                f"{ufunc.__name__}.{method} with {sorted(options)} is not counted, so a kernel may not use it"
            )
        if out is not None:
            if not all(isinstance(x, Counted) for x in out):
                raise TypeError(f"the result of {ufunc.__name__} would leave the counted world")
            options["out"] = tuple(x.data for x in out)
        if ufunc is np.matmul and method == "__call__":
            result = ufunc(*arrays, **options)
            terms = arrays[0].shape[-1]
            self.tally.multiply(result.size * terms)
            self.tally.add("add", result.size * (terms - 1))
            if _learned(inputs):
                self.tally.meet(result.size * terms)
        elif ufunc is erf and method == "__call__" and not options:
            result = _one_by_one(math.erf, arrays[0])
            self.tally.add("erf", result.size)
        elif ufunc in KINDS and ufunc is not erf:
            result = ufunc(*arrays, **options) if method == "__call__" else ufunc.reduce(*arrays, **options)
            self.tally.add(
                KINDS[ufunc], result.size if method == "__call__" else arrays[0].size - result.size
            )
            if method == "__call__" and _learned(inputs):
                self.tally.meet(result.size)
        else:
            raise TypeError(f"{ufunc.__name__}.{method} is not counted, so a kernel may not use it")
        return out[0] if out is not None else self.like(result)

    def __array_function__(self, function: Callable[..., Any], _types: Any, args: Any, options: Any) -> Any:
        if function not in MOVES:
            raise TypeError(f"{function.__name__} is not counted, so a kernel may not use it")
        if not isinstance(options.get("out"), (Counted, type(None))):
            raise TypeError(f"the result of {function.__name__} would leave the counted world")
        return self.like(function(*_bare(args), **{k: _bare(v) for k, v in options.items()}))


MOVES = frozenset({
    np.broadcast_to, np.concatenate, np.flip, np.moveaxis, np.repeat, np.stack, np.take, np.where, sliding_window_view,
})  # fmt: skip
"""Functions that move numbers and compute none."""


def _learned(inputs: tuple[Any, ...]) -> bool:
    """Return True if a counted array meets a plain one: parameters are drawn plain, and what is made of data never is."""
    return any(isinstance(x, np.ndarray) and x.ndim > 0 for x in inputs)


def _bare(value: Any) -> Any:
    """Plain arrays inside whatever a caller passed."""
    if isinstance(value, Counted):
        return value.data
    if isinstance(value, (tuple, list)):
        return type(value)(_bare(v) for v in value)
    return value


def _one_by_one(function: Callable[[float], float], array: Any) -> Any:
    """The function's value for every number of a plain array, in stretches that do not fill the memory."""
    flat, result = array.reshape(-1), np.empty(array.size, array.dtype)
    for first in range(0, flat.size, STRETCH):
        stretch = flat[first : first + STRETCH]
        result[first : first + STRETCH] = np.fromiter(
            map(function, stretch.tolist()), array.dtype, stretch.size
        )
    return result.reshape(array.shape)
