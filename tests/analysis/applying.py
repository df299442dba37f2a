"""Proposals are taken out of a message and written into the file, as its reader would do it by hand."""

from __future__ import annotations

import re

from shapecalc import catalogue
from shapecalc.api import compute, whole
from shapecalc.errors import Diagnostic, Source, SpecError
from shapecalc.spec import Entry, Plan, load
from shapecalc.spec.tree import Mapping, Scalar, Sequence, Tree

_LINE = re.compile(r"(?:or )?(?P<where>write|in \S+ at (?P<place>[\d:]+) write|put before it|change the input|"
                   r"add a 1×1 projection to (?:this branch|branch '(?P<branch>[^']+)')):  (?P<text>.+?)"
                   r"(?:  and then join  (?P<join>\[.+\]))?")  # fmt: skip


def plan_of(text: str) -> Plan:
    return load(Source("t.yaml", text), catalogue.base, tolerant=True)


def findings(text: str) -> list[Diagnostic]:
    """Every error and everything unmet, with proposals."""
    try:
        return list(compute(whole(plan_of(text))).unmet)
    except SpecError as error:
        return [d for d in error.diagnostics if d.severity == "error"]


def proposals(diagnostic: Diagnostic) -> list[str]:
    """The lines of a help that propose something."""
    return [line for line in (diagnostic.help or "").splitlines() if _LINE.fullmatch(line)]


def apply(text: str, diagnostic: Diagnostic, proposal: str) -> str:
    """The file with one proposal written into it."""
    match = _LINE.fullmatch(proposal)
    assert match and diagnostic.span
    plan = plan_of(text)
    line, column = diagnostic.span.line - 1, diagnostic.span.column - 1
    if match["place"]:
        line, column = (int(n) - 1 for n in match["place"].split(":"))
    entry = at(plan, line, column)
    where, new = match["where"], match["text"]
    if where == "change the input":
        node = next(iter(plan.inputs.values())).node
        return replaced(text, node, new.partition(": ")[2])
    if where.startswith("add"):
        key = match["branch"] or next(
            k.text for k, _e in entry.branches if (k.line, k.column) == (line, column)
        )
        assert isinstance(entry.node, Mapping)
        body = entry.node.pairs[0][1]
        assert isinstance(body, Mapping)
        node = next(item for k, item in body.pairs if k.text == key)
        return appended(text, node, new)
    if where == "put before it":
        text = joined(text, entry, match["join"]) if match["join"] else text
        return inserted(text, entry, new)
    return option(text, entry, new)


def at(plan: Plan, line: int, column: int) -> Entry:
    """The innermost entry around a place."""
    found: list[Entry] = []

    def walk(entries: list[Entry]) -> None:
        for entry in entries:
            node = entry.node
            if (node.line, node.column) <= (line, column) < (node.end_line, node.end_column):
                found.append(entry)
            for inner in (*(e for _k, e in entry.branches), entry.entries, entry.else_):
                walk(inner)

    walk(plan.entries)
    for block in plan.blocks.values():
        walk(block.entries)
    return found[-1]


def replaced(text: str, node: Tree, new: str) -> str:
    return _put(text, (node.line, node.column), (node.end_line, node.end_column), new)


def _put(text: str, start: tuple[int, int], end: tuple[int, int], new: str) -> str:
    lines = text.split("\n")
    after = lines[end[0]][end[1] :] if end[0] < len(lines) else ""
    before = lines[start[0]][: start[1]]
    return "\n".join([*lines[: start[0]], before + new + after, *lines[end[0] + 1 :]])


def option(text: str, entry: Entry, new: str) -> str:
    """Options written into an entry, one at a time: changed where they are there, else put in."""
    for pair in reversed(re.split(r", (?=\w+: )", new)):
        name, _colon, value = pair.partition(": ")
        if not isinstance(entry.node, Mapping):
            text = replaced(text, entry.node, f"{entry.key_text}: {{{pair}}}")
        else:
            body = entry.node.pairs[0][1]
            if isinstance(body, Mapping):
                short = {v: k for k, v in entry.layer.short.items()} if entry.layer else {}
                old = next((item for k, item in body.pairs if k.text in (name, short.get(name))), None)
                if old:
                    text = replaced(text, old, value)
                else:
                    first = body.pairs[0][0]
                    flow = text.split("\n")[body.line][body.column] == "{"
                    gap = ", " if flow else "\n" + " " * first.column
                    text = _put(text, (first.line, first.column), (first.line, first.column), pair + gap)
            else:
                primary = next(iter(entry.layer.OPTIONS)) if entry.layer else "filters"
                assert isinstance(body, Scalar)
                text = replaced(
                    text, body, value if name == primary else f"{{{primary}: {body.text}, {pair}}}"
                )
        entry = at(plan_of(text), entry.node.line, entry.node.column)
    return text


def appended(text: str, node: Tree, new: str) -> str:
    """An entry at the end of a branch: of a list, of one bare entry, or of identity."""
    if isinstance(node, Scalar) and node.text == "identity":
        return replaced(text, node, f"[{new}]")
    last = node.items[-1] if isinstance(node, Sequence) and node.items else None
    if last is None:
        return replaced(text, node, f"[{new}]")
    if text.split("\n")[node.line][node.column] == "[":
        return _put(text, (last.end_line, last.end_column), (last.end_line, last.end_column), f", {new}")
    gap = "\n" + " " * node.column + "- "
    lines = text.split("\n")
    row = last.end_line if last.end_column else last.end_line - 1
    return _put(text, (row, len(lines[row])), (row, len(lines[row])), gap + new)


def inserted(text: str, entry: Entry, new: str) -> str:
    """An entry before another one of a list, in braces or on a line of its own."""
    node = entry.node
    before = text.split("\n")[node.line][: node.column]
    if re.fullmatch(r"\s*(?:- )+", before):
        dash = " " * (len(before) - 2) + "- "
        return _put(text, (node.line, node.column), (node.line, node.column), f"{new}\n{dash}")
    return _put(text, (node.line, node.column), (node.line, node.column), f"{new}, ")


def joined(text: str, entry: Entry, names: str) -> str:
    """The list of names of a merge, written anew."""
    assert isinstance(entry.node, Mapping)
    body = entry.node.pairs[0][1]
    if isinstance(body, Mapping):
        body = next(item for k, item in body.pairs if k.text == "from")
    return replaced(text, body, names)
