"""A dotted override, `conv1.filters: 12`, finds the entry that it changes while the plan is walked.

A path is a name of the table that comes out. Pitfall: a `repeat` renames what follows it, so a short path such as
`fc1.units` is looked up in a walk of its own, with all the other changes in force.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import suppress
from copy import copy
from typing import TYPE_CHECKING

from ..errors import Source, SpecError, UsageError, meant, nearest
from ..layers import Option
from ..pattern import Pattern
from ..record import Record
from ..spec import UNREAD, BrokenEntry, Entry, LayerEntry, Plan, SeqEntry, Setting, Value
from ..spec.findings import CANDIDATES, Findings
from ..spec.synonyms import cure
from ..spec.tree import Scalar
from ..spec.values import Reader
from ..spec.words import BOOLEANS, ENTRY_OPTIONS, OPTION_WORDS
from ..text import _

if TYPE_CHECKING:
    from .bind import Binder, Overrides
    from .scope import Scope

REPEAT = "repeat"
_SHOWN = 3
_NUMBERS = Pattern(r"[0-9]+(?:\s*[x×]\s*[0-9]+)*")


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


class Place(Record):
    """An entry that runs, and the shortest path that means all its turns and nothing else."""

    path: str
    entry: Entry


class Paths:
    """The dotted overrides of one walk, later ones over earlier ones; `missed` found no entry."""

    def __init__(self, settings: Mapping[str, Setting]) -> None:
        self.settings = settings
        self.whole_of = {text: text for text in settings}
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

    def repeated(self, binder: Binder, entry: Entry, scope: Scope) -> Entry:
        """The entry with its `repeat` as it is set for it."""
        if isinstance(entry, (SeqEntry, BrokenEntry)) and not entry.name:
            return entry
        base = entry.name or entry.word.lower()
        name = base if entry.name and entry.repeat is None else scope.peek(base)
        steps = follow(scope.sought, name, scope.base_of(entry))
        found = {n: held for step in steps for n, held in step.settings.items() if held[1] == REPEAT}
        changed = entry
        for number in sorted(found):
            text, _option, setting = found[number]
            before = self.taken.setdefault((number, id(scope)), id(entry))
            if before != id(entry) and _parts(text)[-2] == name:
                continue  # what runs 0 times gives its name to the next one, and not its override
            self.met.add(text)
            changed = _copied(entry) if changed is entry else changed
            changed.repeat = _read(binder, setting, "int", (), scope)
        return changed

    def turn(self, binder: Binder, entry: Entry, scope: Scope, name: str) -> Entry:
        """The entry with its options as they are set for this turn of it."""
        base, part = scope.base_of(entry), scope.part
        self.seen.append(Seen(scope, name, base, entry, part))
        steps = follow(scope.sought, name, base)
        found = {n: held for step in steps for n, held in step.settings.items() if held[1] != REPEAT}
        if not found or part:
            return entry
        changed = _copied(entry)
        changed.options = dict(entry.options)
        for number in sorted(found):
            text, option, setting = found[number]
            self.met.add(text)
            _put(binder, changed, option, setting, scope)
        return changed


def _copied(entry: Entry) -> Entry:
    changed = copy(entry)
    changed.origin = entry.origin or entry
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
    return _resolved(binder, plan, overrides, settings)


def _resolved(binder: Binder, plan: Plan, overrides: Overrides, settings: Mapping[str, Setting]) -> Paths:
    """Every path written out from the file's beginning."""
    walk = binder.explorer(plan, overrides._replace(exact=True))
    paths = walk.paths
    assert paths is not None
    whole_of, found = dict[str, str](), dict[str, Setting]()
    for text, setting in settings.items():
        whole = [text] if text in paths.met and all(_parts(text)) else _find(paths, text)
        if len(whole) == 1:
            whole_of[text] = whole[0]
            found.pop(whole[0], None)
            found[whole[0]] = setting
        else:
            _report(binder, walk, text, setting, whole)
    resolved = Paths(found)
    resolved.whole_of = whole_of
    return resolved


def _find(paths: Paths, text: str) -> list[str]:
    """The whole paths that may be meant by the end of one."""
    *names, option = _parts(text)
    found: dict[str, None] = {}
    for seen in paths.seen if all((*names, option)) else ():
        components = seen.components()
        pairs = zip(reversed(names), components)
        if seen.part or len(components) < len(names) or not all(n in pair for n, pair in pairs):
            continue
        if option == REPEAT and seen.base and names[-1] != seen.base:
            continue  # a turn has no repeat of its own
        before = reversed([name for name, _base in components[len(names) :]])
        found[".".join([*before, *names, option])] = None
    return list(found)


def report_missed(binder: Binder, paths: Paths) -> None:
    """Report whole paths that no entry was found for, because other overrides took it away."""
    for text in paths.missed:
        if text in paths.settings:
            _report(binder, binder, text, paths.settings[text], [])


