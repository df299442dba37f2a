"""A closed form in print, ⌊(H − 1) / 32⌋ + 1; in the expression grammar, (H - 1)//32 + 1; or in LaTeX.

Pitfall: the normal form of ⌊(H − 11) / 4⌋ + 1 is ⌊(H + 1) / 4⌋ − 2. A reader knows the first, so a floor that is a size
somewhere is written as that size wherever it stands.
"""

from __future__ import annotations

from math import gcd
from typing import Any

from ..record import Record
from .atoms import Atom, Call, Extreme, Floor, Letter, Size
from .form import Expr, Monomial, in_sizes, normal


class Style(Record):
    """How signs are written."""

    times: str
    minus: str
    floor: str
    call: str
    letter: Any


def _latex_letter(name: str) -> str:
    return name if len(name) == 1 else rf"\mathit{{{name}}}".replace("_", r"\_")


PRINT = Style("·", "−", "⌊{a} / {b}⌋", "{word}({inner})", str)
GRAMMAR = Style("*", "-", "{a}//{b}", "{word}({inner})", str)
LATEX = Style(
    r" \cdot ",
    "-",
    r"\left\lfloor \frac{{{a}}}{{{b}}} \right\rfloor",
    r"\{word}\left({inner}\right)",
    _latex_letter,
)
Product = tuple[int, Monomial, list[Expr]]
"""A number, atoms, and factors of the form atom + number."""
STYLES = {"print": PRINT, "grammar": GRAMMAR, "latex": LATEX}
_SIDES = {">=": "≥", "<=": "≤", "==": "=", "!=": "≠"}


def show(form: Any, style: Style) -> str:
    """The form in print, with what is known of remainders put in."""
    return _Printer(style).of(form.space.settled(form) if isinstance(form, Expr) else form)[0]


def show_sides(form: Any, sign: str, style: Style) -> str:
    """A condition with what is positive on the left and what is negative on the right: `H >= 33`."""
    left = normal(form.space, {m: c for m, c in form.terms.items() if c > 0 and m})
    right = left - form
    if not isinstance(left, Expr):
        left, right = right, left
        sign = {">=": "<="}.get(sign, sign)
    return f"{show(left, style)} {_SIDES[sign] if style is PRINT else sign} {show(right, style)}"


class _Printer:
    def __init__(self, style: Style) -> None:
        self.style = style

    def of(self, form: Any) -> tuple[str, int]:
        """The text, and how many terms it has; a product is one."""
        if not isinstance(form, Expr):
            return self.number(form), 1
        product = factored(form)
        if product is not None:
            return self.product(*product), 1
        form = in_sizes(form)
        own = _own_size(form)
        if own is not None:
            return self.size(own)
        if isinstance(form, Expr) and len(form.terms) == 1:
            ((monomial, c),) = form.terms.items()
            if c == 1 and len(monomial) == 1:
                return self.atom(form.space.atoms[monomial[0]])
        parts: list[str] = []
        for monomial, c in sorted(form.terms.items(), key=lambda term: (-len(term[0]), term[0])):
            text = self.term(form, monomial, abs(c))
            sign = self.style.minus if c < 0 else "+"
            if parts:
                parts.append(f" {sign} {text}")
            elif c < 0:  # -H//8 would be (-H)//8
                parts.append(sign + (f"({text})" if self.style is GRAMMAR and "//" in text else text))
            else:
                parts.append(text)
        return "".join(parts), len(parts)

    def number(self, value: Any) -> str:
        exact = value if isinstance(value, int) else float(value)
        text = f"{exact:,}" if self.style is PRINT else str(exact)
        return text.replace("-", self.style.minus)

    def term(self, form: Expr, monomial: tuple[int, ...], c: Any) -> str:
        if c == 1 and len(monomial) == 1:
            text, terms = self.atom(form.space.atoms[monomial[0]])
            if terms == 1:
                return text
        factors = [] if c == 1 and monomial else [self.number(c)]
        for number in dict.fromkeys(monomial):
            factors += self.raised(self.factor(form.space.atoms[number]), monomial.count(number))
        return self.style.times.join(factors)

    def product(self, number: int, common: tuple[int, ...], factors: list[Expr]) -> str:
        """c·H·(H − 4)², equal factors as one power."""
        form = factors[0]
        texts = [self.term(form, common, number)] if common else [] if number == 1 else [self.number(number)]
        for factor in dict.fromkeys(factors):
            text, terms = self.of(factor)
            inner = text if terms == 1 and text.isalnum() else self.bracketed(text)
            texts += self.raised(inner, factors.count(factor))
        return self.style.times.join(texts)

    def raised(self, text: str, power: int) -> list[str]:
        if power == 1 or self.style is GRAMMAR:
            return [text] * power
        return [f"{text}^{power}" if self.style is LATEX else text + _raised(power)]

    def bracketed(self, text: str) -> str:
        return rf"\left({text}\right)" if self.style is LATEX else f"({text})"

    def factor(self, atom: Atom) -> str:
        text, terms = self.atom(atom)
        bare = isinstance(atom, (Letter, Extreme, Call)) or (terms == 1 and self.style is not GRAMMAR)
        return text if bare else self.bracketed(text)

    def atom(self, atom: Atom) -> tuple[str, int]:
        if isinstance(atom, Letter):
            return self.style.letter(atom.name), 1
        if isinstance(atom, Size):
            return self.size(atom)
        if isinstance(atom, Floor):
            return self.quotient(atom.a, atom.b), 1
        assert isinstance(atom, (Extreme, Call))
        inner = ", ".join(self.of(part)[0] for part in atom.parts())
        word = (
            atom.word if self.style is not LATEX or isinstance(atom, Extreme) else "operatorname{round\\_to}"
        )
        return self.style.call.format(word=word, inner=inner), 1

    def size(self, atom: Size) -> tuple[str, int]:
        floor = atom.space.atoms[atom.floor]
        assert isinstance(floor, Floor)
        if atom.added == 0 and getattr(floor.a, "constant", 0) == 0:
            return self.quotient(floor.a, floor.b), 1
        return self.quotient(floor.a + floor.b * (atom.added - 1), floor.b) + " + 1", 2

    def quotient(self, a: Any, b: Any) -> str:
        above, below = self.of(a), self.of(b)
        if isinstance(a, Expr) and not a.space.is_whole_form(a):
            inner = above[0] if b == 1 else f"{above[0]} / {below[0]}"
            return f"int({inner})" if self.style is GRAMMAR else f"⌊{inner}⌋"
        if self.style is LATEX:
            return self.style.floor.format(a=above[0], b=below[0])
        simple = isinstance(a, Expr) and len(in_sizes(a).terms) == 1
        product = simple and self.style is PRINT
        bare = product or (simple and above[0].isidentifier())
        top = above[0] if bare else f"({above[0]})"
        under = below[0] if below[0].isalnum() else f"({below[0]})"
        return self.style.floor.format(a=top, b=under)


