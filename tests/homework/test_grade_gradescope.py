"""Gradescope's results.json: whole whatever was submitted, and with nothing in it that its specification does not know.

Keys and values as gradescope/autograder_samples, docs/specs.md lists them.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from shapecalc.cli._main import run

from .marks import LENET
from .marks.sheets import S01, S02, written

TOP = {"score", "execution_time", "output", "output_format", "visibility", "stdout_visibility", "extra_data", "tests", "leaderboard",
       "test_output_format", "test_name_format"}  # fmt: skip
TEST = {
    "score",
    "max_score",
    "status",
    "name",
    "name_format",
    "number",
    "output",
    "output_format",
    "tags",
    "visibility",
    "extra_data",
}


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "submission").mkdir()
    written("key.yaml", LENET)
    return tmp_path


def results(*words: str) -> dict[str, Any]:
    words = words or ("submission",)
    assert (
        run(
            [
                "--lang",
                "en",
                "grade",
                "key.yaml",
                *words,
                "--format",
                "gradescope",
                "-o",
                "results/results.json",
            ]
        )
        == 0
    )
    found: dict[str, Any] = json.loads(
        Path("results/results.json").read_text("utf-8"), parse_constant=pytest.fail
    )
    assert set(found) <= TOP and isinstance(found["score"], float) and found["output_format"] == "text"
    for test in found["tests"]:
        assert (
            set(test) <= TEST and test["status"] in ("passed", "failed") and isinstance(test["output"], str)
        )
        assert 0 <= test["score"] <= test["max_score"] and all(isinstance(tag, str) for tag in test["tags"])
    assert not found["tests"] or found["score"] == sum(test["score"] for test in found["tests"])
    return found


def test_a_submission() -> None:
    written("submission/mine.csv", f"layer,output_shape,params\n{S01}")
    found = results()
    assert found["score"] == 13.0 and found["output"] == "13 of 14" and found["stdout_visibility"] == "hidden"
    assert found["extra_data"]["key"] == "seed-lenet6" and found["extra_data"]["key_version"].startswith(
        "sha256:"
    )
    first, second, third = found["tests"][:3]
    assert first == {
        "number": "1.1", "name": "CONV1 output", "score": 0.0, "max_score": 1.0, "status": "failed",
        "output": "given 32x32x6\nlikely slip: size kept where padding is valid", "output_format": "text",
        "tags": ["wrong", "same_for_valid"],
    }  # fmt: skip
    assert (second["number"], second["status"], second["output"]) == ("1.2", "passed", "given 456\nright")
    assert (
        third["tags"] == ["follow_through"]
        and third["output"] == "given 16x16x6\nthe right step on your CONV1"
    )


def test_right_values_where_they_may_be_told() -> None:
    written("submission/mine.csv", f"layer,output_shape,params\n{S01}")
    assert "expected" not in json.dumps(results())
    told = results("submission", "--reveal", "wrong")["tests"][0]["output"]
    assert told.endswith("expected 28×28×6: ⌊(32 + 2·0 − 5) / 1⌋ + 1 = 28")


def test_files_of_one_submission_are_one_students() -> None:
    lines = S01.splitlines()
    written("submission/a.csv", "layer,output_shape\n" + "\n".join(line.rpartition(",")[0] for line in lines))
    written(
        "submission/b.csv", "layer,params\n" + "\n".join(",".join(line.split(",")[::2]) for line in lines)
    )
    assert results()["score"] == 13.0


@pytest.mark.parametrize("content", [None, b"", b"\x00\xff\xfe", b"hello", b"%PDF-1.4"])
def test_nothing_that_can_be_read(content: bytes | None) -> None:
    if content is not None:
        Path("submission/mine.csv").write_bytes(content)
    found = results()
    assert found["score"] == 0.0 and found["output"]


def test_a_folder_for_a_class(folder: Path) -> None:
    written("submission/s01.csv", f"layer,output_shape,params\n{S01}")
    written("submission/s02.csv", f"layer,output_shape,params\n{S02}")
    assert run(["grade", "key.yaml", "submission", "--format", "gradescope", "-o", "results"]) == 0
    scores = {
        path.name: json.loads(path.read_text("utf-8"))["score"]
        for path in sorted((folder / "results").iterdir())
    }
    assert scores == {"s01.json": 13.0, "s02.json": 9.0}
