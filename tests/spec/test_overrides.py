"""Dotted overrides: a path with another number is the same spec edited by hand."""

from __future__ import annotations

import random
from collections import Counter
from pathlib import Path

import pytest

import shapecalc
from shapecalc import catalogue
from shapecalc.api import Answer, Selection, compute, read
from shapecalc.engine import Bound
from shapecalc.engine.expand import expand
from shapecalc.engine.paths import places
from shapecalc.errors import Source, SpecError, UsageError
from shapecalc.spec import load
from shapecalc.spec.tree import Scalar

from .conftest import answer

BLOCKS = """
input: 16x16x8
params: {n: 3, k: 3}
blocks:
  Res:
    params: {f: int, k: 3}
    layers:
      - add: {main: [conv: {filters: f, kernel: k, padding: k // 2}, relu, conv: {filters: 8, kernel: 3, padding: 1}], skip: identity}
layers:
  - Res: {f: 4, repeat: n}
  - Res: {f: 5, repeat: 2}
  - seq: {name: 主体, repeat: 2, layers: [conv: 8, relu]}
  - conv: {filters: 6, name: 1x1}
  - concat: {3x3: [conv: {filters: 2, kernel: 3, padding: same}], pool: [maxpool: {kernel: 3, stride: 1, padding: same}]}
  - seq: {name: head, layers: [fc: 12, fc: 10]}
"""


def network(settings: dict[str, str], text: str = BLOCKS) -> dict[str, dict[str, object]]:
    """The options of every row of a network with overrides."""
    bound = answer(text, settings).bound
    return {node.name: dict(node.options) for node in bound.graph.nodes}


@pytest.mark.parametrize(
    ("path", "value", "rows", "option", "wanted"),
    [
        ("res1.f", "7", ["res1.main.conv1"], "filters", 7),
        ("res2.k", "5", ["res2.main.conv1"], "padding", ((2, 2), (2, 2))),
        ("res2.main.conv2.bias", "false", ["res2.main.conv2"], "bias", False),
        ("res1.f", "2*n", ["res1.main.conv1"], "filters", 6),
        ("res1.main.conv1.filters", "f + k", ["res1.main.conv1"], "filters", 7),
        ("res.f", "3", [f"res{i}.main.conv1" for i in range(1, 6)], "filters", 3),
        ("res.main.conv1.bias", "false", [f"res{i}.main.conv1" for i in range(1, 6)], "bias", False),
        ("主体.conv1.filters", "9", ["主体1.conv1", "主体2.conv1"], "filters", 9),
        ("主体2.conv1.filters", "9", ["主体2.conv1"], "filters", 9),
        ("1x1.filters", "9", ["1x1"], "filters", 9),
        ("3x3.conv1.kernel", "1x3", ["3x3.conv1"], "kernel", (1, 3)),
        ("conv1.kernel", "1x3", ["3x3.conv1"], "kernel", (1, 3)),
        ("3x3.conv1.p", "[[0, 2], [1, 1]]", ["3x3.conv1"], "padding", ((0, 2), (1, 1))),
        ("fc1.units", "11", ["head.fc1"], "units", 11),
        (" head . fc1 . units ", "11", ["head.fc1"], "units", 11),
        ("head.fc1.units", "1e1", ["head.fc1"], "units", 10),
    ],
)  # fmt: skip
def test_one_option(path: str, value: str, rows: list[str], option: str, wanted: object) -> None:
    if path == "conv1.kernel":  # only one conv1 is left, so the end of its path is enough
        text = BLOCKS.replace("repeat: n}", "repeat: 0}").replace("repeat: 2", "repeat: 0")
    else:
        text = BLOCKS
    before, after = network({}, text), network({path: value}, text)
    changed = {name for name in after if after[name] != before[name]}
    assert changed == set(rows)
    assert all(after[name][option] == wanted for name in rows)


@pytest.mark.parametrize(
    ("settings", "turns"),
    [
        ({"res.repeat": "1"}, {"res": 2, "主体": 2}),
        ({"res1.repeat": "1"}, {"res": 3, "主体": 2}),
        ({"res4.repeat": "4"}, {"res": 7, "主体": 2}),
        ({"主体.repeat": "0"}, {"res": 5}),
        ({"主体1.repeat": "3"}, {"res": 5, "主体": 3}),
        ({"res1.repeat": "k - 1", "主体.repeat": "n + 1"}, {"res": 4, "主体": 4}),
        ({"n": "1", "res2.f": "9"}, {"res": 3, "主体": 2}),
        ({"1x1.repeat": "2"}, {"res": 5, "主体": 2, "1x1": 2}),
    ],
)  # fmt: skip
def test_repeats(settings: dict[str, str], turns: dict[str, int]) -> None:
    heads = {name.split(".")[0] for name in network(settings)}
    counted = {
        word: sum(h[: len(word)] == word and h[len(word) :].isdigit() for h in heads) for word in turns
    }
    assert counted == turns
    if "1x1.repeat" in settings:
        assert {"1x11", "1x12"} <= heads


