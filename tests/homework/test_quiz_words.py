"""A worksheet in Chinese: its catalogue is whole, fresh, and says the same values."""

from __future__ import annotations

import ast
import gettext
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import shapecalc
from shapecalc import api, text
from shapecalc.homework.quiz.make import Wish
from shapecalc.homework.quiz.sheets import Maker, Request
from shapecalc.render.quiz import render_quiz

PACKAGE = Path(shapecalc.__file__).parent
FOLDER = PACKAGE / "locale" / "zh" / "LC_MESSAGES"
SHARED = {"did you mean {word}?", "there are {names}", "{path} cannot be written: {reason}"}
"""Sentences of the whole program, which its own catalogue has."""


@pytest.fixture
def chinese() -> Iterator[None]:
    text.use("zh")
    yield
    text.use("en")


def catalogue() -> dict[str, str]:
    pairs = re.findall(
        r'^msgid (".*")\nmsgstr (".*")$', (FOLDER / "quiz.po").read_text("utf-8"), re.MULTILINE
    )
    return {json.loads(a): json.loads(b) for a, b in pairs if a != '""'}


def sentences() -> set[str]:
    files = [
        PACKAGE / "report" / "quiz.py",
        PACKAGE / "cli" / "quiz.py",
        *(PACKAGE / "homework" / "quiz").glob("*.py"),
    ]
    files += (PACKAGE / "render" / "quiz").glob("*.py")
    calls = (
        node
        for path in files
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Call)
    )
    named = (call for call in calls if getattr(call.func, "id", "") in ("_", "N_"))
    return {call.args[0].value for call in named if isinstance(call.args[0], ast.Constant)}


def test_every_sentence_is_translated() -> None:
    assert sentences() - set(catalogue()) == SHARED
    assert set(catalogue()) <= sentences()


def test_values_keep_their_places() -> None:
    for english, chinese in catalogue().items():
        assert sorted(re.findall(r"\{\w+\}", english)) == sorted(re.findall(r"\{\w+\}", chinese)), english


def test_the_compiled_catalogue_is_fresh() -> None:
    with (FOLDER / "quiz.mo").open("rb") as file:
        compiled = gettext.GNUTranslations(file)
    assert {english: compiled.gettext(english) for english in catalogue()} == catalogue()


@pytest.mark.usefixtures("chinese")
def test_a_sheet_in_chinese() -> None:
    quiz = Maker(api.compute(api.read("lenet5")).bound, Request(Wish("conv2"))).one().quiz
    plain = render_quiz([quiz], "plain")
    assert (
        "LeNet-5:填空题   姓名:" in plain
        and "输出尺寸向下取整。" in plain
        and "参数包括权重和偏置。" in plain
    )
    markdown = render_quiz([quiz], "markdown")
    assert "| layer       | operation    | output_shape | activations | params |" in markdown
