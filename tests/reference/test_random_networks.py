"""Random small networks, built once as a spec and once as PyTorch modules: every shape, parameter and multiplication."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from random import Random
from typing import Any

import pytest

from .net import channels_last, net

torch = pytest.importorskip("torch", reason="PyTorch is not installed: random networks are not built with it")
nn = torch.nn
SEEDS = range(60)
Pair = tuple[Any, Any]
"""An entry of a spec, and the PyTorch module that should be the same."""


class Merge(nn.Module):  # type: ignore[misc,name-defined]
    """Branches on one input, and what they give handed to `last`: a sum, or a concatenation."""

    def __init__(self, branches: Sequence[Sequence[Any]], last: Any) -> None:
        super().__init__()
        self.branches = nn.ModuleList(nn.Sequential(*branch) for branch in branches)
        self.last = last

    def forward(self, x: Any) -> Any:
        return self.last([branch(x) for branch in self.branches])


class Add(nn.Module):  # type: ignore[misc,name-defined]
    def forward(self, parts: Any) -> Any:
        return sum(parts)


class Concat(nn.Module):  # type: ignore[misc,name-defined]
    def forward(self, parts: Any) -> Any:
        return torch.cat(parts, 1)


class Maker:
    """Draws layers that fit the shape C, H, W at hand, and follows the shape by asking PyTorch."""

    def __init__(self, seed: int) -> None:
        self.random = Random(seed)
        self.c, self.h, self.w = (self.random.randint(*ends) for ends in ((1, 6), (9, 24), (9, 24)))

    def draw(self, *values: Any) -> Any:
        return self.random.choice(values)

    def two(self, *values: int) -> tuple[int, int]:
        return self.draw(*values), self.draw(*values)

    def take(self, entry: Any, module: Any) -> list[Pair]:
        """One layer; the shape moves on, unless PyTorch refuses it or nothing would be left."""
        try:
            shape = module(torch.empty(1, self.c, self.h, self.w, device="meta")).shape
        except RuntimeError:
            return []
        if min(shape[2:]) < 1:
            return []
        _n, self.c, self.h, self.w = shape
        return [(entry, module)]

    def conv(self) -> list[Pair]:
        groups = self.draw(*(g for g in range(1, self.c + 1) if self.c % g == 0))
        filters, bias = groups * self.draw(1, 2, 3), self.draw(True, False)
        kernel, stride, dilation = self.two(1, 2, 3, 5), self.two(1, 1, 2, 3), self.two(1, 1, 2)
        padding = self.two(0, 1, 2)
        entry = {"filters": filters, "kernel": kernel, "stride": stride, "padding": padding, "dilation": dilation,
                 "groups": groups, "bias": bias}  # fmt: skip
        module = nn.Conv2d(self.c, filters, kernel, stride, padding, dilation, groups, bias, device="meta")
        return self.take({"conv": entry}, module)

    def depthwise(self) -> list[Pair]:
        multiplier, kernel, stride = self.draw(1, 2), self.two(1, 3), self.two(1, 2)
        entry = {"kernel": kernel, "stride": stride, "padding": 1, "multiplier": multiplier}
        module = nn.Conv2d(self.c, self.c * multiplier, kernel, stride, 1, groups=self.c, device="meta")
        return self.take({"depthwise": entry}, module)

    def convtranspose(self) -> list[Pair]:
        filters, kernel, stride, padding = self.draw(1, 2, 4), self.two(2, 3, 4), self.two(1, 2), self.two(0, 1)
        entry = {"filters": filters, "kernel": kernel, "stride": stride, "padding": padding}
        module = nn.ConvTranspose2d(self.c, filters, kernel, stride, padding, device="meta")
        return self.take({"convtranspose": entry}, module)

    def pool(self) -> list[Pair]:
        kernel, stride, ceil = self.two(2, 3), self.two(1, 2, 3), self.draw(True, False)
        padding = self.two(0, 1)
        word, kind = self.draw(("maxpool", nn.MaxPool2d), ("avgpool", nn.AvgPool2d))
        entry = {"kernel": kernel, "stride": stride, "padding": padding, "rounding": "ceil" if ceil else "floor"}
        return self.take({word: entry}, kind(kernel, stride, padding, ceil_mode=ceil))

    def bn(self) -> list[Pair]:
        return self.take("bn", nn.BatchNorm2d(self.c, device="meta"))

    def point(self) -> list[Pair]:
        word, kind = self.draw(("relu", nn.ReLU), ("sigmoid", nn.Sigmoid), ("silu", nn.SiLU), ("dropout", nn.Dropout))
        return self.take(word, kind())

    def same(self, filters: int) -> list[Pair]:
        """A branch that keeps the size and ends in so many channels."""
        kernel = self.draw(1, 3, 5)
        given = {"filters": filters, "kernel": kernel, "padding": "same"}
        module = nn.Conv2d(self.c, filters, kernel, padding=kernel // 2, device="meta")
        return self.take({"conv": given}, module)

    def branch(self, filters: int) -> list[Pair]:
        """A branch from the shape at hand, which is put back."""
        before = self.c
        pairs = [*self.same(self.draw(1, 2, 4)), *self.draw(self.bn, self.point)(), *self.same(filters)]
        self.c = before
        return pairs

    def residual(self) -> list[Pair]:
        main = self.branch(self.c)
        return self.merge("add", Add(), {"main": main, "skip": [("identity", nn.Identity())]})

    def inception(self) -> list[Pair]:
        parts = {name: self.branch(self.draw(1, 2, 3)) for name in ("a", "b", "c")[: self.draw(2, 3)]}
        return self.merge("concat", Concat(), parts)

    def merge(self, word: str, last: Any, parts: dict[str, list[Pair]]) -> list[Pair]:
        entries = {name: [entry for entry, _module in part] for name, part in parts.items()}
        return self.take({word: entries}, Merge([[module for _entry, module in part] for part in parts.values()], last))

    def end(self) -> list[Pair]:
        units = self.draw(1, 3, 10)
        if self.draw(True, False):
            head = nn.Sequential(nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(self.c, units, device="meta"))
            return [("gap", head), ({"fc": units}, None)]
        dense = nn.Linear(self.c * self.h * self.w, units, device="meta")
        return [({"fc": units}, nn.Sequential(nn.Flatten(), dense))]

    def network(self) -> list[Pair]:
        kinds: list[Callable[[], list[Pair]]] = [self.conv, self.conv, self.depthwise, self.convtranspose, self.pool,
                                                 self.bn, self.point, self.residual, self.inception]  # fmt: skip
        pairs: list[Pair] = []
        while len(pairs) < 8:
            if self.h > 40 or self.w > 40 or self.c > 24:
                pairs += self.pool() + self.same(3)
            pairs += self.draw(*kinds)()
        return pairs + self.end()


def measured(network: Any, x: Any) -> tuple[list[tuple[int, ...]], int, int]:
    """Output shapes in order of execution, parameters, and MACs as PyTorch's own counter has them, two flops each."""
    shapes: list[tuple[int, ...]] = []
    for module in network.modules():
        if not list(module.children()):
            module.register_forward_hook(lambda _m, _x, y: shapes.append(tuple(y.shape[1:])))
    from torch.utils.flop_counter import FlopCounterMode

    with FlopCounterMode(display=False) as counter:
        network(x)
    return shapes, sum(p.numel() for p in network.parameters()), counter.get_total_flops() // 2


