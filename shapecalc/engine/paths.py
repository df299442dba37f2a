"""A dotted override, `conv1.filters: 12`, finds the entry that it changes while the plan is walked.

A path is a name of the table that comes out. Pitfall: a `repeat` renames what follows it, so a short path such as
`fc1.units` is looked up in a walk of its own, with all the other changes in force.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from copy import copy
from typing import TYPE_CHECKING

from ..errors import SpecError, nearest
from ..layers import Option
from ..record import Record
from ..spec import UNREAD, Entry, Plan, Setting, Value
from ..spec.findings import CANDIDATES, Findings
from ..spec.synonyms import cure
from ..spec.values import Reader
from ..text import _

if TYPE_CHECKING:
    from .bind import Binder, Overrides
    from .scope import Scope

WHOLE = ("repeat", "if")
"""What an entry has once, however often it is repeated."""
_KINDS = {"repeat": "int", "if": "bool", "frozen": "bool"}
_FIELDS = {"repeat": "repeat", "if": "if_", "frozen": "frozen"}
_SHOWN = 3


class Step:
    """A place in the tree of all paths: what may follow, and the options that are set here, by number."""

    __slots__ = ("after", "settings")

    def __init__(self) -> None:
        self.after: dict[str, Step] = {}
        self.settings: dict[int, tuple[str, str, Setting]] = {}


class Seen(Record):
    """An entry that was met: its scope, its name there, and that name without the number of its turn."""

    scope: Scope
    name: str
    base: str
    entry: Entry
    part: bool

    @property
    def full(self) -> str:
        """Its dotted name."""
        return self.scope.full(self.name)

    def components(self) -> list[tuple[str, str]]:
        """Its name and those of the scopes around it, the innermost first."""
        found, scope = [(self.name, self.base)], self.scope
        while scope.parent is not None:
            found.append((scope.name, scope.base))
            scope = scope.parent
        return found


class Paths:
    """The dotted overrides of one walk, later ones over earlier ones; `missed` found no entry."""

    def __init__(self, settings: Mapping[str, Setting]) -> None:
        self.settings = settings
        self.root = Step()
        self.met: set[str] = set()
        self.seen: list[Seen] = []
        self.taken: dict[tuple[int, int], int] = {}
        for number, (text, setting) in enumerate(settings.items()):
            *names, option = _parts(text)
            step = self.root
            for name in names:
                step = step.after.setdefault(name, Step())
            step.settings[number] = (text, option, setting)

    @property
    def missed(self) -> list[str]:
        """The paths that no entry was found for."""
        return [text for text in self.settings if text not in self.met]

    def whole(self, binder: Binder, entry: Entry, scope: Scope) -> Entry:
        """The entry with its `repeat` and `if` as they are set for it."""
        if entry.form in ("seq", "broken") and not entry.name:
            return entry
        base = entry.name or entry.word.lower()
        name = base if entry.name and entry.repeat is None else scope.peek(base)
        steps = follow(scope.sought, name, scope.base_of(entry))
        found = {n: held for step in steps for n, held in step.settings.items() if held[1] in WHOLE}
        changed = entry
        for number in sorted(found):
            text, option, setting = found[number]
            if self.taken.setdefault((number, id(scope)), id(entry)) != id(entry) and name != base:
                continue  # what is left out gives its name to the next one, and not its override
            self.met.add(text)
            changed = copy(entry) if changed is entry else changed
            setattr(changed, _FIELDS[option], _read(binder, setting, _KINDS[option], (), scope))
        return changed

    def turn(self, binder: Binder, entry: Entry, scope: Scope, name: str) -> Entry:
        """The entry with its options as they are set for this turn of it."""
        base, part = scope.base_of(entry), scope.part
        self.seen.append(Seen(scope, name, base, entry, part))
        steps = follow(scope.sought, name, base)
        found = {n: held for step in steps for n, held in step.settings.items() if held[1] not in WHOLE}
        if not found or part:
            return entry
        changed = copy(entry)
        changed.options = dict(entry.options)
        for number in sorted(found):
            text, option, setting = found[number]
            self.met.add(text)
            _put(binder, changed, option, setting, scope)
        return changed


def follow(steps: Iterable[Step], name: str, base: str) -> tuple[Step, ...]:
    """The places of the paths that go on with this name, or with it without its number."""
    words = (name, base) if base else (name,)
    return tuple(step.after[word] for step in steps for word in words if word in step.after)


def of(binder: Binder, plan: Plan, overrides: Overrides) -> Paths | None:
    """The paths of a walk, each of them whole; those that lead nowhere are reported. None where there are none."""
    given = {k: v for k, v in overrides.settings.items() if "." in k}
    if not given and not plan.dotted:
        return None
    settings = dict(plan.dotted)
    for name, value in given.items():
        settings.pop(name, None)
        settings[name] = Setting(value.node, value)
    if overrides.exact:
        return Paths(settings)
    return Paths(dict(_resolved(binder, plan, overrides, settings)))


def _resolved(
    binder: Binder, plan: Plan, overrides: Overrides, settings: Mapping[str, Setting]
) -> Iterator[tuple[str, Setting]]:
    """Every path written out from the file's beginning."""
    walk = binder.explorer(plan, overrides._replace(exact=True))
    paths = walk.paths
    assert paths is not None
    for text, setting in settings.items():
        if text in paths.met:
            yield text, setting
            continue
        whole = _find(paths, text)
        if len(whole) == 1:
            yield whole[0], setting
        else:
            _report(binder, paths, text, setting, whole)


