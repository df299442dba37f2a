"""A problem file becomes problems with their answers: a spec or a window, and what is asked of it in expressions.

Pitfall: nothing is guessed. A name, key or expression that is not understood is refused with its place and a cure, and a
problem with a mistake in it never hides those of the others.
"""

from __future__ import annotations

import os
from collections.abc import Mapping as Lookup
from fractions import Fraction
from typing import Any

from ...errors import Source, Span, SpecError
from ...expression import ExpressionError
from ...expression.tokens import number
from ...spec import in_order
from ...spec.findings import Findings
from ...spec.grading import limit
from ...spec.reader import read as read_tree
from ...spec.tree import Mapping, Scalar, Sequence, Tree
from ...text import _
from ..conventions import Conventions
from .key import compared, letters_for
from .names import Names, ask_of
from .records import Ask, Problem, ProblemFile
from .scene import SPEC, fields_of, near, networks, text_of

EXAMPLE = "problems:\n  - id: q1\n    input: 28x28x1\n    layers: [conv: {filters: 8, kernel: 3}]\n    ask: conv1.output"
TOP = ("name", "title", "note", "source", "conventions", "tolerance", "problems", "lang")
CELL = ("ask", "answer", "accept", "choices", "marks", "tolerance")
KEYS = ("id", "question", "source", "note", "conventions", *SPEC, "networks", "window", *CELL)
MOST = 10_000


def read_problems(source: Source) -> ProblemFile:
    """Read a file and work out every answer. Raises SpecError with every mistake in it."""
    root, found = read_tree(source, max_bytes=2**24)
    findings = Findings()
    findings.items += found
    if not isinstance(root, Mapping) or not is_problems(root):
        findings.say("SC207", _("a problem file is a mapping with problems:"), root, EXAMPLE)
        raise SpecError(findings.items)
    problems = _Reader(findings).file(root)
    if any(d.severity == "error" for d in findings.items):
        raise SpecError(in_order(findings.items))
    said = fields_of(root)
    name = text_of(said.get("name", said.get("title"))) or os.path.splitext(os.path.basename(source.name))[0]
    return ProblemFile(name, source, problems, tuple(findings.items))


def is_problems(root: Tree) -> bool:
    """Whether a tree is a problem file and no spec."""
    return isinstance(root, Mapping) and any(key.text == "problems" for key, _item in root.pairs)


