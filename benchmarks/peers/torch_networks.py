"""VGG-16, ResNet-50 and LeNet-5 as PyTorch users write them, for timing beside ours."""

from __future__ import annotations

from typing import Any

import torch
from torch import nn


def vgg16() -> tuple[nn.Module, Any]:
    """Simonyan & Zisserman 2014, configuration D."""
    layers: list[nn.Module] = []
    channels = 3
    for repeats, filters in ((2, 64), (2, 128), (3, 256), (3, 512), (3, 512)):
        for _ in range(repeats):
            layers += [nn.Conv2d(channels, filters, 3, padding=1), nn.ReLU()]
            channels = filters
        layers.append(nn.MaxPool2d(2))
    head = [
        nn.Flatten(),
        nn.Linear(25088, 4096),
        nn.ReLU(),
        nn.Linear(4096, 4096),
        nn.ReLU(),
        nn.Linear(4096, 1000),
    ]
    return nn.Sequential(*layers, *head, nn.Softmax(1)).eval(), torch.randn(1, 3, 224, 224)


class Bottleneck(nn.Module):
    """He et al. 2015, Figure 5, right; the stride in the first 1×1."""

    def __init__(self, inputs: int, mid: int, stride: int) -> None:
        super().__init__()
        sizes = ((inputs, mid, 1, stride), (mid, mid, 3, 1), (mid, 4 * mid, 1, 1))
        parts: list[nn.Module] = []
        for i, (a, b, k, s) in enumerate(sizes):
            parts += [
                nn.Conv2d(a, b, k, s, k // 2, bias=False),
                nn.BatchNorm2d(b),
                *([nn.ReLU()] if i < 2 else []),
            ]
        self.main = nn.Sequential(*parts)
        project = inputs != 4 * mid
        convolution = nn.Conv2d(inputs, 4 * mid, 1, stride, bias=False)
        self.shortcut = nn.Sequential(convolution, nn.BatchNorm2d(4 * mid)) if project else nn.Identity()

    def forward(self, x: Any) -> Any:
        return torch.relu(self.main(x) + self.shortcut(x))


def resnet50() -> tuple[nn.Module, Any]:
    """He et al. 2015, Table 1."""
    layers: list[nn.Module] = [
        nn.Conv2d(3, 64, 7, 2, 3, bias=False),
        nn.BatchNorm2d(64),
        nn.ReLU(),
        nn.MaxPool2d(3, 2, 1),
    ]
    channels = 64
    for stage, (blocks, mid) in enumerate(((3, 64), (4, 128), (6, 256), (3, 512))):
        for block in range(blocks):
            layers.append(Bottleneck(channels, mid, 2 if stage and not block else 1))
            channels = 4 * mid
    head = [nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(2048, 1000)]
    return nn.Sequential(*layers, *head).eval(), torch.randn(1, 3, 224, 224)


def lenet5() -> tuple[nn.Module, Any]:
    """The course's LeNet-5."""
    maps = [nn.Conv2d(1, 6, 5), nn.AvgPool2d(2), nn.Conv2d(6, 16, 5), nn.AvgPool2d(2)]
    head = [nn.Flatten(), nn.Linear(400, 120), nn.Linear(120, 84), nn.Linear(84, 10)]
    return nn.Sequential(*maps, *head).eval(), torch.randn(1, 1, 32, 32)


NETWORKS = {"vgg16": vgg16, "resnet50": resnet50, "lenet5": lenet5}
