"""A student's page in Chinese."""

from __future__ import annotations

from pathlib import Path

import pytest

from shapecalc import text
from shapecalc.cli._main import run

from .marks import LENET
from .marks.sheets import S01, written


def test_a_page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    written("key.yaml", LENET)
    written("s01.csv", f"layer,output_shape,params\n{S01}")
    try:
        assert (
            run(
                ["--lang", "zh", "-q", "grade", "key.yaml", "s01.csv", "--feedback", "pages", "-o", "out.txt"]
            )
            == 0
        )
    finally:
        text.use("en")
    page = Path("pages/s01.md").read_text("utf-8")
    assert page.startswith("# seed-lenet6 – s01：13 / 14\n\n| 层    | 输出       | 参数量  |\n")
    assert "应为 28×28×6：⌊(32 + 2·0 − 5) / 1⌋ + 1 = 28" in page and "在你的 CONV1 上步骤正确，不扣分" in page
