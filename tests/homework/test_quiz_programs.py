"""What the real programs say to an exported quiz: each is asked where it is installed, and is skipped in words where not."""

from __future__ import annotations

import html
import json
import re
import shutil
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from shapecalc.cli._main import run
from shapecalc.render.quiz import render_quiz
from shapecalc.report.quiz import Blank, written

from .test_quiz_formats import ODD, quiz

HAN = ODD.replace("- relu", "- relu: {name: 网络}")
SHEETS = {
    "numbers": {"rate": 1.0},
    "choices": {"rate": 1.0, "choices": 4},
    "slips": {"rate": 1.0, "slips": True},
    "Chinese": {"spec": HAN, "rate": 1.0},
}


def sheet(name: str) -> Any:
    return quiz(**SHEETS[name])  # type: ignore[arg-type]


def flat(blanks: tuple[Blank, ...]) -> list[int]:
    return [n for b in blanks for n in (b.value if isinstance(b.value, tuple) else (b.value,))]


@pytest.mark.parametrize("name", SHEETS)
def test_pygiftparser_reads_gift(name: str) -> None:
    parser = pytest.importorskip("pygiftparser.parser", reason="pygiftparser is not installed: it reads GIFT")
    made = sheet(name)
    questions = parser.parseFile(render_quiz([made], "gift").splitlines(keepends=True))
    assert all(question.valid for question in questions)
    asked = [q for q in questions if type(q.answers).__name__ != "Description"]
    if name == "choices":
        assert [type(q.answers).__name__ for q in asked] == ["SelectSet"] * len(made.blanks)
    else:
        assert [int(q.answers.answers[0].value) for q in asked] == flat(made.blanks)


def test_pygiftparser_reads_a_pool() -> None:
    parser = pytest.importorskip("pygiftparser.parser", reason="pygiftparser is not installed: it reads GIFT")
    one, two = quiz("lenet5", blank="conv2,total.params"), quiz("lenet5_rgb", blank="conv2,total.params")
    text = render_quiz([one, two], "gift")
    questions = parser.parseFile(text.splitlines(keepends=True))
    assert (
        all(question.valid for question in questions) and len(questions) == 2 * 6
    )  # three axes, three numbers
    categories = re.findall(r"^\$CATEGORY: (.+)$", text, re.MULTILINE)
    assert len(set(categories)) == len(categories) == 6


