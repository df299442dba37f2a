"""Findings, in the exact words and columns that a person sees, and in the forms that programs read."""

from __future__ import annotations

import json
import re
from xml.etree import ElementTree as ET

import pytest

from shapecalc.errors import Diagnostic, Related, Source, Span
from shapecalc.render import FINDINGS, render_findings
from shapecalc.render.diagnostics import summary

RESNET = Source(
    "res.yaml",
    "input: 56x56x256\n"
    "layers:\n"
    "  - add:\n"
    "      main: [conv: {filters: 512, stride: 2}]\n"
    "      shortcut: identity\n"
    "  - gap\n",
)
MERGE = Diagnostic(
    "SC401",
    "add: branch 'shortcut' is 56×56×256, branch 'main' is 28×28×512",
    Span(RESNET, 5, 7, 5, 15),
    "add a 1×1 projection to this branch:  conv: {filters: 512, stride: 2}",
)
UNUSED = Diagnostic("W201", "nothing uses 'gap1'", Span(RESNET, 6, 5, 6, 8))
NOWHERE = Diagnostic("SC900", "cannot read 'x.yaml'")

# spec-language.md, "What a mistake looks like", word by word
FULL = """\
error[SC401]: add: branch 'shortcut' is 56×56×256, branch 'main' is 28×28×512
 --> res.yaml:5:7
  |
5 |       shortcut: identity
  |       ^^^^^^^^
  = help: add a 1×1 projection to this branch:  conv: {filters: 512, stride: 2}
"""


def at(text: str, line: int, column: int, end_line: int, end_column: int, **more: object) -> str:
    diagnostic = Diagnostic(
        "SC100", "wrong", Span(Source("a.yaml", text), line, column, end_line, end_column)
    )
    return render_findings([diagnostic._replace(**more)])


def test_the_example_of_the_contract() -> None:
    assert render_findings([MERGE]) == FULL


def test_ascii() -> None:
    text = render_findings([MERGE], ascii=True)
    assert text == FULL.replace("×", "x")
    assert text.isascii()


def test_several_are_counted() -> None:
    assert render_findings([MERGE, UNUSED, NOWHERE]) == (
        FULL
        + """
warning[W201]: nothing uses 'gap1'
 --> res.yaml:6:5
  |
6 |   - gap
  |     ^^^

error[SC900]: cannot read 'x.yaml'

2 errors, 1 warning
"""
    )


def test_summary() -> None:
    assert summary([MERGE]) == "1 error"
    assert summary([UNUSED, UNUSED]) == "2 warnings"
    assert summary([MERGE] * 3 + [UNUSED]) == "3 errors, 1 warning"


def test_carets_stand_under_chinese_text_and_tabs() -> None:
    assert at("名字: {卷积: 5, 核: 七}\n", 1, 13, 1, 17).splitlines()[3:] == [
        "1 | 名字: {卷积: 5, 核: 七}",
        "  |                 ^^^^^^",
    ]
    assert at("\t- conv:\tx\n", 1, 10, 1, 11).splitlines()[3:] == [
        "1 |     - conv:    x",
        "  |                ^",
    ]


def test_the_gutter_fits_the_largest_line_number_of_the_finding() -> None:
    source = Source(
        "deep.yaml", "\n".join(["x: 1"] * 3 + ["  - Block: 64"] + ["y: 2"] * 99 + ["  conv: {kernel: 9}"])
    )
    related = (Related("block 'Block' is used here", Span(source, 4, 5, 4, 10)),)
    diagnostic = Diagnostic(
        "SC402", "kernel 9 > input 7", Span(source, 104, 18, 104, 19), "pad\nor shrink", related
    )
    assert (
        render_findings([diagnostic])
        == """\
error[SC402]: kernel 9 > input 7
   --> deep.yaml:104:18
    |
104 |   conv: {kernel: 9}
    |                  ^
    = help: pad
            or shrink
note: block 'Block' is used here
   --> deep.yaml:4:5
    |
  4 |   - Block: 64
    |     ^^^^^
"""
    )


