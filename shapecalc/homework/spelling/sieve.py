"""Tokens fall, one by one, through a grammar's table *word or sign -> effect*; numbers and signs remain, in runs.

Pitfall: a word that is in no table may change what was meant, so where it hangs on a number it is refused, and elsewhere it
ends the run: two runs with different numbers are two answers.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from fractions import Fraction
from typing import Any, ClassVar

from ...text import N_, _
from .arithmetic import CALLS
from .literal import Literal
from .refused import Refused
from .tokens import Token
from .words import SMALL

Effect = Callable[[Any, Token], None]
TWO = N_("it gives two answers")
NO_UNIT = N_("“{word}” after the number is no unit known here")


def effects(*rows: tuple[Iterable[str], Effect]) -> Mapping[str, Effect]:
    """A table from rows of words and signs; the first row that holds a word says what it does."""
    return {word: effect for words, effect in reversed(rows) for word in words}


def refuse(sentence: str) -> Effect:
    """The effect that nothing can be read any more; {word} or {text} is the word or sign."""

    def effect(sieve: Sieve, token: Token) -> None:
        raise Refused(_(sentence).format(word=token.text, text=token.text))

    return effect


def become(kind: str) -> Effect:
    """The effect that a word counts as a sign."""
    return lambda sieve, token: sieve.keep(token._replace(kind=kind))


class Sieve:
    """What is left of `tokens` when words have had their effect: `runs` of numbers and signs."""

    table: ClassVar[Mapping[str, Effect]]
    least_in_words: ClassVar[int] = 99

    def __init__(self, tokens: Sequence[Token]) -> None:
        self.tokens, self.at, self.run = tokens, 0, list[Token]()
        self.runs = [self.run]
        self.numbers = sum(token.number is not None for token in tokens)
        for self.at, token in enumerate(tokens):
            self.effect(token)(self, token)

    def effect(self, token: Token) -> Effect:
        following = self.beside(1)
        if token.number or (token.text in CALLS and following and following.kind == "("):
            return type(self).keep
        if token.kind == "word":
            return self.table.get(token.text, type(self).unknown)
        return self.table.get(token.kind, type(self).keep)

    def beside(self, n: int) -> Token | None:
        """The token n places on, or before."""
        at = self.at + n
        return self.tokens[at] if 0 <= at < len(self.tokens) else None

    def is_number(self, n: int) -> bool:
        token = self.beside(n)
        return token is not None and token.number is not None

    def keep(self, token: Token) -> None:
        self.run.append(token)

    def drop(self, token: Token) -> None:
        pass

    def cut(self, token: Token) -> None:
        self.run = []
        self.runs.append(self.run)

    def spelled(self, token: Token) -> None:
        """A number in a word, where there are none in figures or it is as large as a count of them must be."""
        if self.numbers and SMALL[token.text] < self.least_in_words:
            return self.unknown(token)
        return self.keep(
            token._replace(kind="number", number=Literal(Fraction(SMALL[token.text]), Fraction(1)))
        )

    def unknown(self, token: Token) -> None:
        if token.glued and self.is_number(-1) and not token.hanzi:
            raise Refused(_(NO_UNIT).format(word=token.text))
        self.cut(token)

    def full(self) -> list[list[Token]]:
        """The runs that hold a number, without brackets and commas that words left behind."""
        return [_tidied(run) for run in self.runs if any(token.number for token in run)]


def _tidied(run: list[Token]) -> list[Token]:
    kept = list[Token]()
    for token in run:
        if token.kind == ")" and kept and kept[-1].kind == "(":
            kept.pop()
        else:
            kept.append(token)
    return kept
