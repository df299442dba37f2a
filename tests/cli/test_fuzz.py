"""Random argument vectors and damaged specs: an answer or a refusal, never a traceback or an internal error."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from shapecalc import catalogue, layers
from shapecalc.cli._main import COMMANDS
from shapecalc.render import FINDINGS, FORMATS

from .conftest import Cli

WORDS = (
    "", "-", "--", "0", "-1", "1e9", "9" * 30, "nan", "inf", "None", "true", "a=b", "=", "==", "x=", "=x", "\0", "\n", "\t", "é", "网络", "🙂",
    "'", '"', "{", "[", "${x}", "$x", "`", "*", "?", "..", "/", "./", "~", "%s", "%(x)s", "{0}", "{x}", "a" * 300, "conv1", "input",
    "224x224x3", "8x8", "8x8x3x3x3", "0x0x0", "1x-1x3", "HxWx3", "[8, 8, 3]", "{H: 8, W: 8, C: 3}", "32×32×1", "(8, 8, 3)", "1/0", "2**9",
    "__import__('os')", "max(1, 2)", "classes=7", "classes=1/0", "conv4=conv5", "conv4=input.C", "conv4=conv4", "conv4=same", "conv4=[1,2]",
    "conv4=-3", "conv4=10000000", "conv4=true", "conv4=1.5", "conv4=at('x').H", "input=8x8x3", "image=8x8x3", "conv4=1:3", "conv4=1:3:0",
    "all", "macs,params", "ops.mul", "options.kernel", "formulas", "layer", ",", "name",
)  # fmt: skip
OPTIONS = (
    "--set", "--input", "--symbolic", "--batch", "--layout", "--dtype", "--units", "--convention", "--format", "--depth", "--columns",
    "--formulas", "--baseline", "--scan", "--strict", "--output-format", "--long", "--from", "--help", "-h", "-q", "--ascii", "--color",
    "--lang", "--version", "--x", "-x", "-",
)  # fmt: skip
GOOD = {
    "--layout": ("HWC", "CHW"),
    "--dtype": ("fp16", "int8"),
    "--units": ("si", "zh", "exact"),
    "--convention": ("macs", "flops"),
    "--format": FORMATS,
    "--output-format": FINDINGS,
    "--color": ("always", "never"),
    "--lang": ("en", "zh", "auto"),
    "--depth": ("1", "2"),
    "--batch": ("2",),
}
SPECS = (
    "lenet5",
    "resnet20",
    "same_200",
    "conv1x1",
    "edge_detection",
    "nowhere",
    "no.yaml",
    "-",
    "/",
    "conv",
    "bash",
)


def draw(chance: random.Random) -> list[str]:
    words = [chance.choice(COMMANDS)] if chance.random() < 0.95 else []
    words += chance.choices(SPECS, k=chance.randint(0, 2))
    for _ in range(chance.randint(0, 4)):
        option = chance.choice(OPTIONS)
        words.append(option)
        if chance.random() < 0.8:
            words.append(
                chance.choice(GOOD[option])
                if option in GOOD and chance.random() < 0.7
                else chance.choice(WORDS)
            )
    if chance.random() < 0.1:
        chance.shuffle(words)
    if chance.random() < 0.1:
        words.insert(0, chance.choice(OPTIONS))
    return words


@pytest.mark.parametrize("start", range(0, 800, 100))
def test_arguments(cli: Cli, start: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for seed in range(start, start + 100):
        words = draw(random.Random(seed))  # noqa: S311
        if "new" in words:  # it may write a file of any name
            (tmp_path / str(seed)).mkdir()
            monkeypatch.chdir(tmp_path / str(seed))
        found = cli(*words, stdin="{input: 8x8x3, params: {conv4: 2}, layers: [{conv: {filters: conv4}}]}")
        assert found.code in (0, 1, 2), (words, found)
        assert "itself" not in found.err and "Traceback" not in found.err + found.out, (words, found.err)
        assert found.code != 2 or found.err or "check" in words, words


@pytest.mark.parametrize(
    "name", ["lenet5", "resnet50", "googlenet", "resnet20", "lenet5_1998", "resnet152", "mobilenet_v2"]
)
def test_damaged_specs(cli: Cli, name: str) -> None:
    text = catalogue.source(name).text
    marks = "{}[]:,-#&*!|>'\"%@` \n\t0123456789xX×.$()=+~?卷"
    for seed in range(60):
        chance = random.Random(f"{name}{seed}")  # noqa: S311
        damaged = list(text)
        for _ in range(chance.randint(1, 4)):
            place = chance.randrange(len(damaged))
            how = chance.random()
            if how < 0.4:
                del damaged[place : place + chance.randint(1, 9)]
            elif how < 0.8:
                damaged.insert(place, chance.choice(marks))
            else:
                damaged[place] = chance.choice([*layers.words(), "conv", "null", "9" * 19])
        found = cli("check", "-", "--output-format", chance.choice(FINDINGS), stdin="".join(damaged))
        assert found.code in (0, 1) and "itself" not in found.err + found.out, (
            seed,
            found.err,
            "".join(damaged),
        )
        found = cli("expand", "-", stdin="".join(damaged))
        assert found.code in (0, 1, 2) and "itself" not in found.err, (seed, found.err)
