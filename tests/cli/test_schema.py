"""`schema`: a valid JSON Schema that takes every spec that comes along, and refuses obvious mistakes."""

from __future__ import annotations

from typing import Any

import pytest
import yaml

from shapecalc import catalogue, layers
from shapecalc.spec.schema import schema

from .conftest import Cli

jsonschema = pytest.importorskip("jsonschema")


@pytest.fixture(scope="module")
def validator() -> Any:
    return jsonschema.Draft202012Validator(schema())


def test_printed(cli: Cli) -> None:
    found = cli("schema")
    assert found.code == 0 and found.err == "" and found.json == schema()
    assert found.json["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    jsonschema.Draft202012Validator.check_schema(found.json)


@pytest.mark.parametrize("name", catalogue.names())
def test_every_built_in_is_valid(validator: Any, name: str) -> None:
    data = yaml.safe_load(catalogue.source(name).text)
    assert [error.message for error in validator.iter_errors(data)] == []


@pytest.mark.parametrize("name", ["lenet5", "resnet18", "googlenet", "lenet5_1998", "mobilenet_v1"])
def test_what_expand_writes_is_valid(cli: Cli, validator: Any, name: str) -> None:
    assert validator.is_valid(yaml.safe_load(cli("expand", name).out))


@pytest.mark.parametrize("word", layers.words())
def test_every_layer_is_known(validator: Any, word: str) -> None:
    layer = layers.load(word)
    assert layer is not None
    for name in (word, *layer.aliases):
        options = {
            option.name: ["C"] if option.kind == "order" else "x"
            for option in layer.OPTIONS.values()
            if option.required
        }
        entry = [{name: {"main": ["relu"], "skip": "identity"}}] if layer.merges else [{name: options}]
        assert validator.is_valid({"input": "8x8x3", "layers": entry}), name


GOOD: list[dict[str, Any]] = [
    {
        "input": "8x8x3",
        "layers": ["relu"],
        "grading": {
            "columns": ["output_shape", "params"],
            "conventions": {"bias": True, "rounding": "floor", "batch": 8, "cost": "macs", "bn": 4},
            "marks": {"params": 2},
            "credit": {"no_bias": 0.5, "layout": "50%"},
            "cao": True,
            "rows": {"relu1": ["R1"]},
        },
    },
    {
        "input": "8x8x3",
        "layers": ["relu", {"conv": 4}, {"conv": {"filters": "4*n", "f": "1x7", "p": "same"}}],
        "params": {"n": "int"},
    },
    {
        "input": {"a": [8], "b": "HxWx3"},
        "layers": [{"add": ["a", "b"]}, {"seq": ["relu"]}, {"seq": {"layers": ["relu"], "repeat": 2}}],
    },
    {
        "base": "resnet50",
        "set": {"conv4": 36},
        "expect": {"params": 60_192_808, "macs": "<= 12e9", "output": 1000},
    },
    {
        "input": 8,
        "layers": [{"Block": 3}, "Block"],
        "blocks": {"Block": {"params": {"n": 1}, "layers": [{"fc": "n"}]}},
    },
    {
        "input": "8x8x3",
        "layers": [{"relu": {"if": "n > 3", "else": "gelu", "note": "x", "from": "prev", "frozen": True}}],
        "params": {"n": 3},
    },
    {
        "input": "8x8x3",
        "layers": [],
        "outputs": "input",
        "frozen": ["a"],
        "layout": "CHW",
        "spec": 1,
        "meta": {"any": ["thing"]},
    },
    {
        "input": "8x8x3",
        "layers": ["relu"],
        "published": [{"quantity": "params", "value": "0", "where": "here", "wrong": "no"}],
    },
    {"input": "8x8x3", "layers": ["relu"], "grading": {"columns": ["params"], "tolerance": "1%"}},
]
BAD: list[Any] = [
    {},
    [],
    "vgg16",
    {"input": "8x8x3"},
    {"layers": ["relu"]},
    {"input": "8x8x3", "layer": ["relu"]},
    {"input": "8x8x3", "layers": ["rleu"]},
    {"input": "8x8x3", "layers": [{"cnv": 3}]},
    {"input": "8x8x3", "layers": [{"conv": {"filter": 3}}]},
    {"input": "8x8x3", "layers": [{"conv": {"filters": [[3]]}}]},
    {"input": "8x8x3", "layers": [{"conv": {"filters": 3, "bias": 1.5}}]},
    {"input": "8x8x3", "layers": [{"conv": 3, "relu": None}]},
    {"input": "8x8x3", "layers": ["relu"], "grading": {"columns": ["size"]}},
    {"input": "8x8x3", "layers": ["relu"], "grading": {"conventions": {"bn": 3}}},
    {"input": "8x8x3", "layers": ["relu"], "grading": {"credit": {"no_bias": 2}}},
    {"input": "8x8x3", "layers": "relu", "layout": "NCHW"},
    {"input": "8x8x3", "layers": ["relu"], "blocks": {"small": ["relu"]}},
    {"input": "8x8x3", "layers": ["relu"], "expect": {"parms": 3}},
    {"input": "8x8x3", "layers": ["relu"], "published": [{"value": 3}]},
    {"input": "8x8x3", "layers": ["relu"], "spec": 2},
    {"base": ["resnet50"]},
]


@pytest.mark.parametrize("spec", GOOD)
def test_good(validator: Any, spec: dict[str, Any]) -> None:
    assert [error.message for error in validator.iter_errors(spec)] == []


@pytest.mark.parametrize("spec", BAD)
def test_bad(validator: Any, spec: Any) -> None:
    assert not validator.is_valid(spec)
