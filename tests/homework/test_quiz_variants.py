"""Variants: valid, sensible, the same for the same seed and student, and never a neighbour's."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from pathlib import Path

import pytest

from shapecalc import api, catalogue
from shapecalc.errors import Source, UsageError
from shapecalc.graph import Graph
from shapecalc.homework.quiz.knobs import other_sizes, other_widths
from shapecalc.homework.quiz.make import Wish
from shapecalc.homework.quiz.roster import file_name, numbered, students
from shapecalc.homework.quiz.sheets import Made, Maker, Request
from shapecalc.spec import Plan, load

NETWORKS = [name for name in catalogue.names() if name not in ("resnet1202", "resnet110")]
MADE = """
name: A block with groups and heads
input: 24x24x3
params: {width: 32, k: 5, groups: 4}
blocks:
  Grouped:
    params: {filters: int, kernel: 3, stride: 1}
    layers:
      - conv: {filters: filters, kernel: kernel, stride: stride, padding: kernel // 2, groups: groups}
      - relu
layers:
  - conv: {filters: width, kernel: 3, padding: 1}
  - Grouped: {filters: 2*width, kernel: k}
  - add: {main: [Grouped: {filters: 64, kernel: 3}], skip: identity}
  - conv: {filters: 16, kernel: 4, stride: 2}
  - gap
  - fc: 10
"""
TOKENS = """
input: [T]
params: {d: 64, heads: 8, ff: 256, vocab: 1000, T: 16}
blocks:
  Encoder:
    layers:
      - add: {main: [layernorm, linear: ff, relu, linear: d], skip: identity}
layers:
  - embed: {vocab: vocab, d: d}
  - posenc
  - Encoder: {repeat: 2}
"""


def made(spec: str, n: int = 6, seed: int = 1, names: Sequence[str] = (), **wish: object) -> list[Made]:
    plan = load(Source("net.yaml", spec)) if "\n" in spec else api.read(spec)
    maker = Maker(api.compute(plan).bound, Request(Wish(seed=seed, **wish)))
    return [one for _student, one in maker.each(names or numbered(n))]


def key(one: Made) -> Plan:
    """The key of a variant, read as a file in any folder is."""
    return load(Source("key.yaml", one.key), catalogue.base)


def graph(one: Made) -> Graph:
    """The network of a key, read again."""
    return api.compute(key(one)).bound.graph


def chains(one: Made) -> dict[str, tuple[object, ...]]:
    columns = one.quiz.columns
    return {c: tuple(b.value for b in one.quiz.blanks if b.column == c) for c in columns}


@pytest.mark.parametrize("spec", [*NETWORKS, MADE, TOKENS])
def test_every_network_has_variants(spec: str) -> None:
    plan = load(Source("net.yaml", spec)) if "\n" in spec else api.read(spec)
    old = api.compute(plan).bound
    found = made(spec, 4, rate=1.0)
    assert len({one.key for one in found}) == 4
    for one in found:
        answer = api.compute(key(one))
        assert [n.name for n in answer.bound.graph.nodes] == [n.name for n in old.graph.nodes]
        assert not answer.unmet
        for node in answer.bound.graph.nodes:
            new, before = answer.bound.shapes[node.name], old.shapes[node.name]
            assert len(new) == len(before) and min(new) >= 1
            assert all(a > 1 for a, b in zip(new[:-1], before[:-1]) if b > 1), node.name
        for blank in one.quiz.blanks:
            row = next(row for row in answer.table.rows if row.name == blank.row)
            right = {
                "output_shape": row.output_shape,
                "activations": row.activations,
                "params": row.params.total,
            }
            assert blank.value == right[blank.column]
    pairs = list(itertools.pairwise(found))
    for a, b in pairs:
        for column, chain in chains(a).items():
            assert not any(chain) or chain != chains(b)[column], column


@pytest.mark.parametrize("spec", ["lenet5", "alexnet", "vgg16", "resnet18", "mobilenet_v2", "googlenet"])
def test_neighbours_share_no_number(spec: str) -> None:
    found = made(spec, 8, rate=1.0)
    for a, b in itertools.pairwise(found):
        same = [x for x, y in zip(a.quiz.blanks, b.quiz.blanks) if x.value == y.value and x.value != 0]
        assert not same


def test_parity_groups_and_padding() -> None:
    for one in made(MADE, 12):
        nodes = {node.name: node.options for node in graph(one).nodes}
        assert all(options["filters"] % 2 == 0 for options in nodes.values() if "filters" in options)
        grouped = [options for options in nodes.values() if options.get("groups", 1) > 1]
        assert len(grouped) == 2 and all(o["filters"] % o["groups"] == 0 for o in grouped)
        for options in nodes.values():
            if "kernel" in options and options["kernel"][0] % 2:
                assert options["padding"][0][0] == options["kernel"][0] // 2
        assert nodes["conv2"]["kernel"] == (4, 4)


REPEATED = """
input: 40x40x8
blocks:
  Res:
    layers:
      - add: {main: [conv: {filters: 8, kernel: 3, padding: 1, groups: 2}, relu], skip: identity}
layers:
  - conv: {filters: 8, kernel: 3, stride: 2, padding: 1, name: first}
  - Res: {repeat: 3}
  - conv: {filters: 12, kernel: 1, name: last}
"""


def test_strides_groups_and_repeats_vary() -> None:
    found = made(REPEATED, 40, blank="first.params,last.output_shape")
    nodes = [graph(one).nodes for one in found]
    assert {n[0].options["stride"][0] for n in nodes} >= {1, 2, 3}
    assert {n[1].options["groups"] for n in nodes} >= {2, 4}
    assert {sum(node.layer == "add" for node in n) for n in nodes} >= {2, 3, 4}
    for one in found:
        assert [(b.row, b.column) for b in one.quiz.blanks] == [("first", "params"), ("last", "output_shape")]


@pytest.mark.parametrize("spec", ["lenet5", "alexnet", "resnet18"])
def test_strides_of_well_known_networks_vary(spec: str) -> None:
    strides = {
        tuple(node.options["stride"] for node in graph(one).nodes if "stride" in node.options)
        for one in made(spec, 20)
    }
    assert len(strides) > 1


def test_an_added_turn_gives_nothing_away() -> None:
    for one in made(REPEATED, 20, blank="params"):
        assert sum(node.layer == "add" for node in graph(one).nodes) == 3


def test_a_key_is_a_base_and_what_is_set() -> None:
    [one] = made("lenet5", 1, seed=2)
    assert "\nbase: lenet5\ninput: " in one.key and "conv1.filters: " in one.key and "layers:" not in one.key


def test_the_key_of_a_local_file_needs_no_other(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A base, a setting and a path of the command line are in it, too."""
    (tmp_path / "base.yaml").write_text(MADE, "utf-8")
    monkeypatch.chdir(tmp_path)
    text = "base: base.yaml\nset: {k: 7, conv2.kernel: 2}\n"
    plan = load(Source("mine.yaml", text), catalogue.base)
    selection = api.Selection(settings={"fc1.units": "7"})
    bound = api.compute(plan, selection).bound
    maker = Maker(bound, Request(Wish(seed=1)), api.parse_overrides(selection))
    for _student, one in maker.each(["a", "b", "c"]):
        assert "base:" not in one.key and "set:" not in one.key
        answer = api.compute(load(Source("key.yaml", one.key)))  # no other file can be found from here
        assert [n.name for n in answer.bound.graph.nodes] == [n.name for n in bound.graph.nodes]
        assert answer.bound.graph.nodes[-3].options["kernel"] == (2, 2)


def test_wider_layers_stay_wider() -> None:
    for one in made("vgg16", 12):
        widths = [node.options["filters"] for node in graph(one).nodes if node.layer == "conv"]
        assert widths == sorted(widths)


def test_whole_divisions_stay_whole() -> None:
    for one in made("same_200", 8) + made("alexnet", 8, blank="params"):
        assert api.compute(key(one)).bound


def test_seed_and_student_decide() -> None:
    first, again = made("lenet5", 5, seed=3), made("lenet5", 5, seed=3)
    assert [one.key for one in first] == [one.key for one in again]
    other = made("lenet5", 5, seed=4)
    assert all(a.key != b.key for a, b in zip(first, other))
    longer = made("lenet5", 8, seed=3)
    assert [one.key for one in longer[:5]] == [one.key for one in first]
    renamed = made("lenet5", names=["s01", "x02"], seed=3)
    assert renamed[0].key == made("lenet5", names=["s01", "s02"], seed=3)[0].key


def test_all_are_asked_the_same_cells() -> None:
    found = made("resnet18", 4, rate=0.2)
    cells = [[(b.row, b.column, b.marks) for b in one.quiz.blanks] for one in found]
    assert all(c == cells[0] for c in cells)


def test_nobody_gets_the_published_network() -> None:
    first = api.compute(api.read("lenet5")).bound.graph
    for one in made("lenet5", 30):
        assert [n.options for n in graph(one).nodes] != [n.options for n in first.nodes]
        assert "LeCun" not in one.key and "with other numbers" in one.key


def test_a_class_of_three_hundred() -> None:
    assert len({one.key for one in made("lenet5", 300)}) == 300


def test_too_few_variants() -> None:
    with pytest.raises(UsageError, match="too few different variants: 36 students of 99 have one"):
        made("edge_detection", 99)
    text = "input: 3x3x1\nlayers: [relu]\n"
    assert len(made(text, 2, rate=1.0)) == 2
    with pytest.raises(UsageError, match="too few different variants"):
        made("input: [2]\nlayers: [relu]\n", 9, rate=1.0)


@pytest.mark.parametrize(
    ("n", "stride", "found"),
    [
        (32, 4, (16, 20, 24, 28, 36, 40, 44, 48, 52, 56, 60, 64)),
        (224, 32, (128, 160, 192, 256, 288, 320)),
        (227, 32, (131, 163, 195, 259, 291, 323)),
        (6, 1, (3, 4, 5, 7, 8, 9, 10, 11, 12)),
        (1000, 1, (500, 600, 700, 800, 900, 1100, 1200, 1300, 1400, 1500)),
    ],
)
def test_sizes_differ_by_multiples_of_the_stride(n: int, stride: int, found: tuple[int, ...]) -> None:
    assert other_sizes(n, stride) == found
    assert all((m - n) % stride == 0 for m in found)


@pytest.mark.parametrize(
    ("v", "found"),
    [
        (1, ()), (2, (4,)), (6, (4, 8, 10, 12)), (15, (8, 9, 10, 11, 12, 13, 14, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30)),
        (16, (8, 12, 20, 24, 28, 32)), (64, (32, 48, 80, 96)), (1000, (500, 600, 700, 800, 900, 1100, 1200, 1300, 1400, 1500)),
    ],
)  # fmt: skip
def test_widths_keep_their_kind(v: int, found: tuple[int, ...]) -> None:
    assert other_widths(v) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("s1\ns2\n", ["s1", "s2"]),
        ("\ufeffname,student_id\nMei,17\nTom,18\n", ["17", "18"]),
        ("学号;姓名\r\n2023001;李雷\r\n2023002;韩梅梅\r\n", ["2023001", "2023002"]),
        ('email\n"a@b.de"\n\n', ["a@b.de"]),
    ],
)
def test_rosters(text: str, found: list[str]) -> None:
    assert students(text, "roster.csv") == found


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "names no student"), ("student_id\n", "names no student"), ("a\nb\na\n", "has a twice"),
        ("a/b\na_b\n", "a_b and a/b would share a file"),
    ],
)  # fmt: skip
def test_bad_rosters(text: str, words: str) -> None:
    with pytest.raises(UsageError, match=re.escape(words)):
        students(text, "roster.csv")


def test_file_names() -> None:
    assert [file_name(s) for s in ("李雷", "../../etc/passwd", "a b", "x@y.z", "..")] == [
        "李雷", "etc_passwd", "a_b", "x@y.z", "student",
    ]  # fmt: skip
    assert numbered(2) == ["s01", "s02"] and numbered(100)[-1] == "s100"
