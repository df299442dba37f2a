"""Pages and messages in Chinese: every sentence of marking has one, and the compiled catalogue is the readable one."""

from __future__ import annotations

import ast
import gettext
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from shapecalc import text
from shapecalc.cli._main import run

from .marks import LENET
from .marks.sheets import S01, written

ROOT = Path(__file__).parents[2] / "shapecalc"
FOLDER = ROOT / "locale" / "zh" / "LC_MESSAGES"
SAID = (
    "homework/compare.py", "homework/conventions.py", "homework/grade.py", "homework/marking.py", "homework/gradebooks",
    "report/grades.py", "report/class_report.py", "report/checked_key.py", "render/pages", "report/told.py", "render/gradescope.py",
    "cli/_feedback.py", "cli/_gradebook.py", "cli/_check_key.py",
    "homework/cells.py", "homework/spelling", "homework/sheets", "homework/folders.py", "homework/hand_in_files.py",
    "homework/problems/marking.py", "homework/problems/grading.py", "homework/problems/answers.py",
)  # fmt: skip


def sentences(path: Path) -> Iterator[str]:
    """What stands in _(…), N_(…) and ngettext(…)."""
    for file in sorted(path.glob("*.py")) if path.is_dir() else [path]:
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Name)
                and node.func.id in ("_", "N_", "ngettext")
            ):
                first = node.args[0]
                if isinstance(first, ast.Constant):
                    yield str(first.value)


def pairs() -> dict[str, str]:
    """Sentences and their Chinese, from the readable catalogue."""
    found = re.findall(
        r'^msgid "(.+)"\n(?:msgid_plural ".*"\n)?msgstr(?:\[0\])? "(.+)"$',
        (FOLDER / "grade.po").read_text("utf-8"),
        re.MULTILINE,
    )
    return {ast.literal_eval(f'"{a}"'): ast.literal_eval(f'"{b}"') for a, b in found}


def test_the_compiled_catalogue_is_fresh() -> None:
    with (FOLDER / "grade.mo").open("rb") as file:
        known = gettext.GNUTranslations(file)
    for sentence, chinese in pairs().items():
        assert known.ngettext(sentence, sentence, 2) == chinese or known.gettext(sentence) == chinese, (
            sentence
        )


def test_every_sentence_has_its_chinese() -> None:
    known = pairs()
    for path in SAID:
        for sentence in sentences(ROOT / path):
            assert sentence in known, (path, sentence)


def test_the_same_values_stand_in_both() -> None:
    for sentence, chinese in pairs().items():
        assert set(re.findall(r"\{\w+\}", sentence)) == set(re.findall(r"\{\w+\}", chinese)), sentence


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
    assert page.startswith("# seed-lenet6 – s01:13 / 14\n\n| 层    | 输出       | 参数量  |\n")
    assert "应为 28×28×6: ⌊(32 + 2·0 − 5) / 1⌋ + 1 = 28" in page and "在你的 CONV1 上步骤正确,不扣分" in page
