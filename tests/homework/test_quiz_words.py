"""A worksheet in Chinese."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from shapecalc import api, text
from shapecalc.homework.quiz.make import Wish
from shapecalc.homework.quiz.sheets import Maker, Request
from shapecalc.render.quiz import render_quiz


@pytest.fixture
def chinese() -> Iterator[None]:
    text.use("zh")
    yield
    text.use("en")


@pytest.mark.usefixtures("chinese")
def test_a_sheet_in_chinese() -> None:
    quiz = Maker(api.compute(api.read("lenet5")).bound, Request(Wish("conv2"))).one().quiz
    plain = render_quiz([quiz], "plain")
    assert (
        "LeNet-5：填空题   姓名：" in plain
        and "输出尺寸向下取整。" in plain
        and "参数包括权重和偏置。" in plain
    )
    markdown = render_quiz([quiz], "markdown")
    assert "| layer       | operation    | output_shape | activations | params |" in markdown