@pytest.mark.parametrize("seed", SEEDS)
def test_random_network(seed: int) -> None:
    maker = Maker(seed)
    image = (maker.c, maker.h, maker.w)
    pairs = maker.network()
    spec = f"input: [{image[1]}, {image[2]}, {image[0]}]\nlayers: {json.dumps([entry for entry, _module in pairs])}\n"
    modules = nn.Sequential(*(module for _entry, module in pairs if module is not None)).eval()
    shapes, params, macs = measured(modules, torch.empty(1, *image, device="meta"))
    ours = net(spec)
    assert (ours.total.params.total, ours.total.macs) == (params, macs), spec
    # a global pool gives a vector at once, and identity leaves no row
    theirs = [channels_last(shape) for shape in shapes]
    found = [row.output_shape for row in ours.table.rows]
    assert ours.table.output_shape == theirs[-1]
    assert [shape for shape in found if len(shape) == 3] == [s for s in theirs if len(s) == 3 and s[:2] != (1, 1)] or spec


def test_every_kind_of_layer_is_met() -> None:
    met = set()
    for seed in SEEDS:
        met |= {next(iter(entry)) if isinstance(entry, dict) else entry for entry, _m in Maker(seed).network()}
    assert met >= {"conv", "depthwise", "convtranspose", "maxpool", "avgpool", "bn", "add", "concat", "gap", "fc"}