def _own_size(form: Expr) -> Size | None:
    """The size that a form is by itself, where another offset was noted for its floor: ⌊…⌋ + 1 and no − 6 behind."""
    terms = [(m, c) for m, c in form.terms.items() if m]
    if len(terms) != 1 or len(terms[0][0]) != 1 or terms[0][1] != 1:
        return None
    atom = form.space.atoms[terms[0][0][0]]
    if not isinstance(atom, Size):
        return None
    own = Size(atom.floor, atom.added + form.constant)
    own.space = form.space
    return own


def _raised(power: int) -> str:
    return str(power).translate(str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹"))


def factored(form: Expr) -> Product | None:
    """The form as a product, 150·(H − 4)²; None where it is none; a product of atoms alone needs no factoring.

    Only what products of sizes give is looked for: powers of one atom plus a number, and two such factors multiplied
    out; sums of different products stay sums.
    """
    if len(form.terms) < 2 or not all(isinstance(c, int) for c in form.terms.values()):
        return None
    common = _common(list(form.terms))
    terms = {_less(monomial, common): c for monomial, c in form.terms.items()}
    atoms = sorted({i for monomial in terms for i in monomial})
    if len(atoms) == 1:
        found = _roots(terms, atoms[0])
    elif len(atoms) == 2 and len(terms) == 4:
        found = _pair(terms, atoms)
    else:
        return None
    if found is None:
        return None
    number, shifts = found
    space = form.space
    return number, common, [Expr(space, {(i,): 1, **({(): c} if c else {})}) for i, c in shifts]


def _common(monomials: list[Monomial]) -> Monomial:
    """The atoms that are in every term, with their powers."""
    first = monomials[0]
    return tuple(i for i in sorted(set(first)) for _ in range(min(m.count(i) for m in monomials)))


def _less(monomial: Monomial, common: Monomial) -> Monomial:
    left = list(monomial)
    for i in common:
        left.remove(i)
    return tuple(left)


def _roots(terms: dict[Monomial, int], atom: int) -> tuple[int, list[tuple[int, int]]] | None:
    """c·(x + a)·(x + b) … of a polynomial in one atom, whole a and b."""
    degree = max(map(len, terms))
    coefficients = [terms.get((atom,) * k, 0) for k in range(degree, -1, -1)]
    number = gcd(*coefficients) * (-1 if coefficients[0] < 0 else 1)
    if coefficients[0] != number or degree < 2:
        return None
    left, shifts = [c // number for c in coefficients], list[tuple[int, int]]()
    while len(left) > 1:
        root = next((r for r in _divisors(left[-1]) if _value(left, r) == 0), None)
        if root is None:
            return None
        shifts.append((atom, -root))
        quotient = [left[0]]
        for c in left[1:-1]:
            quotient.append(c + quotient[-1] * root)
        left = quotient
    return number, shifts


def _divisors(n: int) -> list[int]:
    """Whole numbers that may be roots; those of a size are small."""
    if n == 0:
        return [0]
    found = [d for d in range(1, min(abs(n), 4096) + 1) if n % d == 0]
    return [sign * d for d in found for sign in (1, -1)]


def _value(coefficients: list[int], x: int) -> int:
    total = 0
    for c in coefficients:
        total = total * x + c
    return total


def _pair(terms: dict[Monomial, int], atoms: list[int]) -> tuple[int, list[tuple[int, int]]] | None:
    """c·(x + a)·(y + b), multiplied out."""
    x, y = atoms
    try:
        both, left, right, rest = terms[x, y], terms[x,], terms[y,], terms[()]
    except KeyError:
        return None
    if left % both or right % both or left * right != both * rest:
        return None
    return both, [(x, right // both), (y, left // both)]
