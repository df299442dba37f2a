"""The counted world: exact counts of what runs, and an error for everything that would slip past the counter."""

from __future__ import annotations

from collections.abc import Callable
from math import erf as true_erf
from typing import Any

import numpy as np
import pytest

from shapecalc.verify.counted import KINDS, MOVES, Counted, Tally, erf

Make = Callable[..., Any]


@pytest.fixture
def tally() -> Tally:
    return Tally()


@pytest.fixture
def make(tally: Tally) -> Make:
    """An array of ones in this test's tally."""
    return lambda *shape: Counted(np.ones(shape, np.float32), tally)


@pytest.mark.parametrize(("ufunc", "kind"), [(u, k) for u, k in KINDS.items() if u is not erf], ids=str)
def test_a_ufunc_counts_one_operation_a_value(ufunc: Any, kind: str, make: Make, tally: Tally) -> None:
    result = ufunc(*(make(3, 4) for _ in range(ufunc.nin)))
    assert isinstance(result, Counted)
    assert tally.counts == {kind: 12}


def test_the_kinds_are_those_of_the_contract() -> None:
    promised = "mul add sub div max min cmp exp log sqrt pow abs neg tanh erf sin cos"
    assert set(KINDS.values()) == set(promised.split())


def test_the_error_function_counts_and_is_the_true_one(tally: Tally) -> None:
    values = np.linspace(-3, 3, 200_001, dtype=np.float32)
    result = erf(Counted(values.reshape(-1, 1), tally))
    assert tally.counts == {"erf": 200_001}
    assert result.dtype == np.float32 and result.shape == (200_001, 1)
    assert (
        result.data[[0, 100_000, 150_000], 0].tolist()
        == np.array([true_erf(-3), 0, true_erf(1.5)], np.float32).tolist()
    )


@pytest.mark.parametrize("build", [lambda x: np.add(x, x), lambda x: x + x, lambda x: x + 1.0, lambda x: 1.0 + x,
                                   lambda x: np.add(np.ones((2, 3), np.float32), x)])  # fmt: skip
def test_operators_scalars_and_plain_operands_count_alike(build: Any, make: Make, tally: Tally) -> None:
    assert isinstance(build(make(2, 3)), Counted)
    assert tally.counts == {"add": 6}


def test_broadcasting_counts_the_values_that_come_out(make: Make, tally: Tally) -> None:
    np.multiply(make(5, 1), make(1, 7))
    assert tally.counts == {"mul": 35}


def test_a_matrix_product_counts_its_products_and_its_sums(make: Make, tally: Tally) -> None:
    result = np.matmul(make(2, 3), np.ones((3, 5), np.float32))
    assert tally.counts == {"mul": 30, "add": 20}
    assert result.data.tolist() == [[3.0] * 5] * 2


def test_a_product_of_single_terms_adds_nothing(make: Make, tally: Tally) -> None:
    _ = make(4, 1) @ make(1, 6)
    assert tally.counts == {"mul": 24}


def test_stacked_matrix_products_count_each(make: Make, tally: Tally) -> None:
    np.matmul(make(7, 2, 3), make(3, 5))
    assert tally.counts == {"mul": 210, "add": 140}


@pytest.mark.parametrize(
    ("axis", "left", "count"), [(0, (3, 4), 12), (-1, (2, 3), 18), ((0, 1), (4,), 20), (None, (), 23)]
)
def test_a_reduction_counts_one_less_than_it_sums(
    axis: Any, left: tuple[int, ...], count: int, make: Make, tally: Tally
) -> None:
    assert np.add.reduce(make(2, 3, 4), axis=axis).shape == left
    assert tally.counts == {"add": count}


def test_a_maximum_along_an_axis_counts_as_max(make: Make, tally: Tally) -> None:
    assert np.maximum.reduce(make(2, 5), axis=1, keepdims=True).shape == (2, 1)
    assert tally.counts == {"max": 8}


def test_out_writes_into_the_array_and_counts(make: Make, tally: Tally) -> None:
    x, y = make(3), make(3)
    assert np.add(x, 1.0, out=y) is y
    assert y.data.tolist() == [2.0] * 3
    assert tally.counts == {"add": 3}
    y += x
    assert y.data.tolist() == [3.0] * 3
    assert tally.counts == {"add": 6}


def test_out_writes_through_a_view(make: Make, tally: Tally) -> None:
    y = make(2, 3)
    np.multiply(y[:, 1:], 5.0, out=y[:, 1:])
    assert y.data.tolist() == [[1, 5, 5], [1, 5, 5]]
    assert tally.counts == {"mul": 4}


