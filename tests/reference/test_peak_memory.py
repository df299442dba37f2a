"""Activation memory against a walk through the PyTorch graphs, under the policy that both sides state.

tests/data/peak_memory_computed.csv, columns `noinplace`: every module makes a new tensor, ReLU and dropout's absence
included; a tensor is freed after its last use; the input counts until its last use; flatten and dropout are views. That
is our policy too, so the peaks agree to the number. The columns `inplace` let ReLU and batch normalisation overwrite
their input, which we never do. Sums differ by layers that one side runs and the other does not; each is named.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest

from .net import WEIGHTED, Net, arrived, net, table

LENET = """
input: 32x32x1
layers:
  - conv: {filters: 6, kernel: 5}
  - tanh
  - avgpool: 2
  - conv: {filters: 16, kernel: 5}
  - tanh
  - avgpool: 2
  - fc: 120
  - tanh
  - fc: 84
  - tanh
  - fc: 10
"""
"""The course's LeNet-5 with its activations written out, as the reference runs it."""


def nothing(_network: Net) -> int:
    return 0


def made(*words: str) -> Callable[[Net], int]:
    """Activations of these layers, which only our network has."""
    return lambda network: sum(row.activations for row in network.rows(*words))


def vgg(network: Net) -> int:
    """We have a softmax, and torchvision's AdaptiveAvgPool2d copies the 7x7 map that it is given."""
    return made("softmax")(network) - network.shape("fc6.flatten")[0]


def densenet(network: Net) -> int:
    """We have a softmax, and torchvision's first layer of each block joins a list of one map."""
    firsts = [network[name] for name in ("maxpool1", "transition1", "transition2", "transition3")]
    return made("softmax")(network) - sum(row.activations for row in firsts)


def stochastic_depth(network: Net) -> int:
    """torchvision drops whole branches while training; at rest that module copies what an addition is given."""
    return -made("add")(network)


MODELS: Mapping[str, tuple[str, Callable[[Net], int]]] = {
    "lenet5_ng_gray_32": (LENET, nothing),
    "alexnet_ng_227": ("alexnet", made("lrn", "softmax")),
    "nin_cifar10_32": ("nin_cifar10", made("softmax")),
    "mobilenet_v1_1_224": ("mobilenet_v1", made("softmax")),
    "tv_vgg11": ("vgg11", vgg),
    "tv_vgg16": ("vgg16", vgg),
    "tv_resnet18": ("resnet18", nothing),
    "tv_resnet50": ("resnet50_v1_5", nothing),
    "tv_squeezenet1_1": ("squeezenet1_1", made("softmax")),
    "tv_densenet121": ("densenet121", densenet),
    "tv_mobilenet_v2": ("mobilenet_v2", made("softmax")),
    "tv_efficientnet_b0": ("efficientnet_b0", stochastic_depth),
    "tv_googlenet_noaux": ("googlenet_torchvision", nothing),
    "tv_convnext_tiny": ("convnext_tiny", stochastic_depth),
    "resnet20_cifar_optB_32": ("resnet_cifar_b", nothing),
    "unet_same_3ch_2cls_256": ("unet", nothing),
}
"""The network, and how many more numbers its layers make than the reference's."""
OTHERS: Mapping[str, str] = {}


@pytest.mark.parametrize("model", MODELS)
def test_memory(model: str) -> None:
    (row,) = (row for row in table("peak_memory_computed.csv") if row["model"] == model)
    spec, more = MODELS[model]
    network = net(spec)
    assert network.total.peak_activation_bytes == 4 * int(row["peak_noinplace"])
    views = made("flatten", "dropout", "identity", "reshape")(network)
    assert network.total.activations - views - more(network) == int(row["sum_all"])
    assert made(*WEIGHTED)(network) == int(row["sum_conv_linear"])


def test_a_view_has_no_memory_of_its_own() -> None:
    """10,000 numbers seen as a vector stay 10,000; only the one result comes on top."""
    seen_twice = net("input: 100x100x1\nlayers:\n  - dropout\n  - flatten\n  - fc: 1\n")
    assert seen_twice.total.peak_activation_bytes == 40_004


def test_every_network_is_compared_or_waits() -> None:
    assert {row["model"] for row in table("peak_memory_computed.csv")} == MODELS.keys() | OTHERS.keys()


def test_a_new_network_is_compared() -> None:
    assert arrived(OTHERS) == []
