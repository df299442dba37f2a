"""`shapecalc verify` from the outside: its JSON, its table, its refusals and its exit codes."""

from __future__ import annotations

import json
from typing import Any

import pytest

from shapecalc.cli._main import run
from shapecalc.layers.conv import Conv
from shapecalc.verify import kernels, runner

Said = pytest.CaptureFixture[str]


def answer(said: Said, *arguments: str) -> tuple[int, Any]:
    code = run(["verify", *arguments, "--format", "json"])
    return code, json.loads(said.readouterr().out)


def test_json_of_the_contract(capsys: Said) -> None:
    code, found = answer(capsys, "lenet5", "--receptive-field")
    assert code == 0
    assert found["schema"] == "shapecalc/1"
    assert found["name"] == "LeNet-5"
    assert found["ok"] is True
    first = found["layers"][0]
    agreed = {"predicted": 117600, "measured": 117600, "ok": True}
    assert first["name"] == "conv1"
    assert first["ok"] is True
    assert first["shape"] == {"predicted": [28, 28, 6], "measured": [28, 28, 6], "ok": True}
    assert first["params"] == {"predicted": 156, "measured": 156, "ok": True}
    assert first["buffers"] == {"predicted": 0, "measured": 0, "ok": True}
    assert first["macs_on_data"] == agreed
    assert first["ops"] == {"mul": agreed, "add": agreed}
    assert first["receptive_field"]["predicted"] == first["receptive_field"]["measured"]
    assert isinstance(first["seconds"], float)
    assert found["layers"][-1]["receptive_field"] is None, "past a flatten there is none"
    assert found["totals"]["params"]["measured"] == 61706
    assert found["totals"]["macs"]["measured"] == 416520


def test_counts_do_not_depend_on_the_seed(capsys: Said) -> None:
    both = [answer(capsys, "lenet5", "--seed", seed)[1]["layers"] for seed in ("1", "2")]
    for layers in both:
        for layer in layers:
            layer.pop("seconds")
    assert both[0] == both[1]


def test_batch_multiplies_operations_and_not_parameters(capsys: Said) -> None:
    code, found = answer(capsys, "lenet5", "--batch", "3")
    assert code == 0
    assert found["totals"]["macs"]["measured"] == 3 * 416520
    assert found["totals"]["params"]["measured"] == 61706


def test_up_to_a_layer(capsys: Said) -> None:
    code, found = answer(capsys, "lenet5", "--layer", "conv2")
    assert code == 0
    assert [layer["name"] for layer in found["layers"]] == ["conv1", "avgpool1", "conv2"]
    assert run(["verify", "lenet5", "--layer", "conv3"]) == 2
    assert "did you mean conv" in capsys.readouterr().err


def test_memory_is_estimated_and_refused_with_the_number(capsys: Said) -> None:
    assert run(["verify", "vgg16", "--max-memory", "100M"]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert "104,857,600" in err
    assert "--max-memory" in err


def test_table_marks(capsys: Said) -> None:
    assert run(["verify", "edge_detection"]) == 0
    assert "✓  total" in capsys.readouterr().out
    assert run(["--ascii", "verify", "edge_detection"]) == 0
    assert capsys.readouterr().out.isascii()


def test_a_wrong_formula_is_named_with_both_values(capsys: Said, monkeypatch: pytest.MonkeyPatch) -> None:
    right = Conv.formulas

    def wrong(self: Conv) -> Any:
        return {**right(self), "biases": type(right(self)["macs"])("C_out + 1")}

    monkeypatch.setattr(Conv, "formulas", wrong)
    assert run(["verify", "conv1x1"]) == 1
    out = capsys.readouterr().out
    assert "✗" in out
    assert "conv1: biases is 33 (C_out + 1 = 32 + 1) by formula, and 32 when run" in out


def test_a_layer_without_a_kernel_is_unverified(capsys: Said, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(runner, "load", lambda word: None if word == "avgpool" else kernels.load(word))
    code, found = answer(capsys, "lenet5")
    assert code == 1
    assert found["ok"] is False
    assert found["layers"][1]["ok"] is None
    assert found["layers"][1]["unverified"]


def test_broken_specs_stay_in_their_place(capsys: Said) -> None:
    code, found = answer(capsys, "edge_detection", "no_such_net", "conv1x1")
    assert code == 2
    assert [("error" in document, document["name"]) for document in found][1] == (True, "no_such_net")
    assert [document.get("ok") for document in found] == [True, None, True]
