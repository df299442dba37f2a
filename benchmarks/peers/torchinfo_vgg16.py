"""The same table from torchinfo: VGG-16 written as a PyTorch module, and its summary for one 224×224 picture."""

from __future__ import annotations

import torchinfo
from torch import nn

STAGES = ((64, 64), (128, 128), (256, 256, 256), (512, 512, 512), (512, 512, 512))


def vgg16() -> nn.Sequential:
    """VGG-16 of Simonyan & Zisserman 2014, Table 1, column D."""
    layers: list[nn.Module] = []
    channels = 3
    for stage in STAGES:
        for filters in stage:
            layers += [nn.Conv2d(channels, filters, 3, padding=1), nn.ReLU()]
            channels = filters
        layers.append(nn.MaxPool2d(2))
    layers += [nn.Flatten(), nn.Linear(25_088, 4096), nn.ReLU(), nn.Dropout()]
    layers += [nn.Linear(4096, 4096), nn.ReLU(), nn.Dropout(), nn.Linear(4096, 1000), nn.Softmax(1)]
    return nn.Sequential(*layers)


if __name__ == "__main__":
    print(torchinfo.summary(vgg16(), (1, 3, 224, 224), depth=2))
