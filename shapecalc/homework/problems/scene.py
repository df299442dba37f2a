"""What a problem is about: networks by name, each a spec, or the numbers of one window as `shapecalc solve` calls them.

Pitfall: what is `unknown` is solved before anything is asked, and its first solution stands in the network from then on;
an ask for the unknown itself has all of them.
"""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Mapping as Lookup
from typing import Any

from ... import catalogue
from ...analysis.solve.walks import Walked
from ...engine import Overrides, bind
from ...errors import ShapecalcError, SpecError, UsageError
from ...expression.tokens import number
from ...spec import Plan, plan_of
from ...spec.findings import Findings
from ...spec.tree import Mapping, Scalar, Sequence, Tree
from ...text import _

SPEC = ("input", "layers", "params", "blocks", "layout", "outputs", "frozen", "base", "set", "expect")
"""The keys of a spec, as a problem has them."""
LETTERS = ("n", "f", "s", "p", "d", "out")
WINDOW = (*LETTERS, "rounding", "transposed", "output_padding")
USUAL = {"s": "1", "p": "0", "d": "1"}
UNKNOWN = ("unknown", "?")
MOST = 512
"""How far unknowns are tried, as in `solve`."""
OPTIONS = {"f": "kernel", "s": "stride", "p": "padding", "d": "dilation"}
QUANTITIES = {**OPTIONS, "out": "output_size"}
"""What the letters of a window are called of a layer."""


class Net(Walked):
    """A network with numbers: `solved` unknowns by name, a window's `letters`, and how it was `worked` out."""

    def __init__(self, plan: Plan, letters: Lookup[str, Any], solved: Lookup[str, tuple[Any, ...]]) -> None:
        super().__init__(bind(plan), {}, 1, "fp32")
        self.letters = letters
        self.solved = solved
        self.worked = ""


def networks(fields: Lookup[str, Tree], at: Tree, findings: Findings) -> dict[str, Net]:
    """The networks of a problem; one without a name is called "". What is wrong is reported, and left out."""
    listed = fields.get("networks")
    shared = {key: fields[key] for key in SPEC if key in fields}
    if "window" in fields or listed is None:
        whole = {**shared, "window": fields["window"]} if "window" in fields else shared
        if not whole:
            findings.say("SC207", _("the problem says nothing that could be asked about"), at, _("give it input: and layers:, base:, networks: or window: {n: 63, f: 7}"))  # fmt: skip
            return {}
        made = _network(whole, at, findings)
        return {} if made is None else {"": made}
    if not isinstance(listed, Mapping):
        findings.say("SC205", _("networks: is a mapping"), listed, "networks: {plain: {layers: […]}, bottleneck: {layers: […]}}")  # fmt: skip
        return {}
    found: dict[str, Net] = {}
    for key, item in listed.pairs:
        own = {"layers": item} if isinstance(item, Sequence) else fields_of(item)
        for said, _node in item.pairs if "window" in own and isinstance(item, Mapping) else ():
            if said.text != "window":
                message = _("a network has no key {key}").format(key=said.text)
                findings.say("SC206", message, said, _("a window stands alone"))
        base = {} if "window" in own or "base" in own else shared
        made = _network({**base, **own}, item, findings)
        if made is not None:
            found[key.text] = made
    return found


def _network(fields: Lookup[str, Tree], at: Tree, findings: Findings) -> Net | None:
    try:
        if "window" in fields:
            return _window(fields["window"], findings)
        plan = plan_of(_tree(fields, at), at.source, catalogue.base)
        return _solved(plan, at, findings)
    except SpecError as error:
        findings.items += [d for d in error.diagnostics if d not in findings.items]
    except ShapecalcError as error:
        findings.say("SC217", str(error), at, getattr(error, "help", None) or _("change the problem"))
    return None


def _solved(plan: Plan, at: Tree, findings: Findings) -> Net | None:
    """The network, its unknowns filled by what it expects."""
    from ...analysis.solve.blanks import blanks, filled
    from ...analysis.solve.filling import fill

    open_ = blanks(plan)
    if not open_:
        return Net(plan, {}, {})
    filling = fill(plan, Overrides(), MOST)
    if not filling.found:
        why = filling.nearest[0].message if filling.nearest else ""
        findings.say("SC217", _("nothing that is unknown leads to what is expected: {reason}").format(reason=why), open_[0].node, _("change what is expected, or the numbers before it"))  # fmt: skip
        return None
    by_name = {
        name: tuple(dict.fromkeys(numbers[i] for numbers in filling.found))
        for i, name in enumerate(filling.names)
    }
    with filled(plan, open_, filling.found[0]) as whole:
        return Net(whole, {}, by_name)