def test_the_later_one_counts(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(BLOCKS, "utf-8")
    (tmp_path / "b.yaml").write_text("base: a.yaml\nset: {res2.f: 6, fc1.units: 20, n: 2}\n", "utf-8")
    (tmp_path / "c.yaml").write_text("base: b.yaml\nset: {res.f: 7, head.fc1.units: 21}\n", "utf-8")
    plan = read(str(tmp_path / "c.yaml"))
    rows = {n.name: n.options for n in compute(plan).bound.graph.nodes}
    assert (
        rows["res2.main.conv1"]["filters"] == 7
        and rows["head.fc1"]["units"] == 21
        and "res5.add1" not in rows
    )
    chosen = Selection({"fc1.units": "22", "res2.filters": "1"} | {"res2.f": "8"})
    with pytest.raises(SpecError, match="Res has no option filters"):
        compute(plan, chosen)
    rows = {
        n.name: n.options
        for n in compute(plan, Selection({"fc1.units": "22", "res2.f": "8"})).bound.graph.nodes
    }
    assert rows["res2.main.conv1"]["filters"] == 8 and rows["head.fc1"]["units"] == 22


WRONG = {
    "conv1.filters=3": "SC305 conv1 may be any of 8 layers | write the whole path: res1.main.conv1.filters, res2.main.conv1.filters, res3.main.conv1.filters, …",
    "main.conv1.filters=3": "SC305 main.conv1 may be any of 5 layers | write the whole path: res1.main.conv1.filters, res2.main.conv1.filters, res3.main.conv1.filters, …\nor for all of them: res.main.conv1.filters",
    "res2.repeat=3": "SC305 res2 is one turn of a repeated entry | write it for all turns: res.repeat",
    "add1.x=3": "SC305 add1 may be any of 5 layers | write the whole path: res1.add1.x, res2.add1.x, res3.add1.x, …\nor for all of them: res.add1.x",
    "res1.q=3": "SC202 Res has no option q | it takes f, k, repeat, frozen",
    "res1.f=x": "SC303 nothing is called x here | declare it under params:",
    "concat1.axis=Q": "SC204 expected an axis, found Q | the axes are C H W T Z",
    "head.fc9.units=3": "SC305 no layer is called head.fc9 | did you mean head.fc2.units?",
    "fc9.units=3": "SC305 no layer is called fc9 | did you mean head.fc2.units?",
    "zzzz.units=3": "SC305 no layer is called zzzz | take a name of the table: res1, res1.add1, res1.main.conv1, …",
    "fc1.flatten.axis=3": "SC305 fc1.flatten comes with head.fc1, and has no options of its own | write it as an entry to change it: - flatten",
    "head.fc1.flatten.axis=3": "SC305 head.fc1.flatten comes with head.fc1, and has no options of its own | write it as an entry to change it: - flatten",
    "fc1.if=false": "SC202 fc has no option if | only its options, repeat and frozen can be set from outside",
    "fc1.units=unknown": "SC217 units is unknown | write a number, or have it worked out: shapecalc solve",
    "..=3": "SC305 .. is no path to an option | a layer, a dot, an option: conv1.filters",
    "x=3": "SC212 t.yaml has no parameter x | it has n, k; an option of a layer has a dotted path, conv1.filters",
}  # fmt: skip


@pytest.mark.parametrize(("setting", "words"), WRONG.items())
def test_wrong_paths(setting: str, words: str) -> None:
    path, _equals, value = setting.partition("=")
    with pytest.raises(SpecError) as error:
        answer(BLOCKS, {path: value})
    found = error.value.diagnostics[0]
    assert f"{found.code} {found.message} | {found.help}" == words
    assert found.span is not None and found.span.source.name == f"--set {path}"


def graph(bound: Bound) -> list[tuple[object, ...]]:
    """What two networks must share to be the same."""
    return [
        (n.name, n.layer, n.inputs, dict(n.options), n.frozen, bound.shapes[n.name])
        for n in bound.graph.nodes
    ]


def outcome(plan_text: str, name: str, settings: dict[str, str]) -> object:
    """The network, or the codes and sentences of what is wrong with it."""
    try:
        plan = load(Source(name, plan_text), catalogue.base)
        return graph(compute(plan, Selection(settings), cures=False).bound)
    except SpecError as error:
        return sorted({(d.code, d.message) for d in error.diagnostics if d.severity == "error"})


NETWORKS = [name for name in catalogue.names() if name not in ("resnet1202", "resnet110")]


@pytest.mark.parametrize("name", NETWORKS)
def test_every_network_as_if_edited_by_hand(name: str) -> None:
    """An option that is written in the file once, and used once: other text in its place, against an override."""
    plan = read(name)
    source = plan.entries[0].key.source
    found = places(plan)
    used = Counter(id(place.entry) for place in found)
    literals = [
        (place.path, option, value.node)
        for place in found
        if used[id(place.entry)] == 1 and place.entry.repeat is None
        for option, value in place.entry.options.items()
        if isinstance(value.node, Scalar) and not value.node.style and value.node.source is source
    ]
    draw = random.Random(f"overrides {name}")  # noqa: S311
    lines = source.text.split("\n")
    for path, option, node in draw.sample(literals, min(4, len(literals))):
        new = draw.choice(["1", "2", "3", "7", "64", "same", "5x3", "0", "true", "half", "4 // 3", "[1, 2]"])
        line = lines[node.line]
        edited = [*lines]
        edited[node.line] = line[: node.column] + new + line[node.end_column :]
        by_hand = outcome("\n".join(edited), "edited.yaml", {})
        assert outcome(source.text, "edited.yaml", {f"{path}.{option}": new}) == by_hand, (path, option, new)


@pytest.mark.parametrize("name", ["lenet5", "resnet18", "googlenet", "mobilenet_v2"])
def test_expand_writes_the_changed_network(name: str) -> None:
    """What `expand` writes has the numbers of the overrides, needs none of them, and takes them as well."""
    plan = read(name)
    draw = random.Random(f"expand {name}")  # noqa: S311
    for place in draw.sample([p for p in places(plan) if p.entry.word in ("conv", "fc")], 3):
        settings = {f"{place.path}.bias": "true"}
        bound = compute(plan, Selection(settings)).bound
        written = load(Source("written.yaml", expand(bound)), catalogue.base)
        assert graph(compute(written).bound) == graph(bound)


def test_random_paths_are_answered_in_words() -> None:
    draw = random.Random("paths")  # noqa: S311
    parts = ["res1", "res", "main", "conv1", "conv", "主体", "1x1", "3x3", "add1", "filters", "f", "", "repeat",
             "input", "$x", "é", "-", "0", "head", "fc1", "flatten", "units", "frozen", "名"]  # fmt: skip
    values = [
        "3",
        "x",
        "",
        "[",
        "{a: 1}",
        "same",
        "true",
        "9" * 30,
        "1.5",
        "input.C",
        "f",
        "💥",
        "- 1",
        "1e400",
    ]
    for _turn in range(300):
        path = ".".join(draw.choice(parts) for _part in range(draw.randint(2, 5)))
        try:
            answer(BLOCKS, {path: draw.choice(values)})
        except (SpecError, UsageError) as error:
            assert not isinstance(error, SpecError) or all(d.message and d.span for d in error.diagnostics)


def test_python() -> None:
    changed = shapecalc.load("lenet5", **{"conv1.filters": 12})  # type: ignore[arg-type]
    assert changed.params == 64_262  # 312 + 4,816 + 48,120 + 10,164 + 850, by hand
    assert (
        changed.at(**{"conv1.filters": 6}).params == 61_706
    )  # LeCun et al. 1998, as architectures/lenet5.yaml
    assert shapecalc.load("lenet5", settings={"conv1.kernel": (5, 5)}).params == 61_706
    solved = shapecalc.solve("lenet5", where="params <= 62000", **{"conv1.filters": range(1, 20)})  # type: ignore[arg-type]
    assert [s["conv1.filters"] for s in solved] == [1, 2, 3, 4, 5, 6]


def test_solve_fills_an_unknown_option() -> None:
    text = "base: lenet5\nset: {conv1.filters: unknown}\nexpect: {params: 64262}\n"
    found = shapecalc.solve(text)
    assert [dict(s) for s in found] == [{"conv1.filters": 12}]


def test_letters_beside_a_path() -> None:
    bound: Answer = compute(read("lenet5"), Selection({"conv1.filters": "12"}, symbolic=("H",)))
    assert str(bound.bound.shapes["conv1"][0]) == "H − 4" and bound.bound.shapes["conv1"][2] == 12
    text = "input: HxWx3\nlayers: [conv: {filters: 4, kernel: 3}]\n"
    assert list(map(str, answer(text, {"conv1.filters": "W"}).bound.shapes["conv1"])) == [
        "H − 2",
        "W − 2",
        "W",
    ]
