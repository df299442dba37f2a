"""0 fine, 1 the answer is no, 2 bad usage or a misfit, 130 interrupted; the data come before the complaint."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from .conftest import Cli

HEAD = "name: mine\ninput: 8x8x3\nparams: {n: 4}\nlayers:\n  - conv: {filters: n, kernel: 3}\n"
UNMET = [
    (HEAD + "expect: {params: 7}\n", "SC502"),
    (HEAD + "expect: {output: 7x7x4}\n", "SC501"),
    (HEAD + 'expect: {macs: "<= 100"}\n', "SC502"),
    (HEAD + "expect: {params: 28 * n + 1}\n", "SC502"),
    (HEAD.replace("kernel: 3}", "kernel: 3, expect: 7x7x4}"), "SC501"),
    (HEAD + "published: [{quantity: params, value: 113, where: p}]\n", "SC503"),
    (HEAD + "published: [{quantity: params, value: 112, where: p, wrong: no}]\n", "SC504"),
    (HEAD + "published: [{quantity: macs, value: 1.2K, where: p, layer: conv1}]\n", "SC503"),
]
MET = [
    HEAD,
    HEAD + "expect: {params: 112, output: 6x6x4, macs: '< 4e3'}\n",
    HEAD + "expect: {params: 28 * n}\npublished: [{quantity: macs, value: 3.9K, where: p, layer: conv1}]\n",
    HEAD + "published: [{quantity: params, value: 113, where: p, wrong: the source adds one}]\n",
    HEAD
    + "published: [{quantity: params, value: 112.0, where: p}, {quantity: macs, value: 3.8880K, where: p}]\n",
    HEAD
    + "published: [{quantity: weight_layers, value: 1, where: p}, {quantity: depth, value: 1, where: p}]\n",
]


@pytest.mark.parametrize(("text", "code"), UNMET)
def test_1_where_an_expectation_does_not_hold(cli: Cli, text: str, code: str) -> None:
    found = cli("table", "-", stdin=text)
    assert found.code == 1 and f"error[{code}]" in found.err and "\ntotal " in found.out
    assert code not in found.out
    found = cli("compare", "-", "lenet5", stdin=text)
    assert found.code == 1 and code in found.err and "lenet5" in found.out
    assert cli("check", "-", stdin=text).code == 1
    assert cli("table", "-", "--format", "json", stdin=text).json["totals"]["params"]["total"] == 112


@pytest.mark.parametrize("text", MET)
def test_0_where_all_hold(cli: Cli, text: str) -> None:
    for command in (["table", "-"], ["compare", "-", "lenet5"], ["check", "-"], ["expand", "-"]):
        found = cli(*command, stdin=text)
        assert found.code == 0 and found.err == "", found


@pytest.mark.parametrize(
    "quantity",
    ["layers", "weight_layers", "depth", "param_bytes", "activation_bytes", "peak_activation_bytes"],
)
def test_every_quantity_can_be_published_of_a_layer(cli: Cli, quantity: str) -> None:
    text = HEAD + f"published: [{{quantity: {quantity}, value: 99999999, where: p, layer: conv1}}]\n"
    found = cli("table", "-", stdin=text)
    assert found.code == 1 and "SC503" in found.err


@pytest.mark.parametrize("option", [["--set", "n=5"], ["--input", "9x9x3"], ["--batch", "2"]])
def test_changed_sizes_are_not_held_against_the_file(cli: Cli, option: list[str]) -> None:
    text = HEAD + "expect: {params: 7}\n"
    found = cli("table", "-", *option, stdin=text)
    assert (
        found.code == 0
        and found.err == "note: expectations in the file are for its own sizes, and were not checked\n"
    )
    assert cli("-q", "table", "-", *option, stdin=text).err == ""
    assert cli("compare", "-", "lenet5", *option[:0], stdin=text).code == 1
    found = cli("table", "-", *option, stdin=HEAD)
    assert found.code == 0 and found.err == ""  # nothing is expected, so nothing was left out


def test_an_expectation_that_names_what_changed_still_holds_or_not(cli: Cli) -> None:
    """spec-language.md, 19: only literal expectations are passed over; `[T, d]` is an expression."""
    for text in (
        HEAD.replace("filters: n,", "filters: 4, expect: [6, 6, n],"),
        HEAD.replace("filters: n", "filters: 4") + "expect: {output: [6, 6, n]}\n",
        HEAD.replace("filters: n", "filters: 4") + "expect: {params: 28 * n}\n",
    ):
        assert cli("table", "-", stdin=text).code == 0
        found = cli("table", "-", "--set", "n=5", stdin=text)
        assert found.code == 1 and "SC50" in found.err, text
    text = HEAD + "expect: {params: 28 * n, output: 6x6x4}\n"
    found = cli("table", "-", "--set", "n=5", stdin=text)
    assert found.code == 0 and "not checked" in found.err


def test_looks_are_no_change(cli: Cli) -> None:
    text = HEAD + "expect: {params: 7}\n"
    for option in (
        ["--layout", "CHW"],
        ["--dtype", "fp16"],
        ["--units", "si"],
        ["--batch", "1"],
        ["--depth", "1"],
    ):
        assert cli("table", "-", *option, stdin=text).code == 1


@pytest.mark.parametrize(
    "arguments",
    [
        ["tabel", "vgg16"],
        ["table"],
        ["compare"],
        ["compare", "vgg16"],
        ["check"],
        ["expand"],
        ["new"],
        ["completion"],
        ["completion", "tcsh"],
        ["table", "vgg16", "--nonsense"],
        ["table", "vgg16", "--depth", "0"],
        ["table", "vgg16", "--depth", "two"],
        ["table", "vgg16", "--batch", "0"],
        ["table", "vgg16", "--batch", "1e99"],
        ["table", "vgg16", "--batch", "9" * 4000],
        ["table", "vgg16", "--format", "yaml"],
        ["table", "vgg16", "--dtype", "fp8"],
        ["table", "vgg16", "--layout", "NCHW"],
        ["table", "vgg16", "--units", "metric"],
        ["table", "vgg16", "--symbolic", "Q"],
        ["table", "vgg16", "--set", "nothing=3"],
        ["table", "vgg16", "--set", "=3"],
        ["table", "vgg16", "--set", "conv1"],
        ["table", "vgg16", "--set", "conv1="],
        ["table", "vgg16", "--input", "8x8x3"],
        ["table", "vgg16", "--input", "left=8x8x3"],
        ["table", "vgg16", "--input", "two"],
        ["--lang", "fr", "table", "vgg16"],
        ["--color", "red", "table", "vgg16"],
        ["layers", "cnov"],
        ["list", "--format", "nothing"],
    ],
)
def test_2_for_bad_usage(cli: Cli, arguments: list[str]) -> None:
    found = cli(*arguments)
    assert found.code == 2 and found.out == "" and found.err
    assert "Traceback" not in found.err and "itself" not in found.err


def test_2_where_shapes_do_not_fit(cli: Cli) -> None:
    found = cli("table", "-", stdin=HEAD.replace("kernel: 3", "kernel: 30"))
    assert found.code == 2 and found.out == "" and "SC402" in found.err and "<stdin>:5" in found.err
    assert cli("expand", "-", stdin=HEAD.replace("kernel: 3", "kernel: 30")).code == 2


def test_help_is_0_and_nothing_is_help(cli: Cli) -> None:
    assert cli("--help").code == cli("-h").code == cli("--version").code == 0
    assert cli("table", "--help").code == 0
    found = cli()
    assert found.code in (0, 2) and "Usage: shapecalc" in found.out + found.err


def test_130(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("shapecalc.cli._work.read", interrupted)
    found = cli("table", "vgg16")
    assert found.code == 130 and found.out == "" and "Traceback" not in found.err


@pytest.mark.parametrize("error", [RecursionError("deep"), MemoryError(), ZeroDivisionError("planted")])
def test_no_traceback_whatever_happens(cli: Cli, monkeypatch: pytest.MonkeyPatch, error: Exception) -> None:
    def fail(*_: object) -> None:
        raise error

    monkeypatch.setattr("shapecalc.cli._work.read", fail)
    found = cli("table", "vgg16")
    assert (
        found.code == 2
        and found.out == ""
        and found.err.startswith("error: ")
        and "Traceback" not in found.err
    )
    assert ("itself" in found.err) == isinstance(error, ZeroDivisionError)
    monkeypatch.setenv("SHAPECALC_DEBUG", "1")
    if isinstance(error, ZeroDivisionError):
        with pytest.raises(ZeroDivisionError):
            cli("table", "vgg16")


def test_an_interrupt_while_modules_load(tmp_path: Path) -> None:
    code = (
        "import sys, builtins; real = builtins.__import__\n"
        "def stop(name, *rest):\n"
        "    if name == 'click': raise KeyboardInterrupt\n"
        "    return real(name, *rest)\n"
        "from shapecalc.cli import main; builtins.__import__ = stop; main()"
    )
    found = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, cwd=Path(__file__).parents[2], check=False
    )
    assert found.returncode == 130 and found.stderr == b""


WARNED = "input: 28x28\nlayers:\n  - conv: {filters: 4, kernel: 3}\n"


def test_quiet_silences_warnings_and_no_errors(cli: Cli) -> None:
    found = cli("table", "-", stdin=WARNED)
    assert found.code == 0 and "warning[W402]" in found.err
    assert cli("-q", "table", "-", stdin=WARNED).err == ""
    both = WARNED + "expect: {params: 7}\n"
    found = cli("--quiet", "table", "-", stdin=both)
    assert found.code == 1 and "W402" not in found.err and "SC502" in found.err
