"""Every mistake in tests/bad_specs gets exactly the words that stand beside it: code, place, reason and cure."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from shapecalc import codes
from shapecalc.cli._main import run

FOLDER = Path(__file__).parent.parent / "bad_specs"
SPECS = sorted(FOLDER.glob("*.yaml"))
WARNED = {name for name in (path.stem for path in SPECS) if name.startswith("warn_")}
UNMET = {"expect_shape", "expect_totals", "published", "published_wrong_matches"}


@pytest.mark.parametrize("path", SPECS, ids=lambda path: path.stem)
def test_exact_words(path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(FOLDER)
    code = run(["table", path.name])
    out, err = capsys.readouterr()
    assert err == path.with_suffix(".txt").read_text("utf-8")
    assert code == (0 if path.stem in WARNED else 1 if path.stem in UNMET else 2)
    assert bool(out) == (path.stem in WARNED | UNMET), "a table is printed first, where there is one"


def test_every_text_has_its_spec() -> None:
    assert len(SPECS) >= 60
    assert {path.stem for path in FOLDER.glob("*.txt")} == {path.stem for path in SPECS}


def test_the_codes_met_here_are_explained() -> None:
    said = {
        code
        for path in FOLDER.glob("*.txt")
        for code in re.findall(r"\[((?:SC|W)\d+)\]", path.read_text("utf-8"))
    }
    assert said <= codes.CODES.keys()
    assert {code[:3] for code in said} == {"SC1", "SC2", "SC3", "SC4", "SC5", "W20", "W40"}
