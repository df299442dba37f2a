"""Figures of papers and READMEs beside the exact ones: ours are the exact ones, and the papers' are as far off as said.

tests/data/published_vs_exact.csv gives each figure, the exact number, and their ratio less one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

import pytest

from shapecalc.report.table import Row

from .net import WEIGHTED, Net, arrived, document, net, table

UNITS = {"": 1, "K": 10**3, "M": 10**6, "G": 10**9}
Metric = Callable[[Net], float]


def of(name: str, quantity: str) -> Metric:
    """Parameters or connections of a row, or of the rows of a block."""

    def ask(network: Net) -> int:
        rows = network.under(name)
        return sum(row.params.total if quantity == "params" else row.connections for row in rows)

    return ask


def activations(name: str) -> Metric:
    return lambda network: network[name].activations


def kind(row: Row) -> str:
    """Howard et al.'s kinds of layers."""
    if row.layer == "conv":
        return "conv1x1" if row.options["kernel"] == (1, 1) else "conv 3x3"
    return {"depthwise": "conv dw 3x3", "fc": "fc"}[row.layer]


def share(wanted: str, quantity: str) -> Metric:
    """Percent of the multiplications, or of the parameters of convolutions and the fc layer without their norms."""

    def ask(network: Net) -> float:
        rows = network.rows("conv", "depthwise", "fc")
        counts = [(kind(row), row.macs if quantity == "mult-adds" else row.params.total) for row in rows]
        return round(100 * sum(n for name, n in counts if name == wanted) / sum(n for _name, n in counts), 4)

    return ask


def params(network: Net) -> int:
    return network.total.params.total


def macs(network: Net) -> int:
    return network.total.macs


def shares() -> Iterable[tuple[str, Metric]]:
    for name in ("conv1x1", "conv dw 3x3", "conv 3x3", "fc"):
        for quantity in ("mult-adds", "params"):
            yield f"share of {quantity}, {name} (percent)", share(name, quantity)


LAYER = """
params: {filters: 512, separable: false}
input: 14x14x512
blocks:
  Separable:
    layers:
      - depthwise: {kernel: 3, padding: 1, bias: false}
      - conv: {filters: filters, bias: false}
layers:
  - conv: {filters: filters, kernel: 3, padding: 1, bias: false, if: not separable}
  - Separable: {if: separable}
"""
"""The layer of Howard et al. 2017, Table 3."""


def layer(prefix: str, image: str, **settings: str) -> dict[str, Metric]:
    return {
        f"{prefix} mult-adds": lambda _network: macs(net(LAYER, image, **settings)),
        f"{prefix} params": lambda _network: params(net(LAYER, image, **settings)),
    }


