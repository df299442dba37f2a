"""Every spelling that was seen or invented, read to its value, its step and its verdict."""

from fractions import Fraction
from pathlib import Path

import pytest
import yaml

from shapecalc.homework.cells import read_cell

HERE = Path(__file__).parent
FORMS = yaml.safe_load((HERE.parent / "data/answer_forms.yaml").read_text("utf-8"))["forms"]
OURS = yaml.safe_load((HERE / "data/spellings.yaml").read_text("utf-8"))


def _value(value, kind):
    if kind == "ratio":
        return Fraction(value)
    return tuple(value) if isinstance(value, list) else value


@pytest.mark.parametrize("form", FORMS, ids=lambda f: f"{f['kind']}-{f['text']}")
def test_seen(form):
    layout = "NCHW" if "NCHW" in form.get("note", "") else "HWC"
    reading = read_cell(form["text"], form["kind"], layout=layout)
    assert reading.text == form["text"]
    assert reading.state == form.get("verdict", "read")
    if reading.state in ("unreadable", "wrong"):
        assert reading.reason.strip()
    if reading.state == "read":
        assert (reading.value, reading.step) == (_value(form["value"], form["kind"]), form.get("step"))


def test_all_are_there():
    assert len(FORMS) == 89


@pytest.mark.parametrize("row", OURS, ids=lambda r: f"{r[0]}-{r[1]}")
def test_invented(row):
    kind, text, value, more = (*row, {})[:4]
    reading = read_cell(text, kind, layout=more.get("layout", "HWC"))
    assert reading.state == more.get("state", "read"), reading
    if reading.state in ("unreadable", "wrong"):
        assert reading.reason.strip()
        assert more.get("typed", "") in reading.reason
    if "choices" in more:
        assert reading.choices == tuple(more["choices"])
    if reading.state in ("read", "word"):
        also = _value(more.get("also"), kind) if kind != "ratio" else None
        assert (reading.value, reading.step, reading.also) == (_value(value, kind), more.get("step"), also)
