"""The catalogue of sentences: `python docs/messages.py` collects them all and says which still have no Chinese.

Pitfall: the first paragraphs of a layer's file are its page, and a command's docstring is its help, so they are sentences
for the user like those in `_(…)`.
"""

from __future__ import annotations

import ast
import inspect
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from babel.messages import Catalog
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "shapecalc"
PO = PACKAGE / "locale" / "zh" / "LC_MESSAGES" / "shapecalc.po"
HEADER = "# What shapecalc says, in Chinese. The words of the field: docs/glossary.md. After a change: python docs/messages.py"
KEPT = ('"Language:', '"MIME-Version:', '"Content-', '"Plural-Forms:')
"""Lines of the header that do not change from run to run."""


def sentences() -> Iterator[str | tuple[str, str]]:
    """Every sentence of the program, in the order of its files; a pair is singular and plural."""
    for path in sorted(PACKAGE.rglob("*.py")):
        if path.parent.name in ("layers", "cli"):
            yield from docstrings(path)
        yield from marked(ast.parse(path.read_text("utf-8")))


def marked(tree: ast.AST) -> Iterator[str | tuple[str, str]]:
    """What stands in `_(…)`, `N_(…)` and `ngettext(…)`, also inside an f-string, where Babel's own reader does not look."""
    calls = [n for n in ast.walk(tree) if isinstance(n, ast.Call) and isinstance(n.func, ast.Name)]
    for call in sorted(calls, key=lambda n: (n.lineno, n.col_offset)):
        assert isinstance(call.func, ast.Name)
        if call.func.id in ("_", "N_"):
            yield from texts(call.args[0])
        elif call.func.id == "ngettext":
            singular, plural = (next(texts(arg), "") for arg in call.args[:2])
            if singular:
                yield singular, plural


def texts(node: ast.expr) -> Iterator[str]:
    """The texts that an argument can be: itself, or one of two."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.IfExp):
        yield from texts(node.body)
        yield from texts(node.orelse)


def docstrings(path: Path) -> Iterator[str]:
    """What a layer's page and a command's help take from a docstring, paragraph by paragraph."""
    tree = ast.parse(path.read_text("utf-8"))
    if path.parent.name == "layers":
        if not path.name.startswith("_"):
            first, _blank, rest = (ast.get_docstring(tree) or "").partition("\n\n")
            yield from filter(None, (" ".join(first.split()), " ".join(rest.split())))
        return
    for node in tree.body:
        commands = isinstance(node, ast.FunctionDef) and any(
            "verb(" in (word := ast.unparse(d)) or "click.command(" in word for d in node.decorator_list
        )
        if commands:
            for part in inspect.cleandoc(ast.get_docstring(node) or "").split("\n\n"):  # type: ignore[arg-type]
                if "\b" not in part:
                    yield " ".join(part.split())
                elif "  " in part:  # examples with remarks; commands alone are the same in every language
                    yield part


def updated() -> Catalog:
    """The catalogue as it should be: the program's sentences in order, each with the Chinese that it has."""
    with PO.open("rb") as file:
        known = read_po(file, locale="zh")
    catalogue = Catalog(locale="zh", fuzzy=False)
    for message in sentences():
        first = message[0] if isinstance(message, tuple) else message
        if first and (catalogue.get(first) is None or isinstance(message, tuple)):
            found = known.get(first)
            text = found.string if found else ""
            if isinstance(message, tuple) == isinstance(text, str):  # it became a pair, or is one no more
                text = (text,) if isinstance(text, str) else text[0]
            catalogue.add(message, text)
    return catalogue


def written(catalogue: Catalog) -> str:
    """The file's text."""
    stream = BytesIO()
    write_po(stream, catalogue, width=0, no_location=True, ignore_obsolete=True)
    lines = stream.getvalue().decode("utf-8").splitlines()
    start = lines.index('msgid ""')
    end = lines.index("", start)
    head = [line for line in lines[start + 2 : end] if line.startswith(KEPT)]
    body = [line for line in lines[end:] if not line.startswith("#,")]  # 1% is no format of Python's
    return "\n".join([HEADER, 'msgid ""', 'msgstr ""', *head, *body]).rstrip("\n") + "\n"


def main() -> None:
    """Write the file anew, and print what is missing."""
    catalogue = updated()
    PO.write_text(written(catalogue), "utf-8")
    missing = [
        m.id for m in catalogue if m.id and not (m.string if isinstance(m.string, str) else all(m.string))
    ]
    for message in missing:
        print(repr(message))
    print(f"{len(catalogue)} sentences, {len(missing)} without Chinese")


if __name__ == "__main__":
    main()
