"""Recurrent gates and grouped transposed convolutions give the values of PyTorch and of ONNX, which are written down.

Counts alone would let two gates change places. Gates exchanged, a direction forgotten, groups in another order: each is
planted and must be seen in the values.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from shapecalc.verify.kernels import _recurrent, gru, lstm

from .recorded import FILE, Setting, asked, settings
from .world import execute

RECORDED = json.loads(FILE.read_text(encoding="utf-8"))
SETTINGS = {setting.name: setting for setting in settings()}
NEAR = {"rtol": 2e-5, "atol": 3e-6}


def values(name: str) -> Any:
    return np.array(RECORDED[name]["values"]).reshape(RECORDED[name]["shape"])


def ours(setting: Setting) -> Any:
    return execute(setting.word, setting.x, weights=setting.weights, **setting.given).y


def test_every_setting_is_written_down() -> None:
    assert SETTINGS.keys() == RECORDED.keys() and len(SETTINGS) == 58
    assert {entry["source"].split()[0] for entry in RECORDED.values()} == {"torch", "onnx"}


@pytest.mark.parametrize("name", SETTINGS)
def test_values_are_those_of_another_program(name: str) -> None:
    np.testing.assert_allclose(ours(SETTINGS[name]), values(name), **NEAR)


@pytest.mark.parametrize("name", SETTINGS)
def test_the_other_program_still_says_so(name: str) -> None:
    try:
        _source, y = asked(SETTINGS[name])
    except (ImportError, pytest.skip.Exception) as missing:
        pytest.skip(
            f"PyTorch or ONNX is not installed, so its values are those that were written down: {missing}"
        )
    np.testing.assert_allclose(y, values(name), **NEAR)


def wrong(word: str) -> list[str]:
    """The settings whose values are others now."""
    return [
        name
        for name, s in SETTINGS.items()
        if s.word == word and not np.allclose(ours(s), values(name), **NEAR)
    ]


def _exchanged(first: int, second: int, right: Callable[..., Any]) -> Callable[..., Any]:
    """A cell that takes one gate for another."""

    def cell(*args: Any) -> Any:
        *before, sums, within, bias, states = args
        units = states[0].shape[-1]
        places = np.arange(within.shape[-1])
        one, other = (
            slice(first * units, first * units + units),
            slice(second * units, second * units + units),
        )
        places[one], places[other] = places[other].copy(), places[one].copy()
        chosen = None if bias is None else bias[places]
        return right(*before, sums[..., places], within[:, places], chosen, states)

    return cell


@pytest.mark.parametrize(("first", "second"), [(0, 1), (0, 2), (0, 3), (1, 2), (1, 3), (2, 3)])
def test_gates_of_an_lstm_that_change_places_are_seen(
    first: int, second: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lstm, "_cell", _exchanged(first, second, lstm._cell))
    assert len(wrong("lstm")) == 12


@pytest.mark.parametrize(("first", "second"), [(0, 1), (0, 2), (1, 2)])
def test_gates_of_a_gru_that_change_places_are_seen(
    first: int, second: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(gru, "_cell", _exchanged(first, second, gru._cell))
    assert len(wrong("gru")) == 10


@pytest.mark.parametrize("word", ["rnn", "gru", "lstm"])
def test_a_direction_that_is_read_forwards_is_seen(word: str, monkeypatch: pytest.MonkeyPatch) -> None:
    right = _recurrent._read
    monkeypatch.setattr(_recurrent, "_read", lambda x, w, cell, states, way: right(x, w, cell, states, 0))
    seen = wrong(word)
    assert seen and all("2 ways" in name for name in seen)
    assert len(seen) == sum(s.word == word and s.given["bidirectional"] for s in SETTINGS.values())


@pytest.mark.parametrize("word", ["rnn", "gru", "lstm"])
def test_a_second_bias_that_is_forgotten_is_seen(word: str, monkeypatch: pytest.MonkeyPatch) -> None:
    right = _recurrent._read
    monkeypatch.setattr(
        _recurrent, "_read", lambda x, w, cell, states, way: right(x, (*w[:3], None), cell, states, way)
    )
    seen = wrong(word)
    assert len(seen) == 4 and all("2 biases" in name for name in seen)


def test_groups_in_another_order_are_seen() -> None:
    for name, s in SETTINGS.items():
        if s.word == "convtranspose" and s.given["groups"] > 1:
            w, bias = s.weights
            turned = execute(s.word, s.x, weights=(np.roll(w, 2, axis=-2), bias), **s.given).y
            assert not np.allclose(turned, values(name), **NEAR), name