class _Reader:
    def __init__(self, findings: Findings) -> None:
        self.findings = findings
        self.ids: dict[str, Span] = {}

    def file(self, root: Mapping) -> tuple[Problem, ...]:
        self.known(root, TOP, _("a problem file has no key {key}"))
        said = fields_of(root)
        general = self.conventions(said.get("conventions"), Conventions())
        node = said["problems"]
        if not isinstance(node, Sequence):
            self.findings.say("SC207", _("problems: is a list"), node, "problems:\n  - id: q1")
            return ()
        tolerance = said.get("tolerance")
        made = (self.problem(item, general, tolerance) for item in node.items[:MOST])
        return tuple(problem for problem in made if problem is not None)

    def known(self, node: Tree, keys: tuple[str, ...], message: str) -> None:
        """Report every key that is none of these."""
        for key, _item in node.pairs if isinstance(node, Mapping) else ():
            if key.text not in keys:
                self.findings.say(
                    "SC206", message.format(key=key.text), key, near(self.findings, key.text, keys)
                )

    def conventions(self, node: Tree | None, base: Conventions) -> Conventions:
        """The conventions that a file or problem declares, over those that hold already."""
        changed: dict[str, Any] = {}
        for key, item in node.pairs if isinstance(node, Mapping) else ():
            usual = Conventions._defaults.get(key.text)
            if usual is None:
                message = _("there is no convention {key}").format(key=key.text)
                self.findings.say("SC206", message, key, near(self.findings, key.text, Conventions._fields))
                continue
            text = text_of(item)
            value: Any = number(text) if type(usual) is int else text
            if type(value) is not type(usual):
                what = _("a value such as {value}").format(value=usual)
                self.findings.say("SC204", _("expected {what}, found {text}").format(what=what, text=text), item, _("write conventions: {example}").format(example=f"{{{key.text}: {usual}}}"))  # fmt: skip
                continue
            changed[key.text] = value
        return base._replace(**changed) if changed else base

    def problem(self, node: Tree, general: Conventions, tolerance: Tree | None) -> Problem | None:
        if not isinstance(node, Mapping):
            self.findings.say("SC205", _("a problem is a mapping"), node, "- id: q1")
            return None
        self.known(node, KEYS, _("a problem has no key {key}"))
        said = fields_of(node)
        name = text_of(said.get("id"))
        if not name:
            name = next(free for n in range(1, MOST) if (free := f"q{len(self.ids) + n}") not in self.ids)
        if name in self.ids:
            self.findings.say("SC209", _("{name} is already the name of something here").format(name=name), said.get("id", node), _("choose another id"))  # fmt: skip
        self.ids[name] = node.span
        conventions = self.conventions(said.get("conventions"), general)
        if text_of(said.get("layout")) == "CHW":
            conventions = conventions._replace(layout="CHW")
        own = Findings()
        nets = networks(said, said.get("id", node), own)
        self.findings.items += own.items
        cells = self.cells(said, name, node)
        if own.items or not nets:
            return None
        names = Names(nets, conventions)
        asks: list[Ask] = []
        for cell, asked, inner in cells:
            ask = self.ask(names, cell, asked, {"tolerance": tolerance, **inner} if tolerance else inner)
            if ask is not None:
                asks.append(ask)
                names.done[cell] = ask
        source = said.get("source")
        where = " · ".join(text_of(v) for v in fields_of(source).values()) or text_of(source)
        return Problem(name, text_of(said.get("question")), tuple(asks), conventions, where, node.span)

    def cells(
        self, said: Lookup[str, Tree], name: str, at: Tree
    ) -> list[tuple[str, Tree, Lookup[str, Tree]]]:
        """Each cell's name, its expression, and what else is said of it."""
        asked = said.get("ask")
        around = {key: said[key] for key in CELL[1:] if key in said}
        if isinstance(asked, Scalar) and not asked.null:
            return [(asked.text.strip(), asked, around)]
        if isinstance(asked, Sequence) and asked.items:
            marks = {key: node for key, node in around.items() if key in ("marks", "tolerance")}
            return [(text_of(item), item, marks) for item in asked.items]
        if not isinstance(asked, Mapping) or not asked.pairs:
            place = said.get("ask", said.get("id", at))
            self.findings.say(
                "SC207", _("{name} asks for nothing").format(name=name), place, "ask: conv1.output"
            )
            return []
        shared = (
            around
            if len(asked.pairs) == 1
            else {k: v for k, v in around.items() if k in ("marks", "tolerance")}
        )
        answers = around.get("answer")
        listed = fields_of(answers)
        for key, _item in answers.pairs if isinstance(answers, Mapping) else ():
            if key.text not in fields_of(asked):
                self.findings.say("SC206", _("answer: there is no cell {key}").format(key=key.text), key, near(self.findings, key.text, fields_of(asked)))  # fmt: skip
        found: list[tuple[str, Tree, Lookup[str, Tree]]] = []
        for key, item in asked.pairs:
            inner: dict[str, Tree] = {
                **shared,
                **({"answer": listed[key.text]} if key.text in listed else {}),
            }
            if isinstance(item, Mapping):
                self.known(item, CELL, _("a cell has no key {key}"))
                inner |= fields_of(item)
                item = inner.pop("ask", item)
            found.append((key.text, item, inner))
        return found

    def ask(self, names: Names, cell: str, node: Tree, said: Lookup[str, Tree]) -> Ask | None:
        """One cell, worked out and compared with what the file says; None where it cannot be."""
        found = self.worked(names, cell, node)
        if found is None:
            return None
        published = _published(said.get("answer"))
        accept = said.get("accept")
        accepted = tuple(map(text_of, accept.items)) if isinstance(accept, Sequence) else (text_of(accept),) if accept else ()  # fmt: skip
        marks = number(text_of(said.get("marks")) or "1")
        if marks is None:
            self.findings.say("SC204", _("{text} is no number of marks").format(text=text_of(said["marks"])), said["marks"], "marks: 2")  # fmt: skip
            marks = 1
        tolerance = limit(text_of(said["tolerance"])) if "tolerance" in said else None
        if "tolerance" in said and tolerance is None:
            self.findings.say("SC204", _("{text} is no tolerance").format(text=text_of(said["tolerance"])), said["tolerance"], _("write 2 or 1%"))  # fmt: skip
        choices = tuple((key, text_of(v)) for key, v in fields_of(said.get("choices")).items())
        ask = found._replace(
            published=published, accept=accepted, choices=choices, marks=Fraction(str(marks)), tolerance=tolerance, span=node.span
        )  # fmt: skip
        if choices:
            letters = letters_for(ask)
            words = tuple(text for letter, text in choices if letter in letters)
            if not letters:
                self.findings.say("SC217", _("{cell}: none of the choices is right").format(cell=cell), said["choices"], _("the answer is {value}").format(value=ask.value))  # fmt: skip
            ask = ask._replace(kind="choice", right=letters, accept=(*ask.accept, *words))
        return ask._replace(agreement=compared(ask))

    def worked(self, names: Names, cell: str, node: Tree) -> Ask | None:
        """The answers of an expression, or of a list of them."""
        if isinstance(node, Sequence):
            parts = [self.worked(names, cell, item) for item in node.items]
            whole = [part for part in parts if part is not None]
            if len(whole) < len(parts) or any(len(part.right) != 1 for part in whole):
                return None
            right: Any = tuple(part.right[0] for part in whole)
            return Ask(cell, text_of(node), "list", (right,))
        if not isinstance(node, Scalar) or not node.text.strip():
            self.findings.say(
                "SC207", _("{name} asks for nothing").format(name=cell), node, "ask: conv1.output"
            )
            return None
        try:
            return ask_of(names, cell, node.text)
        except ExpressionError as error:
            self.findings.say(error.code, error.message, node.part(error.start, error.end), error.help)
            return None


def _published(node: Tree | None) -> Any:
    """The answer as the file has it: yes or no, numbers, a list, or its text."""
    if isinstance(node, Sequence):
        return [_published(item) for item in node.items]
    text = text_of(node)
    if not text:
        return None
    if isinstance(node, Scalar) and node.style:
        return text
    found: Any = {"true": True, "false": False}.get(text, number(text))
    return text if found is None else found
