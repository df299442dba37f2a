"""Where letters live: their ranges, what was assumed of them, and every atom that was made of them.

Pitfall: what is assumed narrows the ranges for all that comes after, so a space belongs to one walk through one spec.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from ..expression.evaluate import round_to
from . import bounds, condition, show, values
from .algebra import SYMBOLS
from .atoms import Atom, Call, Floor, Letter
from .form import LONG, MOST_WORK, Expr, Overgrown, Value

Limits = tuple[Any, Any]


class Space:
    """Letters that belong together."""

    def __init__(self) -> None:
        self.atoms: list[Atom] = []
        self.numbers: dict[Any, int] = {}
        self.symbols: list[str] = []
        self.limits: dict[str, Limits] = {}
        self.moduli: dict[str, tuple[int, int]] = {}
        self.ranges: dict[int, Any] = {}
        self.bounds: dict[Expr, Any] = {}
        self.functions: dict[Expr, Callable[[Mapping[str, int]], int]] = {}
        self.sizes: dict[int, int] = {}
        """Floor's number → what is added to it where it is a size: ⌊(H − 7) / 2⌋ + 1 is shown as one thing."""
        self.others: dict[str, Any] = {}
        self.log: list[tuple[str, str]] = []
        self.place = ""
        """The layer at which conditions arise."""
        self.work = 0

    @property
    def algebra(self) -> Any:
        """What a formula's functions mean here."""
        return SYMBOLS

    def spend(self, products: int) -> None:
        """Count the products of a multiplication that is about to be done. Raises Overgrown where they are too many."""
        if products > LONG:
            self.work += products
            if self.work > MOST_WORK:
                raise Overgrown

    def letter(self, name: str, whole: bool = True, least: int = 1) -> Expr:
        """The letter of this name, from `least` on; a multiplier that need not be whole is from 0 on."""
        if name not in self.limits:
            self.symbols.append(name)
            self.limits[name] = (least if whole else 0, None)
        return self.atom(Letter(name, whole))

    def atom(self, atom: Atom) -> Expr:
        """The form that is this atom alone."""
        key = (type(atom), *(getattr(atom, name) for name in type(atom).__slots__))
        number = self.numbers.get(key)
        if number is None:
            number = self.numbers[key] = len(self.atoms)
            atom.number, atom.space = number, self
            self.atoms.append(atom)
        return Expr(self, {(number,): 1})

    def is_whole(self, monomial: tuple[int, ...]) -> bool:
        return all(
            atom.whole
            if isinstance(atom, Letter)
            else isinstance(atom, (Floor, Call)) or self._whole_forms(atom)
            for atom in map(self.atoms.__getitem__, monomial)
        )

    def _whole_forms(self, atom: Atom) -> bool:
        return all(map(self.is_whole_form, atom.parts()))

    def is_whole_form(self, form: Value) -> bool:
        """Whether it is a whole number for all whole letters."""
        if not isinstance(form, Expr):
            return isinstance(form, int)
        return all(isinstance(c, int) and self.is_whole(m) for m, c in form.terms.items())

    def low(self, form: Value) -> Any:
        """The least it can be, as far as can be shown; None where nothing can."""
        if not isinstance(form, Expr):
            return form
        if form not in self.bounds:
            self.bounds[form] = bounds.low(self, form)
        return self.bounds[form]

    def high(self, form: Value) -> Any:
        """The most it can be; None where nothing can be shown."""
        least = self.low(-form)
        return None if least is None else -least

    def limit(self, name: str, low: int | None = None, high: int | None = None) -> None:
        """Narrow a letter's range."""
        below, above = self.limits[name]
        if low is not None:
            below = max(below, low)
        if high is not None:
            above = high if above is None else min(above, high)
        self.limits[name] = (below, above)
        self.forget()

    def forget(self) -> None:
        """Something more is known: bounds are worked out anew."""
        self.ranges.clear()
        self.bounds.clear()

    def largest(self, forms: Iterable[Value]) -> Value:
        return self.extreme("max", tuple(forms))

    def smallest(self, forms: Iterable[Value]) -> Value:
        return self.extreme("min", tuple(forms))

    def extreme(self, word: str, forms: Sequence[Value]) -> Value:
        """The max or min of forms; those that can never be it are left out."""
        return bounds.extreme(self, word, forms)

    def call(self, word: str, arguments: tuple[Value, ...]) -> Value:
        """round_to(x, m) of a form."""
        if not any(isinstance(a, Expr) for a in arguments):
            return round_to(*arguments)
        return self.atom(Call(word, arguments))

    def reduced(self, form: Value) -> Value:
        """The form with what is known of remainders put in: H is 16 times a letter once 16 divides it."""
        if not self.moduli or not isinstance(form, Expr):
            return form
        inner = {name: self.inner(name) for name in form.letters if name in self.moduli}
        return form.put(inner) if inner else form

    def inner(self, name: str) -> Expr:
        """m·t + r, where the letter of this name leaves r when divided by m."""
        m, r = self.moduli[name]
        below, above = self.limits[name]
        hidden = f"{name}/{m}" if not r else f"({name} - {r})/{m}"
        if hidden not in self.limits:
            self.limits[hidden] = (0, None)
        self.limits[hidden] = (-((r - below) // m), None if above is None else (above - r) // m)
        return m * self.atom(Letter(hidden)) + r  # type: ignore[no-any-return]

    def settled(self, form: Value) -> Value:
        """The form as simple as what is known of remainders makes it: 16·⌊H / 16⌋ is H once 16 divides H."""
        if not self.moduli or not isinstance(form, Expr):
            return form
        return values.whole_again(self, self.reduced(form), form)

    def note_size(self, form: Value) -> None:
        """Remember how a size is written: ⌊…⌋ + 1 stays together in whatever is made of it."""
        if isinstance(form, Expr) and len(form.terms) <= 2:
            atoms = [m for m in form.terms if m]
            if len(atoms) == 1 and len(atoms[0]) == 1 and form.terms[atoms[0]] == 1:
                number = atoms[0][0]
                if isinstance(self.atoms[number], Floor):
                    self.sizes.setdefault(number, form.constant)

    def conditions(self) -> list[str]:
        """What all of it needs, in the expression grammar, the strongest of each kind."""
        found = []
        for name in self.symbols:
            below, above = self.limits[name]
            m, r = self.moduli.get(name, (1, 0))
            if above == below:
                found.append(f"{name} == {below}")
                continue
            if m > 1:
                found.append(f"{name} % {m} == {r}")
                below = below + (r - below) % m
            if below > max(1, r or m):
                found.append(f"{name} >= {below}")
            if above is not None:
                found.append(f"{name} <= {above}")
        return [*found, *(text for text in self.others if text not in found)]

    def function(self, form: Expr) -> Callable[[Mapping[str, int]], int]:
        """The form as a function of numbers for its letters."""
        if form not in self.functions:
            self.functions[form] = values.function(form)
        return self.functions[form]

    def compare(self, form: Value, sign: str) -> bool | condition.Condition:
        """Whether `form` is >= 0, == 0 or != 0; a Condition where that depends on the letters."""
        return condition.compare(self, form, sign)

    def put(self, form: Value, letters: Mapping[str, Value]) -> Value:
        """The form with some letters replaced by numbers or by other forms."""
        return values.put(form, letters)

    def show(self, form: Value, style: str) -> str:
        """The form in a style: print, grammar or latex."""
        return show.show(form, show.STYLES[style])