def test_a_span_over_several_lines_shows_the_first() -> None:
    assert at("- conv: {a: 1,   \n  b: 2}\n", 1, 9, 2, 8).splitlines()[3:] == [
        "1 | - conv: {a: 1,",
        "  |         ^^^^^^",
    ]


@pytest.mark.parametrize(
    ("column", "end", "carets"),
    [(3, 3, "  | " + "  ^"), (6, 6, "  | " + "     ^"), (99, 120, "  | " + "     ^")],
)
def test_an_empty_span_and_one_past_the_end_have_one_caret(column: int, end: int, carets: str) -> None:
    assert at("a: 12\n", 1, column, 1, end).splitlines()[-1] == carets


def test_a_line_that_is_not_there_is_not_drawn() -> None:
    assert at("a: 1\n", 7, 1, 7, 1) == "error[SC100]: wrong\n --> a.yaml:7:1\n"
    assert at("", 1, 1, 1, 1) == "error[SC100]: wrong\n --> a.yaml:1:1\n"


def test_of_a_very_long_line_only_the_neighbourhood_is_shown() -> None:
    text = "x" * 5000 + "HERE" + "y" * 5000
    *_, line, carets = at(text, 1, 5001, 1, 5005).splitlines()
    assert line == "1 | ..." + "x" * 37 + "HERE" + "y" * 37 + "..."
    assert carets.index("^") == line.index("HERE") and carets.count("^") == 4
    assert len(at(text, 1, 1, 1, 9000).splitlines()[-1]) < 100


def test_nothing_from_a_file_reaches_the_terminal_as_a_command() -> None:
    source = Source("a\x1b[2J.yaml", "  \x1b[31mname\x07: x\u202e\n")
    diagnostic = Diagnostic("SC1", "no '\x1b[1mx\n\x9b2J'", Span(source, 1, 8, 1, 12), "\x1b]0;t\x07y")
    for format in ("full", "concise", "github", "junit"):
        text = render_findings([diagnostic], format)
        assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e]", text), format
    assert render_findings([diagnostic]) == (
        "error[SC1]: no 'x '\n"
        " --> a.yaml:1:8\n"
        "  |\n"
        "1 |   \ufffd[31mname\ufffd: x\ufffd\n"
        "  |        ^^^^\n"
        "  = help: y\n"
    )


def test_color() -> None:
    text = render_findings([MERGE, UNUSED], color=True)
    assert text.startswith("\x1b[1;31merror[SC401]\x1b[0m\x1b[1m: add: branch")
    assert "\x1b[1;33mwarning[W201]\x1b[0m" in text and "\x1b[1;31m^^^^^^^^\x1b[0m" in text
    assert re.sub(r"\x1b\[[\d;]*m", "", text) == render_findings([MERGE, UNUSED])


def test_concise() -> None:
    assert render_findings([MERGE, UNUSED, NOWHERE], "concise") == (
        "res.yaml:5:7: error[SC401]: add: branch 'shortcut' is 56×56×256, branch 'main' is 28×28×512\n"
        "res.yaml:6:5: warning[W201]: nothing uses 'gap1'\n"
        "error[SC900]: cannot read 'x.yaml'\n"
    )


def test_json() -> None:
    inner = MERGE._replace(related=(Related("used here", Span(RESNET, 2, 1, 2, 7)),))
    document = json.loads(render_findings([inner, NOWHERE], "json", files=["res.yaml", "a.yaml", "b.yaml"]))
    place = {"file": "res.yaml", "line": 5, "column": 7, "end_line": 5, "end_column": 15}
    nowhere = dict.fromkeys(place)
    assert document == {
        "files": 3,
        "diagnostics": [
            {"code": "SC401", "severity": "error", **place, "message": MERGE.message, "help": MERGE.help}
            | {"related": [{"file": "res.yaml", "line": 2, "column": 1, "end_line": 2, "end_column": 7}
                           | {"message": "used here"}]},
            {"code": "SC900", "severity": "error", **nowhere, "message": "cannot read 'x.yaml'", "help": None}
            | {"related": []},
        ],
    }  # fmt: skip
    assert render_findings([], "json", files=["a.yaml"]) == '{"files": 1, "diagnostics": []}\n'