def test_moving_numbers_is_free_and_stays_counted(make: Make, tally: Tally) -> None:
    x = make(2, 3, 4)
    moved = [
        x[0], x[..., 1:], x[:, None], x.reshape(6, 4), x.transpose(2, 0, 1), x.empty(5), x.full(2.0, 3), x.like(x.data),
        np.concatenate([x, x], axis=1), np.concatenate([x, np.ones((2, 1, 4))], axis=1), np.where(np.ones(4, bool), x, 0.0),
        np.take(x, [0, 0], axis=1), np.repeat(x, 2, axis=0), np.broadcast_to(x, (5, 2, 3, 4)), np.flip(x, 1),
        np.moveaxis(x, 0, -1), np.stack([x, x]), np.lib.stride_tricks.sliding_window_view(x, 2, 1),
    ]  # fmt: skip
    assert all(isinstance(y, Counted) and y.tally is tally for y in moved)
    x[0] = x[1]
    x[0, 0] = 5.0
    assert tally.counts == {}
    assert len(x) == 2 and x.ndim == 3 and x.size == 24 and x.contiguous and not x[:, :2].contiguous


def test_numbers_to_look_up_with_are_plain_and_whole(tally: Tally) -> None:
    indices = Counted(np.array([2.0, -1.5], np.float32), tally).indices()
    assert type(indices) is np.ndarray and indices.tolist() == [2, -1]


LEAKS: dict[str, Callable[[Any], Any]] = {
    "asarray": np.asarray,
    "array": np.array,
    "a plain array built of it": lambda x: np.array([x, x]),
    "written into a plain array": lambda x: np.empty((2, 3), np.float32).__setitem__(slice(None), x),
    "a plain out": lambda x: np.add(x, x, out=np.empty((2, 3), np.float32)),
    "a plain out of a product": lambda x: np.matmul(x, np.ones((3, 2)), out=np.empty((2, 2))),
    "a plain out of a reduction": lambda x: np.add.reduce(x, axis=0, out=np.empty(3, np.float32)),
    "a plain out of a move": lambda x: np.concatenate([x, x], out=np.empty((4, 3), np.float32)),
    "added in place to a plain array": lambda x: np.ones((2, 3), np.float32).__iadd__(x),
    "float": lambda x: float(x[0, 0]),
    "its own dot": lambda x: x.dot(x),
    "its own sum": lambda x: x.sum(),
    "its own mean": lambda x: x.mean(),
}
UNLISTED: dict[str, Callable[[Any], Any]] = {
    "dot": lambda x: np.dot(x, np.ones(3)),
    "sum": np.sum,
    "mean": np.mean,
    "max": np.max,
    "einsum": lambda x: np.einsum("ij->i", x),
    "tensordot": lambda x: np.tensordot(x, x),
    "pad": lambda x: np.pad(x, 1),
    "clip": lambda x: np.clip(x, 0, 1),
    "linalg.norm": np.linalg.norm,
    "square": np.square,
    "floor_divide": lambda x: x // 2,
    "remainder": lambda x: x % 2,
    "log1p": np.log1p,
    "expm1": np.expm1,
    "sign": np.sign,
    "accumulate": np.add.accumulate,
    "outer": lambda x: np.multiply.outer(x, x),
    "at": lambda x: np.add.at(x, 0, 1.0),
    "reduceat": lambda x: np.add.reduceat(x, [0, 1]),
    "where=": lambda x: np.add(x, x, where=np.ones((2, 3), bool)),
    "dtype=": lambda x: np.add(x, x, dtype=np.float64),
    "initial=": lambda x: np.add.reduce(x, axis=0, initial=1.0),
    "where= in a reduction": lambda x: np.add.reduce(x, axis=0, where=np.ones((2, 3), bool)),
    "erf with out": lambda x: erf(x, out=x),
    "the error function's reduction": erf.reduce,
    "matmul with axes": lambda x: np.matmul(x, x, axes=[(0, 1), (1, 0), (0, 1)]),
}


@pytest.mark.parametrize("leak", LEAKS)
def test_no_way_out_of_the_counted_world(leak: str, make: Make) -> None:
    with pytest.raises((TypeError, AttributeError)):
        LEAKS[leak](make(2, 3))


@pytest.mark.parametrize("call", UNLISTED)
def test_what_is_not_on_the_list_raises_and_counts_nothing(call: str, make: Make, tally: Tally) -> None:
    with pytest.raises((TypeError, ValueError)):
        UNLISTED[call](make(2, 3))
    assert tally.counts == {}


def test_the_list_of_moves_computes_nothing() -> None:
    assert not {f for f in MOVES if isinstance(f, np.ufunc)}
