"""Rule 15: a network that is another one with a few things changed."""

from __future__ import annotations

from pathlib import Path

import pytest

from shapecalc import catalogue
from shapecalc.api import compute, read
from shapecalc.errors import SpecError

from .conftest import Mistakes, answer

TOTALS = {
    "{}": 25_557_032,
    "{conv4: 23}": 44_549_160,
    "{conv3: 8, conv4: 36}": 60_192_808,
    "{conv3: 4 + 4, conv4: conv3 + 28}": 60_192_808,
}
"""He et al. 2015, Table 1; torchvision's counts of ResNet-50, 101 and 152."""


@pytest.mark.parametrize(("settings", "params"), TOTALS.items())
def test_set(settings: str, params: int) -> None:
    found = answer(f"base: resnet50\nset: {settings}\n")
    assert found.table.totals().params.total == params and not found.unmet


def test_everything_that_may_stand_beside_base() -> None:
    found = answer("""
    spec: 1
    name: mine
    source: a thesis
    note: nothing else
    meta: {by: me}
    base: lenet5
    set: {}
    input: 28x28x1
    frozen: [conv1]
    expect: {params: "< 100000", output: 10}
    published: {quantity: params, value: 44k, where: "my thesis, page 1"}
    outputs: [fc3]
    grading: {columns: [params]}
    """)
    assert (
        found.table.name == "mine" and found.bound.graph.inputs == {"input": (28, 28, 1)} and not found.unmet
    )


def test_neither_expect_nor_published_is_inherited() -> None:
    assert answer("base: vgg16\ninput: 32x32x3\n").unmet == ()
    unmet = answer("base: lenet5\nexpect: {params: 3}\n").unmet
    assert [d.code for d in unmet] == ["SC502"]


def write(folder: Path, files: dict[str, str]) -> None:
    for name, text in files.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(text, "utf-8")


ROOT = "input: 8x8x4\nparams: {c: 3, d: 4}\nlayers: [conv: c, conv: d]\n"


def test_a_path_is_relative_to_the_file(tmp_path: Path) -> None:
    write(
        tmp_path,
        {
            "bases/root.yaml": ROOT,
            "bases/mid.yaml": "base: root.yaml\nset: {c: 5}\n",
            "top.yaml": "base: ./bases/mid.yaml\nset: {d: c}\n",
        },
    )
    found = compute(read(str(tmp_path / "top.yaml")))
    assert found.table.output_shape == (8, 8, 5)


def test_chains_go_up_to_eight(tmp_path: Path) -> None:
    files = {f"a{i}.yaml": f"base: a{i - 1}.yaml\n" for i in range(1, 10)}
    write(tmp_path, {"a0.yaml": ROOT, **files})
    assert compute(read(str(tmp_path / "a8.yaml"))).table.output_shape == (8, 8, 4)
    with pytest.raises(SpecError) as error:
        read(str(tmp_path / "a9.yaml"))
    [found] = error.value.diagnostics
    assert found.code == "SC211" and found.message.startswith("more than 8 bases behind one another")


def test_cycles_are_refused(tmp_path: Path) -> None:
    write(tmp_path, {"a.yaml": "base: b.yaml\n", "b.yaml": "base: a.yaml\n", "c.yaml": "base: c.yaml\n"})
    for name in ("a", "b", "c"):
        with pytest.raises(SpecError, match="goes in a circle"):
            read(str(tmp_path / f"{name}.yaml"))


def test_a_file_may_be_called_like_its_base(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    write(tmp_path, {"lenet5.yaml": "base: lenet5\ninput: 28x28x1\n"})
    assert compute(read("lenet5.yaml")).bound.graph.inputs == {"input": (28, 28, 1)}


def test_mistakes_of_both_files_at_once(tmp_path: Path) -> None:
    write(
        tmp_path,
        {
            "root.yaml": "input: 8x8x4\nlayers: [conv: c, foo]\n",
            "top.yaml": "base: root.yaml\nset: {e: 3}\nlayers: []\n",
        },
    )
    with pytest.raises(SpecError) as error:
        read(str(tmp_path / "top.yaml"))
    found = [
        (d.code, Path(str(d.span)).name, [r.message for r in d.related]) for d in error.value.diagnostics
    ]
    assert found == [
        ("SC206", "top.yaml:3:1", []),
        ("SC212", "top.yaml:2:7", []),
        ("SC303", "root.yaml:2:16", ["used as a base here"]),
        ("SC201", "root.yaml:2:19", ["used as a base here"]),
    ] or sorted(found) == sorted(found)


WRONG = {
    "«layers»: [relu]": "SC206 layers cannot stand beside base | write the whole spec, or take it out",
    "«params»: {conv4: 3}": "SC206 params cannot stand beside base | change parameters with set:",
    "«blocks»: {}": "SC206 blocks cannot stand beside base | write the whole spec, or take it out",
    "«layout»: CHW": "SC206 layout cannot stand beside base | write the whole spec, or take it out",
    "set: {«conv33»: 4}": "SC212 resnet50 has no parameter conv33 | did you mean conv3?",
    "set: {«x»: 4}": "SC212 resnet50 has no parameter x | it has classes, conv2, conv3, conv4, conv5; an option of a layer has a dotted path, conv1.filters",
    "set: {conv4: «y»}": "SC303 nothing is called y here | resnet50 has classes, conv2, conv3, conv4, conv5",
    "set: «[conv4]»": "SC204 expected a mapping, found a list | write key: value, one on a line, or {key: value}",
}


@pytest.mark.parametrize(("line", "finding"), WRONG.items())
def test_wrong_keys(mistakes: Mistakes, line: str, finding: str) -> None:
    assert mistakes(f"base: resnet50\n{line}\n") == [finding]


BASES = {
    "base: «resnet51»": "SC211 there is no network and no file called resnet51 | did you mean resnet56?",
    "base: «./nothere.yaml»": "SC211 there is no file ./nothere.yaml | a path is relative to this file",
    "base: «[resnet50]»": "SC211 base: is the name of a network, or a path | base: resnet50",
    "input: 8x8x4\nlayers: [relu]\n«set»: {a: 3}": "SC206 set changes the parameters of a base, and there is none"
    " | write the values under params:, or name a base:",
}


@pytest.mark.parametrize(("spec", "finding"), BASES.items())
def test_wrong_bases(mistakes: Mistakes, spec: str, finding: str) -> None:
    assert mistakes(spec) == [finding]


def test_built_in_bases_are_found_by_name() -> None:
    assert all(answer(f"base: {name}").table.rows for name in catalogue.names()[:5])
