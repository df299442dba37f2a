"""A problem file becomes problems with their answers: the form of published collections, or a plainer one.

Pitfall: what cannot be worked out from a problem is said in words and answered from the published answer where there is
one, marked as such; a problem with a mistake in it never takes the others with it.
"""

from __future__ import annotations

import os
from collections.abc import Mapping as Lookup
from fractions import Fraction
from typing import Any

from ...errors import Source, Span, SpecError, nearest
from ...spec import in_order
from ...spec.findings import Findings
from ...spec.reader import read as read_tree
from ...spec.tree import Mapping, Scalar, Sequence, Tree
from ...text import _
from ..conventions import Conventions
from . import asks, inverse_asks, setup
from .bench import Bench
from .key import compared, letters_for
from .nodes import build, fields, items, plain
from .outcome import Outcome, Refused
from .records import Problem, ProblemFile, Question

FORMAT = "shapecalc-homework-problems/"
TOP = ("format", "count", "name", "title", "note", "source", "conventions", "problems", "meta", "lang")
ABOUT = ("id", "name", "title", "public", "family", "topics", "source", "question", "note", "accepted_basis", "lang",
         "conventions", "marks", "accept", "choices", "answer", "accepted", "computed", "agreement", "answers", "ask",
         "asks", "setup", "cell", "kind")  # fmt: skip
"""What a problem says of itself; everything else is its setup."""
CELL = ("cell", "asks", "ask", "accepted", "answer", "computed", "agreement", "accept", "marks", "note", "choices", "unit",
        "tolerance", "kind")  # fmt: skip
KNOWN = ("input", "layers", "bias", "batch", "layout", "params", "blocks", "outputs", "frozen", "base", "set", "model", "n",
         "kernel", "stride", "padding", "dilation", "filters", "groups", "rounding", "output_padding", "multiplier", "channels",
         "out", "expect", "inputs", "strides", "kernels", "paddings", "dilations", "steps", "features", "units", "vocab",
         "dim", "heads", "classes", "weights", "biases", "macs", "flops", "activations", "total_params", "op", "size",
         "dilation_from_zero", "ceil", "ceil_mode", "cell_type", "bidirectional", "reset_after")  # fmt: skip
"""Keys of a setup that are no names of variants."""
MOST = 10_000


def read_problems(source: Source) -> ProblemFile:
    """Read a file and work out every answer. Raises SpecError with every mistake in its form."""
    root, found = read_tree(source, max_bytes=2**24)
    findings = Findings()
    findings.items += found
    if not isinstance(root, Mapping) or not (is_problems(root)):
        findings.say("SC207", _("a problem file is a mapping with problems:"), root, "problems:\n  - id: q1\n    input: 28x28x1\n    layers: [conv: {filters: 8, kernel: 3}]\n    ask: output_shape")  # fmt: skip
        raise SpecError(findings.items)
    reader = _Reader(source, findings)
    problems = reader.file(root)
    if any(d.severity == "error" for d in findings.items):
        raise SpecError(in_order(findings.items))
    said = fields(root)
    name = (
        str(plain(said.get("name", said.get("title"))) or "")
        or os.path.splitext(os.path.basename(source.name))[0]
    )
    return ProblemFile(name, source, problems, tuple(findings.items))


def said_published(said: Lookup[str, Tree]) -> bool:
    """Whether the file is of the published form, whose further keys are the collection's own."""
    return str(plain(said.get("format")) or "").startswith(FORMAT)


def is_problems(root: Tree) -> bool:
    """Whether a tree is a problem file and no spec."""
    return isinstance(root, Mapping) and any(key.text == "problems" for key, _item in root.pairs)


