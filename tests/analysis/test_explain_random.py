"""Random networks of odd settings: every printed step comes to its value, and every value is the table's."""

from __future__ import annotations

from random import Random

from shapecalc import catalogue
from shapecalc.analysis.explain_network import explain
from shapecalc.api import Selection, compute
from shapecalc.errors import Source, SpecError
from shapecalc.spec import load

from .derivations import check

PADDINGS = ("0", "1", "2", "[[0, 1], [2, 0]]", "same", "same_lower", "full", "keep", "valid")
PLAIN = (
    "relu", "bn", "prelu", "gelu", "softmax", "lrn", "dropout", "layernorm", "instancenorm", "{groupnorm: 2}", "rmsnorm",
    "{softmax: {axis: H}}", "{shuffle: 2}", "{pixelshuffle: 2}", "{spacetodepth: 2}", "{permute: [W, C, H]}", "identity",
)  # fmt: skip


def window(r: Random) -> str:
    """The options that all windows share."""
    kernel = r.choice(("1", "2", "3", "5", "1x3", "4x2"))
    stride, dilation = r.choice(("1", "1", "2", "3", "1x2")), r.choice(("1", "1", "2", "1x3"))
    return f"kernel: {kernel}, stride: {stride}, dilation: {dilation}, padding: {r.choice(PADDINGS)}"


def entry(r: Random, depth: int = 0) -> str:
    """One entry of a spec in flow style, whether or not it fits."""
    kind = r.randrange(12)
    filters, rounding = r.choice((2, 4, 6)), r.choice(("floor", "ceil"))
    if kind < 3:
        groups, bias = r.choice((1, 1, 2)), r.choice(("true", "false"))
        return f"{{conv: {{filters: {filters}, {window(r)}, groups: {groups}, bias: {bias}, rounding: {rounding}}}}}"
    if kind == 3:
        return f"{{{r.choice(('maxpool', 'avgpool', 'lppool'))}: {{{window(r)}, rounding: {rounding}}}}}"
    if kind == 4:
        return f"{{depthwise: {{{window(r)}, multiplier: {r.choice((1, 2))}}}}}"
    if kind == 5:
        return (
            f"{{convtranspose: {{filters: {filters}, {window(r)}, output_padding: {r.choice((0, 0, 1))}}}}}"
        )
    if kind == 6:
        return r.choice(
            (
                "{pad: 2}",
                "{crop: 1}",
                "{pad: {C: [0, 2]}}",
                "{upsample: 2}",
                "{upsample: {scale: 1x2, mode: bilinear}}",
            )
        )
    if kind == 7:
        return r.choice(
            ("{adaptiveavgpool: 3}", "{adaptivemaxpool: 2x3}", "{subsample: 2}", "{trainablepool: 2}")
        )
    if kind == 8 and depth < 2:
        word = r.choice(("add", "concat", "mul"))
        branches = ", ".join(
            f"b{i}: [{', '.join(entry(r, depth + 1) for _ in range(r.randrange(3)))}]" for i in range(2)
        )
        return f"{{{word}: {{{branches}}}}}"
    return r.choice(PLAIN)


def network(seed: int) -> str:
    r = Random(seed)  # noqa: S311  (a test draws the same every time)
    size = f"{r.randrange(6, 15)}x{r.randrange(6, 15)}x{r.choice((2, 4, 6))}"
    entries = [entry(r) for _ in range(r.randrange(1, 6))]
    end = r.choice(([], [], ["gap", "{fc: 3}"], ["{fc: 5}", "relu", "{fc: 2}"], ["flatten", "softmax"]))
    return f"name: random\ninput: {size}\nlayers:\n" + "".join(f"  - {e}\n" for e in [*entries, *end])


def test_random_networks() -> None:
    explained, words = 0, set()
    for seed in range(1_000):
        try:
            table = compute(load(Source("random.yaml", network(seed)), catalogue.base)).table
        except SpecError:
            continue
        for row, layer in zip(table.rows, explain(table).layers):
            check(row, layer)
            words.add(row.layer)
        explained += 1
    assert explained > 150
    assert len(words) > 30


EVERY_RANK = """\
name: every rank
input: {image: 8x8x8x2, tokens: [T], v: [12]}
params: {d: 6}
layers:
  - conv: {from: image, filters: 3, kernel: 3, padding: same_lower, stride: 2, name: 三维卷积}
  - maxpool: {kernel: 2, padding: 1, rounding: ceil}
  - reshape: {shape: 3x3x3x3, name: r}
  - permute: {order: [C, H, W, Z]}
  - embed: {from: tokens, vocab: 100, d: d}
  - posenc: {learned: true}
  - layernorm
  - tokens: 2
  - linear: 5
  - softmax: {axis: T}
  - identity: {from: tokens, name: i}
  - fc: {from: v, units: 3, bias: false}
  - rbf: 4
outputs: [permute1, softmax1, i, rbf1]
"""


def test_every_rank_and_several_inputs() -> None:
    overrides = Selection({"T": "7"}, batch=3)
    table = compute(load(Source("ranks.yaml", EVERY_RANK), catalogue.base), overrides).table
    single = compute(
        load(Source("ranks.yaml", EVERY_RANK), catalogue.base), overrides._replace(batch=1)
    ).table
    for row, layer in zip(single.rows, explain(single).layers):
        check(row, layer)
    for row, layer in zip(table.rows, explain(table).layers):
        values = {step.key: step.value for step in layer.steps}
        assert values["batch.activations"] == row.activations == 3 * values["activations"]