EVERYWHERE: Mapping[str, Metric] = {
    "params": params,
    "mult-adds": macs,
    "MACs": macs,
    "FLOPS (multiply-adds)": macs,
    "GFLOPS (multiply-adds)": macs,
    "params upper bound": params,
    "FLOPs (multiply-adds)": macs,
    "fwd MACs, batch 1 x 128 tokens": macs,
    "params (corrected)": params,
    "params (paper, retracted by the authors)": params,
    "params before pruning": params,
    "params (TF-slim table)": params,
    "MACs (TF-slim table)": macs,
    "total trainable params": params,
    "total connections": lambda network: network.total.connections,
    "neurons total": lambda network: sum(row.activations for row in network.rows(*WEIGHTED)),
    "input dimension": lambda _network: net(FLAT).shape("flatten1")[0],
    **{f"{name} trainable params": of(name, "params") for name in ("C1", "S2", "C3", "S4", "C5", "F6")},
    **{f"{name} connections": of(name, "connections") for name in ("C1", "S2", "C3", "S4", "C5", "F6")},
    **{f"neurons conv{n}": activations(f"conv{n}") for n in range(1, 6)},
    **{
        f"{name} params before pruning": of(name, "params")
        for name in ("conv1", "conv10", *(f"fire{n}" for n in range(2, 10)))
    },
    **dict(shares()),
    **layer("full conv", "14x14x512"),
    **layer("depthwise separable", "14x14x512", separable="true"),
    **layer("alpha 0.75", "14x14x384", separable="true", filters="384"),
    **layer("alpha 0.75 rho 0.714", "10x10x384", separable="true", filters="384"),
}
FLAT = """
input: 224x224x3
layers:
  - flatten
"""
B3 = {"width": "1.2", "depth": "1.4", "image": "300x300x3"}
B5 = {"width": "1.6", "depth": "2.2", "image": "456x456x3"}
NETWORKS: Mapping[tuple[str, str], tuple[str, Mapping[str, str]]] = {
    ("lenet5_lecun1998", ""): ("lenet5_1998", {}),
    ("alexnet_2gpu", ""): ("alexnet_two_towers", {}),
    ("vgg_A", ""): ("vgg11", {}),
    ("vgg_D", ""): ("vgg16", {}),
    ("inception_v3", ""): ("inception_v3", {}),
    ("resnet18", ""): ("resnet18", {}),
    ("resnet50", ""): ("resnet50", {}),
    ("resnet50", "facebookresearch/ResNeXt README"): ("resnet50_v1_5", {}),
    ("plain34", ""): ("plain34", {}),
    ("vgg19", ""): ("vgg19", {}),
    ("resnet20_cifar", ""): ("resnet20", {}),
    ("resnet56_cifar", ""): ("resnet56", {}),
    ("resnet110_cifar", ""): ("resnet110", {}),
    ("squeezenet1_0", ""): ("squeezenet", {}),
    ("mobilenet_v1_1_224", ""): ("mobilenet_v1", {}),
    ("mobilenet_v1_0.5_224", ""): ("mobilenet_v1", {"alpha": "0.5"}),
    ("mobilenet_v1_0.25_224", ""): ("mobilenet_v1", {"alpha": "0.25"}),
    ("mobilenet_layer", ""): ("mobilenet_v1", {}),
    ("mobilenet_v2", ""): ("mobilenet_v2", {}),
    ("resnext50_32x4d", ""): ("resnext50_32x4d", {}),
    ("se_resnet50", ""): ("se_resnet50", {}),
    ("efficientnet_b0", ""): ("efficientnet_b0", {}),
    ("efficientnet_b3", ""): ("efficientnet_b0", B3),
    ("efficientnet_b5", ""): ("efficientnet_b0", B5),
    ("wrn50_2", ""): ("wide_resnet50_2", {}),
    ("mobilenet_v3_large", ""): ("mobilenet_v3_large", {}),
    ("shufflenet_v2_x1_0", ""): ("shufflenet_v2_x1_0", {}),
    ("convnext_tiny", ""): ("convnext_tiny", {}),
    ("convnext_base", ""): ("convnext_tiny", {"width": "128", "depth": "27"}),
    ("vit_b_16", ""): ("vit_b_16", {}),
    ("transformer base", ""): ("transformer_base", {}),
    ("transformer (C) N=2", ""): ("transformer_base", {"depth": "2"}),
    ("transformer (C) d_ff=1024", ""): ("transformer_base", {"ff": "1024"}),
    ("bert_base", ""): ("bert_base", {}),
    ("gpt2_small", ""): ("gpt2_small", {}),
    ("gpt2_large", ""): ("gpt2_small", {"d": "1280", "heads": "20", "depth": "36"}),
    ("llama-7b", ""): ("llama_7b", {}),
}
"""The network of a figure; ResNet's stride is placed differently by the paper and by the ResNeXt README."""
NOT_BUILT_IN = {
    "swin_t": "swin_t",
    "swin_b": "swin_t",
}
"""Figures that wait for a network, by the name it would have."""


def rows() -> list[Mapping[str, str]]:
    return [row for row in table("published_vs_exact.csv") if row["model"] not in NOT_BUILT_IN]


@pytest.mark.parametrize("row", rows(), ids=lambda row: f"{row['model']}: {row['metric']}")
def test_figure(row: Mapping[str, str]) -> None:
    model = row["model"]
    name, settings = NETWORKS.get((model, row["source"])) or NETWORKS[model, ""]
    exact = EVERYWHERE[row["metric"]](net(name, **settings))
    assert exact == float(row["exact"])
    off = float(row["published"]) * UNITS[row["unit"]] / exact - 1
    assert f"{off:+.4f}" == row["rel_diff"]


def test_every_figure_is_compared_or_waits() -> None:
    models = {row["model"] for row in table("published_vs_exact.csv")}
    assert models == {model for model, _source in NETWORKS} | NOT_BUILT_IN.keys()
    assert len(rows()) == 103


def test_a_new_network_is_compared() -> None:
    assert arrived(NOT_BUILT_IN) == []


