"""The generated parts of the pages: examples are run, and tables are read from the code they describe.

Pitfall: a page says what the program prints at the width of a pipe; nothing in it is typed by hand twice.
"""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from typing import Any

import cog

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
_FILE = re.compile(r"<!-- file: (\S+) -->\n+```\w*\n(.*?)^```", re.DOTALL | re.MULTILINE)
_CONSOLE = re.compile(r"^```console\n(.*?)^```", re.DOTALL | re.MULTILINE)
_SECONDS = re.compile(r"\d+\.\d+ s$", re.MULTILINE)
_YAML = re.compile(r"^```yaml\n(.*?)^```", re.DOTALL | re.MULTILINE)


def files(page: str) -> dict[str, str]:
    """The files that a page shows under a comment `<!-- file: name -->`, by name."""
    return dict(_FILE.findall(page))


def specs(page: str) -> list[str]:
    """The YAML that a page shows; a list of entries alone gets an input."""
    found = _YAML.findall(page)
    return [f"input: 56x56x64\nlayers:\n{text}" if text.startswith("- ") else text for text in found]


def examples(page: str) -> Iterator[tuple[str, str]]:
    """Every command of a page and what the page says it prints."""
    for block in _CONSOLE.findall(page):
        for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
            command, _newline, printed = part.partition("\n")
            if command.startswith("shapecalc"):
                yield command, printed


def answer(command: str, beside: Mapping[str, str]) -> str:
    """What a command prints on a pipe, its complaints after its data, with the page's files in its folder.

    Times differ from run to run, so their digits become dots.
    """
    with tempfile.TemporaryDirectory() as folder:
        return answer_in(folder, command, beside)


def answer_in(folder: str, command: str, beside: Mapping[str, str]) -> str:
    """The same in a folder that is kept, so that what the command wrote can be read."""
    environment = {**os.environ, "PYTHONPATH": ROOT, "PYTHONUTF8": "1", "LC_ALL": "C.UTF-8", "LANGUAGE": "en"}
    for name, text in beside.items():
        os.makedirs(os.path.dirname(os.path.join(folder, name)), exist_ok=True)
        with open(os.path.join(folder, name), "w", encoding="utf-8") as file:
            file.write(text)
    words = [sys.executable, "-m", *shlex.split(command)]
    ran = subprocess.run(
        words, cwd=folder, env=environment, capture_output=True, encoding="utf-8", check=False
    )
    if "shapecalc itself" in ran.stderr or "Traceback" in ran.stderr:
        raise RuntimeError(f"{command}: {ran.stderr}")
    timeless = _SECONDS.sub(lambda time: re.sub(r"\d", "·", time[0]), ran.stdout)
    lines = (timeless + ran.stderr).splitlines()
    return "".join(f"{line.rstrip()}\n" for line in lines)


def run(command: str) -> None:
    """A command and its answer, as an example."""
    with open(cog.inFile, encoding="utf-8") as file:
        beside = files(file.read())
    fenced("console", f"$ {command}\n{answer(command, beside)}")
    cog.outl("")


def python(code: str) -> None:
    """Python code and what it prints, as an example."""
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, encoding="utf-8", check=True)
    fenced("python", code.strip() + "\n")
    fenced("text", ran.stdout)
    cog.outl("")


def fenced(language: str, text: str) -> None:
    """A block of code."""
    cog.out(f"\n```{language}\n{text}```\n")


def table(heading: tuple[str, ...], rows: Iterator[tuple[str, ...]]) -> None:
    """A Markdown table."""
    cog.outl("")
    for row in (heading, ("---",) * len(heading), *rows):
        cog.outl("| " + " | ".join(cell.replace("|", r"\|") for cell in row) + " |")


def pages() -> Iterator[Any]:
    """The page of every layer."""
    from shapecalc import layers
    from shapecalc.analysis.layer_pages import page

    for word in layers.words():
        layer = layers.load(word)
        if layer is not None:
            yield page(layer)


def problem_answers(name: str) -> None:
    """The questions of a problem file that the page shows, with their answers and the arithmetic."""
    from shapecalc.errors import Source
    from shapecalc.homework.problems import read_problems
    from shapecalc.homework.problems.marking import said

    with open(cog.inFile, encoding="utf-8") as file:
        text = files(file.read())[name]
    rows = (
        (problem.id, ask.cell, " or ".join(map(said, ask.right)), ask.working)
        for problem in read_problems(Source(name, text)).problems
        for ask in problem.asks
    )
    table(("id", "cell", "right", "worked out"), rows)
    cog.outl("")


def ask_list() -> None:
    """Every quantity that an ask of a problem may name behind a dot."""
    from shapecalc.homework.problems.names import COUNTED, COUNTS, OTHERS, WORDS
    from shapecalc.quantities import QUANTITIES

    said = {
        "input": "shape of what goes in",
        "jump": "product of the strides so far",
        **dict.fromkeys(COUNTED, "parameters that are not frozen"),
        **dict.fromkeys("HWCTDZ", "one axis of the output"),
    }
    names = [(word, said.get(word) or QUANTITIES[OTHERS.get(word, word)].label) for word in WORDS]
    rows = ((f"`{word}`", label, "yes" if word in COUNTS else "") for word, label in names)
    table(("name", "what it is", "adds up over blocks and networks"), rows)
    cog.outl("")


def slip_list() -> None:
    """Every slip with its words, its hint, and an example."""
    from shapecalc.homework.slip_pages import index

    for page in index().pages:
        cog.outl(
            f"\n## {page.name}\n\n{page.slip.message[0].upper()}{page.slip.message[1:]}. *{page.slip.advice}*"
        )
        if page.examples:
            rows = ((e["asked"], e["right"], e["wrong"], e["work"]) for e in page.examples)
            table(("asked", "right", "with the slip", "worked out"), rows)
    cog.outl("")