def test_github() -> None:
    odd = Diagnostic("SC1", "100% ::error\nx", Span(Source("a,b:c.yaml", "x"), 1, 2, 3, 4))
    assert render_findings([MERGE, UNUSED, NOWHERE, odd], "github") == (
        "::error file=res.yaml,line=5,endLine=5,col=7,endColumn=14,title=shapecalc SC401::"
        "add: branch 'shortcut' is 56×56×256, branch 'main' is 28×28×512"
        "%0Aadd a 1×1 projection to this branch:  conv: {filters: 512, stride: 2}\n"
        "::warning file=res.yaml,line=6,endLine=6,col=5,endColumn=7,title=shapecalc W201::nothing uses 'gap1'\n"
        "::error title=shapecalc SC900::cannot read 'x.yaml'\n"
        "::error file=a%2Cb%3Ac.yaml,line=1,endLine=3,col=2,title=shapecalc SC1::100%25 ::error%0Ax\n"
    )


def test_sarif() -> None:
    there = Source("网络/my net.yaml", "x")
    found = [MERGE, UNUSED, NOWHERE, Diagnostic("SC401", "x", Span(there, 1, 1, 1, 1), None, (Related("r", Span(there, 1, 1, 1, 2)),))]  # fmt: skip
    document = json.loads(
        render_findings(found, "sarif", files=["res.yaml", "ok.yaml", "res.yaml", "/nets/a.yaml"])
    )
    assert document["version"] == "2.1.0" and document["$schema"].endswith("sarif-schema-2.1.0.json")
    (run,) = document["runs"]
    assert run["tool"] == {
        "driver": {"name": "shapecalc", "rules": [{"id": "SC401"}, {"id": "SC900"}, {"id": "W201"}]}
    }
    assert run["columnKind"] == "unicodeCodePoints"
    assert [a["location"]["uri"] for a in run["artifacts"]] == ["res.yaml", "ok.yaml", "file:///nets/a.yaml"]
    first, second, third, fourth = run["results"]
    assert first == {
        "ruleId": "SC401",
        "level": "error",
        "message": {"text": f"{MERGE.message}\nhelp: {MERGE.help}"},
        "locations": [
            {
                "physicalLocation": {
                    "artifactLocation": {"uri": "res.yaml"},
                    "region": {"startLine": 5, "startColumn": 7, "endLine": 5, "endColumn": 15},
                }
            }
        ],
    }
    assert second["level"] == "warning" and "locations" not in third
    assert fourth["relatedLocations"][0]["message"] == {"text": "r"}
    uri = fourth["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
    assert uri == "%E7%BD%91%E7%BB%9C/my%20net.yaml"


def test_junit() -> None:
    found = [MERGE, UNUSED, NOWHERE]
    root = ET.fromstring(render_findings(found, "junit", files=["res.yaml", "ok.yaml"]))  # noqa: S314  (our own text)
    assert root.attrib == {"name": "shapecalc", "tests": "4", "failures": "2", "errors": "0"}
    assert [(s.get("name"), s.get("tests"), s.get("failures")) for s in root] == [
        ("res.yaml", "2", "1"),
        ("ok.yaml", "1", "0"),
        ("shapecalc", "1", "1"),
    ]
    error, warning = root[0]
    assert error.attrib == {"name": "SC401", "classname": "res.yaml", "file": "res.yaml", "line": "5"}
    assert error[0].tag == "failure" and error[0].get("message") == MERGE.message
    assert error[0].text == f"res.yaml:5:7: {MERGE.message}\n{MERGE.help}"
    assert [child.tag for child in warning] == ["system-out"]
    assert len(root[1][0]) == 0


@pytest.mark.parametrize("format", FINDINGS)
def test_nothing_found(format: str) -> None:
    text = render_findings([], format)
    assert text == "" or text.endswith("\n")
    if format in ("full", "concise", "github"):
        assert text == ""


def test_an_unknown_format_is_refused() -> None:
    with pytest.raises(ValueError, match="no format 'xml'; there are full, concise"):
        render_findings([], "xml")