@pytest.mark.parametrize("name", SHEETS)
def test_text2qti_converts(name: str, tmp_path: Path) -> None:
    pytest.importorskip("text2qti", reason="text2qti is not installed: it makes QTI of its text")
    if find_spec("pkg_resources") is None:
        pytest.skip("text2qti wants setuptools before 81, which is not installed")
    (tmp_path / "quiz.txt").write_text(render_quiz([sheet(name)], "text2qti"), "utf-8")
    code = "import sys; from text2qti.cmdline import main; sys.argv[0] = 'text2qti'; main()"
    done = subprocess.run(
        [sys.executable, "-c", code, "quiz.txt"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    assert (tmp_path / "quiz.zip").stat().st_size > 1000


def test_text2qti_takes_an_answer_of_zero_and_its_table_names_its_questions() -> None:
    made = quiz("lenet5", blank="conv1.output_shape,avgpool1.params,conv2.params")
    text = render_quiz([made], "text2qti")
    assert "conv1: conv 6, f=5, output\\_shape (1-3), activations 4,704, params 156" in text
    assert "avgpool1: avgpool f=2, output\\_shape 14×14×6, activations 1,176, params (4)" in text
    assert "params (5)" in text and re.search(r"^4\. avgpool1: .*\n(\+.*\n)?\*   0$", text, re.MULTILINE)
    assert re.search(r"^5\. conv2: .*\n\+   .*\n=   2416$", text, re.MULTILINE)


MARKED = [  # cells of a notebook that nbgrader gives marks for, and how
    ({}, [("sheet0-marks", True, True, 4)]),
    ({"asserts": True}, [("sheet0-row1-answer", False, True, None), ("sheet0-row1-test", True, False, 3),
                         ("sheet0-row6-answer", False, True, None), ("sheet0-row6-test", True, False, 1)]),
    ({"filled": True}, []),
]  # fmt: skip


@pytest.mark.parametrize(("how", "cells"), MARKED)
def test_the_notebook_says_what_nbgrader_marks(how: dict[str, bool], cells: list[Any]) -> None:
    book = json.loads(render_quiz([quiz("lenet5", blank="conv1,fc1.params")._replace(**how)], "notebook"))
    known = [cell["metadata"]["nbgrader"] for cell in book["cells"] if cell["metadata"]]
    assert [(m["grade_id"], m["grade"], m["solution"], m.get("points")) for m in known] == cells
    assert all(m["schema_version"] == 3 and m["locked"] is not m["solution"] for m in known)


@pytest.mark.parametrize(("how", "cells"), MARKED)
def test_nbgrader_validates(how: dict[str, bool], cells: list[Any]) -> None:
    known = pytest.importorskip(
        "nbgrader.nbgraderformat", reason="nbgrader is not installed: it reads its metadata"
    )
    text = render_quiz(
        [quiz("lenet5", blank="conv1,fc1.params")._replace(**how), sheet("numbers")], "notebook"
    )
    book = known.reads(text, as_version=4)
    assert sum(c.metadata.nbgrader.get("points", 0) for c in book.cells if "nbgrader" in c.metadata) >= len(
        cells
    )


@pytest.mark.parametrize("asserts", [False, True])
def test_the_table_outlives_the_assignment(asserts: bool) -> None:
    """What `nbgrader generate_assignment` takes out are the answers of a teacher's source, and never the table."""
    known = pytest.importorskip(
        "nbgrader.preprocessors", reason="nbgrader is not installed: it makes the assignment"
    )
    reads = pytest.importorskip("nbgrader.nbgraderformat").reads
    made = quiz("lenet5", blank="conv1,fc1.params")._replace(asserts=asserts)
    book, _resources = known.ClearSolutions().preprocess(
        reads(render_quiz([made], "notebook"), as_version=4), {}
    )
    book, _resources = known.ClearHiddenTests().preprocess(book, {})
    text = "\n".join(cell.source for cell in book.cells)
    assert "| conv1       | conv 6, f=5  | ?            |" in text and "156" not in text


@pytest.mark.parametrize("asserts", [False, True])
def test_otter_loads(asserts: bool, tmp_path: Path) -> None:
    pytest.importorskip("otter", reason="otter-grader is not installed: it runs a notebook")
    path = tmp_path / "sheet.ipynb"
    path.write_text(render_quiz([sheet("numbers")._replace(asserts=asserts)], "notebook"), "utf-8")
    code = "import sys; from otter.execute import grade_notebook as g; r = g(sys.argv[1], test_dir=sys.argv[2]); print(r.total, r.possible)"
    done = subprocess.run(
        [sys.executable, "-c", code, str(path), str(tmp_path)],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=180,
        check=False,
    )
    assert done.stdout.split() == ["0", "0"], done.stderr[
        -2000:
    ]  # it has no tests of otter's own, and none that fails


TEX = {"English": ("lenet5", "en"), "odd": (ODD, "en"), "accents": (ODD.replace("- relu", "- relu: {name: Zażółć}"), "en"),
       "no font": (ODD.replace("- relu", "- relu: {name: Привет}"), "en"), "Chinese": (HAN, "zh")}  # fmt: skip


@pytest.mark.parametrize("program", ["pdflatex", "xelatex"])
@pytest.mark.parametrize("choices", [0, 3])
@pytest.mark.parametrize("name", TEX)
def test_latex_compiles(program: str, name: str, choices: int, tmp_path: Path) -> None:
    if shutil.which(program) is None:
        pytest.skip(f"{program} is not installed: it compiles an exam sheet")
    if name == "Chinese" and program == "pdflatex":
        pytest.skip("pdfLaTeX has no Chinese fonts: the sheet asks for XeLaTeX")
    spec, _language = TEX[name]
    text = render_quiz([quiz(spec, choices, rate=0.6), quiz(spec, choices)._replace(filled=True)], "latex")
    if "ctex" in text and not _has("ctex.sty"):
        pytest.skip("ctex is not installed: Chinese letters need it")
    (tmp_path / "sheet.tex").write_text(text, "utf-8")
    _compiled(program, tmp_path)


def _has(style: str) -> bool:
    found = shutil.which("kpsewhich")
    return bool(found and subprocess.run([found, style], capture_output=True, check=False).stdout)


def _compiled(program: str, folder: Path) -> None:
    done = subprocess.run(
        [program, "-interaction=nonstopmode", "-halt-on-error", "sheet.tex"],
        cwd=folder, capture_output=True, timeout=120, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout.decode("utf-8", "replace")[-1500:]
    assert (folder / "sheet.pdf").exists()


@pytest.mark.parametrize("program", ["pdflatex", "xelatex"])
def test_marked_sheets_compile(program: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """`grade --format latex` asks for booktabs and nothing else, its signs included."""
    if shutil.which(program) is None:
        pytest.skip(f"{program} is not installed: it compiles a table")
    monkeypatch.chdir(tmp_path)
    Path("mei.csv").write_text(
        "layer,output_shape,params\nconv1,28x28x6,150\navgpool1,7x7,~#{}%&_^\\\nconv2,,?\n", "utf-8"
    )
    assert run(["--lang", "en", "grade", "lenet5", "mei.csv", "-o", "table.tex"]) == 0
    head = "\\documentclass{article}\n\\usepackage{booktabs}\n\\begin{document}\n\\input{table}\n\\end{document}\n"
    Path("sheet.tex").write_text(head, "utf-8")
    _compiled(program, tmp_path)


# Moodle's own expressions, question/type/multianswer/questiontype.php (4.1), for an embedded answer
ALTERNATIVE = r"(=|%(-?[0-9]+(?:[.,][0-9]*)?)%)?(.+?(?<!\\|&)(?=[~#}]|$))(#(.*?(?<!\\)(?=[~}]|$)))?"
FIELD = re.compile(rf"\{{([0-9]*):(NUMERICAL|MULTICHOICE):({ALTERNATIVE}(~{ALTERNATIVE})*)\}}", re.DOTALL)
ONE = re.compile(ALTERNATIVE, re.DOTALL)


def moodle(text: str) -> list[list[tuple[str, str, str]]]:
    """Fields as Moodle reads them: (credit, answer, feedback); entities decoded, `\\}` and `\\#` taken back."""

    def shown(text: str | None) -> str:
        return html.unescape(text or "").replace(r"\}", "}").replace(r"\#", "#")

    found = []
    for field in FIELD.finditer(text):
        rest, answers = field[3], []
        while match := ONE.match(rest):
            answers.append((match[1] or "", shown(match[3]), shown(match[5])))
            rest = rest[match.end() + 1 :]
        found.append(answers)
    return found


@pytest.mark.parametrize("name", SHEETS)
def test_moodle_reads_its_fields(name: str) -> None:
    made = sheet(name)
    fields = moodle(render_quiz([made], "cloze"))
    right = [next(value for credit, value, _said in field if credit == "=") for field in fields]
    if name == "choices":
        assert right == [written(b.value) for b in made.blanks]
    else:
        assert [int(value.partition(":")[0]) for value in right] == flat(made.blanks)
    said = [text for field in fields for _credit, _value, text in field]
    assert any("⌊(8 + 2·1 − 3) / 1⌋ + 1 = 8" in text for text in said)  # the slash without a backslash
    assert not any("\\/" in text or "&#" in text for text in said)
    if name == "slips":
        assert any(html.unescape(text).startswith("= ~ # { } : | $x$ _a_ \\ <b> & 100%") for text in said)
        assert any(text == "depth = {3}, left out" for text in said)


@pytest.mark.parametrize("name", SHEETS)
def test_moodle_xml_is_whole(name: str) -> None:
    made = sheet(name)
    root = ElementTree.fromstring(render_quiz([made], "moodle"))  # noqa: S314 -- our own
    kinds = [question.get("type") for question in root]
    assert kinds.count("category") == 1 + len(made.blanks) == len(kinds) / 2
    for question in root:
        if question.get("type") in ("numerical", "multichoice"):
            assert [a.get("fraction") for a in question.iter("answer")].count("100") == 1
    texts = [
        question.findtext("questiontext/text") or "" for question in root if question.get("type") == "cloze"
    ]
    assert all(moodle(text) for text in texts)


def test_variants_share_a_category(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One category a question, a variant each in it; none leans on a table that is not drawn with it."""
    monkeypatch.chdir(tmp_path)
    words = ["quiz", "lenet5", "--variants", "4", "--blank", "conv2,avgpool2.output_shape,total.params", "--format", "moodle", "-o", "class"]  # fmt: skip
    assert run(["--lang", "en", *words]) == 0
    assert len(list(Path("class/keys").iterdir())) == 4
    root = ElementTree.parse("class/questions.xml").getroot()  # noqa: S314 -- our own
    pool: dict[str, list[Any]] = {}
    for question in root:
        if question.get("type") == "category":
            pool[question.findtext("category/text") or ""] = own = []
        else:
            own.append(question)
    assert [name.rpartition("/")[2] for name in pool] == [
        "whole sheets", "01 conv2 output shape", "02 conv2 activations", "03 conv2 params",
        "04 avgpool2 output shape", "05 total params",
    ]  # fmt: skip
    assert {len(questions) for questions in pool.values()} == {4}
    marks = [questions[0].findtext("defaultgrade") for questions in pool.values()]
    assert marks == [None, None, "3", "3", None, "3"]  # a number as much as the three fields of a shape
    for questions in list(pool.values())[1:]:
        assert len({q.findtext("questiontext/text") for q in questions}) == 4
        assert all("the output of" not in (q.findtext("questiontext/text") or "") for q in questions)
    total = (
        pool[next(name for name in pool if name.endswith("total params"))][0].findtext("questiontext/text")
        or ""
    )
    assert "<li>conv1: conv" in total and "<li>fc3: fc" in total
