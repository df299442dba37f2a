"""What a page in Chinese says of slips."""

from __future__ import annotations

from pathlib import Path

import pytest

from shapecalc import text
from shapecalc.cli._main import run

from .marks import LENET
from .marks.sheets import written

SHEET = """\
layer,output_shape,params
CONV1,32x32x6,151
CONV2,12x12x16,2400
FC3,120,120
"""


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ((), ("该用 valid 却用了 same", "忽略输入通道数；并且整层只算一个偏置", "漏算偏置")),
        (
            ("--hints",),
            (
                "这一层会保持尺寸吗？看看填充。",
                "一个卷积核有多深？看看输入的形状。",
                "再数一遍偏置：谁各有一个？",
            ),
        ),
    ],
)
def test_a_page_says_slips_hints_and_pairs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, options: tuple[str, ...], said: tuple[str, ...]
) -> None:
    monkeypatch.chdir(tmp_path)
    written("key.yaml", LENET)
    written("mei.csv", SHEET)
    try:
        assert (
            run(
                [
                    "--lang",
                    "zh",
                    "grade",
                    "key.yaml",
                    "mei.csv",
                    "--feedback",
                    "pages",
                    "-o",
                    "o.txt",
                    *options,
                ]
            )
            == 0
        )
    finally:
        text.use("en")
    (page,) = Path("pages").glob("*.md")
    shown = page.read_text("utf-8")
    for sentence in said:
        assert sentence in shown
