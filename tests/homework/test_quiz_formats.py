"""Every format of a worksheet: valid for its readers, everything escaped, and no answer where none belongs."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from typing import Any

import pytest

from shapecalc import api
from shapecalc.errors import Source
from shapecalc.homework.quiz.make import Wish
from shapecalc.homework.quiz.sheets import Maker, Request
from shapecalc.render.quiz import FORMATS, PLATFORMS, render_quiz
from shapecalc.render.quiz._moodle import GRADES, grade
from shapecalc.render.quiz.notebook import variables
from shapecalc.report.quiz import Blank, Quiz, Wrong, written
from shapecalc.spec import load

NASTY = "= ~ # { } : | $x$ _a_ \\ <b> & 100% ^ \" ' [c] *d* `e` \x1b[31m {1:NUMERICAL:=1:0}"
ODD = f"""
name: {json.dumps(NASTY)}
input: 8x8x3
layers:
  - conv: {{name: c_1-a, filters: 4, kernel: 3, padding: 1}}
  - relu
  - concat: {{"1x1": [conv: 5], "a_b": identity}}
  - maxpool: {{kernel: 3, stride: 2}}
  - fc: 11
"""
SHEETS = [name for name in FORMATS if name not in PLATFORMS]
WRONG = (Wrong(108, "no_bias", NASTY, 0.5), Wrong(40, "no_input_depth", "depth = {3}, left out", 0.0))


def quiz(spec: str = ODD, choices: int = 0, slips: bool = False, **wish: object) -> Quiz:
    """A worksheet; with `slips` its first params blank (112) has two wrong values with feedback."""
    plan = load(Source("net.yaml", spec)) if "\n" in spec else api.read(spec)
    made = Maker(api.compute(plan).bound, Request(Wish(**wish), choices)).one().quiz
    if not slips:
        return made
    first = next(b for b in made.blanks if b.column == "params")
    lines = [
        line._replace(cells=tuple(c._replace(wrong=WRONG) if c is first else c for c in line.cells))
        for line in made.lines
    ]
    return made._replace(lines=tuple(lines))


@pytest.mark.parametrize("format", SHEETS)
@pytest.mark.parametrize("spec", ["lenet5", "alexnet", "vgg16", "squeezenet", "lenet5_rgb", "zfnet", ODD])
@pytest.mark.parametrize("choices", [0, 4])
def test_no_answer_leaks(format: str, spec: str, choices: int) -> None:
    """A right value must not be in the sheet, unless it is also a given number, or one of the choices."""
    for seed in range(3):
        sheet = quiz(spec, choices, seed=seed)
        text = render_quiz([sheet], format)
        known = " ".join(
            f"{line.operation} {line.name} "
            + " ".join(
                f"{written(c)} {written(c, 'x')}"
                for c in line.cells
                if c is not None and not isinstance(c, Blank)
            )
            for line in sheet.lines
        )
        known += " ".join([*sheet.conventions, *(b.question for b in sheet.blanks)])
        known += " ".join(written(c.value) for b in sheet.blanks for c in b.choices)
        numbers = set(re.findall(r"\d[\d,]*(?:[×x]\d+)*", known))
        told = numbers | {n.replace(",", "") for n in numbers}
        visible = re.sub(r"<style>.*?</style>|<script>.*?</script>", "", text, flags=re.DOTALL)
        visible = visible.replace(r"$\times$", "×")
        found = set(re.findall(r"\d[\d,]*(?:[×x]\d+)*", visible))
        found |= {"×".join(re.findall(r"\d+", m)) for m in re.findall(r"\[\d+(?:, \d+)+\]", visible)}
        for blank in sheet.blanks:
            forms = {written(blank.value), written(blank.value, "x")}
            if not isinstance(blank.value, tuple):
                forms.add(str(blank.value))
            if (
                not forms & told
                and max(blank.value if isinstance(blank.value, tuple) else (blank.value,)) > 50
            ):
                assert not forms & found, (blank.row, blank.column, blank.value)


@pytest.mark.parametrize("format", FORMATS)
@pytest.mark.parametrize("choices", [0, 3])
def test_no_control_characters(format: str, choices: int) -> None:
    text = render_quiz([quiz(choices=choices, slips=not choices, rate=1.0)], format)
    assert "\x1b" not in text and "\x00" not in text and text.endswith("\n")


def test_markdown() -> None:
    text = render_quiz([quiz("lenet5", blank="conv1")], "markdown")
    assert "| conv1       | conv 6, f=5  | ?            |           ? |      ? |" in text
    assert "| layer       | operation    | output_shape | activations | params |" in text
    assert text.startswith("# LeNet-5: fill in the blanks\n\nName: \n")
    table = [line for line in render_quiz([quiz()], "markdown").splitlines() if line.startswith("|")]
    assert len({len(re.findall(r"(?<!\\)\|", line)) for line in table}) == 1


def test_csv() -> None:
    text = render_quiz([quiz("lenet5", blank="conv1,receptive_field")], "csv")
    assert text.splitlines()[:3] == [
        "layer,operation,output_shape,activations,params,receptive_field",
        "input,,32x32x1,1024,0,",
        'conv1,"conv 6, f=5",?,?,?,?',
    ]


def test_choices_stand_in_their_cell_of_a_csv() -> None:
    line = render_quiz([quiz("lenet5", 2, blank="conv1.params")], "csv").splitlines()[2]
    assert (
        re.fullmatch(r'conv1,"conv 6, f=5",28x28x6,4704,"?a\) [\d,]+  b\) [\d,]+"?', line) and "156" in line
    )


def test_latex_is_balanced() -> None:
    for choices in (0, 3):
        text = render_quiz([quiz(choices=choices), quiz("resnet18")], "latex")
        bare = re.sub(r"\\[\\{}$&#%_]", "", text)
        assert bare.count("{") == bare.count("}") and bare.count("$") % 2 == 0 and "#" not in bare
        stack = []
        for kind, name in re.findall(r"\\(begin|end)\{(\w+)\}", text):
            if kind == "begin":
                stack.append(name)
            else:
                assert stack.pop() == name
        assert not stack
        rows = [line for line in text.splitlines() if line.endswith(r"\\") and "toprule" not in line]
        cells = {len(re.findall(r"(?<!\\)&", line)) for line in rows if "&" in line}
        assert cells == {4}
        assert all(ord(c) < 128 for c in text)  # pdfLaTeX without packages for other letters
    assert r"\underline{\hspace{5em}}" in render_quiz([quiz()], "latex")
    assert r"\usepackage{ctex}" in render_quiz([quiz(ODD.replace("name:", 'name: "网络" #', 1))], "latex")


class Page(HTMLParser):
    """Tags in balance, and what is in them."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.rows: list[int] = []
        self.fields = 0
        self.text = ""

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        if tag == "tr":
            self.rows.append(0)
        self.rows[-1:] = [self.rows[-1] + (tag in ("td", "th"))] if self.rows else []
        self.fields += tag == "input"
        if tag not in ("meta", "input", "br", "!doctype"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data


@pytest.mark.parametrize("choices", [0, 3])
def test_html_is_a_form(choices: int) -> None:
    sheet = quiz(choices=choices, rate=1.0)
    page = Page()
    page.feed(render_quiz([sheet], "html"))
    assert not page.open and set(page.rows) == {5}
    assert page.fields == 1 + len(sheet.blanks) * (choices or 1)
    assert "= ~ # { } : | $x$ _a_ \\ <b> & 100%" in page.text
    filled = Page()
    filled.feed(render_quiz([sheet._replace(filled=True)], "html"))
    assert filled.fields == 0 and "<script" not in render_quiz([sheet._replace(filled=True)], "html")


def test_a_notebook() -> None:
    sheet = quiz("lenet5", blank="conv1,fc1.params")
    book = json.loads(render_quiz([sheet], "notebook"))
    assert (book["nbformat"], book["nbformat_minor"]) == (4, 5)
    assert set(book) == {"cells", "metadata", "nbformat", "nbformat_minor"}
    ids = [cell["id"] for cell in book["cells"]]
    assert len(set(ids)) == len(ids) and all(re.fullmatch(r"[A-Za-z0-9_-]{1,64}", i) for i in ids)
    assert {cell["cell_type"] for cell in book["cells"]} == {"markdown"}
    assert any("| conv1" in line for line in book["cells"][1]["source"])


def test_a_notebook_that_marks_itself() -> None:
    sheet = quiz("lenet5", blank="conv1,fc1.params")._replace(asserts=True)
    cells = [c for c in json.loads(render_quiz([sheet], "notebook"))["cells"] if c["cell_type"] == "code"]
    assert [c["metadata"]["nbgrader"]["solution"] for c in cells] == [True, False, True, False]
    assert [c["metadata"]["nbgrader"].get("points") for c in cells] == [None, 3, None, 1]
    assert "".join(cells[1]["source"]).splitlines() == [
        "### BEGIN HIDDEN TESTS",
        "assert tuple(conv1_output_shape) == (28, 28, 6)",
        "assert conv1_activations == 4704",
        "assert conv1_params == 156",
        "### END HIDDEN TESTS",
    ]
    scope: dict[str, Any] = {}
    for cell in cells:
        exec("".join(cell["source"]), scope)  # noqa: S102 -- what the sheet itself made
    with pytest.raises(AssertionError):
        exec("".join(cells[1]["source"]), {**scope, "conv1_params": 150})  # noqa: S102


def test_variables_are_names() -> None:
    blanks = [Blank(i, row, "params", 1, "") for i, row in enumerate(["3x3", "a-b", "a_b", "卷积", "a.b"])]
    names = variables(blanks)
    assert len(set(names.values())) == 5 and all(name.isidentifier() for name in names.values())


def test_json() -> None:
    sheet = quiz("lenet5", 3, blank="conv1")
    data = json.loads(render_quiz([sheet], "json"))
    assert data["schema"] == "shapecalc/1" and data["marks"] == 3
    assert data["rows"][1] == {
        "layer": "conv1", "operation": "conv 6, f=5", "output_shape": None, "activations": None, "params": None,
    }  # fmt: skip
    assert data["blanks"] == ["conv1.output_shape", "conv1.activations", "conv1.params"]
    assert [len(c) for c in data["choices"]] == [3, 3, 3] and not {"work", "letters"} & set(data)
    filled = json.loads(render_quiz([sheet._replace(filled=True)], "json"))
    assert filled["rows"][1]["output_shape"] == [28, 28, 6]
    assert filled["work"][2] == "5·5·1·6 + 6 = 156" and len(filled["letters"]) == 3


def gift(text: str) -> list[tuple[str, str, str, list[tuple[str, str, str]]]]:
    """Questions of a GIFT file as (name, text, kind, answers as (mark, answer, feedback)); everything must be read."""
    found = []
    for item in re.split(r"\n\n+", text.strip()):
        if item.startswith("$CATEGORY: "):
            assert not re.search(r"[~=#{}\\/]", item.removeprefix("$CATEGORY: "))
            continue
        part = r"((?:\\[~=#{}:\\]|[^~=#{}:\\])*)"
        match = re.fullmatch(rf"::{part}::\[html\]{part}(?:\{{(#?)\n(.*)\n\}})?", item, re.DOTALL)
        assert match, item
        name, body, kind, rest = match.groups()
        answers = []
        for line in (rest or "").splitlines():
            shape = re.fullmatch(rf"([=~])(%[\d.]+%)?{part}(?::0)?(?: #{part})?", line)
            assert shape, line
            answers.append((shape[1] + (shape[2] or ""), shape[3].strip(), shape[4] or ""))
        found.append((name, body, kind or "", answers))
    return found


def test_gift_numbers() -> None:
    sheet = quiz(slips=True, rate=1.0)
    questions = gift(render_quiz([sheet], "gift"))
    assert questions[0][3] == [] and "<table>" in questions[0][1]
    asked = [q for q in questions if q[3]]
    sizes = [len(b.value) if isinstance(b.value, tuple) else 1 for b in sheet.blanks]
    assert len(asked) == sum(sizes) and all(kind == "#" for _n, _t, kind, _a in asked)
    flat = [n for b in sheet.blanks for n in (b.value if isinstance(b.value, tuple) else (b.value,))]
    assert [int(a[0][1]) for *_rest, a in asked] == flat
    params = next(a for name, _t, _k, a in asked if name.endswith("c_1-a params"))
    assert [mark + value for mark, value, _said in params] == ["=112", "=%50%108", "=%0%40"]
    assert params[2][2] == r"depth \= \{3\}, left out"


def test_gift_choices() -> None:
    sheet = quiz(choices=4, rate=1.0)
    questions = [q for q in gift(render_quiz([sheet], "gift")) if q[3]]
    assert len(questions) == len(sheet.blanks)
    for blank, (_name, _text, kind, answers) in zip(sheet.blanks, questions):
        assert kind == "" and [mark for mark, *_ in answers].count("=") == 1 and len(answers) == 4
        assert next(a for mark, a, _ in answers if mark == "=") == written(blank.value)


def fields(text: str) -> list[tuple[int, str, list[str]]]:
    """The fields of a Cloze question as (weight, kind, answers); braces elsewhere must not be."""
    pattern = re.compile(r"\{(\d+):(NUMERICAL|MULTICHOICE):((?:\\.|[^\\{}])*)\}")
    assert not re.search(r"[{}]", pattern.sub("", text))
    return [(int(m[1]), m[2], re.split(r"(?<!\\)~", m[3])) for m in pattern.finditer(text)]


def test_cloze_numbers() -> None:
    sheet = quiz(slips=True, rate=1.0)
    text = render_quiz([sheet], "cloze")
    found = fields(text)
    flat = [n for b in sheet.blanks for n in (b.value if isinstance(b.value, tuple) else (b.value,))]
    assert [int(re.match(r"=(\d+):0", answers[0])[1]) for _w, _k, answers in found] == flat  # type: ignore[index]
    assert sum(weight for weight, *_ in found) == 3 * len(sheet.blanks)
    params = next(answers for _w, _k, answers in found if answers[0].startswith("=112:0"))
    assert params[1].startswith("%50%108:0#") and params[2] == "%0%40:0#depth &#61; &#123;3&#125;, left out"


def test_cloze_choices() -> None:
    sheet = quiz(choices=3, rate=1.0)
    found = fields(render_quiz([sheet], "cloze"))
    assert len(found) == len(sheet.blanks)
    for blank, (_weight, kind, answers) in zip(sheet.blanks, found):
        right = [a for a in answers if a.startswith("=")]
        assert kind == "MULTICHOICE" and len(answers) == 3 and len(right) == 1
        assert right[0][1:].split("#")[0] == written(blank.value)


def test_moodle_knows_the_grades() -> None:
    assert [grade(c) for c in (0.0, 0.5, 0.45, 1 / 3, 0.99, 1.0)] == ["0", "50", "50", "33.33333", "90", "90"]
    assert all(grade(i / 100) in GRADES for i in range(101))


def text2qti(text: str) -> list[tuple[float, str, list[str]]]:
    """Questions as (points, text, answer lines), by the format's own patterns for the beginning of a line."""
    start = re.compile(
        r"(\d+\.|\*?[a-j]\)|\.\.\.|\+|=|\*|Points:|Quiz title:|Quiz description:|Text title:|Text:) +(\S.*)"
    )
    found: list[tuple[float, str, list[str]]] = []
    points, inside = 0.0, ""
    for line in text.splitlines():
        match = start.fullmatch(line)
        if not match:
            assert not line or (line.startswith("    ") and inside == "Text:"), line
            continue
        inside = match[1]
        if inside == "Points:":
            points = float(match[2])
            assert points > 0 and points * 2 % 1 == 0
        elif re.fullmatch(r"\d+\.", inside):
            assert int(inside[:-1]) == len(found) + 1 and "((" not in match[2]
            found.append((points, match[2], []))
        elif found:
            found[-1][2].append(line)
    return found


def test_text2qti() -> None:
    sheet = quiz(slips=True, rate=1.0)
    questions = text2qti(render_quiz([sheet], "text2qti"))
    flat = [n for b in sheet.blanks for n in (b.value if isinstance(b.value, tuple) else (b.value,))]
    assert [answers[-1] for _p, _q, answers in questions] == [f"=   {n}" if n else "*   0" for n in flat]
    assert len({text for _p, text, _a in questions}) == len(
        questions
    )  # the tool refuses a question that is there twice
    chosen = quiz(choices=4, rate=1.0)
    questions = text2qti(render_quiz([chosen], "text2qti"))
    for blank, (_points, _text, answers) in zip(chosen.blanks, questions):
        right = [line for line in answers if line.startswith("*")]
        assert right == [f"*{blank.letter}) {written(blank.value)}"]
        assert len([line for line in answers if re.match(r"\*?[a-d]\) ", line)]) == 4


def test_jupyterquiz() -> None:
    sheet = quiz(slips=True, rate=1.0)
    questions = json.loads(render_quiz([sheet], "jupyterquiz"))
    flat = [n for b in sheet.blanks for n in (b.value if isinstance(b.value, tuple) else (b.value,))]
    assert "<table>" in questions[0]["question"] and "$x$" not in questions[0]["question"]
    for number, question in zip(flat, questions):
        assert question["type"] == "numeric"
        right = [a["value"] for a in question["answers"] if a.get("correct")]
        assert right == [number] and question["answers"][-1]["type"] == "default"
        assert all(len(str(a.get("value", 0))) <= question["precision"] for a in question["answers"])
    params = next(q for q in questions if q["answers"][0].get("value") == 112)
    assert [(a["value"], a["correct"]) for a in params["answers"][:-1]] == [
        (112, True),
        (108, False),
        (40, False),
    ]
    chosen = json.loads(render_quiz([quiz(choices=3, rate=1.0)], "jupyterquiz"))
    assert all(
        q["type"] == "multiple_choice" and sum(a["correct"] for a in q["answers"]) == 1 for q in chosen
    )


def test_a_filled_sheet_shows_the_steps() -> None:
    text = render_quiz([quiz("lenet5", blank="conv2")._replace(filled=True)], "plain")
    assert "conv2, output shape: ⌊(14 + 2·0 − 5) / 1⌋ + 1 = 10 → 10×10×16" in text
    assert "conv2, params: 5·5·6·16 + 16 = 2,416" in text and "____" not in text
