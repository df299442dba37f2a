"""The wheel and the sdist hold what they should, and the program works from inside the wheel."""

from __future__ import annotations

import os
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path


def names(built: Path) -> set[str]:
    (wheel,) = built.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        return set(archive.namelist())


def test_the_wheel_holds_the_package_and_its_networks(built: Path, root: Path) -> None:
    inside = names(built)
    package = {str(p.relative_to(root)) for p in (root / "shapecalc").rglob("*.py")}
    networks = {f"shapecalc/architectures/{p.name}" for p in (root / "architectures").glob("*.yaml")}
    assert package <= inside
    assert networks and networks <= inside
    assert "shapecalc/py.typed" in inside
    assert any(name.endswith("/licenses/LICENSE") for name in inside)


def test_the_wheel_holds_the_compiled_catalogue_and_not_its_source(built: Path) -> None:
    found = [name for name in names(built) if "/locale/" in name]
    assert found == ["shapecalc/locale/zh/LC_MESSAGES/shapecalc.mo"]


def test_the_wheel_holds_nothing_else(built: Path) -> None:
    tops = {name.partition("/")[0] for name in names(built)}
    assert tops == {"shapecalc", "shapecalc-0.1.0.dist-info"}
    assert not [name for name in names(built) if "__pycache__" in name or "test" in name]


def test_the_sdist_holds_the_checkout(built: Path) -> None:
    (sdist,) = built.glob("*.tar.gz")
    with tarfile.open(sdist) as archive:
        inside = {name.partition("/")[2] for name in archive.getnames()}
    wanted = (
        "pyproject.toml",
        "README.md",
        "LICENSE",
        "CHANGELOG.md",
        "CONTRIBUTING.md",
        ".ci/run",
        "docs/cog.txt",
        "hatch_build.py",
        "shapecalc/locale/zh/LC_MESSAGES/shapecalc.po",
    )
    assert inside >= {
        *wanted,
        "architectures/vgg16.yaml",
        "tests/packaging/test_built.py",
        "benchmarks/chain.py",
    }


def test_the_wheel_speaks_chinese(built: Path, tmp_path: Path) -> None:
    (wheel,) = built.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(tmp_path / "site")
    environment = {
        **os.environ,
        "PYTHONPATH": str(tmp_path / "site"),
        "PYTHONUTF8": "1",
        "LANG": "zh_CN.UTF-8",
    }
    for name in ("LANGUAGE", "LC_ALL", "LC_MESSAGES"):
        environment.pop(name, None)
    command = [sys.executable, "-m", "shapecalc", "table", "--help"]
    ran = subprocess.run(
        command, cwd=tmp_path, env=environment, capture_output=True, encoding="utf-8", check=False
    )
    assert ran.stdout.startswith("用法：shapecalc table"), ran.stdout + ran.stderr


def test_the_program_works_from_the_wheel(built: Path, tmp_path: Path) -> None:
    (wheel,) = built.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(tmp_path / "site")
    environment = {**os.environ, "PYTHONPATH": str(tmp_path / "site"), "PYTHONUTF8": "1"}
    code = "import shapecalc, sys; sys.argv = ['shapecalc', 'table', 'vgg16']; from shapecalc.cli import main; main()"
    ran = subprocess.run(
        [sys.executable, "-c", code],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    (total,) = [line for line in ran.stdout.splitlines() if line.startswith("total")]
    assert total.split()[-2:] == [
        "138,357,544",
        "15,470,264,320",
    ]  # torchvision's vgg16: parameters, multiply-adds