EXACT = """
    LeNet-5               lenet5_1998                              params  60000
    AlexNet               alexnet_two_towers                       params  60965224
    VGG                   vgg13                                    params  133047848
    VGG                   vgg19                                    params  143667240
    VGG                   vgg19                                    macs    19632062464
    GoogLeNet             googlenet                                params  6998552
    GoogLeNet             googlenet                                macs    1582671872
    ResNet (ImageNet)     resnet34                                 macs    3663761408
    ResNet (ImageNet)     resnet50                                 macs    3857973248
    ResNet (ImageNet)     resnet50                                 params  25557032
    ResNet (ImageNet)     resnet101                                macs    7570194432
    ResNet (ImageNet)     resnet101                                params  44549160
    ResNet (ImageNet)     resnet50_v1_5,conv4=23                   macs    7801405440
    ResNet (ImageNet)     resnet152                                macs    11282415616
    ResNet (ImageNet)     resnet152                                params  60192808
    ResNet (CIFAR-10)     resnet32                                 params  464154
    ResNet (CIFAR-10)     resnet44                                 params  658586
    ResNet (CIFAR-10)     resnet1202                               params  19421274
    SqueezeNet            squeezenet                               params  1248424
    DenseNet (CIFAR-10)   densenet100,growth=24,n=41               params  15324406
    DenseNet (CIFAR-10)   densenet100,growth=40,n=31               params  25624430
    MobileNet v1          mobilenet_v1,image=160x160x3             macs    290675200
    MobileNet v1          mobilenet_v1,image=128x128x3             macs    186400768
    MobileNet v1          mobilenet_v1,alpha=0.75                  macs    325400448
    MobileNet v1          mobilenet_v1,alpha=0.75,image=192x192x3  macs    239273472
    MobileNet v1          mobilenet_v1,alpha=0.5,image=160x160x3   macs    76524800
    MobileNet v1          mobilenet_v1,alpha=0.5,image=128x128x3   macs    49160192
    MobileNet v1          mobilenet_v1,alpha=0.25,image=192x192x3  macs    30212608
    MobileNet v1          mobilenet_v1,alpha=0.25,image=160x160x3  macs    21059200
"""
"""Exact numbers that tests/data/architectures.yaml gives beside a family's published figures, and no variant has."""


@pytest.mark.parametrize("line", EXACT.strip().splitlines(), ids=lambda line: " ".join(line.split()[-3:-1]))
def test_exact(line: str) -> None:
    *family, spec, quantity, exact = line.split()
    name, *given = spec.split(",")
    total = net(name, **dict(item.split("=") for item in given)).total
    assert int(exact) == (total.macs if quantity == "macs" else total.params.total)
    families = {found["family"]: found["published"] for found in document("architectures.yaml")["families"]}
    (notes,) = (notes for found, notes in families.items() if found.startswith(" ".join(family)))
    assert any(f"vs exact {exact} " in note for note in notes)


def test_vgg_activations() -> None:
    """cs231n's page says 24M values, and its own rows (input, convolutions, pools, fc layers) sum to 15.24M."""
    made = sum(row.activations for row in net("vgg16").rows("conv", "maxpool", "fc"))
    assert made + net(FLAT).shape("flatten1")[0] == 15_237_608


def test_googlenet_table_1() -> None:
    """Szegedy et al. 2014, Table 1: weights without biases, and multiplications; the exact ones are given beside it."""
    families = document("architectures.yaml")["families"]
    (lines,) = (family["paper_table1"] for family in families if "paper_table1" in family)
    blocks = {
        "conv1 7x7/2": ["conv1"],
        "conv2 3x3 (with 1x1 reduce 64)": ["conv2_reduce", "conv2"],
        "linear": ["fc"],
    }
    weights = 0
    for line in lines:
        below = [
            net("googlenet").under(name) for name in blocks.get(line["row"], [line["row"].replace("_", "")])
        ]
        found = [row for part in below for row in part]
        assert sum(row.params.weights for row in found) == line["exact_weights"], line["row"]
        assert sum(row.macs for row in found) == line["exact_macs"], line["row"]
        shape = found[-1].output_shape
        assert list(shape) == line["output"] or line["output"] == [1, 1, *shape]
        weights += line["exact_weights"]
    assert weights == net("googlenet").total.params.weights == 6_990_272
    assert round(sum(line["published_params_K"] for line in lines), 1) == 6797.7
