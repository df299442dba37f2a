"""A whole file becomes a plan: its top-level keys, or another plan that is its base.

Pitfall: a base is read in the same tolerant way, so one reading shows the mistakes of both files.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from ..errors import Diagnostic, Related, Source, SpecError, UsageError
from ..text import _
from .declarations import Declarations
from .entries import EntryReader
from .findings import Findings
from .plan import BROKEN, UNREAD, Plan, Reference, Setting, Value
from .promises import Promises
from .reader import MAX_BYTES, MAX_DEPTH, read
from .tree import Broken, Mapping, Scalar, Tree
from .values import Reader

KEYS = ("spec", "name", "source", "note", "input", "layout", "params", "blocks", "layers", "outputs", "frozen", "base",
        "set", "expect", "published", "grading", "meta")  # fmt: skip
BESIDE_BASE = ("spec", "name", "source", "note", "meta", "base", "input", "set", "frozen", "expect", "published",
               "outputs", "grading")  # fmt: skip
MAX_BASES = 8
Find = Callable[[str, str], Source]
"""Finds the source of `base: name` for the file called by the second argument; raises UsageError."""


def load(
    source: Source,
    find: Find | None = None,
    max_bytes: int = MAX_BYTES,
    max_depth: int = MAX_DEPTH,
    chain: tuple[Source, ...] = (),
    tolerant: bool = False,
) -> Plan:
    """Read a spec. Raises SpecError with every mistake that reading shows.

    A `tolerant` reading gives a plan with `errors` instead, where there is anything of a plan.
    """
    root, found = read(source, max_bytes, max_depth)
    return plan_of(root, source, find, found, (*chain, source), tolerant)


def plan_of(
    root: Tree,
    source: Source,
    find: Find | None = None,
    found: Iterable[Diagnostic] = (),
    chain: tuple[Source, ...] = (),
    tolerant: bool = False,
) -> Plan:
    """The plan of a tree that was read already, or made of the pieces of one. Raises SpecError as `load` does."""
    document = _Document(source, find, chain or (source,))
    document.findings.items += found
    plan = document.plan(root)
    findings = document.findings.items
    errors = tuple(d for d in findings if d.severity == "error")
    if plan is None or (errors and not tolerant):
        raise SpecError(in_order(findings))
    warnings = (d for d in findings if d.severity != "error")
    return plan._replace(warnings=(*plan.warnings, *warnings), errors=(*plan.errors, *errors))


def in_order(findings: list[Diagnostic]) -> list[Diagnostic]:
    """Findings by their places, those of one file together."""
    files = {d.span.source: i for i, d in reversed(list(enumerate(findings))) if d.span}
    return sorted(
        findings, key=lambda d: (files[d.span.source], d.span.line, d.span.column) if d.span else (-1, 0, 0)
    )


class _Document:
    def __init__(self, source: Source, find: Find | None, chain: tuple[Source, ...]) -> None:
        self.source = source
        self.find = find
        self.chain = chain
        self.findings = Findings()
        self.say = self.findings.say

    def plan(self, root: Tree) -> Plan | None:
        if not isinstance(root, Mapping):
            if not isinstance(root, Broken):
                help = "input: 32x32x1\nlayers:\n  - conv: {filters: 6, kernel: 5}"
                self.say("SC207", _("a spec is a mapping with input: and layers:"), root, help)
            return None
        fields = {key.text: node for key, node in root.pairs}
        self.keys(root, fields)
        texts: dict[str, str] = {k: self.text(fields[k]) for k in ("name", "source", "note") if k in fields}
        if "base" in fields:
            return self.based(fields, texts)
        layout = self.layout(fields.get("layout"))
        declare = Declarations(self.findings)
        known, params = declare.params(fields.get("params"), set(), False)
        symbols, inputs = declare.inputs(fields.get("input"), known)
        known |= set(symbols)
        blocks = declare.blocks(fields.get("blocks"), known)
        entries = EntryReader(self.findings, known, blocks).entries(self.layers(fields))
        promises = Promises(self.findings, known)
        return Plan(
            name=texts.get("name") or self.source.name,
            source=self.source,
            inputs=inputs or {"input": Value(root, BROKEN)},
            layout=layout,
            params=params,
            blocks=blocks,
            entries=entries,
            outputs=self.names(fields.get("outputs")),
            frozen=self.names(fields.get("frozen")),
            expect=promises.expect(fields.get("expect")),
            published=promises.published(fields.get("published")),
            grading=promises.grading(fields.get("grading")),
            texts=texts,
            settings={},
            symbols=symbols,
            warnings=(),
            root=root,
        )

    def keys(self, root: Mapping, fields: dict[str, Tree]) -> None:
        """Refuse keys that are not of the language, and name those that are missing."""
        based = "base" in fields
        meant = set[str | None]()
        for key, _node in root.pairs:
            if key.text not in KEYS:
                if self.findings.full:
                    break
                near, help = self.top(key.text, BESIDE_BASE if based else KEYS)
                meant.add(near)
                self.say("SC206", _("there is no top-level key {key}").format(key=key.text), key, help)
            elif based and key.text not in BESIDE_BASE:
                help = (
                    _("change parameters with set:")
                    if key.text == "params"
                    else _("write the whole spec, or take it out")
                )
                self.say("SC206", _("{key} cannot stand beside base").format(key=key.text), key, help)
            elif not based and key.text == "set":
                help = _("write the values under params:, or name a base:")
                self.say("SC206", _("set changes the parameters of a base, and there is none"), key, help)
        for name, example in (
            ("input", "input: 32x32x1"),
            ("layers", "layers:\n  - conv: {filters: 6, kernel: 5}"),
        ):
            if not (name in fields or name in meant or based or root.broken):
                place = root.span._replace(end_line=root.line + 1, end_column=root.column + 2)
                self.say("SC207", _("a spec needs {key}:").format(key=name), place, example)
        version = fields.get("spec")
        if isinstance(version, Scalar) and version.text != "1":
            message = _("this program reads version 1 of the language, not {v}").format(
                v=version.text or _("nothing")
            )
            self.say("SC207", message, version, "spec: 1")
        elif version and not isinstance(version, Scalar):
            Reader(self.findings).wrong(version, "int", (), "spec: 1")

    def top(self, word: str, keys: tuple[str, ...]) -> tuple[str | None, str]:
        from .synonyms import top

        return top(word, keys)

    def text(self, node: Tree) -> str:
        return Reader(self.findings).text(node) or ""

    def layout(self, node: Tree | None) -> str:
        if node is None:
            return "HWC"
        value = Reader(self.findings).value(node, "choice", ("HWC", "CHW"))
        return "HWC" if value.constant is BROKEN else str(value.constant)

    def layers(self, fields: dict[str, Tree]) -> Tree | None:
        node = fields.get("layers")
        if isinstance(node, Scalar) and node.null:
            self.say("SC207", _("layers: has no entries"), node, "layers:\n  - conv: {filters: 6, kernel: 5}")
            return None
        return node

    def names(self, node: Tree | None) -> tuple[Reference, ...]:
        """The names in outputs: or frozen:."""
        if node is None or (isinstance(node, Scalar) and node.null):
            return ()
        return tuple(r for r in EntryReader(self.findings, set(), {}).references(node) if r.text)

    def based(self, fields: dict[str, Tree], texts: dict[str, str]) -> Plan | None:
        """The base's plan with what this file changes."""
        base = fields["base"]
        plan = self.base(base)
        names = {*plan.params, *plan.symbols} if plan else set[str]()
        promises = Promises(self.findings, names)
        settings = dict(plan.settings) if plan else {}
        dotted = dict(plan.dotted) if plan else {}
        for key, item in promises.pairs(fields.get("set")) if plan else ():
            if "." in key.text:
                dotted.pop(key.text, None)  # the later one of two that lead to the same option counts
                dotted[key.text] = Setting(key, Value(item, BROKEN if isinstance(item, Broken) else UNREAD))
            elif key.text in names:
                settings[key.text] = Reader(self.findings, names, base=getattr(base, "text", "")).value(
                    item, "any"
                )
            else:
                from .synonyms import other_parameter

                help = other_parameter(key.text, sorted(names))
                if isinstance(item, Mapping) and item.pairs:
                    option, value = item.pairs[0]
                    shown = value.text if isinstance(value, Scalar) else "…"
                    help = _("write {text}").format(text=f"{key.text}.{option.text}: {shown}")
                message = _("{base} has no parameter {name}").format(
                    base=getattr(base, "text", ""), name=key.text
                )
                self.say("SC212", message, key, help)
        symbols, inputs = Declarations(self.findings).inputs(
            fields.get("input"), set(plan.params) if plan else set()
        )
        outputs, frozen = self.names(fields.get("outputs")), self.names(fields.get("frozen"))
        expect, published = promises.expect(fields.get("expect")), promises.published(fields.get("published"))
        grading = promises.grading(fields.get("grading"))
        if plan is None:
            return None
        if list(inputs) == ["input"] and len(plan.inputs) == 1:
            inputs = dict.fromkeys(plan.inputs, inputs["input"])
        return plan._replace(
            name=texts.get("name") or plan.name,
            source=self.source,
            texts={**({} if texts.get("name") else plan.texts), **texts},  # another name is another network
            settings=settings,
            dotted=dotted,
            inputs=inputs or plan.inputs,
            symbols=symbols if inputs else plan.symbols,
            outputs=outputs or plan.outputs,
            frozen=(*plan.frozen, *frozen),
            expect=expect,
            published=published,
            grading=grading or plan.grading,
            inherited=True,
        )

    def base(self, node: Tree) -> Plan | None:
        """The plan of the base; None where there is none, and that is reported."""
        if not isinstance(node, Scalar) or node.null or self.find is None:
            if not isinstance(node, Broken):
                self.say("SC211", _("base: is the name of a network, or a path"), node, "base: resnet50")
            return None
        try:
            found = self.find(node.text, self.source.name)
        except UsageError as error:
            self.say("SC211", str(error), node, error.help or _("a path is relative to this file"))
            return None
        again = any(s.name == found.name and s.text == found.text for s in self.chain)
        if again or len(self.chain) > MAX_BASES:
            names = " → ".join([*(s.name for s in self.chain), found.name])
            message = (
                _("this chain of bases goes in a circle: {chain}")
                if again
                else _("more than {n} bases behind one another: {chain}")
            )
            self.say(
                "SC211",
                message.format(chain=names, n=MAX_BASES),
                node,
                _("take this base out, or write the layers"),
            )
            return None
        note = Related(_("used as a base here"), node.span)
        try:
            plan = load(found, self.find, chain=self.chain, tolerant=True)
        except SpecError as error:
            self.findings.items += [d._replace(related=(*d.related, note)) for d in error.diagnostics]
            return None
        return plan._replace(errors=tuple(d._replace(related=(*d.related, note)) for d in plan.errors))
