"""What the notes say of 1x1 convolutions, Inception modules, GoogLeNet and residual networks."""

from __future__ import annotations

from collections.abc import Iterable

from shapecalc.report.table import Row

from .claim import about, right, rounded, shapes, unclear, words, wrong
from .net import across, deep, document, net, params, refused

DEEP = ("resnet110", "resnet1202")
POOL = """
params: {p: 0}
input: 28x28x192
layers:
  - maxpool: {kernel: 3, stride: 1, padding: p}
"""
UNEQUAL = """
input: 28x28x64
layers:
  - add: {main: [conv: 128], skip: identity}
"""
BLOCKS = """
input: [64]
blocks:
  Residual:
    layers:
      - add: {main: [fc: 64, relu, fc: 64], skip: identity}
      - relu
layers:
  - Residual: {repeat: 5}
"""


def weights(rows: Iterable[Row]) -> int:
    """Weights of convolutions and fully connected layers, without biases and norms."""
    return sum(row.params.weights for row in rows if row.layer in ("conv", "fc"))


def same_sizes() -> tuple[int, list[str]]:
    """How many 3x3 convolutions of ResNet-34 keep the size of the map, and the blocks whose first one does not."""
    rows = [row for row in net("resnet34").rows("conv") if row.options["kernel"] == (3, 3)]
    changing = [row.name for row in rows if across(row)[0] != across(row)[1]]
    return len(rows) - len(changing), [name.removesuffix(".main.convbn1.conv1") for name in changing]


def basic_block() -> tuple[int, tuple[int, int], int, int]:
    """Convolutions in a basic block, their filters, its weights, and those of a bottleneck."""
    basic = [row for row in net("resnet34").under("stage1.basic1") if row.layer == "conv"]
    (kernel,) = {row.options["kernel"] for row in basic}
    return len(basic), kernel, weights(basic), weights(net("resnet50").under("stage1.bottleneck2"))


def heads() -> tuple[int, list[tuple[int, ...]]]:
    """Outputs of GoogLeNet besides the last, and the maps that they look at."""
    whole = net("googlenet_aux")
    first = [whole.under(name.split(".")[0])[0] for name in whole.table.graph.outputs[:-1]]
    assert [row.inputs[0].split(".")[0] for row in first] == ["inception4a", "inception4d"]
    return len(first), [row.input_shapes[0] for row in first]


def unlike_table_1() -> list[str]:
    """Rows of Szegedy et al.'s Table 1 whose parameters are more than 2 % off our weights, in K of 1024."""
    families = document("architectures.yaml")["families"]
    rows = next(f["paper_table1"] for f in families if "paper_table1" in f)
    blocks = {
        "conv1 7x7/2": ["conv1"],
        "conv2 3x3 (with 1x1 reduce 64)": ["conv2_reduce", "conv2"],
        "linear": ["fc"],
    }
    off = []
    for row in rows:
        names = blocks.get(row["row"], [row["row"].replace("_", "")])
        exact = sum(weights(net("googlenet").under(name)) for name in names)
        if abs(1024 * row["published_params_K"] / exact - 1) > 0.02:
            off.append(f"{names[0]}: {exact:,}")
    return off


def residual_adds() -> tuple[int, set[int], str]:
    """How many additions ResNet-34 has, how many different shapes each adds, and what unequal shapes are answered."""
    adds = net("resnet34").rows("add")
    return len(adds), {len(set(row.input_shapes)) for row in adds}, refused(UNEQUAL).code


def module() -> tuple[tuple[int, ...], int, int]:
    """GoogLeNet's first module: its output, its weights and its multiplications."""
    whole = net("inception_module")
    return whole.table.output_shape, whole.total.params.weights, whole.total.macs


def ratios() -> tuple[int, int, float]:
    """Parameters of the 5x5 branch, of the one with a bottleneck, and how many times fewer they are."""
    naive, bottleneck = params("inception_naive_5x5"), params("inception_bottleneck_5x5")
    return naive, bottleneck, round(naive / bottleneck, 3)


