"""What a student gets back: a page in HTML and in Markdown, a zip for Moodle, a comment; and what is never said in them."""

from __future__ import annotations

import csv
import io
import re
import shutil
import subprocess
import zipfile
from html.parser import HTMLParser
from pathlib import Path
from textwrap import dedent
from typing import Any

import pytest

from shapecalc import text
from shapecalc.cli._main import run
from shapecalc.report.grades import Cell, Diagnosis, Sheet, Style
from shapecalc.report.told import slip

from .marks import LENET
from .marks.sheets import S01, S02, written

COLUMNS = "layer,output_shape,params"
HOSTILE = "<script>alert(1)</script> & 'x' \"y\" | `z` $a$ \\b {c} #d ~e [l](javascript:1) ![i](//x) ]]> \u202e\x1b[31m"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    written("key.yaml", dedent(LENET) + "grading:\n  columns: [output_shape, params]\n")
    (tmp_path / "in").mkdir()
    written("in/mei.csv", f"{COLUMNS}\n{S01}")
    written("in/tom.csv", f"{COLUMNS}\n{S02}")
    return tmp_path


def grade(capsys: pytest.CaptureFixture[str], *words: str, language: str = "en") -> str:
    """What is said on stderr."""
    try:
        assert run(["--lang", language, "grade", "key.yaml", *words, "-o", "out.txt"]) == 0
    finally:
        text.use("en")
    return capsys.readouterr().err


