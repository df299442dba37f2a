"""Real processes: pipes, closed pipes, terminals, encodings, interrupts."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
posix = pytest.mark.skipif(os.name != "posix", reason="pipes and signals as POSIX has them")
PYTHON = [sys.executable, "-X", "faulthandler", "-m", "shapecalc"]


def environment(**changes: str) -> dict[str, str]:
    known = {
        k: v
        for k, v in os.environ.items()
        if k not in ("NO_COLOR", "COLUMNS", "PYTHONIOENCODING", "PYTHONUTF8", "PYTHONUNBUFFERED")
    }
    return {**known, "PYTHONPATH": str(ROOT), **changes}


def shapecalc(
    *arguments: str, env: Mapping[str, str] = {}, **options: Any
) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [*PYTHON, *arguments],
        capture_output=True,
        env=environment(**env),
        cwd=ROOT,
        timeout=60,
        check=False,
        **options,
    )


def shell(command: str, **env: str) -> subprocess.CompletedProcess[bytes]:
    line = command.replace("shapecalc", " ".join(PYTHON))
    return subprocess.run(
        ["bash", "-c", line], capture_output=True, env=environment(**env), cwd=ROOT, timeout=60, check=False
    )


def test_a_pipe_gets_plain_text() -> None:
    found = shapecalc("table", "lenet5")
    assert found.returncode == 0 and found.stderr == b"" and b"\x1b" not in found.stdout
    assert "conv1        conv 6, f=5   28×28×6         4,704     156  117,600" in found.stdout.decode()


@posix
@pytest.mark.parametrize(
    "command",
    [
        "shapecalc table resnet1202 | head -1",
        "shapecalc table resnet1202 --format json | head -1",
        "shapecalc table vgg16 | true",
        "shapecalc table architectures/*.yaml | head -2",
        "shapecalc list --long | head -1",
        "shapecalc --help | true",
        "shapecalc expand resnet152 | head -1",
        "shapecalc check architectures --output-format sarif | head -c 1",
        "shapecalc table nowhere 2>&1 | true; true",
    ],
)
def test_a_closed_pipe_ends_silently(command: str) -> None:
    found = shell(f"set -o pipefail; {command}")
    assert found.stderr == b"" and found.returncode == 0


@posix
@pytest.mark.parametrize("command", ["table vgg16", "table nowhere", "list", "--help", "schema"])
def test_streams_that_are_not_there(command: str) -> None:
    for closed in (">&-", "2>&-", ">&- 2>&-", "<&-"):
        found = shell(f"shapecalc {command} {closed}")
        assert b"Traceback" not in found.stderr and b"itself" not in found.stderr
        assert found.returncode in (0, 2), (closed, found)


@posix
@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="no full device here")
def test_a_full_disk_is_said() -> None:
    for command in ("table vgg16", "table resnet1202 --format json", "list"):
        found = shell(f"shapecalc {command} > /dev/full")
        assert found.returncode == 2 and found.stderr.startswith(b"error: No space left"), found
        assert found.stderr.count(b"\n") == 1


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "gbk", "cp1252", "utf-8", "utf-16"])
def test_encodings(encoding: str, tmp_path: Path) -> None:
    spec = tmp_path / "net.yaml"
    spec.write_text(
        "{name: 网络 🙂, input: 8x8x3, layers: [{conv: {filters: 4, name: 卷积}}]}", encoding="utf-8"
    )
    env = {"PYTHONIOENCODING": encoding}
    for arguments in (
        ["table", str(spec)],
        ["table", str(spec), "--formulas"],
        ["table", "nowhere×"],
        ["--help"],
        ["list"],
    ):
        found = shapecalc(*arguments, env=env)
        assert b"Traceback" not in found.stderr and b"itself" not in found.stderr
        assert found.returncode == (2 if "nowhere×" in arguments else 0)
    if encoding in ("utf-8", "gbk"):
        assert "卷积" in shapecalc("table", str(spec), env=env).stdout.decode(encoding)
    found = shapecalc("table", str(spec), "--format", "json", env=env)
    text = found.stdout.decode("utf-16" if encoding == "utf-16" else "utf-8")
    assert json.loads(text)["name"] == "网络 🙂"
    out = tmp_path / "out.json"
    assert shapecalc("table", str(spec), "-o", str(out), env=env).returncode == 0
    assert json.loads(out.read_text("utf-8"))["layers"][0]["name"] == "卷积"


def test_a_poor_terminal_gets_ascii() -> None:
    found = shapecalc("table", "lenet5", env={"PYTHONIOENCODING": "ascii"}).stdout.decode("ascii")
    assert "28x28x6" in found and "-----" in found and "?" not in found


@posix
def test_an_argument_that_is_no_text() -> None:
    found = subprocess.run(
        [*map(os.fsencode, PYTHON), b"table", b"\xff\xfe.yaml"],
        capture_output=True,
        env=environment(),
        check=False,
    )
    assert found.returncode == 2 and b"there is no file" in found.stderr and b"Traceback" not in found.stderr


def on_a_terminal(*arguments: str, **env: str) -> str:
    """What a person would see on a terminal of 80 columns."""
    import pty

    main, far = pty.openpty()
    process = subprocess.Popen(
        [*PYTHON, *arguments],
        stdin=far,
        stdout=far,
        stderr=far,
        env=environment(TERM="xterm", COLUMNS="80", **env),
    )
    os.close(far)
    pieces = []
    while True:
        try:
            piece = os.read(main, 65536)
        except OSError:  # Linux ends a terminal so
            piece = b""
        if not piece:
            break
        pieces.append(piece)
    os.close(main)
    process.wait(60)
    return b"".join(pieces).decode()


@posix
def test_a_terminal_gets_a_table_in_colour() -> None:
    text = on_a_terminal("table", "lenet5")
    assert "\x1b[" in text and "61,706" in text and "…" not in text
    assert "\x1b[" not in on_a_terminal("--color", "never", "table", "lenet5")
    assert "\x1b[" not in on_a_terminal("table", "lenet5", NO_COLOR="1")
    assert "\x1b[" not in on_a_terminal("table", "lenet5", "--format", "plain")
    assert "\x1b[" in shapecalc("--color", "always", "table", "lenet5", "--format", "table").stdout.decode()
    assert "\x1b[" in on_a_terminal("table", "nowhere") or "nowhere" in on_a_terminal("table", "nowhere")


@posix
def test_an_interrupt() -> None:
    process = subprocess.Popen(
        [*PYTHON, "table", "-"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment(),
    )
    time.sleep(1.5)
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=30)
    assert process.returncode == 130 and out == b"" and b"Traceback" not in err


def test_the_module_and_main_are_one_program() -> None:
    found = subprocess.run(
        [sys.executable, "-c", "from shapecalc.cli import main; main()", "--version"],
        capture_output=True,
        env=environment(),
        check=False,
    )
    assert found.returncode == 0 and found.stdout == shapecalc("--version").stdout
    assert found.stdout.startswith(b"shapecalc ") or b"version" in found.stdout


def test_nothing_but_what_is_needed_is_loaded() -> None:
    code = (
        "import sys; from shapecalc.cli._main import run; code = run(['table', 'vgg16']);"
        "print(*sorted(sys.modules), file=sys.stderr); sys.exit(code)"
    )
    found = subprocess.run(
        [sys.executable, "-S", "-c", "import site; site.main(); " + code],
        capture_output=True,
        env=environment(),
        check=False,
    )
    loaded = found.stderr.decode().split()
    assert found.returncode == 0 and "138,357,544" in found.stdout.decode()
    heavy = {
        "numpy",
        "rich",
        "sympy",
        "json",
        "difflib",
        "onnx",
        "asyncio",
        "shapecalc.verify",
        "shapecalc.codes",
        "fractions",
    }
    assert not heavy & set(loaded), heavy & set(loaded)


def test_importing_the_package_loads_nothing() -> None:
    code = (
        "import sys; before = set(sys.modules); import shapecalc; print(*sorted(set(sys.modules) - before))"
    )
    found = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, env=environment(), text=True, check=False
    )
    loaded = set(found.stdout.split())
    assert {name for name in loaded if name.startswith("shapecalc")} == {"shapecalc"}
    assert not {"yaml", "click", "numpy", "rich"} & loaded