def _window(node: Tree, findings: Findings) -> Net | None:
    """One window: its letters, what is unknown solved, and a layer called `window` that has it."""
    from ...analysis.solve import solve

    if not isinstance(node, Mapping):
        findings.say(
            "SC205", _("window: is a mapping"), node, "window: {n: 63, f: 7, s: 1, p: unknown, out: 63}"
        )
        return None
    said: dict[str, str] = {}
    for key, item in node.pairs:
        if key.text not in WINDOW:
            findings.say("SC206", _("a window has no {key}").format(key=key.text), key, near(findings, key.text, WINDOW))  # fmt: skip
        said[key.text] = text_of(item)
    if findings.items:
        return None
    given = {**USUAL, **said}
    asked = [name for name in LETTERS if given.get(name) in UNKNOWN or (name not in given and name != "out")]
    if missing := [name for name in asked if name not in given]:
        findings.say("SC217", _("the window does not say {names}").format(names=_(" and ").join(missing)), node, _("give a number, or write {name}: unknown").format(name=missing[0]))  # fmt: skip
        return None
    if asked and "out" not in said:
        findings.say("SC217", _("nothing says what {names} should lead to").format(names=_(" and ").join(asked)), node, _("give the output: out: 63"))  # fmt: skip
        return None
    rounding, transposed = given.get("rounding", "floor"), given.get("transposed") == "true"
    extra = number(given.get("output_padding", "0"))
    if rounding not in ("floor", "ceil") or not isinstance(extra, int):
        raise UsageError(_("rounding is floor or ceil, not {text}").format(text=rounding))
    known: dict[str, Any] = {name: given[name] for name in LETTERS if name in given}
    found = solve(**known, max=MOST, rounding=rounding, transposed=transposed, output_padding=extra)
    if not found.solutions:
        findings.say("SC217", _("No solution: {reason}.").format(reason=found.reason), node, _("change one of its numbers"))  # fmt: skip
        return None
    first = found.solutions[0]
    solved = {
        name: tuple(dict.fromkeys(_numbers(s[name]) for s in found.solutions))
        for name in asked
        if name != "out"
    }
    letters = {
        **{name: _numbers(text) for name, text in known.items() if name not in asked},
        **{n: _numbers(first[n]) for n in found.unknown},
    }
    net = Net(plan_of(_layer(letters, rounding, transposed, extra, node), node.source), letters, solved)
    if len(solved) == 1:
        net.worked = found.notes[0]
    return net


def _layer(letters: Lookup[str, Any], rounding: str, transposed: bool, extra: int, at: Tree) -> Tree:
    """A spec of one layer with this window; a square map where there is one number for all axes."""
    axes = next((len(v) for v in letters.values() if isinstance(v, tuple)), 2)
    n = letters["n"]
    options = {option: _listed(letters[letter]) for letter, option in OPTIONS.items() if letter in letters}
    word = "convtranspose" if transposed else "maxpool" if rounding == "ceil" else "conv"
    if rounding == "ceil":
        options["rounding"] = "ceil"
    else:
        options["filters"] = 1
    if transposed:
        options["output_padding"] = extra
    shape = [*(n if isinstance(n, tuple) else (n,) * axes), 1]
    return build({"input": shape, "layers": [{word: {"name": "window", **options}}]}, at)


def _listed(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else value


def _numbers(value: Any) -> Any:
    """A letter's value: a number, one an axis, or a padding word."""
    if isinstance(value, (list, tuple)):
        return tuple(value)
    if isinstance(value, int):
        return value
    parts = [number(part) for part in value.strip("[]() ").replace("×", "x").replace(",", "x").split("x")]
    if any(not isinstance(part, int) for part in parts):
        return value
    return parts[0] if len(parts) == 1 else tuple(parts)


def _tree(fields: Lookup[str, Tree], at: Tree) -> Tree:
    return build(dict(fields), at)


def build(value: Any, at: Tree) -> Tree:
    """A tree for a number, word, list or mapping, at the place of `at`; a tree stays what it is."""
    place = (at.line, at.column, at.end_line, at.end_column)
    if isinstance(value, Tree):
        return value
    if isinstance(value, Lookup):
        mapping = Mapping(at.source, *place)
        mapping.pairs = [
            (Scalar(str(key), "", at.source, *place), build(item, at)) for key, item in value.items()
        ]
        return mapping
    if isinstance(value, (list, tuple)):
        sequence = Sequence(at.source, *place)
        sequence.items = [build(item, at) for item in value]
        return sequence
    return Scalar(str(value), "", at.source, *place)


def fields_of(node: Tree | None) -> dict[str, Tree]:
    """The values of a mapping by key; of anything else nothing."""
    return {key.text: item for key, item in node.pairs} if isinstance(node, Mapping) else {}


def text_of(node: Tree | None) -> str:
    """What is written: a word or number, sizes with x between; a mapping is nothing."""
    if isinstance(node, Sequence):
        return "x".join(map(text_of, node.items))
    return "" if not isinstance(node, Scalar) or node.null else node.text.strip()


def near(findings: Findings, word: str, known: Iterable[str]) -> str:
    """The cure for a word that is not known."""
    found = findings.near(word, tuple(known))
    return _("did you mean {word}?").format(word=found) if found else _("there are {names}").format(names=" ".join(known))  # fmt: skip
