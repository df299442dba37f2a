"""Random small networks, built once as a spec and once as PyTorch modules, agree in every number.

Every shape in order, the parameters, the multiplications (PyTorch's own counter), and the pixels that one output reacts
to (PyTorch's gradient). Pitfall: a gradient is 0 where a maximum or a saturated sigmoid hides a pixel, so networks for
that comparison have averages and positive weights only.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from random import Random
from typing import Any

import pytest

from .net import channels_last, net

torch = pytest.importorskip("torch", reason="PyTorch is not installed: random networks are not built with it")
nn = torch.nn
SEEDS = range(30)
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


class Pool(nn.Module):  # type: ignore[misc,name-defined]
    """A global pool that gives a vector, as ours does."""

    def forward(self, x: Any) -> Any:
        return x.mean((2, 3))


class Maker:
    """Draws layers that fit the shape C, H, W at hand, and follows the shape by asking PyTorch."""

    def __init__(self, seed: int) -> None:
        self.random = Random(seed)  # noqa: S311  (a test draws the same every time)
        self.c, self.h, self.w = (self.random.randint(*ends) for ends in ((1, 6), (9, 24), (9, 24)))

        self.first = self.c
        self.pools = [("maxpool", nn.MaxPool2d), ("avgpool", nn.AvgPool2d)]
        self.points = [("relu", nn.ReLU), ("sigmoid", nn.Sigmoid), ("silu", nn.SiLU), ("dropout", nn.Dropout)]

    def draw(self, *values: Any) -> Any:
        return self.random.choice(values)

    def two(self, *values: int) -> tuple[int, int]:
        return self.draw(*values), self.draw(*values)

    def take(self, entry: Any, module: Any) -> list[Pair]:
        """One layer; the shape moves on, unless PyTorch refuses it or nothing would be left."""
        try:
            shape = module.eval()(torch.empty(1, self.c, self.h, self.w, device="meta")).shape
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
        filters, kernel, stride, padding = (
            self.draw(1, 2, 4),
            self.two(2, 3, 4),
            self.two(1, 2),
            self.two(0, 1),
        )
        entry = {"filters": filters, "kernel": kernel, "stride": stride, "padding": padding}
        module = nn.ConvTranspose2d(self.c, filters, kernel, stride, padding, device="meta")
        return self.take({"convtranspose": entry}, module)

    def pool(self) -> list[Pair]:
        kernel, stride, ceil = self.two(2, 3), self.two(1, 2, 3), self.draw(True, False)
        padding = self.two(0, 1)
        word, kind = self.draw(*self.pools)
        entry = {
            "kernel": kernel,
            "stride": stride,
            "padding": padding,
            "rounding": "ceil" if ceil else "floor",
        }
        return self.take({word: entry}, kind(kernel, stride, padding, ceil_mode=ceil))

    def bn(self) -> list[Pair]:
        return self.take("bn", nn.BatchNorm2d(self.c, device="meta"))

    def point(self) -> list[Pair]:
        word, kind = self.draw(*self.points)
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
        middle = self.draw(self.bn, self.point) if len(self.points) > 1 else self.point
        pairs = [*self.same(self.draw(1, 2, 4)), *middle(), *self.same(filters)]
        self.c = before
        return pairs

    def residual(self) -> list[Pair]:
        main = self.branch(self.c)
        return self.merge("add", Add(), {"main": main, "skip": []})

    def inception(self) -> list[Pair]:
        parts = {name: self.branch(self.draw(1, 2, 3)) for name in ("a", "b", "c")[: self.draw(2, 3)]}
        return self.merge("concat", Concat(), parts)

    def merge(self, word: str, last: Any, parts: dict[str, list[Pair]]) -> list[Pair]:
        entries = {name: [entry for entry, _module in part] for name, part in parts.items()}
        return self.take(
            {word: entries}, Merge([[module for _entry, module in part] for part in parts.values()], last)
        )

    def end(self) -> list[Pair]:
        units = self.draw(1, 3, 10)
        first, size = self.draw(
            (("gap", Pool()), self.c), (("flatten", nn.Flatten()), self.c * self.h * self.w)
        )
        return [first, ({"fc": units}, nn.Linear(size, units, device="meta"))]

    def chain(self, length: int) -> list[Pair]:
        """Layers through which a gradient passes, on a picture that is large beside what they see."""
        self.h, self.w = 89, 83
        self.pools, self.points = [("avgpool", nn.AvgPool2d)], [("relu", nn.ReLU)]
        kinds = [self.conv, self.depthwise, self.pool, self.point, self.residual, self.inception]
        pairs: list[Pair] = []
        while len(pairs) < length:
            pairs += self.draw(*kinds)()
        return pairs

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
        if not isinstance(module, (nn.Sequential, nn.ModuleList, Merge)):
            module.register_forward_hook(lambda _m, _x, y: shapes.append(tuple(y.shape[1:])))
    from torch.utils.flop_counter import FlopCounterMode

    with FlopCounterMode(display=False) as counter:
        network(x)
    return shapes, sum(p.numel() for p in network.parameters()), counter.get_total_flops() // 2


def written(image: tuple[int, int, int], pairs: list[Pair]) -> str:
    """The spec of a network on an image C, H, W; JSON is YAML."""
    c, h, w = image
    return f"input: [{h}, {w}, {c}]\nlayers: {json.dumps([entry for entry, _module in pairs])}\n"


@cache
def network(seed: int) -> tuple[tuple[int, int, int], list[Pair]]:
    maker = Maker(seed)
    image = (maker.c, maker.h, maker.w)
    return image, maker.network()


@pytest.mark.parametrize("seed", SEEDS)
def test_random_network(seed: int) -> None:
    image, pairs = network(seed)
    spec = written(image, pairs)
    modules = nn.Sequential(*(module for _entry, module in pairs)).eval()
    shapes, params, macs = measured(modules, torch.empty(1, *image, device="meta"))
    ours = net(spec)
    assert [row.output_shape for row in ours.table.rows] == [channels_last(shape) for shape in shapes], spec
    assert (ours.total.params.total, ours.total.macs) == (params, macs), spec


def test_every_kind_of_layer_is_met() -> None:
    met = set()
    for seed in SEEDS:
        met |= {
            next(iter(entry)) if isinstance(entry, dict) else entry for entry, _m in Maker(seed).network()
        }
    assert met >= {
        "conv",
        "depthwise",
        "convtranspose",
        "maxpool",
        "avgpool",
        "bn",
        "add",
        "concat",
        "gap",
        "fc",
    }


def seen(network: Any, image: tuple[int, int, int], place: tuple[int, ...]) -> list[tuple[int, int]]:
    """The first and the last pixel along each axis that the output at `place` reacts to."""
    for parameter in network.parameters():
        nn.init.constant_(parameter, 1 / parameter[0].numel())
    x = torch.ones(1, *image, dtype=torch.float64, requires_grad=True)
    network(x)[0, :, place[0], place[1]].sum().backward()
    reacts = x.grad[0].abs().sum(0) > 0
    lines = (reacts.any(axis).nonzero().flatten().tolist() for axis in (1, 0))
    return [(line[0], line[-1]) for line in lines]


@pytest.fixture(name="_one_thread")
def _one_thread() -> Iterator[None]:
    """Small products wait for each other's threads longer than they run."""
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(before)


@pytest.mark.usefixtures("_one_thread")
def test_random_receptive_fields() -> None:
    """An output at i sees the pixels from i·J − P on, R of them; one far from the edges shows them all."""
    met = 0
    for seed in SEEDS:
        maker = Maker(seed)
        pairs = maker.chain(5)
        image = (maker.first, 89, 83)
        spec = written(image, pairs)
        last = net(spec).table.rows[-1]
        field = last.receptive_field
        assert field is not None
        place = tuple(size // 2 for size in last.output_shape[:2])
        starts = [i * j - p for i, j, p in zip(place, field.stride, field.padding)]
        ends = [start + size - 1 for start, size in zip(starts, field.size)]
        if min(starts) >= 0 and ends[0] < 89 and ends[1] < 83:
            network = (
                nn.Sequential(*(module for _entry, module in pairs)).to_empty(device="cpu").double().eval()
            )
            assert seen(network, image, place) == list(zip(starts, ends)), spec
            met += 1
    assert met >= 25