def _find(paths: Paths, text: str) -> list[str]:
    """The whole paths that may be meant by the end of one."""
    *names, option = _parts(text)
    found: dict[str, None] = {}
    for seen in paths.seen:
        components = seen.components()
        pairs = zip(reversed(names), components)
        if seen.part or len(components) < len(names) or not all(n in pair for n, pair in pairs):
            continue
        if option in WHOLE and seen.base and names[-1] != seen.base:
            continue  # a turn has no repeat of its own
        before = reversed([name for name, _base in components[len(names) :]])
        found[".".join([*before, *names, option])] = None
    return list(found)


def _report(binder: Binder, paths: Paths, text: str, setting: Setting, whole: list[str]) -> None:
    """Say why a path leads nowhere, and what may be meant."""
    *names, option = _parts(text)
    path = ".".join(names)
    met = next((seen for seen in paths.seen if seen.full == path), None)
    if whole:
        message = _("{name} may be any of {n} layers").format(name=path, n=len(whole))
        more = ", …" if len(whole) > _SHOWN else ""
        help = _("write the whole path: {names}").format(names=", ".join(whole[:_SHOWN]) + more)
        if all_turns := _for_all(paths, names):
            help += "\n" + _("or for all of them: {name}").format(name=f"{all_turns}.{option}")
    elif met is not None and met.part:
        owner = met.scope
        while owner.parent and owner.parent.part:
            owner = owner.parent
        message = _("{name} is a part of {owner}").format(name=path, owner=owner.path)
        help = _("change the options of {owner} itself").format(owner=owner.path)
    elif met is not None and option in WHOLE:
        message = _("{name} is one turn of a repeated entry").format(name=path)
        help = _("write it for all turns: {name}").format(
            name=f"{met.scope.full(met.base or met.name)}.{option}"
        )
    elif names == ["input"]:
        message, help = (
            _("the input is no layer"),
            _("give its shape: --input 64x64x3, or in a file input: 64x64x3"),
        )
    else:
        known = list(dict.fromkeys(seen.full for seen in paths.seen if not seen.part))
        near = _near(path, known)
        message = _("no layer is called {name}").format(name=path)
        help = (
            _("did you mean {word}?").format(word=f"{near}.{option}")
            if near
            else _("take a name of the table: {names}").format(
                names=", ".join(known[:_SHOWN]) + (", …" if len(known) > _SHOWN else "")
            )
        )
    binder.say("SC305", message, setting.key.span, binder.file, help)


def _near(path: str, known: list[str]) -> str | None:
    """The name most like a path: as a whole, or by its last part."""
    near = nearest(path, known[:CANDIDATES])
    if near is not None:
        return near
    last: dict[str, str] = {}
    for name in known:
        last.setdefault(name.rpartition(".")[2], name)
    word = nearest(path.rpartition(".")[2], list(last)[:CANDIDATES])
    return last[word] if word else None


def _for_all(paths: Paths, names: list[str]) -> str:
    """The path without numbers, where all that may be meant are turns of one entry; else an empty text."""
    found: dict[tuple[int, str], None] = {}
    for seen in paths.seen:
        components = seen.components()
        pairs = zip(reversed(names), components)
        if not seen.part and len(components) >= len(names) and all(n in pair for n, pair in pairs):
            bases = [base or name for name, base in components[len(names) :]]
            found[id(seen.entry), ".".join([*reversed(bases), *names])] = None
    return next(iter(found))[1] if len(found) == 1 else ""


def _put(binder: Binder, entry: Entry, option: str, setting: Setting, scope: Scope) -> None:
    """Set one option of an entry; what is no option of it is reported."""
    if option == "frozen":
        entry.frozen = _read(binder, setting, "bool", (), scope)
        return
    known = dict(entry.layer.OPTIONS) if entry.layer else {}
    if entry.block is not None and entry.layer is None:
        known = {p.name: Option(p.kind, help="") for p in entry.block.params.values()}
    short = entry.layer.short if entry.layer else {}
    name = option if option in known else short.get(option, option)
    if name in known:
        entry.options[name] = _read(binder, setting, known[name].kind, known[name].choices, scope)
        return
    message = _("{word} has no option {option}").format(word=entry.key_text, option=option)
    binder.say("SC202", message, setting.key.span, scope, _cure(option, [*known, *WHOLE, "frozen"]))


def _cure(option: str, known: list[str]) -> str:
    if option in ("name", "from", "else", "expect", "note"):
        return _("only options, repeat, if and frozen can be set from outside")
    return cure(option, known)[1]


def _read(
    binder: Binder, setting: Setting, kind: str, choices: tuple[str, ...], scope: Scope
) -> Value:
    """The value as it would be read on the entry's own line; what is wrong with it is reported."""
    if setting.value.constant is not UNREAD:
        return setting.value
    findings = Findings()
    reader = Reader(findings, scope.parameters, bool(scope.uses))
    value = reader.value(setting.value.node, kind, choices)
    for found in findings.items:
        binder.say(found.code, found.message, found.span, scope, found.help)
    return value


def _parts(text: str) -> list[str]:
    return [part.strip() for part in text.split(".")]


def leads(plan: Plan, overrides: Overrides, text: str, binder: Binder) -> str | None:
    """The whole path that a text means in this network; None where it means nothing, or several."""
    try:
        walk = binder.explorer(plan, overrides)
    except SpecError:
        return None
    assert walk.paths is not None
    if text in walk.paths.met:
        return text
    whole = _find(walk.paths, text)
    return whole[0] if len(whole) == 1 else None
