"""One forward pass of VGG-16 as a PyTorch user writes it: build the network, run one picture, print each output's shape."""

from __future__ import annotations

import torch
from torch_networks import vgg16

if __name__ == "__main__":
    model, x = vgg16()
    with torch.no_grad():
        for layer in model:
            x = layer(x)
            print(type(layer).__name__, tuple(x.shape))