class _Reader:
    def __init__(self, source: Source, findings: Findings) -> None:
        self.source = source
        self.findings = findings
        self.ids: dict[str, Span] = {}
        self.published = False

    def file(self, root: Mapping) -> tuple[Problem, ...]:
        said = fields(root)
        for key, _item in root.pairs:
            if key.text not in TOP and not said_published(said):
                self.unknown(key, _("a problem file has no key {key}"), TOP)
        self.published = said_published(said)
        general = self.conventions(
            said.get("conventions"), Conventions(bn=4) if self.published else Conventions()
        )
        node = said["problems"]
        if isinstance(node, Mapping):  # by id
            listed = [build({"id": key.text, **fields(item)}, item) for key, item in node.pairs]
        elif isinstance(node, Sequence):
            listed = node.items
        else:
            self.findings.say("SC207", _("problems: is a list"), node, "problems:\n  - id: q1")
            return ()
        return tuple(p for item in listed[:MOST] if (p := self.problem(item, general)) is not None)

    def unknown(self, key: Scalar, message: str, known: tuple[str, ...]) -> None:
        near = self.findings.near(key.text, known)
        help = _("did you mean {word}?").format(word=near) if near else _("there are {names}").format(names=" ".join(known))  # fmt: skip
        self.findings.say("SC206", message.format(key=key.text), key, help)

    def conventions(self, node: Tree | None, base: Conventions) -> Conventions:
        """The conventions that a file or problem declares, over those that hold already."""
        changed: dict[str, Any] = {}
        for key, item in node.pairs if isinstance(node, Mapping) else ():
            if key.text not in Conventions._fields:
                self.unknown(key, _("there is no convention {key}"), Conventions._fields)
                continue
            value = plain(item)
            usual = Conventions._defaults[key.text]
            if type(value) is not type(usual):
                self.findings.say("SC204", _("expected {what}, found {text}").format(what=_("a value such as {value}").format(value=usual), text=value), item, _("write conventions: {example}").format(example=f"{{{key.text}: {usual}}}"))  # fmt: skip
                continue
            changed[key.text] = value
        return base._replace(**changed) if changed else base

    def problem(self, node: Tree, general: Conventions) -> Problem | None:
        if not isinstance(node, Mapping):
            self.findings.say("SC205", _("a problem is a mapping"), node, "- id: q1")
            return None
        said = fields(node)
        name = str(plain(said.get("id", said.get("name"))) or "")
        if not name:
            name = next(free for n in range(1, MOST) if (free := f"q{len(self.ids) + n}") not in self.ids)
        if name in self.ids:
            self.findings.say("SC209", _("{name} is already the name of something here").format(name=name), said.get("id", node), _("choose another id"))  # fmt: skip
        self.ids[name] = node.span
        conventions = self.conventions(said.get("conventions"), general)
        if "setup" in said:
            scene: Tree = said["setup"]
        else:
            scene = build({key.text: item for key, item in node.pairs if key.text not in ABOUT}, node)
            self.plain_keys(node)
            layout = plain(said.get("layout"))
            if layout in ("HWC", "CHW"):
                conventions = conventions._replace(layout=layout)
        cells = self.cells(said, name)
        question = str(plain(said.get("question")) or "")
        topics = tuple(str(plain(item)) for item in items(said.get("topics")))
        own = Findings()
        drafted = setup.draft(
            scene, question, topics, tuple(cell for cell, *_rest in cells), own, self.published
        )
        drafted = setup.under(drafted, conventions)
        if not self.published:
            self.findings.items += own.items
        bench = Bench(drafted, conventions, tuple((cell, ask) for cell, ask, _n in cells))
        questions = tuple(self.question(bench, cell, ask, inner, said) for cell, ask, inner in cells)
        if not questions and not self.published:
            self.checked(bench)
        source = said.get("source")
        where = " · ".join(str(plain(v)) for v in fields(source).values()) or str(plain(source) or "")
        return Problem(
            name, question, questions, conventions, str(plain(said.get("note")) or ""), where, node.span
        )

    def checked(self, bench: Bench) -> None:
        """Say what is wrong with the layers of a problem whose questions could not be read."""
        recipe = bench.draft.main
        if recipe is not None and recipe.blank() is None:
            try:
                bench.network(recipe)
            except SpecError as error:
                self.findings.items += error.diagnostics

    def plain_keys(self, node: Mapping) -> None:
        """Refuse keys of a plain problem that are neither a setting nor a variant's name."""
        known = (*KNOWN, *ABOUT)
        for key, item in node.pairs:
            if key.text in known or key.text in setup.NAMES or isinstance(item, (Mapping, Sequence)):
                continue
            near = nearest(key.text, list(known))
            help = _("did you mean {word}?").format(word=near) if near else _("a setting is one of {names}").format(names=" ".join(KNOWN))  # fmt: skip
            self.findings.say("SC206", _("a problem has no key {key}").format(key=key.text), key, help)

    def cells(self, said: Lookup[str, Tree], name: str) -> list[tuple[str, str, Lookup[str, Tree]]]:
        """Each cell's name, what it asks, and what else is said of it."""
        found: list[tuple[str, str, Lookup[str, Tree]]] = []
        listed = said.get("answers")
        asked = said.get("ask", said.get("asks"))
        if isinstance(listed, Sequence):
            for item in listed.items:
                inner = fields(item)
                for said_key, _value in (
                    item.pairs if isinstance(item, Mapping) and not self.published else ()
                ):
                    if said_key.text not in CELL:
                        self.unknown(said_key, _("a cell has no key {key}"), CELL)
                ask = self.ask(inner.get("asks", inner.get("ask")), item)
                if ask:
                    found.append((str(plain(inner.get("cell")) or ask), ask, inner))
        elif isinstance(asked, Mapping):
            for key, item in asked.pairs:
                inner = fields(item)
                ask = self.ask(inner.get("ask", inner.get("asks")) if inner else item, item)
                if ask:
                    found.append((key.text, ask, inner))
        elif asked is not None:
            several = items(asked)
            own = {k: said[k] for k in ("accepted", "answer", "accept", "choices", "marks") if k in said}
            for item in several:
                word = item.text if isinstance(item, Scalar) else ""
                part, _colon, quantity = word.rpartition(":")
                meant = item.cut(len(part) + 1, len(word)) if part and isinstance(item, Scalar) else item
                ask = self.ask(meant, item)
                if ask:
                    cell = word if part or len(several) > 1 else (quantity or ask)
                    found.append((cell, ask, own if len(several) == 1 else {}))
        elif said:
            place = next((said[key] for key in ("id", "question") if key in said), next(iter(said.values())))
            self.findings.say(
                "SC207", _("{name} asks for nothing").format(name=name), place, "ask: output_shape"
            )
        return found

    def ask(self, node: Tree | None, at: Tree) -> str | None:
        """The ask that a word means; what it does not mean is reported."""
        word = str(plain(node) or "")
        meant = asks.meaning(word)
        if meant is None and self.published and word:
            return word  # answered as published
        if meant is None:
            known = sorted({*asks.ASKS, *inverse_asks.SOLVES})
            near = nearest(word, [*known, *asks.OTHERS]) if word else None
            help = _("did you mean {word}?").format(word=near) if near else _("there are {names}").format(names=" ".join(known))  # fmt: skip
            self.findings.say(
                "SC206", _("nothing is asked by {word}").format(word=word or "–"), node or at, help
            )
        return meant

    def question(
        self, bench: Bench, cell: str, ask: str, inner: Lookup[str, Tree], around: Lookup[str, Tree]
    ) -> Question:
        """One cell, worked out; what could not be is answered as published."""
        published = plain(inner.get("accepted", inner.get("answer")))
        accept = tuple(str(v) if not isinstance(v, list) else "x".join(map(str, v)) for v in map(plain, items(inner.get("accept"))))  # fmt: skip
        marks = plain(inner.get("marks", around.get("marks"))) or 1
        choices = tuple((key, str(plain(v))) for key, v in fields(inner.get("choices")).items())
        place = inner.get("cell")
        span = place.span if place is not None else bench.draft.at.span
        reason = read = ""
        try:
            outcome = bench.answer(cell, ask)
            read = outcome.read
        except Refused as refused:
            reason = str(refused)
            outcome = None
            if published is None and not self.published and span is not None:
                self.findings.say("SC217", _("{cell} cannot be worked out: {reason}").format(cell=cell, reason=reason), span, _("say it in the problem, or give an answer:"))  # fmt: skip
        except SpecError as error:
            reason = error.diagnostics[0].message if error.diagnostics else str(error)
            outcome = None
            if not self.published:
                self.findings.items += [d for d in error.diagnostics if d not in self.findings.items]
        if outcome is None:
            outcome = _as_published(published, ask)
        question = Question(
            cell, ask, outcome.kind, outcome.right, reason, outcome.open_end, published, accept, outcome.working,
            outcome.asked, read, choices, Fraction(str(marks)), "", outcome.way, span,
        )  # fmt: skip
        if choices:
            letters = letters_for(question)
            said = tuple(text for letter, text in choices if letter in letters)
            if not letters and question.right and not self.published:
                self.findings.say("SC217", _("{cell}: none of the choices is right").format(cell=cell), inner["choices"], _("the answer is {value}").format(value=question.value))  # fmt: skip
            question = question._replace(kind="choice", right=letters, accept=(*accept, *said))
        return question._replace(agreement=compared(question))


def _as_published(published: Any, ask: str) -> Outcome:
    """The published answer for want of a computed one; nothing where it is a figure with a unit."""
    kind = {"boolean": "yes_no", "ratio": "ratio", "memory": "bytes", "output_shape": "shape", "output_size": "size"}.get(ask, "number")  # fmt: skip
    if isinstance(published, (bool, int)):
        return Outcome((published,), kind)
    if isinstance(published, list) and all(isinstance(v, int) for v in published):
        return Outcome((tuple(published),), kind)
    if isinstance(published, float):
        return Outcome((Fraction(str(published)),), "ratio")
    return Outcome((), kind)