class Page(HTMLParser):
    """Tags in balance, what they are, and the text."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: set[str] = set()
        self.names: set[str] = set()
        self.text = ""
        self.feed(page)
        assert self.open in ([], ["html"])

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        self.tags.add(tag)
        self.names |= {name for name, _value in attrs}
        if tag != "meta":
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.open[-1:] != ["style"]:
            self.text += data


TAGS = {"html", "meta", "title", "style", "header", "div", "h1", "h2", "h3", "p", "table", "thead", "tbody", "tr", "th",
        "td", "b", "span", "ul", "li", "strong", "dl", "dt", "dd", "small"}  # fmt: skip


def test_a_page_in_html(capsys: pytest.CaptureFixture[str]) -> None:
    assert "2 pages written to pages" in grade(capsys, "in", "--feedback", "pages")
    assert sorted(p.name for p in Path("pages").iterdir()) == ["mei.html", "mei.md", "tom.html", "tom.md"]
    source = Path("pages/mei.html").read_text("utf-8")
    page = Page(source)
    assert page.tags <= TAGS and source.startswith(
        '<!doctype html>\n<html lang="en">\n<meta charset="utf-8">'
    )
    assert "http" not in source and "url(" not in source  # nothing is loaded
    assert (
        "prefers-color-scheme: dark" in source and "@media print" in source and "width=device-width" in source
    )
    assert '<div class="score">13 / 14</div>' in source
    assert '<td class="wrong">32x32x6 <b>✗</b></td><td class="right">456 <b>✓</b></td>' in source
    assert '<td class="follows">16x16x6 <b>→</b></td>' in source
    assert "CONV1 output 32x32x6likely slip: size kept where padding is valid; expected 28×28×6" in page.text
    assert "tom" not in page.text  # nobody else


def test_what_a_student_wrote_is_text(capsys: pytest.CaptureFixture[str]) -> None:
    rows = [
        ["student_id", *COLUMNS.split(",")],
        [HOSTILE, "CONV1", f"28x28x6 {HOSTILE}", HOSTILE],
        [HOSTILE, HOSTILE, "1", "1"],
    ]
    with open("in/mei.csv", "w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)
    for format, pages in (("html", "h"), ("markdown", "m")):
        grade(capsys, "in/mei.csv", "--feedback", pages, "--feedback-format", format)
    (html,), (markdown,) = Path("h").iterdir(), Path("m").iterdir()
    assert re.fullmatch(r"[\w.@+-]+\.html", html.name)
    source = html.read_text("utf-8")
    page = Page(source)
    assert page.tags <= TAGS and page.names <= {"lang", "charset", "name", "content", "class", "scope"}
    assert "<script>alert(1)</script> & 'x' \"y\" | `z` $a$ \\b {c} #d ~e" in page.text
    said = markdown.read_text("utf-8")
    assert "<" not in said.replace("&lt;", "") and not re.search(r"(?<!\\)\[l|(?<!\\)`|(?<!\\)\$a", said)
    for everything in (source, said):
        assert "\x1b" not in everything and "\u202e" not in everything
    table = [line for line in said.splitlines() if line.startswith("|")]
    assert {len(re.findall(r"(?<!\\)\|", line)) for line in table} == {4}
    for format in ("latex", "html", "markdown", "json", "csv", "gradescope"):
        run(["grade", "key.yaml", "in/mei.csv", "--format", format])
        out = capsys.readouterr().out
        assert "\x1b" not in out and ("<script" not in out or format in ("json", "csv", "gradescope"))
        assert format != "latex" or not re.search(r"(?<!\\)#d|(?<!\\)\{c", out)


def moodle(path: str) -> dict[str, str]:
    """What Moodle makes of a zip of feedback files, as mod/assign/feedback/file/importziplib.php splits a name."""
    found = {}
    with zipfile.ZipFile(path) as archive:
        for name in archive.namelist():
            parts = f"/{name}".split("_", 4)
            if len(parts) == 5 and parts[1].isdigit() and parts[2:4] == ["assignsubmission", "file"]:
                found[parts[1]] = archive.read(name).decode("utf-8")
    return found


def test_moodle_finds_its_feedback_files(capsys: pytest.CaptureFixture[str]) -> None:
    for name, sheet in (
        ("Na Li_501_assignsubmission_file_", S01),
        ("Jörg O'Hara_502_assignsubmission_file_", S02),
    ):
        Path("all", name).mkdir(parents=True)
        written(f"all/{name}/answers.csv", f"{COLUMNS}\n{sheet}")
    err = grade(capsys, "all", "--feedback", "back.zip")
    assert "2 pages written to back.zip" in err and "participant" not in err
    pages = moodle("back.zip")
    assert set(pages) == {"501", "502"} and "13 / 14" in pages["501"] and "9 / 14" in pages["502"]
    first = Path("back.zip").read_bytes()
    grade(capsys, "all", "--feedback", "back.zip")
    assert Path("back.zip").read_bytes() == first  # same in, same out


WORKSHEET = """\
\ufeffIdentifier,"Full name",Status,Grade,"Maximum grade","Grade can be changed","Feedback comments"
"Participant 501",Mei,Submitted,,14.00,Yes,
"Participant 502","T_o_m/ Tom",Submitted,,14.00,Yes,"<p>see me</p>"
"Participant 503",Zoe,"No submission",,14.00,Yes,
"Participant 504",Kit,Submitted,,14.00,No,
"""


def test_moodle_finds_students_by_its_worksheet(capsys: pytest.CaptureFixture[str]) -> None:
    Path("ws.csv").write_text(WORKSHEET.replace("T_o_m/ Tom", "tom"), "utf-8")
    written("in/kit.csv", f"{COLUMNS}\n{S02}")
    written("in/nobody.csv", f"{COLUMNS}\n{S02}")
    err = grade(capsys, "in", "--feedback", "back.zip", "--gradebook", "ws.csv")
    assert "Moodle finds a page by the participant's number, and has none for nobody;" in err
    assert set(moodle("back.zip")) == {"501", "502", "504"}
    rows = list(csv.reader(io.StringIO(Path("ws.csv").read_text("utf-8"))))
    assert [row[3] for row in rows[1:]] == ["13", "9", "", ""]
    comments = [row[-1] for row in rows[1:]]
    assert comments[1:] == ["<p>see me</p>", "", ""]  # a teacher's own stays; and what may not be changed
    assert comments[0].startswith(
        '<div class="shapecalc"><p>13 / 14</p><ul><li>CONV1 output 32x32x6: likely slip: size kept'
    )
    written("in/mei.csv", f"{COLUMNS}\n{S02}")
    grade(capsys, "in/mei.csv", "--gradebook", "ws.csv")
    again = list(csv.reader(io.StringIO(Path("ws.csv").read_text("utf-8"))))
    assert "<p>9 / 14</p>" in again[1][-1] and again[2] == rows[2]  # ours is written anew


def test_a_page_in_chinese(capsys: pytest.CaptureFixture[str]) -> None:
    grade(capsys, "in/mei.csv", "--feedback", "pages", language="zh")
    page = Page(Path("pages/mei.html").read_text("utf-8"))
    assert "层" in page.text and "应为 28×28×6" in page.text


def told(cell: dict[str, Any], **style: Any) -> str:
    usual: dict[str, Any] = {
        "layer": "c2", "quantity": "output_shape", "given": "8x8", "value": (8, 8), "expected": (10, 10), "state": "wrong", "credit": 0.0,
    }  # fmt: skip
    return slip(Cell(**{**usual, **cell}), Style(**style))


A, B, C = (Diagnosis(name, 1, f"slip {name}", f"look at {name}") for name in "abc")
CARRIED = Diagnosis("carried_error", 2, "right step on a wrong earlier value")
SLIPS = [
    ((A,), None, "likely slip: slip a"),
    ((A, B, C), None, "likely slip: slip a – or slip b"),
    ((A, CARRIED), None, "likely slip: slip a"),
    ((CARRIED,), "c1", "goes wrong because of c1"),
    ((CARRIED,), None, "no usual slip gives this"),
    ((Diagnosis("a+carried_error", 1, "both"),), "c1", "goes wrong because of c1"),
    ((), None, "no usual slip gives this"),
]


@pytest.mark.parametrize(("diagnoses", "cause", "said"), SLIPS)
def test_two_slips_at_most_and_none_that_is_right(diagnoses: Any, cause: str | None, said: str) -> None:
    assert told({"diagnoses": diagnoses, "caused_by": cause}) == said


ROWS = {  # a slip is named only where the student's own row agrees
    "activations beside a right shape": ("CONV1,28x28x6,6144,456", "activations", ["input_positions"]),
    "activations beside the same slip": ("CONV1,32x32x6,6144,456", "activations", ["correct-on-own"]),
    "activations alone": ("CONV1,,6144,456", "activations", ["same_for_valid"]),
}


@pytest.mark.parametrize("name", ROWS)
def test_no_slip_contradicts_its_row(name: str) -> None:
    """6144 = 32·32·6 is the size kept; whoever wrote 28x28x6 beside it has not kept it."""
    import shapecalc

    row, quantity, slips = ROWS[name]
    key = Path("key2.yaml")
    key.write_text(dedent(LENET) + "grading:\n  columns: [output_shape, activations, params]\n", "utf-8")
    written("one.csv", f"layer,output_shape,activations,params\n{row}\n")
    (sheet,) = shapecalc.grade(shapecalc.answer_key(str(key)), ["one.csv"]).sheets
    assert isinstance(sheet, Sheet)
    cell = next(c for c in sheet.cells if (c.layer, c.quantity) == ("CONV1", quantity))
    found = ["correct-on-own"] if cell.state == "follow_through" else [d.id for d in cell.diagnoses]
    assert found[:1] == slips and ("same_for_valid" in found) is (slips == ["same_for_valid"])


@pytest.mark.parametrize("width", [400, 800])
def test_a_browser_shows_it_whole(capsys: pytest.CaptureFixture[str], width: int, tmp_path: Path) -> None:
    """Nothing is cut at the right edge of a narrow window, and it prints."""
    browser = shutil.which("chromium")
    if browser is None:
        pytest.skip("chromium is not installed: it shows a page")
    grade(capsys, "in/mei.csv", "--feedback", "pages")
    common = [browser, "--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking",
              f"--user-data-dir={tmp_path / 'profile'}", f"--window-size={width},1200"]  # fmt: skip
    page = f"file://{tmp_path}/pages/mei.html"
    shown = subprocess.run(
        [*common, f"--screenshot={tmp_path}/p.png", page], capture_output=True, timeout=120, check=False
    )
    printed = subprocess.run(
        [*common, f"--print-to-pdf={tmp_path}/p.pdf", page], capture_output=True, timeout=120, check=False
    )
    if shown.returncode or printed.returncode:
        pytest.skip("chromium does not start here")
    assert Path("p.png").stat().st_size > 10_000 and Path("p.pdf").read_bytes().startswith(b"%PDF")