def layer_list() -> None:
    """Every layer's word, in one paragraph."""
    cog.outl("\n" + " ".join(f"`{page.name}`" for page in pages()) + "\n")


def layer_pages() -> None:
    """A section for every layer."""
    for page in pages():
        cog.outl(f"\n## {page.name}\n\n{page.summary}")
        if page.pitfall:
            cog.outl(f"\n{page.pitfall}")
        if page.options:
            options = (
                (_code(o["name"]), _code(o["short"]), o["kind"], o["default"], o["help"])
                for o in page.options
            )
            table(("option", "short", "kind", "default", "what it is"), options)
        else:
            cog.outl("\nNo options.")
        if page.shape_rule:
            cog.outl("\nOutput size: " + "; ".join(page.shape_rule))
        if page.formulas:
            table(
                ("counted", "formula"), ((_code(quantity), text) for quantity, text in page.formulas.items())
            )
            cog.outl(
                "\n" + "; ".join(f"{letter}: {meaning}" for letter, meaning in page.letters.items()) + "."
            )
        elif not page.written_as:
            cog.outl("\nNothing is learned and nothing is counted.")
        if page.written_as:
            cog.outl(f"\nIt is written out as: `{page.written_as}`")
        if page.examples:
            cog.outl("\n" + "\n".join(f"- {example}" for example in page.examples))
        if page.aliases:
            cog.outl("\nAlso written: " + ", ".join(map(_code, page.aliases)) + ".")
        if page.synonyms:
            cog.outl("\nKnown elsewhere as: " + ", ".join(page.synonyms) + ".")
    cog.outl("")


def _code(text: str) -> str:
    return f"`{text}`" if text else ""


def error_sections() -> None:
    """A section for every code, with a broken file and what is said of it where the tests have one."""
    from shapecalc.codes import CODES

    shown = dict(_broken())
    for code, (title, why, cure) in CODES.items():
        cog.outl(f"\n## {code}: {title}\n\n{why}\n\n{cure}")
        if code in shown:
            name, spec, said = shown[code]
            cog.out(f"\n`{name}`:\n")
            fenced("text", spec)
            fenced("text", said)
    cog.outl("")


def _broken() -> Iterator[tuple[str, tuple[str, str, str]]]:
    """By code, the shortest of the tests' broken specs that gets this code first."""
    folder = os.path.join(ROOT, "tests", "bad_specs")
    names = [n[:-5] for n in os.listdir(folder) if n.endswith(".yaml")] if os.path.isdir(folder) else []
    found = []
    for name in sorted(names):
        said = os.path.join(folder, f"{name}.txt")
        if os.path.isfile(said):
            spec, text = _read(os.path.join(folder, f"{name}.yaml")), _read(said)
            code = re.search(r"\[((?:SC|W)\d{3})\]", text)
            if code and spec.isprintable() is False and len(spec) < 1500 and "```" not in spec:
                found.append((code[1], (f"{name}.yaml", spec, text)))
    yield from sorted(found, key=lambda item: -len(item[1][1]))


def _read(path: str) -> str:
    with open(path, encoding="utf-8", errors="replace") as file:
        return file.read()


def rooms() -> None:
    """Who may import whom, from the contracts that are checked."""
    table(
        ("room", "may be imported by"),
        ((_code(room), ", ".join(map(_code, users))) for room, users in contracts()),
    )
    cog.outl("")


def contracts() -> Iterator[tuple[str, list[str]]]:
    """Every room and the rooms that may import it, from pyproject.toml."""
    try:
        import tomllib
    except ModuleNotFoundError:
        import tomli as tomllib
    with open(os.path.join(ROOT, "pyproject.toml"), "rb") as file:
        settings = tomllib.load(file)["tool"]["importlinter"]
    for contract in settings["contracts"]:
        if contract["type"] == "protected":
            (room,) = contract["protected_modules"]
            yield room.partition(".")[2], [user.partition(".")[2] for user in contract["allowed_importers"]]


def source(path: str) -> None:
    """A file of the package."""
    fenced("python", _read(os.path.join(ROOT, path)))
    cog.outl("")


def convention_table() -> None:
    """Every convention of an answer key, what it may be, and what that means."""
    from shapecalc.homework.conventions import Conventions, described
    from shapecalc.spec.grading import CONVENTIONS

    rows = []
    for name, choices in CONVENTIONS.items():
        usual = getattr(Conventions(), name)
        values = (
            ", ".join(f"**`{c}`**" if c == usual else f"`{c}`" for c in choices) or f"a number, **`{usual}`**"
        )
        rows.append((_code(name), values, "; ".join(described(name, choices or (usual,)))))
    table(("convention", "values, the default in bold", "meaning"), iter(rows))
    cog.outl("")


def written_by(command: str, name: str) -> None:
    """A file that a command writes."""
    with open(cog.inFile, encoding="utf-8") as opened:
        beside = files(opened.read())
    with tempfile.TemporaryDirectory() as folder:
        answer_in(folder, command, beside)
        with open(os.path.join(folder, name), encoding="utf-8") as written:
            fenced("markdown", written.read())
    cog.outl("")


def measured(name: str) -> None:
    """The last recorded run of a benchmark, from benchmarks/results.json."""
    import json

    found = json.loads(_read("benchmarks/results.json"))[name]
    table(tuple(found["heading"]), (tuple(row) for row in found["rows"]))