def _report(binder: Binder, walk: Binder, text: str, setting: Setting, whole: list[str]) -> None:
    """Say why a path leads nowhere, and what may be meant."""
    *names, option = _parts(text)
    path, paths = ".".join(names), walk.paths
    assert paths is not None
    met = next((seen for seen in paths.seen if seen.full == path), None)
    row = next((n.name for n in walk.placer.nodes if n.name == path or n.name.endswith(f".{path}")), "")
    owner = row.rpartition(".")[0]
    if not all((*names, option)):
        message = _("{text} is no path to an option").format(text=text)
        help = _("a layer, a dot, an option: conv1.filters")
    elif whole:
        message = _("{name} may be any of {n} layers").format(name=path, n=len(whole))
        more = ", …" if len(whole) > _SHOWN else ""
        help = _("write the whole path: {names}").format(names=", ".join(whole[:_SHOWN]) + more)
        if all_turns := _for_all(paths, names):
            help += "\n" + _("or for all of them: {name}").format(name=f"{all_turns}.{option}")
    elif met is not None and met.part:
        scope = met.scope
        while scope.parent and scope.parent.part:
            scope = scope.parent
        message = _("{name} is a part of {owner}").format(name=path, owner=scope.path)
        help = _("change the options of {owner} itself").format(owner=scope.path)
    elif any(seen.full == owner and isinstance(seen.entry, LayerEntry) for seen in paths.seen):
        message = _("{name} comes with {owner}, and has no options of its own")
        message = message.format(name=path, owner=owner)
        help = _("write it as an entry to change it: - {word}").format(word=path.rpartition(".")[2])
    elif met is not None and option == REPEAT:
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
        shown = ", ".join(known[:_SHOWN]) + (", …" if len(known) > _SHOWN else "")
        help = _("take a name of the table: {names}").format(names=shown)
        help = meant(f"{near}.{option}") if near else help
    binder.problems.say("SC305", message, setting.key.span, binder.problems.file, help)


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
    binder.problems.say("SC202", message, setting.key.span, scope, _cure(option, [*known, REPEAT, "frozen"]))


def _cure(option: str, known: list[str]) -> str:
    if option in ENTRY_OPTIONS:
        return _("only its options, repeat and frozen can be set from outside")
    return cure(option, known)[1]


def _read(binder: Binder, setting: Setting, kind: str, choices: tuple[str, ...], scope: Scope) -> Value:
    """The value as it would be read on the entry's own line; what is wrong with it is reported."""
    if setting.value.constant is not UNREAD:
        return setting.value
    findings = Findings()
    reader = Reader(findings, scope.parameters, bool(scope.uses))
    value = reader.value(setting.value.node, kind, choices)
    for found in findings.items:
        binder.problems.say(found.code, found.message, found.span, scope, found.help)
    return value


def _parts(text: str) -> list[str]:
    return [part.strip() for part in text.split(".")]


def places(plan: Plan) -> list[Place]:
    """Every entry of a plan that runs and can be set, once for each path to it. Raises SpecError as `bind` does."""
    from .bind import Binder, Overrides
    from .budget import MAX_LAYERS

    walk = Binder(plan, Overrides(exact=True), MAX_LAYERS)
    walk.paths = Paths({})
    walk.bind()
    entries: dict[tuple[int, str], set[int]] = {}
    for seen in walk.paths.seen:
        entries.setdefault((id(seen.scope), seen.base), set()).add(id(seen.entry))

    def word(scope: Scope, name: str, base: str) -> str:
        return base if base and len(entries[id(scope), base]) == 1 else name

    found: dict[str, Entry] = {}
    for seen in walk.paths.seen:
        words, scope = [word(seen.scope, seen.name, seen.base)], seen.scope
        while scope.parent is not None:
            words.append(word(scope.parent, scope.name, scope.base))
            scope = scope.parent
        if not seen.part:
            found.setdefault(".".join(reversed(words)), seen.entry)
    return [Place(path, entry) for path, entry in found.items()]


def whole_path(plan: Plan, overrides: Overrides, text: str, label: str) -> str:
    """The whole path that a path means in this network. Raises UsageError where it leads nowhere."""
    from .bind import Binder
    from .budget import MAX_LAYERS

    place = Scalar("1", "", Source(label, text), 0, 0, 0, len(text))
    walk = Binder(
        plan, overrides._replace(settings={**overrides.settings, text: Value(place, 1)}), MAX_LAYERS
    )
    with suppress(SpecError):
        walk.bind()
    for found in walk.problems.found.values():
        if found.span is not None and found.span.source is place.source and found.code in ("SC305", "SC202"):
            raise UsageError(f"{label}: {found.message}", found.help)
    return walk.paths.whole_of[text] if walk.paths else text


def literal(settings: Iterable[Value]) -> bool:
    """Whether these values of dotted overrides are numbers and words, the same in every scope."""
    words = {*OPTION_WORDS, *BOOLEANS}
    return all(
        value.constant is not UNREAD
        or (
            isinstance(value.node, Scalar)
            and (value.node.text in words or _NUMBERS.fullmatch(value.node.text))
        )
        for value in settings
    )
