"""`check`: files and folders, six ways to print what was found, and what counts as failing."""

from __future__ import annotations

import json
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from shapecalc import catalogue

from .conftest import Cli

GOOD = "{input: 8x8x3, layers: [relu]}"
WARNED = "input: 28x28\nlayers:\n  - conv: {filters: 4, kernel: 3}\n"
BAD = "name: bad\ninput: 8x8x3\nlayers:\n  - cnv: 3\n  - conv: {filters: 4, kernel: 99}\n"
UNMET = "input: 8x8x3\nlayers: [relu]\nexpect: {params: 7}\n"
DIAGNOSTIC = [
    "code",
    "severity",
    "file",
    "line",
    "column",
    "end_line",
    "end_column",
    "message",
    "help",
    "related",
]


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "specs" / "more").mkdir(parents=True)
    (tmp_path / "specs" / ".hidden").mkdir()
    for path, text in {
        "specs/a.yaml": GOOD,
        "specs/more/b.yml": BAD,
        "specs/c.yaml": WARNED,
        "specs/.hidden/d.yaml": BAD,
    }.items():
        (tmp_path / path).write_text(text)
    (tmp_path / "specs" / "notes.txt").write_text("no spec")
    return tmp_path


def test_all_built_ins_pass(cli: Cli) -> None:
    found = cli("check", catalogue.folder())
    assert (found.code, found.err) == (0, "")
    assert found.out == f"{len(catalogue.names())} specs, no findings\n"
    assert cli("check", "vgg16").out == "1 spec, no findings\n"


def test_a_folder(cli: Cli, here: Path) -> None:
    found = cli("check", "specs", "--output-format", "json")
    assert found.code == 1 and found.err == ""
    assert found.json["files"] == 3
    where = [(d["file"].replace("\\", "/"), d["code"], d["severity"]) for d in found.json["diagnostics"]]
    assert ("specs/more/b.yml", "SC201", "error") in where and ("specs/c.yaml", "W402", "warning") in where
    assert len(where) == 2 and list(found.json) == ["files", "diagnostics"]
    first = next(d for d in found.json["diagnostics"] if d["code"] == "SC201")
    assert list(first) == DIAGNOSTIC
    assert (first["line"], first["column"], first["end_line"], first["end_column"]) == (4, 5, 4, 8)
    assert first["related"] == [] and isinstance(first["message"], str) and isinstance(first["help"], str)


def test_files_and_folders_each_once(cli: Cli, here: Path) -> None:
    found = cli("check", "specs", "specs/a.yaml", "specs/a.yaml", "lenet5", "--output-format", "json")
    assert found.json["files"] == 4


def test_an_empty_folder_and_a_missing_file(cli: Cli, here: Path) -> None:
    (here / "empty").mkdir()
    found = cli("check", "empty")
    assert found.code == 2 and "no spec in empty" in found.err
    found = cli("check", "specs/a.yaml", "nowhere.yaml", "specs/more/b.yml", "--output-format", "json")
    assert found.code == 2 and [d["code"] for d in found.json["diagnostics"]] == ["SC001", "SC201"]


@pytest.mark.parametrize(
    ("text", "code", "strict"),
    [(GOOD, 0, 0), (WARNED, 0, 1), (BAD, 1, 1), (UNMET, 1, 1), ("", 1, 1), ("{", 1, 1)],
)
def test_exit_codes(cli: Cli, text: str, code: int, strict: int) -> None:
    assert cli("check", "-", stdin=text).code == code
    assert cli("check", "-", "--strict", stdin=text).code == strict
    for format in ("concise", "json", "github", "sarif", "junit"):
        assert cli("check", "-", "--output-format", format, stdin=text).code == code


def test_quiet_hides_warnings_unless_they_fail(cli: Cli) -> None:
    assert "W402" in cli("check", "-", stdin=WARNED).out
    assert cli("-q", "check", "-", stdin=WARNED).out == "1 spec, no findings\n"
    found = cli("-q", "check", "-", "--strict", stdin=WARNED)
    assert found.code == 1 and "W402" in found.out


def test_full(cli: Cli) -> None:
    found = cli("check", "-", stdin=BAD)
    assert found.code == 1 and found.err == ""
    assert found.out.startswith(
        "error[SC201]: there is no layer cnv\n --> <stdin>:4:5\n  |\n4 |   - cnv: 3\n  |     ^^^\n  = help: did you mean conv?\n"
    )


def test_concise(cli: Cli) -> None:
    assert (
        cli("check", "-", "--output-format", "concise", stdin=BAD).out
        == "<stdin>:4:5: error[SC201]: there is no layer cnv\n"
    )
    assert cli("check", "-", "--output-format", "concise", stdin=GOOD).out == ""


def test_github(cli: Cli, here: Path) -> None:
    lines = cli("check", "specs", "--output-format", "github").out.splitlines()
    assert len(lines) == 2 and all(line.startswith(("::error ", "::warning ")) for line in lines)
    assert any("line=4,endLine=4,col=5" in line and "title=shapecalc SC201" in line for line in lines)


def test_sarif(cli: Cli, here: Path) -> None:
    log = cli("check", "specs", "--output-format", "sarif").json
    assert log["version"] == "2.1.0" and log["$schema"].endswith("sarif-schema-2.1.0.json")
    (run,) = log["runs"]
    assert run["tool"]["driver"]["name"] == "shapecalc"
    rules = {rule["id"] for rule in run["tool"]["driver"]["rules"]}
    for result in run["results"]:
        assert (
            result["ruleId"] in rules
            and result["level"] in ("error", "warning", "note", "none")
            and result["message"]["text"]
        )
        region = result["locations"][0]["physicalLocation"]["region"]
        assert 1 <= region["startLine"] <= region["endLine"] and region["startColumn"] >= 1
    assert len(run["artifacts"]) == 3


def test_junit(cli: Cli, here: Path) -> None:
    root = ET.fromstring(cli("check", "specs", "--output-format", "junit").out)  # noqa: S314
    assert root.tag == "testsuites" and (root.get("tests"), root.get("failures")) == ("3", "1")
    assert len(root.findall("testsuite")) == 3 and len(root.findall(".//failure")) == 1
    assert root.find(".//failure").get("type") == "SC201"  # type: ignore[union-attr]


@pytest.mark.parametrize("format", ["full", "concise", "json", "github", "sarif", "junit"])
def test_into_a_file(cli: Cli, here: Path, format: str) -> None:
    found = cli("check", "specs", "--output-format", format, "-o", "found.out")
    assert found.code == 1 and found.out == ""
    assert (here / "found.out").read_text("utf-8") == cli("check", "specs", "--output-format", format).out
    assert cli("check", "specs", "-o", "nowhere/found.out").code == 2


def test_json_of_nothing_found(cli: Cli) -> None:
    assert json.loads(cli("check", "lenet5", "--output-format", "json").out) == {
        "files": 1,
        "diagnostics": [],
    }
