"""Every file of tests/bad_specs is answered with exactly the words in the .txt beside it.

Pitfall: these words are read by people; a change here is a change of the documentation, and is to be judged as one.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from shapecalc.cli._main import run
from shapecalc.codes import CODES

FOLDER = Path(__file__).parents[1] / "bad_specs"
NAMES = sorted(path.stem for path in FOLDER.glob("*.yaml"))
ELSEWHERE = {"SC001", "SC108", "SC218", "SC505"}
"""A missing file is no spec, one of more than 32 MiB is made below, a table takes letters, and only a key is exact."""


@pytest.fixture(autouse=True)
def plain(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(FOLDER)
    for name in ("COLUMNS", "NO_COLOR", "FORCE_COLOR", "SHAPECALC_DEBUG"):
        monkeypatch.delenv(name, raising=False)


@pytest.mark.parametrize("name", NAMES)
def test_exact_words(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    code = run(["--lang", "en", "table", f"{name}.yaml"])
    shown = capsys.readouterr().err
    assert shown == Path(f"{name}.txt").read_text("utf-8")
    errors = re.findall(r"^error\[SC(\d)", shown, re.MULTILINE)
    assert code == (0 if not errors else 1 if set(errors) == {"5"} else 2)


def test_every_code_is_shown() -> None:
    shown = {
        code
        for name in NAMES
        for code in re.findall(r"\[((?:SC|W)\d{3})\]", Path(f"{name}.txt").read_text("utf-8"))
    }
    assert len(NAMES) >= 60
    assert set(CODES) - shown <= ELSEWHERE and shown <= set(CODES)


def test_every_finding_has_a_place_and_every_mistake_of_the_language_a_cure() -> None:
    for name in NAMES:
        for block in re.split(r"\n\n(?=error|warning|\d)", Path(f"{name}.txt").read_text("utf-8")):
            if block[0].isdigit():
                continue
            assert re.search(rf"^ +--> {name}\.yaml:\d+:\d+$", block, re.MULTILINE), block
            if re.match(r"error\[SC[1-3]", block):
                assert "= help: " in block, block


def test_no_text_without_its_spec() -> None:
    assert sorted(path.stem for path in FOLDER.glob("*.txt")) == NAMES


def test_32_mebibytes_are_enough(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "large.yaml"
    path.write_text("# " + "a" * 2**25 + "\n", "utf-8")
    assert run(["--lang", "en", "table", str(path)]) == 2
    shown = capsys.readouterr().err
    assert (
        shown.startswith(f"error[SC108]: {path} is larger than 33554432 bytes\n")
        and f"--> {path}:1:1" in shown
    )