def saving() -> tuple[int, int]:
    """Multiplications of the 5x5 branch, without and with a bottleneck."""
    return net("inception_naive_5x5").total.macs, net("inception_bottleneck_5x5").total.macs


def projected() -> tuple[int, list[tuple[int, int]]]:
    """What ResNet-34's three projections cost (64·128 + 128·256 + 256·512 and their norms): all else is free."""
    shortcuts = [row for row in net("resnet34").rows("conv") if ".shortcut." in row.name]
    channels = [(row.input_shapes[0][-1], row.output_shape[-1]) for row in shortcuts]
    return params("resnet34") - params("plain34"), channels


INCEPTION = {
    **shapes("""
        S001-88 inception_module inception1               28x28x256
        S003-12 inception_module inception1.concat1       28x28x256
        S003-16 inception_module inception1.pool.maxpool1 28x28x192
    """),
    "S003-15": words((28, 28, 256), ((28, 28, 256), 163_328, 128_049_152), module),
    "S000-12": words("reduces", (120_422_400, 12_443_648), saving),
    "S001-87": about(  # a pool keeps its 192 channels; 32 needs the 1x1 convolution behind it
        32,
        (192, 32),
        lambda: (
            net("inception_module_naive").shape("pool")[-1],
            net("inception_module").shape("inception1.pool")[-1],
        ),
    ),
    "S001-89": words("reduced", (153_600, 15_872, 9.677), ratios),
    "S003-13": unclear("formula in a missing image", 120_422_400, lambda: saving()[0]),
    "S003-14": unclear("formula in a missing image", 12_443_648, lambda: saving()[1]),
    "S004-14": rounded(120_000_000, 120_422_400, 0.004, lambda: saving()[0]),
    "S004-15": rounded(12_400_000, 12_443_648, 0.004, lambda: saving()[1]),
    "S004-16": rounded(10, 9.677, 0.04, lambda: round(saving()[0] / saving()[1], 3)),
    "S004-18": words("pad needed", [26, 28], lambda: [net(POOL, p=p).shape("maxpool1")[0] for p in "01"]),
}
GOOGLENET = {
    "S001-80": wrong(
        5_000_000, (6_998_552, 13_378_280), lambda: (params("googlenet"), params("googlenet_aux"))
    ),
    "S001-81": right(22, lambda: net("googlenet").total.depth),
    "S001-90": right(9, lambda: len(net("googlenet").rows("concat"))),
    "S001-91": words(2, (2, [(14, 14, 512), (14, 14, 528)]), heads),
    "S001-92": words(
        "params column incorrect",
        ["conv1: 9,408", "inception4c: 509,440", "inception5a: 1,042,432"],
        unlike_table_1,
    ),
}
RESIDUAL = {
    "S000-09": words("a[l+2] = g(z[l+2] + a[l])", (16, {1}, "SC401"), residual_adds),
    "S000-10": about(
        "dimensions kept", (29, ["stage2.basic1", "stage3.basic1", "stage4.basic1"]), same_sizes
    ),
    "S001-93": words("2 x 3x3", (2, (3, 3), 73_728, 69_632), basic_block),
    "S002-08": words("W_s matches dimensions", (173_824, [(64, 128), (128, 256), (256, 512)]), projected),
    "S002-09": about("kept", 29, lambda: same_sizes()[0]),
    "S003-08": unclear(5, (5, 10), lambda: (len(net(BLOCKS).rows("add")), net(BLOCKS).total.weight_layers)),
    "S004-12": about(
        (100, 1000), [(110, 1_727_962), (1202, 19_421_274)], lambda: [(deep(n), params(n)) for n in DEEP]
    ),
}
CLAIMS = {**INCEPTION, **GOOGLENET, **RESIDUAL}
