"""`shapecalc solve`: what is printed, the JSON contract, and exit codes."""

from __future__ import annotations

import pytest

from .conftest import Cli


def test_json(cli: Cli) -> None:
    found = cli("solve", "--n", 200, "--f", 3, "--s", 1, "--out", 200, "--format", "json")
    assert found.code == 0 and found.err == ""
    assert found.json == {
        "schema": "shapecalc/1", "given": {"n": 200, "f": 3, "s": 1, "out": 200}, "unknown": ["p"],
        "solutions": [{"p": 1, "exact": True}], "intervals": {"p": [1, 1]}, "truncated": False,
    }  # fmt: skip
    found = cli("solve", "--n", 200, "--f", 4, "--s", 1, "--out", 200, "--format", "json")
    assert found.code == 1 and found.json["solutions"] == [] and found.json["nearest"][0] == {"f": 3, "p": 1}
    assert found.json["reason"].startswith("P = 1.5: an even kernel")
    given = ("--n", 224, "--f", 7, "--s", 2, "--p", 3)
    assert cli("solve", *given, "--out", 112, "--format", "json").json["solutions"] == [{}]
    refused = cli("solve", *given, "--out", 113, "--format", "json")
    assert refused.json["solutions"] == [] and refused.code == 1


def test_printed(cli: Cli) -> None:
    found = cli("solve", "--n", "63x63", "--f", "7x7", "--s", 1, "--out", "63x63").out
    assert "P = ?    N = 63×63, F = 7×7, S = 1, M = 63×63" in found
    assert "3  ⌊(63 + 2·3 − 7) / 1⌋ + 1 = 63" in found
    assert "P = ⌈(S·(M − 1) + F − N) / 2⌉" in found and found.count("= 3\n") == 1
    found = cli("solve", "--n", 224, "--f", 3, "--s", 2, "--p", "same").out
    assert "same: P = 0 before and 1 after" in found
    found = cli("solve", "--n", 10, "--f", 3, "--s", 3, "--p", 0).out
    assert "never read" in found
    found = cli("solve", "--n", 200, "--f", 4, "--s", 1, "--out", 200).out
    assert "No solution: P = 1.5: an even kernel cannot keep 200 with stride 1." in found
    assert (
        "F = 3          1     ⌊(200 + 2·1 − 3) / 1⌋ + 1 = 200" in found
        and "padding: same  same  ⌈200 / 1⌉ = 200" in found
    )


def test_data_formats_have_every_solution(cli: Cli) -> None:
    lines = cli("solve", "--n", 224, "--out", 112, "--max", 30, "--format", "csv").out.splitlines()
    count = len(cli("solve", "--n", 224, "--out", 112, "--max", 30, "--format", "json").json["solutions"])
    assert lines[0] == "f,s,p,exact" and len(lines) == count + 1 > 21
    assert (
        len(cli("solve", "--n", 224, "--out", 112, "--max", 30, "--format", "jsonl").out.splitlines())
        == count
    )


@pytest.mark.parametrize(
    ("words", "error"),
    [
        (["--n", "abc"], "N is a whole number"), ([], "nothing is given"),
        (["--n", "3", "--output-padding", "1"], "add --transposed"),
        (["--n", "3", "--transposed", "--rounding", "ceil"], "rounds nothing"),
    ],
)  # fmt: skip
def test_refusals(cli: Cli, words: list[str], error: str) -> None:
    found = cli("solve", *words)
    assert found.code == 2 and error in found.err and found.out == ""


def test_a_spec_with_blanks(cli: Cli) -> None:
    text = "name: X\ninput: 32x32x3\nlayers:\n  - conv: {filters: 6, kernel: 5, padding: unknown, expect: 32x32x6}\n"
    found = cli("solve", "-", "--format", "json", stdin=text)
    assert found.code == 0 and found.json == {
        "schema": "shapecalc/1", "name": "X", "given": {}, "unknown": ["conv1.padding"], "solutions": [{"conv1.padding": 2}],
        "intervals": {"conv1.padding": [2, 2]}, "truncated": False,
    }  # fmt: skip
    assert "In line 4 write 2 for unknown (padding)." in cli("solve", "-", stdin=text).out
    refused = cli("solve", "-", stdin=text.replace("kernel: 5", "kernel: 4"))
    assert refused.code == 1 and "Nearest: conv1.padding = 1" in refused.out
    assert cli("solve", "lenet5").code == 2 and cli("solve", "nowhere").code == 2
    assert "asks for one window" in cli("solve", "lenet5", "--n", 3).err


def test_a_network(cli: Cli) -> None:
    found = cli("solve", "resnet50", "--for", "H=1:512", "--where", "stage4.H == 7", "--format", "json")
    assert found.code == 0 and found.err == "note: the input is square, so W moves with H\n"
    assert found.json["solutions"] == [{"H": n} for n in range(193, 225)]
    assert found.json["intervals"] == {"H": [193, 224]} and found.json["unknown"] == ["H"]
    assert "193 … 224  7" in cli("solve", "resnet50", "--for", "H=1:512", "--where", "stage4.H == 7").out
    refused = cli("solve", "resnet50", "--for", "H=200:230", "--where", "stage4.H == 9")
    assert refused.code == 1 and "Nearest: H = 225, stage4.H = 8." in refused.out
    assert cli("solve", "resnet50", "--for", "H=1:9", "--where", "fc1.H == 7").code == 2
    for words in (
        ["lenet5", "--where", "params < 3"],
        ["lenet5", "--exact"],
        ["--for", "H=1:3"],
        ["lenet5", "--for", "H=x"],
    ):
        found = cli("solve", *words)
        assert found.code == 2 and found.err.startswith("error: ") and found.out == ""
